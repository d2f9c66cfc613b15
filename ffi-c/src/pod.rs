//! Pods.

use core::mem::{offset_of, size_of};

use statefulset::{Change, Phase, Pod, Prepared, Revision};

use crate::fail::Fail;
use crate::place::Place;
use crate::policies::purposes;

/// The pod is accepted and not started.
pub const STS_PHASE_PENDING: u32 = 0;
/// At least one container runs.
pub const STS_PHASE_RUNNING: u32 = 1;
/// All containers ended well.
pub const STS_PHASE_SUCCEEDED: u32 = 2;
/// All containers ended, one of them badly.
pub const STS_PHASE_FAILED: u32 = 3;
/// Its node does not report the phase.
pub const STS_PHASE_UNKNOWN: u32 = 4;

/// The pod is ready.
pub const STS_POD_READY: u32 = 1;
/// Its name and its identity label are right.
pub const STS_POD_IDENTITY: u32 = 2;
/// Its volumes refer to the right claims.
pub const STS_POD_STORAGE: u32 = 4;
/// `ready_since_ms` is present.
pub const STS_POD_READY_SINCE: u32 = 8;
/// It is terminating, and `terminating_since_ms` is present.
pub const STS_POD_TERMINATING: u32 = 16;
/// `node` is present.
pub const STS_POD_NODE: u32 = 32;
/// `budget` is present.
pub const STS_POD_BUDGET: u32 = 64;
/// It is to be replaced although nothing else asks for it.
pub const STS_POD_REPLACE: u32 = 128;

/// It was changed where it runs, and its containers do not run yet as they were told to.
pub const STS_POD_CHANGING: u32 = 256;

const FLAGS: u32 = 511;

/// It has to be made again to get to another revision.
pub const STS_CHANGE_RECREATE: u32 = 0;
/// It can be changed where it runs; its containers may restart for that.
pub const STS_CHANGE_IN_PLACE: u32 = 1;
/// Nothing that runs differs: it only gets other labels and annotations.
pub const STS_CHANGE_NOTHING: u32 = 2;

/// Nothing was said to the pod about its end.
pub const STS_PREPARED_NO: u32 = 0;
/// It was asked to prepare for a restart, and has not answered.
pub const STS_PREPARED_ASKED_TO_RESTART: u32 = 1;
/// It is prepared for a restart.
pub const STS_PREPARED_MAY_RESTART: u32 = 2;
/// It was asked to prepare for its end, and has not answered.
pub const STS_PREPARED_ASKED_TO_LEAVE: u32 = 3;
/// It is prepared for its end.
pub const STS_PREPARED_MAY_LEAVE: u32 = 4;
/// It was told that it stays, and is not back in service yet.
pub const STS_PREPARED_RETURNING: u32 = 5;

/// The ordinal of a pod whose name ends in digits that exceed STS_MAX_ORDINAL.
pub const STS_NO_ORDINAL: u32 = 0xffff_ffff;
/// The value of `node` for a pod whose node is not in `nodes`. That node may be gone, or the list may be too old.
pub const STS_UNLISTED: u32 = 0xffff_ffff;
/// The largest ordinal.
pub const STS_MAX_ORDINAL: u32 = 0x7fff_ffff;

const _: () = assert!(
    STS_NO_ORDINAL == statefulset::NO_ORDINAL
        && STS_MAX_ORDINAL == statefulset::MAX_ORDINAL
        && STS_UNLISTED == statefulset::UNLISTED
);

