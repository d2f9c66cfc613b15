//! The labels and names that a pod asks of its node.

use std::collections::BTreeSet;

use serde_json::Value;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::values::affinity::{affinity_admits, selector_admits};
use crate::values::object::{Fields, Object};

const REQUIRED: &str = "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";

struct Asked<'a> {
    pod: &'a Object,
    /// The only nodes that the pod names, if each alternative names some.
    named: Option<BTreeSet<&'a str>>,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    let pod = candidate.pod;
    let named = named(pod.list(&format!("{REQUIRED}/nodeSelectorTerms")));
    Box::new(Asked { pod, named })
}

/// Whether the node has what the pod asks for.
pub(super) fn admits(pod: &Object, node: &Object) -> bool {
    selector_admits(pod.pointer("/spec/nodeSelector"), node)
        && affinity_admits(pod.pointer(REQUIRED), node)
}

fn named(terms: &[Value]) -> Option<BTreeSet<&str>> {
    let mut named = BTreeSet::new();
    for term in terms {
        let mut names = term
            .list("/matchFields")
            .iter()
            .filter(|it| it.text("/key") == "metadata.name" && it.text("/operator") == "In")
            .flat_map(|it| it.list("/values"))
            .filter_map(Value::as_str)
            .peekable();
        names.peek()?;
        named.extend(names);
    }
    (!named.is_empty()).then_some(named)
}

impl Filter for Asked<'_> {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        let named = self.named.as_ref();
        if named.is_some_and(|named| !named.contains(room.node.name())) {
            // The real scheduler does not look at such nodes any further.
            return Some(Refusal::of_node(
                "node(s) didn't satisfy plugin(s) [NodeAffinity]",
            ));
        }
        (!admits(self.pod, &room.node))
            .then(|| Refusal::of_node("node(s) didn't match Pod's node affinity/selector"))
    }
}
