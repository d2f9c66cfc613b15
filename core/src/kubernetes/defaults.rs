//! What an API server fills into a StatefulSet, for hosts without one.

use std::string::{String, ToString};

use serde_json::{Map, Value, json};

use super::kind::Kind;
use super::quantity;

/// Fills in the fields that the API server would: those of the set, of its pod template and of its claim templates.
/// Quantities become canonical. What is no object is left as it is.
pub fn default_stateful_set(object: &mut Value) {
    let Some(spec) = object.get_mut("spec").and_then(Value::as_object_mut) else {
        return;
    };
    fill(spec, "replicas", || 1.into());
    fill(spec, "podManagementPolicy", || "OrderedReady".into());
    fill(spec, "revisionHistoryLimit", || 10.into());
    fill(spec, "updateStrategy", || json!({}));
    fill(spec, "persistentVolumeClaimRetentionPolicy", || json!({}));
    fields(spec, "updateStrategy", |strategy| {
        let unnamed = strategy
            .get("type")
            .is_none_or(|it| *it == "" || it.is_null());
        if unnamed {
            strategy.insert("type".to_string(), "RollingUpdate".into());
            fill(strategy, "rollingUpdate", || json!({}));
        }
        // A block that was left out on purpose stays out.
        if strategy["type"] == "RollingUpdate" {
            fields(strategy, "rollingUpdate", |block| {
                fill(block, "partition", || 0.into());
                fill(block, "maxUnavailable", || 1.into());
            });
        }
    });
    fields(spec, "persistentVolumeClaimRetentionPolicy", |policy| {
        fill(policy, "whenDeleted", || "Retain".into());
        fill(policy, "whenScaled", || "Retain".into());
    });
    if let Some(template) = spec.get_mut("template") {
        pod_template(template);
    }
    each(spec, "volumeClaimTemplates", claim);
}

/// Fills in the fields of a pod template.
pub(crate) fn pod_template(template: &mut Value) {
    if let Some(template) = template.as_object_mut() {
        fields(template, "spec", pod);
    }
}

fn pod(spec: &mut Map<String, Value>) {
    fill(spec, "dnsPolicy", || "ClusterFirst".into());
    fill(spec, "restartPolicy", || "Always".into());
    fill(spec, "schedulerName", || "default-scheduler".into());
    fill(spec, "securityContext", || json!({}));
    fill(spec, "terminationGracePeriodSeconds", || 30.into());
    // Two names of one field.
    for (from, to) in [
        ("serviceAccountName", "serviceAccount"),
        ("serviceAccount", "serviceAccountName"),
    ] {
        if let Some(name) = spec.get(from).filter(|it| !it.is_null()).cloned() {
            fill(spec, to, || name);
        }
    }
    for list in ["containers", "initContainers"] {
        each(spec, list, container);
    }
    each(spec, "volumes", volume);
}

fn container(container: &mut Map<String, Value>) {
    fill(container, "terminationMessagePath", || {
        "/dev/termination-log".into()
    });
    fill(container, "terminationMessagePolicy", || "File".into());
    let image = container.get("image").and_then(Value::as_str);
    let policy = if image.is_some_and(is_latest) {
        "Always"
    } else {
        "IfNotPresent"
    };
    fill(container, "imagePullPolicy", || policy.into());
    fill(container, "resources", || json!({}));
    fields(container, "resources", resources);
    each(container, "ports", |port| {
        fill(port, "protocol", || "TCP".into());
    });
    each(container, "env", |variable| {
        fields(variable, "valueFrom", |source| {
            fields(source, "fieldRef", |field| {
                fill(field, "apiVersion", || "v1".into());
            });
        });
    });
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        fields(container, name, |probe| {
            fill(probe, "timeoutSeconds", || 1.into());
            fill(probe, "periodSeconds", || 10.into());
            fill(probe, "successThreshold", || 1.into());
            fill(probe, "failureThreshold", || 3.into());
            fields(probe, "grpc", |it| fill(it, "service", || "".into()));
            handler(probe);
        });
    }
    fields(container, "lifecycle", |lifecycle| {
        for name in ["postStart", "preStop"] {
            fields(lifecycle, name, handler);
        }
    });
}

