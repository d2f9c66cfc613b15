//! The columns of a pod that are counted.

use statefulset::Millis;

use crate::values::duration;
use crate::values::object::{Fields, Object};
use crate::values::pod::Summary;

/// Ready containers out of all.
pub(super) fn ready(pod: &Object) -> String {
    let Summary {
        ready, containers, ..
    } = Summary::of(pod);
    format!("{ready}/{containers}")
}

/// Open readiness gates out of all.
pub(super) fn gates(pod: &Object) -> String {
    let gates = pod.list("/spec/readinessGates");
    if gates.is_empty() {
        return "<none>".into();
    }
    let open = gates
        .iter()
        .filter(|gate| pod.condition(gate.text("/conditionType")) == "True");
    format!("{}/{}", open.count(), gates.len())
}

/// How often containers were restarted, and how long ago the last time was.
pub(super) fn restarts(pod: &Object, now: Millis) -> String {
    let restarts = Summary::of(pod).restarts;
    match restarts.last {
        Some(last) if restarts.count != 0 => {
            format!("{} ({} ago)", restarts.count, duration::age(now - last))
        }
        _ => restarts.count.to_string(),
    }
}

/// The first of its addresses.
pub(super) fn address(pod: &Object) -> &str {
    match pod.text("/status/podIPs/0/ip") {
        "" => pod.text("/status/podIP"),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{gates, ready, restarts};
    use crate::values::pod::tests::pod;

    #[test]
    fn ready_containers_are_counted() {
        let waiting = json!({"waiting": {"reason": "ImagePullBackOff"}});
        assert_eq!(ready(&pod(&waiting, false)), "1/2");
        assert_eq!(ready(&pod(&json!({"running": {}}), true)), "2/2");
    }

    #[test]
    fn open_gates_are_counted() {
        let mut gated = pod(&json!({"running": {}}), true);
        assert_eq!(gates(&gated), "<none>");
        gated["spec"]["readinessGates"] = json!([{"conditionType": "a"}, {"conditionType": "b"}]);
        gated["status"]["conditions"] = json!([{"type": "b", "status": "True"}]);
        assert_eq!(gates(&gated), "1/2");
    }

    #[test]
    fn restarts_tell_when() {
        let mut restarted = pod(&json!({"running": {}}), true);
        assert_eq!(restarts(&restarted, 0), "1");
        restarted["status"]["containerStatuses"][0]["lastState"] =
            json!({"terminated": {"finishedAt": "2026-01-01T00:00:00Z"}});
        assert_eq!(restarts(&restarted, 1_767_225_605_000), "1 (5s ago)");
    }
}
