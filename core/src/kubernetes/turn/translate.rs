//! Actions become requests.

use std::borrow::Cow;
use std::iter::repeat;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::{Value, json};

use super::claiming;
use super::event::{self, Subject, Verb};
use super::history::History;
use super::request::{
    JSON, MERGE_PATCH, Method, Origin, Purpose, Request, STRATEGIC_PATCH, delete_options,
};
use super::snapshot::Snapshot;
use crate::action::{Action, ClaimOwner, Do, Reason};
use crate::desired::Deletion;
use crate::kubernetes::object::difference::Difference;
use crate::kubernetes::object::facts::{BIND_COMPLETED, BOUND_BY_CONTROLLER, NodeFacts, PodFacts};
use crate::kubernetes::object::owner::{self, Owner};
use crate::kubernetes::object::revision::{self, REVISION_LABEL};
use crate::kubernetes::object::stateful_set::FINALIZER;
use crate::kubernetes::object::template;
use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::changed::CHANGED_ANNOTATION;
use crate::kubernetes::value::error::ObjectError;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::marks::{self, PREPARE_ANNOTATION};
use crate::kubernetes::view::entry;
use crate::node::NodeState;
use crate::pod::Change;
use crate::revision::Revision;
use crate::time::Millis;

/// Stages of preparation: making sure of the set, adopting revisions, claiming pods, making the revision. The plan's own
/// stages follow.
const MAKING_SURE: u32 = 0;
const ADOPTING: u32 = 1;
const CLAIMING: u32 = 2;
const REVISING: u32 = 3;
const PLANNED: u32 = 4;

/// What must be done before pods are touched. That the set is still what was seen is made sure of once, before the
/// first adoption; letting go of pods does not depend on it.
pub(crate) fn preparations(history: &History<'_>, snapshot: &Snapshot<'_>) -> Vec<Request> {
    let staged = |stage: u32, requests: &[Request]| {
        let requests: Vec<_> = requests.to_vec();
        (0..).zip(requests).map(move |(chain, request)| Request {
            stage,
            chain,
            ..request
        })
    };
    let (adopted, released): (Vec<_>, Vec<_>) = snapshot
        .claiming()
        .into_iter()
        .partition(|request| request.origin.purpose == Purpose::Adoption);
    let guard = || claiming::make_sure(snapshot.set);
    let early = (!history.adoptions.is_empty()).then(guard);
    let late = (early.is_none() && !adopted.is_empty()).then(guard);
    let first = u32::from(!adopted.is_empty());
    let adopted = adopted
        .into_iter()
        .map(|request| Request { step: 1, ..request });
    let adopted = late.into_iter().chain(adopted).map(|request| Request {
        stage: CLAIMING,
        ..request
    });
    let released = (first..).zip(released).map(|(chain, request)| Request {
        stage: CLAIMING,
        chain,
        ..request
    });
    // Revisions one after the other, pods independently of each other, as upstream has it.
    let adoptions = (0..=u8::MAX).chain(repeat(u8::MAX)).zip(&history.adoptions);
    let adoptions = adoptions.map(|(step, request)| Request {
        stage: ADOPTING,
        step,
        ..request.clone()
    });
    staged(MAKING_SURE, early.as_slice())
        .chain(adoptions)
        .chain(adopted)
        .chain(released)
        .chain(staged(REVISING, history.change.as_slice()))
        .collect()
}

/// Turns the actions of one plan into requests.
pub(crate) struct Translator<'a> {
    pub(crate) snapshot: &'a Snapshot<'a>,
    pub(crate) history: &'a History<'a>,
    pub(crate) now: Millis,
}

