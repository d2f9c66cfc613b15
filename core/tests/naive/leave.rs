//! Asking a pod before it goes: what is held, asked, taken back, let go, and replaced because somebody wants it.

use std::collections::BTreeMap;

use statefulset::{
    Departure, Do, Limit, Ordinal, Paused, Phase, Pod, Prepared, Purposes, Strategy,
};

use super::change::Means;
use super::{Pass, Stage, append, delete, short};

impl Pass<'_> {
    // Facts.

    /// A pod in range that was asked, or that comes back after it was. It serves nobody, and is left to the answers.
    pub(super) fn is_spoken_to(&self, pod: &Pod) -> bool {
        self.wanted(pod.ordinal) && pod.prepared != Prepared::No
    }

    fn some_slot_is_spoken_to(&self) -> bool {
        let mut slots = self.slots().into_iter();
        slots.any(|slot| {
            self.pod_of(slot)
                .is_some_and(|pod| self.is_spoken_to(self.pod(pod)))
        })
    }

    /// Without a limit of its own, one at a time means none beside those that are spoken to.
    pub(super) fn waits_for_answers(&self) -> bool {
        !self.desired.profile.walk
            && !self.desired.profile.max_unavailable
            && self.some_slot_is_spoken_to()
    }

    pub(super) fn was_asked_to_leave(&self, pod: usize) -> bool {
        self.pod(pod).prepared.asked() == Some(Departure::Leave)
    }

    /// In order, a condemned pod waits for what is said to any other pod.
    pub(super) fn waits_for_another(&self, condemned: usize) -> bool {
        let mut others = self.condemned().into_iter();
        let leaves = others.any(|pod| pod != condemned && self.was_asked_to_leave(pod));
        self.ordered() && (leaves || self.some_slot_is_spoken_to())
    }

    /// Whether a rollout would replace the pod of this slot, sooner or later.
    pub(super) fn rolls(&self, slot: Ordinal, pod: &Pod) -> bool {
        let takes_part = match self.desired.strategy {
            Strategy::Recreate => true,
            _ => self.participants().contains(&slot),
        };
        takes_part && pod.revision != self.desired.update
    }

    /// The same, where labels are not enough and nothing else is in its way for good.
    fn goes_for_a_rollout(&self, slot: Ordinal, pod: &Pod) -> bool {
        let recreated = self.desired.strategy == Strategy::Recreate;
        let goes = matches!(self.means(pod), Means::Deletion | Means::Change);
        self.rolls(slot, pod) && (recreated || goes)
    }

    // What is done.

    /// What is done to a pod that goes: it is deleted, asked, or left as it is.
    pub(super) fn send_off(&self, pod: usize, purposes: Purposes) -> Option<Do> {
        let record = self.pod(pod);
        if record.hold.overlaps(purposes) || self.is_spoken_to(record) {
            return None;
        }
        let wanted = self.wanted(record.ordinal);
        let asks = self.desired.policies.ask.overlaps(purposes);
        if !asks || (wanted && has_ended(record)) {
            return Some(delete(pod));
        }
        let departure = if wanted {
            Departure::Restart
        } else {
            Departure::Leave
        };
        if record.prepared.may() == Some(departure) {
            return Some(delete(pod));
        }
        let ask = Do::Prepare {
            pod: short(pod),
            departure,
        };
        (record.prepared.asked() != Some(departure)).then_some(ask)
    }

    /// A pod that has ended is not asked.
    pub(super) fn send_ended_off(&self, pod: usize) -> Option<Do> {
        let held = self.pod(pod).hold.overlaps(Purposes::REPAIR);
        (!held).then(|| delete(pod))
    }

    /// Whether the pod has been deleted or asked in this pass.
    pub(super) fn is_taken(&self, pod: usize) -> bool {
        let mut done = self
            .stages
            .iter()
            .flat_map(BTreeMap::values)
            .flatten()
            .flatten();
        done.any(|what| match *what {
            Do::DeletePod { pod: taken }
            | Do::UpdateInPlace { pod: taken, .. }
            | Do::Prepare { pod: taken, .. } => taken == short(pod),
            _ => false,
        })
    }

    /// With the duties: nothing waits for it.
    pub(super) fn take_back(&mut self) {
        let is_duty = |stage: &mut Stage| {
            let mut all = stage.values().flatten().flatten();
            all.all(|what| matches!(what, Do::DeleteClaim { .. }))
        };
        let mut stage = self.stages.pop_if(is_duty).unwrap_or_default();
        for slot in self.slots() {
            let Some(pod) = self.pod_of(slot) else {
                continue;
            };
            let record = self.pod(pod);
            let stays = match record.prepared.asked() {
                Some(Departure::Leave) => true,
                Some(_) => {
                    !self.goes_for_a_rollout(slot, record)
                        && !self.is_broken_now(slot)
                        && !is_requested(record)
                }
                None => false,
            };
            if stays && record.terminating_since.is_none() && !has_ended(record) {
                let what = Do::CancelPrepare { pod: short(pod) };
                append(&mut stage, slot, vec![vec![what]]);
            }
        }
        self.push(stage);
    }

    /// What was begun is finished, wherever the pass has ended.
    pub(super) fn let_go(&mut self) {
        let mut stage = Stage::new();
        for pod in self.condemned() {
            let record = self.pod(pod);
            let leaves =
                !self.paused(Paused::SCALE_IN) && self.needs_no_answer(record, Purposes::SCALE_IN);
            let both = Purposes::ROLLOUT.with(Purposes::SCALE_IN);
            let recreated = self.desired.strategy == Strategy::Recreate
                && record.revision != self.desired.update
                && !self.paused(Paused::ROLLOUT)
                && self.needs_no_answer(record, both);
            if self.was_asked_to_leave(pod)
                && record.terminating_since.is_none()
                && (leaves || recreated)
            {
                append(&mut stage, record.ordinal, vec![vec![delete(pod)]]);
            }
        }
        for slot in self.slots() {
            let Some(pod) = self.pod_of(slot) else {
                continue;
            };
            let record = self.pod(pod);
            let rolls = self.goes_for_a_rollout(slot, record);
            if record.prepared.asked() == Some(Departure::Restart)
                && record.terminating_since.is_none()
                && !has_ended(record)
                && (self.may_be_repaired(slot, record)
                    || (rolls || is_requested(record)) && self.may_be_replaced(record))
            {
                let counts = matches!(self.desired.strategy, Strategy::RollingUpdate(_));
                let repaired = self.may_be_repaired(slot, record);
                self.rolled += u32::from((rolls || repaired) && counts);
                let made_again = !rolls || !counts || repaired;
                let gentle = self.gently(pod, delete(pod)).filter(|_| !made_again);
                let what = gentle.unwrap_or(delete(pod));
                append(&mut stage, slot, vec![vec![what]]);
            }
        }
        self.push(stage);
    }

    fn may_be_repaired(&self, slot: Ordinal, pod: &Pod) -> bool {
        self.repair().is_some()
            && self.is_broken_now(slot)
            && self.needs_no_answer(pod, Purposes::REPAIR)
    }

    /// Whatever is paused.
    fn is_broken_now(&self, slot: Ordinal) -> bool {
        self.desired.policies.repair.is_some_and(|repair| {
            (repair.ordered || !self.ordered())
                && self.participants().contains(&slot)
                && self.broken(repair, slot)
        })
    }

    fn may_be_replaced(&self, pod: &Pod) -> bool {
        !self.paused(Paused::ROLLOUT) && self.needs_no_answer(pod, Purposes::ROLLOUT)
    }

    fn needs_no_answer(&self, pod: &Pod, purposes: Purposes) -> bool {
        let free = pod.prepared.may().is_some() || !self.desired.policies.ask.overlaps(purposes);
        free && !pod.hold.overlaps(purposes)
    }

    /// What is done to a pod that somebody wants to have replaced.
    pub(super) fn send_requested_off(&self, pod: usize) -> Option<Do> {
        let record = self.pod(pod);
        let goes = is_requested(record) && record.terminating_since.is_none();
        let what = self.send_off(pod, Purposes::ROLLOUT);
        what.filter(|_| goes && !self.rests())
    }

    /// In range, within the limit of a rollout.
    pub(super) fn replace_requested(&mut self) {
        let slots = self.slots();
        let down = slots
            .iter()
            .filter(|&&slot| self.pod_of(slot).is_none_or(|pod| self.down(self.pod(pod))));
        let limit = match self.desired.strategy {
            Strategy::RollingUpdate(Some(rolling)) if self.desired.profile.max_unavailable => {
                rolling.max_unavailable.unwrap_or(Limit::Count(1))
            }
            _ => Limit::Count(1),
        };
        let limit = super::policies::pods(limit, self.desired.replicas);
        let mut left = limit.saturating_sub(down.count());
        for slot in slots.into_iter().rev() {
            let Some(pod) = self.pod_of(slot) else {
                continue;
            };
            let Some(what) = self.send_requested_off(pod) else {
                continue;
            };
            let record = self.pod(pod);
            let serves = !self.down(record);
            if (serves && left == 0) || !self.spare(record) {
                continue;
            }
            left -= usize::from(serves);
            self.requested = true;
            self.push(Stage::from([(slot, vec![vec![what]])]));
        }
    }
}

fn is_requested(pod: &Pod) -> bool {
    pod.replace && !has_ended(pod)
}

pub(super) fn has_ended(pod: &Pod) -> bool {
    matches!(pod.phase, Phase::Failed | Phase::Succeeded)
}
