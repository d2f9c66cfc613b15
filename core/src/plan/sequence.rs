//! The slots in the order in which a rollout looks at them (rules U-3 to U-5 and Q-1).

use alloc::vec::Vec;

use crate::action::{Do, Reason};
use crate::desired::Ordinal;
use crate::plan::change;
use crate::plan::consent::{self, Going};
use crate::plan::draft::{Draft, Flow, Part};
use crate::plan::facts::Facts;
use crate::plan::participants::{Participants, turn};
use crate::plan::revision;
use crate::pod::Pod;
use crate::purpose::{Prepared, Purposes};
use crate::wait::On;

/// A slot as the rollout sees it: an empty one stands for the pod that would be made for it, which is not available.
#[derive(Clone, Copy)]
pub(super) struct Slot<'a> {
    pub(super) ordinal: Ordinal,
    pub(super) pod: Option<(u32, &'a Pod)>,
}

impl Slot<'_> {
    /// Whether it is old, nobody has asked its pod to go, and labels are not all that it lacks.
    pub(super) fn is_to_go(self, facts: &Facts) -> bool {
        let is_relabelled = |(_, pod)| change::is_relabelled(facts, pod);
        self.is_left(facts) && !self.pod.is_some_and(is_relabelled)
    }

    /// Whether it is old, and nobody has asked its pod to go.
    fn is_left(self, facts: &Facts) -> bool {
        match self.pod {
            Some((_, pod)) => {
                pod.revision != facts.desired.update
                    && !pod.is_terminating()
                    && pod.prepared == Prepared::No
            }
            None => facts.revision_for(self.ordinal) != facts.desired.update,
        }
    }

    pub(super) fn is_available(self, facts: &Facts) -> bool {
        self.pod.is_some_and(|(_, pod)| facts.is_available(pod))
    }

    pub(super) fn is_unavailable(self, facts: &Facts) -> bool {
        self.pod.is_none_or(|(_, pod)| facts.is_unavailable(pod))
    }

    pub(super) fn on(self) -> On {
        self.pod
            .map_or(On::Ordinal(self.ordinal), |(index, _)| On::Pod(index))
    }

    /// Deletes its pod, or changes it where it runs, and counts that, or asks it to prepare; `false` if it has to stay. A slot
    /// without a pod, or whose pod this pass has deleted already, counts without a second deletion (rule U-5).
    pub(super) fn roll(
        self,
        facts: &Facts,
        draft: &mut Draft,
        place: u32,
        reason: Reason,
    ) -> Flow<bool> {
        if let Some((index, pod)) = self.pod
            && !draft.recycles(pod)
        {
            let (purpose, deed) = if reason == Reason::BrokenRevision {
                (Purposes::REPAIR, Ok(Do::DeletePod { pod: index }))
            } else {
                (Purposes::ROLLOUT, change::deed(facts, index, pod))
            };
            let (Ok(going), Ok(deed)) = (consent::given(facts, pod, purpose), deed) else {
                return Flow::Continue(false);
            };
            draft.open(Part::Rollout, place);
            draft.take(self.ordinal, reason, index, going.deed(index, deed))?;
            if going != Going::Now {
                return Flow::Continue(true);
            }
        }
        draft.count_rolled();
        Flow::Continue(true)
    }
}

/// The slots that take part in the rollout.
pub(super) struct Sequence<'f> {
    facts: &'f Facts<'f>,
    /// Empty slots from this ordinal on are held back, and are left out.
    looked_until: Ordinal,
    /// The highest empty slot that takes part and is left out.
    held: Option<Ordinal>,
    /// The order where ranks decide.
    ranked: Option<Vec<Slot<'f>>>,
}

