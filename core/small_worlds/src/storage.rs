//! The claim of an ordinal.

use statefulset::{Claim, ClaimPhase, OwnerRef};

use crate::bits::{Reader, Writer};
use crate::configuration::{Configuration, NOW};

/// What a claim's reference to the pod of its ordinal says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PodOwner {
    Nobody,
    /// The pod that there is.
    Present,
    /// A pod of this name that is gone.
    Former,
}

/// A claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Store {
    pub(crate) terminating: bool,
    pub(crate) owned_by_set: bool,
    pub(crate) owned_by_pod: PodOwner,
    pub(crate) bound: bool,
    /// The volume that it is bound to; 0 where the cluster binds it.
    pub(crate) volume: u8,
}

impl Store {
    /// A claim that has just been created. Where nobody has to bind it, it is bound at once.
    pub(crate) const fn new(c: &Configuration) -> Self {
        Self {
            terminating: false,
            owned_by_set: false,
            owned_by_pod: PodOwner::Nobody,
            bound: !c.profile.bind_claims,
            volume: 0,
        }
    }

    /// Whether the garbage collector deletes it: it has owners, and all of them are gone.
    pub(crate) fn is_orphaned(self, set_is_gone: bool) -> bool {
        let lives = self.owned_by_set && !set_is_gone || self.owned_by_pod == PodOwner::Present;
        let owned = self.owned_by_set || self.owned_by_pod != PodOwner::Nobody;
        owned && !lives
    }

    /// What the planner is told of it.
    pub(crate) fn seen(self, ordinal: u32, c: &Configuration) -> Claim {
        Claim {
            phase: if self.bound {
                ClaimPhase::Bound
            } else {
                ClaimPhase::Pending
            },
            set_owner: if self.owned_by_set {
                OwnerRef::Controller
            } else {
                OwnerRef::Absent
            },
            pod_owner: match self.owned_by_pod {
                PodOwner::Nobody => OwnerRef::Absent,
                PodOwner::Present => OwnerRef::Controller,
                PodOwner::Former => OwnerRef::OtherUid,
            },
            volume: (self.bound && c.profile.bind_claims).then_some(u32::from(self.volume)),
            terminating_since: self.terminating.then_some(NOW),
            ..Claim::bound(ordinal, 0)
        }
    }

    pub(crate) fn write(this: Option<Self>, to: &mut Writer) {
        to.flag(this.is_some());
        let Some(claim) = this else {
            return;
        };
        to.flag(claim.terminating);
        to.flag(claim.owned_by_set);
        to.put(claim.owned_by_pod as u8, 2);
        to.flag(claim.bound);
        to.put(claim.volume, 2);
    }

    pub(crate) fn read(from: &mut Reader) -> Option<Self> {
        from.flag().then(|| Self {
            terminating: from.flag(),
            owned_by_set: from.flag(),
            owned_by_pod: match from.take(2) {
                0 => PodOwner::Nobody,
                1 => PodOwner::Present,
                _ => PodOwner::Former,
            },
            bound: from.flag(),
            volume: from.take(2),
        })
    }
}
