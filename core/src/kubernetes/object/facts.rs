//! What is kept of an object once it has been read.

use std::boxed::Box;
use std::string::{String, ToString};
use std::sync::Arc;

use super::fields::{
    AccessMode, BudgetObject, ClaimObject, ClassObject, Condition, Mode, NodeObject, NodeSelector,
    PodObject, PodPhase, RevisionObject, VolumeObject,
};
use super::owner::{Controller, Owner};
use super::resource::SetResource;
use super::revision;
use super::version::{Uid, Version};
use crate::claim::ClaimPhase;
use crate::kubernetes::value::changed::{CHANGED_ANNOTATION, Restarts};
use crate::kubernetes::value::error::ObjectError;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::labels::{Labels, Selector, Text};
use crate::kubernetes::value::marks::Marks;
use crate::kubernetes::value::own;
use crate::kubernetes::value::shared::Shared;
use crate::node::{Budget, NodeState};
use crate::pod::Phase;
use crate::time::Millis;
use crate::volume::{AccessModes, VolumeMode, VolumePhase};

/// What many objects have in common.
#[derive(Default, Debug)]
pub(crate) struct Pools {
    pods: Shared<PodMold>,
    claims: Shared<ClaimMold>,
    nodes: Shared<str>,
    reaches: Shared<NodeSelector>,
}

/// A pod, unless it belongs to a controller other than a StatefulSet: of such a pod only the name matters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PodFacts {
    pub(crate) version: Version,
    pub(crate) mold: Arc<PodMold>,
    pub(crate) node: Option<Arc<str>>,
    /// Since when it is ready, or is not.
    pub(crate) ready_since: Option<Millis>,
    /// What was written on it when it was changed where it runs last.
    pub(crate) changed: Option<Box<str>>,
    /// The generation of what it is told, if it has one.
    pub(crate) generation: Option<i64>,
}

/// What the pods of one revision have in common while nothing happens to them: the names in it are hidden (see [`own`]).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct PodMold {
    pub(crate) labels: Labels,
    pub(crate) controller: Option<Controller>,
    /// Volumes that are claims: volume name and claim name.
    pub(crate) claims: Labels,
    pub(crate) phase: Phase,
    pub(crate) ready: bool,
    pub(crate) terminating_since: Option<Millis>,
    pub(crate) marks: Marks,
    /// How often its containers have been started again.
    pub(crate) restarts: Restarts,
    /// Whether it was changed where it runs, and that is not finished (rule Y-13). `None` if that cannot be said.
    pub(crate) changing: Option<bool>,
}

impl PodFacts {
    pub(crate) fn of(object: &PodObject<'_>, sets: &SetResource, pools: &mut Pools) -> Self {
        let name = &*object.metadata.name.0;
        let ready = condition(&object.status.conditions, "Ready");
        let claims = object.spec.volumes.iter().filter_map(|volume| {
            let source = volume.persistent_volume_claim.as_ref()?;
            Some((&*volume.name.0, &*source.claim_name.0))
        });
        let node = object.spec.node_name.as_ref();
        let node = node.filter(|name| !name.0.is_empty());
        let restarts = restarts(object);
        let mold = PodMold {
            labels: Labels::of_map(&object.metadata.labels, name),
            controller: Controller::among(&object.metadata.owner_references, sets),
            claims: Labels::pack(claims, name),
            phase: match object.status.phase {
                PodPhase::Pending => Phase::Pending,
                PodPhase::Running => Phase::Running,
                PodPhase::Succeeded => Phase::Succeeded,
                PodPhase::Failed => Phase::Failed,
                PodPhase::Unknown => Phase::Unknown,
            },
            ready: ready.is_some_and(|it| it.status.0 == "True"),
            terminating_since: object.metadata.deletion_timestamp.map(|it| it.0),
            marks: Marks::read(|name| object.metadata.annotation(name)),
            changing: changing(object, &restarts),
            restarts,
        };
        Self {
            version: Version::of(&object.metadata),
            mold: pools.pods.one(mold),
            node: node.map(|name| pools.nodes.one(&*name.0)),
            ready_since: ready_since(ready, object),
            generation: object.metadata.generation,
            changed: object
                .metadata
                .annotation(CHANGED_ANNOTATION)
                .map(Into::into),
        }
    }
}

