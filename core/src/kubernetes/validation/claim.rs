//! What a claim may ask for.

use std::string::ToString;

use super::field::{Field, quoted};
use super::{format, labels};
use crate::kubernetes::value::quantity::Quantity;

const MODES: [&str; 4] = [
    "ReadOnlyMany",
    "ReadWriteMany",
    "ReadWriteOnce",
    "ReadWriteOncePod",
];

/// The specification of a claim or of a claim template.
pub(crate) fn spec(spec: &Field<'_>) {
    access_modes(&spec.child("accessModes"));
    labels::selector(&spec.child("selector"));
    let resources = spec.child("resources");
    let storage = resources.child("requests").child("storage");
    let storage = storage.told_at(std::format!("{}[storage]", resources.path()));
    match Quantity::of(storage.value()) {
        None if !storage.given() => storage.required(""),
        None => storage.invalid(NO_QUANTITY),
        Some(amount) if !amount.is_positive() => {
            storage.invalid_as(&quoted(&amount.to_string()), "must be greater than zero");
        }
        Some(_) => {}
    }
    class_name(&spec.child("storageClassName"));
    spec.child("volumeMode")
        .one_of_if_given(&["Block", "Filesystem"]);
    let (source, reference) = (spec.child("dataSource"), spec.child("dataSourceRef"));
    for source in [&source, &reference] {
        if source.given() {
            data_source(source);
        }
    }
    let namespace = reference.child("namespace");
    if !namespace.text().is_empty() {
        namespace.invalid_for(format::dns_label(namespace.text()));
        if source.given() {
            contradicts(
                spec,
                "may not be specified when dataSourceRef.namespace is specified",
            );
        }
    } else if source.given() && reference.given() {
        let same = |name: &str| source.child(name).value() == reference.child(name).value();
        if !["apiGroup", "kind", "name"].into_iter().all(same) {
            contradicts(spec, "must match dataSourceRef");
        }
    }
    class_name(&spec.child("volumeAttributesClassName"));
}

pub(crate) const NO_QUANTITY: &str =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/// The API server means to name the field and shows what is inside of a path: nothing.
fn contradicts(spec: &Field<'_>, problem: &str) {
    spec.invalid_as("{}", problem);
}

fn access_modes(modes: &Field<'_>) {
    if modes.is_empty() {
        modes.required("at least 1 access mode is required");
    }
    let (mut alone, mut others) = (false, false);
    for mode in modes.items() {
        match mode.text() {
            "ReadWriteOncePod" => alone = true,
            known if MODES.contains(&known) => others = true,
            _ => mode.told_at(modes.path().into()).unsupported(&MODES),
        }
    }
    if alone && others {
        modes.forbidden("may not use ReadWriteOncePod with other access modes");
    }
}

fn class_name(class: &Field<'_>) {
    if !class.text().is_empty() {
        class.invalid_for(format::dns_subdomain(class.text()));
    }
}

fn data_source(source: &Field<'_>) {
    for field in ["name", "kind"] {
        let field = source.child(field);
        if field.text().is_empty() {
            field.required("");
        }
    }
    let (group, kind) = (source.child("apiGroup"), source.child("kind"));
    if !group.text().is_empty() {
        group.invalid_for(format::dns_subdomain(group.text()));
    } else if kind.text() != "PersistentVolumeClaim" {
        source.invalid_as(
            &quoted(kind.text()),
            "must be 'PersistentVolumeClaim' when referencing the default apiGroup",
        );
    }
}