/// One pod of the set, as you last saw it. Actions refer to it by its index. Keep its name and uid beside it.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_pod {
    /// At most STS_MAX_ORDINAL, or STS_NO_ORDINAL.
    pub ordinal: u32,
    /// STS_PHASE_*
    pub phase: u32,
    /// STS_POD_*
    pub flags: u32,
    /// Index in `nodes` of its node, or STS_UNLISTED. Optional.
    pub node: u32,
    /// Index in `budgets` of the disruption budget that covers it. Optional.
    pub budget: u32,
    /// STS_PURPOSE_*: what it must not go for now.
    pub hold: u8,
    /// STS_PREPARED_*: what was said to it about its end, where `ask` of the set asks.
    pub prepared: u8,
    /// STS_CHANGE_*: how it gets to the update revision, where `in_place` of the set allows more than one way.
    pub change: u8,
    /// Must be 0.
    pub reserved8: u8,
    /// The revision that it was created from.
    pub revision: u64,
    /// When its readiness last changed. The moment may be in the future. Optional.
    pub ready_since_ms: i64,
    /// Since when it is terminating. Optional.
    pub terminating_since_ms: i64,
    /// Its place in a rollout, lowest first, if `ranked` of the set says so.
    pub rank: u32,
    /// Must be 0.
    pub reserved32: u32,
    /// Must be 0.
    pub reserved: u64,
}

const _: () = assert!(
    size_of::<sts_pod>() == 64
        && offset_of!(sts_pod, revision) == 24
        && offset_of!(sts_pod, rank) == 48
);

impl sts_pod {
    pub(crate) fn read(&self, place: Place) -> Result<Pod, Fail> {
        let has = |flag| self.flags & flag != 0;
        place.flags("flags", self.flags, FLAGS)?;
        place.reserved("reserved8", self.reserved8)?;
        place.reserved("reserved32", self.reserved32)?;
        place.reserved("reserved", self.reserved)?;
        Ok(Pod {
            ordinal: self.ordinal,
            phase: place.number("phase", self.phase, phase)?,
            ready: has(STS_POD_READY),
            identity: has(STS_POD_IDENTITY),
            storage: has(STS_POD_STORAGE),
            hold: place.number("hold", self.hold.into(), purposes)?,
            replace: has(STS_POD_REPLACE),
            prepared: place.number("prepared", self.prepared.into(), prepared)?,
            change: place.number("change", self.change.into(), change)?,
            changing: has(STS_POD_CHANGING),
            rank: self.rank,
            revision: Revision(self.revision),
            ready_since: place.optional(
                "ready_since_ms",
                has(STS_POD_READY_SINCE),
                self.ready_since_ms,
            )?,
            terminating_since: place.optional(
                "terminating_since_ms",
                has(STS_POD_TERMINATING),
                self.terminating_since_ms,
            )?,
            node: place.optional("node", has(STS_POD_NODE), self.node)?,
            budget: place.optional("budget", has(STS_POD_BUDGET), self.budget)?,
        })
    }
}

const fn prepared(number: u32) -> Option<Prepared> {
    Some(match number {
        STS_PREPARED_NO => Prepared::No,
        STS_PREPARED_ASKED_TO_RESTART => Prepared::AskedToRestart,
        STS_PREPARED_MAY_RESTART => Prepared::MayRestart,
        STS_PREPARED_ASKED_TO_LEAVE => Prepared::AskedToLeave,
        STS_PREPARED_MAY_LEAVE => Prepared::MayLeave,
        STS_PREPARED_RETURNING => Prepared::Returning,
        _ => return None,
    })
}

const fn change(number: u32) -> Option<Change> {
    Some(match number {
        STS_CHANGE_RECREATE => Change::Recreate,
        STS_CHANGE_IN_PLACE => Change::InPlace,
        STS_CHANGE_NOTHING => Change::Nothing,
        _ => return None,
    })
}

const fn phase(number: u32) -> Option<Phase> {
    Some(match number {
        STS_PHASE_PENDING => Phase::Pending,
        STS_PHASE_RUNNING => Phase::Running,
        STS_PHASE_SUCCEEDED => Phase::Succeeded,
        STS_PHASE_FAILED => Phase::Failed,
        STS_PHASE_UNKNOWN => Phase::Unknown,
        _ => return None,
    })
}
