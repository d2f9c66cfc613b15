//! A request to the subresource `resize` of a pod: what its containers ask for, and no more than that.

use serde_json::{Map, Value, json};
use statefulset::Version;

use super::quality_of_service;
use crate::admission::faults::Faults;
use crate::values::demand;
use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

/// The lists of containers, each with its field.
const LISTS: [(&str, &str); 2] = [
    ("/spec/initContainers", "spec.initContainers"),
    ("/spec/containers", "spec.containers"),
];

/// What may be resized.
const RESIZABLE: [&str; 2] = ["cpu", "memory"];

const ONLY_THESE: &str = "only cpu and memory resources are mutable";

/// Of what the request wants changed, all but the resources is as before. Where containers are added, removed or renamed it
/// is left as it is, so that it can be refused.
pub(in crate::admission) fn keep_the_rest(old: &Object, pod: &mut Object, version: Version) {
    let mut kept = old.clone();
    for (list, _) in LISTS {
        let (before, after) = (old.list(list), pod.list(list));
        let names = |list: &[Value]| -> Vec<String> {
            list.iter().map(|it| it.text("/name").to_owned()).collect()
        };
        if before.is_empty() && after.is_empty() {
            continue;
        }
        if names(before) != names(after) {
            kept.put(list, json!(after));
            continue;
        }
        let merged = before.iter().zip(after).map(|(before, after)| {
            let mut container = before.clone();
            for field in ["/resources", "/resizePolicy"] {
                match after.pointer(field) {
                    Some(value) => container.put(field, value.clone()),
                    None => {
                        container.take_away(field);
                    }
                }
            }
            container
        });
        kept.put(list, merged.collect());
    }
    if resizes_whole_pods(version)
        && let Some(resources) = pod.pointer("/spec/resources")
    {
        kept.put("/spec/resources", resources.clone());
    }
    if let Some(managers) = pod.pointer("/metadata/managedFields") {
        kept.put("/metadata/managedFields", managers.clone());
    }
    *pod = kept;
}

/// Whether what is said for a pod as a whole may change.
fn resizes_whole_pods(version: Version) -> bool {
    version >= Version::V1_36
}

/// Whether the resources of init containers may change that are no sidecars.
fn resizes_init_containers(version: Version) -> bool {
    version >= Version::V1_36
}

pub(in crate::admission) fn validate(
    old: &Object,
    pod: &Object,
    version: Version,
    faults: &mut Faults,
) {
    if old.text("/spec/os/name") == "windows" {
        faults.forbidden("", "windows pods cannot be resized");
        return;
    }
    let whole = [old, pod].into_iter().any(says_for_the_whole);
    if whole && version < Version::V1_35_0 {
        faults.forbidden("", "pods with pod-level resources cannot be resized");
        return;
    }
    let class = old.text("/status/qosClass");
    if class != quality_of_service(pod) {
        let detail = "Pod QOS Class may not change as a result of resizing";
        faults.invalid("spec", &json!(class), detail);
    }
    if !reports_resources(old) {
        faults.forbidden("spec", "Pod running on node without support for resize");
    }
    if whole && !resizes_whole_pods(version) {
        faults.forbidden(
            "",
            "resize of pods with pod-level resources is forbidden when InPlacePodLevelResourcesVerticalScalingEnabled \
             feature gate is disabled",
        );
        return;
    }
    if whole {
        validate_whole(old, pod, faults);
    }
    if !has_same_containers(old, pod, faults) {
        return;
    }
    for (list, path) in LISTS {
        let pairs = old.list(list).iter().zip(pod.list(list));
        for (i, (before, after)) in pairs.enumerate() {
            if list == "/spec/containers" || is_sidecar(before) || resizes_init_containers(version)
            {
                let path = format!("{path}[{i}].resources");
                validate_kept(before, after, &path, version, faults);
            }
        }
    }
    for (before, after) in old.list(LISTS[1].0).iter().zip(pod.list(LISTS[1].0)) {
        if !is_otherwise_same(before, after) {
            faults.forbidden("spec", ONLY_THESE);
        }
    }
    let pairs = old.list(LISTS[0].0).iter().zip(pod.list(LISTS[0].0));
    for (i, (before, after)) in pairs.enumerate() {
        validate_init(before, after, i, version, faults);
    }
}

