//! From which nodes a volume can be reached (rule B-6): what its node affinity says of their labels.

use std::collections::BTreeSet;
use std::vec::Vec;

use indexmap::IndexSet;

use super::nodes::Nodes;
use crate::kubernetes::object::fields::{NodeRequirement, NodeSelector, NodeTerm};
use crate::kubernetes::validation::format;
use crate::kubernetes::value::labels::LabelsOf;
use crate::volume::Reach;

/// The node affinities of some volumes, each with a number: that of the group of nodes that it admits. Volumes of one
/// zone have one group, so that it is judged once, not once a volume.
#[derive(Default)]
pub(crate) struct Reaches<'a> {
    groups: IndexSet<&'a NodeSelector>,
}

impl<'a> Reaches<'a> {
    /// The number of an affinity's group.
    pub(crate) fn group(&mut self, affinity: &'a NodeSelector) -> u32 {
        let (place, _) = self.groups.insert_full(affinity);
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// Which of these nodes are in which group.
    pub(crate) fn from(&self, nodes: &BTreeSet<u32>, all: &Nodes) -> Vec<Reach> {
        let mut pairs = Vec::new();
        for &node in nodes {
            let Some(facts) = all.facts().get(node as usize) else {
                continue;
            };
            let labels = facts.labels.of("");
            let admitting = (0..).zip(&self.groups).filter(|(_, it)| admits(it, labels));
            pairs.extend(admitting.map(|(group, _)| Reach { group, node }));
        }
        pairs
    }
}

/// Whether a volume with this node affinity can be reached from a node with these labels.
pub(crate) fn admits(affinity: &NodeSelector, labels: LabelsOf<'_>) -> bool {
    let mut terms = affinity.node_selector_terms.iter();
    terms.any(|term| is_sound(term) && holds(term, labels))
}

/// Whether a term asks for anything, and each of its requirements is well formed. Upstream looks at no field of the node,
/// not even at its name, but does read what is asked of them.
fn is_sound(term: &NodeTerm) -> bool {
    let (labels, fields) = (&term.match_expressions, &term.match_fields);
    let is_empty = labels.is_empty() && fields.is_empty();
    !is_empty && labels.iter().all(is_well_formed) && fields.iter().all(is_well_formed_field)
}

fn is_well_formed(requirement: &NodeRequirement) -> bool {
    let values = &*requirement.values;
    let counted = match &*requirement.operator {
        "In" | "NotIn" => !values.is_empty(),
        "Exists" | "DoesNotExist" => values.is_empty(),
        "Gt" | "Lt" => matches!(values, [bound] if number(bound).is_some()),
        _ => false,
    };
    counted
        && format::label_key(&requirement.key).is_empty()
        && values
            .iter()
            .all(|value| format::label_value(value).is_empty())
}

fn is_well_formed_field(requirement: &NodeRequirement) -> bool {
    matches!(&*requirement.operator, "In" | "NotIn") && requirement.values.len() == 1
}

fn holds(term: &NodeTerm, labels: LabelsOf<'_>) -> bool {
    term.match_expressions.iter().all(|it| is_met(it, labels))
}

fn is_met(requirement: &NodeRequirement, labels: LabelsOf<'_>) -> bool {
    let label = labels.get(&requirement.key);
    let label = label.as_deref();
    let is_listed = || label.is_some_and(|label| requirement.values.iter().any(|it| it == label));
    // Both are numbers, or neither is more than the other.
    let both = || {
        let bound = requirement.values.first();
        label.and_then(number).zip(bound.and_then(|it| number(it)))
    };
    match &*requirement.operator {
        "In" => is_listed(),
        // A missing label is not among any values.
        "NotIn" => !is_listed(),
        "Exists" => label.is_some(),
        "DoesNotExist" => label.is_none(),
        "Gt" => both().is_some_and(|(label, bound)| label > bound),
        "Lt" => both().is_some_and(|(label, bound)| label < bound),
        _ => false,
    }
}

/// A whole number of 64 bits with a sign, as Go reads it.
fn number(text: &str) -> Option<i64> {
    text.parse().ok()
}
