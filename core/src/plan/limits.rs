//! How many pods may come and go at a time, in `Parallel` (rules M-1 and M-2).

use crate::desired::Ordinal;
use crate::plan::departure;
use crate::plan::facts::Facts;
use crate::pod::Pod;
use crate::policies::Paused;
use crate::wait::{Gate, On};

/// How many more slots may be on their way to a new pod. The slots are counted from the lowest up.
pub(super) struct ScaleOut {
    /// `None` where nothing limits it.
    left: Option<u32>,
    /// The first slot that uses up some of the limit.
    first: On,
}

impl ScaleOut {
    pub(super) fn new(facts: &Facts) -> Self {
        let limit = facts.desired.policies.scale_out_limit;
        let limit = limit.filter(|_| !facts.is_monotonic());
        Self {
            left: limit.map(|limit| limit.resolve(facts.desired.replicas)),
            first: On::Nothing,
        }
    }

    /// At most this many empty slots get a pod.
    pub(super) fn left(&self) -> u32 {
        self.left.unwrap_or(u32::MAX)
    }

    pub(super) fn is_reached(&self) -> bool {
        self.left == Some(0)
    }

    /// What keeps an empty slot empty, if anything does.
    pub(super) fn obstacle(&self, facts: &Facts) -> Option<(Gate, On)> {
        if facts.pauses(Paused::CREATION) {
            Some((Gate::Paused, On::Nothing))
        } else {
            self.is_reached().then_some((Gate::ScaleLimit, self.first))
        }
    }

    /// A slot with a pod was looked at. One that has ended, or is terminating, will have to be created again.
    pub(super) fn count(&mut self, facts: &Facts, index: u32, pod: &Pod) {
        if pod.is_terminal() || pod.is_terminating() || !facts.is_available(pod) {
            self.use_up(On::Pod(index));
        }
    }

    /// An empty slot was looked at.
    pub(super) fn count_empty(&mut self, ordinal: Ordinal) {
        self.use_up(On::Ordinal(ordinal));
    }

    /// So many empty slots, of which this is the first, are left empty.
    pub(super) fn count_held(&mut self, first: Ordinal, count: u32) {
        self.use_up(On::Ordinal(first));
        self.left = self.left.map(|left| left.saturating_sub(count - 1));
    }

    fn use_up(&mut self, on: On) {
        self.left = self.left.map(|left| left.saturating_sub(1));
        if self.first == On::Nothing {
            self.first = on;
        }
    }
}

/// How many more condemned pods may be asked to go; `None` where nothing limits it. Those that are terminating count, and
/// those that prepare to leave (rule J-4).
pub(super) fn scale_in(facts: &Facts) -> Option<u32> {
    let limit = facts.desired.policies.scale_in_limit?;
    let pods = facts.roster.condemned();
    let leaving = pods
        .filter(|(_, pod)| pod.is_terminating() || departure::is_in_motion(facts, pod))
        .count();
    let leaving = u32::try_from(leaving).unwrap_or(u32::MAX);
    Some(
        limit
            .resolve(facts.desired.replicas)
            .saturating_sub(leaving),
    )
}
