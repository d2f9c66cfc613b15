//! The columns of a node.

use std::collections::BTreeSet;

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
    wide("INTERNAL-IP", |o, _| address(o, "InternalIP").into()),
    wide("EXTERNAL-IP", |o, _| address(o, "ExternalIP").into()),
    wide("OS-IMAGE", |o, _| {
        or_unknown(o.text("/status/nodeInfo/osImage"))
    }),
    wide("KERNEL-VERSION", |o, _| {
        let kernel = or_unknown(o.text("/status/nodeInfo/kernelVersion"));
        match o.text("/status/nodeInfo/architecture") {
            "" => kernel,
            architecture => format!("{kernel} ({architecture})"),
        }
    }),
    wide("CONTAINER-RUNTIME", |o, _| {
        or_unknown(o.text("/status/nodeInfo/containerRuntimeVersion"))
    }),
];

/// The roles of a node, from its labels.
pub(in crate::kubectl) fn roles(node: &Object) -> String {
    let labels = node.pointer("/metadata/labels").and_then(Value::as_object);
    let role = |(name, value): (&'_ String, &'_ Value)| {
        let role = match name.strip_prefix("node-role.kubernetes.io/") {
            None if name == "kubernetes.io/role" => value.as_str()?,
            role => role?,
        };
        (!role.is_empty()).then(|| role.to_owned())
    };
    let roles: BTreeSet<String> = labels.into_iter().flatten().filter_map(role).collect();
    or_none(&Vec::from_iter(roles).join(","))
}

fn or_unknown(text: &str) -> String {
    if text.is_empty() { "<unknown>" } else { text }.into()
}

fn node_status(node: &Object) -> String {
    let conditions = node.list("/status/conditions").iter();
    let ready = conditions.rev().find(|it| it.text("/type") == "Ready");
    let mut status = match ready.map(|it| it.text("/status")) {
        Some("True") => "Ready",
        Some(_) => "NotReady",
        None => "Unknown",
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
        .map_or("<none>", |a| a.text("/address"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::cells;
    use crate::values::kind::Kind;

    #[test]
    fn a_node_has_roles_addresses_and_an_architecture() {
        let node = json!({
            "metadata": {"name": "n", "labels": {
                "node-role.kubernetes.io/worker": "", "kubernetes.io/role": "db", "node-role.kubernetes.io/": "x",
            }},
            "status": {
                "conditions": [{"type": "Ready", "status": "True"}, {"type": "Ready", "status": ""}],
                "addresses": [{"type": "InternalIP", "address": "10.0.0.1"}],
                "nodeInfo": {"kernelVersion": "6.1", "architecture": "arm64", "kubeletVersion": "v1.37.0"},
            },
        });
        let expected = [
            "n",
            "NotReady",
            "db,worker",
            "<unknown>",
            "v1.37.0",
            "10.0.0.1",
            "<none>",
            "<unknown>",
            "6.1 (arm64)",
            "<unknown>",
        ];
        assert_eq!(cells(Kind::Node, &node, 0, true), expected);
    }
}
