//! The status to publish.

use crate::all::all;
use crate::revision::Revision;

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
    /// The `Progressing` condition, which only [`Strategy::Recreate`](crate::Strategy::Recreate) sets.
    pub progressing: Option<Progress>,
}

/// How far a [`Recreate`](crate::Strategy::Recreate) rollout is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Progress {
    /// Pods of old revisions still exist. The condition is True, with the reason `RecreateInProgress`.
    Deleting,
    /// The old pods are gone, and some new ones are still missing. The condition is True, with the reason
    /// `RecreateInProgress`.
    Creating,
    /// All pods are new. The condition is False, with the reason `RecreateCompleted`.
    Completed,
}

all!(
    /// All values.
    Progress {
        Deleting,
        Creating,
        Completed,
    }
);
