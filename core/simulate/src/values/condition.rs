//! Conditions in a status.

use serde_json::{Value, json};
use statefulset::Millis;

use super::instant;
use super::object::Fields;

/// A condition as it is to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition<'a> {
    /// `Ready`, `PodScheduled`…
    pub(crate) kind: &'a str,
    /// True or false.
    pub(crate) holds: bool,
    /// Why, in one word; may be empty.
    pub(crate) reason: &'a str,
    /// Why, in a sentence; may be empty.
    pub(crate) message: &'a str,
    /// Of which generation of the object it is said, where that is said.
    pub(crate) generation: Option<i64>,
}

/// Puts a condition into `status.conditions`. It keeps its transition time unless its truth changes, and its generation
/// unless another one is given.
pub(crate) fn set_condition(object: &mut Value, wanted: Condition<'_>, now: Millis) {
    let status = if wanted.holds { "True" } else { "False" };
    let mut conditions = object.list("/status/conditions").to_vec();
    let place = conditions
        .iter()
        .position(|c| c.text("/type") == wanted.kind);
    let old = place.map(|i| &conditions[i]);
    let generation = wanted
        .generation
        .or_else(|| old.and_then(|old| old.int("/observedGeneration")));
    let since = match old {
        Some(old) if old.text("/status") == status => old.text("/lastTransitionTime").to_owned(),
        _ => instant::rfc3339(now),
    };
    let mut condition = json!({
        "type": wanted.kind, "status": status, "lastProbeTime": null, "lastTransitionTime": since,
    });
    if let Some(generation) = generation {
        condition.put("/observedGeneration", json!(generation));
    }
    if !wanted.reason.is_empty() {
        condition.put("/reason", json!(wanted.reason));
    }
    if !wanted.message.is_empty() {
        condition.put("/message", json!(wanted.message));
    }
    match place {
        Some(i) => conditions[i] = condition,
        None => conditions.push(condition),
    }
    object.put("/status/conditions", Value::Array(conditions));
}

/// Takes a condition out of `status.conditions`, if it is there.
pub(crate) fn remove_condition(object: &mut Value, kind: &str) {
    let conditions = object.pointer_mut("/status/conditions");
    if let Some(conditions) = conditions.and_then(Value::as_array_mut) {
        conditions.retain(|condition| condition.text("/type") != kind);
    }
}
