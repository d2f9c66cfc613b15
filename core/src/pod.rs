//! A pod as observed.

use crate::all::all;
use crate::desired::Ordinal;
use crate::revision::Revision;
use crate::time::Millis;

/// One pod of the set, as last seen. The caller keeps names and uids; actions name a pod by its index in the list.
///
/// Records sort by ordinal first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Pod {
    /// Its ordinal, at most [`MAX_ORDINAL`](crate::MAX_ORDINAL), or [`NO_ORDINAL`](crate::NO_ORDINAL).
    pub ordinal: Ordinal,
    /// Where it is in its life.
    pub phase: Phase,
    /// Whether it says that it is ready.
    pub ready: bool,
    /// Whether name and identity label are as they should be.
    pub identity: bool,
    /// Whether its volumes refer to the claims that they should refer to.
    pub storage: bool,
    /// Reserved: vetoes against touching this pod, one bit each. Must be 0.
    pub hold: u8,
    /// Reserved: how far the caller has prepared for its end. Must be `No`.
    pub prepared: Prepared,
    /// Reserved: how it gets to the update revision. Must be `Recreate`.
    pub change: Change,
    /// Reserved: update order other than by ordinal. Must be 0.
    pub rank: u32,
    /// The revision that it was made from.
    pub revision: Revision,
    /// When `ready` last changed. May be missing, or in the future; then a `min_ready` above 0 is never, or not yet, over.
    pub ready_since: Option<Millis>,
    /// Since when it is terminating; `None` if it is not.
    pub terminating_since: Option<Millis>,
    /// Index of its node in [`Observed::nodes`](crate::Observed::nodes), or [`UNLISTED`](crate::UNLISTED).
    pub node: Option<u32>,
    /// Index in [`Observed::budgets`](crate::Observed::budgets) of the disruption budget that covers it.
    pub budget: Option<u32>,
}

impl Pod {
    /// A running, ready pod with the right identity and storage.
    pub const fn running(ordinal: Ordinal, revision: Revision) -> Self {
        Self {
            ordinal,
            phase: Phase::Running,
            ready: true,
            identity: true,
            storage: true,
            hold: 0,
            prepared: Prepared::No,
            change: Change::Recreate,
            rank: 0,
            revision,
            ready_since: Some(0),
            terminating_since: None,
            node: None,
            budget: None,
        }
    }

    /// Whether somebody has asked for its deletion.
    pub const fn is_terminating(&self) -> bool {
        self.terminating_since.is_some()
    }

    /// Whether its processes have ended for good.
    pub const fn is_terminal(&self) -> bool {
        matches!(self.phase, Phase::Failed | Phase::Succeeded)
    }

    /// Running, and ready. A terminating pod may be both.
    pub const fn is_running_and_ready(&self) -> bool {
        matches!(self.phase, Phase::Running) && self.ready
    }

    /// Ready for at least `min_ready`. The phase is not asked (rule A-2).
    pub const fn is_available(&self, min_ready: Millis, now: Millis) -> bool {
        self.ready
            && (min_ready == 0
                || match self.ready_since {
                    Some(since) => since.saturating_add(min_ready) <= now,
                    None => false,
                })
    }

    /// When it becomes available by the passing of time alone; `None` if it is already, or never will be that way.
    pub const fn available_at(&self, min_ready: Millis, now: Millis) -> Option<Millis> {
        match self.ready_since {
            Some(since) if self.ready && !self.is_available(min_ready, now) => {
                let at = since.saturating_add(min_ready);
                if at > now { Some(at) } else { None }
            }
            _ => None,
        }
    }
}

/// Where a pod is in its life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Phase {
    /// Accepted, not started.
    #[default]
    Pending,
    /// At least one container runs.
    Running,
    /// All containers ended well.
    Succeeded,
    /// All containers ended, one of them badly.
    Failed,
    /// Its node does not say.
    Unknown,
}

all!(
    /// All values.
    Phase {
        Pending,
        Running,
        Succeeded,
        Failed,
        Unknown,
    }
);

/// How far the caller has prepared for the end of a pod. Reserved.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Prepared {
    /// It has not been asked to.
    #[default]
    No,
    /// It is about to.
    Asked,
    /// The pod may go.
    Done,
}

all!(
    /// All values.
    Prepared {
        No,
        Asked,
        Done,
    }
);

/// How a pod gets from its revision to the update revision. Reserved.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Change {
    /// It is deleted and made again.
    #[default]
    Recreate,
    /// It is updated where it runs.
    InPlace,
    /// Its containers do not differ.
    Nothing,
}

all!(
    /// All values.
    Change {
        Recreate,
        InPlace,
        Nothing,
    }
);
