//! Pods and their templates.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{claim, gone, paths, whole};
use crate::values::object::{Fields, Object};

/// The warnings of the pod template at `pointer`, which the sentences call `path`.
pub(super) fn of_template(path: &str, pointer: &str, object: &Object, said: &mut Vec<String>) {
    if let Some(template) = object.pointer(pointer) {
        of_pod(path, template, said);
    }
}

/// The warnings of a pod or of a template.
pub(super) fn of_pod(path: &str, pod: &Value, said: &mut Vec<String>) {
    let below = |field: &str| match path {
        "" => field.to_owned(),
        path => format!("{path}.{field}"),
    };
    let (spec, metadata) = (below("spec"), below("metadata"));
    let none = Value::Null;
    let fields = pod.get("spec").unwrap_or(&none);
    places(&spec, fields, said);
    annotations(&metadata, pod, said);
    volumes(&spec, fields, said);
    doubles(&spec, fields, said);
    for resource in ["memory", "ephemeral-storage"] {
        let amount = fields.pointer(&format!("/overhead/{resource}"));
        whole(&format!("{spec}.overhead[{resource}]"), amount, said);
    }
    profiles(path.is_empty(), &metadata, pod, said);
    for (path, container) in containers(&spec, fields) {
        for side in ["limits", "requests"] {
            for resource in ["memory", "ephemeral-storage"] {
                let amount = container.pointer(&format!("/resources/{side}/{resource}"));
                whole(
                    &format!("{path}.resources.{side}[{resource}]"),
                    amount,
                    said,
                );
            }
        }
        environment(&path, container, said);
    }
    ports(&spec, fields, said);
    if fields.int("/terminationGracePeriodSeconds").unwrap_or(0) < 0 {
        said.push(format!(
            "{spec}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1"
        ));
    }
    affinity(&spec, fields, said);
}

/// Containers with their paths, in the order in which they are looked at.
fn containers<'a>(spec: &str, fields: &'a Value) -> Vec<(String, &'a Value)> {
    let lists = ["initContainers", "containers"].into_iter();
    let of_list = |list: &str| -> Vec<(String, &'a Value)> {
        let containers = fields.list(&format!("/{list}")).iter().enumerate();
        containers
            .map(|(i, container)| (format!("{spec}.{list}[{i}]"), container))
            .collect()
    };
    lists.flat_map(of_list).collect()
}

/// Why a label of nodes should not be used any more.
pub(super) fn old_label(key: &str) -> Option<&'static str> {
    Some(match key {
        "beta.kubernetes.io/arch" => "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        "beta.kubernetes.io/os" => "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        "failure-domain.beta.kubernetes.io/region" => {
            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead"
        }
        "failure-domain.beta.kubernetes.io/zone" => {
            "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead"
        }
        "beta.kubernetes.io/instance-type" => {
            "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead"
        }
        "app.kubernetes.io/created-by" => "deprecated since v1.9",
        "scheduler.alpha.kubernetes.io/preferAvoidPods" => {
            "deprecated since v1.22; use Taints and Tolerations instead"
        }
        "node-role.kubernetes.io/master" => "use \"node-role.kubernetes.io/control-plane\" instead",
        _ => return None,
    })
}

/// Old labels in a term that chooses nodes.
pub(super) fn node_term(path: &str, term: &Value, said: &mut Vec<String>) {
    for (i, expression) in term.list("/matchExpressions").iter().enumerate() {
        let key = expression.text("/key");
        if let Some(why) = old_label(key) {
            said.push(format!("{path}.matchExpressions[{i}].key: {key} is {why}"));
        }
    }
}

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

