//! The filters, and the order in which they look at a node.

use std::borrow::Cow;

use super::census::{Census, Room};
use super::claims::Claims;
use super::{
    claims, node_affinity, pod_affinity, ports, resources, spread, taints, unschedulable,
    volume_limits, volume_restrictions, volume_zones,
};
use crate::store::Store;
use crate::values::object::Object;

/// A pod that is to get a node.
pub(super) struct Candidate<'a> {
    pub(super) pod: &'a Object,
    pub(super) claims: &'a Claims,
    pub(super) store: &'a Store,
}

/// Says of one node after the other whether it can take a pod.
pub(super) trait Filter {
    fn refusal(&self, room: &Room) -> Option<Refusal>;
}

/// Why a node cannot take a pod, in the scheduler's words.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) reasons: Vec<Cow<'static, str>>,
    /// Whether it might take the pod if others left it.
    pub(super) for_others: bool,
}

impl Refusal {
    /// The node is not the right one.
    pub(super) fn of_node(reason: &'static str) -> Self {
        Self {
            reasons: vec![reason.into()],
            for_others: false,
        }
    }

    /// Other pods are in the way.
    pub(super) fn for_others(reason: &'static str) -> Self {
        Self {
            reasons: vec![reason.into()],
            for_others: true,
        }
    }
}

/// Looks at a pod and at the cluster as a whole, once for all nodes.
type Prepare = for<'a> fn(&Candidate<'a>, &mut Census) -> Box<dyn Filter + 'a>;

/// The first that refuses a node says why.
const ORDER: [Prepare; 12] = [
    node_affinity::by_name,
    unschedulable::filter,
    taints::filter,
    node_affinity::filter,
    ports::filter,
    resources::filter,
    volume_restrictions::filter,
    volume_limits::filter,
    claims::filter,
    volume_zones::filter,
    spread::filter,
    pod_affinity::filter,
];

/// The filters for one pod.
pub(super) struct Filters<'a>(Vec<Box<dyn Filter + 'a>>);

impl<'a> Filters<'a> {
    pub(super) fn of(candidate: &Candidate<'a>, census: &mut Census) -> Self {
        let prepared = ORDER.iter().map(|prepare| prepare(candidate, census));
        Self(prepared.collect())
    }

    pub(super) fn refusal(&self, room: &Room) -> Option<Refusal> {
        self.0.iter().find_map(|filter| filter.refusal(room))
    }
}
