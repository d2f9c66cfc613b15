//! What is known of the cluster's objects, and the sets that a change concerns.

use std::boxed::Box;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

use serde_json::Value;

use super::claiming;
use super::concerns::{Concerns, pod_concerns};
use super::families::Families;
use super::freshness::Views;
use super::groups::Groups;
use super::nodes::Nodes;
use super::roster::Roster;
use super::store::{News, Shelf, Store, is_older};
use super::volume_shelf::VolumeShelf;
use crate::desired::Ordinal;
use crate::kubernetes::object::facts::{
    BudgetFacts, ClaimFacts, ClassFacts, NodeFacts, PodFacts, Pools, RevisionFacts, VolumeFacts,
};
use crate::kubernetes::object::fields::{self, Meta};
use crate::kubernetes::object::owner::Controller;
use crate::kubernetes::object::resource::SetResource;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::error::ObjectError;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::policies;
use crate::names::parse_pod_name;
use crate::node::NodeState;
use crate::profile::Profile;

/// All objects, decoded to what decisions need.
#[derive(Default, Debug)]
pub(crate) struct Objects {
    /// What sets are.
    pub(crate) resource: Arc<SetResource>,
    /// How sets are read.
    profile: Profile,
    pub(crate) views: Views,
    pub(crate) sets: Store<StatefulSet>,
    pub(crate) groups: Groups,
    /// `None`: a pod of a controller that is no StatefulSet. Only its name matters.
    pub(crate) pods: Families<Option<Box<PodFacts>>>,
    /// Pods whose name is not one that the set that controls them would give, by that set.
    strays: BTreeMap<Key, BTreeSet<Box<str>>>,
    pub(crate) claims: Families<Box<ClaimFacts>>,
    pub(crate) revisions: Store<RevisionFacts>,
    pub(crate) volumes: VolumeShelf,
    pub(crate) classes: Store<ClassFacts>,
    pub(crate) nodes: Nodes,
    pub(crate) budgets: Store<BudgetFacts>,
    /// Objects that could not be read.
    pub(crate) bad: BTreeMap<(Kind, Key), ObjectError>,
    /// Each set's lists of its pods and claims. Behind a lock, because they are brought up to date when they are looked at.
    rosters: Store<Mutex<Roster>>,
    /// Counts changes that the lists of all sets depend on: of which nodes there are, of budgets' selectors, of classes.
    pub(crate) edition: u64,
    pools: Pools,
}

impl Objects {
    /// None yet.
    pub(crate) fn of(resource: SetResource, profile: Profile) -> Self {
        Self {
            resource: Arc::new(resource),
            profile,
            ..Self::default()
        }
    }

    /// Takes in an object as it is now.
    pub(crate) fn apply(
        &mut self,
        kind: Kind,
        json: &[u8],
    ) -> Result<(Key, Concerns), ObjectError> {
        let applied = self.store(kind, json);
        match applied {
            Ok((key, version, concerns)) => {
                if !self.bad.is_empty() {
                    self.bad.remove(&(kind, key.clone()));
                }
                self.saw(kind, version, key.clone());
                Ok((key, concerns))
            }
            Err(error) => {
                let error = error.called(self.resource.name_of(kind));
                // What was known of it is no longer true.
                self.drop_object(kind, &error.key);
                if kind == Kind::StatefulSet {
                    // Its group goes on to wait for it.
                    let set: Value = serde_json::from_slice(json).unwrap_or_default();
                    let is_own = !self.resource.is_stateful_sets();
                    let group = policies::group_of(&set, self.profile.policies, is_own);
                    self.groups.join(&error.key, group.as_deref());
                }
                self.saw(kind, None, error.key.clone());
                self.bad.insert((kind, error.key.clone()), error.clone());
                Err(error)
            }
        }
    }

    fn saw(&mut self, kind: Kind, version: Option<u64>, key: Key) {
        self.views.reached(kind, version);
        if let Some(seen) = &mut self.views.of(kind).listing {
            seen.insert(key);
        }
    }

