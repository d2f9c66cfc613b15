//! One look at every pod: counters (rule S-1), order of the list, and how many pods are not at their goal.

use core::ops::Range;

use crate::claim::{Claim, ClaimPhase, OwnerRef};
use crate::desired::{Desired, Keep, NO_ORDINAL, Ordinal, Strategy};
use crate::error::PlanError;
use crate::observed::Observed;
use crate::plan::contract;
use crate::plan::parts::{Alike, Sum};
use crate::plan::retention;
use crate::plan::slots::Slots;
use crate::pod::Pod;
use crate::policies::Ranked;
use crate::purpose::{Prepared, Purposes};
use crate::time::Millis;

/// The five counters of the status.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Counters {
    pub(crate) replicas: u32,
    pub(crate) ready: u32,
    pub(crate) available: u32,
    pub(crate) current: u32,
    pub(crate) updated: u32,
}

/// What a look at a pod depends on, worked out once for all of them.
pub(crate) struct Lens<'a> {
    desired: &'a Desired<'a>,
    slots: &'a Slots<'a>,
    /// Whether no ordinal between the first slot and the last is excluded.
    dense: bool,
    ready_for: Millis,
    now: Millis,
    /// Whether a pod that is ready but not available yet is unavailable.
    asks_for_availability: bool,
    /// Old pods in range are to be replaced from this ordinal on. Where ranks decide, the partition holds a number of pods
    /// and not certain ones (rule Q-2), and none is counted.
    rolled_from: Ordinal,
}

impl<'a> Lens<'a> {
    pub(crate) fn new(desired: &'a Desired<'a>, slots: &'a Slots<'a>, now: Millis) -> Self {
        Self {
            desired,
            slots,
            dense: slots.are_dense(),
            ready_for: desired.ready_for(),
            now,
            asks_for_availability: desired.profile.kubernetes.asks_for_availability(),
            rolled_from: match desired.strategy {
                Strategy::RollingUpdate(_) if desired.policies.ranked == Ranked::Off => {
                    slots.rolled_from
                }
                Strategy::RollingUpdate(_) | Strategy::OnDelete => NO_ORDINAL,
                Strategy::Recreate => 0,
            },
        }
    }

    #[inline]
    fn is_in_range(&self, ordinal: Ordinal) -> bool {
        if self.dense {
            (self.slots.start..self.slots.end).contains(&ordinal)
        } else {
            self.slots.contains(ordinal)
        }
    }
}

/// What one pass over the pods tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Census {
    /// Over the pods that count.
    pub(crate) counters: Counters,
    /// The first moment at which a pod becomes available by itself.
    pub(crate) wake: Option<Millis>,
    /// Pods in strictly ascending order of ordinals.
    pub(crate) ascending: bool,
    /// Pods in range that are at their goal, whatever their rank.
    pub(crate) settled: u32,
    /// Pods in range that are old.
    old: u32,
    /// Pods in range that are not unavailable (rule A-3).
    pub(crate) up: u32,
    /// Pods in range that nothing is the matter with.
    pub(crate) sound: u32,
    /// Whether any pod was asked something, or is to be replaced because somebody asks for it (rules J).
    pub(crate) marked: bool,
    /// Whether any pod is held back from a rollout (rule J-2).
    held: bool,
    /// How pods get to the update revision, one bit for each kind (rule U-9).
    kinds: u8,
    /// Whether any pod is being changed where it runs (rule S-4).
    pub(crate) changing: bool,
    /// Pods.
    pub(crate) count: usize,
    /// Ordinals of the first pod and of the last one.
    first: Ordinal,
    last: Ordinal,
    /// Pods at the beginning of the list that fill neighbouring slots, and that nothing is the matter with.
    sound_lead: u32,
    /// Those at the beginning of these that are at their goal.
    settled_lead: u32,
}

impl Census {
    /// Looks at every pod of the list.
    pub(crate) fn take(
        desired: &Desired,
        slots: &Slots,
        observed: &Observed,
        now: Millis,
    ) -> Result<Self, PlanError> {
        Self::of_part(
            0..observed.pods.len(),
            &Lens::new(desired, slots, now),
            observed,
        )
    }

    /// Looks at a part of the list.
    pub(crate) fn of_part(
        part: Range<usize>,
        lens: &Lens,
        observed: &Observed,
    ) -> Result<Self, PlanError> {
        let mut census = Self::NOTHING;
        for (i, pod) in (part.start..).zip(&observed.pods[part]) {
            contract::check_pod(i, pod, observed)?;
            census.add(pod, lens);
        }
        Ok(census)
    }

