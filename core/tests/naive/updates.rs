//! Pods of old revisions.

use statefulset::{Do, Limit, Ordinal, Phase, Progress, Purposes, Strategy, Version};

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
        let old: Vec<Option<usize>> = all.iter().map(|pod| pod.filter(is_old)).collect();
        if old.iter().all(Option::is_none) {
            if self.desired.current != self.desired.update {
                self.progress = Some(Progress::Creating);
            }
            return Ok(());
        }
        self.progress = Some(Progress::Deleting);
        if self.rests() {
            return Ok(());
        }
        let all: Vec<Option<(Ordinal, Do)>> = old
            .into_iter()
            .map(|pod| {
                let pod = pod.filter(|&pod| self.pod(pod).terminating_since.is_none())?;
                let record = self.pod(pod);
                let purposes = if self.wanted(record.ordinal) {
                    Purposes::ROLLOUT
                } else {
                    Purposes::ROLLOUT.with(Purposes::SCALE_IN)
                };
                // What was asked to leave goes last.
                let goes = self.wanted(record.ordinal) || !self.was_asked_to_leave(pod);
                let ended = matches!(record.phase, Phase::Failed | Phase::Succeeded);
                let what = if ended && self.wanted(record.ordinal) {
                    // Whatever was said to it.
                    (!record.hold.overlaps(purposes)).then(|| delete(pod))?
                } else {
                    self.send_off(pod, purposes).filter(|_| goes)?
                };
                self.spare(record).then_some((record.ordinal, what))
            })
            .collect();
        self.do_in_bursts(&all);
        Err(Over)
    }

    pub(super) fn roll(&mut self) {
        let limit = match self.desired.strategy {
            Strategy::RollingUpdate(None) => None,
            Strategy::RollingUpdate(Some(rolling)) => rolling.max_unavailable,
            Strategy::OnDelete | Strategy::Recreate => return,
            other => unreachable!("{other:?}: the test does not know it yet"),
        };
        if self.waits_for_answers() {
            return;
        }
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
            if !self.repaired.is_empty() {
                return;
            }
            for slot in open {
                if slot.old && !slot.terminating && !self.stays(slot) {
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
            if self.stays(slot) {
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
            |pod| pod.revision != self.desired.update && !self.only_needs_labels(pod),
        );
        Slot {
            pod,
            old,
            terminating: repaired || seen.is_some_and(|pod| pod.terminating_since.is_some()),
            available: seen.is_some_and(|pod| self.fit(pod)),
            down: repaired || seen.is_none_or(|pod| self.down(pod)),
        }
    }

    /// Whether it was not held back. Whoever takes a pod that is gone already takes nothing.
    fn replace(&mut self, slot: Slot) -> bool {
        let Some(pod) = slot.pod else {
            self.rolled += 1;
            return true;
        };
        // What has ended is gone by now, and counts all the same.
        if self.is_taken(pod) && !self.is_spoken_to(self.pod(pod)) {
            self.rolled += 1;
            return true;
        }
        let Some(what) = self.roll_off(pod) else {
            return false;
        };
        let record = self.pod(pod);
        if self.waits_for_tier(record) || !self.spare(record) {
            return false;
        }
        self.push_one(pod, what);
        self.rolled += u32::from(!matches!(what, Do::Prepare { .. }));
        true
    }

    fn roll_off(&self, pod: usize) -> Option<Do> {
        let what = self.send_off(pod, Purposes::ROLLOUT)?;
        self.gently(pod, what)
    }

    /// Whether a pod is there that is held back, whatever the limits.
    fn stays(&self, slot: Slot) -> bool {
        slot.pod.is_some_and(|pod| {
            self.is_spoken_to(self.pod(pod))
                || (!self.is_taken(pod) && self.roll_off(pod).is_none())
        })
    }

    /// Broken pods go out of turn.
    pub(super) fn repair_broken(&mut self) {
        let Some(repair) = self.repair().filter(|_| !self.ordered()) else {
            return;
        };
        let mut left = self.repairs(repair);
        for slot in self.participants() {
            if left == 0 || !self.broken(repair, slot) {
                continue;
            }
            let Some(pod) = self.pod_of(slot) else {
                left -= 1;
                self.rolled += 1;
                self.repaired.push(slot);
                continue;
            };
            if let Some(what) = self.send_off(pod, Purposes::REPAIR) {
                left -= 1;
                let gone = self.is_taken(pod);
                self.rolled += u32::from(gone || matches!(what, Do::DeletePod { .. }));
                self.repaired.push(slot);
                if !gone {
                    self.push_one(pod, what);
                }
            }
        }
    }

    fn push_one(&mut self, pod: usize, what: Do) {
        let chain = vec![vec![what]];
        self.push(Stage::from([(self.pod(pod).ordinal, chain)]));
    }
}