    fn store(
        &mut self,
        kind: Kind,
        json: &[u8],
    ) -> Result<(Key, Option<u64>, Concerns), ObjectError> {
        let listing = self.views.of(kind).listing.is_some();
        let meta: Meta<'_>;
        let concerns = match kind {
            Kind::StatefulSet => {
                let set = StatefulSet::read(json, &self.resource, &self.profile)?;
                let (key, version) = (set.key.clone(), set.version.resource.number());
                let mut concerned = Vec::from([key.clone()]);
                concerned.extend(self.groups.members(&key));
                // A set's own news always count: its template may matter in ways that no fact shows.
                self.sets.put(&key, set, listing);
                let known = self.sets.get(&key.namespace, &key.name);
                let group = known.and_then(|set| set.policies.group.as_deref());
                self.groups.join(&key, group);
                if self.rosters.get(&key.namespace, &key.name).is_none() {
                    let roster = Mutex::default();
                    self.rosters.insert(&key.namespace, &key.name, roster);
                }
                return Ok((key, version, Concerns::Sets(concerned)));
            }
            Kind::Pod => {
                let pod: fields::PodObject<'_> = fields::read(kind, json)?;
                let facts = PodFacts::of(&pod, &self.resource, &mut self.pools);
                meta = pod.metadata;
                self.put_pod(&key(&meta, kind), facts, listing)
            }
            Kind::PersistentVolumeClaim => {
                let claim: fields::ClaimObject<'_> = fields::read(kind, json)?;
                let facts = ClaimFacts::of(&claim, &mut self.pools);
                meta = claim.metadata;
                let key = key(&meta, kind);
                self.put_claim(&key, facts, listing)
            }
            Kind::ControllerRevision => {
                let revision: fields::RevisionObject<'_> = fields::read(kind, json)?;
                let facts = RevisionFacts::of(&revision, &self.resource)?;
                meta = revision.metadata;
                let key = key(&meta, kind);
                let concerns = self.revision_concerns(&key, &facts);
                concerns.only_if(self.revisions.put(&key, facts, listing))
            }
            Kind::PersistentVolume => {
                let volume: fields::VolumeObject<'_> = fields::read(kind, json)?;
                let facts = VolumeFacts::of(&volume, &mut self.pools);
                meta = volume.metadata;
                let changed = self.volumes.put(&key(&meta, kind), facts, listing);
                Concerns::Watchers.only_if(changed)
            }
            Kind::StorageClass => {
                let class: fields::ClassObject<'_> = fields::read(kind, json)?;
                let facts = ClassFacts::of(&class);
                meta = class.metadata;
                let changed = self.classes.put(&key(&meta, kind), facts, listing);
                self.edition += u64::from(changed);
                Concerns::Watchers.only_if(changed)
            }
            Kind::Node => {
                let node: fields::NodeObject<'_> = fields::read(kind, json)?;
                let facts = NodeFacts::of(&node);
                meta = node.metadata;
                let known = self.nodes.list().len();
                let news = self.nodes.put(&meta.name.0, facts, listing);
                self.edition += u64::from(self.nodes.list().len() != known);
                Concerns::Watchers.only_if(news == News::Changed)
            }
            Kind::PodDisruptionBudget => {
                let budget: fields::BudgetObject<'_> = fields::read(kind, json)?;
                let facts = BudgetFacts::of(&budget);
                meta = budget.metadata;
                let key = key(&meta, kind);
                let old = self.budgets.get(&key.namespace, &key.name);
                let covers_the_same = old.is_some_and(|old| old.selector == facts.selector);
                self.edition += u64::from(!covers_the_same);
                let changed = self.budgets.put(&key, facts, listing);
                Concerns::Watchers.only_if(changed)
            }
            Kind::Service => return Ok((Key::default(), None, Concerns::NOBODY)),
        };
        let version = meta.resource_version().parse().ok();
        Ok((key(&meta, kind), version, concerns))
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
        self.forget_stray(key);
        if let Some(owner) = claiming::strays_from(&key.name, &new) {
            let owner = Key::new(&*key.namespace, owner);
            let strays = self.strays.entry(owner).or_default();
            strays.insert(key.name.as_str().into());
        }
        let known = (new.mold.controller != Some(Controller::Other)).then(|| Box::new(new));
        self.pods.insert(&key.namespace, &key.name, known);
        self.note_pod(key);
        sets.sort_unstable();
        sets.dedup();
        Concerns::Sets(sets)
    }

    fn put_claim(&mut self, key: &Key, new: ClaimFacts, listing: bool) -> Concerns {
        let old = self.claims.get(&key.namespace, &key.name);
        let news = News::of(old.map(|old| &**old), &new, listing);
        if news == News::Old {
            return Concerns::NOBODY;
        }
        self.claims.insert(&key.namespace, &key.name, Box::new(new));
        self.note_claim(key);
        self.claim_concerns(key).only_if(news == News::Changed)
    }

    /// Lets the set that gives pods such a name know that this one has changed.
    fn note_pod(&mut self, key: &Key) {
        if let Some((stem, Some(ordinal))) = parse_pod_name(&key.name) {
            self.note(&key.namespace, stem, ordinal);
        }
    }

    /// Lets the sets that may give claims such a name know that this one has changed.
    fn note_claim(&mut self, key: &Key) {
        if let Some((stem, Some(ordinal))) = parse_pod_name(&key.name) {
            for (dash, _) in stem.match_indices('-') {
                self.note(&key.namespace, &stem[dash + 1..], ordinal);
            }
        }
    }

    fn note(&mut self, namespace: &str, set: &str, ordinal: Ordinal) {
        if let Some(roster) = self.rosters.get_mut(namespace, set) {
            let roster = roster.get_mut();
            roster.unwrap_or_else(PoisonError::into_inner).note(ordinal);
        }
    }

