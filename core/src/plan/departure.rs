//! Pods that were asked before: those that need no further answer go, and those that stay after all are told so (rules J-5
//! and J-6).

use crate::action::{Do, Reason};
use crate::desired::{Deletion, Strategy};
use crate::duties::drain;
use crate::plan::change;
use crate::plan::consent::{self, Going};
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::plan::repair;
use crate::pod::Pod;
use crate::policies::Paused;
use crate::purpose::{Departure, Prepared, Purposes};

/// Tells pods that were asked, and that are not to go any more, that they stay.
pub(crate) fn take_back(facts: &Facts, draft: &mut Draft) -> Flow {
    for (index, pod) in facts.slots_if_marked().rev() {
        if stays(facts, pod) && !draft.asked_to_go.contains(&index) {
            draft.open(Part::Duties, 0);
            let deed = Do::CancelPrepare { pod: index };
            draft.push(pod.ordinal, step::POD, Reason::Wanted, deed)?;
        }
    }
    Flow::Continue(())
}

/// Deletes pods that were asked and need no further answer. What was begun is finished, wherever the pass has ended.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    let is_over = facts.desired.deletion != Deletion::No || facts.pauses(Paused::ALL);
    if !facts.marked || is_over {
        return Flow::Continue(());
    }
    for (index, pod) in facts.roster.placed().rev() {
        if pod.is_terminating() || draft.asked_to_go.contains(&index) {
            continue;
        }
        if let Some(reason) = goes(facts, pod) {
            draft.open(Part::Departures, 0);
            let deed = match reason {
                Reason::Rollout if facts.rolls() => change::deed(facts, index, pod),
                _ => Ok(Do::DeletePod { pod: index }),
            };
            let Ok(deed) = deed else {
                continue;
            };
            draft.take(pod.ordinal, reason, index, deed)?;
            let rolls = matches!(reason, Reason::Rollout | Reason::BrokenRevision);
            if rolls && facts.rolls() {
                draft.count_rolled();
            }
        }
    }
    Flow::Continue(())
}

/// Whether the pod in range was asked, and is not to go any more.
fn stays(facts: &Facts, pod: &Pod) -> bool {
    if pod.is_terminating() || pod.is_terminal() {
        return false;
    }
    match pod.prepared.asked() {
        Some(Departure::Leave) => true,
        Some(Departure::Restart) => !is_to_restart(facts, pod),
        None => false,
    }
}

/// Whether anything would take a pod in range out of service, now or later.
fn is_to_restart(facts: &Facts, pod: &Pod) -> bool {
    change::takes_away(facts, pod)
        || repair::is_broken_pod(facts, pod)
        || pod.replace
        || drain::must_move(facts, pod)
}

/// Why a pod that was asked goes now, if it does.
fn goes(facts: &Facts, pod: &Pod) -> Option<Reason> {
    let departure = pod.prepared.asked()?;
    let is_free = |purpose, pause| {
        !facts.pauses(pause) && consent::given(facts, pod, purpose) == Ok(Going::Now)
    };
    if !facts.slots.contains(pod.ordinal) {
        if departure != Departure::Leave {
            return None;
        }
        if is_free(Purposes::SCALE_IN, Paused::SCALE_IN) {
            return Some(Reason::ScaleIn);
        }
        let recreated = facts.desired.strategy == Strategy::Recreate
            && pod.revision != facts.desired.update
            && is_free(Purposes::ROLLOUT, Paused::ROLLOUT);
        return recreated.then_some(Reason::Rollout);
    }
    if pod.is_terminal() {
        return None; // It is replaced for having ended (rule R-1).
    }
    if repair::is_broken_pod(facts, pod) && is_free(Purposes::REPAIR, Paused::REPAIR) {
        return Some(Reason::BrokenRevision);
    }
    let reason = why_replaced(facts, pod)?;
    is_free(Purposes::ROLLOUT, Paused::ROLLOUT).then_some(reason)
}

/// Why a rollout would replace a pod in range.
fn why_replaced(facts: &Facts, pod: &Pod) -> Option<Reason> {
    if change::takes_away(facts, pod) {
        Some(Reason::Rollout)
    } else {
        pod.replace.then_some(Reason::Requested)
    }
}

/// What a pod in range that was asked, or that is returning, waits for, and whether that is paused.
pub(super) fn obstacle(facts: &Facts, pod: &Pod) -> (Reason, Option<Paused>) {
    if facts.pauses(Paused::ALL) {
        return (Reason::Wanted, Some(Paused::ALL));
    }
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
    if !facts.marked {
        return None;
    }
    let mut pods = facts.roster.placed();
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
