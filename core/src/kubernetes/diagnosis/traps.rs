//! Which traps a set is in.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::trap::{Trap, TrapName};
use super::{claims, pods};
use crate::action::Action;
use crate::desired::{Ordinal, Strategy};
use crate::explain::Names;
use crate::kubernetes::object::template;
use crate::kubernetes::turn::Turn;
use crate::kubernetes::value::key::Key;
use crate::kubernetes::value::kind::Kind;
use crate::node::{Node, NodeState};
use crate::plan::Plan;
use crate::pod::Pod;
use crate::time::Millis;
use crate::wait::{Gate, On, Wait};

/// The traps, in order of their ordinals.
pub(crate) fn of(turn: &Turn<'_>, plan: &Plan, now: Millis) -> Vec<Trap> {
    let mut traps: Vec<Trap> = plan
        .waits()
        .flat_map(|(action, wait)| wait.gates.iter().map(move |gate| (action, wait, gate)))
        .filter_map(|(action, wait, gate)| behind_gate(turn, action, wait, gate))
        .collect();
    traps.extend(claims::unbound(turn));
    traps.extend(silent_nodes(turn, now));
    traps.extend(blocked_drains(turn));
    traps.extend(held_back(turn));
    for trap in traps.iter_mut().filter(|trap| trap.name.may_pass()) {
        trap.since = waiting_since(plan, trap.first, trap.last);
    }
    traps.sort_by_key(|trap| (trap.first, trap.last, trap.name));
    traps
}

/// Since when something is waited for in this range.
fn waiting_since(plan: &Plan, first: Ordinal, last: Ordinal) -> Option<Millis> {
    plan.waits()
        .filter(|(action, wait)| action.ordinal <= last && first <= wait.through)
        .filter_map(|(_, wait)| wait.since)
        .min()
}

pub(super) fn trap(
    name: TrapName,
    (first, last): (Ordinal, Ordinal),
    text: String,
    cure: impl Into<String>,
) -> Trap {
    Trap {
        name,
        first,
        last,
        on_purpose: name.is_on_purpose(),
        since: None,
        text,
        cure: cure.into(),
    }
}

fn behind_gate(turn: &Turn<'_>, action: &Action, wait: &Wait, gate: Gate) -> Option<Trap> {
    let (set, namespace) = (&*turn.set.key.name, &*turn.set.key.namespace);
    let range = (action.ordinal, wait.through);
    let pod = template::pod_name(turn.set, action.ordinal);
    let (name, text, cure) = match gate {
        Gate::BrokenRevision => (
            TrapName::BrokenRevision,
            format!(
                "{} broken, and OrderedReady never replaces a broken pod: the rollout goes no further (kubernetes#67250)",
                are(&pods(set, range.0, range.1), range)
            ),
            format!(
                "correct the template, then delete the pod by hand: kubectl delete pod -n {namespace} {pod}"
            ),
        ),
        Gate::UnhealthyLeaver => (
            TrapName::UnhealthyLeaver,
            format!(
                "{pod} is to be deleted and is unhealthy, and scale-in waits until it, or an unhealthy one below, recovers"
            ),
            format!("delete it by hand: kubectl delete pod -n {namespace} {pod}"),
        ),
        Gate::ReadySinceMissing => (
            TrapName::ReadySinceMissing,
            format!(
                "{pod} does not say since when it is ready, so minReadySeconds never ends by itself"
            ),
            "give its Ready condition a lastTransitionTime, or set minReadySeconds to 0"
                .to_string(),
        ),
        Gate::ClaimTerminating => {
            let On::Claim(claim) = wait.on else {
                return None;
            };
            let (claim, _) = turn.snapshot.claim(claim)?;
            (
                TrapName::TerminatingClaim,
                format!(
                    "claim {claim} is being deleted, and {pod} cannot have a new one before it is gone"
                ),
                format!(
                    "see who uses it and which finalizers it has: kubectl describe pvc -n {namespace} {claim}"
                ),
            )
        }
        Gate::NameTaken => (
            TrapName::NameSquatter,
            format!("there is a pod {pod} that does not belong to the set"),
            format!(
                "delete it, or give it the set's labels and no owner: kubectl get pod -n {namespace} {pod} -o yaml"
            ),
        ),
        Gate::BadObject => (
            TrapName::UnreadableObject,
            unreadable(turn, action.ordinal)
                .unwrap_or_else(|| format!("an object of {pod} cannot be read")),
            "correct the object".to_string(),
        ),
        Gate::UnknownStrategy => (
            TrapName::UnknownStrategy,
            "the update strategy is not switched on, and nothing is done for the set".to_string(),
            "switch on the feature gate StatefulSetRecreateStrategy, or choose RollingUpdate or OnDelete"
                .to_string(),
        ),
        _ => return None,
    };
    Some(trap(name, range, text, cure))
}

fn are(pods: &str, (first, last): (Ordinal, Ordinal)) -> String {
    format!("{pods} {}", if first == last { "is" } else { "are" })
}

