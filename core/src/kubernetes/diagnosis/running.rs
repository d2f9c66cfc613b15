//! Pods whose containers run and that are not ready.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::Value;

use super::case::{Case, Patient, noticed, times};
use super::cause::{Cause, ObjectName};
use super::cure::{Cure, quoted};
use super::evidence::field::{condition, list, number, text};
use super::evidence::notice::Notice;
use super::name::CauseName;
use super::pods;
use super::starting::{self, Container};
use crate::desired::Management;

/// Why the pod is not ready.
pub(super) fn of(case: &Case<'_>, pod: &Patient<'_>, object: &Value) -> Option<Cause> {
    if pod.facts.ready {
        return None;
    }
    container(case, pod, object).or_else(|| gate(case, pod, object))
}

/// The first container that is not ready, in the order in which they start.
fn container(case: &Case<'_>, pod: &Patient<'_>, object: &Value) -> Option<Cause> {
    let mut containers = starting::containers(object)
        .filter(Container::stays)
        .filter(|it| it.status.pointer("/state/running").is_some());
    containers
        .find(|it| !starting::is_ready(it.status) || it.is_held_up(object))
        .and_then(|it| probe(case, pod, object, &it))
}

/// The probe that a container does not pass.
fn probe(case: &Case<'_>, pod: &Patient<'_>, object: &Value, it: &Container<'_>) -> Option<Cause> {
    let status = it.status;
    let restarts = number(status, "/restartCount").unwrap_or_default();
    let mut ended = String::new();
    if restarts > 0 {
        ended = format!("; it was restarted {}", times(restarts));
        if let Some(code) = number(status, "/lastState/terminated/exitCode") {
            let reason = text(status, "/lastState/terminated/reason");
            ended.push_str(&format!(
                ", and last ended with exit code {code} ({reason})"
            ));
        }
    }
    let (called, place) = (&*pod.name, ObjectName::new("Pod", &*pod.name));
    let range = (pod.ordinal, pod.ordinal);
    let who = it.called();
    let spec = it.spec(object)?;
    let (name, kind, how) = if it.is_held_up(object) {
        (CauseName::StartupProbeFails, "startup", "has not succeeded")
    } else {
        (CauseName::ProbeFails, "readiness", "does not succeed")
    };
    let probe = spec.get(format!("{kind}Probe"))?;
    let said = format!(
        "{who} of {called} runs, and its {kind} probe ({}) {how}{ended}",
        asks(probe)
    );
    let mut cause = Cause::new(name, range, place.clone(), said)
        .since(pod.since)
        .seen(format!("{}.ready", it.path), "false");
    let notices = case.notices("Pod", called, Some(object));
    let last = |probe: &str| {
        let mut failed = notices.iter().filter(|it| it.reason == "Unhealthy");
        // A probe that prints nothing says nothing.
        let says = |it: &&Notice| !it.message.trim_end().ends_with(':');
        failed.rfind(|it| it.message.to_lowercase().starts_with(probe) && says(it))
    };
    let said = [
        (last(kind), "it says"),
        (
            last("liveness"),
            "its liveness probe fails, too, and the kubelet restarts it for that",
        ),
    ];
    for (notice, what) in said {
        if let Some(notice) = notice {
            let message = notice.message.trim_end();
            cause.text.push_str(&format!("; {what}: {message}"));
            cause = noticed(cause, place.clone(), notice);
        }
    }
    let look = format!(
        "kubectl logs {called} -n {} -c {}",
        case.namespace(),
        it.name
    );
    cause = cause.cure(Cure::new("see what the container says").look(look));
    let mut correction = pods::CORRECT;
    let members = lacks_members(case, pod);
    if let Some(members) = &members {
        cause.name = CauseName::OrderedReadyProbe;
        cause.text.push_str(&format!(
            "; if the probe asks for other members, it never can: OrderedReady creates {members} only once {called} is ready"
        ));
        correction = "let the probe in the template ask for this member alone";
    }
    cause
        .cures
        .extend(pods::other_template(case, pod, correction));
    if members.is_some() {
        let orphan = format!("kubectl delete {} --cascade=orphan", case.set_words());
        cause = cause.cure(
            Cure::new(
                "create the set again with podManagementPolicy Parallel: keep its manifest, let go of its pods with this command, \
                 and apply the manifest with Parallel; the pods stay",
            )
            .run(orphan),
        );
    }
    Some(cause)
}

/// The ordinals that are only created once this pod is ready, if it never has been.
fn lacks_members(case: &Case<'_>, pod: &Patient<'_>) -> Option<String> {
    let set = case.set();
    let slots = set.slots()?;
    let mut later = slots.within(pod.ordinal.checked_add(1)?..slots.end);
    let first = later.next()?.start;
    let last = slots.end.checked_sub(1)?;
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
