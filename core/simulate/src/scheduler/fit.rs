//! Whether a node can take a pod, storage apart.

use serde_json::json;

use crate::object::{Fields, Object};
use crate::scheduler::affinity::{affinity_admits, selector_admits, toleration};

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
