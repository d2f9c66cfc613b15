//! Pods of draining nodes are evicted, as far as their disruption budgets allow (rules N-1 to N-4).

use alloc::vec::Vec;

use crate::action::{Do, Reason};
use crate::node::Budget;
use crate::plan::consent;
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::pod::{Phase, Pod};
use crate::purpose::Purposes;
use crate::wait::{Gate, On};

/// Asks what may go to go. Highest ordinal first, so that where a budget does not suffice for all, the lowest stay.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if !facts.desired.profile.drain_nodes || facts.calm {
        return Flow::Continue(());
    }
    let mut spent = Vec::new();
    for (index, pod) in facts.roster.placed().rev() {
        // A silent node may be drained as well; its pods have been asked to go already.
        if !must_move(facts, pod) || draft.asked_to_go.contains(&index) {
            continue;
        }
        let spends = match permission(facts, pod) {
            Permission::Free => None,
            Permission::Spends(budget) if is_left(facts, budget, &spent) => Some(budget),
            Permission::Spends(_) | Permission::Unknown => continue,
        };
        let Ok(going) = consent::given(facts, pod, Purposes::DRAIN) else {
            continue;
        };
        let deed = going.deed(index, Do::EvictPod { pod: index });
        let goes = draft.disturb(facts, (index, pod), |draft| {
            draft.open(Part::Duties, 0);
            draft.push(pod.ordinal, step::POD, Reason::Drain, deed)
        })?;
        if goes {
            draft.asked_to_go.push(index);
            spent.extend(spends);
        }
    }
    Flow::Continue(())
}

/// Whether the pod is on a node that is to be emptied, and has not been asked to go.
pub(crate) fn must_move(facts: &Facts, pod: &Pod) -> bool {
    facts.desired.profile.drain_nodes
        && !pod.is_terminating()
        && facts.node_of(pod).is_some_and(|(_, node)| node.draining)
}

/// What holds a pod back that must move.
pub(crate) fn obstacle(facts: &Facts, pod: &Pod) -> (Gate, On) {
    if let Err(gate) = consent::given(facts, pod, Purposes::DRAIN) {
        return (gate, On::Nothing);
    }
    match permission(facts, pod) {
        Permission::Unknown => (Gate::BudgetsUnknown, On::Nothing),
        Permission::Spends(budget) => (Gate::Budget, On::Budget(budget)),
        Permission::Free => (Gate::Budget, On::Nothing),
    }
}

/// What the eviction API would say.
enum Permission {
    /// No budget is asked.
    Free,
    /// This budget is asked.
    Spends(u32),
    /// Budgets are not known; whether one covers the pod is not either.
    Unknown,
}

fn permission(facts: &Facts, pod: &Pod) -> Permission {
    if matches!(pod.phase, Phase::Pending | Phase::Succeeded | Phase::Failed) {
        return Permission::Free;
    }
    let Some(budgets) = facts.observed.budgets else {
        return Permission::Unknown;
    };
    let Some((number, budget)) = pod.budget.and_then(|b| Some((b, budgets.get(b as usize)?)))
    else {
        return Permission::Free;
    };
    if spends(pod, budget) {
        Permission::Spends(number)
    } else {
        Permission::Free
    }
}

/// Whether the pod's eviction is one of those that the budget counts: of a pod that is not ready, nothing is disrupted.
pub(crate) fn spends(pod: &Pod, budget: &Budget) -> bool {
    let others_suffice = budget.healthy >= budget.desired_healthy && budget.desired_healthy > 0;
    pod.ready || !(budget.unhealthy_always || others_suffice)
}

fn is_left(facts: &Facts, budget: u32, spent: &[u32]) -> bool {
    let used = spent.iter().filter(|&&b| b == budget).count();
    let allowed = facts
        .observed
        .budgets
        .and_then(|b| b.get(budget as usize))
        .map_or(0, |b| b.allowed);
    used < allowed as usize
}
