//! The rolling update, highest ordinal first unless ranks decide (rules U-1 to U-5, and U-8 to U-10).

use crate::action::Reason;
use crate::desired::Limit;
use crate::plan::change;
use crate::plan::consent;
use crate::plan::departure;
use crate::plan::draft::{Draft, Flow, Part};
use crate::plan::facts::Facts;
use crate::plan::repair::{self, Repaired};
use crate::plan::sequence::{Sequence, Slot};
use crate::pod::Pod;
use crate::purpose::Purposes;
use crate::version::Budget;
use crate::wait::{Gate, On};

/// Replaces pods of old revisions.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if let Some(&moved) = draft.asked_to_go.first() {
        // What this pass has taken away already is as good as unavailable.
        return halt(facts, draft, On::Pod(moved));
    }
    let sequence = Sequence::new(facts, draft);
    let repaired = repair::all(facts, draft, &sequence)?;
    if facts.rollout_pause().is_some() {
        return Flow::Continue(());
    }
    change::relabel(facts, draft, &sequence)?;
    let profile = facts.desired.profile;
    let limit = facts.rollout_limit();
    if profile.walk {
        walk(facts, draft, &sequence, repaired, limit)
    } else if profile.max_unavailable {
        within_budget(facts, draft, &sequence, repaired, limit)
    } else {
        one_at_a_time(facts, draft, &sequence, repaired)
    }
}

/// Gate off: the first old pod goes, unless an unavailable one comes before it (rule U-3).
fn one_at_a_time(
    facts: &Facts,
    draft: &mut Draft,
    sequence: &Sequence,
    repaired: Repaired,
) -> Flow {
    let mut asked = facts.slots_if_marked();
    if let Some((moving, _)) = asked.find(|(_, pod)| departure::is_in_motion(facts, pod)) {
        return halt(facts, draft, On::Pod(moving)); // One at a time, and its turn has begun (rule J-4).
    }
    if repaired.count > 0 {
        let mut slots = sequence.iter();
        let first = slots.find(|&slot| repair::is_broken(facts, slot));
        return halt(facts, draft, first.map(Slot::on).unwrap_or_default());
    }
    for slot in sequence.iter() {
        if let Some(ordinal) = sequence.held_before(slot) {
            return halt(facts, draft, On::Ordinal(ordinal));
        }
        if slot.is_to_go(facts) {
            match roll(facts, draft, slot, 0)? {
                Rolled::Held if slot.is_available(facts) => continue,
                Rolled::Goes | Rolled::Held => {}
                Rolled::Waits => return Flow::Continue(()),
            }
            return draft.halt(Part::Rollout, slot.ordinal, Gate::MaxUnavailable, slot.on());
        }
        if slot.is_unavailable(facts) {
            return draft.halt(Part::Rollout, slot.ordinal, Gate::MaxUnavailable, slot.on());
        }
    }
    Flow::Continue(())
}

/// Gate on: as many may be unavailable as `limit` says; in `Parallel`, old pods that are broken anyway cost nothing
/// (rule U-4).
fn within_budget(
    facts: &Facts,
    draft: &mut Draft,
    sequence: &Sequence,
    repaired: Repaired,
    limit: Limit,
) -> Flow {
    let budget = facts.desired.profile.kubernetes.budget();
    let parallel = !facts.is_monotonic() && budget != Budget::Counting;
    let by_partition = budget == Budget::ByPartition;
    let (of, unavailable) = if by_partition {
        (sequence.len(), sequence.unavailable())
    } else {
        (facts.desired.replicas, facts.unavailable)
    };
    let unavailable = unavailable.saturating_add(repaired.available);
    let max = limit.resolve(of);
    // What the rest waits for: the first unavailable slot, or else the first pod that goes now.
    let mut awaited = None;
    if unavailable > 0 {
        let counted = || sequence.counted(by_partition);
        awaited = counted()
            .find(|slot| slot.is_unavailable(facts))
            .map(Slot::on);
        let is_broken = |slot: Slot| slot.is_unavailable(facts) && slot.is_to_go(facts);
        if unavailable >= max && !(parallel && counted().any(is_broken)) {
            return halt(facts, draft, awaited.unwrap_or_default());
        }
    }
    // Broken slots are repaired in the order of the sequence.
    let left = || {
        let mut repaired = repaired.count;
        sequence.iter().filter(move |&slot| {
            let was_repaired = repaired > 0 && repair::is_broken(facts, slot);
            repaired -= u32::from(was_repaired);
            slot.is_to_go(facts) && !was_repaired
        })
    };
    let mut place = repaired.count;
    if parallel {
        for slot in left().filter(|slot| !slot.is_available(facts)) {
            if slot.roll(facts, draft, place, Reason::Rollout)? {
                awaited.get_or_insert(slot.on());
                place += 1;
            }
        }
    }
    let mut budget = max.saturating_sub(unavailable);
    // In `OrderedReady` health is not asked: before the rollout is reached every slot is available. A budget that only
    // counts does not ask either.
    for slot in left().filter(|slot| !parallel || slot.is_available(facts)) {
        if budget == 0 {
            break;
        }
        if roll(facts, draft, slot, place)? == Rolled::Goes {
            awaited.get_or_insert(slot.on());
            place += 1;
            budget -= 1;
        }
    }
    if budget > 0 {
        return Flow::Continue(()); // The waits say what holds the rest.
    }
    halt(facts, draft, awaited.unwrap_or_default())
}

