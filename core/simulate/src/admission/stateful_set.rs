//! StatefulSets. The rules are the library's; here is what only an API server does beside them.

use serde_json::{Value, json};
use statefulset::kubernetes::{
    FieldError, default_stateful_set, validate_stateful_set, validate_stateful_set_update,
};

use super::Gates;
use super::faults::Faults;
use super::metadata;
use crate::object::{Fields, Object};

pub(super) fn default(set: &mut Object) {
    default_stateful_set(set);
}

pub(super) fn prepare_create(set: &mut Object) {
    default(set);
    set.put("/status", json!({"availableReplicas": 0, "replicas": 0}));
}

pub(super) fn validate(gates: Gates, set: &Object, faults: &mut Faults) {
    take(validate_stateful_set(set), faults);
    template(set, faults);
    if !gates.recreate {
        refuse_recreate(set, faults);
    }
}

pub(super) fn validate_update(gates: Gates, old: &Object, set: &Object, faults: &mut Faults) {
    take(validate_stateful_set_update(old, set), faults);
    template(set, faults);
    // What was stored while the gate was open may stay.
    if !gates.recreate && strategy(old) != "Recreate" {
        refuse_recreate(set, faults);
    }
}

/// The metadata's faults are found for all kinds alike.
fn take(errors: Vec<FieldError>, faults: &mut Faults) {
    for error in errors {
        if !error.path.starts_with("metadata.") {
            faults.push(error.to_string());
        }
    }
}

fn template(set: &Object, faults: &mut Faults) {
    metadata::labels(
        set.pointer("/spec/template/metadata/labels"),
        "spec.template.labels",
        faults,
    );
}

fn strategy(set: &Object) -> &str {
    set.text("/spec/updateStrategy/type")
}

fn refuse_recreate(set: &Object, faults: &mut Faults) {
    if strategy(set) == "Recreate" {
        faults.invalid(
            "spec.updateStrategy",
            set.pointer("/spec/updateStrategy").unwrap_or(&Value::Null),
            "must be 'RollingUpdate' or 'OnDelete'",
        );
    }
}

/// Counters that could not be: negative ones, and parts greater than the whole.
pub(super) fn validate_status(old: &Object, set: &Object, faults: &mut Faults) {
    const COLLISIONS: &str = "/status/collisionCount";
    let counter = |field: &str| set.pointer(&format!("/status/{field}"));
    let number = |field: &str| counter(field).and_then(Value::as_i64).unwrap_or(0);
    for field in [
        "replicas",
        "readyReplicas",
        "currentReplicas",
        "updatedReplicas",
        "availableReplicas",
        "observedGeneration",
        "collisionCount",
    ] {
        faults.not_negative(&format!("status.{field}"), counter(field));
    }
    for (part, whole) in [
        ("readyReplicas", "replicas"),
        ("currentReplicas", "replicas"),
        ("updatedReplicas", "replicas"),
        ("availableReplicas", "replicas"),
        ("availableReplicas", "readyReplicas"),
    ] {
        if number(part) > number(whole) {
            faults.invalid(
                &format!("status.{part}"),
                &json!(number(part)),
                &format!("cannot be greater than status.{whole}"),
            );
        }
    }
    if let Some(was) = old.int(COLLISIONS) {
        let is = set.int(COLLISIONS).unwrap_or(0);
        if is < was {
            faults.invalid("status.collisionCount", &json!(is), "cannot be decremented");
        }
    }
}
