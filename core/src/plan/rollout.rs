//! The rolling update, highest ordinal first (rules U-1 to U-5).

use crate::action::Reason;
use crate::desired::{Limit, Ordinal, Rolling};
use crate::plan::draft::{Draft, Flow, Part};
use crate::plan::facts::Facts;
use crate::plan::revision::revision_for;
use crate::pod::Pod;
use crate::version::Budget;
use crate::wait::{Gate, On};

/// Replaces pods of old revisions.
pub(crate) fn process(facts: &Facts, draft: &mut Draft, rolling: Option<Rolling>) -> Flow {
    if let Some(&moved) = draft.asked_to_go.first() {
        // What this pass takes away for a node's sake is as good as unavailable.
        return halt(facts, draft, Some(On::Pod(moved)));
    }
    let partition = rolling.map_or(0, |r| r.partition);
    if facts.desired.profile.max_unavailable {
        let limit = rolling
            .and_then(|r| r.max_unavailable)
            .unwrap_or(Limit::Count(1));
        within_budget(facts, draft, partition, limit)
    } else {
        one_at_a_time(facts, draft, partition)
    }
}

/// A slot as the rollout sees it: an empty one stands for the pod that would be made for it, which is not available.
#[derive(Clone, Copy)]
struct Slot<'a> {
    ordinal: Ordinal,
    pod: Option<(u32, &'a Pod)>,
}

impl Slot<'_> {
    fn is_old(self, facts: &Facts) -> bool {
        let revision = self.pod.map_or_else(
            || revision_for(self.ordinal, facts.desired),
            |(_, pod)| pod.revision,
        );
        revision != facts.desired.update
    }

    fn is_terminating(self) -> bool {
        self.pod.is_some_and(|(_, pod)| pod.is_terminating())
    }

    fn is_available(self, facts: &Facts) -> bool {
        self.pod.is_some_and(|(_, pod)| facts.is_available(pod))
    }

    fn is_unavailable(self, facts: &Facts) -> bool {
        self.pod.is_none_or(|(_, pod)| facts.is_unavailable(pod))
    }

    fn on(self) -> On {
        self.pod
            .map_or(On::Ordinal(self.ordinal), |(index, _)| On::Pod(index))
    }

    /// Deletes its pod and counts that. A slot without a pod, or whose pod this pass has deleted already, counts without a
    /// second deletion (rule U-5).
    fn roll(self, draft: &mut Draft, place: u32) -> Flow {
        if let Some((index, pod)) = self.pod
            && !pod.is_terminal()
        {
            draft.open(Part::Rollout, place);
            draft.delete_pod(self.ordinal, Reason::Rollout, index)?;
        }
        draft.count_rolled();
        Flow::Continue(())
    }
}

/// Slots from the highest down to index `from`. Empty ones appear one by one: before the rollout is reached, this pass has
/// made a pod for each of them or found a stale claim for it, so there are no more of them than actions and claims.
fn descending<'f>(facts: &'f Facts, from: u32) -> impl Iterator<Item = Slot<'f>> + 'f {
    let lowest = facts.desired.start.saturating_add(from);
    let mut pods = facts.roster.slots().rev().peekable();
    (lowest..facts.end()).rev().map(move |ordinal| Slot {
        ordinal,
        pod: pods.next_if(|(_, p)| p.ordinal == ordinal),
    })
}

/// Gate off: the first old pod from the top goes, unless a pod above it is unavailable (rule U-3).
fn one_at_a_time(facts: &Facts, draft: &mut Draft, partition: u32) -> Flow {
    for slot in descending(facts, partition) {
        if slot.is_old(facts) && !slot.is_terminating() {
            slot.roll(draft, 0)?;
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
fn within_budget(facts: &Facts, draft: &mut Draft, partition: u32, limit: Limit) -> Flow {
    let budget = facts.desired.profile.kubernetes.budget();
    let counted_from = if budget == Budget::ByPartition {
        partition
    } else {
        0
    };
    let max = limit.resolve(facts.desired.replicas.saturating_sub(counted_from));
    let parallel = !facts.is_monotonic() && budget != Budget::Counting;
    let unavailable = if counted_from == 0 || facts.unavailable == 0 {
        facts.unavailable
    } else {
        u32::try_from(unavailable_from(facts, counted_from).count()).unwrap_or(u32::MAX)
    };
    // What the rest waits for: the highest unavailable slot, or else the first pod that goes now.
    let mut awaited = None;
    if unavailable > 0 {
        let counted = || unavailable_from(facts, counted_from);
        awaited = counted().next().map(Slot::on);
        let is_broken = |slot: Slot| slot.is_old(facts) && !slot.is_terminating();
        if unavailable >= max && !(parallel && counted().any(is_broken)) {
            return halt(facts, draft, awaited);
        }
    }
    let mut place = 0;
    if parallel {
        for slot in descending(facts, partition) {
            if slot.is_old(facts) && !slot.is_terminating() && !slot.is_available(facts) {
                slot.roll(draft, place)?;
                awaited.get_or_insert(slot.on());
                place += 1;
            }
        }
    }
    let mut budget = max.saturating_sub(unavailable);
    for slot in descending(facts, partition) {
        if budget == 0 {
            break;
        }
        // In `OrderedReady` health is not asked: before the rollout is reached every slot is available. A budget that only
        // counts does not ask either.
        if slot.is_old(facts) && !slot.is_terminating() && (!parallel || slot.is_available(facts)) {
            slot.roll(draft, place)?;
            awaited.get_or_insert(slot.on());
            place += 1;
            budget -= 1;
        }
    }
    halt(facts, draft, awaited)
}

/// The unavailable slots from the highest down to index `from`.
fn unavailable_from<'f>(facts: &'f Facts, from: u32) -> impl Iterator<Item = Slot<'f>> + 'f {
    descending(facts, from).filter(|slot| slot.is_unavailable(facts))
}

/// Whatever is still old waits.
fn halt(facts: &Facts, draft: &mut Draft, awaited: Option<On>) -> Flow {
    draft.halt(
        Part::Rollout,
        facts.desired.start,
        Gate::MaxUnavailable,
        awaited.unwrap_or_default(),
    )
}
