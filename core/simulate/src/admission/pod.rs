//! Pods: what is filled in at creation, and what may change afterwards.

use serde_json::{Value, json};

use super::faults::Faults;
use super::{label_keys, name, template};
use crate::values::object::{Fields, Object};

pub(super) mod resize;
mod update;

pub(super) use update::validate_update;

/// For how long a pod tolerates that its node is not ready or out of reach.
const TOLERATED_SECONDS: i64 = 300;

const GRACE: &str = "/spec/terminationGracePeriodSeconds";

pub(super) fn default(pod: &mut Object) {
    template::default_pod(pod);
    if pod.int(GRACE).is_some_and(|seconds| seconds < 0) {
        pod.put(GRACE, json!(1));
    }
    let on_host = pod.pointer("/spec/hostNetwork") == Some(&Value::Bool(true));
    for list in ["/spec/containers", "/spec/initContainers"] {
        let mut containers = pod.list(list).to_vec();
        for container in &mut containers {
            default_container(container, on_host);
        }
        if !containers.is_empty() {
            pod.put(list, containers.into());
        }
    }
    for (pointer, value) in [
        ("/spec/enableServiceLinks", json!(true)),
        ("/spec/serviceAccountName", json!("default")),
        ("/spec/preemptionPolicy", json!("PreemptLowerPriority")),
        ("/spec/priority", json!(0)),
    ] {
        if pod.pointer(pointer).is_none() {
            pod.put(pointer, value);
        }
    }
    if pod.text("/spec/serviceAccount").is_empty() {
        let account = json!(pod.text("/spec/serviceAccountName"));
        pod.put("/spec/serviceAccount", account);
    }
}

/// What a pod has and its template has not: a limit is also a request, unless another is given, and a port on the host's
/// network is one of the host.
fn default_container(container: &mut Value, on_host: bool) {
    let limits = container.pointer("/resources/limits").cloned();
    if let Some(Value::Object(limits)) = limits {
        let requests = &mut container["resources"]["requests"];
        if requests.is_null() {
            *requests = json!({});
        }
        for (name, amount) in limits {
            if let Some(requests) = requests.as_object_mut() {
                requests.entry(name).or_insert(amount);
            }
        }
    }
    let ports = container
        .get_mut("ports")
        .and_then(Value::as_array_mut)
        .filter(|_| on_host);
    for port in ports.into_iter().flatten() {
        let number = port.get("containerPort").cloned();
        if let (Some(number), Some(port)) = (number, port.as_object_mut()) {
            port.entry("hostPort").or_insert(number);
        }
    }
}

pub(super) fn prepare_create(pod: &mut Object) {
    default(pod);
    label_keys::apply(pod);
    let mut tolerations = pod.list("/spec/tolerations").to_vec();
    for key in [
        "node.kubernetes.io/not-ready",
        "node.kubernetes.io/unreachable",
    ] {
        let tolerated = tolerations.iter().any(|t| {
            matches!(t.text("/key"), k if k == key || k.is_empty())
                && matches!(t.text("/effect"), "" | "NoExecute")
        });
        if !tolerated {
            tolerations.push(json!({
                "key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": TOLERATED_SECONDS,
            }));
        }
    }
    pod.put("/spec/tolerations", Value::Array(tolerations));
    let class = quality_of_service(pod);
    pod.put("/status", json!({"phase": "Pending", "qosClass": class}));
}

/// Guaranteed: each container gets exactly what it may use at most. Burstable: some ask for something. Else best effort.
fn quality_of_service(pod: &Object) -> &'static str {
    let mut guaranteed = true;
    let mut asks = false;
    for container in ["/spec/initContainers", "/spec/containers"]
        .into_iter()
        .flat_map(|list| pod.list(list))
    {
        for resource in ["cpu", "memory"] {
            let amount = |of: &str| container.pointer(&format!("/resources/{of}/{resource}"));
            let (request, limit) = (amount("requests"), amount("limits"));
            asks |= request.or(limit).is_some_and(|a| a != "0");
            guaranteed &= limit.is_some() && request == limit;
        }
    }
    match (asks, guaranteed) {
        (false, _) => "BestEffort",
        (true, true) => "Guaranteed",
        (true, false) => "Burstable",
    }
}

/// What is looked at whenever a pod is written. In a template blanks around an image are let through.
pub(super) fn validate_spec(pod: &Object, faults: &mut Faults) {
    template::validate_pod(pod, faults);
    for list in ["containers", "initContainers"] {
        let containers = pod.list(&format!("/spec/{list}")).iter();
        for (i, container) in containers.enumerate() {
            let image = container.text("/image");
            refuse_blanks(&format!("spec.{list}[{i}].image"), image, faults);
        }
    }
    let deadline = pod.int("/spec/activeDeadlineSeconds");
    if let Some(seconds) = deadline.filter(|it| !(1..=i64::from(i32::MAX)).contains(it)) {
        faults.invalid(
            "spec.activeDeadlineSeconds",
            &json!(seconds),
            "must be between 1 and 2147483647, inclusive",
        );
    }
}

fn refuse_blanks(path: &str, image: &str, faults: &mut Faults) {
    if image.trim() != image {
        let detail = "must not have leading or trailing whitespace";
        faults.invalid(path, &json!(image), detail);
    }
}

pub(super) fn validate(pod: &Object, faults: &mut Faults) {
    validate_spec(pod, faults);
    faults.one_of(
        "spec.restartPolicy",
        pod.text("/spec/restartPolicy"),
        &["Always", "OnFailure", "Never"],
    );
    for field in ["hostname", "subdomain"] {
        let value = pod.text(&format!("/spec/{field}"));
        if !value.is_empty() {
            name::label(faults, &format!("spec.{field}"), value);
        }
    }
}