fn validate_init(before: &Value, after: &Value, i: usize, version: Version, faults: &mut Faults) {
    let sidecar = is_sidecar(before);
    let path = format!("spec.initContainers[{i}]");
    if !sidecar && !resizes_init_containers(version) {
        if before != after {
            let detail = "resources for non-sidecar init containers are immutable";
            faults.forbidden("spec", detail);
        }
        return;
    }
    if !is_otherwise_same(before, after) {
        if resizes_init_containers(version) {
            faults.forbidden(
                &path,
                "only cpu and memory resources for init or sidecar containers are mutable",
            );
        } else {
            faults.forbidden(
                "spec",
                "only cpu and memory resources for sidecar containers are mutable",
            );
        }
    }
    let mut policies = after.list("/resizePolicy").iter();
    if before != after
        && !sidecar
        && policies.any(|policy| policy.text("/restartPolicy") == "RestartContainer")
    {
        faults.forbidden(
            &path,
            "non-sidecar init containers with a resize policy of RestartContainer cannot be resized",
        );
    }
}

fn is_sidecar(container: &Value) -> bool {
    container.text("/restartPolicy") == "Always"
}

fn says_for_the_whole(pod: &Object) -> bool {
    let says = |side: &str| {
        let list = pod.pointer(&format!("/spec/resources/{side}"));
        list.and_then(Value::as_object)
            .is_some_and(|list| !list.is_empty())
    };
    says("requests") || says("limits")
}

/// Whether the kubelet of the pod's node says what its containers have been given.
fn reports_resources(pod: &Object) -> bool {
    let mut statuses = pod.list("/status/containerStatuses").iter();
    let running = statuses.find(|it| it.pointer("/state/running").is_some());
    running.is_none_or(|it| it.pointer("/resources").is_some())
}

fn validate_whole(old: &Object, pod: &Object, faults: &mut Faults) {
    let (before, after) = (
        old.pointer("/spec/resources"),
        pod.pointer("/spec/resources"),
    );
    let Some(after) = after else {
        faults.forbidden("spec.resources", "pod-level resources cannot be removed");
        return;
    };
    let none = json!({});
    let before = before.unwrap_or(&none);
    for side in ["requests", "limits"] {
        if is_less(before, after, side) {
            let detail = format!("pod-level resource {side} cannot be removed");
            faults.forbidden(&format!("spec.resources.{side}"), &detail);
        }
    }
    if others(before) != others(after) {
        let detail = "only cpu and memory resources are mutable at pod-level";
        faults.forbidden("spec", detail);
    }
}

fn has_same_containers(old: &Object, pod: &Object, faults: &mut Faults) -> bool {
    let mut same = true;
    for (list, path) in [LISTS[1], LISTS[0]] {
        let what = path.trim_start_matches("spec.");
        let (before, after) = (old.list(list), pod.list(list));
        if before.len() != after.len() {
            let detail = format!("{what} may not be added or removed on resize");
            faults.forbidden(path, &detail);
            same = false;
            continue;
        }
        for (i, (before, after)) in before.iter().zip(after).enumerate() {
            if before.text("/name") != after.text("/name") {
                let detail = format!("{what} may not be renamed or reordered on resize");
                faults.forbidden(&format!("{path}[{i}].name"), &detail);
                same = false;
            }
        }
    }
    same
}

