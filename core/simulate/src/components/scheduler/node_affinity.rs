//! The labels and names that a pod asks of its node.

use std::collections::BTreeSet;

use serde_json::Value;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::values::affinity::{affinity_admits, selector_admits};
use crate::values::object::{Fields, Object};

const REQUIRED: &str = "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";

/// The only nodes that the pod names, if each alternative names some.
struct Named<'a>(Option<BTreeSet<&'a str>>);

/// The real scheduler does not look at other nodes than these any further.
pub(super) fn by_name<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    Box::new(Named(named(candidate.pod)))
}

/// Whether the pod asks for a node with two names at once, in each alternative.
pub(super) fn contradicts_itself(pod: &Object) -> bool {
    named(pod).is_some_and(|named| named.is_empty())
}

struct Asked<'a> {
    pod: &'a Object,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    Box::new(Asked { pod: candidate.pod })
}

/// Whether the node has what the pod asks for.
pub(super) fn admits(pod: &Object, node: &Object) -> bool {
    selector_admits(pod.pointer("/spec/nodeSelector"), node)
        && affinity_admits(pod.pointer(REQUIRED), node)
}

fn named(pod: &Object) -> Option<BTreeSet<&str>> {
    let terms = pod.list(&format!("{REQUIRED}/nodeSelectorTerms"));
    let named: BTreeSet<_> = terms
        .iter()
        .map(named_in)
        .collect::<Option<Vec<_>>>()?
        .concat()
        .into_iter()
        .collect();
    (!terms.is_empty()).then_some(named)
}

/// The names that all of a term's requirements about the name allow; `None` where there are none.
fn named_in(term: &Value) -> Option<Vec<&str>> {
    term.list("/matchFields")
        .iter()
        .filter(|it| it.text("/key") == "metadata.name" && it.text("/operator") == "In")
        .map(|it| it.list("/values").iter().filter_map(Value::as_str))
        .map(Iterator::collect::<Vec<_>>)
        .reduce(|some, more| some.into_iter().filter(|it| more.contains(it)).collect())
}

impl Filter for Named<'_> {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        let named = self.0.as_ref()?;
        (!named.contains(room.node.name()))
            .then(|| Refusal::of_node("node(s) didn't satisfy plugin(s) [NodeAffinity]"))
    }
}

impl Filter for Asked<'_> {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        (!admits(self.pod, &room.node))
            .then(|| Refusal::of_node("node(s) didn't match Pod's node affinity/selector"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pod(terms: &Value) -> Object {
        let required = json!({"nodeSelectorTerms": terms});
        let affinity = json!({"requiredDuringSchedulingIgnoredDuringExecution": required});
        json!({"spec": {"affinity": {"nodeAffinity": affinity}}})
    }

    fn is(name: &str) -> Value {
        json!({"key": "metadata.name", "operator": "In", "values": [name]})
    }

    #[test]
    fn each_alternative_has_to_name_nodes() {
        let other = json!({"matchExpressions": [{"key": "disk", "operator": "Exists"}]});
        let one = json!({"matchFields": [is("a")]});
        let two = json!({"matchFields": [is("b"), is("b")]});
        assert_eq!(
            named(&pod(&json!([one, two]))),
            Some(BTreeSet::from(["a", "b"]))
        );
        assert_eq!(named(&pod(&json!([one, other]))), None);
        assert_eq!(named(&pod(&json!([]))), None);
    }

    #[test]
    fn two_names_at_once_are_a_contradiction() {
        let both = json!({"matchFields": [is("a"), is("b")]});
        assert!(contradicts_itself(&pod(&json!([both]))));
        assert!(!contradicts_itself(&pod(
            &json!([both, {"matchFields": [is("a")]}])
        )));
        assert!(!contradicts_itself(&json!({})));
    }
}
