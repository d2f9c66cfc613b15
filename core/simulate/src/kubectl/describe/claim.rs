//! A claim: one of its own, or one that a volume of a pod has in it.

use serde_json::Value;

use super::page::Page;
use super::{since, value};
use crate::kubectl::columns;
use crate::kubectl::jsonpath::show;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

pub(super) fn describe_one(page: &mut Page, store: &Store, claim: &Object) {
    page.title(claim);
    page.field(0, "StorageClass", &columns::class(claim));
    page.field(0, "Status", &status(store, claim));
    page.field(0, "Volume", claim.text("/spec/volumeName"));
    page.labels(0, claim);
    page.annotations(0, claim);
    finalizers(page, claim);
    size(page, 0, claim);
    page.fields(0, "Used By", &users(store, claim));
    let conditions = claim.list("/status/conditions");
    if !conditions.is_empty() {
        page.line(0, "Conditions:");
        super::conditions(page, conditions, ["LastProbeTime", "/lastProbeTime"]);
    }
}

/// A claim that is part of a pod.
pub(super) fn describe(page: &mut Page, level: usize, claim: &Value) {
    page.field(level, "StorageClass", &columns::class(claim));
    page.field(level, "Volume", claim.text("/spec/volumeName"));
    page.labels(level, claim);
    page.annotations(level, claim);
    size(page, level, claim);
}

fn size(page: &mut Page, level: usize, claim: &Value) {
    let bound = !claim.text("/spec/volumeName").is_empty();
    let (capacity, modes) = if bound {
        let capacity = claim.pointer("/status/capacity/storage");
        let modes = columns::access_modes(claim.list("/status/accessModes"));
        (capacity.map_or_else(|| "0".into(), show), modes)
    } else {
        (String::new(), String::new())
    };
    page.field(level, "Capacity", &capacity);
    page.field(level, "Access Modes", &modes);
    page.given(level, "VolumeMode", claim, "/spec/volumeMode");
    if let Some(source) = claim.pointer("/spec/dataSource") {
        page.line(level, "DataSource:");
        page.given(level + 1, "APIGroup", source, "/apiGroup");
        page.field(level + 1, "Kind", source.text("/kind"));
        page.field(level + 1, "Name", source.text("/name"));
    }
}

/// The phase, or since when the object is on its way out.
pub(super) fn status(store: &Store, object: &Object) -> String {
    if object.is_terminating() {
        let since = since(object, "/metadata/deletionTimestamp", store.now());
        return format!("Terminating (lasts {since})");
    }
    object.text("/status/phase").into()
}

/// A list in brackets, or `[]`.
pub(super) fn finalizers(page: &mut Page, object: &Object) {
    let finalizers = value::list(object.list("/metadata/finalizers"));
    page.field(0, "Finalizers", &finalizers);
}

/// The pods that mount a claim, once for each volume, and those that own it.
fn users(store: &Store, claim: &Object) -> Vec<String> {
    let pods = store.list(Kind::Pod, Some(claim.namespace()));
    let pods: Vec<&Object> = pods.map(|pod| &**pod).collect();
    let mut users: Vec<&Object> = Vec::new();
    for &pod in &pods {
        let volumes = pod.list("/spec/volumes").iter();
        let claims = volumes.filter_map(|v| v.pointer("/persistentVolumeClaim/claimName"));
        users.extend(claims.filter(|&name| name == claim.name()).map(|_| pod));
    }
    for owner in claim.list("/metadata/ownerReferences") {
        let owns = |pod: &Object| pod.uid() == owner.text("/uid");
        if owner.text("/kind") == "Pod" && !users.iter().any(|pod| owns(pod)) {
            users.extend(pods.iter().find(|pod| owns(pod)).copied());
        }
    }
    let mut names: Vec<_> = users.iter().map(|pod| pod.name().to_owned()).collect();
    names.sort_unstable();
    names
}
