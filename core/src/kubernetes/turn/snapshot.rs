//! One set and what concerns it, as the facts tier plans from it.

use std::borrow::Cow;
use std::format;
use std::string::String;
use std::vec::Vec;

use super::claiming;
use super::event;
use super::history::History;
use super::request::Request;
use super::status;
use super::{Circumstances, unlisted};
use crate::claim::OwnerRef;
use crate::desired::{ClaimTemplate, Deletion, Desired, Ordinal, Retention};
use crate::explain::Names;
use crate::kubernetes::object::facts::{BudgetFacts, ClaimFacts, NodeFacts, PodFacts, VolumeFacts};
use crate::kubernetes::object::stateful_set::{FINALIZER, StatefulSet};
use crate::kubernetes::object::template;
use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::view::objects::Objects;
use crate::kubernetes::view::roster::Roster;
use crate::kubernetes::view::volumes::Volumes;
use crate::node::Budget;
use crate::observed::Observed;
use crate::policies::{InPlace, Policies};
use crate::profile::{GiveUp, Profile};
use crate::revision::Revision;
use crate::time::Millis;
use crate::wait::Gate;

/// A view of the lists at one moment, and of the objects that their entries stand for.
pub(crate) struct Snapshot<'a> {
    pub(crate) set: &'a StatefulSet,
    objects: &'a Objects,
    pub(crate) roster: &'a Roster,
    profile: Profile,
    /// What must be seen before anything is decided, in words.
    awaited: Option<String>,
    /// How many pods its group lets it take away.
    allowance: Option<u32>,
    deletion: Deletion,
    templates: Vec<ClaimTemplate<'a>>,
    current: Revision,
    update: Revision,
    volumes: Option<Volumes<'a>>,
    budget_names: Vec<&'a str>,
    budgets: Option<Vec<Budget>>,
}

impl<'a> Snapshot<'a> {
    /// Brings the roster up to date first.
    pub(crate) fn of(
        set: &'a StatefulSet,
        objects: &'a Objects,
        roster: &'a mut Roster,
        history: &History<'_>,
        circumstances: &Circumstances,
        now: Millis,
    ) -> Self {
        let profile = circumstances.profile;
        let awaited = circumstances.awaited.as_ref();
        roster.refresh(set, objects, &history.current, &history.update);
        if set.policies.view().in_place != InPlace::Off {
            roster.classify(set, objects, &history.update, history.update_data(set));
        }
        // Only a profile that binds claims decides by them.
        let volumes = (profile.bind_claims || circumstances.volumes)
            .then(|| Volumes::around(set, objects, roster))
            .flatten();
        let listed = objects.views.is_listed(Kind::PodDisruptionBudget);
        let budgets: Option<Vec<(&str, &BudgetFacts)>> =
            listed.then(|| objects.budgets.within(&set.key.namespace).collect());
        let names = budgets.iter().flatten().map(|(name, _)| *name);
        let templates = set.templates.iter();
        // A set without pods has let go of them where a revision has no owner, or none is its own: the mark that it is to
        // do so goes as soon as that is done (rule G-4).
        let let_go = roster.pods().is_empty() && (history.has_orphans || history.own().is_none());
        let deletion = match set.deletion {
            Deletion::WithPods if let_go => Deletion::Orphan,
            deletion => deletion,
        };
        Self {
            set,
            objects,
            profile,
            awaited: awaited.map(|it| it.sentence(now)),
            allowance: circumstances.share.as_ref().map(|it| it.allowance),
            deletion,
            templates: templates.map(|name| ClaimTemplate { name }).collect(),
            current: roster.revisions().number(&history.current),
            update: roster.revisions().number(&history.update),
            volumes,
            budget_names: names.collect(),
            budgets: budgets.map(|them| them.iter().map(|(_, it)| it.budget).collect()),
            roster,
        }
    }

