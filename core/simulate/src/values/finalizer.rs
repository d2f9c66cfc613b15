//! Finalizers: an object that is asked to go stays until its last one is taken off.

use serde_json::{Value, json};

use super::object::{Fields, Object};

/// Of an object whose dependents go before it.
pub(crate) const FOREGROUND: &str = "foregroundDeletion";
/// Of an object whose dependents stay.
pub(crate) const ORPHAN: &str = "orphan";
/// Of claims: they stay while a pod uses them.
pub(crate) const CLAIM_PROTECTION: &str = "kubernetes.io/pvc-protection";
/// Of volumes: they stay while they are bound.
pub(crate) const VOLUME_PROTECTION: &str = "kubernetes.io/pv-protection";

/// Of definitions of custom resources: they stay until their objects are gone.
pub(crate) const DEFINITION_CLEANUP: &str = "customresourcecleanup.apiextensions.k8s.io";

const FINALIZERS: &str = "/metadata/finalizers";

/// Whether the object has this finalizer.
pub(crate) fn has(object: &Object, finalizer: &str) -> bool {
    object.list(FINALIZERS).iter().any(|f| f == finalizer)
}

/// Puts a finalizer on an object, once.
pub(crate) fn add(object: &mut Object, finalizer: &str) {
    if !has(object, finalizer) {
        let mut finalizers = object.list(FINALIZERS).to_vec();
        finalizers.push(json!(finalizer));
        object.put(FINALIZERS, Value::Array(finalizers));
    }
}

/// Takes a finalizer off an object.
pub(crate) fn remove(object: &mut Object, finalizer: &str) {
    let mut finalizers = object.list(FINALIZERS).to_vec();
    finalizers.retain(|f| f != finalizer);
    object.put(FINALIZERS, Value::Array(finalizers));
}
