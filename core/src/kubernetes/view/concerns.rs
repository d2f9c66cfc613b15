//! Which sets a change concerns.

use std::vec::Vec;

use super::objects::Objects;
use crate::desired::Deletion;
use crate::kubernetes::object::facts::{PodFacts, RevisionFacts};
use crate::kubernetes::object::owner::Controller;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::names::parse_pod_name;

/// The sets that a change may concern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Concerns {
    /// These. Some may not exist.
    Sets(Vec<Key>),
    /// Any set that looks at objects of this kind.
    Watchers,
}

impl Concerns {
    pub(super) const NOBODY: Self = Self::Sets(Vec::new());

    pub(super) fn only_if(self, changed: bool) -> Self {
        if changed { self } else { Self::NOBODY }
    }
}

impl Objects {
    /// The sets whose claim may have this name: a template's name may have dashes, too.
    pub(super) fn claim_concerns(&self, key: &Key) -> Concerns {
        let mut sets = Vec::new();
        if let Some((stem, _)) = parse_pod_name(&key.name) {
            for (dash, _) in stem.match_indices('-') {
                let set = self.sets.get(&key.namespace, &stem[dash + 1..]);
                if let Some(set) = set.filter(|set| set.owns_claim_stem(stem)) {
                    sets.push(set.key.clone());
                }
            }
        }
        Concerns::Sets(sets)
    }

    /// A set that is being deleted does not answer to its revisions: it would make again what the garbage collector
    /// takes away, for ever.
    pub(super) fn revision_concerns(&self, key: &Key, revision: &RevisionFacts) -> Concerns {
        let stays = |set: &StatefulSet| set.deletion == Deletion::No;
        let sets = match &revision.controller {
            Some(Controller::Set { name, .. }) => {
                let owner = self.sets.get(&key.namespace, name);
                owner.into_iter().filter(|set| stays(set)).collect()
            }
            Some(Controller::Other) => Vec::new(),
            None => self
                .sets
                .within(&key.namespace)
                .map(|(_, set)| set)
                .filter(|set| stays(set) && set.selector.matches(revision.labels.of("")))
                .collect(),
        };
        Concerns::Sets(sets.into_iter().map(|set| set.key.clone()).collect())
    }

    /// The sets that an object which cannot be read may concern.
    pub(crate) fn concerned(&self, kind: Kind, key: &Key) -> Concerns {
        match kind {
            Kind::StatefulSet => {
                let mut sets = Vec::from([key.clone()]);
                sets.extend(self.groups.members(key));
                Concerns::Sets(sets)
            }
            Kind::Pod => Concerns::Sets(pod_concerns(key, None)),
            Kind::PersistentVolumeClaim => self.claim_concerns(key),
            Kind::ControllerRevision | Kind::Service => Concerns::NOBODY,
            _ => Concerns::Watchers,
        }
    }
}

/// The set that controls the pod, and the one that would give a pod this name.
pub(super) fn pod_concerns(key: &Key, pod: Option<&PodFacts>) -> Vec<Key> {
    let mut sets = Vec::new();
    if let Some(Controller::Set { name, .. }) = pod.and_then(|pod| pod.mold.controller.as_ref()) {
        sets.push(Key::new(&*key.namespace, &**name));
    }
    if let Some((stem, _)) = parse_pod_name(&key.name) {
        sets.push(Key::new(&*key.namespace, stem));
    }
    sets
}
