//! Pods whose containers run and that are not ready.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::Value;

use super::case::{Case, Patient, noticed};
use super::cause::{Cause, ObjectName};
use super::cure::{Cure, quoted};
use super::evidence::field::{condition, is_true, list, number, text};
use super::name::CauseName;
use super::{pods, starting};
use crate::desired::Management;

/// Why the pod is not ready.
pub(super) fn of(case: &Case<'_>, pod: &Patient<'_>, object: &Value) -> Option<Cause> {
    if pod.facts.ready {
        return None;
    }
    container(case, pod, object).or_else(|| gate(case, pod, object))
}

/// The first container that is not ready.
fn container(case: &Case<'_>, pod: &Patient<'_>, object: &Value) -> Option<Cause> {
    let statuses = list(object, "/status/containerStatuses").enumerate();
    let (i, status) = statuses
        .filter(|(_, it)| it.pointer("/state/running").is_some())
        .find(|(_, it)| !starting::is_ready(it))?;
    let name = text(status, "/name");
    let mut specs = list(object, "/spec/containers");
    let spec = specs.find(|it| text(it, "/name") == name);
    let probe = |field: &str| spec.and_then(|spec| spec.get(field));
    let restarts = number(status, "/restartCount").unwrap_or_default();
    let mut ended = String::new();
    if restarts > 0 {
        ended = format!("; it was restarted {restarts} times");
        if let Some(code) = number(status, "/lastState/terminated/exitCode") {
            let reason = text(status, "/lastState/terminated/reason");
            ended.push_str(&format!(
                ", and last ended with exit code {code} ({reason})"
            ));
        }
    }
    let (called, place) = (&*pod.name, ObjectName::new("Pod", &*pod.name));
    let range = (pod.ordinal, pod.ordinal);
    let startup = probe("startupProbe").filter(|_| !is_true(status, "/started"));
    let cause = if let Some(probe) = startup {
        let said = format!(
            "container {name} of {called} runs, and its startup probe ({}) has not succeeded{ended}",
            asks(probe)
        );
        Cause::new(CauseName::StartupProbeFails, range, place.clone(), said)
    } else {
        let probe = probe("readinessProbe")?;
        let said = format!(
            "container {name} of {called} runs, and its readiness probe ({}) does not succeed{ended}",
            asks(probe)
        );
        Cause::new(CauseName::ProbeFails, range, place.clone(), said)
    };
    let mut cause = cause
        .since(pod.since)
        .seen(format!("status.containerStatuses[{i}].ready"), "false");
    let notices = case.notices("Pod", called, Some(object));
    if let Some(notice) = starting::last(&notices, &["Unhealthy"], &[]) {
        cause
            .text
            .push_str(&format!("; it says: {}", notice.message.trim_end()));
        cause = noticed(cause, place, notice);
    }
    let look = format!("kubectl logs {called} -n {} -c {name}", case.namespace());
    cause = cause.cure(Cure::new("see what the container says").look(look));
    if let Some(members) = lacks_members(case, pod) {
        cause.name = CauseName::OrderedReadyProbe;
        cause.text.push_str(&format!(
            "; if the probe asks for other members, it never can: OrderedReady creates {members} only once {called} is ready"
        ));
        let orphan = format!("kubectl delete {} --cascade=orphan", case.set_words());
        cause.cures = Vec::from([
            Cure::new("let the probe ask for this member alone, and then delete the pod").run(case.kubectl("delete", "pod", called)),
            Cure::new(
                "create the set again with podManagementPolicy Parallel: keep its manifest, let go of its pods with this command, \
                 and apply the manifest with Parallel; the pods stay",
            )
            .run(orphan),
        ]);
        return Some(cause);
    }
    cause.cures.extend(pods::other_template(case, pod));
    Some(cause)
}

/// The ordinals that are only created once this pod is ready, if it never has been.
fn lacks_members(case: &Case<'_>, pod: &Patient<'_>) -> Option<String> {
    let set = case.set();
    let first = pod.ordinal.checked_add(1)?;
    let last = set.start.checked_add(set.replicas)?.checked_sub(1)?;
    let missing = |ordinal| {
        let mut pods = case.turn.snapshot.roster.pods().iter();
        !pods.any(|it| it.ordinal == ordinal)
    };
    let is_alone = set.management == Management::OrderedReady
        && first <= last
        && missing(first)
        && missing(last);
    is_alone.then(|| super::finding::pods(case.name(), first, last))
}

/// What a probe does, in a few words.
fn asks(probe: &Value) -> String {
    if let Some(exec) = probe.get("exec") {
        let words: Vec<&str> = list(exec, "/command").filter_map(Value::as_str).collect();
        return words.join(" ");
    }
    for (field, verb) in [
        ("httpGet", "GET"),
        ("tcpSocket", "connect to"),
        ("grpc", "gRPC"),
    ] {
        if let Some(it) = probe.get(field) {
            let port = it.get("port").map_or_else(String::new, |port| match port {
                Value::String(name) => name.clone(),
                other => other.to_string(),
            });
            return format!(
                "{verb} {}port {port}",
                match text(it, "/path") {
                    "" => String::new(),
                    path => format!("{path} at "),
                }
            );
        }
    }
    "of an unknown kind".to_string()
}

/// All containers are ready, and a readiness gate is not.
fn gate(case: &Case<'_>, pod: &Patient<'_>, object: &Value) -> Option<Cause> {
    let gates = list(object, "/spec/readinessGates").map(|it| text(it, "/conditionType"));
    let closed: Vec<(&str, Option<(usize, &Value)>)> = gates
        .map(|name| (name, condition(object, name)))
        .filter(|(_, it)| it.is_none_or(|(_, it)| text(it, "/status") != "True"))
        .collect();
    let (first, found) = closed.first()?;
    let names: Vec<&str> = closed.iter().map(|(name, _)| *name).collect();
    let state = match found {
        None => "nobody has set that condition".to_string(),
        Some((_, it)) => format!(
            "the condition is {}: {}",
            text(it, "/status"),
            text(it, "/message")
        ),
    };
    let said = format!(
        "all containers of {} are ready, but its readiness gate {} is not open: {state}",
        pod.name,
        names.join(", ")
    );
    let conditions: Vec<String> = names
        .iter()
        .map(|it| format!("{{\"type\":{it:?},\"status\":\"True\"}}"))
        .collect();
    let patch = format!(
        "{{\"status\":{{\"conditions\":[{}]}}}}",
        conditions.join(",")
    );
    let set = format!(
        "kubectl patch pod {} -n {} --subresource=status --type=strategic -p {}",
        pod.name,
        case.namespace(),
        quoted(&patch)
    );
    let place = ObjectName::new("Pod", &*pod.name);
    let mut cause = Cause::new(
        CauseName::ReadinessGate,
        (pod.ordinal, pod.ordinal),
        place,
        said,
    )
    .since(pod.since);
    if let Some((i, it)) = condition(object, "Ready") {
        cause = cause.seen(
            format!("status.conditions[{i}].message"),
            text(it, "/message"),
        );
    }
    let owner = Cure::new(format!(
        "see whether the controller runs that is to set the condition {first}"
    ));
    let by_hand = Cure::new("set the condition by hand")
        .but("the pod then counts as ready, whatever the gate was to wait for")
        .run(set);
    Some(cause.cure(owner).cure(by_hand))
}
