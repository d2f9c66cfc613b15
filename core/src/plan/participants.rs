//! Which pods a rollout replaces, and in which order (rules U-1 and ).

use alloc::vec::Vec;

use crate::desired::{Desired, Ordinal};
use crate::plan::revision;
use crate::plan::roster::Roster;
use crate::plan::slots::Slots;
use crate::pod::Pod;
use crate::policies::{Ranked, Ties};
use crate::purpose::Prepared;

/// A pod's place in a rollout where ranks decide; the lowest is first. What was begun is finished first: those that were asked
/// to restart come before those that were not.
pub(crate) type Turn = (bool, u32, Ordinal);

/// The pods that a rollout replaces.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Participants {
    /// Those that are not below the partition.
    From(Ordinal),
    /// As many as the partition leaves, by rank.
    Ranked {
        ties: Ties,
        /// The last one of those that are still to be replaced.
        last: Option<Turn>,
        /// Of the ranks after this one, no available pod is replaced yet.
        tier: Option<u32>,
    },
}

impl Participants {
    /// `is_available` is asked of pods in slots.
    pub(crate) fn of(
        desired: &Desired,
        slots: &Slots,
        roster: &Roster,
        is_available: impl Fn(&Pod) -> bool,
    ) -> Self {
        if !desired.is_ranked() {
            return Self::From(slots.rolled_from);
        }
        let ties = desired.policies.ties;
        let waits = |pod: &Pod| pod.revision != desired.update && !pod.is_terminating();
        let mut turns: Vec<Turn> = Vec::with_capacity(roster.slots().size_hint().1.unwrap_or(0));
        let (mut pods, mut old) = (0u32, 0u32);
        let mut unfinished: Option<u32> = None;
        let mut must_finish = |rank: u32| {
            unfinished = Some(unfinished.map_or(rank, |least| least.min(rank)));
        };
        for (_, pod) in roster.slots() {
            pods += 1;
            old += u32::from(pod.revision != desired.update);
            if waits(pod) {
                turns.push(turn(pod, ties));
            } else if pod.is_terminating() || !is_available(pod) || pod.prepared != Prepared::No {
                must_finish(pod.rank);
            }
        }
        let empty = desired.replicas - pods;
        // Those that are updated, or about to be, take part first: the partition holds a number of pods, so that it never
        // becomes too late for a pod that was replaced already.
        let mut first = pods - u32::try_from(turns.len()).unwrap_or(u32::MAX);
        let updated = empty - revision::left_out(desired, old, empty);
        if updated > 0 {
            first += updated;
            must_finish(0);
        }
        let total = desired.replicas.saturating_sub(desired.partition());
        let left = (total.saturating_sub(first) as usize).min(turns.len());
        let last = left
            .checked_sub(1)
            .map(|last| *turns.select_nth_unstable(last).1);
        for turn in &turns[..left] {
            must_finish(turn.1);
        }
        let tier = unfinished.filter(|_| desired.policies.ranked == Ranked::Tiers);
        Self::Ranked { ties, last, tier }
    }

    /// Whether the partition leaves a pod in range to the rollout.
    #[inline]
    pub(crate) fn include(self, pod: &Pod, desired: &Desired) -> bool {
        match self {
            Self::From(ordinal) => pod.ordinal >= ordinal,
            Self::Ranked { ties, last, .. } => {
                pod.revision == desired.update
                    || pod.is_terminating()
                    || last.is_some_and(|last| turn(pod, ties) <= last)
            }
        }
    }

    /// Whether an available pod has to wait for an earlier rank.
    pub(crate) fn are_before(self, pod: &Pod) -> bool {
        matches!(self, Self::Ranked { tier: Some(tier), .. } if pod.rank > tier)
    }
}

/// The pod's place in the rollout.
pub(crate) const fn turn(pod: &Pod, ties: Ties) -> Turn {
    let ordinal = match ties {
        Ties::HighestFirst => !pod.ordinal,
        Ties::LowestFirst => pod.ordinal,
    };
    (
        !matches!(
            pod.prepared,
            Prepared::AskedToRestart | Prepared::MayRestart
        ),
        pod.rank,
        ordinal,
    )
}
