//! Nodes that take no pods because somebody has cordoned them.

use serde_json::json;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::values::object::{Fields, Object};
use crate::values::taint::toleration;

struct Uncordoned {
    tolerated: bool,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    let tolerated = tolerates(candidate.pod);
    Box::new(Uncordoned { tolerated })
}

/// Whether the pod may be put on a node that is cordoned.
pub(super) fn tolerates(pod: &Object) -> bool {
    let cordon = json!({"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"});
    toleration(pod, &cordon).is_some()
}

impl Filter for Uncordoned {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        let closed = room.node.flag("/spec/unschedulable") && !self.tolerated;
        closed.then(|| Refusal::of_node("node(s) were unschedulable"))
    }
}
