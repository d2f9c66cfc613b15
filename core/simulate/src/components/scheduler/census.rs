//! Which pods are where, and counts of them that are kept up to date from change to change.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Name;
use super::pod_term::PodTerm;
use super::ports::{self, HostPort};
use super::tally::{Question, Tallies};
use crate::values::demand::{self, Amounts};
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

/// A node, and what is on it.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Empty where pods name a node that does not exist.
    pub(super) node: Rc<Object>,
    pub(super) allocatable: Amounts,
    pub(super) requested: Amounts,
    pub(super) pods: BTreeMap<Name, Rc<Object>>,
    /// The ports of the node that its pods have.
    ports: BTreeMap<Name, Vec<HostPort>>,
}

impl Room {
    pub(super) fn ports(&self) -> impl Iterator<Item = &HostPort> {
        self.ports.values().flatten()
    }

    /// The value of one of the node's labels.
    pub(super) fn label(&self, key: &str) -> Option<&str> {
        self.node.pointer("/metadata/labels")?.get(key)?.as_str()
    }
}

/// All nodes, and all pods that have one and have not ended.
#[derive(Debug, Default)]
pub(super) struct Census {
    rooms: BTreeMap<String, Room>,
    /// The nodes that exist, by how many pods are on them.
    by_load: BTreeSet<(usize, String)>,
    placed: BTreeMap<Name, String>,
    /// How many of these pods use a claim.
    users: BTreeMap<Name, usize>,
    tallies: Tallies,
    /// The pods that these pods keep away, and how many on each node do so.
    aversions: BTreeMap<PodTerm, BTreeMap<String, usize>>,
}

impl Census {
    /// The nodes that exist, by name.
    pub(super) fn rooms(&self) -> impl Iterator<Item = &Room> {
        self.rooms.values().filter(|room| !room.node.is_null())
    }

    /// The nodes that exist, those with the fewest pods first, and of several the first by name.
    pub(super) fn rooms_by_load(&self) -> impl Iterator<Item = &Room> {
        let names = self.by_load.iter();
        names.filter_map(|(_, name)| self.rooms.get(name))
    }

    /// The node of this name, if it exists.
    pub(super) fn room(&self, node: &str) -> Option<&Room> {
        self.rooms.get(node).filter(|room| !room.node.is_null())
    }

    /// How many nodes exist.
    pub(super) fn len(&self) -> usize {
        self.by_load.len()
    }

    /// Takes a node in as it is now; `None`: it is gone.
    pub(super) fn see_node(&mut self, name: &str, node: Option<&Rc<Object>>) {
        self.alter(name, |room| {
            room.node = node.cloned().unwrap_or_default();
            room.allocatable = demand::amounts(room.node.pointer("/status/allocatable"));
        });
    }

    /// Changes a room. One without a node and without pods is forgotten.
    fn alter<T>(&mut self, name: &str, change: impl FnOnce(&mut Room) -> T) -> T {
        let room = self.rooms.entry(name.to_owned()).or_default();
        self.by_load.remove(&(room.pods.len(), name.to_owned()));
        let changed = change(room);
        if !room.node.is_null() {
            self.by_load.insert((room.pods.len(), name.to_owned()));
        } else if room.pods.is_empty() {
            self.rooms.remove(name);
        }
        changed
    }

    /// The pod as it was seen last, if it is on a node.
    pub(super) fn pod(&self, name: &Name) -> Option<&Rc<Object>> {
        self.rooms.get(self.placed.get(name)?)?.pods.get(name)
    }

    /// Puts a pod on the node that it names.
    pub(super) fn place(&mut self, name: &Name, pod: &Rc<Object>) {
        self.place_at(name, pod, pod.text("/spec/nodeName"));
    }