    /// The set's lists, for whoever brings them up to date.
    pub(crate) fn roster(&self, set: &Key) -> Option<MutexGuard<'_, Roster>> {
        let roster = self.rosters.get(&set.namespace, &set.name)?;
        Some(roster.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether there is such a set, and it can be read.
    pub(crate) fn is_set(&self, key: &Key) -> bool {
        self.sets.get(&key.namespace, &key.name).is_some()
    }

    /// Takes an object out. An object of another uid stays; an empty uid is any.
    pub(crate) fn remove(&mut self, kind: Kind, key: &Key, uid: &str) -> Concerns {
        let shelf = self.shelf(kind);
        let known = shelf.and_then(|shelf| shelf.uid(&key.namespace, &key.name));
        if !uid.is_empty() && known.is_some_and(|known| *known != Uid::from(uid)) {
            return Concerns::NOBODY;
        }
        if kind == Kind::Node && known.is_some() {
            // Somebody took the node away while we were looking: the operator's word that it is dead. A node that a
            // list merely does not show is not known to be dead.
            self.nodes.bury(&key.name);
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
        if kind == Kind::Pod {
            self.forget_stray(key);
        }
        let shelf = self.shelf_mut(kind);
        let known = shelf.is_some_and(|shelf| shelf.drop(namespace, name));
        match kind {
            Kind::StatefulSet => {
                drop(self.rosters.remove(namespace, name));
                self.groups.join(key, None);
            }
            Kind::Pod => self.note_pod(key),
            Kind::PersistentVolumeClaim => self.note_claim(key),
            Kind::Node | Kind::PodDisruptionBudget | Kind::StorageClass => {
                self.edition += u64::from(known);
            }
            _ => {}
        }
        if known || was_bad {
            concerns
        } else {
            Concerns::NOBODY
        }
    }

    fn forget_stray(&mut self, key: &Key) {
        let pod = self.pods.get(&key.namespace, &key.name);
        let pod = pod.and_then(Option::as_deref);
        let Some(owner) = pod.and_then(|pod| claiming::strays_from(&key.name, pod)) else {
            return;
        };
        let owner = Key::new(&*key.namespace, owner);
        if let Some(strays) = self.strays.get_mut(&owner) {
            strays.remove(&*key.name);
            if strays.is_empty() {
                self.strays.remove(&owner);
            }
        }
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
        self.views.reached(kind, resource_version.parse().ok());
        concerns
    }

    fn keys(&self, kind: Kind) -> Vec<Key> {
        let mut keys = self.shelf(kind).map_or_else(Vec::new, Shelf::keys);
        if kind == Kind::Node {
            // A node that somebody took away stays known as dead while a pod names it.
            keys.retain(|key| !self.is_dead_and_named(&key.name));
        }
        let bad = self.bad.keys().filter(|(other, _)| *other == kind);
        keys.extend(bad.map(|(_, key)| key.clone()));
        keys
    }

    fn shelf(&self, kind: Kind) -> Option<&dyn Shelf> {
        Some(match kind {
            Kind::StatefulSet => &self.sets,
            Kind::Pod => &self.pods,
            Kind::PersistentVolumeClaim => &self.claims,
            Kind::ControllerRevision => &self.revisions,
            Kind::PersistentVolume => &self.volumes,
            Kind::StorageClass => &self.classes,
            Kind::Node => &self.nodes,
            Kind::PodDisruptionBudget => &self.budgets,
            Kind::Service => return None,
        })
    }

    fn shelf_mut(&mut self, kind: Kind) -> Option<&mut dyn Shelf> {
        Some(match kind {
            Kind::StatefulSet => &mut self.sets,
            Kind::Pod => &mut self.pods,
            Kind::PersistentVolumeClaim => &mut self.claims,
            Kind::ControllerRevision => &mut self.revisions,
            Kind::PersistentVolume => &mut self.volumes,
            Kind::StorageClass => &mut self.classes,
            Kind::Node => &mut self.nodes,
            Kind::PodDisruptionBudget => &mut self.budgets,
            Kind::Service => return None,
        })
    }

    fn is_dead_and_named(&self, name: &str) -> bool {
        let dead = self.nodes.get(name);
        dead.is_some_and(|node| node.state == NodeState::Gone)
            && self.pods.iter().any(|pod| {
                let pod = pod.as_deref();
                pod.is_some_and(|pod| pod.node.as_deref() == Some(name))
            })
    }

    /// Pods that the set controls though their names are not ones that it would give.
    pub(crate) fn strays_of<'a>(
        &'a self,
        set: &'a Key,
    ) -> impl Iterator<Item = (&'a str, &'a PodFacts)> {
        let strays = self.strays.get(set).into_iter().flatten();
        strays.filter_map(|name| {
            let pod = self.pods.get(&set.namespace, name)?.as_deref()?;
            Some((&**name, pod))
        })
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
