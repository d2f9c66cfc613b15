//! What the standalone profile adds, apart from binding.

use statefulset::{Claim, Deletion, Do, GiveUp, Keep, Ordinal, OwnerRef, Shutdown};

use super::{Pass, Stage, append, delete, short};

impl Pass<'_> {
    pub(super) fn hold_finalizer(&mut self) {
        let ordered = self.desired.profile.shutdown == Shutdown::Ordered;
        if ordered && !self.desired.finalizer_held {
            self.push(Stage::from([(0, vec![vec![Do::HoldFinalizer]])]));
        }
    }

    pub(super) fn shut_down(&mut self) {
        if self.desired.profile.shutdown != Shutdown::Ordered {
            return;
        }
        let orphaned = self.desired.deletion == Deletion::Orphan;
        if !orphaned && !self.observed.pods.is_empty() {
            let mut pods = self.pods();
            pods.reverse();
            pods.sort_by_key(|&pod| std::cmp::Reverse(self.pod(pod).ordinal));
            // Of wanted twins only the rightful one is seen, here as everywhere.
            pods.retain(|&pod| {
                let ordinal = self.pod(pod).ordinal;
                !self.wanted(ordinal) || self.pod_of(ordinal) == Some(pod)
            });
            if self.ordered() {
                pods.truncate(1);
            }
            pods.retain(|&pod| self.pod(pod).terminating_since.is_none());
            return self.delete_together(&pods);
        }
        let keep = self.desired.retention.when_deleted == Keep::Retain;
        if !orphaned && !keep && self.desired.profile.give_up == GiveUp::Delete {
            // Each claim must be seen to go before nothing holds the set any more.
            let stages = self.stages.len();
            self.delete_claims(|_, _| true);
            if self.lookup_fails() || self.stages.len() > stages {
                return;
            }
        }
        if self.desired.finalizer_held {
            self.push(Stage::from([(0, vec![vec![Do::ReleaseFinalizer]])]));
        }
    }

    pub(super) fn give_up_claims(&mut self) {
        let delete = self.desired.profile.give_up == GiveUp::Delete;
        if delete && self.desired.retention.when_scaled == Keep::Delete {
            self.delete_claims(|pass, claim| {
                !pass.wanted(claim.ordinal)
                    && !pass.keeps_claims(claim.ordinal)
                    && pass.pod_of(claim.ordinal).is_none()
            });
        }
    }

    fn delete_claims(&mut self, which: impl Fn(&Self, &Claim) -> bool) {
        let mut stage = Stage::new();
        for (index, claim) in self.observed.claims.unwrap_or_default().iter().enumerate() {
            // Somebody else's claim that happens to have the right name.
            let foreign = claim.foreign_controller || claim.set_owner == OwnerRef::OtherUid;
            if claim.terminating_since.is_none() && !foreign && which(self, claim) {
                let what = Do::DeleteClaim {
                    claim: short(index),
                };
                append(&mut stage, claim.ordinal, vec![vec![what]]);
            }
        }
        self.push(stage);
    }

    /// Empty places count as others do.
    pub(super) fn do_in_bursts(&mut self, all: &[Option<(Ordinal, Do)>]) {
        let (mut from, mut size) = (0, 1);
        while from < all.len() {
            let to = all.len().min(from + size);
            let mut stage = Stage::new();
            for &(ordinal, what) in all[from..to].iter().flatten() {
                append(&mut stage, ordinal, vec![vec![what]]);
            }
            self.push(stage);
            (from, size) = (to, 500.min(size * 2));
        }
    }

    fn delete_together(&mut self, pods: &[usize]) {
        let mut stage = Stage::new();
        for &pod in pods {
            append(&mut stage, self.pod(pod).ordinal, vec![vec![delete(pod)]]);
        }
        self.push(stage);
    }
}
