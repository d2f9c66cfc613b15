//! What is known of the cluster's objects, and the sets that a change concerns.

use std::boxed::Box;
use std::collections::{BTreeMap, BTreeSet};
use std::vec::Vec;

use super::claiming;
use super::error::ObjectError;
use super::facts::{
    BudgetFacts, ClaimFacts, ClassFacts, NodeFacts, PodFacts, RevisionFacts, Version, VolumeFacts,
};
use super::freshness::Views;
use super::key::Key;
use super::kind::Kind;
use super::object::{self, Meta};
use super::owner::Controller;
use super::stateful_set::StatefulSet;
use super::store::Store;
use crate::names::parse_pod_name;
use crate::node::NodeState;

/// All objects, decoded to what decisions need.
#[derive(Default, Debug)]
pub(crate) struct Objects {
    pub(crate) views: Views,
    pub(crate) sets: Store<StatefulSet>,
    /// `None`: a pod of a controller that is no StatefulSet. Only its name matters.
    pub(crate) pods: Store<Option<Box<PodFacts>>>,
    /// Pods whose name does not begin with that of the set that controls them, by that set.
    strays: BTreeMap<Key, BTreeSet<Box<str>>>,
    pub(crate) claims: Store<ClaimFacts>,
    pub(crate) revisions: Store<RevisionFacts>,
    pub(crate) volumes: Store<VolumeFacts>,
    pub(crate) classes: Store<ClassFacts>,
    pub(crate) nodes: Store<NodeFacts>,
    pub(crate) budgets: Store<BudgetFacts>,
    /// Objects that could not be read.
    pub(crate) bad: BTreeMap<(Kind, Key), ObjectError>,
}

/// The sets that a change may concern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Concerns {
    /// These. Some may not exist.
    Sets(Vec<Key>),
    /// Any set that looks at objects of this kind.
    Watchers,
}

impl Concerns {
    const NOBODY: Self = Self::Sets(Vec::new());
}

/// An object that has an identity and a version.
trait Versioned: Clone + PartialEq {
    fn version(&self) -> &Version;
    fn version_mut(&mut self) -> &mut Version;
}

macro_rules! versioned {
    ($($facts:ty),*) => {$(
        impl Versioned for $facts {
            fn version(&self) -> &Version {
                &self.version
            }
            fn version_mut(&mut self) -> &mut Version {
                &mut self.version
            }
        }
    )*};
}

versioned!(
    StatefulSet,
    ClaimFacts,
    RevisionFacts,
    VolumeFacts,
    ClassFacts,
    NodeFacts,
    BudgetFacts
);

/// Stores an object. `None` where nothing but its version has changed, or it is older than what is known.
fn put<T: Versioned>(store: &mut Store<T>, key: &Key, new: T, listing: bool) -> Option<()> {
    let changed = match store.get(&key.namespace, &key.name) {
        None => true,
        Some(old) if is_older(new.version(), old.version(), listing) => return None,
        Some(old) => {
            let mut old = old.clone();
            *old.version_mut() = new.version().clone();
            old != new
        }
    };
    store.insert(&key.namespace, &key.name, new);
    changed.then_some(())
}

/// Whether news about an object are older than what is known. A list may show an object of another uid with any
/// version: the cluster may have been restored.
fn is_older(new: &Version, old: &Version, listing: bool) -> bool {
    let comparable = new.uid == old.uid || !listing;
    comparable && new.number().zip(old.number()).is_some_and(|(n, o)| n < o)
}

impl Objects {
    /// Takes in an object as it is now.
    pub(crate) fn apply(&mut self, kind: Kind, json: &[u8]) -> Result<Concerns, ObjectError> {
        let applied = self.store(kind, json);
        match applied {
            Ok((key, resource_version, concerns)) => {
                self.bad.remove(&(kind, key.clone()));
                self.saw(kind, &resource_version, key);
                Ok(concerns)
            }
            Err(error) => {
                // What was known of it is no longer true.
                self.drop_object(kind, &error.key);
                self.saw(kind, "", error.key.clone());
                self.bad.insert((kind, error.key.clone()), error.clone());
                Err(error)
            }
        }
    }

    fn saw(&mut self, kind: Kind, resource_version: &str, key: Key) {
        self.views.reached(kind, resource_version);
        if let Some(seen) = &mut self.views.of(kind).listing {
            seen.insert(key);
        }
    }

