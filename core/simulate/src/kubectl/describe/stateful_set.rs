//! A StatefulSet, and pod templates.

use serde_json::Value;

use super::container::Place;
use super::page::Page;
use super::{container, moment, scheduling, value, volume};
use crate::kubectl::jsonpath::show;
use crate::kubectl::{columns, selector};
use crate::store::Store;
use crate::values::affinity::label_selector_admits;
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
            .map_or_else(String::new, selector::text),
    );
    page.labels(0, set);
    page.annotations(0, set);
    page.some(0, "Service Name", set, "/spec/serviceName");
    page.some(0, "Pod Management Policy", set, "/spec/podManagementPolicy");
    let total = set.int("/status/replicas").unwrap_or(0);
    let desired = set.int("/spec/replicas").unwrap_or(1);
    page.field(0, "Replicas", &format!("{desired} desired | {total} total"));
    page.field(0, "Update Strategy", set.text("/spec/updateStrategy/type"));
    if let Some(update) = set.pointer("/spec/updateStrategy/rollingUpdate")
        && let Some(partition) = update.get("partition")
    {
        page.field(1, "Partition", &show(partition));
        // Without a partition, kubectl keeps this to itself.
        if let Some(most) = update.get("maxUnavailable") {
            page.field(1, "MaxUnavailable", &show(most));
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
    let selector = set.pointer("/spec/selector");
    let own: Vec<_> = all
        .filter(|p| p.controller().is_some_and(|o| o.text("/uid") == set.uid()))
        .filter(|p| label_selector_admits(selector, p))
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
    page.some(1, "Service Account", template, "/spec/serviceAccountName");
    let tell = |page: &mut Page, title: &str, containers: &[Value]| {
        container::describe(page, Place::Template, title, containers, &[]);
    };
    let init = template.list("/spec/initContainers");
    if !init.is_empty() {
        tell(page, "Init Containers", init);
    }
    tell(page, "Containers", template.list("/spec/containers"));
    let spec = template.get("spec").unwrap_or(&Value::Null);
    volume::describe(page, 1, spec.list("/volumes"));
    scheduling::spread(page, 1, spec);
    page.some(1, "Priority Class Name", spec, "/priorityClassName");
    page.pairs(1, "Node-Selectors", spec.get("nodeSelector"));
    scheduling::tolerations(page, 1, spec);
    scheduling::group(page, 1, spec);
}

fn claims(page: &mut Page, templates: &[Value]) {
    if templates.is_empty() {
        page.field(0, "Volume Claims", "<none>");
        return;
    }
    page.line(0, "Volume Claims:");
    for template in templates {
        page.field(1, "Name", template.name());
        page.field(1, "StorageClass", &columns::class(template));
        page.labels(1, template);
        // In this place kubectl writes annotations as it writes labels.
        let annotations = template.pointer("/metadata/annotations");
        page.pairs(1, "Annotations", annotations);
        let capacity = template.pointer("/spec/resources/requests/storage");
        let capacity = capacity.map_or_else(|| "<default>".into(), show);
        page.field(1, "Capacity", &capacity);
        let modes = value::list(template.list("/spec/accessModes"));
        page.field(1, "Access Modes", &modes);
    }
}