    pub(crate) fn desired(&self) -> Desired<'_> {
        let published = self.set.status.as_ref();
        Desired {
            name: &self.set.key.name,
            generation: self.set.generation,
            replicas: self.set.replicas,
            start: self.set.start,
            management: self.set.management,
            strategy: self.set.strategy,
            min_ready: self.set.min_ready,
            templates: &self.templates,
            retention: self.set.retention,
            deletion: self.deletion,
            finalizer_held: self.set.finalizers.iter().any(|name| name == FINALIZER),
            current: self.current,
            update: self.update,
            published: published
                .map(|it| status::published(it, |name| self.roster.revisions().number(name))),
            profile: self.profile,
            policies: Policies {
                allowance: self.allowance,
                ..self.set.policies.view()
            },
        }
    }

    pub(crate) fn observed(&self) -> Observed<'_> {
        let is_listed = |kind| self.objects.views.is_listed(kind);
        Observed {
            fresh: self.awaited.is_none(),
            pods: self.roster.pods(),
            claims: is_listed(Kind::PersistentVolumeClaim).then(|| self.roster.claims()),
            volumes: self.volumes.as_ref().map(Volumes::list),
            nodes: is_listed(Kind::Node).then(|| self.objects.nodes.list()),
            reach: self.volumes.as_ref().map_or(&[], Volumes::reach),
            budgets: self.budgets.as_deref(),
        }
    }

    /// Adoptions and releases of pods.
    pub(crate) fn claiming(&self) -> Vec<Request> {
        claiming::requests(self.set, self.roster, self.objects)
    }

    /// Data of the revision with this name.
    pub(crate) fn revision_data(&self, name: &str) -> Option<&'a [u8]> {
        let revision = self.objects.revisions.get(&self.set.key.namespace, name)?;
        Some(&revision.data)
    }

    /// Name and object of the pod that an action refers to.
    pub(crate) fn pod(&self, index: u32) -> Option<(Cow<'_, str>, &'a PodFacts)> {
        let name = self.roster.pod_name(self.set, index)?;
        let pod = self.objects.pods.get(&self.set.key.namespace, &name)?;
        Some((name, pod.as_deref()?))
    }

    /// The uid of the pod of this name.
    pub(crate) fn uid_of(&self, pod: &str) -> Option<&'a Uid> {
        let pod = self.objects.pods.get(&self.set.key.namespace, pod)?;
        pod.as_deref().map(|pod| &pod.version.uid)
    }

    /// Name and object of the claim that an action refers to.
    pub(crate) fn claim(&self, index: u32) -> Option<(String, &'a ClaimFacts)> {
        let entry = self.roster.claims().get(index as usize)?;
        let template = self.set.templates.get(usize::from(entry.template))?;
        let name = template::claim_name(self.set, template, entry.ordinal);
        let claim = self.objects.claims.get(&self.set.key.namespace, &name)?;
        Some((name, claim))
    }

    /// The ordinal's claims whose owners the retention policy must leave to others.
    pub(crate) fn contested(&self, ordinal: Ordinal) -> Vec<event::Claim> {
        let keeps_all = self.set.retention == Retention::default();
        if keeps_all || self.profile.give_up == GiveUp::Delete {
            return Vec::new();
        }
        let claims = self.roster.claims_of(ordinal).iter();
        let contested = claims.filter(|claim| {
            let owners = [claim.set_owner, claim.pod_owner];
            claim.foreign_controller || owners.contains(&OwnerRef::OtherUid)
        });
        contested
            .filter_map(|claim| {
                let template = claim.template;
                let name = self.set.templates.get(usize::from(template))?;
                let name = template::claim_name(self.set, name, ordinal);
                Some(event::Claim { template, name })
            })
            .collect()
    }

    /// Name and object of the node that an action refers to.
    pub(crate) fn node(&self, index: u32) -> Option<(&str, &'a NodeFacts)> {
        let nodes = &self.objects.nodes;
        nodes.name(index).zip(nodes.facts().get(index as usize))
    }

    /// Name and object of the node that a pod is on.
    pub(crate) fn home(&self, pod: &'a PodFacts) -> Option<(&'a str, &'a NodeFacts)> {
        let name = pod.node.as_deref()?;
        Some((name, self.objects.nodes.get(name)?))
    }

    /// Name and object of the volume that an action refers to.
    pub(crate) fn volume(&self, index: u32) -> Option<(&str, &'a VolumeFacts)> {
        self.volumes.as_ref()?.object(index)
    }
}

impl Names for Snapshot<'_> {
    fn node(&self, index: u32) -> Option<&str> {
        self.objects.nodes.name(index)
    }

    fn node_of(&self, pod: u32) -> Option<&str> {
        self.pod(pod)?.1.node.as_deref()
    }

    fn volume(&self, index: u32) -> Option<&str> {
        self.volumes.as_ref()?.name(index)
    }

    fn cause(&self, gate: Gate) -> Option<Cow<'_, str>> {
        if gate == Gate::StaleView {
            return self.awaited.as_deref().map(Cow::Borrowed);
        }
        let kind = unlisted(gate, self.objects)?;
        let kind = kind.name();
        Some(Cow::Owned(format!(
            "no complete list of the kind {kind} was given"
        )))
    }

    fn budget(&self, index: u32) -> Option<&str> {
        self.budget_names.get(index as usize).copied()
    }
}