impl<'f> Sequence<'f> {
    pub(super) fn new(facts: &'f Facts<'f>, draft: &Draft) -> Self {
        let looked_until = draft.held.map_or(facts.slots.end, |held| held.first);
        let takes_part = |slot: &Slot| match slot.pod {
            Some((_, pod)) => facts.participants.include(pod, facts.desired),
            None => facts.includes_empty(slot.ordinal),
        };
        let ranked = match facts.participants {
            Participants::From(_) => None,
            Participants::Ranked { ties, .. } => {
                let all = descending(facts, facts.slots.start, looked_until);
                // As many as there are pods; more, if empty ones are among them.
                let pods = facts.roster.slots().size_hint().1.unwrap_or(0);
                let mut slots: Vec<Slot> = Vec::with_capacity(pods);
                slots.extend(all.filter(takes_part));
                // Those that are updated take part first (rule Q-2).
                slots.sort_unstable_by_key(|slot| {
                    let turn = slot.pod.map(|(_, pod)| turn(pod, ties));
                    (slot.is_left(facts), turn)
                });
                Some(slots)
            }
        };
        let held = draft.held.map(|held| held.last);
        Self {
            facts,
            looked_until,
            held: held.filter(|&ordinal| facts.includes_empty(ordinal)),
            ranked,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Slot<'f>> + '_ {
        let by_ordinal = self
            .ranked
            .is_none()
            .then(|| descending(self.facts, self.facts.slots.rolled_from, self.looked_until));
        let by_rank = self.ranked.iter().flatten().copied();
        by_rank.chain(by_ordinal.into_iter().flatten())
    }

    /// The slots that count against the limit: those that take part, or all of them.
    pub(super) fn counted(&self, by_partition: bool) -> impl Iterator<Item = Slot<'f>> + '_ {
        let all = || descending(self.facts, self.facts.slots.start, self.looked_until);
        let all = (!by_partition).then(all).into_iter().flatten();
        all.chain(by_partition.then(|| self.iter()).into_iter().flatten())
    }

    /// How many slots take part.
    pub(super) fn len(&self) -> u32 {
        let facts = self.facts;
        let left_out = match facts.participants {
            Participants::From(ordinal) => facts.slots.place(ordinal),
            Participants::Ranked { .. } => facts.desired.partition(),
        };
        facts.desired.replicas.saturating_sub(left_out)
    }

    /// An empty slot that is left out, if the rollout would have looked at it before this one.
    pub(super) fn held_before(&self, slot: Slot) -> Option<Ordinal> {
        self.held
            .filter(|&held| self.ranked.is_some() || held > slot.ordinal)
    }

    /// How many of the slots that take part are unavailable.
    pub(super) fn unavailable(&self) -> u32 {
        let facts = self.facts;
        if facts.unavailable == 0 {
            return 0;
        }
        let (mut pods, mut left_out) = (0u32, 0u32);
        for (_, pod) in facts.roster.slots() {
            pods += 1;
            let takes_part = facts.participants.include(pod, facts.desired);
            left_out += u32::from(!takes_part && facts.is_unavailable(pod));
        }
        let empty = match facts.participants {
            Participants::From(ordinal) => {
                let pods = facts.roster.slots();
                let below = pods.take_while(|(_, pod)| pod.ordinal < ordinal).count();
                facts.slots.place(ordinal) - u32::try_from(below).unwrap_or(u32::MAX)
            }
            Participants::Ranked { .. } => {
                revision::left_out(facts.desired, facts.old, facts.desired.replicas - pods)
            }
        };
        facts.unavailable.saturating_sub(left_out + empty)
    }
}

/// Slots from the highest down to an ordinal. Empty ones appear below `looked_until`, one by one: this pass has made a pod
/// for each of them or found a stale claim for it, so there are no more of them than actions and claims.
fn descending<'f>(
    facts: &'f Facts<'f>,
    lowest: Ordinal,
    looked_until: Ordinal,
) -> impl Iterator<Item = Slot<'f>> + 'f {
    let until = looked_until.max(lowest);
    let beyond = facts.roster.slots().rev();
    let beyond = beyond.take_while(move |(_, pod)| pod.ordinal >= until);
    let beyond = beyond.map(|(index, pod)| Slot {
        ordinal: pod.ordinal,
        pod: Some((index, pod)),
    });
    let mut pods = facts.roster.slots().rev().peekable();
    let ordinals = facts
        .slots
        .within(lowest..until)
        .rev()
        .flat_map(Iterator::rev);
    let looked_at = ordinals.map(move |ordinal| {
        while pods.next_if(|(_, pod)| pod.ordinal >= until).is_some() {}
        Slot {
            ordinal,
            pod: pods.next_if(|(_, pod)| pod.ordinal == ordinal),
        }
    });
    beyond.chain(looked_at)
}
