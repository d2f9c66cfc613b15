//! Storage classes.

use serde_json::json;

use super::faults::Faults;
use crate::values::object::{Fields, Object};

pub(super) fn default(class: &mut Object) {
    for (pointer, value) in [
        ("/reclaimPolicy", "Delete"),
        ("/volumeBindingMode", "Immediate"),
    ] {
        if class.text(pointer).is_empty() {
            class.put(pointer, json!(value));
        }
    }
}

pub(super) fn validate(class: &Object, faults: &mut Faults) {
    if class.text("/provisioner").is_empty() {
        faults.required("provisioner", "");
    }
    faults.one_of(
        "reclaimPolicy",
        class.text("/reclaimPolicy"),
        &["Delete", "Retain"],
    );
    faults.one_of(
        "volumeBindingMode",
        class.text("/volumeBindingMode"),
        &["Immediate", "WaitForFirstConsumer"],
    );
}

pub(super) fn validate_update(old: &Object, class: &Object, faults: &mut Faults) {
    for field in ["parameters", "provisioner", "reclaimPolicy"] {
        let pointer = format!("/{field}");
        if old.pointer(&pointer) != class.pointer(&pointer) {
            faults.forbidden(field, &format!("updates to {field} are forbidden."));
        }
    }
    faults.same(
        "volumeBindingMode",
        old.pointer("/volumeBindingMode"),
        class.pointer("/volumeBindingMode"),
    );
}
