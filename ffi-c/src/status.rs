//! The status: it goes in as it was published, and comes out as it is to be published.

use core::mem::{offset_of, size_of};

use statefulset::{Millis, Progress, Revision, Status};

use crate::fail::Fail;
use crate::place::Place;
use crate::total::{total, unknown};

/// There is no `Progressing` condition.
pub const STS_PROGRESS_NONE: u32 = 0;
/// Pods of old revisions still exist. The condition is True, with reason `RecreateInProgress`.
pub const STS_PROGRESS_DELETING: u32 = 1;
/// The old pods are gone, and not all of the new ones exist yet. The condition is True, with reason
/// `RecreateInProgress`.
pub const STS_PROGRESS_CREATING: u32 = 2;
/// All pods have the new revision. The condition is False, with reason `RecreateCompleted`.
pub const STS_PROGRESS_COMPLETED: u32 = 3;
/// With a deadline: pods are missing or are still to be replaced. The condition is True, with reason `RolloutInProgress`.
pub const STS_PROGRESS_ADVANCING: u32 = 4;
/// With a deadline: the set has gone too long without progress. The condition is False, with reason
/// `ProgressDeadlineExceeded`.
pub const STS_PROGRESS_OVERDUE: u32 = 5;
/// With a deadline: every pod is available and up to date. The condition is False, with reason `RolloutCompleted`.
pub const STS_PROGRESS_ARRIVED: u32 = 6;

/// The set's status.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_status {
    /// Generation of the set that this status was computed from.
    pub observed_generation: i64,
    /// Pods that exist, terminating and failed ones included.
    pub replicas: u32,
    /// Pods that are running and ready.
    pub ready: u32,
    /// Pods that are running, and ready for at least `min_ready_ms`.
    pub available: u32,
    /// Pods at the current revision that are not terminating, less one for each deletion that the rollout makes now.
    pub current: u32,
    /// Pods at the update revision that are not terminating.
    pub updated: u32,
    /// STS_PROGRESS_*: the `Progressing` condition, which STS_STRATEGY_RECREATE sets, and a deadline.
    pub progressing: u32,
    /// The revision that was last rolled out in full.
    pub current_revision: u64,
    /// The revision of the template.
    pub update_revision: u64,
    /// When the set last came closer to having all its pods; 0 while it has, and without a deadline.
    pub progressed_at_ms: i64,
    /// When an available pod was last taken away; 0 if none was, and without a pace.
    pub disrupted_at_ms: i64,
}

const _: () =
    assert!(size_of::<sts_status>() == 64 && offset_of!(sts_status, current_revision) == 32);

impl sts_status {
    pub(crate) fn read(&self, place: Place) -> Result<Status, Fail> {
        Ok(Status {
            observed_generation: self.observed_generation,
            replicas: self.replicas,
            ready: self.ready,
            available: self.available,
            current: self.current,
            updated: self.updated,
            current_revision: Revision(self.current_revision),
            update_revision: Revision(self.update_revision),
            progressing: place.number("published.progressing", self.progressing, progress)?,
            progressed_at: moment(self.progressed_at_ms),
            disrupted_at: moment(self.disrupted_at_ms),
        })
    }
}

impl From<Status> for sts_status {
    fn from(status: Status) -> Self {
        Self {
            observed_generation: status.observed_generation,
            replicas: status.replicas,
            ready: status.ready,
            available: status.available,
            current: status.current,
            updated: status.updated,
            progressing: status.progressing.map_or(STS_PROGRESS_NONE, number),
            current_revision: status.current_revision.0,
            update_revision: status.update_revision.0,
            progressed_at_ms: status.progressed_at.unwrap_or(0),
            disrupted_at_ms: status.disrupted_at.unwrap_or(0),
        }
    }
}

/// The epoch itself stands for no time.
const fn moment(at: Millis) -> Option<Millis> {
    if at == 0 { None } else { Some(at) }
}

const fn number(progress: Progress) -> u32 {
    match progress {
        Progress::Deleting => STS_PROGRESS_DELETING,
        Progress::Creating => STS_PROGRESS_CREATING,
        Progress::Completed => STS_PROGRESS_COMPLETED,
        Progress::Advancing => STS_PROGRESS_ADVANCING,
        Progress::Overdue => STS_PROGRESS_OVERDUE,
        Progress::Arrived => STS_PROGRESS_ARRIVED,
        _ => unknown(),
    }
}

total!(number, Progress);

#[expect(clippy::option_option, reason = "an unknown number, or no condition")]
const fn progress(number: u32) -> Option<Option<Progress>> {
    Some(match number {
        STS_PROGRESS_NONE => None,
        STS_PROGRESS_DELETING => Some(Progress::Deleting),
        STS_PROGRESS_CREATING => Some(Progress::Creating),
        STS_PROGRESS_COMPLETED => Some(Progress::Completed),
        STS_PROGRESS_ADVANCING => Some(Progress::Advancing),
        STS_PROGRESS_OVERDUE => Some(Progress::Overdue),
        STS_PROGRESS_ARRIVED => Some(Progress::Arrived),
        _ => return None,
    })
}
