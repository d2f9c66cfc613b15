//! The columns of a node.

use serde_json::Value;

use super::{AGE, Column, NAME, column, or_none, wide};
use crate::values::object::{Fields, Object};

pub(super) const NODE: &[Column] = &[
    NAME,
    column("STATUS", |o, _| node_status(o)),
    column("ROLES", |o, _| roles(o)),
    AGE,
    column("VERSION", |o, _| {
        o.text("/status/nodeInfo/kubeletVersion").into()
    }),
    wide("INTERNAL-IP", |o, _| or_none(address(o, "InternalIP"))),
    wide("EXTERNAL-IP", |o, _| or_none(address(o, "ExternalIP"))),
    wide("OS-IMAGE", |o, _| {
        or_unknown(o.text("/status/nodeInfo/osImage"))
    }),
    wide("KERNEL-VERSION", |o, _| {
        or_unknown(o.text("/status/nodeInfo/kernelVersion"))
    }),
    wide("CONTAINER-RUNTIME", |o, _| {
        or_unknown(o.text("/status/nodeInfo/containerRuntimeVersion"))
    }),
];

/// The roles of a node, from its labels.
pub(in crate::kubectl) fn roles(node: &Object) -> String {
    let labels = node.pointer("/metadata/labels").and_then(Value::as_object);
    let names = labels.into_iter().flat_map(|map| map.keys());
    let roles: Vec<_> = names
        .filter_map(|name| name.strip_prefix("node-role.kubernetes.io/"))
        .collect();
    or_none(&roles.join(","))
}

fn or_unknown(text: &str) -> String {
    if text.is_empty() { "<unknown>" } else { text }.into()
}

fn node_status(node: &Object) -> String {
    let mut status = match node.condition("Ready") {
        "True" => "Ready",
        "" => "Unknown",
        _ => "NotReady",
    }
    .to_owned();
    if node.flag("/spec/unschedulable") {
        status += ",SchedulingDisabled";
    }
    status
}

fn address<'n>(node: &'n Object, kind: &str) -> &'n str {
    let addresses = node.list("/status/addresses");
    addresses
        .iter()
        .find(|a| a.text("/type") == kind)
        .map_or("", |a| a.text("/address"))
}
