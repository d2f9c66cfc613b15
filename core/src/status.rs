//! The status to publish.

use crate::all::all;
use crate::revision::Revision;
use crate::time::Millis;

/// The set's status. Counters are never negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Status {
    /// Generation of the set that this status was computed from.
    pub observed_generation: i64,
    /// Pods that exist, terminating and failed ones included.
    pub replicas: u32,
    /// Pods that are running and ready.
    pub ready: u32,
    /// Pods that are running, and ready for at least `min_ready`.
    pub available: u32,
    /// Pods at the current revision that are not terminating, less one for each rolling deletion.
    pub current: u32,
    /// Pods at the update revision that are not terminating.
    pub updated: u32,
    /// The revision that was last rolled out in full.
    pub current_revision: Revision,
    /// The revision of the template.
    pub update_revision: Revision,
    /// The `Progressing` condition, which [`Strategy::Recreate`](crate::Strategy::Recreate) sets, and
    /// [`Policies::deadline`](crate::Policies::deadline).
    pub progressing: Option<Progress>,
    /// When the set last came closer to having all its pods, in milliseconds since the Unix epoch; `None` while it has, and without
    /// [`Policies::deadline`](crate::Policies::deadline). The planner reads it in the published status (rule
    /// [M-6](crate::rules#M-6)).
    pub progressed_at: Option<Millis>,
    /// When an available pod was last taken away, in milliseconds since the Unix epoch; `None` if none was, and without
    /// [`Policies::pace`](crate::Policies::pace). The planner reads it in the published status (rule [M-5](crate::rules#M-5)).
    pub disrupted_at: Option<Millis>,
}

/// How far a rollout is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Progress {
    /// `Recreate`: pods of old revisions still exist. The condition is True, with the reason `RecreateInProgress`.
    Deleting,
    /// `Recreate`: the old pods are gone, and some new ones are still missing. The condition is True, with the reason
    /// `RecreateInProgress`.
    Creating,
    /// `Recreate`: all pods are new. The condition is False, with the reason `RecreateCompleted`.
    Completed,
    /// With a [deadline](crate::Policies::deadline): pods are missing or are still to be replaced. The condition is True, with the reason
    /// `RolloutInProgress`.
    Advancing,
    /// With a deadline: the set has gone too long without progress. The condition is False, with the reason
    /// `ProgressDeadlineExceeded`.
    Overdue,
    /// With a deadline: every pod is available and up to date. The condition is False, with the reason `RolloutCompleted`.
    Arrived,
}

all!(
    /// All values.
    Progress {
        Deleting,
        Creating,
        Completed,
        Advancing,
        Overdue,
        Arrived,
    }
);

impl Progress {
    /// Whether only a deadline says this.
    pub(crate) const fn is_of_a_deadline(self) -> bool {
        matches!(self, Self::Advancing | Self::Overdue | Self::Arrived)
    }
}
