//! Taints of nodes that the pod does not tolerate.

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::values::object::{Fields, Object};
use crate::values::taint::toleration;

struct Tolerated<'a> {
    pod: &'a Object,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    Box::new(Tolerated { pod: candidate.pod })
}

/// Whether the pod tolerates every taint that keeps pods from being put on the node.
pub(super) fn tolerates(pod: &Object, node: &Object) -> bool {
    node.list("/spec/taints").iter().all(|taint| {
        !matches!(taint.text("/effect"), "NoSchedule" | "NoExecute")
            || toleration(pod, taint).is_some()
    })
}

impl Filter for Tolerated<'_> {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        let tolerated = tolerates(self.pod, &room.node);
        (!tolerated).then(|| Refusal::of_node("node(s) had untolerated taint(s)"))
    }
}
