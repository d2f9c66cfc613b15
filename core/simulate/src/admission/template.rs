//! Pods and claims by the rules of templates.
//!
//! The library knows how an API server defaults and validates the templates of a StatefulSet. A pod and a claim of
//! their own obey the same rules, so they are looked at as the templates of a set that has nothing else.

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{default_stateful_set, validate_stateful_set};

use super::faults::Faults;
use crate::values::object::{Fields, Object};

const POD: &str = "/spec/template/spec";
const CLAIM: &str = "/spec/volumeClaimTemplates/0/spec";
const CLAIM_PATH: &str = "spec.volumeClaimTemplates[0].";

/// A set with this pod or claim specification at its place.
fn set_with(pointer: &str, spec: Option<&Value>) -> Value {
    let mut set =
        json!({"spec": {"template": {}, "volumeClaimTemplates": [{"metadata": {"name": "data"}}]}});
    if let Some(template) = set.pointer_mut(pointer.trim_end_matches("/spec")) {
        template["spec"] = spec.cloned().unwrap_or_else(|| json!({}));
    }
    set
}

fn default(object: &mut Object, at: &str, pointer: &str) {
    let mut set = set_with(pointer, object.pointer(at));
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    if let Some(spec) = set.pointer_mut(pointer) {
        object.put(at, spec.take());
    }
}

/// Fills in what a pod's specification leaves out.
pub(super) fn default_pod(pod: &mut Object) {
    default(pod, "/spec", POD);
}

/// Fills in what the pod's specification at a place in an object leaves out.
pub(super) fn default_pod_at(object: &mut Object, at: &str) {
    default(object, at, POD);
}

/// Fills in what a claim's specification leaves out.
pub(super) fn default_claim(claim: &mut Object) {
    default(claim, "/spec", CLAIM);
}

/// The faults of a pod's specification, apart from what is only a StatefulSet's concern.
pub(super) fn validate_pod(pod: &Object, faults: &mut Faults) {
    validate_pod_at(pod, "", faults);
}

/// The same of a pod template, whose paths begin so.
pub(super) fn validate_pod_at(pod: &Object, begin: &str, faults: &mut Faults) {
    let mut set = set_with(POD, pod.pointer("/spec"));
    set.take_away("/spec/volumeClaimTemplates");
    set.put(&format!("{POD}/restartPolicy"), json!("Always"));
    set.take_away(&format!("{POD}/activeDeadlineSeconds"));
    for error in validate_stateful_set(&set, &Profile::UPSTREAM) {
        if let Some(path) = error.path.strip_prefix("spec.template.")
            && path.starts_with("spec")
        {
            faults.push(format!("{begin}{path}: {}", error.message));
        }
    }
}

/// The faults of a claim's specification.
pub(super) fn validate_claim(claim: &Object, faults: &mut Faults) {
    for error in validate_stateful_set(&set_with(CLAIM, claim.pointer("/spec")), &Profile::UPSTREAM)
    {
        if let Some(path) = error.path.strip_prefix(CLAIM_PATH) {
            faults.push(format!("{path}: {}", error.message));
        }
    }
}
