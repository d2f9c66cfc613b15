//! A pod as the caller last saw it.

use crate::all::all;
use crate::desired::Ordinal;
use crate::purpose::{Prepared, Purposes};
use crate::revision::Revision;
use crate::time::Millis;

/// One pod of the set, as last seen. The caller keeps names and uids; actions name a pod by its index in the list.
///
/// Records sort by ordinal first.
/// ```
/// use statefulset::{Pod, Revision};
///
/// let leaving = Pod { terminating_since: Some(0), ..Pod::running(3, Revision(1)) };
/// assert!(leaving.is_running_and_ready());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Pod {
    /// The pod's ordinal, at most [`MAX_ORDINAL`](crate::MAX_ORDINAL), or [`NO_ORDINAL`](crate::NO_ORDINAL).
    pub ordinal: Ordinal,
    /// Where it is in its life.
    pub phase: Phase,
    /// Whether its condition `Ready` is true.
    pub ready: bool,
    /// Whether its name and its name labels are right. If not, the planner corrects them (rule [R-7](crate::rules#R-7)).
    pub identity: bool,
    /// Whether its volumes refer to the right claims. If not, the planner corrects them (rule [R-7](crate::rules#R-7)).
    pub storage: bool,
    /// What the pod must not go for now, as the caller says (rule [J-2](crate::rules#J-2)).
    pub hold: Purposes,
    /// Whether the pod is to be replaced although nothing else asks for it (rule [J-7](crate::rules#J-7)).
    pub replace: bool,
    /// What was said to it about its end, if the set's policies [ask](crate::Policies::ask) (rules [J](crate::rules#J-1)).
    pub prepared: Prepared,
    /// How it gets to the update revision, if it is old and the set's policies [allow more than one
    /// way](crate::Policies::in_place) (rule [U-9](crate::rules#U-9)).
    pub change: Change,
    /// Whether it was changed where it runs, and its containers do not run yet as they were told to. Such a pod is not
    /// available (rule [A-2](crate::rules#A-2)).
    pub changing: bool,
    /// The place of the pod in a rollout, lowest first, if the set's policies [say so](crate::Policies::ranked). The caller may
    /// change it at any time.
    pub rank: u32,
    /// The revision that it was created from.
    pub revision: Revision,
    /// When `ready` last changed, in milliseconds since the Unix epoch. If it is `None`, a `min_ready` above 0 never ends.
    /// It may lie in the future.
    pub ready_since: Option<Millis>,
    /// Since when it is terminating, in milliseconds since the Unix epoch; `None` if it is not.
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
            hold: Purposes::NONE,
            replace: false,
            prepared: Prepared::No,
            change: Change::Recreate,
            changing: false,
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

    /// Whether all its containers have ended and none will run again: its phase is `Succeeded` or `Failed`.
    pub const fn is_terminal(&self) -> bool {
        matches!(self.phase, Phase::Failed | Phase::Succeeded)
    }

    /// Whether its phase is Running and it is ready. A terminating pod may be running and ready (rule [A-1](crate::rules#A-1)).
    pub const fn is_running_and_ready(&self) -> bool {
        matches!(self.phase, Phase::Running) && self.ready
    }

    /// Whether it has been ready for at least `min_ready`, and is not being changed. The phase does not matter (rule
    /// [A-2](crate::rules#A-2)).
    pub const fn is_available(&self, min_ready: Millis, now: Millis) -> bool {
        self.ready
            && !self.changing
            && (min_ready == 0
                || match self.ready_since {
                    Some(since) => since.saturating_add(min_ready) <= now,
                    None => false,
                })
    }

    /// When it became available; `None` if it is not, or if that is not known.
    pub(crate) fn available_since(&self, min_ready: Millis, now: Millis) -> Option<Millis> {
        let since = self.ready_since?.saturating_add(min_ready);
        self.is_available(min_ready, now).then_some(since)
    }

    /// When it becomes available by time alone. `None` if it is available already, or if time alone does not make it
    /// available.
    pub const fn available_at(&self, min_ready: Millis, now: Millis) -> Option<Millis> {
        match self.ready_since {
            Some(since) if self.ready && !self.changing && !self.is_available(min_ready, now) => {
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
    /// The pod was accepted and has not started.
    #[default]
    Pending,
    /// At least one container runs.
    Running,
    /// All containers have ended without an error.
    Succeeded,
    /// All containers have ended, at least one of them with an error.
    Failed,
    /// The state of the pod is not known, because its node does not report it.
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

/// How a pod gets from its revision to the update revision.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Change {
    /// It is deleted and created again.
    #[default]
    Recreate,
    /// It can be changed where it runs; its containers may restart for that.
    InPlace,
    /// Nothing that runs differs: it only gets other labels and annotations.
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
