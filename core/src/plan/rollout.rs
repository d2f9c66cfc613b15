//! The rolling update, highest ordinal first unless ranks decide (rules U-1 to U-5, and U-8).

use crate::action::Reason;
use crate::desired::{Limit, Rolling};
use crate::plan::draft::{Draft, Flow, Part};
use crate::plan::facts::Facts;
use crate::plan::repair::{self, Repaired};
use crate::plan::sequence::{Sequence, Slot};
use crate::policies::Paused;
use crate::version::Budget;
use crate::wait::{Gate, On};

/// Replaces pods of old revisions.
pub(crate) fn process(facts: &Facts, draft: &mut Draft, rolling: Option<Rolling>) -> Flow {
    if let Some(&moved) = draft.asked_to_go.first() {
        // What this pass takes away for a node's sake is as good as unavailable.
        return halt(facts, draft, On::Pod(moved));
    }
    let sequence = Sequence::new(facts, draft);
    let repaired = repair::all(facts, draft, &sequence)?;
    if facts.pauses(Paused::ROLLOUT) {
        return Flow::Continue(());
    }
    let profile = facts.desired.profile;
    let limit = rolling
        .filter(|_| profile.max_unavailable)
        .and_then(|r| r.max_unavailable)
        .unwrap_or(Limit::Count(1));
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
    for slot in sequence.iter() {
        if let Some(ordinal) = sequence.held_before(slot) {
            return halt(facts, draft, On::Ordinal(ordinal));
        }
        let was_repaired = repaired.count > 0 && repair::is_broken(facts, slot);
        if slot.is_to_go(facts) && !was_repaired {
            if !roll(facts, draft, slot, repaired.count)? {
                return Flow::Continue(());
            }
            return draft.halt(Part::Rollout, slot.ordinal, Gate::MaxUnavailable, slot.on());
        }
        if was_repaired || slot.is_unavailable(facts) {
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
            slot.roll(draft, place, Reason::Rollout)?;
            awaited.get_or_insert(slot.on());
            place += 1;
        }
    }
    let mut budget = max.saturating_sub(unavailable);
    // In `OrderedReady` health is not asked: before the rollout is reached every slot is available. A budget that only
    // counts does not ask either.
    for slot in left().filter(|slot| !parallel || slot.is_available(facts)) {
        if budget == 0 {
            break;
        }
        if roll(facts, draft, slot, place)? {
            awaited.get_or_insert(slot.on());
            place += 1;
            budget -= 1;
        }
    }
    let is_held = draft.is_spent() || facts.participants.are_tiered();
    if budget > 0 && is_held {
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
        if unavailable >= max && !is_unavailable {
            return halt(facts, draft, awaited.unwrap_or_default());
        }
        if roll(facts, draft, slot, place)? {
            awaited.get_or_insert(slot.on());
            unavailable += u32::from(!is_unavailable);
            place += 1;
        }
    }
    Flow::Continue(())
}

/// Rolls a slot, unless its pod is available and has to wait for an earlier rank or for the group.
fn roll(facts: &Facts, draft: &mut Draft, slot: Slot, place: u32) -> Flow<bool> {
    let roll = |draft: &mut Draft| slot.roll(draft, place, Reason::Rollout);
    match slot.pod {
        // What this pass has deleted already asks for nothing (rule U-5).
        Some((_, pod)) if !pod.is_terminal() || draft.spares(slot.ordinal) => {
            if facts.is_available(pod) && facts.participants.are_before(pod) {
                return Flow::Continue(false);
            }
            draft.disturb(facts, pod, roll)
        }
        _ => {
            roll(draft)?;
            Flow::Continue(true)
        }
    }
}

/// Whatever is still old waits.
fn halt(facts: &Facts, draft: &mut Draft, on: On) -> Flow {
    draft.halt(Part::Rollout, facts.slots.start, Gate::MaxUnavailable, on)
}
