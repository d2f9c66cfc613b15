//! A node.

use serde_json::Value;
use statefulset::Millis;

use super::allocation::{self, Sum};
use super::page::Page;
use super::{lasts, moment};
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
    let taint = |t: &Value| match t.text("/value") {
        "" => format!("{}:{}", t.text("/key"), t.text("/effect")),
        value => format!("{}={value}:{}", t.text("/key"), t.text("/effect")),
    };
    let taints: Vec<_> = node.list("/spec/taints").iter().map(taint).collect();
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
    conditions(page, node);
    page.line(0, "Addresses:");
    for address in node.list("/status/addresses") {
        page.field(1, address.text("/type"), address.text("/address"));
    }
    for (title, field) in [("Capacity", "capacity"), ("Allocatable", "allocatable")] {
        let map = node.pointer(&format!("/status/{field}"));
        if let Some(map) = map.and_then(Value::as_object) {
            page.line(0, &format!("{title}:"));
            for (name, quantity) in map {
                page.field(1, name, &show(quantity));
            }
        }
    }
    if let Some(info) = node.pointer("/status/nodeInfo") {
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
            page.field(1, title, info.text(&format!("/{field}")));
        }
    }
    pods(page, store, node);
}

fn conditions(page: &mut Page, node: &Object) {
    let conditions = node.list("/status/conditions");
    if conditions.is_empty() {
        return;
    }
    page.line(0, "Conditions:");
    page.line(
        1,
        "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage",
    );
    page.line(
        1,
        "----\t------\t-----------------\t------------------\t------\t-------",
    );
    for condition in conditions {
        let cells = [
            condition.text("/type").to_owned(),
            condition.text("/status").into(),
            moment(condition.text("/lastHeartbeatTime")),
            moment(condition.text("/lastTransitionTime")),
            condition.text("/reason").into(),
            condition.text("/message").into(),
        ];
        page.line(1, &cells.join("\t"));
    }
}

fn pods(page: &mut Page, store: &Store, node: &Object) {
    let here: Vec<_> = store
        .list(Kind::Pod, None)
        .filter(|pod| pod.text("/spec/nodeName") == node.name())
        .filter(|pod| !matches!(pod.text("/status/phase"), "Succeeded" | "Failed"))
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
    let mut total = [Sum::default(); 4];
    for pod in here {
        let sums = allocation::COLUMNS.map(|(of, resource)| Sum::of(pod, of, resource));
        for (total, sum) in total.iter_mut().zip(sums) {
            *total = total.plus(sum);
        }
        let age = lasts(pod, "/metadata/creationTimestamp", store.now());
        let cells = shown(node, sums).join("\t");
        let (namespace, name) = (pod.namespace(), pod.name());
        page.line(1, &format!("{namespace}\t{name}\t\t{cells}\t{age}"));
    }
    page.line(0, "Allocated resources:");
    page.line(
        1,
        "(Total limits may be over 100 percent, i.e., overcommitted.)",
    );
    page.line(1, "Resource\tRequests\tLimits");
    page.line(1, "--------\t--------\t------");
    let [cpu, cpu_limit, memory, memory_limit] = shown(node, total);
    page.line(1, &format!("cpu\t{cpu}\t{cpu_limit}"));
    page.line(1, &format!("memory\t{memory}\t{memory_limit}"));
}

/// Each column's amount, and how much of the node that is.
fn shown(node: &Object, sums: [Sum; 4]) -> [String; 4] {
    let mut columns = allocation::COLUMNS.iter().zip(sums);
    std::array::from_fn(|_| {
        columns
            .next()
            .map_or_else(String::new, |(&(_, resource), sum)| {
                sum.shown(node, resource)
            })
    })
}
