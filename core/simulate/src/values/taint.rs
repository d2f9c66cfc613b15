//! Taints of nodes: who tolerates them, and the one by which somebody vouches for a node's end.

use serde_json::Value;

use super::object::{Fields, Object};

/// Taint: the operator's word that the node is shut down.
pub(crate) const OUT_OF_SERVICE: &str = "node.kubernetes.io/out-of-service";

/// Whether somebody vouches that nothing runs on the node.
pub(crate) fn is_out_of_service(node: &Object) -> bool {
    let mut taints = node.list("/spec/taints").iter();
    taints.any(|taint| taint.text("/key") == OUT_OF_SERVICE)
}

/// The first of the pod's tolerations that tolerates the taint.
pub(crate) fn toleration<'a>(pod: &'a Object, taint: &Value) -> Option<&'a Value> {
    let (key, effect) = (taint.text("/key"), taint.text("/effect"));
    pod.list("/spec/tolerations").iter().find(|t| {
        let of_key = t.text("/key");
        let of_effect = t.text("/effect");
        let any = t.text("/operator") == "Exists";
        (of_effect.is_empty() || of_effect == effect)
            && (of_key == key || (of_key.is_empty() && any))
            && (any || t.text("/value") == taint.text("/value"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tolerations_match_by_key_value_and_effect() {
        let pod = |toleration: Value| json!({"spec": {"tolerations": [toleration]}});
        let taint = json!({"key": "dedicated", "value": "db", "effect": "NoSchedule"});
        let yes = |t| toleration(&pod(t), &taint).is_some();
        assert!(yes(json!({"operator": "Exists"})));
        assert!(yes(json!({"key": "dedicated", "value": "db"})));
        assert!(yes(
            json!({"key": "dedicated", "operator": "Exists", "effect": "NoSchedule"})
        ));
        assert!(!yes(json!({"key": "dedicated", "value": "web"})));
        assert!(!yes(
            json!({"key": "dedicated", "operator": "Exists", "effect": "NoExecute"})
        ));
    }
}
