//! Pods of old revisions.

use std::collections::BTreeMap;

use statefulset::{Limit, Ordinal, Paused, Progress, Strategy, Version};

use super::{Over, Pass, Stage, delete};

/// One slot as the rolling update sees it.
#[derive(Clone, Copy)]
struct Slot {
    pod: Option<usize>,
    old: bool,
    terminating: bool,
    available: bool,
    down: bool,
}

impl Pass<'_> {
    pub(super) fn recreate(&mut self) -> Result<(), Over> {
        let slots = self.slots().into_iter();
        let mut all: Vec<Option<usize>> = slots.map(|ordinal| self.pod_of(ordinal)).collect();
        all.extend(self.condemned().into_iter().map(Some));
        let is_old = |&pod: &usize| self.pod(pod).revision != self.desired.update;
        let mut old: Vec<Option<usize>> = all.iter().map(|pod| pod.filter(is_old)).collect();
        if old.iter().all(Option::is_none) {
            if self.desired.current != self.desired.update {
                self.progress = Some(Progress::Creating);
            }
            return Ok(());
        }
        self.progress = Some(Progress::Deleting);
        if self.paused(Paused::ROLLOUT) {
            return Ok(());
        }
        for pod in &mut old {
            *pod = pod.filter(|&pod| {
                self.pod(pod).terminating_since.is_none() && self.spare(self.pod(pod))
            });
        }
        self.delete_in_bursts(&old);
        Err(Over)
    }

    pub(super) fn roll(&mut self) {
        let limit = match self.desired.strategy {
            Strategy::RollingUpdate(None) => None,
            Strategy::RollingUpdate(Some(rolling)) => rolling.max_unavailable,
            Strategy::OnDelete | Strategy::Recreate => return,
            other => unreachable!("{other:?}: the test does not know it yet"),
        };
        let look = |ordinal| self.look_at(ordinal);
        let slots: Vec<Slot> = self.slots().into_iter().map(look).collect();
        let open: Vec<Slot> = self.participants().into_iter().map(look).collect();
        if self.desired.profile.walk {
            let limit = limit.filter(|_| self.desired.profile.max_unavailable);
            self.walk(
                &slots,
                open,
                super::policies::pods(limit.unwrap_or(Limit::Count(1)), self.desired.replicas),
            );
            return;
        }
        if !self.desired.profile.max_unavailable {
            for slot in open {
                if slot.old && !slot.terminating {
                    self.replace(slot);
                    return;
                }
                if slot.down {
                    return;
                }
            }
            return;
        }
        // Since 1.38 what is below the partition does not count.
        let counted = if self.since(Version::V1_38) {
            &open
        } else {
            &slots
        };
        let limit = match limit {
            None => 1,
            Some(Limit::Count(count)) => i64::from(count),
            Some(Limit::Percent(share)) => {
                i64::from(share) * i64::try_from(counted.len()).expect("few slots") / 100
            }
            Some(other) => unreachable!("{other:?}: the test does not know it yet"),
        };
        let broken = |slot: &&Slot| slot.old && !slot.terminating && !slot.available;
        let unavailable = counted.iter().filter(|slot| slot.down).count();
        let mut budget = limit.max(1) - i64::try_from(unavailable).expect("few slots");
        // Before 1.37 broken pods were not looked at.
        let exempts = !self.ordered() && self.since(Version::V1_37);
        if budget <= 0 && (!exempts || counted.iter().filter(broken).count() == 0) {
            return;
        }
        if exempts {
            for slot in open.iter().filter(broken) {
                self.replace(*slot);
            }
        }
        for slot in open {
            let counts = !exempts || slot.available;
            if budget > 0 && slot.old && !slot.terminating && counts && self.replace(slot) {
                budget -= 1;
            }
        }
    }

    /// Those that are down already cost nothing where they are met.
    fn walk(&mut self, slots: &[Slot], open: Vec<Slot>, limit: usize) {
        let mut down = slots.iter().filter(|slot| slot.down).count();
        for slot in open {
            if !slot.old || slot.terminating {
                continue;
            }
            if !slot.down && down >= limit {
                return;
            }
            if self.replace(slot) && !slot.down {
                down += 1;
            }
        }
    }

    /// A slot without a pod is judged as the pod that it would get.
    fn look_at(&self, ordinal: Ordinal) -> Slot {
        let pod = self.pod_of(ordinal);
        let seen = pod.map(|pod| self.pod(pod));
        // A pod that was just deleted is as good as gone.
        let repaired = self.repaired.contains(&ordinal);
        let old = seen.map_or_else(
            || self.comes_old(ordinal),
            |pod| pod.revision != self.desired.update,
        );
        Slot {
            pod,
            old,
            terminating: repaired || seen.is_some_and(|pod| pod.terminating_since.is_some()),
            available: seen.is_some_and(|pod| self.available(pod)),
            down: repaired || seen.is_none_or(|pod| self.down(pod)),
        }
    }

    /// Whether it was not held back. Whoever takes a pod that is gone already takes nothing.
    fn replace(&mut self, slot: Slot) -> bool {
        let Some(pod) = slot.pod else {
            self.rolled += 1;
            return true;
        };
        let is_gone = self.is_deleted(pod);
        if !is_gone {
            let record = self.pod(pod);
            if self.waits_for_tier(record) || !self.spare(record) {
                return false;
            }
            self.push_deletion(pod);
        }
        self.rolled += 1;
        true
    }

    /// Broken pods go out of turn.
    pub(super) fn repair_broken(&mut self) {
        let Some(repair) = self.repair().filter(|_| !self.ordered()) else {
            return;
        };
        let mut left = self.repairs(repair);
        for slot in self.participants() {
            if left > 0 && self.broken(repair, slot) {
                left -= 1;
                self.rolled += 1;
                self.repaired.push(slot);
                if let Some(pod) = self.pod_of(slot).filter(|&pod| !self.is_deleted(pod)) {
                    self.push_deletion(pod);
                }
            }
        }
    }

    fn is_deleted(&self, pod: usize) -> bool {
        let mut done = self
            .stages
            .iter()
            .flat_map(BTreeMap::values)
            .flatten()
            .flatten();
        done.any(|what| *what == delete(pod))
    }

    fn push_deletion(&mut self, pod: usize) {
        let chain = vec![vec![delete(pod)]];
        self.push(Stage::from([(self.pod(pod).ordinal, chain)]));
    }
}
