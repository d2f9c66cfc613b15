//! How long a set may take for its next step.

use statefulset::{
    Deletion, Millis, Ordinal, Overdue, Paused, Pod, Progress, Revision, Strategy, Version,
};

use super::Pass;

impl Pass<'_> {
    /// When the last step was made; `None` while there is nothing to wait for, and where nobody counts.
    pub(super) fn last_step(&self) -> Option<Millis> {
        if self.desired.policies.deadline.is_none() || self.nobody_counts() {
            return None;
        }
        let slots = self.slots();
        if slots.iter().all(|&slot| !self.is_awaited(slot)) {
            return None;
        }
        let known = self
            .desired
            .published
            .filter(|it| it.update_revision == self.desired.update);
        let Some(mut last) = known.and_then(|it| it.progressed_at) else {
            return Some(self.now);
        };
        for slot in slots {
            let there = self.pod_of(slot).map(|pod| self.pod(pod));
            let Some(pod) = there.filter(|pod| self.serves(pod) && !self.rolls(slot, pod)) else {
                continue;
            };
            if let Some(ready) = pod.ready_since {
                // Before 1.34.0 the moment itself did not count.
                let late = self.desired.min_ready > 0 && !self.since(Version::V1_34_0);
                let moment = ready.saturating_add(self.desired.min_ready);
                last = last.max(moment.saturating_add(i64::from(late)));
            }
        }
        Some(last)
    }

    fn is_awaited(&self, slot: Ordinal) -> bool {
        self.pod_of(slot).is_none_or(|pod| {
            let pod = self.pod(pod);
            !self.serves(pod) && !self.is_spoken_to(pod)
        })
    }

    fn serves(&self, pod: &Pod) -> bool {
        self.available(pod) && pod.terminating_since.is_none()
    }

    fn is_to_change(&self) -> bool {
        let mut slots = self.slots().into_iter();
        slots.any(|slot| {
            self.pod_of(slot)
                .map(|pod| self.pod(pod))
                .is_some_and(|pod| pod.terminating_since.is_none() && self.rolls(slot, pod))
        })
    }

    fn nobody_counts(&self) -> bool {
        let paused = self.desired.policies.paused;
        self.desired.deletion != Deletion::No
            || paused.contains(Paused::ROLLOUT)
            || paused.contains(Paused::CREATION)
    }

    fn is_overdue(&self) -> bool {
        let Some((deadline, last)) = self.desired.policies.deadline.zip(self.last_step()) else {
            return false;
        };
        last.saturating_add(deadline.after) <= self.now
    }

    pub(super) fn is_held_for_its_deadline(&self) -> bool {
        let deadline = self.desired.policies.deadline;
        let holds = deadline.is_some_and(|it| it.then != Overdue::Report);
        holds && self.desired.strategy != Strategy::Recreate && self.is_overdue()
    }

    /// The condition, where `recreate` is what it says of the strategy with this name.
    pub(super) fn condition(&self, recreate: Option<Progress>) -> Option<Progress> {
        let ours = [Progress::Advancing, Progress::Overdue, Progress::Arrived];
        if self.desired.policies.deadline.is_none() {
            return recreate.filter(|it| !ours.contains(it));
        }
        if self.nobody_counts() {
            recreate
        } else if self.is_overdue() {
            Some(Progress::Overdue)
        } else if self.desired.strategy == Strategy::Recreate {
            recreate
        } else if self.last_step().is_some() || self.is_to_change() {
            Some(Progress::Advancing)
        } else {
            Some(Progress::Arrived)
        }
    }

    /// Where it says what to go back to.
    pub(super) fn advice(&self) -> Option<Revision> {
        let deadline = self.desired.policies.deadline?;
        let other = self.desired.current != self.desired.update;
        (deadline.then == Overdue::Suggest && self.is_overdue() && other)
            .then_some(self.desired.current)
    }
}
