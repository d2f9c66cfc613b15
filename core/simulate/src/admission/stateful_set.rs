//! StatefulSets. The rules are the library's; here is what only an API server does beside them.

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{
    FieldError, default_stateful_set, validate_stateful_set, validate_stateful_set_update,
};

use super::Gates;
use super::faults::Faults;
use crate::values::object::{Fields, Object};

pub(super) fn default(set: &mut Object) {
    // Closed gates hide no field here.
    default_stateful_set(set, &Profile::UPSTREAM);
}

pub(super) fn prepare_create(set: &mut Object) {
    default(set);
    set.put("/status", json!({"availableReplicas": 0, "replicas": 0}));
}

pub(super) fn validate(gates: Gates, set: &Object, faults: &mut Faults) {
    take(validate_stateful_set(set, &profile(gates)), faults);
}

pub(super) fn validate_update(gates: Gates, old: &Object, set: &Object, faults: &mut Faults) {
    take(
        validate_stateful_set_update(old, set, &profile(gates)),
        faults,
    );
}

fn profile(gates: Gates) -> Profile {
    Profile {
        recreate: gates.recreate,
        policies: gates.policies,
        ..Profile::UPSTREAM
    }
}

/// The metadata's faults are found for all kinds alike, but for what is wrong with the policies in an annotation.
fn take(errors: Vec<FieldError>, faults: &mut Faults) {
    for error in errors {
        let of_policies = error.path.starts_with("metadata.annotations[");
        if of_policies || !error.path.starts_with("metadata.") {
            faults.push(error.to_string());
        }
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
