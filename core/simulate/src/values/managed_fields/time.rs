//! When managers have written: of writes that change nothing, and of those that change nothing else.

use serde_json::{Value, json};

use super::comparison::Comparison;
use super::element::Element;
use super::entry::{Identity, PLACE};
use crate::values::object::{Fields, Object};

/// Takes the times of the managers from the old object where nothing else is different: such a write changes nothing.
pub(crate) fn keep_times(old: &Object, object: &mut Object) {
    let (Some(before), Some(after)) = (old.pointer(PLACE), object.pointer(PLACE)) else {
        return;
    };
    if before == after || !same_but_for_times(before, after) {
        return;
    }
    let (before, after) = (before.clone(), after.clone());
    object.put(PLACE, before);
    if object != old {
        object.put(PLACE, after);
    }
}

fn same_but_for_times(a: &Value, b: &Value) -> bool {
    let (Some(a), Some(b)) = (a.as_array(), b.as_array()) else {
        return false;
    };
    let same = |(a, b): (&Value, &Value)| {
        ENTRY
            .iter()
            .all(|field| a.pointer(field) == b.pointer(field))
    };
    a.len() == b.len() && a.iter().zip(b).all(same)
}

/// The fields of an entry but for its time.
const ENTRY: &[&str] = &[
    "/manager",
    "/operation",
    "/apiVersion",
    "/subresource",
    "/fieldsType",
    "/fieldsV1",
];

/// Sets the time of the manager of an object's status where nothing else has to change: it has all fields that it has
/// written, and nobody else has any. False where that is not so.
pub(super) fn renew(
    object: &mut Object,
    manager: &Identity,
    found: &Comparison,
    time: &str,
) -> bool {
    if !found.removed.is_empty() {
        return false;
    }
    let written = found.modified.union(&found.added).paths();
    let Some(Value::Array(entries)) = object.pointer_mut(PLACE) else {
        return false;
    };
    let is_own = |entry: &Value| {
        entry.text("/manager") == manager.manager
            && entry.text("/operation") == manager.operation.name()
            && Some(entry.text("/apiVersion")) == manager.version.as_deref()
            && entry.text("/subresource") == manager.subresource
    };
    let of_status = |entry: &Value| entry.pointer("/fieldsV1/f:status").is_some();
    let mut all = entries.iter().filter(|entry| of_status(entry));
    let (Some(own), None) = (all.next(), all.next()) else {
        return false;
    };
    let has = |path: &Vec<Element>| {
        let mut at = own.get("fieldsV1");
        for step in path {
            at = at.and_then(|fields| fields.get(step.written()));
        }
        let fields = at.and_then(Value::as_object);
        fields.is_some_and(|it| it.is_empty() || it.contains_key("."))
    };
    if !is_own(own) || !written.iter().all(has) {
        return false;
    }
    for entry in entries.iter_mut().filter(|entry| is_own(entry)) {
        if !written.is_empty() {
            entry["time"] = json!(time);
        }
    }
    let place = |entry: &Value| {
        let parts = [
            "/operation",
            "/time",
            "/manager",
            "/apiVersion",
            "/subresource",
        ];
        parts.map(|part| entry.text(part).to_owned())
    };
    entries.sort_by_key(place);
    true
}
