//! Broken pods of old revisions are replaced out of turn (rules F-1 to F-4).

use crate::action::{Do, Reason};
use crate::plan::change;
use crate::plan::consent::{self, Going};
use crate::plan::draft::{Draft, Flow, step};
use crate::plan::facts::Facts;
use crate::plan::sequence::{Sequence, Slot};
use crate::pod::{Phase, Pod};
use crate::policies::{Paused, Repair};
use crate::purpose::{Prepared, Purposes};
use crate::time::Millis;

/// `OrderedReady`: the pod that holds everything up is replaced if it is broken. The pass ends at it all the same, so there
/// is no more than one.
pub(super) fn one(facts: &Facts, draft: &mut Draft, index: u32, pod: &Pod) -> Flow {
    if !is_due(facts, pod) || facts.pauses(Paused::REPAIR) {
        return Flow::Continue(());
    }
    let Ok(going) = consent::given(facts, pod, Purposes::REPAIR) else {
        return Flow::Continue(());
    };
    if !draft.asked_to_go.contains(&index) {
        // The last step of the pod's chain: its claims were looked at before.
        let deed = going.deed(index, Do::DeletePod { pod: index });
        draft.push(pod.ordinal, step::REPAIR, Reason::BrokenRevision, deed)?;
    }
    if going == Going::Now {
        draft.count_rolled();
    }
    Flow::Continue(())
}

/// What has been replaced out of turn.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Repaired {
    /// The first so many broken slots of the sequence.
    pub(super) count: u32,
    /// How many of these did not count as unavailable before.
    pub(super) available: u32,
}

/// `Parallel`: all broken pods are replaced that there is room for, before anything else is rolled out.
pub(super) fn all(facts: &Facts, draft: &mut Draft, sequence: &Sequence) -> Flow<Repaired> {
    let mut repaired = Repaired::default();
    let Some(repair) = facts.desired.policies.repair else {
        return Flow::Continue(repaired);
    };
    // Where none is unavailable, none is broken.
    let healthy =
        facts.unavailable == 0 && facts.desired.profile.kubernetes.asks_for_availability();
    if healthy || facts.is_monotonic() || facts.pauses(Paused::REPAIR) {
        return Flow::Continue(repaired);
    }
    let room = room(repair, facts);
    for slot in sequence.iter() {
        if repaired.count == room {
            break;
        }
        if is_broken(facts, slot) {
            let _: bool = slot.roll(facts, draft, repaired.count, Reason::BrokenRevision)?;
            repaired.count += 1;
            repaired.available += u32::from(!slot.is_unavailable(facts));
        }
    }
    Flow::Continue(repaired)
}

/// Whether a slot that takes part in the rollout is broken and may be repaired.
pub(super) fn is_broken(facts: &Facts, slot: Slot) -> bool {
    match (slot.pod, facts.desired.policies.repair) {
        (Some((_, pod)), Some(_)) => is_due(facts, pod) && !pod.hold.contains(Purposes::REPAIR),
        (None, Some(repair)) => repair.after == 0 && slot.is_to_go(facts),
        (_, None) => false,
    }
}

/// Since or from when the pod is broken, if it is old and unavailable; `None` if time alone does not make it so.
fn broken_at(repair: Repair, facts: &Facts, pod: &Pod) -> Option<Millis> {
    let at_once = repair.after == 0 || (repair.pending && pod.phase == Phase::Pending);
    if at_once {
        return Some(facts.now);
    }
    pod.ready_since
        .filter(|_| !pod.ready)
        .map(|since| since.saturating_add(repair.after))
}

/// Whether repairs are meant for this pod in range: it is old and not available.
fn is_meant(facts: &Facts, pod: &Pod) -> bool {
    facts
        .desired
        .policies
        .repair
        .is_some_and(|repair| repair.ordered || !facts.is_monotonic())
        && facts.rolls()
        && facts.wants_rollout(pod)
        && !change::is_relabelled(facts, pod)
        && !facts.is_available(pod)
        && !pod.is_terminating()
}

/// When the pod will be broken, if that is not yet so and repairs are meant for it.
pub(super) fn due(facts: &Facts, pod: &Pod) -> Option<Millis> {
    will_be_broken(facts, pod).filter(|_| pod.prepared == Prepared::No)
}

/// The same of any pod in range: one that was asked to go may go for a repair, too (rule J-6).
fn will_be_broken(facts: &Facts, pod: &Pod) -> Option<Millis> {
    let repair = facts.desired.policies.repair?;
    broken_at(repair, facts, pod).filter(|&at| at > facts.now && is_meant(facts, pod))
}

/// The first moment at which a pod will be broken.
pub(super) fn wake(facts: &Facts) -> Option<Millis> {
    facts.desired.policies.repair?;
    facts
        .roster
        .slots()
        .filter_map(|(_, pod)| will_be_broken(facts, pod))
        .min()
}

/// Whether the pod is broken, and nobody has asked it to go.
pub(super) fn is_due(facts: &Facts, pod: &Pod) -> bool {
    pod.prepared == Prepared::No && is_broken_pod(facts, pod)
}

/// Whether the pod is broken.
pub(super) fn is_broken_pod(facts: &Facts, pod: &Pod) -> bool {
    let repair = facts.desired.policies.repair;
    repair.is_some_and(|repair| {
        broken_at(repair, facts, pod).is_some_and(|at| at <= facts.now) && is_meant(facts, pod)
    })
}

/// How many pods may be replaced now: the limit, and what may exceed it, without the slots that are being replaced already.
fn room(repair: Repair, facts: &Facts) -> u32 {
    let limit = facts.rollout_limit().resolve(facts.desired.replicas);
    let standing = facts.roster.slots().filter(|(_, pod)| {
        facts.is_down(pod)
            && pod.revision != facts.desired.update
            && !pod.is_terminating()
            && pod.prepared == Prepared::No
    });
    let standing = u32::try_from(standing.count()).unwrap_or(u32::MAX);
    let moving = facts.unavailable.saturating_sub(standing);
    limit
        .saturating_add(repair.beyond_budget)
        .saturating_sub(moving)
}