/// What is wrong with an object of an ordinal.
fn unreadable(turn: &Turn<'_>, ordinal: Ordinal) -> Option<String> {
    let set = turn.set;
    let pod = (Kind::Pod, template::pod_name(set, ordinal));
    let claims = set.templates.iter().map(|it| {
        let name = template::claim_name(set, it, ordinal);
        (Kind::PersistentVolumeClaim, name)
    });
    let mut objects = [pod].into_iter().chain(claims);
    objects.find_map(|(kind, name)| {
        let key = Key::new(&*set.key.namespace, name);
        let error = turn.objects.error(kind, &key)?;
        Some(format!("cannot be read: {error}"))
    })
}

/// The set's pods by the node that they are on.
fn by_node<'a>(
    turn: &'a Turn<'_>,
) -> impl Iterator<Item = (&'a str, Node, Vec<(&'a Pod, String)>)> {
    let nodes = turn.objects.nodes.list().iter().enumerate();
    nodes.filter_map(|(place, node)| {
        let place = u32::try_from(place).ok()?;
        let here: Vec<_> = (0..)
            .zip(turn.snapshot.roster.pods())
            .filter(|(_, pod)| pod.node == Some(place))
            .filter_map(|(i, pod)| Some((pod, turn.snapshot.pod(i)?.0.into_owned())))
            .collect();
        let (name, _) = turn.snapshot.node(place)?;
        (!here.is_empty()).then_some((name, *node, here))
    })
}

fn ordinals(pods: &[(&Pod, String)]) -> (Ordinal, Ordinal) {
    let all = || pods.iter().map(|(pod, _)| pod.ordinal);
    (all().min().unwrap_or(0), all().max().unwrap_or(0))
}

fn names(pods: &[(&Pod, String)]) -> String {
    let names: Vec<&str> = pods.iter().map(|(_, name)| &**name).collect();
    names.join(", ")
}

fn silent_nodes(turn: &Turn<'_>, now: Millis) -> Vec<Trap> {
    by_node(turn)
        .filter(|(_, node, _)| node.state == NodeState::Unreachable)
        .map(|(name, node, pods)| {
            let since = node.since.map(|since| now.saturating_sub(since) / 60_000);
            let since = since.map_or(String::new(), |minutes| format!(" (for {minutes} min)"));
            trap(
                TrapName::UnreachableNode,
                ordinals(&pods),
                format!(
                    "node {name} does not report{since}: {} may still run there, and a pod that may still run is not \
                     may run",
                    names(&pods)
                ),
                format!(
                    "bring the node back; or, once it is certain that it is off: kubectl taint node {name} \
                     node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"
                ),
            )
        })
        .collect()
}

fn blocked_drains(turn: &Turn<'_>) -> Vec<Trap> {
    let budgets = turn.snapshot.observed().budgets.unwrap_or_default();
    let mut traps = Vec::new();
    for (node, _, pods) in by_node(turn).filter(|(_, node, _)| node.cordoned || node.draining) {
        for (pod, name) in pods {
            let Some(index) = pod.budget.filter(|_| !pod.is_terminating()) else {
                continue;
            };
            let Some(budget) = budgets.get(index as usize).filter(|it| it.allowed == 0) else {
                continue;
            };
            let called = turn.snapshot.budget(index).unwrap_or_default();
            traps.push(trap(
                TrapName::BlockedDrain,
                (pod.ordinal, pod.ordinal),
                format!(
                    "node {node} is cordoned, and disruption budget {called} does not allow {name} to be evicted: {} \
                     healthy, {} must stay",
                    budget.healthy, budget.desired_healthy
                ),
                "let another pod of the budget become ready, or let the budget allow more",
            ));
        }
    }
    traps
}

/// Pods that are not at the update revision, because somebody wants it so.
fn held_back(turn: &Turn<'_>) -> Option<Trap> {
    let set = turn.set;
    let update = turn.snapshot.desired().update;
    let partition = match set.strategy {
        Strategy::RollingUpdate(rolling) => rolling.map_or(0, |rolling| rolling.partition),
        Strategy::OnDelete => u32::MAX,
        Strategy::Recreate => 0,
    };
    let below = set.start.saturating_add(partition.min(set.replicas));
    let old: Vec<Ordinal> = turn
        .snapshot
        .roster
        .pods()
        .iter()
        .filter(|pod| (set.start..below).contains(&pod.ordinal) && pod.revision != update)
        .map(|pod| pod.ordinal)
        .collect();
    let range = (*old.iter().min()?, *old.iter().max()?);
    let who = pods(&set.key.name, range.0, range.1);
    let revision = &turn.history.update;
    Some(if set.strategy == Strategy::OnDelete {
        let text = format!("{who}: not at revision {revision}, because the strategy is OnDelete");
        trap(TrapName::OnDelete, range, text, "delete the pods by hand")
    } else {
        let text =
            format!("{who}: not at revision {revision}, because the partition is {partition}");
        trap(TrapName::Partition, range, text, "lower the partition")
    })
}
