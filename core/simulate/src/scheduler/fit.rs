//! Whether a node can take a pod, storage apart.

use crate::object::{Fields, Object};
use crate::scheduler::affinity::{affinity_admits, selector_admits, tolerates};

/// Why this node cannot take the pod, in the scheduler's words.
pub(super) fn refusal(pod: &Object, node: &Object) -> Option<&'static str> {
    let effect = "NoSchedule";
    if node.flag("/spec/unschedulable")
        && !tolerates(pod, "node.kubernetes.io/unschedulable", "", effect)
    {
        return Some("node(s) were unschedulable");
    }
    let tainted = node.list("/spec/taints").iter().any(|taint| {
        let effect = taint.text("/effect");
        matches!(effect, "NoSchedule" | "NoExecute")
            && !tolerates(pod, taint.text("/key"), taint.text("/value"), effect)
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