    /// Puts a pod on a node.
    pub(super) fn place_at(&mut self, name: &Name, pod: &Rc<Object>, node: &str) {
        self.placed.insert(name.clone(), node.to_owned());
        self.alter(node, |room| {
            demand::add(&mut room.requested, &demand::held(pod, "requests"));
            let ports = ports::of(pod);
            if !ports.is_empty() {
                room.ports.insert(name.clone(), ports);
            }
            room.pods.insert(name.clone(), Rc::clone(pod));
        });
        for claim in claim_names(pod) {
            let claim = (name.0.clone(), claim.into_owned());
            *self.users.entry(claim).or_default() += 1;
        }
        for term in PodTerm::kept_away(pod) {
            let counts = self.aversions.entry(term).or_default();
            *counts.entry(node.to_owned()).or_default() += 1;
        }
        self.tallies.come(pod, node);
    }

    /// Takes a pod from its node.
    pub(super) fn remove(&mut self, name: &Name) {
        let Some(node) = self.placed.remove(name) else {
            return;
        };
        let left = self.alter(&node, |room| {
            let pod = room.pods.remove(name)?;
            let held: Amounts = demand::held(&pod, "requests");
            for (resource, amount) in held {
                if let Some(sum) = room.requested.get_mut(&resource) {
                    *sum = sum.saturating_sub(amount);
                }
            }
            room.ports.remove(name);
            Some(pod)
        });
        let Some(pod) = left else {
            return;
        };
        for claim in claim_names(&pod) {
            count_down(&mut self.users, &(name.0.clone(), claim.into_owned()));
        }
        for term in PodTerm::kept_away(&pod) {
            if let Some(counts) = self.aversions.get_mut(&term) {
                count_down(counts, &node);
                if counts.is_empty() {
                    self.aversions.remove(&term);
                }
            }
        }
        self.tallies.go(&pod, &node);
    }

    /// Whether a pod on a node that exists uses the claim.
    pub(super) fn is_used(&self, namespace: &str, claim: &str) -> bool {
        let name = (namespace.to_owned(), claim.to_owned());
        let uses = |pod: &Rc<Object>| {
            pod.namespace() == namespace && claim_names(pod).any(|it| it == claim)
        };
        self.users.contains_key(&name) && self.rooms().any(|room| room.pods.values().any(uses))
    }

    /// How many pods the question is about in each domain: a value of the nodes' label `key`. Domains without any are
    /// not there.
    pub(super) fn domains(&mut self, question: &Question, key: &str) -> BTreeMap<String, usize> {
        let counts = self.tallies.counts(question, pods(&self.rooms));
        let mut domains = BTreeMap::new();
        for (node, count) in counts {
            let domain = self.rooms.get(node).and_then(|room| room.label(key));
            if let Some(domain) = domain {
                *domains.entry(domain.to_owned()).or_default() += count;
            }
        }
        domains
    }

    /// How many pods the question is about on each node that has any.
    pub(super) fn counts(&mut self, question: &Question) -> &BTreeMap<String, usize> {
        self.tallies.counts(question, pods(&self.rooms))
    }

    /// The domains (a label's key and value) that pods keep free of those that `concerns` says yes to.
    pub(super) fn kept_free(
        &self,
        concerns: impl Fn(&PodTerm) -> bool,
    ) -> BTreeSet<(String, String)> {
        let mut domains = BTreeSet::new();
        for (term, counts) in self.aversions.iter().filter(|(term, _)| concerns(term)) {
            let rooms = counts.keys().filter_map(|node| self.rooms.get(node));
            let values = rooms.filter_map(|room| room.label(term.topology()));
            domains.extend(values.map(|value| (term.topology().to_owned(), value.to_owned())));
        }
        domains
    }
}

/// All pods that have a node, with its name.
fn pods(rooms: &BTreeMap<String, Room>) -> impl Iterator<Item = (&str, &Object)> {
    rooms.iter().flat_map(|(node, room)| {
        let pods = room.pods.values();
        pods.map(move |pod| (node.as_str(), &**pod))
    })
}

/// Takes one away, and forgets what there is none of.
pub(super) fn count_down<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}
