//! Pods that are being deleted and are not gone.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::case::{Case, Patient};
use super::cause::{Cause, ObjectName};
use super::cure::{Cure, quoted};
use super::evidence::field::{self, condition, list, number};
use super::line;
use super::name::CauseName;
use crate::explain::Length;
use crate::node::NodeState;
use crate::time::Millis;

/// How long a kubelet may take longer than it was told.
const SLACK: Millis = 30_000;

/// Why a pod that is being deleted is not gone.
pub(super) fn of(case: &Case<'_>, pod: &Patient<'_>) -> Option<Cause> {
    // It is the moment at which the grace period ends.
    let ends = pod.facts.terminating_since?;
    let (name, range) = (&*pod.name, (pod.ordinal, pod.ordinal));
    let place = ObjectName::new("Pod", name);
    let object = pod.object.as_ref();
    let grace = object
        .and_then(|it| number(it, "/metadata/deletionGracePeriodSeconds"))
        .unwrap_or_default();
    let since = Some(ends.saturating_sub(grace.saturating_mul(1000)));
    let node = pod
        .facts
        .node
        .and_then(|it| case.turn.snapshot.observed().nodes?.get(it as usize));
    if node.is_some_and(|node| node.state == NodeState::Unreachable) {
        // That has a cause of its own.
        return None;
    }
    let holders: Vec<&str> = object
        .iter()
        .flat_map(|it| list(it, "/metadata/finalizers"))
        .filter_map(|it| it.as_str())
        .collect();
    let over = case.now.saturating_sub(ends) > SLACK;
    // A kubelet waits for no finalizer: what runs ends, and the object stays.
    if !holders.is_empty() && (over || grace == 0) {
        let held = holders.join(", ");
        let text = format!("{name} is being deleted and cannot go: it is held by {held}");
        let patch = format!(
            "kubectl patch pod {name} -n {} --type=merge -p {}",
            case.namespace(),
            quoted(r#"{"metadata":{"finalizers":null}}"#)
        );
        let see = format!(
            "see why the controller that set the finalizer {} does not remove it",
            holders[0]
        );
        let cause = Cause::new(CauseName::PodFinalizer, range, place, text).since(since);
        return Some(
            cause
                .seen("metadata.finalizers", held)
                .cure(Cure::new(see))
                .cure(
                    Cure::new("remove the finalizers by hand")
                        .but("what they were to clean up stays behind")
                        .run(patch),
                ),
        );
    }
    if !over {
        let left = Length(ends.saturating_sub(case.now).max(1000));
        let text = format!("{name} is ending, and has {left} of its grace period left");
        let cause = Cause::new(CauseName::GracePeriod, range, place, text);
        return Some(cause.seen(
            "metadata.deletionTimestamp",
            crate::kubernetes::object::fields::format_time(ends),
        ));
    }
    let ago = Length(case.now.saturating_sub(ends));
    let (why, see) = unsaid(case, pod);
    let mut text =
        format!("{name} should have ended {ago} ago: its kubelet has not said that it has; {why}");
    let said = object.map_or("", |it| field::text(it, "/status/message"));
    if !said.is_empty() {
        text.push_str(&format!("; the pod says: {}", line::short(said)));
    }
    let force = format!(
        "{} --force --grace-period=0",
        case.kubectl("delete", "pod", name)
    );
    let cause = Cause::new(CauseName::TerminationOverdue, range, place, text).since(since);
    Some(
        cause
            .seen("metadata.deletionTimestamp", crate::kubernetes::object::fields::format_time(ends))
            .cure(see)
            .cure(
                Cure::new("delete the object by force")
                    .but("only if it is certain that nothing of the pod runs any more: else two pods of one identity may run, on one disk")
                    .run(force),
            ),
    )
}

/// Why a kubelet has not said that a pod has ended, as far as its node shows, and where to look.
fn unsaid(case: &Case<'_>, pod: &Patient<'_>) -> (String, Cure) {
    let home = case.turn.snapshot.pod(pod.index);
    let home = home.and_then(|(_, facts)| facts.node.as_deref());
    let process = || {
        let look = "look at the pod's events and at the log of its node's kubelet";
        (
            String::from("perhaps a process does not end, or a volume cannot be unmounted"),
            Cure::new(look).look(case.ask_events(&pod.name)),
        )
    };
    let Some(home) = home.filter(|_| case.turn.snapshot.observed().nodes.is_some()) else {
        return process();
    };
    let describe = format!("kubectl describe node {home}");
    let Some(node) = case.turn.objects.nodes.get(home) else {
        let back = Cure::new(
            "bring the node back, if its machine may still run: then its kubelet ends the pod",
        );
        return (format!("its node {home} does not exist any more"), back);
    };
    if node.state == NodeState::Fenced {
        let text = format!(
            "its node {home} has the taint node.kubernetes.io/out-of-service, so the pod garbage collector of kube-controller-manager deletes the pod, \
             unless the node is ready again"
        );
        let wait = "wait a minute; if the pod is still there then, see whether that collector runs";
        return (text, Cure::new(wait).look(describe));
    }
    let object = case.evidence.object("Node", "", home);
    let says = object.as_ref().and_then(|it| condition(it, "Ready"));
    let says = says.map_or("", |(_, it)| field::text(it, "/message"));
    let says = if says.is_empty() {
        String::new()
    } else {
        format!(" ({})", line::short(says))
    };
    let see = Cure::new("see what the node says is wrong, and bring it back").look(describe);
    match node.state {
        NodeState::Ready => process(),
        NodeState::NotReady => (format!("its node {home} is not ready{says}"), see),
        _ => (format!("its node {home} does not report{says}"), see),
    }
}