/// Those of the containers that have run.
fn restarts(object: &PodObject<'_>) -> Restarts {
    let statuses = object.status.container_statuses.iter();
    let has_run = |id: &Text<'_>| !id.0.is_empty();
    let run = statuses.filter(|it| it.id.as_ref().is_some_and(has_run));
    Restarts::of(run.map(|it| (&*it.name.0, it.restart_count)))
}

/// Whether the pod does not run yet as it was told to.
fn changing(object: &PodObject<'_>, restarts: &Restarts) -> Option<bool> {
    let Some(note) = object.metadata.annotation(CHANGED_ANNOTATION) else {
        return Some(false);
    };
    let status = &object.status;
    // Not every version says how far its kubelet has looked.
    let is_seen = status.observed_generation >= object.metadata.generation
        || status.observed_generation.is_none();
    let is_true =
        |name| condition(&status.conditions, name).is_some_and(|it| it.status.0 == "True");
    let is_resized = !RESIZING.into_iter().any(is_true);
    let is_started = restarts.follow(note, object.metadata.generation)?;
    Some(!(is_seen && is_resized && is_started))
}

/// The conditions of a pod whose resources are not what they are to be yet.
const RESIZING: [&str; 2] = ["PodResizePending", "PodResizeInProgress"];

/// A pod that no kubelet has looked at says nothing about readiness: it is not ready since it is there.
fn ready_since(ready: Option<&Condition<'_>>, object: &PodObject<'_>) -> Option<Millis> {
    let since = match ready {
        Some(condition) => condition.last_transition_time,
        None => object.metadata.creation_timestamp,
    };
    since.map(|it| it.0)
}

fn condition<'a, 'b>(conditions: &'b [Condition<'a>], name: &str) -> Option<&'b Condition<'a>> {
    conditions.iter().find(|condition| condition.name.0 == name)
}

/// A claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ClaimFacts {
    pub(crate) version: Version,
    pub(crate) mold: Arc<ClaimMold>,
    /// The node that its scheduler has chosen for its pod.
    pub(crate) selected_node: Option<Arc<str>>,
}

/// What the claims of one template have in common: the name of a volume that was made for a claim ends in that claim's
/// uid, which is hidden (see [`own`]).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ClaimMold {
    pub(crate) owners: Box<[Owner]>,
    pub(crate) class: Option<Box<str>>,
    /// Class of attributes; none is the empty text.
    pub(crate) attributes: Box<str>,
    volume: Option<Box<str>>,
    pub(crate) phase: ClaimPhase,
    pub(crate) modes: AccessModes,
    pub(crate) volume_mode: VolumeMode,
    pub(crate) terminating_since: Option<Millis>,
    pub(crate) request: u64,
}

impl ClaimFacts {
    pub(crate) fn of(object: &ClaimObject<'_>, pools: &mut Pools) -> Self {
        let volume = object.spec.volume_name.as_ref();
        let volume = volume.filter(|name| !name.0.is_empty());
        let completed = object.metadata.annotation(BIND_COMPLETED).is_some();
        let class = object.metadata.annotation(BETA_CLASS);
        let class = class.or(object.spec.storage_class_name.as_ref().map(|it| &*it.0));
        let request = object.spec.resources.requests.iter();
        let selected_node = object.metadata.annotation(SELECTED_NODE);
        let mold = ClaimMold {
            owners: object
                .metadata
                .owner_references
                .iter()
                .map(Owner::of)
                .collect(),
            class: class.map(Into::into),
            attributes: attributes(object.spec.volume_attributes_class_name.as_ref()),
            volume: volume.map(|name| own::hidden(&name.0, object.metadata.uid()).into()),
            phase: match object.status.phase.as_ref().map(|phase| &*phase.0) {
                Some("Bound") => ClaimPhase::Bound,
                Some("Lost") => ClaimPhase::Lost,
                // Who binds claims may be slow to write their status.
                _ if completed && volume.is_some() => ClaimPhase::Bound,
                _ => ClaimPhase::Pending,
            },
            modes: access_modes(&object.spec.access_modes),
            volume_mode: volume_mode(object.spec.volume_mode),
            terminating_since: object.metadata.deletion_timestamp.map(|it| it.0),
            request: storage(request),
        };
        Self {
            version: Version::of(&object.metadata),
            mold: pools.claims.one(mold),
            selected_node: selected_node.map(|name| pools.nodes.one(name)),
        }
    }

