//! Pods that are changed where they run.

use statefulset::{Change, Do, InPlace, Paused, Pod, Prepared, Purposes};

use super::leave::has_ended;
use super::{Pass, Stage, short};

/// What a rollout can do for an old pod.
#[derive(PartialEq, Eq)]
pub(super) enum Means {
    Nothing,
    Deletion,
    Change,
    Labels,
}

impl Pass<'_> {
    pub(super) fn means(&self, pod: &Pod) -> Means {
        let policy = self.desired.policies.in_place;
        if policy == InPlace::Off || pod.replace {
            return Means::Deletion;
        }
        let lives = !has_ended(pod);
        match pod.change {
            Change::InPlace if lives => Means::Change,
            Change::Nothing if lives => Means::Labels,
            _ if policy == InPlace::IfPossible => Means::Deletion,
            _ => Means::Nothing,
        }
    }

    /// Whether a rollout leaves it to its labels.
    pub(super) fn only_needs_labels(&self, pod: &Pod) -> bool {
        self.means(pod) == Means::Labels
    }

    /// The same deed, or the change that does as well.
    pub(super) fn gently(&self, pod: usize, what: Do) -> Option<Do> {
        match self.means(self.pod(pod)) {
            Means::Nothing => None,
            Means::Change if matches!(what, Do::DeletePod { .. }) => Some(self.change(pod)),
            _ => Some(what),
        }
    }

    fn change(&self, pod: usize) -> Do {
        Do::UpdateInPlace {
            pod: short(pod),
            revision: self.desired.update,
        }
    }

    /// Everybody who needs nothing but labels gets them.
    pub(super) fn hand_out_labels(&mut self) {
        let mut stage = Stage::new();
        for slot in self.participants() {
            let Some(index) = self.pod_of(slot) else {
                continue;
            };
            let pod = self.pod(index);
            let gets = pod.revision != self.desired.update
                && self.only_needs_labels(pod)
                && pod.terminating_since.is_none()
                && pod.prepared == Prepared::No
                && !pod.hold.contains(Purposes::ROLLOUT);
            if gets {
                self.rolled += 1;
                stage.insert(slot, vec![vec![self.change(index)]]);
            }
        }
        self.push(stage);
    }

    /// In order, a pod in the middle of a change that is of no use any more gets the next one.
    pub(super) fn change_again(&mut self, index: usize) -> Option<Do> {
        let pod = self.pod(index);
        let due = pod.changing
            && self.means(pod) == Means::Change
            && pod.terminating_since.is_none()
            && pod.revision != self.desired.update
            && self.participants().contains(&pod.ordinal)
            && !self.paused(Paused::ROLLOUT)
            && !self.rests();
        let what = self.send_off(index, Purposes::ROLLOUT).filter(|_| due)?;
        self.gently(index, what)
    }
}
