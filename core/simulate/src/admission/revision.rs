//! Controller revisions: their data never change, their number may.

use super::faults::Faults;
use crate::values::object::Object;

pub(super) fn validate(revision: &Object, faults: &mut Faults) {
    match revision.pointer("/data") {
        None => faults.required("data", "data is mandatory"),
        Some(data) if !data.is_object() => {
            faults.invalid("data", data, "must be a valid JSON object");
        }
        Some(_) => {}
    }
    faults.not_negative("revision", revision.pointer("/revision"));
}

pub(super) fn validate_update(old: &Object, revision: &Object, faults: &mut Faults) {
    faults.not_negative("revision", revision.pointer("/revision"));
    faults.same("data", old.pointer("/data"), revision.pointer("/data"));
}