    /// The same over a selection of pods.
    pub(crate) fn of<'a>(
        pods: impl Iterator<Item = &'a Pod>,
        desired: &Desired,
        slots: &Slots,
        now: Millis,
    ) -> Self {
        let mut census = Self::NOTHING;
        let lens = Lens::new(desired, slots, now);
        for pod in pods {
            census.add(pod, &lens);
        }
        census
    }

    #[inline]
    fn add(&mut self, pod: &Pod, lens: &Lens) {
        let available = pod.is_available(lens.ready_for, lens.now);
        let running = pod.is_running_and_ready();
        let stays = !pod.is_terminating();
        let updated = pod.revision == lens.desired.update;
        let counters = &mut self.counters;
        counters.replicas += 1;
        counters.ready += u32::from(running);
        counters.available += u32::from(running && available);
        counters.current += u32::from(stays && pod.revision == lens.desired.current);
        counters.updated += u32::from(stays && updated);
        let in_range = lens.is_in_range(pod.ordinal);
        let serves = if lens.asks_for_availability {
            available
        } else {
            running
        };
        let whole = pod.prepared == Prepared::No && !pod.changing;
        self.up += u32::from(in_range && serves && stays && whole);
        self.changing |= pod.changing;
        self.kinds |= 1 << pod.change as u8;
        self.marked |= is_marked(pod);
        let sound = in_range && is_sound(pod, available);
        self.sound += u32::from(sound);
        let settled = sound && (updated || pod.ordinal < lens.rolled_from);
        self.settled += u32::from(settled);
        self.old += u32::from(in_range && !updated);
        self.held |= pod.hold.contains(Purposes::ROLLOUT);
        let count = self.count;
        if count == 0 {
            self.first = pod.ordinal;
        }
        self.ascending &= count == 0 || self.last < pod.ordinal;
        self.last = pod.ordinal;
        let leads = sound && pod.ordinal as usize == self.first as usize + count;
        self.sound_lead += u32::from(leads && self.sound_lead as usize == count);
        self.settled_lead += u32::from(leads && settled && self.settled_lead as usize == count);
        self.count = count + 1;
        if !available && let Some(at) = pod.available_at(lens.ready_for, lens.now) {
            self.wake = Some(self.wake.map_or(at, |w| w.min(at)));
        }
    }

    /// Whether every ordinal has its pod, up to date, and there is no other pod: then no phase has anything to do.
    /// Only of a census that counted no duplicate pod and no pod without a place.
    pub(crate) fn is_settled(&self, desired: &Desired) -> bool {
        self.settled == desired.replicas
            && self.count == self.settled as usize
            && (!desired.is_ranked() || self.old <= desired.partition())
    }

    /// How many slots have a pod of an old revision.
    pub(crate) const fn old(&self) -> u32 {
        self.old
    }

    /// So many pods at the beginning of the list fill the first slots one after the other, and nothing is the matter with
    /// them; and so many of these are at their goal.
    pub(crate) fn leads(&self, slots: &Slots) -> (u32, u32) {
        if self.first == slots.start {
            (self.sound_lead, self.settled_lead)
        } else {
            (0, 0)
        }
    }

    /// What the pods have in common, if they are neighbours that nothing is the matter with.
    pub(crate) fn alike(&self) -> Option<Alike> {
        if self.sound_lead as usize != self.count {
            None
        } else if self.settled == self.sound_lead {
            Some(Alike::Settled)
        } else {
            let differ = self.held || self.kinds.count_ones() > 1;
            (self.settled == 0 && !differ).then_some(Alike::Old)
        }
    }
}

impl Sum for Census {
    const NOTHING: Self = Self {
        counters: Counters {
            replicas: 0,
            ready: 0,
            available: 0,
            current: 0,
            updated: 0,
        },
        wake: None,
        ascending: true,
        settled: 0,
        old: 0,
        up: 0,
        sound: 0,
        marked: false,
        held: false,
        changing: false,
        kinds: 0,
        count: 0,
        first: 0,
        last: 0,
        sound_lead: 0,
        settled_lead: 0,
    };

    fn count(&self) -> usize {
        self.count
    }

    fn append(&mut self, next: &Self) {
        let Counters {
            replicas,
            ready,
            available,
            current,
            updated,
        } = next.counters;
        self.counters.replicas += replicas;
        self.counters.ready += ready;
        self.counters.available += available;
        self.counters.current += current;
        self.counters.updated += updated;
        self.wake = self.wake.into_iter().chain(next.wake).min();
        self.settled += next.settled;
        self.old += next.old;
        self.up += next.up;
        self.sound += next.sound;
        self.marked |= next.marked;
        self.held |= next.held;
        self.changing |= next.changing;
        self.kinds |= next.kinds;
        if self.count == 0 {
            self.first = next.first;
        }
        self.ascending &= next.ascending && (self.count == 0 || self.last < next.first);
        self.last = next.last;
        if next.first as usize == self.first as usize + self.count {
            if self.sound_lead as usize == self.count {
                self.sound_lead += next.sound_lead;
            }
            if self.settled_lead as usize == self.count {
                self.settled_lead += next.settled_lead;
            }
        }
        self.count += next.count;
    }
}

