//! Claims: the default class, what may be asked for, and what may change.

use serde_json::json;

use super::faults::Faults;
use super::{name, quantities, template};
use crate::values::error::{ApiError, ApiReason};
use crate::values::finalizer::{self, CLAIM_PROTECTION};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

/// The annotation by which classes were named before there was a field.
const OLD_CLASS: &str = "/metadata/annotations/volume.beta.kubernetes.io~1storage-class";
const IS_DEFAULT: &str = "/metadata/annotations/storageclass.kubernetes.io~1is-default-class";
const STORAGE: &str = "/spec/resources/requests/storage";

pub(super) fn default(claim: &mut Object) {
    template::default_claim(claim);
}

pub(super) fn prepare_create(objects: &Objects, claim: &mut Object) {
    default(claim);
    copy_source(claim);
    claim.put("/status", json!({"phase": "Pending"}));
    finalizer::add(claim, CLAIM_PROTECTION);
    // An empty class is a wish for none; only an absent one means: the default.
    if claim.pointer("/spec/storageClassName").is_none() && claim.pointer(OLD_CLASS).is_none() {
        let newest = objects
            .list(Kind::StorageClass, None)
            .filter(|class| class.text(IS_DEFAULT) == "true")
            // Of several, the one made last; of those, the first by name.
            .min_by(|a, b| {
                let made = |o: &Object| o.text("/metadata/creationTimestamp").to_owned();
                made(b).cmp(&made(a)).then(a.name().cmp(b.name()))
            });
        if let Some(class) = newest {
            claim.put("/spec/storageClassName", json!(class.name()));
        }
    }
}

/// Where a claim's data come from has two fields, of which the newer one may name more. One is made from the other, unless
/// both are given. What only the newer one may name is dropped from the older one.
fn copy_source(claim: &mut Object) {
    const OLD: &str = "/spec/dataSource";
    const NEW: &str = "/spec/dataSourceRef";
    let source = |pointer: &str| claim.pointer(pointer).filter(|it| it.is_object()).cloned();
    match (source(OLD), source(NEW)) {
        (Some(old), None) => {
            let known = [
                ("", "PersistentVolumeClaim"),
                ("snapshot.storage.k8s.io", "VolumeSnapshot"),
            ];
            if known.contains(&(old.text("/apiGroup"), old.text("/kind"))) {
                claim.put(NEW, old);
            } else {
                claim.take_away(OLD);
            }
        }
        (None, Some(new)) if new.text("/namespace").is_empty() => {
            let mut old = new;
            old.take_away("/namespace");
            claim.put(OLD, old);
        }
        _ => {}
    }
}

pub(super) fn validate(claim: &Object, faults: &mut Faults) {
    template::validate_claim(claim, faults);
    let class = claim.text("/spec/storageClassName");
    if !class.is_empty() {
        name::subdomain(faults, "spec.storageClassName", class);
    }
}

pub(super) fn validate_update(old: &Object, claim: &Object, faults: &mut Faults) {
    let bound = old.text("/status/phase") == "Bound";
    let mut allowed = old.clone();
    let mut take = |pointer: &str| {
        if let Some(value) = claim.pointer(pointer) {
            allowed.put(pointer, value.clone());
        }
    };
    if old.text("/spec/volumeName").is_empty() {
        take("/spec/volumeName");
    }
    if old.pointer("/spec/storageClassName").is_none() && old.pointer(OLD_CLASS).is_none() {
        take("/spec/storageClassName");
    }
    if bound {
        take(STORAGE);
        take("/spec/volumeAttributesClassName");
    }
    if allowed.pointer("/spec") != claim.pointer("/spec") {
        faults.forbidden(
            "spec",
            "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
        );
        return;
    }
    let amount = |object: &Object, pointer| object.pointer(pointer).and_then(quantities::amount);
    let (was, is) = (amount(old, STORAGE), amount(claim, STORAGE));
    // What was asked for and not yet given may be taken back.
    if is < was && is <= amount(old, "/status/capacity/storage") {
        faults.forbidden(
            "spec.resources.requests.storage",
            "field can not be less than status.capacity",
        );
    }
}

/// More storage is given only where the class says so.
pub(super) fn may_grow(objects: &Objects, old: &Object, claim: &Object) -> Result<(), ApiError> {
    if old.pointer(STORAGE) == claim.pointer(STORAGE) {
        return Ok(());
    }
    let name = old.text("/spec/storageClassName");
    let class = objects.get(&Key::new(Kind::StorageClass, "", name));
    if class.is_some_and(|class| class.flag("/allowVolumeExpansion")) {
        return Ok(());
    }
    let message = format!(
        "persistentvolumeclaims \"{}\" is forbidden: only dynamically provisioned pvc can be resized and the \
         storageclass that provisions the pvc must support resize",
        claim.name()
    );
    Err(ApiError::new(ApiReason::Forbidden, message))
}
