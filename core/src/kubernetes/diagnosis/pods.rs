//! Why a pod that something waits for is not well: the first thing that explains it.

use std::format;
use std::vec::Vec;

use super::case::{Case, Patient};
use super::cause::{Cause, ObjectName};
use super::cure::Cure;
use super::name::CauseName;
use super::{running, scheduling, starting, terminating};
use crate::desired::Management;
use crate::node::NodeState;

/// One cause for each pod that something waits for, where one is found.
pub(super) fn of(case: &Case<'_>) -> Vec<Cause> {
    let patients = case.patients();
    patients.iter().filter_map(|pod| cause(case, pod)).collect()
}

fn cause(case: &Case<'_>, pod: &Patient<'_>) -> Option<Cause> {
    if pod.facts.is_terminating() {
        return terminating::of(case, pod);
    }
    let (_, facts) = case.turn.snapshot.pod(pod.index)?;
    let Some(home) = facts.node.as_deref() else {
        return scheduling::of(case, pod);
    };
    let node = case.turn.objects.nodes.get(home);
    if node.is_some_and(|node| node.state == NodeState::Unreachable) {
        // That has a cause of its own.
        return None;
    }
    if let Some(object) = &pod.object {
        let found = starting::of(case, pod, object).or_else(|| running::of(case, pod, object));
        if found.is_some() {
            return found;
        }
    }
    let is_down = node.is_some_and(|node| node.state == NodeState::NotReady);
    (is_down && !pod.facts.ready).then(|| {
        let text = format!("node {home}, where {} is, is not ready", pod.name);
        Cause::new(
            CauseName::NodeNotReady,
            (pod.ordinal, pod.ordinal),
            ObjectName::new("Node", home),
            text,
        )
        .since(pod.since)
        .seen("status.conditions[type=Ready].status", "False")
        .cure(
            Cure::new("see what the node says is wrong")
                .look(format!("kubectl describe node {home}")),
        )
    })
}

/// What to do about a pod that its template makes fail.
pub(super) fn other_template(case: &Case<'_>, pod: &Patient<'_>) -> Vec<Cure> {
    let desired = case.turn.snapshot.desired();
    let delete = case.kubectl("delete", "pod", &pod.name);
    // Otherwise the rollout replaces it by itself.
    let by_hand = desired.management == Management::OrderedReady;
    let run = |cure: Cure| if by_hand { cure.run(&*delete) } else { cure };
    if pod.facts.revision != desired.update {
        return Vec::from([run(Cure::new(
            "the template has been changed since: let the pod be made again from it",
        ))]);
    }
    let after = if by_hand {
        "correct the template, and then delete the pod, since OrderedReady does not replace it"
    } else {
        "correct the template: the pod is replaced by itself"
    };
    let mut cures = Vec::from([run(Cure::new(after))]);
    if desired.current != desired.update {
        let undo = format!("kubectl rollout undo {}", case.set_words());
        cures.push(run(Cure::new("go back to the template before").run(undo)));
    }
    cures
}
