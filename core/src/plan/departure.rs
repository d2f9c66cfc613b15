//! Pods that were asked before: those that need no further answer go, and those that stay after all are told so (rules J-5
//! and J-6).

use crate::action::{Do, Reason};
use crate::duties::drain;
use crate::plan::consent::{self, Going};
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::plan::repair;
use crate::pod::Pod;
use crate::policies::Paused;
use crate::purpose::{Departure, Prepared, Purposes};

/// Comes before all phases that ask: what was begun is finished first.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if !facts.marked {
        return Flow::Continue(());
    }
    for (index, pod) in facts.roster.placed().rev() {
        if pod.is_terminating() || draft.asked_to_go.contains(&index) {
            continue;
        }
        if stays(facts, pod) {
            draft.open(Part::Departures, 0);
            let deed = Do::CancelPrepare { pod: index };
            draft.push(pod.ordinal, step::POD, Reason::Wanted, deed)?;
        } else if let Some(reason) = goes(facts, pod) {
            draft.open(Part::Departures, 0);
            draft.delete_pod(pod.ordinal, reason, index, Going::Now)?;
            if matches!(reason, Reason::Rollout | Reason::BrokenRevision) {
                draft.count_rolled();
            }
            draft.asked_to_go.push(index);
        }
    }
    Flow::Continue(())
}

/// Whether the pod was asked, and is not to go any more.
fn stays(facts: &Facts, pod: &Pod) -> bool {
    if !facts.slots.contains(pod.ordinal) || pod.is_terminal() {
        return false;
    }
    match pod.prepared.asked() {
        Some(Departure::Leave) => true,
        Some(Departure::Restart) => !is_to_restart(facts, pod),
        None => false,
    }
}

/// Whether anything would replace a pod in range, now or later.
fn is_to_restart(facts: &Facts, pod: &Pod) -> bool {
    facts.wants_rollout(pod) || pod.replace || drain::must_move(facts, pod)
}

/// Why a pod that was asked goes now, if it does.
fn goes(facts: &Facts, pod: &Pod) -> Option<Reason> {
    let departure = pod.prepared.asked()?;
    let is_free = |purpose, pause| {
        !facts.pauses(pause) && consent::given(facts, pod, purpose) == Ok(Going::Now)
    };
    if !facts.slots.contains(pod.ordinal) {
        let leaves = departure == Departure::Leave && is_free(Purposes::SCALE_IN, Paused::SCALE_IN);
        return leaves.then_some(Reason::ScaleIn);
    }
    if repair::is_broken_pod(facts, pod) && is_free(Purposes::REPAIR, Paused::REPAIR) {
        return Some(Reason::BrokenRevision);
    }
    let reason = why_replaced(facts, pod)?;
    (!pod.is_terminal() && is_free(Purposes::ROLLOUT, Paused::ROLLOUT)).then_some(reason)
}

/// Why a rollout would replace a pod in range.
fn why_replaced(facts: &Facts, pod: &Pod) -> Option<Reason> {
    if facts.wants_rollout(pod) {
        Some(Reason::Rollout)
    } else {
        pod.replace.then_some(Reason::Requested)
    }
}

/// What a pod in range that was asked, or that is returning, is about, and the gates it waits at.
pub(super) fn obstacle(facts: &Facts, pod: &Pod) -> (Reason, Option<Paused>) {
    match why_replaced(facts, pod) {
        Some(reason) if pod.prepared != Prepared::Returning => (
            reason,
            facts.pauses(Paused::ROLLOUT).then_some(Paused::ROLLOUT),
        ),
        _ => (Reason::Wanted, None),
    }
}

/// The first pod that was asked to go, or that is on its way back: one in range, or a condemned one.
pub(super) fn in_motion(facts: &Facts) -> Option<u32> {
    let mut pods = facts.roster.placed().filter(|_| facts.marked);
    pods.find(|(_, pod)| is_in_motion(facts, pod))
        .map(|(index, _)| index)
}

/// Whether a pod was asked to go, or is on its way back (rule J-4).
pub(super) fn is_in_motion(facts: &Facts, pod: &Pod) -> bool {
    if facts.slots.contains(pod.ordinal) {
        pod.prepared != Prepared::No
    } else {
        pod.prepared.asked() == Some(Departure::Leave)
    }
}