fn handler(handler: &mut Map<String, Value>) {
    fields(handler, "httpGet", |get| {
        fill(get, "path", || "/".into());
        fill(get, "scheme", || "HTTP".into());
    });
}

/// No tag is the tag `latest`; a digest is neither.
fn is_latest(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    if image.contains('@') {
        return false;
    }
    name.split_once(':').is_none_or(|(_, tag)| tag == "latest")
}

/// Only in pods, not in their templates, is a limit also a request, and a port of the host's network one of the host.
fn resources(resources: &mut Map<String, Value>) {
    for list in ["limits", "requests"] {
        fields(resources, list, quantities);
    }
}

fn quantities(amounts: &mut Map<String, Value>) {
    for amount in amounts.values_mut() {
        let text = match &*amount {
            Value::String(text) => quantity::canonical(text),
            Value::Number(number) => quantity::canonical(&number.to_string()),
            _ => None,
        };
        if let Some(text) = text {
            *amount = text.into();
        }
    }
}

fn volume(volume: &mut Map<String, Value>) {
    let has_source = volume
        .iter()
        .any(|(key, value)| key != "name" && !value.is_null());
    if !has_source {
        volume.insert("emptyDir".to_string(), json!({}));
    }
    fields(volume, "emptyDir", |it| {
        if let Some(limit) = it.remove("sizeLimit") {
            let mut limits = Map::from_iter([("sizeLimit".to_string(), limit)]);
            quantities(&mut limits);
            it.extend(limits);
        }
    });
    fields(volume, "hostPath", |it| fill(it, "type", || "".into()));
    for source in ["secret", "configMap", "downwardAPI", "projected"] {
        fields(volume, source, |it| fill(it, "defaultMode", || 420.into()));
    }
    fields(volume, "downwardAPI", downward);
    fields(volume, "projected", |projected| {
        each(projected, "sources", |source| {
            fields(source, "serviceAccountToken", |it| {
                fill(it, "expirationSeconds", || 3600.into());
            });
            fields(source, "downwardAPI", downward);
        });
    });
}

fn downward(source: &mut Map<String, Value>) {
    each(source, "items", |item| {
        fields(item, "fieldRef", |it| {
            fill(it, "apiVersion", || "v1".into());
        });
    });
}

fn claim(claim: &mut Map<String, Value>) {
    let kind = Kind::PersistentVolumeClaim;
    fill(claim, "apiVersion", || kind.api_version().into());
    fill(claim, "kind", || kind.name().into());
    fill(claim, "spec", || json!({}));
    fields(claim, "spec", |spec| {
        fill(spec, "volumeMode", || "Filesystem".into());
        fields(spec, "resources", resources);
    });
    fill(claim, "status", || json!({}));
    fields(claim, "status", |it| fill(it, "phase", || "Pending".into()));
}

/// Sets a field that is absent or `null`.
fn fill(object: &mut Map<String, Value>, field: &str, value: impl FnOnce() -> Value) {
    let slot = object.entry(field).or_insert(Value::Null);
    if slot.is_null() {
        *slot = value();
    }
}

/// Goes into a field that is an object.
fn fields(
    object: &mut Map<String, Value>,
    field: &str,
    change: impl FnOnce(&mut Map<String, Value>),
) {
    if let Some(Value::Object(inner)) = object.get_mut(field) {
        change(inner);
    }
}

/// Goes into each object of a field that is a list.
fn each(
    object: &mut Map<String, Value>,
    field: &str,
    mut change: impl FnMut(&mut Map<String, Value>),
) {
    let items = object.get_mut(field).and_then(Value::as_array_mut);
    for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
        change(item);
    }
}