fn places(spec: &str, fields: &Value, said: &mut Vec<String>) {
    let selector = fields.get("nodeSelector").and_then(Value::as_object);
    for key in selector.into_iter().flat_map(|it| it.keys()) {
        if let Some(why) = old_label(key) {
            said.push(format!("{spec}.nodeSelector[{key}]: {why}"));
        }
    }
    let affinity = format!("{spec}.affinity.nodeAffinity");
    let terms = fields.list(&format!(
        "/affinity/nodeAffinity/{REQUIRED}/nodeSelectorTerms"
    ));
    for (i, term) in terms.iter().enumerate() {
        node_term(
            &format!("{affinity}.{REQUIRED}.nodeSelectorTerms[{i}]"),
            term,
            said,
        );
    }
    let terms = fields.list(&format!("/affinity/nodeAffinity/{PREFERRED}"));
    for (i, term) in terms.iter().enumerate() {
        if let Some(term) = term.get("preference") {
            node_term(
                &format!("{affinity}.{PREFERRED}[{i}].preference"),
                term,
                said,
            );
        }
    }
    for (i, spread) in fields.list("/topologySpreadConstraints").iter().enumerate() {
        let path = format!("{spec}.topologySpreadConstraints[{i}]");
        let key = spread.text("/topologyKey");
        if let Some(why) = old_label(key) {
            said.push(format!("{path}.topologyKey: {key} is {why}"));
        }
        selects_none(&path, spread, said);
    }
}

fn selects_none(path: &str, holder: &Value, said: &mut Vec<String>) {
    if holder.get("labelSelector").is_none_or(Value::is_null) {
        said.push(format!(
            "{path}.labelSelector: a null labelSelector results in matching no pod"
        ));
    }
}

fn affinity(spec: &str, fields: &Value, said: &mut Vec<String>) {
    for kind in ["podAffinity", "podAntiAffinity"] {
        for (list, inside) in [(REQUIRED, ""), (PREFERRED, "podAffinityTerm")] {
            let terms = fields.list(&format!("/affinity/{kind}/{list}"));
            for (i, term) in terms.iter().enumerate() {
                let path = format!("{spec}.affinity.{kind}.{list}[{i}]");
                match inside {
                    "" => selects_none(&path, term, said),
                    inside => selects_none(&format!("{path}.{inside}"), &term[inside], said),
                }
            }
        }
    }
}

fn annotations(metadata: &str, pod: &Value, said: &mut Vec<String>) {
    for (key, instead) in [
        (
            "scheduler.alpha.kubernetes.io/critical-pod",
            "non-functional in v1.16+; use the \"priorityClassName\" field instead",
        ),
        (
            "security.alpha.kubernetes.io/sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead",
        ),
        (
            "security.alpha.kubernetes.io/unsafe-sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead",
        ),
    ] {
        if super::has_annotation(pod, key) {
            said.push(format!("{metadata}.annotations[{key}]: {instead}"));
        }
    }
}

/// Annotations in the place of which there are fields.
fn profiles(is_pod: bool, metadata: &str, pod: &Value, said: &mut Vec<String>) {
    const SECCOMP: &str = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
    let mut warn = |key: &str, why: &str| {
        if super::has_annotation(pod, key) {
            said.push(format!("{metadata}.annotations[{key}]: {why}"));
        }
    };
    if pod
        .pointer("/spec/securityContext/seccompProfile")
        .is_none()
    {
        warn("seccomp.security.alpha.kubernetes.io/pod", SECCOMP);
    }
    for (_, container) in containers("", &pod["spec"]) {
        let name = container.text("/name");
        let lacks = |field: &str| {
            let pointer = format!("/securityContext/{field}");
            container.pointer(&pointer).is_none()
        };
        if lacks("seccompProfile") {
            let key = format!("container.seccomp.security.alpha.kubernetes.io/{name}");
            warn(&key, SECCOMP);
        }
        let whole_pod = pod
            .pointer("/spec/securityContext/appArmorProfile")
            .is_some();
        if !is_pod && lacks("appArmorProfile") && !whole_pod {
            warn(
                &format!("container.apparmor.security.beta.kubernetes.io/{name}"),
                "deprecated since v1.30; use the \"appArmorProfile\" field instead",
            );
        }
    }
}

