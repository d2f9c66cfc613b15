//! Pod security: what the standard that a namespace enforces does not allow is refused.

use serde_json::{Value, json};

use crate::values::error::{ApiError, ApiReason};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

const WARNED: &str = "/metadata/labels/pod-security.kubernetes.io~1warn";
const ENFORCED: &str = "/metadata/labels/pod-security.kubernetes.io~1enforce";

/// Whether the pod keeps to the standard of its namespace. Of the standards' rules, those are known that pods are most often
/// against.
pub(super) fn admit(objects: &Objects, pod: &Object) -> Result<(), ApiError> {
    let level = level(objects, pod.namespace(), ENFORCED);
    let faults = faults(level, pod);
    if faults.is_empty() {
        return Ok(());
    }
    let message = format!(
        "pods \"{}\" is forbidden: violates PodSecurity \"{level}:latest\": {}",
        pod.name(),
        faults.join(", ")
    );
    Err(ApiError::new(ApiReason::Forbidden, message))
}

/// What is told of a pod, or of a kind that makes pods, where the namespace does not refuse such pods but warns of them.
pub(super) fn warning(objects: &Objects, kind: Kind, object: &Object) -> Option<String> {
    let template = match kind.name() {
        "Pod" => object,
        "CronJob" => object.pointer("/spec/jobTemplate/spec/template")?,
        "StatefulSet" | "Deployment" | "DaemonSet" | "ReplicaSet" | "Job" => {
            object.pointer("/spec/template")?
        }
        _ => return None,
    };
    let level = level(objects, object.namespace(), WARNED);
    let faults = faults(level, template);
    (!faults.is_empty()).then(|| {
        format!(
            "would violate PodSecurity \"{level}:latest\": {}",
            faults.join(", ")
        )
    })
}

fn level<'a>(objects: &'a Objects, namespace: &str, label: &str) -> &'a str {
    let namespace = objects.get(&Key::new(Kind::Namespace, "", namespace));
    namespace.map_or("", |namespace| namespace.text(label))
}

fn faults(level: &str, pod: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    if matches!(level, "baseline" | "restricted") {
        baseline(pod, &mut faults);
    }
    if level == "restricted" {
        restricted(pod, &mut faults);
    }
    faults
}

fn baseline(pod: &Object, faults: &mut Vec<String>) {
    let host: Vec<String> = ["hostNetwork", "hostPID", "hostIPC"]
        .into_iter()
        .filter(|field| pod.flag(&format!("/spec/{field}")))
        .map(|field| format!("{field}=true"))
        .collect();
    if !host.is_empty() {
        faults.push(format!("host namespaces ({})", host.join(", ")));
    }
    let privileged = named(pod, |it| it.flag("/securityContext/privileged"));
    if let Some(who) = privileged {
        faults.push(format!(
            "privileged ({who} must not set securityContext.privileged=true)"
        ));
    }
    let on_host = pod.list("/spec/volumes").iter();
    let on_host = on_host.filter(|it| it.pointer("/hostPath").is_some());
    let names: Vec<String> = on_host
        .map(|it| format!("{:?}", it.text("/name")))
        .collect();
    if !names.is_empty() {
        let noun = if names.len() == 1 {
            "volume"
        } else {
            "volumes"
        };
        faults.push(format!("hostPath volumes ({noun} {})", names.join(", ")));
    }
}

fn restricted(pod: &Object, faults: &mut Vec<String>) {
    let escalates = |it: &Value| {
        it.pointer("/securityContext/allowPrivilegeEscalation") != Some(&Value::Bool(false))
    };
    if let Some(who) = named(pod, escalates) {
        faults.push(format!(
            "allowPrivilegeEscalation != false ({who} must set securityContext.allowPrivilegeEscalation=false)"
        ));
    }
    let is_capable = |it: &Value| {
        let dropped = it.list("/securityContext/capabilities/drop");
        !dropped.contains(&json!("ALL"))
    };
    if let Some(who) = named(pod, is_capable) {
        faults.push(format!(
            "unrestricted capabilities ({who} must set securityContext.capabilities.drop=[\"ALL\"])"
        ));
    }
    let may_be_root = |it: &Value| !it.flag("/securityContext/runAsNonRoot");
    if !pod.flag("/spec/securityContext/runAsNonRoot")
        && let Some(who) = named(pod, may_be_root)
    {
        faults.push(format!(
            "runAsNonRoot != true (pod or {who} must set securityContext.runAsNonRoot=true)"
        ));
    }
    let is_confined = |kind: &str| matches!(kind, "RuntimeDefault" | "Localhost");
    let is_open = |it: &Value| !is_confined(it.text("/securityContext/seccompProfile/type"));
    if !is_confined(pod.text("/spec/securityContext/seccompProfile/type"))
        && let Some(who) = named(pod, is_open)
    {
        faults.push(format!(
            "seccompProfile (pod or {who} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")"
        ));
    }
}

/// The containers of which that is true, if there are any.
fn named(pod: &Object, is: impl Fn(&Value) -> bool) -> Option<String> {
    let lists = ["/spec/initContainers", "/spec/containers"].into_iter();
    let containers = lists.flat_map(|list| pod.list(list)).filter(|it| is(it));
    let names: Vec<String> = containers
        .map(|it| format!("{:?}", it.text("/name")))
        .collect();
    match &*names {
        [] => None,
        [name] => Some(format!("container {name}")),
        names => Some(format!("containers {}", names.join(", "))),
    }
}
