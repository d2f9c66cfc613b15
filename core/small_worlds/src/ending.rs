//! Where a run ends in which everything goes well: everything is as it is desired, or waits say why it is not.

use std::fmt;

use statefulset::{Deletion, Gate, InPlace, Plan};

use crate::configuration::{Configuration, SEATS};
use crate::member::Life;
use crate::site::Signal;
use crate::storage::PodOwner;
use crate::witness::{Case, coverage};
use crate::world::World;

/// Why a world ends before everything is as it is desired. Each is what somebody has to change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Cause {
    Broken,
    BrokenInOrder,
    UnhealthyLeaver,
    Paused,
    NodeSilent,
    NodeNotFenced,
    NoNodeReady,
    NoNodeTakesPods,
    Budget,
    ClaimKept,
    PausedInSilence,
    Held,
    Mute,
    Overdue,
    OnlyInPlace,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Broken => "a pod of the broken revision does not become ready",
            Self::BrokenInOrder => {
                "a pod that is not ready holds up its own replacement (kubernetes#67250)"
            }
            Self::UnhealthyLeaver => {
                "an unhealthy pod that is to leave waits for one that does not recover (D-3)"
            }
            Self::Paused => "the set is paused",
            Self::NodeSilent => "a node is silent, and nobody says that it is gone",
            Self::NodeNotFenced => "a node was removed, and has to be fenced",
            Self::NoNodeReady => "no node reports, so the observer may be cut off (L-4)",
            Self::NoNodeTakesPods => "no node takes pods",
            Self::Budget => "the disruption budget allows no eviction",
            Self::ClaimKept => "a claim names an earlier pod, and another owner keeps it (C-5)",
            Self::Held => "somebody holds the pod (J-2)",
            Self::Mute => "the program does not answer what a pod was asked (J-3)",
            Self::Overdue => "the deadline of the rollout is over, and a pod does not become available (M-7)",
            Self::OnlyInPlace => "a pod would have to be made again, and the policy does not let it (U-10)",
            Self::PausedInSilence => {
                "a deleted set without pods is paused; no wait says so, for waits are about ordinals"
            }
        })
    }
}

/// A final wait: who manages the pods, the gate, and why it stays closed.
pub(crate) type Final = (&'static str, Gate, Cause);

/// Judges a world in which nothing happens any more, and names its final waits.
pub(crate) fn judge(c: &Configuration, world: &World, plan: &Plan) -> Result<Vec<Final>, String> {
    let case = Case { c, world, plan };
    if world.gone {
        return Ok(Vec::new());
    }
    if plan.next_wake.is_some() {
        return Err("time alone is said to change something, and does not".into());
    }
    let order = if c.is_ordered() {
        "ordered"
    } else {
        "parallel"
    };
    let reached = goal(&case);
    let deleted = world.spec.deletion != Deletion::No;
    if plan.actions.is_empty() && deleted && case.pauses(statefulset::Paused::ALL) {
        return Ok(vec![(order, Gate::Paused, Cause::PausedInSilence)]);
    }
    if plan.actions.is_empty() {
        reached.map_err(|why| format!("nothing is done, nothing waits, and {why}"))?;
        return Ok(Vec::new());
    }
    let mut finals = Vec::new();
    for (_, wait) in plan.waits() {
        for gate in wait.gates.iter() {
            if let Some(cause) = cause(&case, gate) {
                finals.push((order, gate, cause));
            }
        }
    }
    if finals.is_empty() {
        let waits: Vec<String> = plan
            .waits()
            .map(|(action, wait)| format!("web-{}: {}", action.ordinal, wait.gates))
            .collect();
        return Err(format!(
            "it waits for ever, and no gate says for what: {}",
            waits.join("; ")
        ));
    }
    Ok(finals)
}

/// Whether the world is as it is desired.
fn goal(case: &Case) -> Result<(), String> {
    let Case { c, world, .. } = *case;
    if world.spec.deletion != Deletion::No {
        return Err("the set is deleted, and still there".into());
    }
    let astray = (0..SEATS).find(|&ordinal| !coverage::is_up_to_date(case, ordinal));
    if let Some(ordinal) = astray {
        return Err(format!("web-{ordinal} is not as it is desired"));
    }
    if case.is_ranked() {
        let old = case.slots().filter_map(|(_, pod)| pod);
        let old = old.filter(|pod| case.is_old(pod)).count();
        if old > case.partition() {
            return Err(format!("{old} pods are old"));
        }
    }
    let gives_up = c.profile.give_up == statefulset::GiveUp::Delete && !c.keeps_scaled();
    for ordinal in (0..SEATS).filter(|&ordinal| world.claims[ordinal].is_some()) {
        let kept = world.is_wanted(ordinal) || c.keep_claims && world.is_excluded(ordinal);
        if gives_up && !kept {
            return Err(format!("data-web-{ordinal} is still there"));
        }
    }
    Ok(())
}

/// Why a gate stays closed although everything goes well. Gates that only pass on what another pod waits for have none.
fn cause(case: &Case, gate: Gate) -> Option<Cause> {
    let Case { c, world, .. } = *case;
    let pods = || world.pods.iter().flatten();
    let broken = pods().any(|pod| pod.is_running() && c.broken == Some(pod.revision));
    let ended = pods().any(|pod| pod.life == Life::Failed);
    let signal = |wanted: Signal| world.sites.iter().any(|site| site.signal == wanted);
    let holds = |condition: bool, cause: Cause| condition.then_some(cause);
    match gate {
        Gate::PodNotReady | Gate::PodChanging => holds(broken, Cause::Broken),
        Gate::BrokenRevision => holds(broken && c.is_ordered(), Cause::BrokenInOrder),
        Gate::UnhealthyLeaver => holds(broken || ended, Cause::UnhealthyLeaver),
        Gate::Held => holds(pods().any(|pod| pod.held), Cause::Held),
        Gate::Deadline => {
            let closed = !world.sites.iter().any(|site| site.takes_pods());
            holds(broken || ended || closed, Cause::Overdue)
        }
        Gate::Preparing => holds(c.mute, Cause::Mute),
        Gate::NotInPlace => holds(c.in_place == InPlace::Only, Cause::OnlyInPlace),
        Gate::Paused => holds(world.spec.paused, Cause::Paused),
        Gate::NodeNotFenced if signal(Signal::Removed) => Some(Cause::NodeNotFenced),
        Gate::NodeUnreachable | Gate::NodeNotFenced => {
            holds(signal(Signal::Silent), Cause::NodeSilent)
        }
        Gate::NoNodeReady => holds(!signal(Signal::Ready), Cause::NoNodeReady),
        Gate::PodPending => {
            let closed = !world.sites.iter().any(|site| site.takes_pods());
            holds(closed, Cause::NoNodeTakesPods)
        }
        Gate::Budget => holds(c.budget.is_some(), Cause::Budget),
        Gate::ClaimStale => {
            let kept = world
                .claims
                .iter()
                .flatten()
                .any(|claim| claim.owned_by_pod != PodOwner::Nobody && claim.owned_by_set);
            holds(kept, Cause::ClaimKept)
        }
        _ => None,
    }
}
