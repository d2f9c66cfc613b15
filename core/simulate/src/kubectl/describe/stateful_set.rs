//! A StatefulSet, and pod templates.

use serde_json::Value;

use super::page::Page;
use super::{container, moment, volume};
use crate::kubectl::selector;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, store: &Store, set: &Object) {
    page.title(set);
    page.field(
        0,
        "CreationTimestamp",
        &moment(set.text("/metadata/creationTimestamp")),
    );
    page.field(
        0,
        "Selector",
        &set.pointer("/spec/selector")
            .map_or_else(|| "<none>".into(), selector::shown),
    );
    page.labels(0, set);
    page.annotations(0, set);
    page.field(0, "Service Name", set.text("/spec/serviceName"));
    page.field(
        0,
        "Pod Management Policy",
        set.text("/spec/podManagementPolicy"),
    );
    let total = set.int("/status/replicas").unwrap_or(0);
    let desired = set.int("/spec/replicas").unwrap_or(1);
    page.field(0, "Replicas", &format!("{desired} desired | {total} total"));
    page.field(0, "Update Strategy", set.text("/spec/updateStrategy/type"));
    for (name, field) in [
        ("Partition", "partition"),
        ("MaxUnavailable", "maxUnavailable"),
    ] {
        let value = set.pointer(&format!("/spec/updateStrategy/rollingUpdate/{field}"));
        if let Some(value) = value {
            page.field(1, name, &crate::kubectl::jsonpath::show(value));
        }
    }
    if let Some(policy) = set.pointer("/spec/persistentVolumeClaimRetentionPolicy") {
        page.line(0, "Persistent Volume Claim Retention Policy:");
        page.field(1, "WhenDeleted", policy.text("/whenDeleted"));
        page.field(1, "WhenScaled", policy.text("/whenScaled"));
    }
    pods(page, store, set);
    page.line(0, "Pod Template:");
    template(page, set.pointer("/spec/template").unwrap_or(&Value::Null));
    claims(page, set.list("/spec/volumeClaimTemplates"));
}

/// How many of the set's own pods are in each phase.
fn pods(page: &mut Page, store: &Store, set: &Object) {
    let all = store.list(Kind::Pod, Some(set.namespace()));
    let own: Vec<_> = all
        .filter(|p| p.controller().is_some_and(|o| o.text("/uid") == set.uid()))
        .collect();
    let count = |phase: &str| {
        own.iter()
            .filter(|p| p.text("/status/phase") == phase)
            .count()
    };
    let text = format!(
        "{} Running / {} Waiting / {} Succeeded / {} Failed",
        count("Running"),
        count("Pending"),
        count("Succeeded"),
        count("Failed"),
    );
    page.field(0, "Pods Status", &text);
}

/// A pod template; its title stands above it.
pub(super) fn template(page: &mut Page, template: &Value) {
    page.labels(1, template);
    let annotations = template.pointer("/metadata/annotations");
    if annotations
        .and_then(Value::as_object)
        .is_some_and(|a| !a.is_empty())
    {
        page.annotations(1, template);
    }
    let account = template.text("/spec/serviceAccountName");
    if !account.is_empty() {
        page.field(1, "Service Account", account);
    }
    let init = template.list("/spec/initContainers");
    if !init.is_empty() {
        page.line(1, "Init Containers:");
        container::describe(page, container::Place::Template, init, &[]);
    }
    page.line(1, "Containers:");
    let containers = template.list("/spec/containers");
    container::describe(page, container::Place::Template, containers, &[]);
    volume::describe(page, 1, template.list("/spec/volumes"));
    page.pairs(1, "Node-Selectors", template.pointer("/spec/nodeSelector"));
    let tolerations = template.list("/spec/tolerations");
    page.fields(1, "Tolerations", &container::tolerations(tolerations));
}

fn claims(page: &mut Page, templates: &[Value]) {
    if templates.is_empty() {
        page.field(0, "Volume Claims", "<none>");
        return;
    }
    page.line(0, "Volume Claims:");
    for template in templates {
        page.field(1, "Name", template.name());
        page.field(1, "StorageClass", template.text("/spec/storageClassName"));
        page.labels(1, template);
        page.annotations(1, template);
        let capacity = template.text("/spec/resources/requests/storage");
        let capacity = if capacity.is_empty() {
            "<default>"
        } else {
            capacity
        };
        page.field(1, "Capacity", capacity);
        let modes = template.list("/spec/accessModes").iter();
        let modes: Vec<_> = modes.filter_map(Value::as_str).collect();
        page.field(1, "Access Modes", &format!("[{}]", modes.join(" ")));
    }
}
