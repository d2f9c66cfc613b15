//! A node.

use serde_json::Value;
use statefulset::Millis;

use super::page::Page;
use super::{allocation, moment, since, value};
use crate::kubectl::columns;
use crate::kubectl::jsonpath::show;
use crate::store::Store;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, store: &Store, node: &Object, heard: Option<Millis>) {
    page.field(0, "Name", node.name());
    page.field(0, "Roles", &columns::roles(node));
    page.labels(0, node);
    page.annotations(0, node);
    page.field(
        0,
        "CreationTimestamp",
        &moment(node.text("/metadata/creationTimestamp")),
    );
    let mut taints: Vec<_> = node.list("/spec/taints").iter().collect();
    taints.sort_by_key(|taint| format!("{},{}", taint.text("/effect"), taint.text("/key")));
    let taints: Vec<_> = taints.into_iter().map(taint).collect();
    page.fields(0, "Taints", &taints);
    page.field(
        0,
        "Unschedulable",
        &node.flag("/spec/unschedulable").to_string(),
    );
    page.line(0, "Lease:");
    page.field(1, "HolderIdentity", node.name());
    page.field(1, "AcquireTime", "<unset>");
    let heard = heard.map_or_else(String::new, instant::rfc3339);
    page.field(1, "RenewTime", &moment(&heard));
    let conditions = node.list("/status/conditions");
    if !conditions.is_empty() {
        page.line(0, "Conditions:");
        let seen = ["LastHeartbeatTime", "/lastHeartbeatTime"];
        super::conditions(page, conditions, seen);
    }
    page.line(0, "Addresses:");
    for address in node.list("/status/addresses") {
        page.field(1, address.text("/type"), address.text("/address"));
    }
    for (title, field) in [("Capacity", "capacity"), ("Allocatable", "allocatable")] {
        let map = node.pointer(&format!("/status/{field}"));
        if let Some(map) = map.and_then(Value::as_object).filter(|m| !m.is_empty()) {
            page.line(0, &format!("{title}:"));
            for (name, quantity) in map {
                page.field(1, name, &show(quantity));
            }
        }
    }
    page.line(0, "System Info:");
    for (title, field) in [
        ("Machine ID", "machineID"),
        ("System UUID", "systemUUID"),
        ("Boot ID", "bootID"),
        ("Kernel Version", "kernelVersion"),
        ("OS Image", "osImage"),
        ("Operating System", "operatingSystem"),
        ("Architecture", "architecture"),
        ("Container Runtime Version", "containerRuntimeVersion"),
        ("Kubelet Version", "kubeletVersion"),
    ] {
        page.field(1, title, node.text(&format!("/status/nodeInfo/{field}")));
    }
    page.some(0, "PodCIDR", node, "/spec/podCIDR");
    let ranges = value::texts(node.list("/spec/podCIDRs"));
    if !ranges.is_empty() {
        page.field(0, "PodCIDRs", &ranges.join(","));
    }
    page.some(0, "ProviderID", node, "/spec/providerID");
    pods(page, store, node);
}

/// `key=value:Effect`
fn taint(taint: &Value) -> String {
    let (key, value, effect) = (
        taint.text("/key"),
        taint.text("/value"),
        taint.text("/effect"),
    );
    match (value, effect) {
        ("", "") => key.to_owned(),
        ("", effect) => format!("{key}:{effect}"),
        (value, effect) => format!("{key}={value}:{effect}"),
    }
}

fn pods(page: &mut Page, store: &Store, node: &Object) {
    let here: Vec<_> = store
        .list(Kind::Pod, None)
        .filter(|pod| pod.text("/spec/nodeName") == node.name())
        .filter(|pod| !matches!(pod.text("/status/phase"), "Succeeded" | "Failed"))
        .map(|pod| &**pod)
        .collect();
    page.field(
        0,
        "Non-terminated Pods",
        &format!("({} in total)", here.len()),
    );
    page.line(
        1,
        "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge",
    );
    page.line(
        1,
        "---------\t----\t\t------------\t----------\t---------------\t-------------\t---",
    );
    let allocatable = allocation::allocatable(node);
    for pod in &here {
        let age = since(pod, "/metadata/creationTimestamp", store.now());
        let cells = allocation::cells(pod, &allocatable);
        let (namespace, name) = (pod.namespace(), pod.name());
        page.line(1, &format!("{namespace}\t{name}\t\t{cells}\t{age}"));
    }
    page.line(0, "Allocated resources:");
    page.line(
        1,
        "(Total limits may be over 100 percent, i.e., overcommitted.)",
    );
    allocation::total(page, &here, &allocatable);
}
