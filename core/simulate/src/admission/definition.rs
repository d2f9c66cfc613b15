//! Custom resource definitions: what they leave out of their names, and what cannot be a kind.

use serde_json::json;

use super::faults::Faults;
use super::name;
use crate::values::finalizer::{self, DEFINITION_CLEANUP};
use crate::values::object::{Fields, Object};

pub(super) fn default(definition: &mut Object) {
    let kind = definition.text("/spec/names/kind").to_owned();
    for (pointer, value) in [
        ("/spec/names/singular", kind.to_lowercase()),
        ("/spec/names/listKind", format!("{kind}List")),
        ("/spec/conversion/strategy", "None".into()),
    ] {
        if definition.text(pointer).is_empty() {
            definition.put(pointer, json!(value));
        }
    }
}

pub(super) fn prepare_create(definition: &mut Object) {
    default(definition);
    definition.take_away("/status");
    finalizer::add(definition, DEFINITION_CLEANUP);
}

pub(super) fn validate(definition: &Object, faults: &mut Faults) {
    let group = definition.text("/spec/group");
    let plural = definition.text("/spec/names/plural");
    let expected = format!("{plural}.{group}");
    if definition.name() != expected {
        faults.invalid(
            "metadata.name",
            &json!(definition.name()),
            "must be spec.names.plural+\".\"+spec.group",
        );
    }
    match group {
        "" => faults.required("spec.group", ""),
        group => name::subdomain(faults, "spec.group", group),
    }
    faults.one_of(
        "spec.scope",
        definition.text("/spec/scope"),
        &["Cluster", "Namespaced"],
    );
    let versions = definition.list("/spec/versions");
    if versions.iter().filter(|it| it.flag("/storage")).count() != 1 {
        let path = "spec.versions";
        let names: Vec<&str> = versions.iter().map(|it| it.text("/name")).collect();
        faults.invalid(
            path,
            &json!(names),
            "must have exactly one version marked as storage version",
        );
    }
    for (i, version) in versions.iter().enumerate() {
        if version.pointer("/schema/openAPIV3Schema").is_none() {
            faults.required(
                &format!("spec.versions[{i}].schema.openAPIV3Schema"),
                "schemas are required",
            );
        }
    }
    for field in ["plural", "kind"] {
        if definition.text(&format!("/spec/names/{field}")).is_empty() {
            faults.required(&format!("spec.names.{field}"), "");
        }
    }
}

pub(super) fn validate_update(old: &Object, definition: &Object, faults: &mut Faults) {
    validate(definition, faults);
    for field in ["group", "scope"] {
        let pointer = format!("/spec/{field}");
        let path = format!("spec.{field}");
        faults.same(&path, old.pointer(&pointer), definition.pointer(&pointer));
    }
}
