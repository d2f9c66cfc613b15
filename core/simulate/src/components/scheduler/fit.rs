//! Whether a node can take a pod, storage apart.

use serde_json::{Value, json};

use crate::values::affinity::{affinity_admits, selector_admits};
use crate::values::object::{Fields, Object};
use crate::values::taint::toleration;

/// Why this node cannot take the pod, in the scheduler's words.
pub(super) fn refusal(pod: &Object, node: &Object) -> Option<&'static str> {
    let cordon = json!({"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"});
    if node.flag("/spec/unschedulable") && toleration(pod, &cordon).is_none() {
        return Some("node(s) were unschedulable");
    }
    let tainted = node.list("/spec/taints").iter().any(|taint| {
        matches!(taint.text("/effect"), "NoSchedule" | "NoExecute")
            && toleration(pod, taint).is_none()
    });
    if tainted {
        return Some("node(s) had untolerated taint(s)");
    }
    let required = "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";
    if !selector_admits(pod.pointer("/spec/nodeSelector"), node)
        || !affinity_admits(pod.pointer(required), node)
    {
        return Some("node(s) didn't match Pod's node affinity/selector");
    }
    None
}

/// How many disks can be attached to the node, where that is limited.
pub(super) fn most_disks(node: &Object) -> Option<usize> {
    let room = node.pointer("/status/allocatable")?.as_object()?;
    let limits = room
        .iter()
        .filter(|(name, _)| name.starts_with("attachable-volumes-"));
    let limits = limits.filter_map(|(_, limit)| match limit {
        Value::String(text) => text.parse().ok(),
        number => usize::try_from(number.as_u64()?).ok(),
    });
    limits.min()
}