/// Not available, or about to go (rule A-3).
#[inline]
pub(crate) fn is_down(pod: &Pod, available: bool, desired: &Desired) -> bool {
    let serves = if desired.profile.kubernetes.asks_for_availability() {
        available
    } else {
        pod.is_running_and_ready()
    };
    !serves || pod.is_terminating() || pod.changing
}

/// Whether the pod is what `OrderedReady` waits for before it goes on (rules ).
#[inline]
pub(crate) fn is_steady(pod: &Pod, available: bool) -> bool {
    pod.is_running_and_ready() && available && !pod.is_terminating()
}

/// Whether nothing is the matter with the pod itself: no phase but a rollout does anything about such a pod in range.
#[inline]
pub(crate) fn is_sound(pod: &Pod, available: bool) -> bool {
    is_steady(pod, available) && pod.identity && pod.storage && !is_marked(pod)
}

/// Whether the pod was asked something, or is to be replaced because somebody asks for it (rules J).
#[inline]
const fn is_marked(pod: &Pod) -> bool {
    pod.replace || !matches!(pod.prepared, Prepared::No)
}

/// What one pass over the claims tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClaimCensus {
    /// Claims.
    count: usize,
    /// Ordinal and template of the first claim and of the last one.
    first: (Ordinal, u16),
    last: (Ordinal, u16),
    /// Claims in strictly ascending order of (ordinal, template).
    pub(crate) ascending: bool,
    /// Whether some claim's owner references are not what the policy wants.
    pub(crate) astray: bool,
    /// Whether some claim has no volume yet.
    pub(crate) pending: bool,
    /// Whether some claim is of an ordinal that is not desired, and may be given up.
    pub(crate) spare: bool,
    /// Whether some claim is terminating, or still an earlier pod's (rule C-5).
    pub(crate) in_the_way: bool,
}

impl ClaimCensus {
    /// Looks at every claim of the list.
    pub(crate) fn take(
        desired: &Desired,
        slots: &Slots,
        observed: &Observed,
    ) -> Result<Self, PlanError> {
        let all = 0..observed.claims.map_or(0, <[Claim]>::len);
        Self::of_part(all, desired, slots, observed)
    }

    /// Looks at a part of the list.
    pub(crate) fn of_part(
        part: Range<usize>,
        desired: &Desired,
        slots: &Slots,
        observed: &Observed,
    ) -> Result<Self, PlanError> {
        let mut census = Self::NOTHING;
        let claims = &observed.claims.unwrap_or_default()[part.clone()];
        for (i, claim) in (part.start..).zip(claims) {
            contract::check_claim(i, claim, desired, observed)?;
            census.add(claim, desired, slots);
        }
        Ok(census)
    }

    #[inline]
    fn add(&mut self, claim: &Claim, desired: &Desired, slots: &Slots) {
        let name = (claim.ordinal, claim.template);
        if self.count == 0 {
            self.first = name;
        }
        self.ascending &= self.count == 0 || self.last < name;
        self.last = name;
        self.count += 1;
        let keeps = slots.keeps_claims(claim.ordinal);
        self.astray |= !retention::is_up_to_date(claim, keeps, desired);
        self.pending |= claim.phase == ClaimPhase::Pending;
        self.spare |= !keeps;
        self.in_the_way |= claim.is_terminating()
            || desired.retention.when_scaled == Keep::Delete && claim.pod_owner != OwnerRef::Absent;
    }
}

impl Sum for ClaimCensus {
    const NOTHING: Self = Self {
        count: 0,
        first: (0, 0),
        last: (0, 0),
        ascending: true,
        astray: false,
        pending: false,
        spare: false,
        in_the_way: false,
    };

    fn count(&self) -> usize {
        self.count
    }

    fn append(&mut self, next: &Self) {
        if self.count == 0 {
            self.first = next.first;
        }
        self.ascending &= next.ascending && (self.count == 0 || self.last < next.first);
        self.last = next.last;
        self.count += next.count;
        self.astray |= next.astray;
        self.pending |= next.pending;
        self.spare |= next.spare;
        self.in_the_way |= next.in_the_way;
    }
}
