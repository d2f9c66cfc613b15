//! The columns of claims, volumes and storage classes.

use serde_json::Value;
use statefulset::Millis;

use super::{AGE, Column, NAME, column, phase, wide};
use crate::values::object::{Fields, Object};

pub(super) const CLAIM: &[Column] = &[
    NAME,
    column("STATUS", |o, _| phase(o)),
    column("VOLUME", |o, _| o.text("/spec/volumeName").into()),
    column("CAPACITY", |o, _| o.text("/status/capacity/storage").into()),
    column("ACCESS MODES", |o, _| {
        access_modes(o.list("/status/accessModes"))
    }),
    column("STORAGECLASS", |o, _| {
        o.text("/spec/storageClassName").into()
    }),
    column("VOLUMEATTRIBUTESCLASS", attributes_class),
    AGE,
    wide("VOLUMEMODE", |o, _| volume_mode(o)),
];

pub(super) const VOLUME: &[Column] = &[
    NAME,
    column("CAPACITY", |o, _| o.text("/spec/capacity/storage").into()),
    column("ACCESS MODES", |o, _| {
        access_modes(o.list("/spec/accessModes"))
    }),
    column("RECLAIM POLICY", |o, _| {
        o.text("/spec/persistentVolumeReclaimPolicy").into()
    }),
    column("STATUS", |o, _| phase(o)),
    column("CLAIM", |o, _| claim(o)),
    column("STORAGECLASS", |o, _| {
        o.text("/spec/storageClassName").into()
    }),
    column("VOLUMEATTRIBUTESCLASS", attributes_class),
    column("REASON", |o, _| o.text("/status/reason").into()),
    AGE,
    wide("VOLUMEMODE", |o, _| volume_mode(o)),
];

pub(super) const ATTACHMENT: &[Column] = &[
    NAME,
    column("ATTACHER", |o, _| o.text("/spec/attacher").into()),
    column("PV", |o, _| {
        o.text("/spec/source/persistentVolumeName").into()
    }),
    column("NODE", |o, _| o.text("/spec/nodeName").into()),
    column("ATTACHED", |o, _| o.flag("/status/attached").to_string()),
    AGE,
];

pub(super) const STORAGE_CLASS: &[Column] = &[
    column("NAME", |o, _| {
        let default = if is_default_class(o) {
            " (default)"
        } else {
            ""
        };
        format!("{}{default}", o.name())
    }),
    column("PROVISIONER", |o, _| o.text("/provisioner").into()),
    column("RECLAIMPOLICY", |o, _| o.text("/reclaimPolicy").into()),
    column("VOLUMEBINDINGMODE", |o, _| {
        o.text("/volumeBindingMode").into()
    }),
    column("ALLOWVOLUMEEXPANSION", |o, _| {
        o.flag("/allowVolumeExpansion").to_string()
    }),
    AGE,
];

/// `RWO,ROX`
pub(in crate::kubectl) fn access_modes(modes: &[Value]) -> String {
    let short = |mode: &Value| match mode.as_str().unwrap_or("") {
        "ReadWriteOnce" => "RWO".to_owned(),
        "ReadOnlyMany" => "ROX".into(),
        "ReadWriteMany" => "RWX".into(),
        "ReadWriteOncePod" => "RWOP".into(),
        other => other.into(),
    };
    modes.iter().map(short).collect::<Vec<_>>().join(",")
}

/// `<namespace>/<name>` of the claim that a volume belongs to.
pub(in crate::kubectl) fn claim(volume: &Object) -> String {
    match volume.pointer("/spec/claimRef") {
        Some(claim) => format!("{}/{}", claim.text("/namespace"), claim.text("/name")),
        None => String::new(),
    }
}

pub(in crate::kubectl) fn is_default_class(class: &Object) -> bool {
    class.text("/metadata/annotations/storageclass.kubernetes.io~1is-default-class") == "true"
}

fn attributes_class(object: &Object, _: Millis) -> String {
    let class = object.text("/spec/volumeAttributesClassName");
    if class.is_empty() { "<unset>" } else { class }.into()
}

fn volume_mode(object: &Object) -> String {
    let mode = object.text("/spec/volumeMode");
    if mode.is_empty() { "<unset>" } else { mode }.into()
}
