//! What the API server takes, and warns of: in its words, without the word `Warning`.

mod paths;
mod pod;

use serde_json::Value;
use statefulset::kubernetes::quantity;

use super::security;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

/// What it says of an object that it has stored, in the place of `old` if there was one.
pub(crate) fn warnings(
    objects: &Objects,
    kind: Kind,
    old: Option<&Object>,
    new: &Object,
) -> Vec<String> {
    let mut said = Vec::new();
    let changed = old.is_none_or(|old| old.pointer("/spec") != new.pointer("/spec"));
    match (kind, kind.group(), kind.name()) {
        (Kind::Pod, ..) => pod::of_pod("", new, &mut said),
        (Kind::StatefulSet, ..) => stateful_set(new, changed, &mut said),
        (Kind::PersistentVolume, ..) => volume(new, &mut said),
        (Kind::PersistentVolumeClaim, ..) => {
            old_class(new, &mut said);
            claim("spec", new.pointer("/spec"), &mut said);
        }
        (Kind::Service, ..) => service(new, &mut said),
        (Kind::StorageClass, ..) => class(new, &mut said),
        (Kind::RuntimeClass, ..) => runtime_class(new, &mut said),
        (_, "", "Endpoints") => said.push(
            "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice".into(),
        ),
        (_, "apps", "Deployment" | "DaemonSet" | "ReplicaSet") | (_, "batch", "Job") => {
            pod_names(kind, old, new, &mut said);
            if changed {
                pod::of_template("spec.template", "/spec/template", new, &mut said);
            }
        }
        (_, "batch", "CronJob") => {
            pod_names(kind, old, new, &mut said);
            if changed {
                let pointer = "/spec/jobTemplate/spec/template";
                pod::of_template("spec.jobTemplate.spec.template", pointer, new, &mut said);
            }
        }
        (_, "networking.k8s.io", "Ingress") => {
            const OLD: &str = "kubernetes.io/ingress.class";
            if has_annotation(new, OLD) && old.is_none() {
                said.push(format!(
                    "annotation \"{OLD}\" is deprecated, please use 'spec.ingressClassName' instead"
                ));
            }
        }
        _ => {}
    }
    if changed {
        said.extend(security::warning(objects, kind, new));
    }
    said
}

fn stateful_set(set: &Object, changed: bool, said: &mut Vec<String>) {
    if changed {
        pod::of_template("spec.template", "/spec/template", set, said);
    }
    for (i, template) in set.list("/spec/volumeClaimTemplates").iter().enumerate() {
        let path = format!("spec.volumeClaimTemplates[{i}]");
        claim(&path, template.pointer("/spec"), said);
    }
    if set.int("/spec/revisionHistoryLimit").unwrap_or(0) < 0 {
        said.push(
            "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended"
                .into(),
        );
    }
}

fn pod_names(kind: Kind, old: Option<&Object>, new: &Object, said: &mut Vec<String>) {
    let is_counted = matches!(kind.name(), "Deployment" | "ReplicaSet" | "Job" | "CronJob");
    let mut faults = super::faults::Faults::default();
    super::name::label(&mut faults, "", new.name());
    let problems = faults.details();
    if is_counted && old.is_none() && !problems.is_empty() {
        said.push(format!(
            "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is \
             recommended: [{}]",
            problems.join(" ")
        ));
    }
}

fn old_class(claim: &Object, said: &mut Vec<String>) {
    const OLD: &str = "volume.beta.kubernetes.io/storage-class";
    if has_annotation(claim, OLD) {
        said.push(format!(
            "metadata.annotations[{OLD}]: deprecated since v1.8; use \"storageClassName\" attribute instead"
        ));
    }
}

fn claim(path: &str, spec: Option<&Value>, said: &mut Vec<String>) {
    for side in ["requests", "limits"] {
        let amount = spec.and_then(|spec| spec.pointer(&format!("/resources/{side}/storage")));
        whole(&format!("{path}.resources.{side}[storage]"), amount, said);
    }
}

/// There are no parts of bytes.
fn whole(path: &str, amount: Option<&Value>, said: &mut Vec<String>) {
    let text = amount.and_then(Value::as_str).unwrap_or_default();
    let milli = quantity::parse_milli(text).unwrap_or(0);
    if !milli.is_multiple_of(1000) {
        said.push(format!(
            "{path}: fractional byte value \"{text}\" is invalid, must be an integer"
        ));
    }
}

