//! Pods that must be spread evenly over parts of the cluster (`topologySpreadConstraints` with `DoNotSchedule`).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use super::pod_term::selects_all;
use super::tally::{Group, Question};
use super::{node_affinity, taints, unschedulable};
use crate::values::object::{Fields, Object};

/// One constraint, and how the pods are spread now.
struct Constraint {
    topology: String,
    max_skew: usize,
    /// The pods that count in each domain.
    domains: BTreeMap<String, usize>,
    /// Those in the domain that has the fewest.
    fewest: usize,
    /// Whether the pod itself will count.
    counts_itself: bool,
}

struct Spread(Vec<Constraint>);

pub(super) fn filter<'a>(candidate: &Candidate<'a>, census: &mut Census) -> Box<dyn Filter + 'a> {
    let pod = candidate.pod;
    let constraints: Vec<&Value> = constraints(pod).collect();
    let keys: Vec<&str> = constraints
        .iter()
        .map(|constraint| constraint.text("/topologyKey"))
        .collect();
    let constraints = constraints
        .iter()
        .map(|constraint| Constraint::of(constraint, pod, &keys, census));
    Box::new(Spread(constraints.collect()))
}

/// The constraints that must be kept.
pub(super) fn constraints(pod: &Object) -> impl Iterator<Item = &Value> {
    let all = pod.list("/spec/topologySpreadConstraints").iter();
    all.filter(|it| it.text("/whenUnsatisfiable") == "DoNotSchedule")
}

impl Constraint {
    /// `keys` are the labels of all constraints: a node without one of them does not count for any.
    fn of(constraint: &Value, pod: &Object, keys: &[&str], census: &mut Census) -> Self {
        let topology = constraint.text("/topologyKey");
        let selector = constraint
            .pointer("/labelSelector")
            .filter(|it| !it.is_null());
        let group = Group {
            namespaces: Some(BTreeSet::from([pod.namespace().to_owned()])),
            selector: selector.cloned(),
        };
        let counts_itself = group.has(pod);
        let mut counts = BTreeMap::new();
        // The real scheduler counts no pod where the selector asks for nothing.
        if !selector.is_some_and(selects_all) {
            let question = Question {
                groups: vec![group],
                terminating: false,
            };
            counts.clone_from(census.counts(&question));
        }
        let policy = |field: &str, other: &str| match constraint.text(field) {
            "" => other == "Honor",
            policy => policy == "Honor",
        };
        let by_affinity = policy("/nodeAffinityPolicy", "Honor");
        let by_taints = policy("/nodeTaintsPolicy", "Ignore");
        let tolerates_cordons = unschedulable::tolerates(pod);
        let mut domains = BTreeMap::<String, usize>::new();
        for room in census.rooms() {
            let node = &room.node;
            let cordoned = node.flag("/spec/unschedulable") && !tolerates_cordons;
            let counts_here = keys.iter().all(|key| room.label(key).is_some())
                && (!by_affinity || node_affinity::admits(pod, node))
                && (!by_taints || !cordoned && taints::tolerates(pod, node));
            if let Some(domain) = room.label(topology).filter(|_| counts_here) {
                *domains.entry(domain.to_owned()).or_default() +=
                    counts.get(node.name()).copied().unwrap_or(0);
            }
        }
        let number = |field: &str| {
            let number = constraint.int(field).unwrap_or(1);
            usize::try_from(number).unwrap_or(1)
        };
        let fewest = if domains.len() < number("/minDomains") {
            0
        } else {
            domains.values().min().copied().unwrap_or(0)
        };
        Self {
            topology: topology.to_owned(),
            max_skew: number("/maxSkew"),
            domains,
            fewest,
            counts_itself,
        }
    }

    fn refusal(&self, room: &Room) -> Option<Refusal> {
        let Some(domain) = room.label(&self.topology) else {
            return Some(Refusal::of_node(
                "node(s) didn't match pod topology spread constraints (missing required label)",
            ));
        };
        let here = self.domains.get(domain).copied().unwrap_or(0);
        let then = here + usize::from(self.counts_itself);
        (then > self.fewest + self.max_skew)
            .then(|| Refusal::for_others("node(s) didn't match pod topology spread constraints"))
    }
}

impl Filter for Spread {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        self.0.iter().find_map(|it| it.refusal(room))
    }
}
