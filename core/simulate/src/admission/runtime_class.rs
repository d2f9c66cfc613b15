//! Runtime classes: a pod names one that exists, and has its overhead and its place.

use serde_json::{Map, Value, json};

use super::faults::Faults;
use super::name;
use crate::values::error::{ApiError, ApiReason};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

const OVERHEAD: &str = "/spec/overhead";

pub(super) fn validate(class: &Object, faults: &mut Faults) {
    match class.text("/handler") {
        "" => faults.required("handler", ""),
        handler => name::label(faults, "handler", handler),
    }
}

pub(super) fn validate_update(old: &Object, class: &Object, faults: &mut Faults) {
    faults.same(
        "handler",
        old.pointer("/handler"),
        class.pointer("/handler"),
    );
}

/// Puts the overhead and the demands of its class into the pod.
pub(super) fn apply(objects: &Objects, pod: &mut Object) -> Result<(), ApiError> {
    let refuse = |pod: &Object, why: &str| {
        let message = format!("pods \"{}\" is forbidden: {why}", pod.name());
        Err(ApiError::new(ApiReason::Forbidden, message))
    };
    let name = pod.text("/spec/runtimeClassName").to_owned();
    let class = objects.get(&Key::new(Kind::RuntimeClass, "", &name));
    let class = class.filter(|_| !name.is_empty());
    if class.is_none() && !name.is_empty() {
        let why = format!("pod rejected: RuntimeClass \"{name}\" not found");
        return refuse(pod, &why);
    }
    let overhead = class.and_then(|class| class.pointer("/overhead/podFixed"));
    match (overhead, pod.pointer(OVERHEAD)) {
        (Some(overhead), Some(own)) if own != overhead => {
            let why = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";
            return refuse(pod, why);
        }
        (None, Some(_)) => {
            let why = "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead";
            return refuse(pod, why);
        }
        (Some(overhead), _) => pod.put(OVERHEAD, overhead.clone()),
        (None, None) => {}
    }
    let Some(class) = class else {
        return Ok(());
    };
    let selector = class.pointer("/scheduling/nodeSelector");
    let none = Map::new();
    for (key, wanted) in selector.and_then(Value::as_object).unwrap_or(&none) {
        let own = &mut pod["spec"]["nodeSelector"][key];
        if !own.is_null() && own != wanted {
            let (wanted, own) = (wanted.as_str().unwrap_or(""), own.as_str().unwrap_or(""));
            let why = format!(
                "conflict: runtimeClass.scheduling.nodeSelector[{key}] = {wanted}; pod.spec.nodeSelector[{key}] = {own}"
            );
            return refuse(pod, &why);
        }
        *own = wanted.clone();
    }
    let mut tolerations = pod.list("/spec/tolerations").to_vec();
    for toleration in class.list("/scheduling/tolerations") {
        if !tolerations.contains(toleration) {
            tolerations.push(toleration.clone());
        }
    }
    if !tolerations.is_empty() {
        pod.put("/spec/tolerations", json!(tolerations));
    }
    Ok(())
}