const OPTIONS: &str = "volume.beta.kubernetes.io/mount-options";

fn volume(volume: &Object, said: &mut Vec<String>) {
    old_class(volume, said);
    if has_annotation(volume, OPTIONS) {
        said.push(format!(
            "metadata.annotations[{OPTIONS}]: deprecated since v1.31; use \"mountOptions\" attribute instead"
        ));
    }
    if volume.text("/spec/persistentVolumeReclaimPolicy") == "Recycle" {
        said.push(
            "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is \
             to use dynamic provisioning."
                .into(),
        );
    }
    let terms = volume.list("/spec/nodeAffinity/required/nodeSelectorTerms");
    for (i, term) in terms.iter().enumerate() {
        pod::node_term(
            &format!("spec.nodeAffinity.required.nodeSelectorTerms[{i}]"),
            term,
            said,
        );
    }
    let given = |source: &str| volume.pointer(&format!("/spec/{source}")).is_some();
    for source in [
        "cephfs",
        "photonPersistentDisk",
        "scaleIO",
        "storageos",
        "glusterfs",
        "rbd",
    ] {
        if let Some((shown, since)) = gone(source).filter(|_| given(source)) {
            said.push(format!("spec.{shown}: {since}"));
        }
    }
}

/// Since when a kind of volume is of no use any more, and how its field is spelled in that sentence.
fn gone(source: &str) -> Option<(&'static str, &'static str)> {
    Some(match source {
        "photonPersistentDisk" => (
            "photonPersistentDisk",
            "deprecated in v1.11, non-functional in v1.16+",
        ),
        "gitRepo" => (
            "gitRepo",
            "deprecated in v1.11, and disabled by default in v1.33+",
        ),
        "scaleIO" => ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
        "flocker" => ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
        "storageos" => ("storageOS", "deprecated in v1.22, non-functional in v1.25+"),
        "quobyte" => ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
        "glusterfs" => ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
        "cephfs" => ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
        "rbd" => ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
        _ => return None,
    })
}

fn service(service: &Object, said: &mut Vec<String>) {
    const HINTS: &str = "service.kubernetes.io/topology-aware-hints";
    if has_annotation(service, HINTS) {
        said.push(format!(
            "annotation {HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead"
        ));
    }
    let kind = service.text("/spec/type");
    let is_headless = kind == "ClusterIP" && service.text("/spec/clusterIP") == "None";
    let is_external = kind == "ExternalName";
    let addresses = !service.list("/spec/externalIPs").is_empty();
    if is_headless {
        for (is, what) in [
            (
                !service.text("/spec/loadBalancerIP").is_empty(),
                "spec.loadBalancerIP",
            ),
            (addresses, "spec.externalIPs"),
            (
                service.text("/spec/sessionAffinity") != "None",
                "spec.SessionAffinity",
            ),
        ] {
            if is {
                said.push(format!("{what} is ignored for headless services"));
            }
        }
    }
    if addresses && !is_headless && !is_external {
        said.push(
            "spec.externalIPs is deprecated and may no longer be implemented in some clusters"
                .into(),
        );
    }
    if addresses && is_external {
        said.push("spec.externalIPs is ignored when spec.type is \"ExternalName\"".into());
    }
    if !is_external && !service.text("/spec/externalName").is_empty() {
        said.push("spec.externalName is ignored when spec.type is not \"ExternalName\"".into());
    }
    if service.text("/spec/trafficDistribution") == "PreferClose" {
        said.push(
            "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\""
                .into(),
        );
    }
}

fn class(class: &Object, said: &mut Vec<String>) {
    for (i, topology) in class.list("/allowedTopologies").iter().enumerate() {
        for (j, expression) in topology.list("/matchLabelExpressions").iter().enumerate() {
            if let Some(why) = pod::old_label(expression.text("/key")) {
                said.push(format!(
                    "allowedTopologies[{i}].matchLabelExpressions[{j}].key: {why}"
                ));
            }
        }
    }
}

fn runtime_class(class: &Object, said: &mut Vec<String>) {
    let selector = class.pointer("/scheduling/nodeSelector");
    for key in selector
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|it| it.keys())
    {
        if let Some(why) = pod::old_label(key) {
            said.push(format!("scheduling.nodeSelector: {why}"));
        }
    }
}

fn has_annotation(object: &Object, key: &str) -> bool {
    let annotations = object.pointer("/metadata/annotations");
    annotations.is_some_and(|annotations| annotations.get(key).is_some())
}