impl Translator<'_> {
    /// The requests of an action, in order. None for a wait.
    pub(crate) fn requests(
        &self,
        place: usize,
        action: &Action,
    ) -> Result<Vec<Request>, ObjectError> {
        let parts = match action.what {
            Do::CreateClaim { template } => self.create_claim(action, template),
            Do::BindClaim { claim, volume } => self.bind_claim(claim, volume),
            Do::CreatePod { revision } => Some(self.create_pod(action, revision)?),
            Do::UpdatePod { pod } => self.update_pod(action, pod),
            Do::SetClaimOwner { claim, owner } => self.set_claim_owner(action, claim, owner),
            Do::DeletePod { pod } if action.reason == Reason::NodeGone => self.ask_to_go(pod),
            Do::DeletePod { pod } => self.delete_pod(action.reason, pod, None),
            Do::ForceDeletePod { pod, node } => self.force_delete_pod(pod, node),
            Do::EvictPod { pod } => self.evict_pod(pod),
            Do::Prepare { pod, departure } => self.say(pod, &marks::question(departure, self.now)),
            Do::CancelPrepare { pod } => self.say(pod, &marks::taken_back(self.now)),
            Do::UpdateInPlace { pod, .. } => self.update_in_place(pod),
            Do::DeleteClaim { claim } => self.delete_claim(action, claim),
            Do::HoldFinalizer => Some(self.finalizers(true)),
            Do::ReleaseFinalizer => Some(self.finalizers(false)),
            Do::Wait(_) => None,
        };
        // Room between the plan's steps for an action that takes two requests.
        let step = action.step.saturating_mul(2);
        let staged = (step..).zip(parts.unwrap_or_default());
        Ok(staged
            .map(|(step, request)| Request {
                stage: action.stage.saturating_add(PLANNED),
                chain: action.ordinal,
                step,
                duty: action.is_duty(),
                reason: Some(action.reason),
                origin: Origin {
                    purpose: Purpose::Action(place),
                    must_exist: action.must_exist,
                    ..request.origin
                },
                ..request
            })
            .collect())
    }

    fn namespace(&self) -> &str {
        &self.snapshot.set.key.namespace
    }

    fn create_claim(&self, action: &Action, template: u16) -> Option<Vec<Request>> {
        let set = self.snapshot.set;
        let name = set.templates.get(usize::from(template))?;
        let object = template::claim(set, usize::from(template), action.ordinal);
        let path = Kind::PersistentVolumeClaim.collection(self.namespace());
        let claim = template::claim_name(set, name, action.ordinal);
        let origin = self.about_claim(action, Verb::Create, template, claim);
        Some(Vec::from([Request::post(path, &object, origin)]))
    }

    fn create_pod(&self, action: &Action, revision: Revision) -> Result<Vec<Request>, ObjectError> {
        let set = self.snapshot.set;
        let name = self.snapshot.roster.revisions().name(revision);
        let stored = if name == self.history.update {
            self.history.update_data
        } else {
            self.history.current_data
        };
        let template: Cow<'_, Value> = match stored {
            None => Cow::Borrowed(set.template()),
            Some(data) => Cow::Owned(revision::template(data).ok_or_else(|| {
                let key = Key::new(self.namespace(), name);
                let problem = "expected a pod template";
                ObjectError::new(Kind::ControllerRevision, key, "data.spec.template", problem)
            })?),
        };
        let object = template::pod(set, action.ordinal, &template, name);
        let path = Kind::Pod.collection(self.namespace());
        let pod = template::pod_name(set, action.ordinal);
        let mut origin = about_pod(Verb::Create, pod);
        if let Some(subject) = &mut origin.subject {
            subject.contested = self.snapshot.contested(action.ordinal);
        }
        Ok(Vec::from([Request::post(path, &object, origin)]))
    }

    fn update_pod(&self, action: &Action, pod: u32) -> Option<Vec<Request>> {
        let set = self.snapshot.set;
        let (_, facts) = self.snapshot.pod(pod)?;
        let entry = self.snapshot.roster.pods().get(pod as usize)?;
        // The name that it should have, which may not be the one that it has.
        let name = template::pod_name(set, action.ordinal);
        let mut patch = json!({"metadata": {"uid": facts.version.uid}});
        for (label, value) in template::identity(&name, action.ordinal) {
            patch["metadata"]["labels"][label] = value.into();
        }
        if !entry.storage {
            patch["spec"]["volumes"] = template::claim_volumes_instead(set, action.ordinal).into();
        }
        let path = Kind::Pod.path(self.namespace(), &name);
        let origin = about_pod(Verb::Update, name);
        Some(Vec::from([Request::patch(
            path,
            STRATEGIC_PATCH,
            &patch,
            origin,
        )]))
    }

    fn set_claim_owner(
        &self,
        action: &Action,
        claim: u32,
        owner: ClaimOwner,
    ) -> Option<Vec<Request>> {
        let set = self.snapshot.set;
        let (name, facts) = self.snapshot.claim(claim)?;
        let pod = self.snapshot.roster.name_of(set, action.ordinal);
        let by_name = set.kubernetes.controls_claims();
        let pod_uid = self.snapshot.uid_of(&pod);
        let names_us = |owner: &Owner| {
            if by_name {
                set.resource.names(owner, &set.key.name) || owner.names_pod(&pod)
            } else {
                owner.uid == set.version.uid || Some(&owner.uid) == pod_uid
            }
        };
        let wanted = match owner {
            ClaimOwner::Nobody => None,
            ClaimOwner::Set => Some((set.controller_reference(), &set.version.uid)),
            ClaimOwner::Pod(index) => {
                let (_, owner) = self.snapshot.pod(index)?;
                let uid = &owner.version.uid;
                Some((owner::pod_controller(&pod, uid), uid))
            }
        };
        // A reference that is there already is as good as another, where none has to be a controller's.
        let owns = |uid: &Uid| facts.mold.owners.iter().any(|owner| owner.uid == *uid);
        let wanted = wanted.map(|(reference, uid)| {
            let reference = if by_name {
                Some(reference)
            } else {
                (!owns(uid)).then(|| owner::without_control(reference))
            };
            (reference, uid)
        });
        let owners = facts.mold.owners.iter();
        let (ours, others): (Vec<_>, Vec<_>) = owners.partition(|owner| names_us(owner));
        let gone = ours.iter().map(|owner| &owner.uid);
        let gone = gone.filter(|&uid| wanted.as_ref().is_none_or(|(_, wanted)| uid != *wanted));
        let mut references: Vec<Value> = gone
            .map(|uid| json!({"$patch": "delete", "uid": uid}))
            .collect();
        let wanted = wanted.map(|(reference, uid)| {
            references.extend(reference);
            uid
        });
        let mut patch = json!({"metadata": {
            "ownerReferences": references,
            "resourceVersion": facts.version.resource,
            "uid": facts.version.uid,
        }});
        if !others.is_empty() {
            // A new owner comes after all others. One that is as good as it is stays where it is.
            let in_place = wanted.filter(|&uid| !by_name && owns(uid));
            let stays = |owner: &&Owner| !names_us(owner) || in_place == Some(&owner.uid);
            let order = facts.mold.owners.iter().filter(stays);
            let order = order.map(|owner| &owner.uid);
            let order = order.chain(wanted.filter(|_| in_place.is_none()));
            let order: Vec<Value> = order.map(|uid| json!({"uid": uid})).collect();
            patch["metadata"]["$setElementOrder/ownerReferences"] = order.into();
        }
        let path = Kind::PersistentVolumeClaim.path(self.namespace(), &name);
        let verb = if set.wants(action.ordinal) {
            Verb::Align
        } else {
            Verb::HandOver
        };
        let template = self.snapshot.roster.claims().get(claim as usize)?.template;
        let mut origin = self.about_claim(action, verb, template, name);
        if let Some(subject) = &mut origin.subject {
            subject.contested = self.snapshot.contested(action.ordinal);
        }
        Some(Vec::from([Request::patch(
            path,
            STRATEGIC_PATCH,
            &patch,
            origin,
        )]))
    }

    fn bind_claim(&self, claim: u32, volume: u32) -> Option<Vec<Request>> {
        let (claim_name, claim) = self.snapshot.claim(claim)?;
        let (volume_name, volume) = self.snapshot.volume(volume)?;
        let mut reserve = json!({
            "metadata": {
                "resourceVersion": volume.version.resource,
                "uid": volume.version.uid,
            },
            "spec": {"claimRef": {
                "apiVersion": Kind::PersistentVolumeClaim.api_version(),
                "kind": Kind::PersistentVolumeClaim.name(),
                "name": claim_name,
                "namespace": self.namespace(),
                "uid": claim.version.uid,
            }},
        });
        if volume.reserved.is_none() {
            reserve["metadata"]["annotations"][BOUND_BY_CONTROLLER] = "yes".into();
        }
        let mut bind = json!({
            "metadata": {
                "annotations": {BIND_COMPLETED: "yes"},
                "uid": claim.version.uid,
            },
            "spec": {"volumeName": volume_name},
        });
        if claim.volume().is_none() {
            bind["metadata"]["annotations"][BOUND_BY_CONTROLLER] = "yes".into();
        }
        let purpose = Purpose::Tail;
        Some(Vec::from([
            Request::patch(
                Kind::PersistentVolume.path("", volume_name),
                MERGE_PATCH,
                &reserve,
                Origin::new(Kind::PersistentVolume, purpose),
            ),
            Request::patch(
                Kind::PersistentVolumeClaim.path(self.namespace(), &claim_name),
                MERGE_PATCH,
                &bind,
                Origin::new(Kind::PersistentVolumeClaim, purpose),
            ),
        ]))
    }

    fn delete_pod(&self, why: Reason, pod: u32, grace: Option<u32>) -> Option<Vec<Request>> {
        let (name, facts) = self.snapshot.pod(pod)?;
        let mut options = json!({"preconditions": {"uid": facts.version.uid}});
        if let Some(seconds) = grace {
            options["gracePeriodSeconds"] = seconds.into();
        }
        // A pod that has changed since may be alive; or it has been let go of, so that it outlives the set.
        if grace.is_some() || why == Reason::Shutdown {
            options["preconditions"]["resourceVersion"] = facts.version.resource.to_string().into();
        }
        let options = delete_options(options);
        let path = Kind::Pod.path(self.namespace(), &name);
        let body = serde_json::to_vec(&options).unwrap_or_default();
        let origin = about_victim(name.into(), &facts.version.uid);
        Some(Vec::from([Request::new(
            Method::Delete,
            path,
            JSON,
            body,
            origin,
        )]))
    }

    /// The pod of a silent node.
    fn ask_to_go(&self, pod: u32) -> Option<Vec<Request>> {
        let (_, facts) = self.snapshot.pod(pod)?;
        let (home, node) = self.snapshot.home(facts)?;
        let mut requests = Vec::from([unchanged(home, node)]);
        requests.extend(self.delete_pod(Reason::NodeGone, pod, None)?);
        Some(requests)
    }

    fn force_delete_pod(&self, pod: u32, node: Option<u32>) -> Option<Vec<Request>> {
        let (name, facts) = self.snapshot.node(node?)?;
        let mut requests = Vec::from([unchanged(name, facts)]);
        requests.extend(self.delete_pod(Reason::NodeGone, pod, Some(0))?);
        Some(requests)
    }

    fn evict_pod(&self, pod: u32) -> Option<Vec<Request>> {
        let (name, facts) = self.snapshot.pod(pod)?;
        let options = json!({"preconditions": {"uid": facts.version.uid}});
        let eviction = json!({
            "apiVersion": "policy/v1",
            "deleteOptions": delete_options(options),
            "kind": "Eviction",
            "metadata": {"name": name, "namespace": self.namespace()},
        });
        let path = [&Kind::Pod.path(self.namespace(), &name), "/eviction"].concat();
        let origin = about_victim(name.into(), &facts.version.uid);
        let (home, node) = self.snapshot.home(facts)?;
        Some(Vec::from([
            unchanged(home, node),
            Request::post(path, &eviction, origin),
        ]))
    }

    /// Changes a pod where it runs: first its resources, then everything else and the name of the revision. What is not done
    /// to the end is done again.
    fn update_in_place(&self, pod: u32) -> Option<Vec<Request>> {
        let (name, facts) = self.snapshot.pod(pod)?;
        let set = self.snapshot.set;
        let revision = &*self.history.update;
        let old = entry::revision(&name, facts);
        let old = self.snapshot.revision_data(&old)?;
        let (old, new) = (
            revision::template(old)?,
            revision::template(self.history.update_data(set))?,
        );
        let difference = Difference::between(&old, &new, set.kubernetes).ok()?;
        let path = Kind::Pod.path(self.namespace(), &name);
        let mut requests = Vec::new();
        // The first of them makes sure that the pod is as it was seen.
        let seen = |mut patch: Value, is_first: bool| {
            patch["metadata"]["uid"] = facts.version.uid.to_string().into();
            if is_first {
                patch["metadata"]["resourceVersion"] = facts.version.resource.to_string().into();
            }
            patch
        };
        if let Some(patch) = difference.resize() {
            let path = [&path, "/resize"].concat();
            let patch = seen(patch, true);
            let origin = Origin::new(Kind::Pod, Purpose::Tail);
            requests.push(Request::patch(path, STRATEGIC_PATCH, &patch, origin));
        }
        let mut patch = seen(difference.patch(), requests.is_empty());
        patch["metadata"]["labels"][REVISION_LABEL] = revision.into();
        if difference.kind() == Change::InPlace {
            let note = self.note(facts, &old, &new);
            patch["metadata"]["annotations"][CHANGED_ANNOTATION] = note.into();
        }
        let origin = about_pod(Verb::Update, name.into());
        requests.push(Request::patch(path, STRATEGIC_PATCH, &patch, origin));
        Some(requests)
    }

    /// What is written on a pod that is changed where it runs: of which containers it shows that they were started again. One that
    /// still runs what it is told to now, because an earlier change was not finished, is not.
    fn note(&self, facts: &PodFacts, old: &Value, new: &Value) -> String {
        let restarts = &facts.mold.restarts;
        let before = facts.changed.as_deref().unwrap_or("");
        let differing = images(old).zip(images(new)).filter_map(|(old, new)| {
            let (name, image) = new?;
            let runs = restarts.still_runs(name, before).or(old.map(|it| it.1))?;
            (runs != image).then_some((name, runs))
        });
        restarts.note(self.now, facts.generation, differing)
    }

    /// Writes a question on a pod, or that it stays. Of two who do so at a time one fails: the pod must be as it was seen.
    fn say(&self, pod: u32, text: &str) -> Option<Vec<Request>> {
        let (name, facts) = self.snapshot.pod(pod)?;
        let patch = json!({"metadata": {
            "annotations": {PREPARE_ANNOTATION: text},
            "resourceVersion": facts.version.resource,
            "uid": facts.version.uid,
        }});
        let path = Kind::Pod.path(self.namespace(), &name);
        let origin = Origin::new(Kind::Pod, Purpose::Tail);
        Some(Vec::from([Request::patch(
            path,
            MERGE_PATCH,
            &patch,
            origin,
        )]))
    }

    fn delete_claim(&self, action: &Action, claim: u32) -> Option<Vec<Request>> {
        let (name, facts) = self.snapshot.claim(claim)?;
        let path = Kind::PersistentVolumeClaim.path(self.namespace(), &name);
        let template = self.snapshot.roster.claims().get(claim as usize)?.template;
        let origin = self.about_claim(action, Verb::Delete, template, name);
        let delete = Request::delete(path, &facts.version.uid, origin);
        if self.snapshot.set.deletion == Deletion::No {
            return Some(Vec::from([delete]));
        }
        // The set may have let go of its pods, and the news of that may be late (rule G-4).
        let (name, revision) = self.history.own()?;
        let path = Kind::ControllerRevision.path(self.namespace(), name);
        let origin = Origin::new(Kind::ControllerRevision, Purpose::Tail);
        let guard = Request::unchanged(path, &revision.version, origin);
        Some(Vec::from([guard, delete]))
    }

    fn finalizers(&self, hold: bool) -> Vec<Request> {
        let set = self.snapshot.set;
        let others = set.finalizers.iter().map(String::as_str);
        let others = others.filter(|name| *name != FINALIZER);
        let finalizers: Vec<&str> = others.chain(hold.then_some(FINALIZER)).collect();
        let patch = json!({"metadata": {
            "finalizers": finalizers,
            "resourceVersion": set.version.resource,
            "uid": set.version.uid,
        }});
        let origin = Origin::new(Kind::StatefulSet, Purpose::Tail);
        Vec::from([Request::patch(set.path(), MERGE_PATCH, &patch, origin)])
    }

    fn about_claim(&self, action: &Action, verb: Verb, template: u16, name: String) -> Origin {
        let Snapshot { set, roster, .. } = self.snapshot;
        Origin {
            subject: Some(Subject {
                verb,
                pod: roster.name_of(set, action.ordinal),
                claim: Some(event::Claim { template, name }),
                contested: Vec::new(),
            }),
            ..Origin::new(Kind::PersistentVolumeClaim, Purpose::Tail)
        }
    }
}

/// Asks, by a patch that changes nothing, whether a node is still what it was, or still gone: pods may run on one that is
/// back, and stay on one that is not drained any more. What is done to a pod cannot ask that itself.
fn unchanged(name: &str, facts: &NodeFacts) -> Request {
    let origin = Origin {
        gone: facts.state == NodeState::Gone,
        ..Origin::new(Kind::Node, Purpose::Tail)
    };
    Request::unchanged(Kind::Node.path("", name), &facts.version, origin)
}

fn about_victim(pod: String, uid: &Uid) -> Origin {
    Origin {
        victim: Some((pod.clone(), uid.clone())),
        ..about_pod(Verb::Delete, pod)
    }
}

fn about_pod(verb: Verb, pod: String) -> Origin {
    Origin {
        subject: Some(Subject {
            verb,
            pod,
            claim: None,
            contested: Vec::new(),
        }),
        ..Origin::new(Kind::Pod, Purpose::Tail)
    }
}

/// The containers of a template and their images, in order.
fn images(template: &Value) -> impl Iterator<Item = Option<(&str, &str)>> {
    let containers = template["spec"]["containers"].as_array();
    let containers = containers.into_iter().flatten();
    containers.map(|it| it["name"].as_str().zip(it["image"].as_str()))
}
