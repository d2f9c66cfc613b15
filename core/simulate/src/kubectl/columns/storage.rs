//! The columns of claims, volumes and storage classes.

use serde_json::Value;
use statefulset::Millis;

use super::{AGE, Column, NAME, amount, column, phase, wide};
use crate::values::object::{Fields, Object};

pub(super) const CLAIM: &[Column] = &[
    NAME,
    column("STATUS", |o, _| phase(o)),
    column("VOLUME", |o, _| o.text("/spec/volumeName").into()),
    column("CAPACITY", |o, _| {
        let capacity = amount(o.pointer("/status/capacity/storage"));
        if has_volume(o) { capacity } else { "" }.into()
    }),
    column("ACCESS MODES", |o, _| {
        let modes = access_modes(o.list("/status/accessModes"));
        if has_volume(o) { modes } else { String::new() }
    }),
    column("STORAGECLASS", |o, _| class(o)),
    column("VOLUMEATTRIBUTESCLASS", attributes_class),
    AGE,
    wide("VOLUMEMODE", |o, _| volume_mode(o)),
];

pub(super) const VOLUME: &[Column] = &[
    NAME,
    column("CAPACITY", |o, _| {
        amount(o.pointer("/spec/capacity/storage")).into()
    }),
    column("ACCESS MODES", |o, _| {
        access_modes(o.list("/spec/accessModes"))
    }),
    column("RECLAIM POLICY", |o, _| {
        o.text("/spec/persistentVolumeReclaimPolicy").into()
    }),
    column("STATUS", |o, _| phase(o)),
    column("CLAIM", |o, _| claim(o)),
    column("STORAGECLASS", |o, _| class(o)),
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
    column("RECLAIMPOLICY", |o, _| or(o, "/reclaimPolicy", "Delete")),
    column("VOLUMEBINDINGMODE", |o, _| {
        or(o, "/volumeBindingMode", "Immediate")
    }),
    column("ALLOWVOLUMEEXPANSION", |o, _| {
        o.flag("/allowVolumeExpansion").to_string()
    }),
    AGE,
];

/// `RWO,ROX`: each once, in a fixed order.
pub(in crate::kubectl) fn access_modes(modes: &[Value]) -> String {
    const SHORT: [(&str, &str); 4] = [
        ("ReadWriteOnce", "RWO"),
        ("ReadOnlyMany", "ROX"),
        ("ReadWriteMany", "RWX"),
        ("ReadWriteOncePod", "RWOP"),
    ];
    let there = SHORT
        .iter()
        .filter(|(mode, _)| modes.iter().any(|it| it == mode));
    there.map(|(_, short)| *short).collect::<Vec<_>>().join(",")
}

fn has_volume(claim: &Object) -> bool {
    !claim.text("/spec/volumeName").is_empty()
}

/// The class, which an annotation may name, too.
pub(in crate::kubectl) fn class(object: &Object) -> String {
    let annotation = "/metadata/annotations/volume.beta.kubernetes.io~1storage-class";
    let named = object.pointer(annotation).and_then(Value::as_str);
    named
        .unwrap_or_else(|| object.text("/spec/storageClassName"))
        .into()
}

/// The text, or another where there is none.
fn or(object: &Object, pointer: &str, other: &str) -> String {
    let text = object.pointer(pointer).and_then(Value::as_str);
    text.unwrap_or(other).into()
}

/// `<namespace>/<name>` of the claim that a volume belongs to.
pub(in crate::kubectl) fn claim(volume: &Object) -> String {
    match volume.pointer("/spec/claimRef") {
        Some(claim) => format!("{}/{}", claim.text("/namespace"), claim.text("/name")),
        None => String::new(),
    }
}

pub(in crate::kubectl) fn is_default_class(class: &Object) -> bool {
    ["", "beta."].iter().any(|beta| {
        let mark =
            format!("/metadata/annotations/storageclass.{beta}kubernetes.io~1is-default-class");
        class.text(&mark) == "true"
    })
}

fn attributes_class(object: &Object, _: Millis) -> String {
    or(object, "/spec/volumeAttributesClassName", "<unset>")
}

fn volume_mode(object: &Object) -> String {
    or(object, "/spec/volumeMode", "<unset>")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::cells;
    use crate::values::kind::Kind;

    #[test]
    fn a_claim_has_capacity_and_modes_once_it_has_a_volume() {
        let mut claim = json!({
            "metadata": {"name": "c", "annotations": {"volume.beta.kubernetes.io/storage-class": "old"}},
            "spec": {"storageClassName": "new", "volumeMode": ""},
            "status": {
                "phase": "Pending", "capacity": {"storage": "1Gi"},
                "accessModes": ["ReadWriteMany", "ReadWriteOnce", "ReadWriteMany"],
            },
        });
        let shown = |claim: &_| cells(Kind::PersistentVolumeClaim, claim, 0, true);
        let expected = [
            "c",
            "Pending",
            "",
            "",
            "",
            "old",
            "<unset>",
            "<unknown>",
            "",
        ];
        assert_eq!(shown(&claim), expected);
        claim["spec"]["volumeName"] = "v".into();
        assert_eq!(shown(&claim)[2..5], ["v", "1Gi", "RWO,RWX"]);
    }

    #[test]
    fn a_class_deletes_and_binds_at_once_unless_it_says_otherwise() {
        let class = json!({
            "metadata": {"name": "s", "annotations": {"storageclass.beta.kubernetes.io/is-default-class": "true"}},
            "provisioner": "p",
        });
        let expected = [
            "s (default)",
            "p",
            "Delete",
            "Immediate",
            "false",
            "<unknown>",
        ];
        assert_eq!(cells(Kind::StorageClass, &class, 0, false), expected);
    }
}