    fn store(&mut self, kind: Kind, json: &[u8]) -> Result<(Key, Box<str>, Concerns), ObjectError> {
        let listing = self.views.of(kind).listing.is_some();
        let watchers =
            |changed: Option<()>| changed.map_or(Concerns::NOBODY, |()| Concerns::Watchers);
        let (key, version, concerns) = match kind {
            Kind::StatefulSet => {
                let set = StatefulSet::read(json)?;
                let (key, version) = (set.key.clone(), set.version.resource.clone());
                // A set's own news always count: its template may matter in ways that no fact shows.
                put(&mut self.sets, &key, set, listing);
                let concerns = Concerns::Sets(Vec::from([key.clone()]));
                (key, version, concerns)
            }
            Kind::Pod => {
                let pod: object::PodObject<'_> = object::read(kind, json)?;
                let key = key(&pod.metadata, kind);
                let facts = PodFacts::of(&pod);
                let version = facts.version.resource.clone();
                let concerns = self.put_pod(&key, facts, listing);
                (key, version, concerns)
            }
            Kind::PersistentVolumeClaim => {
                let claim: object::ClaimObject<'_> = object::read(kind, json)?;
                let key = key(&claim.metadata, kind);
                let facts = ClaimFacts::of(&claim);
                let version = facts.version.resource.clone();
                let changed = put(&mut self.claims, &key, facts, listing);
                let concerns = changed.map_or(Concerns::NOBODY, |()| self.claim_concerns(&key));
                (key, version, concerns)
            }
            Kind::ControllerRevision => {
                let revision: object::RevisionObject<'_> = object::read(kind, json)?;
                let key = key(&revision.metadata, kind);
                let facts = RevisionFacts::of(&revision)?;
                let version = facts.version.resource.clone();
                let concerns = self.revision_concerns(&key, &facts);
                let changed = put(&mut self.revisions, &key, facts, listing);
                (
                    key,
                    version,
                    changed.map_or(Concerns::NOBODY, |()| concerns),
                )
            }
            Kind::PersistentVolume => {
                let volume: object::VolumeObject<'_> = object::read(kind, json)?;
                let key = key(&volume.metadata, kind);
                let facts = VolumeFacts::of(&volume);
                let version = facts.version.resource.clone();
                let changed = put(&mut self.volumes, &key, facts, listing);
                (key, version, watchers(changed))
            }
            Kind::StorageClass => {
                let class: object::ClassObject<'_> = object::read(kind, json)?;
                let key = key(&class.metadata, kind);
                let facts = ClassFacts::of(&class);
                let version = facts.version.resource.clone();
                let changed = put(&mut self.classes, &key, facts, listing);
                (key, version, watchers(changed))
            }
            Kind::Node => {
                let node: object::NodeObject<'_> = object::read(kind, json)?;
                let key = key(&node.metadata, kind);
                let facts = NodeFacts::of(&node);
                let version = facts.version.resource.clone();
                let changed = put(&mut self.nodes, &key, facts, listing);
                (key, version, watchers(changed))
            }
            Kind::PodDisruptionBudget => {
                let budget: object::BudgetObject<'_> = object::read(kind, json)?;
                let key = key(&budget.metadata, kind);
                let facts = BudgetFacts::of(&budget);
                let version = facts.version.resource.clone();
                let changed = put(&mut self.budgets, &key, facts, listing);
                (key, version, watchers(changed))
            }
            Kind::Service => (Key::default(), Box::default(), Concerns::NOBODY),
        };
        Ok((key, version, concerns))
    }

    fn put_pod(&mut self, key: &Key, new: PodFacts, listing: bool) -> Concerns {
        let old = self.pods.get(&key.namespace, &key.name);
        let old = old.and_then(Option::as_deref);
        let mut sets = pod_concerns(key, old);
        if let Some(old) = old {
            if is_older(&new.version, &old.version, listing) {
                return Concerns::NOBODY;
            }
            if new.version == old.version {
                sets.clear();
            } else {
                sets.extend(pod_concerns(key, Some(&new)));
            }
        } else {
            sets.extend(pod_concerns(key, Some(&new)));
        }
        self.drop_pod(key);
        if let Some(owner) = claiming::strays_from(&key.name, &new) {
            let owner = Key::new(&*key.namespace, owner);
            let strays = self.strays.entry(owner).or_default();
            strays.insert(key.name.as_str().into());
        }
        let known = (new.controller != Some(Controller::Other)).then(|| Box::new(new));
        self.pods.insert(&key.namespace, &key.name, known);
        sets.sort_unstable();
        sets.dedup();
        Concerns::Sets(sets)
    }