fn volumes(spec: &str, fields: &Value, said: &mut Vec<String>) {
    for (i, volume) in fields.list("/volumes").iter().enumerate() {
        let path = format!("{spec}.volumes[{i}]");
        for source in [
            "photonPersistentDisk",
            "gitRepo",
            "scaleIO",
            "flocker",
            "storageos",
            "quobyte",
            "glusterfs",
            "cephfs",
            "rbd",
        ] {
            if let Some((shown, since)) = gone(source).filter(|_| volume.get(source).is_some()) {
                said.push(format!("{path}.{shown}: {since}"));
            }
        }
        let template = volume.pointer("/ephemeral/volumeClaimTemplate/spec");
        claim(
            &format!("{path}.ephemeral.volumeClaimTemplate.spec"),
            template,
            said,
        );
    }
    paths::overlaps(fields.list("/volumes"), said);
}

/// Things that are there twice.
fn doubles(spec: &str, fields: &Value, said: &mut Vec<String>) {
    for (list, field) in [("hostAliases", "ip"), ("imagePullSecrets", "name")] {
        let mut seen = BTreeSet::new();
        for (i, item) in fields.list(&format!("/{list}")).iter().enumerate() {
            let value = item.text(&format!("/{field}"));
            if !seen.insert(value) {
                said.push(format!(
                    "{spec}.{list}[{i}].{field}: duplicate {field} \"{value}\""
                ));
            }
        }
    }
    for (i, secret) in fields.list("/imagePullSecrets").iter().enumerate() {
        if secret.text("/name").is_empty() {
            said.push(format!(
                "{spec}.imagePullSecrets[{i}].name: invalid empty name \"\""
            ));
        }
    }
}

fn environment(path: &str, container: &Value, said: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for (i, variable) in container.list("/env").iter().enumerate() {
        let name = variable.text("/name");
        if seen.insert(name) {
            continue;
        }
        let before = format!("$({name})");
        let value = variable.text("/value");
        // What takes the old value in does not hide it.
        let hides =
            variable.get("valueFrom").is_some() || value == before || !value.contains(&before);
        if hides {
            said.push(format!(
                "{path}.env[{i}]: hides previous definition of \"{name}\", which may be dropped when using apply"
            ));
        }
    }
}

fn ports(spec: &str, fields: &Value, said: &mut Vec<String>) {
    let mut all: BTreeMap<(i64, &str), Vec<(String, &Value)>> = BTreeMap::new();
    let mut named: BTreeMap<&str, String> = BTreeMap::new();
    let mut doubled = Vec::new();
    for (path, container) in containers(spec, fields) {
        for (i, port) in container.list("/ports").iter().enumerate() {
            let path = format!("{path}.ports[{i}]");
            if !port.text("/hostIP").is_empty() && port.int("/hostPort").unwrap_or(0) == 0 {
                said.push(format!(
                    "{path}: hostIP set without hostPort: {{Name:{} HostPort:0 ContainerPort:{} Protocol:{} HostIP:{}}}",
                    port.text("/name"),
                    port.int("/containerPort").unwrap_or(0),
                    port.text("/protocol"),
                    port.text("/hostIP")
                ));
            }
            let number = |port: &Value| port.int("/hostPort").unwrap_or(0);
            let key = (
                port.int("/containerPort").unwrap_or(0),
                port.text("/protocol"),
            );
            let others = all.entry(key).or_default();
            for (other, before) in &*others {
                let same_address = port.text("/hostIP") == before.text("/hostIP");
                let (is, was) = (number(port), number(before));
                let one_address =
                    port.text("/hostIP").is_empty() != before.text("/hostIP").is_empty();
                let how = if same_address && is == was {
                    "duplicate"
                } else if is == 0 || was == 0 {
                    "overlapping"
                } else if is == was && one_address {
                    "dangerously ambiguous"
                } else {
                    continue;
                };
                said.push(format!("{path}: {how} port definition with {other}"));
            }
            others.push((path.clone(), port));
            let name = port.text("/name");
            match named.get(name) {
                _ if name.is_empty() => {}
                None => {
                    named.insert(name, path);
                }
                Some(first) => doubled.push(format!(
                    "{path}: duplicate port name \"{name}\" with {first}, services and probes that select ports by name will use \
                     {first}"
                )),
            }
        }
    }
    said.extend(doubled);
}
