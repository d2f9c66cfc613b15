//! What the set asks for beyond Kubernetes.

use statefulset::{
    Departure, Exclusion, Limit, Millis, Ordinal, PartitionBy, Paused, Phase, Pod, Ranked, Repair,
    Strategy, Ties,
};

use super::Pass;

impl Pass<'_> {
    pub(super) fn paused(&self, kind: Paused) -> bool {
        self.desired.policies.paused.contains(kind)
    }

    /// Whether no rollout is begun.
    pub(super) fn rests(&self) -> bool {
        self.paused(Paused::ROLLOUT) || self.is_held_for_its_deadline()
    }

    // Excluded ordinals.

    fn exclusion(&self, ordinal: Ordinal) -> Option<&Exclusion> {
        let mut exclusions = self.desired.policies.excluded.iter();
        exclusions.find(|exclusion| exclusion.first <= ordinal && ordinal <= exclusion.last)
    }

    /// The first ordinals that are not excluded.
    pub(super) fn slots(&self) -> Vec<Ordinal> {
        let mut slots = vec![];
        let mut ordinal = self.desired.start;
        while slots.len() < self.desired.replicas as usize {
            if self.exclusion(ordinal).is_none() {
                slots.push(ordinal);
            }
            ordinal += 1;
        }
        slots
    }

    pub(super) fn keeps_claims(&self, ordinal: Ordinal) -> bool {
        self.exclusion(ordinal)
            .is_some_and(|exclusion| exclusion.keep_claims)
    }

    /// The pod of an excluded ordinal stands in for a slot that has no healthy pod.
    pub(super) fn stands_in(&self, ordinal: Ordinal) -> bool {
        let policies = self.desired.policies;
        if !policies.stand_in_first {
            return false;
        }
        let is_down = |slot: &Ordinal| {
            self.pod_of(*slot)
                .is_none_or(|pod| self.down(self.pod(pod)))
        };
        self.exclusion(ordinal).is_some() && self.slots().iter().any(is_down)
    }

    /// How many desired ordinals are below this one.
    pub(super) fn index(&self, ordinal: Ordinal) -> u32 {
        let below = self.slots().into_iter().filter(|&slot| slot < ordinal);
        super::short(below.count())
    }

    /// What the partition is compared with.
    fn rung(&self, ordinal: Ordinal) -> u32 {
        match self.desired.policies.partition_by {
            PartitionBy::Rank => self.index(ordinal),
            PartitionBy::Ordinal => ordinal - self.desired.start,
            other => unreachable!("{other:?}: the test does not know it yet"),
        }
    }

    pub(super) fn below_partition(&self, ordinal: Ordinal) -> bool {
        self.rung(ordinal) < self.partition()
    }

    pub(super) fn partition(&self) -> u32 {
        match self.desired.strategy {
            Strategy::RollingUpdate(Some(rolling)) => rolling.partition,
            _ => 0,
        }
    }

    // Limits.

    /// Whether the slot may be filled: no more than so many below it are on their way.
    pub(super) fn may_come(&self, ordinal: Ordinal) -> bool {
        let Some(limit) = self.desired.policies.scale_out_limit else {
            return true;
        };
        if self.ordered() {
            return true;
        }
        let comes = |slot: &Ordinal| {
            self.pod_of(*slot).is_none_or(|pod| {
                let pod = self.pod(pod);
                let ended = matches!(pod.phase, Phase::Failed | Phase::Succeeded);
                ended || pod.terminating_since.is_some() || !self.available(pod)
            })
        };
        let coming = self
            .slots()
            .into_iter()
            .filter(|slot| *slot <= ordinal && comes(slot));
        coming.count() <= pods(limit, self.desired.replicas)
    }

    /// Whether a slot without a pod is to get one of an old revision. One that stays empty for now gets none.
    pub(super) fn comes_old(&self, slot: Ordinal) -> bool {
        let comes = !self.paused(Paused::CREATION) && self.may_come(slot);
        comes && self.revision_for(slot) != self.desired.update
    }

    /// How many condemned pods may be told to leave.
    pub(super) fn departures(&self, condemned: &[usize]) -> usize {
        let Some(limit) = self.desired.policies.scale_in_limit else {
            return usize::MAX;
        };
        if self.ordered() {
            return usize::MAX;
        }
        let leaves = |pod: &&usize| {
            self.pod(**pod).terminating_since.is_some() || self.was_asked_to_leave(**pod)
        };
        let leaving = condemned.iter().filter(leaves).count();
        pods(limit, self.desired.replicas).saturating_sub(leaving)
    }

    /// Whether the group can spare this pod; if it can, it is one poorer.
    pub(super) fn spare(&mut self, pod: &Pod) -> bool {
        if !self.available(pod) || pod.prepared.asked().is_some() {
            return true;
        }
        if self.is_too_soon() || self.allowance == Some(0) {
            return false;
        }
        self.allowance = self.allowance.map(|left| left - 1);
        self.disrupted = true;
        true
    }

    /// Whether the last pod was taken away too short a time ago.
    fn is_too_soon(&self) -> bool {
        let Some(pace) = self.desired.policies.pace else {
            return false;
        };
        let before = self.desired.published.and_then(|it| it.disrupted_at);
        let last = if self.disrupted {
            Some(self.now)
        } else {
            before
        };
        last.is_some_and(|last| self.now < last.saturating_add(pace))
    }

    // Ranks.

    pub(super) fn ranked(&self) -> bool {
        let rolls = matches!(self.desired.strategy, Strategy::RollingUpdate(_));
        rolls && self.desired.policies.ranked != Ranked::Off
    }

    /// Slots in the order of a rollout.
    pub(super) fn in_turn(&self) -> Vec<Ordinal> {
        let mut slots = self.slots();
        if !self.ranked() || self.desired.policies.ties == Ties::HighestFirst {
            slots.reverse();
        }
        if self.ranked() {
            // What is or comes from the old revision without being there comes last: it takes no part.
            slots.sort_by_key(|&slot| match self.pod_of(slot).map(|pod| self.pod(pod)) {
                None if self.revision_for(slot) == self.desired.update => (0, 0),
                None => (3, 0),
                Some(pod) if pod.revision == self.desired.update => (0, 0),
                Some(pod) if pod.terminating_since.is_some() => (0, 0),
                Some(pod) if pod.prepared.asked() == Some(Departure::Restart) => (1, pod.rank),
                Some(pod) => (2, pod.rank),
            });
        }
        slots
    }

    /// Those of them that the rollout is about, in its order.
    pub(super) fn participants(&self) -> Vec<Ordinal> {
        if !matches!(self.desired.strategy, Strategy::RollingUpdate(_)) {
            return vec![];
        }
        let mut slots = self.in_turn();
        if self.ranked() {
            let all = self.desired.replicas.saturating_sub(self.partition());
            slots.truncate(all as usize);
            slots.retain(|&slot| {
                self.pod_of(slot).is_some() || self.revision_for(slot) == self.desired.update
            });
        } else {
            slots.retain(|&slot| !self.below_partition(slot));
        }
        slots
    }

    pub(super) fn old_pods(&self) -> u32 {
        let pods = self
            .slots()
            .into_iter()
            .filter_map(|slot| self.pod_of(slot));
        super::short(
            pods.filter(|&pod| self.pod(pod).revision != self.desired.update)
                .count(),
        )
    }

    /// Slots without a pod, whose turn to get one comes first.
    pub(super) fn empty_below(&self, ordinal: Ordinal) -> u32 {
        let mut slots = self.slots();
        slots.retain(|&slot| slot < ordinal && self.pod_of(slot).is_none());
        super::short(slots.len())
    }

    /// Whether a pod of an earlier tier is to be healthy and new first.
    pub(super) fn waits_for_tier(&self, pod: &Pod) -> bool {
        if !self.ranked() || self.desired.policies.ranked != Ranked::Tiers || !self.available(pod) {
            return false;
        }
        self.participants().into_iter().any(|slot| {
            let Some(other) = self.pod_of(slot) else {
                return pod.rank > 0;
            };
            let other = self.pod(other);
            let unfinished = other.revision != self.desired.update
                || other.terminating_since.is_some()
                || !self.available(other)
                || self.is_spoken_to(other);
            other.rank < pod.rank && unfinished
        })
    }

    // Broken pods.

    /// How many broken pods may be deleted at once.
    pub(super) fn repairs(&self, repair: Repair) -> u64 {
        let limit = match self.desired.strategy {
            Strategy::RollingUpdate(Some(rolling)) if self.desired.profile.max_unavailable => {
                rolling.max_unavailable.unwrap_or(Limit::Count(1))
            }
            _ => Limit::Count(1),
        };
        let limit = pods(limit, self.desired.replicas) as u64;
        let lost = self.slots().into_iter().filter(|&slot| {
            self.pod_of(slot).is_none_or(|pod| {
                let pod = self.pod(pod);
                let going = pod.terminating_since.is_some();
                let moves = going || self.is_spoken_to(pod);
                self.down(pod) && (moves || pod.revision == self.desired.update)
            })
        });
        (limit + u64::from(repair.beyond_budget)).saturating_sub(lost.count() as u64)
    }

    /// Of a slot that takes part.
    pub(super) fn broken(&self, repair: Repair, slot: Ordinal) -> bool {
        let Some(pod) = self.pod_of(slot) else {
            return repair.after == 0 && self.comes_old(slot);
        };
        let pod = self.pod(pod);
        let old = pod.revision != self.desired.update;
        if !old
            || pod.terminating_since.is_some()
            || self.available(pod)
            || self.only_needs_labels(pod)
        {
            return false;
        }
        let over = |since: Millis| since.saturating_add(repair.after) <= self.now;
        let lasting = !pod.ready && pod.ready_since.is_some_and(over);
        let unstarted = repair.pending && pod.phase == Phase::Pending;
        repair.after == 0 || lasting || unstarted
    }

    pub(super) fn repair(&self) -> Option<Repair> {
        let active = !self.paused(Paused::REPAIR);
        self.desired.policies.repair.filter(|_| active)
    }
}

pub(super) fn pods(limit: Limit, replicas: u32) -> usize {
    let pods = match limit {
        Limit::Count(count) => count,
        Limit::Percent(share) => share * replicas / 100,
        other => unreachable!("{other:?}: the test does not know it yet"),
    };
    pods.max(1) as usize
}
