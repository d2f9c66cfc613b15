//! Which ordinals are desired, and the place of each among them (rules ).

use core::ops::Range;

use smallvec::SmallVec;

use crate::desired::{Desired, MAX_ORDINAL, Ordinal, Strategy};
use crate::policies::{PartitionBy, Policies};

/// The desired ordinals: the first `replicas` ones from the set's first that are not excluded.
#[derive(Debug)]
pub(crate) struct Slots<'a> {
    /// Neighbouring ordinals together, ascending; none where no pod is desired.
    runs: SmallVec<[Run; 1]>,
    policies: Policies<'a>,
    /// The first desired ordinal.
    pub(crate) start: Ordinal,
    /// The ordinal after the last desired one.
    pub(crate) end: Ordinal,
    /// The partition holds no slot from this ordinal on (rule U-1).
    pub(crate) rolled_from: Ordinal,
    /// Slots below this ordinal are created from the current revision, unless ranks decide (rule V-2).
    pub(crate) kept_until: Ordinal,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    first: Ordinal,
    end: Ordinal,
    /// How many desired ordinals are below the first.
    place: u32,
}

impl<'a> Slots<'a> {
    /// `None` where the last desired ordinal would be too large. The exclusions are in order.
    pub(crate) fn of(desired: &Desired<'a>) -> Option<Self> {
        let mut slots = Self::laid(desired.start, desired.replicas, desired.policies)?;
        let partition = desired.partition();
        slots.rolled_from = match desired.policies.partition_by {
            PartitionBy::Rank => slots.after(partition),
            PartitionBy::Ordinal => desired.start.saturating_add(partition),
        };
        slots.kept_until = match desired.strategy {
            Strategy::RollingUpdate(None) => {
                slots.after(desired.published.map_or(0, |status| status.current))
            }
            _ => slots.rolled_from,
        };
        Some(slots)
    }

    /// The same where no partition matters.
    pub(crate) fn laid(start: Ordinal, replicas: u32, policies: Policies<'a>) -> Option<Self> {
        let mut slots = Self {
            runs: SmallVec::new(),
            policies,
            start,
            end: start,
            rolled_from: start,
            kept_until: start,
        };
        slots.lay(replicas)?;
        Some(slots)
    }

    /// Lays out as many slots, from the first ordinal on.
    fn lay(&mut self, replicas: u32) -> Option<()> {
        let (mut next, mut left) = (self.start, replicas);
        for exclusion in self.policies.excluded {
            if left == 0 || exclusion.last < next {
                continue;
            }
            let free = exclusion.first.saturating_sub(next).min(left);
            self.run(next, free, replicas - left);
            left -= free;
            if left > 0 {
                next = exclusion.last + 1;
            }
        }
        if u64::from(next) + u64::from(left) > u64::from(MAX_ORDINAL) + 1 {
            return None;
        }
        self.run(next, left, replicas - left);
        Some(())
    }

    fn run(&mut self, first: Ordinal, count: u32, place: u32) {
        if count > 0 {
            if self.runs.is_empty() {
                self.start = first;
            }
            self.end = first + count;
            self.runs.push(Run {
                first,
                end: self.end,
                place,
            });
        }
    }

    /// The ordinal after the first `count` slots, or after the last one.
    pub(crate) fn after(&self, count: u32) -> Ordinal {
        let runs = self.runs.partition_point(|run| run.place < count);
        runs.checked_sub(1).map_or(self.start, |last| {
            let run = self.runs[last];
            run.first.saturating_add(count - run.place).min(run.end)
        })
    }

    /// Whether no ordinal between the first slot and the last is excluded.
    pub(crate) fn are_dense(&self) -> bool {
        self.runs.len() <= 1
    }

    /// Whether the ordinal is desired.
    #[inline]
    pub(crate) fn contains(&self, ordinal: Ordinal) -> bool {
        match &self.runs[..] {
            [run] => (run.first..run.end).contains(&ordinal),
            runs => {
                let next = runs.partition_point(|run| run.end <= ordinal);
                runs.get(next).is_some_and(|run| run.first <= ordinal)
            }
        }
    }

    /// How many desired ordinals are below this one.
    pub(crate) fn place(&self, ordinal: Ordinal) -> u32 {
        let next = self.runs.partition_point(|run| run.first <= ordinal);
        match next.checked_sub(1) {
            Some(last) => {
                let run = self.runs[last];
                run.place + (ordinal.min(run.end) - run.first)
            }
            None => 0,
        }
    }

    /// The desired ordinals among these, ascending, neighbours together.
    pub(crate) fn within(
        &self,
        ordinals: Range<Ordinal>,
    ) -> impl DoubleEndedIterator<Item = Range<Ordinal>> + use<> {
        let from = self.runs.partition_point(|run| run.end <= ordinals.start);
        let to = self.runs.partition_point(|run| run.first < ordinals.end);
        let runs: SmallVec<[Run; 1]> = self.runs.get(from..to).unwrap_or_default().into();
        runs.into_iter()
            .map(move |run| run.first.max(ordinals.start)..run.end.min(ordinals.end))
    }

    /// Whether the ordinal's claims are not given up by scale-in: it is desired, or excluded for a while (rule X-4).
    #[inline]
    pub(crate) fn keeps_claims(&self, ordinal: Ordinal) -> bool {
        self.contains(ordinal)
            || self
                .policies
                .exclusion(ordinal)
                .is_some_and(|e| e.keep_claims)
    }
}