    /// The sets whose claim may have this name: a template's name may have dashes, too.
    fn claim_concerns(&self, key: &Key) -> Concerns {
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

    fn revision_concerns(&self, key: &Key, revision: &RevisionFacts) -> Concerns {
        Concerns::Sets(match &revision.controller {
            Some(Controller::Set { name, .. }) => Vec::from([Key::new(&*key.namespace, &**name)]),
            Some(Controller::Other) => Vec::new(),
            None => self
                .sets
                .within(&key.namespace)
                .filter(|(_, set)| set.selector.matches(&revision.labels))
                .map(|(_, set)| set.key.clone())
                .collect(),
        })
    }

    /// The sets that an object which cannot be read may concern.
    pub(crate) fn concerned(&self, kind: Kind, key: &Key) -> Concerns {
        match kind {
            Kind::StatefulSet => Concerns::Sets(Vec::from([key.clone()])),
            Kind::Pod => Concerns::Sets(pod_concerns(key, None)),
            Kind::PersistentVolumeClaim => self.claim_concerns(key),
            Kind::ControllerRevision | Kind::Service => Concerns::NOBODY,
            _ => Concerns::Watchers,
        }
    }

    /// Whether there is such a set, and it can be read.
    pub(crate) fn is_set(&self, key: &Key) -> bool {
        self.sets.get(&key.namespace, &key.name).is_some()
    }

    /// Takes an object out. An object of another uid stays; an empty uid is any.
    pub(crate) fn remove(&mut self, kind: Kind, key: &Key, uid: &str) -> Concerns {
        let known = self.version(kind, key).map(|version| &*version.uid);
        if !uid.is_empty() && known.is_some_and(|known| known != uid) {
            return Concerns::NOBODY;
        }
        if let (Kind::Node, Some(node)) = (kind, self.nodes.get("", &key.name)) {
            // Somebody took the node away while we were looking: the operator's word that it is dead. A node that a
            // list merely does not show is not known to be dead.
            let gone = NodeFacts {
                state: NodeState::Gone,
                ..node.clone()
            };
            self.nodes.insert("", &key.name, gone);
            return Concerns::Watchers;
        }
        self.drop_object(kind, key)
    }

    fn drop_object(&mut self, kind: Kind, key: &Key) -> Concerns {
        let Key { namespace, name } = key;
        let was_bad = self.bad.remove(&(kind, key.clone())).is_some();
        let concerns = match kind {
            Kind::Pod => {
                let pod = self.pods.get(namespace, name);
                Concerns::Sets(pod_concerns(key, pod.and_then(Option::as_deref)))
            }
            Kind::ControllerRevision => self
                .revisions
                .get(namespace, name)
                .map_or(Concerns::NOBODY, |it| self.revision_concerns(key, it)),
            _ => self.concerned(kind, key),
        };
        let known = match kind {
            Kind::StatefulSet => self.sets.remove(namespace, name).is_some(),
            Kind::Pod => self.drop_pod(key),
            Kind::PersistentVolumeClaim => self.claims.remove(namespace, name).is_some(),
            Kind::ControllerRevision => self.revisions.remove(namespace, name).is_some(),
            Kind::PersistentVolume => self.volumes.remove(namespace, name).is_some(),
            Kind::StorageClass => self.classes.remove(namespace, name).is_some(),
            Kind::Node => self.nodes.remove(namespace, name).is_some(),
            Kind::PodDisruptionBudget => self.budgets.remove(namespace, name).is_some(),
            Kind::Service => false,
        };
        if known || was_bad {
            concerns
        } else {
            Concerns::NOBODY
        }
    }

    fn drop_pod(&mut self, key: &Key) -> bool {
        let Some(pod) = self.pods.remove(&key.namespace, &key.name) else {
            return false;
        };
        let owner = pod.as_deref();
        if let Some(owner) = owner.and_then(|pod| claiming::strays_from(&key.name, pod)) {
            let owner = Key::new(&*key.namespace, owner);
            if let Some(strays) = self.strays.get_mut(&owner) {
                strays.remove(&*key.name);
                if strays.is_empty() {
                    self.strays.remove(&owner);
                }
            }
        }
        true
    }

    /// A list begins: what it does not show will be gone.
    pub(crate) fn begin_list(&mut self, kind: Kind) {
        self.views.of(kind).listing = Some(BTreeSet::new());
    }

    /// A list is complete.
    pub(crate) fn end_list(&mut self, kind: Kind, resource_version: &str) -> Vec<Concerns> {
        let seen = self.views.of(kind).listing.take().unwrap_or_default();
        let gone = self
            .keys(kind)
            .into_iter()
            .filter(|key| !seen.contains(key));
        let gone: Vec<_> = gone.collect();
        let concerns = gone.iter().map(|key| self.drop_object(kind, key)).collect();
        self.views.of(kind).listed = true;
        self.views.reached(kind, resource_version);
        concerns
    }

    fn keys(&self, kind: Kind) -> Vec<Key> {
        let mut keys = match kind {
            Kind::StatefulSet => self.sets.keys(),
            Kind::Pod => self.pods.keys(),
            Kind::PersistentVolumeClaim => self.claims.keys(),
            Kind::ControllerRevision => self.revisions.keys(),
            Kind::PersistentVolume => self.volumes.keys(),
            Kind::StorageClass => self.classes.keys(),
            Kind::Node => self.nodes.keys(),
            Kind::PodDisruptionBudget => self.budgets.keys(),
            Kind::Service => Vec::new(),
        };
        let bad = self.bad.keys().filter(|(other, _)| *other == kind);
        keys.extend(bad.map(|(_, key)| key.clone()));
        keys
    }

    fn version(&self, kind: Kind, key: &Key) -> Option<&Version> {
        let Key { namespace, name } = key;
        match kind {
            Kind::StatefulSet => self.sets.get(namespace, name).map(Versioned::version),
            Kind::Pod => {
                let pod = self.pods.get(namespace, name)?.as_deref();
                pod.map(|pod| &pod.version)
            }
            Kind::PersistentVolumeClaim => self.claims.get(namespace, name).map(Versioned::version),
            Kind::ControllerRevision => self.revisions.get(namespace, name).map(Versioned::version),
            Kind::PersistentVolume => self.volumes.get(namespace, name).map(Versioned::version),
            Kind::StorageClass => self.classes.get(namespace, name).map(Versioned::version),
            Kind::Node => self.nodes.get(namespace, name).map(Versioned::version),
            Kind::PodDisruptionBudget => self.budgets.get(namespace, name).map(Versioned::version),
            Kind::Service => None,
        }
    }

    /// Pods that may be the set's: by name, or because it controls them.
    pub(crate) fn pods_around<'a>(
        &'a self,
        set: &Key,
    ) -> impl Iterator<Item = (&'a str, &'a PodFacts)> + use<'a> {
        let namespace = set.namespace.clone();
        let strays = self.strays.get(set).into_iter().flatten();
        let strays = strays.filter_map(move |name| {
            let pod = self.pods.get(&namespace, name)?.as_deref()?;
            Some((&**name, pod))
        });
        let named = self.pods.family(&set.namespace, &set.name);
        named
            .filter_map(|(name, pod)| Some((name, pod.as_deref()?)))
            .chain(strays)
    }

    /// What is wrong with an object that cannot be read.
    pub(crate) fn error(&self, kind: Kind, key: &Key) -> Option<&ObjectError> {
        if self.bad.is_empty() {
            return None;
        }
        self.bad.get(&(kind, key.clone()))
    }

    /// Whether an object that cannot be read has this name.
    pub(crate) fn is_bad(&self, kind: Kind, namespace: &str, name: &str) -> bool {
        self.error(kind, &Key::new(namespace, name)).is_some()
    }
}

fn key(meta: &Meta<'_>, kind: Kind) -> Key {
    let namespace = if kind.is_namespaced() {
        meta.namespace()
    } else {
        ""
    };
    Key::new(namespace, &*meta.name.0)
}

/// The set that controls the pod, and the one that would give a pod this name.
fn pod_concerns(key: &Key, pod: Option<&PodFacts>) -> Vec<Key> {
    let mut sets = Vec::new();
    if let Some(Controller::Set { name, .. }) = pod.and_then(|pod| pod.controller.as_ref()) {
        sets.push(Key::new(&*key.namespace, &**name));
    }
    if let Some((stem, _)) = parse_pod_name(&key.name) {
        sets.push(Key::new(&*key.namespace, stem));
    }
    sets
}
