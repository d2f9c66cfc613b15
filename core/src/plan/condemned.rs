//! The pods that are not desired, highest ordinal first (rules D-1 to D-4).

use crate::action::Reason;
use crate::plan::change;
use crate::plan::consent;
use crate::plan::departure;
use crate::plan::draft::{Draft, Flow, Part, Refusal, batch_of};
use crate::plan::facts::Facts;
use crate::plan::limits;
use crate::pod::Pod;
use crate::policies::Paused;
use crate::purpose::Purposes;
use crate::wait::{Gate, On};

/// Deletes what may go.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if facts.pauses(Paused::SCALE_IN) {
        Flow::Continue(())
    } else if facts.is_monotonic() {
        one_at_a_time(facts, draft)
    } else {
        all(facts, draft)
    }
}

fn all(facts: &Facts, draft: &mut Draft) -> Flow {
    let mut left = limits::scale_in(facts);
    for ((index, pod), place) in facts.roster.condemned().zip(0u32..) {
        let is_leaving = pod.is_terminating() || departure::is_in_motion(facts, pod);
        if is_leaving || must_stay(facts, pod) || left == Some(0) {
            continue;
        }
        let Ok(going) = consent::given(facts, pod, Purposes::SCALE_IN) else {
            continue;
        };
        let goes = draft.disturb(facts, (index, pod), |draft| {
            draft.open(Part::Condemned, batch_of(place));
            draft.delete_pod(pod.ordinal, Reason::ScaleIn, index, going)
        })?;
        left = left.map(|left| left - u32::from(goes));
    }
    Flow::Continue(())
}

/// Whether the pod of an excluded ordinal waits for its stand-in (rule X-5).
fn must_stay(facts: &Facts, pod: &Pod) -> bool {
    facts.desired.policies.stand_in_first
        && facts.unavailable > 0
        && facts.desired.policies.excludes(pod.ordinal)
}

/// How many pods of the current revision would have been asked to go if no policy kept them: condemned ones while scale-in is
/// paused, while they wait for their stand-ins, or while they are held; and those in range that are held for a rollout, or that it cannot change as the policy wants it.
pub(super) fn kept(facts: &Facts) -> u32 {
    let desired = facts.desired;
    if desired.current == desired.update {
        return 0; // Nothing depends on it.
    }
    let paused = facts.pauses(Paused::SCALE_IN);
    let counts = |pod: &Pod| pod.revision == desired.current && !pod.is_terminating();
    let condemned = facts.roster.condemned().filter(|(_, pod)| {
        let is_held = pod.hold.contains(Purposes::SCALE_IN);
        counts(pod) && (paused || is_held || must_stay(facts, pod))
    });
    let slots = facts.roster.slots();
    let stays =
        |pod: &Pod| pod.hold.contains(Purposes::ROLLOUT) || change::obstacle(facts, pod).is_some();
    let held = slots.filter(|(_, pod)| counts(pod) && stays(pod));
    u32::try_from(condemned.count() + held.count()).unwrap_or(u32::MAX)
}

/// Only the highest is looked at: it goes, or it holds everything up.
fn one_at_a_time(facts: &Facts, draft: &mut Draft) -> Flow {
    let Some((index, pod)) = facts.roster.condemned().next() else {
        return Flow::Continue(());
    };
    if let Some(&moved) = draft.asked_to_go.first() {
        // One at a time, also beside what drains and lost nodes take away.
        return draft.halt(Part::Condemned, pod.ordinal, Gate::Order, On::Pod(moved));
    }
    if let Some(moving) = departure::in_motion(facts) {
        return draft.halt(Part::Condemned, pod.ordinal, Gate::Order, On::Pod(moving));
    }
    if pod.is_terminating() || must_recover(facts, index, pod).is_some() {
        return draft.halt(Part::Condemned, pod.ordinal, Gate::Order, On::Pod(index));
    }
    if must_stay(facts, pod) {
        return draft.halt(Part::Condemned, pod.ordinal, Gate::Excluded, On::Nothing);
    }
    let Ok(going) = consent::given(facts, pod, Purposes::SCALE_IN) else {
        return draft.halt(Part::Condemned, pod.ordinal, Gate::Order, On::Pod(index));
    };
    let goes = draft.disturb(facts, (index, pod), |draft| {
        draft.open(Part::Condemned, 0);
        draft.delete_pod(pod.ordinal, Reason::ScaleIn, index, going)
    })?;
    if goes {
        draft.halt(Part::Condemned, pod.ordinal, Gate::Order, On::Pod(index))
    } else {
        let gate = draft.refusal().map_or(Gate::Group, |it| it.gate);
        draft.halt(Part::Condemned, pod.ordinal, gate, On::Nothing)
    }
}

/// The gate that keeps a condemned pod from being deleted although its turn has come, if there is one; in `OrderedReady` the
/// pass ends at the others.
pub(crate) fn obstacle(facts: &Facts, refusal: Option<Refusal>, pod: &Pod) -> Option<Gate> {
    if facts.pauses(Paused::SCALE_IN) {
        Some(Gate::Paused)
    } else if facts.is_monotonic() {
        None
    } else if must_stay(facts, pod) {
        Some(Gate::Excluded)
    } else if let Some(refusal) = refusal.filter(|_| facts.is_available(pod)) {
        Some(refusal.gate)
    } else {
        facts
            .desired
            .policies
            .scale_in_limit
            .map(|_| Gate::ScaleLimit)
    }
}

/// An unhealthy pod may leave only if it is the lowest unavailable one; otherwise that one must recover first (rule D-3).
/// This is the pod that must: the unhealthy one itself where it claims to be ready without running, because then it is
/// not among the unavailable ones. All desired pods are available when this is asked.
pub(crate) fn must_recover(facts: &Facts, index: u32, pod: &Pod) -> Option<u32> {
    if pod.is_running_and_ready() && facts.is_available(pod) {
        return None;
    }
    let lowest = facts
        .roster
        .condemned()
        .rev()
        .find(|(_, other)| facts.is_down(other));
    match lowest {
        Some((lowest, _)) if lowest == index => None,
        Some((lowest, _)) => Some(lowest),
        None => Some(index),
    }
}