/// Nothing that is asked for, and no limit, may be taken away.
fn validate_kept(before: &Value, after: &Value, path: &str, version: Version, faults: &mut Faults) {
    let of = |container: &Value| container.get("resources").cloned().unwrap_or_default();
    let (was, is) = (of(before), of(after));
    for side in ["requests", "limits"] {
        if is_less(&was, &is, side) {
            let detail = format!("resource {side} cannot be removed");
            faults.forbidden(&format!("{path}.{side}"), &detail);
        }
    }
    let mut policies = after.list("/resizePolicy").iter();
    let of_memory = policies.find(|policy| policy.text("/resourceName") == "memory");
    let restarts = of_memory.is_some_and(|it| it.text("/restartPolicy") == "RestartContainer");
    // From 1.34 on the kubelet sees for itself whether less memory is enough.
    if restarts || version >= Version::V1_34_0 {
        return;
    }
    let limit = |resources: &Value| {
        let limits = demand::amounts(resources.get("limits"));
        limits.get("memory").copied()
    };
    let done = match (limit(&was), limit(&is)) {
        (Some(was), Some(is)) if is < was => "decreased",
        (None, Some(_)) => "added",
        _ => return,
    };
    faults.forbidden(
        &format!("{path}.limits[memory]"),
        &format!("memory limits cannot be {done} unless resizePolicy is RestartContainer"),
    );
}

/// Whether something that was said there is not said any more.
fn is_less(before: &Value, after: &Value, side: &str) -> bool {
    let list = |resources: &Value| -> Map<String, Value> {
        let list = resources.get(side).and_then(Value::as_object);
        list.cloned().unwrap_or_default()
    };
    let after = list(after);
    list(before).keys().any(|name| !after.contains_key(name))
}

/// Whether two containers have nothing but processors and memory to tell them apart.
fn is_otherwise_same(before: &Value, after: &Value) -> bool {
    let rest = |container: &Value| {
        let mut rest = container.clone();
        let resources = rest.take_away("/resources").unwrap_or_default();
        (rest, others(&resources))
    };
    rest(before) == rest(after)
}

/// What of these resources may not change.
fn others(resources: &Value) -> Value {
    let mut others = resources.as_object().cloned().unwrap_or_default();
    for side in ["requests", "limits"] {
        if let Some(list) = others.get_mut(side).and_then(Value::as_object_mut) {
            list.retain(|name, _| !RESIZABLE.contains(&name.as_str()));
        }
    }
    others.retain(|_, value| value.as_object().is_none_or(|list| !list.is_empty()));
    Value::Object(others)
}

/// From 1.36 on the API server refuses what the pod's node could never give; before, its kubelet does.
pub(in crate::admission) fn admit(
    objects: &Objects,
    pod: &Object,
    version: Version,
) -> Result<(), ApiError> {
    let name = pod.text("/spec/nodeName");
    if name.is_empty() || version < Version::V1_36 {
        return Ok(());
    }
    let why = match objects.find(Kind::Node, "", name) {
        None => format!("node \"{name}\" not found"),
        Some(node) => {
            let has = demand::amounts(node.pointer("/status/allocatable"));
            let has = |resource: &str| has.get(resource).copied().unwrap_or(0);
            let asked = demand::of(pod, "requests");
            let over = RESIZABLE.into_iter().filter_map(|resource| {
                let asked = asked.get(resource).copied().unwrap_or(0);
                (asked > has(resource)).then(|| {
                    let count = |amount| demand::counted_as(resource, amount);
                    format!(
                        "{resource}, requested: {}, allocatable: {}",
                        count(asked),
                        count(has(resource))
                    )
                })
            });
            let over: Vec<String> = over.collect();
            if over.is_empty() {
                return Ok(());
            }
            format!(
                "node didn't have enough allocatable resources: {}",
                over.join("; ")
            )
        }
    };
    let message = format!("pods \"{}\" is forbidden: {why}", pod.name());
    Err(ApiError::new(ApiReason::Forbidden, message))
}
