//! Pods of old revisions.

use std::collections::BTreeMap;

use statefulset::{Limit, Ordinal, Progress, Strategy, Version};

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
        let slots = self.desired.start..self.desired.start + self.desired.replicas;
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
        for pod in &mut old {
            *pod = pod.filter(|&pod| self.pod(pod).terminating_since.is_none());
        }
        self.delete_in_bursts(&old);
        Err(Over)
    }

    pub(super) fn roll(&mut self) {
        let (floor, limit) = match self.desired.strategy {
            Strategy::RollingUpdate(None) => (0, None),
            Strategy::RollingUpdate(Some(rolling)) => (rolling.partition, rolling.max_unavailable),
            Strategy::OnDelete | Strategy::Recreate => return,
            other => unreachable!("{other:?}: the test does not know it yet"),
        };
        let slots: Vec<Slot> = (0..self.desired.replicas)
            .map(|index| self.look_at(self.desired.start + index))
            .collect();
        let open: Vec<Slot> = (floor..self.desired.replicas)
            .rev()
            .map(|index| slots[index as usize])
            .collect();
        if !self.desired.profile.max_unavailable {
            for slot in open {
                if slot.old && !slot.terminating {
                    return self.replace(slot);
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
            if budget > 0 && slot.old && !slot.terminating && counts {
                self.replace(slot);
                budget -= 1;
            }
        }
    }

    /// A slot without a pod is judged as the pod that it would get.
    fn look_at(&self, ordinal: Ordinal) -> Slot {
        let pod = self.pod_of(ordinal);
        let seen = pod.map(|pod| self.pod(pod));
        let revision = seen.map_or_else(|| self.revision_for(ordinal), |pod| pod.revision);
        Slot {
            pod,
            old: revision != self.desired.update,
            terminating: seen.is_some_and(|pod| pod.terminating_since.is_some()),
            available: seen.is_some_and(|pod| self.available(pod)),
            down: seen.is_none_or(|pod| self.down(pod)),
        }
    }

    fn replace(&mut self, slot: Slot) {
        self.rolled += 1;
        let Some(pod) = slot.pod else { return };
        let mut done = self
            .stages
            .iter()
            .flat_map(BTreeMap::values)
            .flatten()
            .flatten();
        if !done.any(|what| *what == delete(pod)) {
            let chain = vec![vec![delete(pod)]];
            self.push(Stage::from([(self.pod(pod).ordinal, chain)]));
        }
    }
}