    /// The volume that it names, bound to it or not yet.
    pub(crate) fn volume(&self) -> Option<String> {
        let volume = self.mold.volume.as_deref()?;
        Some(own::show(volume, &self.version.uid.to_string()).into_owned())
    }
}

/// Set on a claim once it is bound for good.
pub(crate) const BIND_COMPLETED: &str = "pv.kubernetes.io/bind-completed";
/// Set on what a controller, not a person, bound.
pub(crate) const BOUND_BY_CONTROLLER: &str = "pv.kubernetes.io/bound-by-controller";
const SELECTED_NODE: &str = "volume.kubernetes.io/selected-node";
const BETA_CLASS: &str = "volume.beta.kubernetes.io/storage-class";

fn attributes(class: Option<&Text<'_>>) -> Box<str> {
    class.map_or("", |it| &*it.0).into()
}

fn storage<'a>(
    mut amounts: impl Iterator<Item = (&'a Text<'a>, &'a super::fields::Amount)>,
) -> u64 {
    amounts
        .find(|(name, _)| name.0 == "storage")
        .map_or(0, |(_, amount)| amount.0)
}

fn access_modes(modes: &[AccessMode]) -> AccessModes {
    modes.iter().fold(AccessModes(0), |all, mode| {
        all.with(match mode {
            AccessMode::ReadWriteOnce => AccessModes::READ_WRITE_ONCE,
            AccessMode::ReadOnlyMany => AccessModes::READ_ONLY_MANY,
            AccessMode::ReadWriteMany => AccessModes::READ_WRITE_MANY,
            AccessMode::ReadWriteOncePod => AccessModes::READ_WRITE_ONCE_POD,
        })
    })
}

const fn volume_mode(mode: Mode) -> VolumeMode {
    match mode {
        Mode::Filesystem => VolumeMode::Filesystem,
        Mode::Block => VolumeMode::Block,
    }
}

/// A volume.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct VolumeFacts {
    pub(crate) version: Version,
    pub(crate) labels: Labels,
    pub(crate) capacity: u64,
    pub(crate) class: Box<str>,
    /// Class of attributes; none is the empty text.
    pub(crate) attributes: Box<str>,
    pub(crate) modes: AccessModes,
    pub(crate) volume_mode: VolumeMode,
    pub(crate) phase: VolumePhase,
    pub(crate) terminating: bool,
    /// The claim that it is reserved for, and that claim's uid; the uid is empty for a reservation by name.
    pub(crate) reserved: Option<(Key, Uid)>,
    /// The nodes that it can be reached from; `None` is all of them.
    pub(crate) reach: Option<Arc<NodeSelector>>,
}

impl VolumeFacts {
    pub(crate) fn of(object: &VolumeObject<'_>, pools: &mut Pools) -> Self {
        let class = object.metadata.annotation(BETA_CLASS);
        let class = class.or(object.spec.storage_class_name.as_ref().map(|it| &*it.0));
        let text = |text: &Option<Text<'_>>| {
            text.as_ref()
                .map_or_else(Default::default, |it| it.0.clone().into_owned())
        };
        let affinity = object.spec.node_affinity.as_ref();
        Self {
            version: Version::of(&object.metadata),
            labels: Labels::plain(&object.metadata.labels),
            capacity: storage(object.spec.capacity.iter()),
            class: class.unwrap_or("").into(),
            attributes: attributes(object.spec.volume_attributes_class_name.as_ref()),
            modes: access_modes(&object.spec.access_modes),
            volume_mode: volume_mode(object.spec.volume_mode),
            phase: match object.status.phase.as_ref().map(|phase| &*phase.0) {
                Some("Available") => VolumePhase::Available,
                Some("Bound") => VolumePhase::Bound,
                Some("Released") => VolumePhase::Released,
                Some("Failed") => VolumePhase::Failed,
                _ => VolumePhase::Pending,
            },
            terminating: object.metadata.deletion_timestamp.is_some(),
            reserved: object.spec.claim_ref.as_ref().map(|claim| {
                (
                    Key::new(text(&claim.namespace), text(&claim.name)),
                    Uid::from(&*text(&claim.uid)),
                )
            }),
            reach: affinity
                .and_then(|affinity| affinity.required.clone())
                .map(|required| pools.reaches.one(required)),
        }
    }
}

