//! What is filled into volumes.

use std::string::String;

use serde_json::{Map, Value, json};

use super::container::field_reference;
use super::fill::{each, fields, fill, fill_word};
use super::image;

/// Fills in the fields of a volume.
pub(super) fn volume(volume: &mut Map<String, Value>) {
    let has_source = volume
        .iter()
        .any(|(key, value)| key != "name" && !value.is_null());
    if !has_source {
        volume.insert("emptyDir".into(), json!({}));
    }
    fields(volume, "hostPath", |it| fill(it, "type", || "".into()));
    for source in ["secret", "configMap", "downwardAPI", "projected"] {
        fields(volume, source, |it| fill(it, "defaultMode", || 420.into()));
    }
    fields(volume, "downwardAPI", downward);
    fields(volume, "projected", |projected| {
        each(projected, "sources", |source| {
            fields(source, "serviceAccountToken", |it| {
                fill(it, "expirationSeconds", || 3600.into());
            });
            fields(source, "downwardAPI", downward);
        });
    });
    fields(volume, "ephemeral", |it| {
        fields(it, "volumeClaimTemplate", |template| {
            fields(template, "spec", super::claim_spec);
        });
    });
    fields(volume, "image", |it| {
        let reference = it.get("reference").and_then(Value::as_str);
        let policy = image::pull_policy(reference.unwrap_or_default());
        fill_word(it, "pullPolicy", policy);
    });
    fields(volume, "iscsi", |it| {
        fill_word(it, "iscsiInterface", "default");
    });
    fields(volume, "rbd", |it| {
        fill_word(it, "pool", "rbd");
        fill_word(it, "user", "admin");
        fill_word(it, "keyring", "/etc/ceph/keyring");
    });
    fields(volume, "azureDisk", |it| {
        fill(it, "cachingMode", || "ReadWrite".into());
        fill(it, "fsType", || "ext4".into());
        fill(it, "readOnly", || false.into());
        fill(it, "kind", || "Shared".into());
    });
    fields(volume, "scaleIO", |it| {
        fill_word(it, "storageMode", "ThinProvisioned");
        fill_word(it, "fsType", "xfs");
    });
}

fn downward(source: &mut Map<String, Value>) {
    each(source, "items", |item| {
        fields(item, "fieldRef", field_reference);
    });
}