/// One walk: broken old pods that are met go, whatever the limit says, and the first available one that it does not allow
/// ends the walk (rule U-8).
fn walk(
    facts: &Facts,
    draft: &mut Draft,
    sequence: &Sequence,
    repaired: Repaired,
    limit: Limit,
) -> Flow {
    let max = limit.resolve(facts.desired.replicas);
    let mut unavailable = facts.unavailable.saturating_add(repaired.available);
    let mut all = sequence.counted(false);
    let mut awaited = all.find(|slot| slot.is_unavailable(facts)).map(Slot::on);
    let mut left = repaired.count;
    let mut place = repaired.count;
    for slot in sequence.iter().filter(|slot| slot.is_to_go(facts)) {
        if left > 0 && repair::is_broken(facts, slot) {
            left -= 1;
            continue;
        }
        let is_unavailable = slot.is_unavailable(facts);
        let is_held = slot
            .pod
            .is_some_and(|(_, pod)| !draft.recycles(pod) && is_held(facts, pod));
        if is_held {
            continue;
        }
        if unavailable >= max && !is_unavailable {
            return halt(facts, draft, awaited.unwrap_or_default());
        }
        if roll(facts, draft, slot, place)? == Rolled::Goes {
            awaited.get_or_insert(slot.on());
            unavailable += u32::from(!is_unavailable);
            place += 1;
        }
    }
    Flow::Continue(())
}

/// What became of a slot that is to be rolled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rolled {
    /// Its pod goes, or is asked to.
    Goes,
    /// The caller does not let it go, or it cannot be changed as the policy wants it.
    Held,
    /// It waits for an earlier rank or for the group.
    Waits,
}

/// Rolls a slot, unless its pod is held, or is available and has to wait for an earlier rank or for the group.
fn roll(facts: &Facts, draft: &mut Draft, slot: Slot, place: u32) -> Flow<Rolled> {
    // What this pass has deleted already asks for nothing (rule U-5).
    if let Some((index, pod)) = slot.pod.filter(|(_, pod)| !draft.recycles(pod)) {
        if is_held(facts, pod) {
            return Flow::Continue(Rolled::Held);
        }
        if facts.is_available(pod) && facts.participants.are_before(pod) {
            return Flow::Continue(Rolled::Waits);
        }
        let goes = draft.disturb(facts, (index, pod), |draft| {
            let _: bool = slot.roll(facts, draft, place, Reason::Rollout)?;
            Flow::Continue(())
        })?;
        return Flow::Continue(if goes { Rolled::Goes } else { Rolled::Waits });
    }
    let _: bool = slot.roll(facts, draft, place, Reason::Rollout)?;
    Flow::Continue(Rolled::Goes)
}

/// Whether the pod is passed over, whatever the limit.
fn is_held(facts: &Facts, pod: &Pod) -> bool {
    change::obstacle(facts, pod).is_some() || consent::given(facts, pod, Purposes::ROLLOUT).is_err()
}

/// Whatever is still old waits.
fn halt(facts: &Facts, draft: &mut Draft, on: On) -> Flow {
    draft.halt(Part::Rollout, facts.slots.start, Gate::MaxUnavailable, on)
}
