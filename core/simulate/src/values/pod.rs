//! What a pod says of itself: its status as one word, and the claims that it uses.

use std::borrow::Cow;

use serde_json::Value;

use super::object::{Fields, Object};

/// The phase, or what is more telling: what an unready container waits for, why it ended, or that the pod is going.
pub(crate) fn status(pod: &Object) -> String {
    let phase = pod.text("/status/phase");
    let given = pod.text("/status/reason");
    if pod.is_terminating() {
        if given == "NodeLost" {
            return "Unknown".into();
        }
        if !matches!(phase, "Succeeded" | "Failed") {
            return "Terminating".into();
        }
    }
    if let Some(initializing) = initializing(pod) {
        return initializing;
    }
    let mut status = if given.is_empty() { phase } else { given }.to_owned();
    let statuses = pod.list("/status/containerStatuses");
    // The first container has the last word.
    for container in statuses.iter().rev() {
        if let Some(reason) = stopped(container) {
            status = reason;
        }
    }
    let runs = |c: &Value| c.flag("/ready") && c.pointer("/state/running").is_some();
    if status == "Completed" && statuses.iter().any(runs) {
        let ready = pod.condition("Ready") == "True";
        return if ready { "Running" } else { "NotReady" }.into();
    }
    status
}

/// Why a container does not run.
fn stopped(container: &Value) -> Option<String> {
    let waiting = container.text("/state/waiting/reason");
    if !waiting.is_empty() {
        return Some(waiting.to_owned());
    }
    let ended = container.pointer("/state/terminated")?;
    let reason = ended.text("/reason");
    Some(if !reason.is_empty() {
        reason.to_owned()
    } else if let Some(signal) = ended.int("/signal").filter(|&s| s != 0) {
        format!("Signal:{signal}")
    } else {
        format!("ExitCode:{}", ended.int("/exitCode").unwrap_or(0))
    })
}

/// How far the init containers have come, unless they are through.
fn initializing(pod: &Object) -> Option<String> {
    if pod.condition("Initialized") == "True" {
        return None;
    }
    let statuses = pod.list("/status/initContainerStatuses");
    let through = |s: &Value| s.int("/state/terminated/exitCode") == Some(0);
    let (index, container) = statuses.iter().enumerate().find(|(_, s)| !through(s))?;
    Some(match stopped(container) {
        Some(reason) if reason != "PodInitializing" => format!("Init:{reason}"),
        _ => format!("Init:{index}/{}", pod.list("/spec/initContainers").len()),
    })
}

/// Names of the claims that a pod uses, those that are made for it among them.
pub(crate) fn claim_names(pod: &Object) -> impl Iterator<Item = Cow<'_, str>> {
    let volumes = pod.list("/spec/volumes").iter();
    volumes.filter_map(|volume| claim_name(pod, volume))
}

/// Name of the claim that a volume of a pod uses, if it uses one.
pub(crate) fn claim_name<'a>(pod: &Object, volume: &'a Value) -> Option<Cow<'a, str>> {
    if volume.get("ephemeral").is_some_and(Value::is_object) {
        return Some(format!("{}-{}", pod.name(), volume.text("/name")).into());
    }
    match volume.text("/persistentVolumeClaim/claimName") {
        "" => None,
        name => Some(name.into()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::status;

    /// A pod with two containers: one in this state, and one that is well.
    pub(crate) fn pod(state: &Value, ready: bool) -> Value {
        json!({
            "metadata": {"name": "web-0"},
            "spec": {"containers": [{}, {}]},
            "status": {"phase": "Running", "containerStatuses": [
                {"ready": ready, "state": state, "restartCount": 1},
                {"ready": true, "state": {"running": {}}, "restartCount": 0},
            ]},
        })
    }

    #[test]
    fn containers_speak_before_the_phase() {
        let waiting = json!({"waiting": {"reason": "ImagePullBackOff"}});
        assert_eq!(status(&pod(&waiting, false)), "ImagePullBackOff");
        let crashed = json!({"terminated": {"exitCode": 137}});
        assert_eq!(status(&pod(&crashed, false)), "ExitCode:137");
        let completed = json!({"terminated": {"reason": "Completed"}});
        assert_eq!(status(&pod(&completed, false)), "NotReady");
        assert_eq!(status(&pod(&json!({"running": {}}), true)), "Running");
    }

    #[test]
    fn going_pods_are_terminating_until_they_have_ended() {
        let mut going = pod(&json!({"running": {}}), true);
        going["metadata"]["deletionTimestamp"] = json!("2026-01-01T00:00:00Z");
        assert_eq!(status(&going), "Terminating");
        going["status"] = json!({"phase": "Failed"});
        assert_eq!(status(&going), "Failed");
    }

    #[test]
    fn init_containers_come_first() {
        let mut starting = json!({
            "spec": {"initContainers": [{}, {}], "containers": [{}]},
            "status": {"phase": "Pending", "initContainerStatuses": [
                {"state": {"terminated": {"exitCode": 0}}}, {"state": {"running": {}}},
            ]},
        });
        assert_eq!(status(&starting), "Init:1/2");
        starting["status"]["initContainerStatuses"][1]["state"] =
            json!({"waiting": {"reason": "CrashLoopBackOff"}});
        assert_eq!(status(&starting), "Init:CrashLoopBackOff");
    }
}
