//! Pods that fail as a whole and are made again, and containers that end again and again while their pod counts as ready.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::Value;

use super::case::{Case, noticed, times};
use super::cause::{Cause, ObjectName, Weight};
use super::cure::Cure;
use super::evidence::field::text;
use super::evidence::notice::Notice;
use super::name::CauseName;
use super::{line, starting};
use crate::kubernetes::object::template;
use crate::pod::Pod;
use crate::policies::Paused;

/// What is more often than this is no accident.
const OFTEN: i64 = 3;

/// The causes and remarks, by ordinal.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let pods = case.turn.snapshot.roster.pods().iter();
    let set = case.set();
    let pods = pods.filter(|pod| !pod.is_terminating() && set.wants(pod.ordinal));
    pods.filter_map(|pod| failed(case, pod).or_else(|| restarted(case, pod)))
        .collect()
}

/// A pod that has failed, or whose predecessors have failed again and again until a moment ago.
fn failed(case: &Case<'_>, pod: &Pod) -> Option<Cause> {
    let set = case.set();
    if set.policies.view().paused.contains(Paused::REPLACEMENT) {
        return None;
    }
    let name = template::pod_name(set, pod.ordinal);
    let object = case.evidence.object("Pod", case.namespace(), &name);
    let of_set = case.notices(set.resource.kind(), case.name(), Some(&set.object));
    let made_again = of_set.iter().rfind(|it| {
        it.reason.starts_with("Recreating") && it.message.split(' ').any(|word| word == name)
    });
    let is_recent = |it: &&Notice| it.count >= OFTEN && !case.lasts(it.last);
    // The events are about the pods before, of other uids.
    let of_pods = case.notices("Pod", &name, None);
    let evictions: Vec<&Notice> = of_pods.iter().filter(|it| it.reason == "Evicted").collect();
    let evicted = evictions.last().map(|last| Notice {
        count: evictions.iter().map(|it| it.count).sum(),
        first: evictions.iter().filter_map(|it| it.first).min(),
        ..(*last).clone()
    });
    // Not every controller says that it makes a pod again.
    let often = made_again
        .filter(is_recent)
        .or(evicted.as_ref().filter(is_recent));
    if !pod.is_terminal() && (pod.ready || often.is_none()) {
        return None;
    }
    let mut why = object.as_ref().map_or_else(String::new, reason);
    if let Some(evicted) = evicted.as_ref().filter(|_| why.is_empty()) {
        why = evicted.message.trim_end().to_string();
    }
    let mut said = if pod.is_terminal() {
        format!("pod {name} has failed as a whole, and the set makes it again")
    } else {
        format!("the pods before this {name} have failed as a whole")
    };
    if let Some(notice) = often {
        said.push_str(&format!("; this has happened {}", times(notice.count)));
    }
    if !why.is_empty() {
        said.push_str(&format!(": {why}"));
    }
    let place = ObjectName::new("Pod", &*name);
    let cause = Cause::new(CauseName::PodFails, (pod.ordinal, pod.ordinal), place, said)
        .since(often.map_or(Some(case.now), |it| it.first));
    let cause = match often {
        Some(notice) => noticed(cause, case.set_place(), notice),
        None => cause,
    };
    let mend = if why.contains("low on resource") {
        "make room on its node, or let the template ask for as much as the pod really uses, so that the scheduler finds a node that has it"
    } else {
        "mend what it says; the pod is made again by itself"
    };
    Some(cause.cure(Cure::new(mend).look(case.ask_events(&name))))
}

/// What a pod says of its end.
fn reason(pod: &Value) -> String {
    let (reason, message) = (text(pod, "/status/reason"), text(pod, "/status/message"));
    match (reason, message.trim_end()) {
        (reason, "") => reason.into(),
        ("", message) => line::short(message),
        (reason, message) => format!("{reason}: {}", line::short(message)),
    }
}

/// A container of a ready pod that was restarted often, and just now.
fn restarted(case: &Case<'_>, pod: &Pod) -> Option<Cause> {
    let name = template::pod_name(case.set(), pod.ordinal);
    let object = case.evidence.object("Pod", case.namespace(), &name)?;
    let mut containers = starting::containers(&object).filter(|_| pod.ready);
    let found = containers.find(|it| it.is_restarted_now(case))?;
    let said = format!(
        "{} of {name} is ready now, but {}",
        found.called(),
        found.ended("/lastState/terminated")
    );
    let look = format!(
        "kubectl logs {name} -n {} -c {} --previous",
        case.namespace(),
        found.name
    );
    let range = (pod.ordinal, pod.ordinal);
    let place = ObjectName::new("Pod", &*name);
    let cause = Cause::new(CauseName::ContainerCrashes, range, place, said);
    let cure = Cure::new("see what it said before it ended");
    Some(cause.weighing(Weight::Remark).cure(cure.look(look)))
}
