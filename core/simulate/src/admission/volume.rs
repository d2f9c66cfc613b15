//! Volumes: capacity, where the data are, and what becomes of them.

use serde_json::{Value, json};

use super::faults::Faults;
use super::name;
use super::quantities;
use crate::values::finalizer::{self, VOLUME_PROTECTION};
use crate::values::object::{Fields, Object};

/// Fields of a volume's spec that do not say where the data are.
const PLAIN: [&str; 9] = [
    "accessModes",
    "capacity",
    "claimRef",
    "mountOptions",
    "nodeAffinity",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
    "volumeMode",
];

pub(super) fn default(volume: &mut Object) {
    for (pointer, value) in [
        ("/spec/persistentVolumeReclaimPolicy", "Retain"),
        ("/spec/volumeMode", "Filesystem"),
    ] {
        if volume.text(pointer).is_empty() {
            volume.put(pointer, json!(value));
        }
    }
    if volume.pointer("/spec/hostPath").is_some() && volume.pointer("/spec/hostPath/type").is_none()
    {
        volume.put("/spec/hostPath/type", json!(""));
    }
}

pub(super) fn prepare_create(volume: &mut Object) {
    default(volume);
    volume.put("/status", json!({"phase": "Pending"}));
    finalizer::add(volume, VOLUME_PROTECTION);
}

pub(super) fn validate(volume: &Object, faults: &mut Faults) {
    access_modes(volume.list("/spec/accessModes"), faults);
    match volume.pointer("/spec/capacity/storage") {
        None => faults.required("spec.capacity", ""),
        Some(amount) if !quantities::is_positive(amount) => {
            faults.invalid(
                "spec.capacity[storage]",
                amount,
                "must be greater than zero",
            );
        }
        Some(_) => {}
    }
    faults.one_of(
        "spec.persistentVolumeReclaimPolicy",
        volume.text("/spec/persistentVolumeReclaimPolicy"),
        &["Delete", "Recycle", "Retain"],
    );
    faults.one_of(
        "spec.volumeMode",
        volume.text("/spec/volumeMode"),
        &["Block", "Filesystem"],
    );
    let class = volume.text("/spec/storageClassName");
    if !class.is_empty() {
        name::subdomain(faults, "spec.storageClassName", class);
    }
    match sources(volume).as_slice() {
        [] => faults.required("spec", "must specify a volume type"),
        [_] => {}
        [_, more @ ..] => {
            for source in more {
                faults.forbidden(
                    &format!("spec.{source}"),
                    "may not specify more than 1 volume type",
                );
            }
        }
    }
    for source in ["hostPath", "local"] {
        if volume.pointer(&format!("/spec/{source}")).is_some()
            && volume.text(&format!("/spec/{source}/path")).is_empty()
        {
            faults.required(&format!("spec.{source}.path"), "");
        }
    }
    if volume.pointer("/spec/local").is_some() && volume.pointer("/spec/nodeAffinity").is_none() {
        faults.required("spec.nodeAffinity", "Local volume requires node affinity");
    }
}

fn access_modes(modes: &[Value], faults: &mut Faults) {
    const PATH: &str = "spec.accessModes";
    const EXCLUSIVE: &str = "ReadWriteOncePod";
    if modes.is_empty() {
        faults.required(PATH, "");
    }
    for mode in modes.iter().filter_map(Value::as_str) {
        faults.one_of(
            PATH,
            mode,
            &["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", EXCLUSIVE],
        );
    }
    if modes.len() > 1 && modes.iter().any(|m| m == EXCLUSIVE) {
        faults.forbidden(PATH, "may not use ReadWriteOncePod with other access modes");
    }
}

pub(super) fn validate_update(old: &Object, volume: &Object, faults: &mut Faults) {
    let data = |volume: &Object| -> Vec<(String, Value)> {
        sources(volume)
            .into_iter()
            .map(|s| (s.to_owned(), volume["spec"][s].clone()))
            .collect()
    };
    validate(volume, faults);
    if data(old) != data(volume) {
        faults.forbidden(
            "spec.persistentvolumesource",
            "spec.persistentvolumesource is immutable after creation",
        );
    }
    faults.same(
        "spec.volumeMode",
        old.pointer("/spec/volumeMode"),
        volume.pointer("/spec/volumeMode"),
    );
    if old.pointer("/spec/nodeAffinity").is_some() {
        faults.same(
            "spec.nodeAffinity",
            old.pointer("/spec/nodeAffinity"),
            volume.pointer("/spec/nodeAffinity"),
        );
    }
}

/// The fields that say where the data are.
fn sources(volume: &Object) -> Vec<&str> {
    volume
        .pointer("/spec")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(name, value)| !PLAIN.contains(&name.as_str()) && !value.is_null())
        .map(|(name, _)| name.as_str())
        .collect()
}
