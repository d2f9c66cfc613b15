//! What may change of a pod once it is there.

use serde_json::{Value, json};

use super::{GRACE, refuse_blanks, validate_spec};
use crate::admission::faults::Faults;
use crate::values::object::{Fields, Object};

const DEADLINE: &str = "/spec/activeDeadlineSeconds";
const GATES: &str = "/spec/schedulingGates";
const TOLERATIONS: &str = "/spec/tolerations";

pub(in crate::admission) fn validate_update(old: &Object, pod: &Object, faults: &mut Faults) {
    validate_spec(pod, faults);
    let mut allowed = old.clone();
    for list in ["containers", "initContainers"] {
        let pointer = format!("/spec/{list}");
        if old.list(&pointer).len() != pod.list(&pointer).len() {
            faults.forbidden(
                &format!("spec.{list}"),
                "pod updates may not add or remove containers",
            );
            return;
        }
        for (i, container) in pod.list(&pointer).iter().enumerate() {
            let image = container.text("/image");
            // What was said of it before is said again, as the API server does.
            let path = format!("spec.{list}[{i}].image");
            if image.is_empty() {
                faults.required(&path, "");
            }
            refuse_blanks(&path, image, faults);
            if let Some(slot) = allowed.pointer_mut(&format!("{pointer}/{i}/image")) {
                *slot = json!(image);
            }
        }
    }
    if !check_deadline(old, pod, faults) {
        return;
    }
    check_tolerations(old, pod, faults);
    check_gates(old, pod, faults);
    // What was looked at just now is not looked at again.
    for looked_at in [DEADLINE, TOLERATIONS, GATES] {
        match pod.pointer(looked_at) {
            Some(value) => allowed.put(looked_at, value.clone()),
            None => {
                allowed.take_away(looked_at);
            }
        }
    }
    if old.int(GRACE).is_some_and(|g| g < 0) && pod.int(GRACE) == Some(1) {
        allowed.put(GRACE, json!(1));
    }
    if allowed.pointer("/spec") != pod.pointer("/spec") {
        faults.forbidden(
            "spec",
            "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,\
             `spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),\
             `spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
        );
    }
}

/// A deadline may be set, and come nearer. False: there is nothing more to be said.
fn check_deadline(old: &Object, pod: &Object, faults: &mut Faults) -> bool {
    const PATH: &str = "spec.activeDeadlineSeconds";
    match (old.int(DEADLINE), pod.int(DEADLINE)) {
        (_, Some(is)) if !(0..=i64::from(i32::MAX)).contains(&is) => {
            let detail = "must be between 0 and 2147483647, inclusive";
            faults.invalid(PATH, &json!(is), detail);
            false
        }
        (Some(was), Some(is)) if was < is => {
            let detail = "must be less than or equal to previous value";
            faults.invalid(PATH, &json!(is), detail);
            false
        }
        (Some(_), None) => {
            let detail = "must not update from a positive integer to nil value";
            faults.invalid(PATH, &Value::Null, detail);
            true
        }
        _ => true,
    }
}

/// Tolerations may be added, and the time of one may change.
fn check_tolerations(old: &Object, pod: &Object, faults: &mut Faults) {
    let timeless = |toleration: &Value| {
        let mut toleration = toleration.clone();
        toleration.take_away("/tolerationSeconds");
        toleration
    };
    let now: Vec<Value> = pod.list(TOLERATIONS).iter().map(timeless).collect();
    let mut before = old.list(TOLERATIONS).iter();
    if !before.all(|toleration| now.contains(&timeless(toleration))) {
        faults.forbidden(
            "spec.tolerations",
            "existing toleration can not be modified except its tolerationSeconds",
        );
    }
}

/// Gates may be removed, and a pod without them is scheduled.
fn check_gates(old: &Object, pod: &Object, faults: &mut Faults) {
    for (i, gate) in pod.list(GATES).iter().enumerate() {
        let name = gate.text("/name");
        let mut before = old.list(GATES).iter();
        if !before.any(|gate| gate.text("/name") == name) {
            faults.forbidden(
                &format!("spec.schedulingGates[{i}].name"),
                &format!("only deletion is allowed, but found new scheduling gate '{name}'"),
            );
        }
    }
}