/// A storage class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ClassFacts {
    pub(crate) version: Version,
    pub(crate) waits_for_consumer: bool,
}

impl ClassFacts {
    pub(crate) fn of(object: &ClassObject<'_>) -> Self {
        let mode = object.volume_binding_mode.as_ref();
        Self {
            version: Version::of(&object.metadata),
            waits_for_consumer: mode.is_some_and(|mode| mode.0 == "WaitForFirstConsumer"),
        }
    }
}

/// Marks a node whose pods are to be moved elsewhere under their disruption budgets, when its value is `true`.
pub const DRAINING: &str = "statefulset.dev/draining";
/// The operator's word that a node is shut down.
const OUT_OF_SERVICE: &str = "node.kubernetes.io/out-of-service";

/// A node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct NodeFacts {
    pub(crate) version: Version,
    pub(crate) labels: Labels,
    pub(crate) state: NodeState,
    pub(crate) cordoned: bool,
    pub(crate) draining: bool,
    pub(crate) since: Option<Millis>,
}

impl NodeFacts {
    pub(crate) fn of(object: &NodeObject<'_>) -> Self {
        let ready = condition(&object.status.conditions, "Ready");
        let taints = &object.spec.taints;
        let fenced = taints.iter().any(|taint| taint.key.0 == OUT_OF_SERVICE);
        Self {
            version: Version::of(&object.metadata),
            labels: Labels::plain(&object.metadata.labels),
            state: match ready.map(|ready| &*ready.status.0) {
                Some("True") => NodeState::Ready,
                // A node that reports is not fenced, whatever its taints say.
                _ if fenced => NodeState::Fenced,
                Some("False") => NodeState::NotReady,
                _ => NodeState::Unreachable,
            },
            cordoned: object.spec.unschedulable,
            draining: object.metadata.annotation(DRAINING) == Some("true"),
            since: ready.and_then(|it| it.last_transition_time).map(|it| it.0),
        }
    }
}

/// A disruption budget.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct BudgetFacts {
    pub(crate) version: Version,
    /// `None` matches nothing.
    pub(crate) selector: Option<Selector>,
    pub(crate) budget: Budget,
}

impl BudgetFacts {
    pub(crate) fn of(object: &BudgetObject<'_>) -> Self {
        let status = &object.status;
        let count = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
        let current = status.observed_generation >= object.metadata.generation.unwrap_or(0);
        let policy = object.spec.unhealthy_pod_eviction_policy.as_ref();
        Self {
            version: Version::of(&object.metadata),
            selector: object.spec.selector.clone(),
            budget: Budget {
                // Nobody has counted since the budget was changed.
                allowed: if current {
                    count(status.disruptions_allowed)
                } else {
                    0
                },
                healthy: count(status.current_healthy),
                desired_healthy: count(status.desired_healthy),
                unhealthy_always: policy.is_some_and(|it| it.0 == "AlwaysAllow"),
            },
        }
    }
}

/// A ControllerRevision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RevisionFacts {
    pub(crate) version: Version,
    pub(crate) labels: Labels,
    pub(crate) controller: Option<Controller>,
    pub(crate) number: i64,
    pub(crate) created: Option<Millis>,
    /// Its data in canonical form.
    pub(crate) data: Box<[u8]>,
}

impl RevisionFacts {
    pub(crate) fn of(object: &RevisionObject<'_>, sets: &SetResource) -> Result<Self, ObjectError> {
        let meta = &object.metadata;
        let fail = |path, problem| {
            let key = Key::new(meta.namespace(), &*meta.name.0);
            ObjectError::new(Kind::ControllerRevision, key, path, problem)
        };
        let data = revision::canonical(object.data.get());
        let data = data.ok_or_else(|| fail("data", "expected a JSON object"))?;
        if revision::template(&data).is_none() {
            return Err(fail("data.spec.template", "expected a pod template"));
        }
        Ok(Self {
            version: Version::of(meta),
            labels: Labels::plain(&meta.labels),
            controller: Controller::among(&meta.owner_references, sets),
            number: object.revision,
            created: meta.creation_timestamp.map(|it| it.0),
            data: data.into(),
        })
    }
}
