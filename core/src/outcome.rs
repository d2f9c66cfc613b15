//! How actions went, and what follows from it.

use crate::all::all;
use crate::status::Status;

/// How one action went.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The action was done.
    Done,
    /// The object did not exist. This is a success for deletions and evictions, and a failure for everything else.
    NotFound,
    /// The object existed already. This is a failure.
    AlreadyExists,
    /// The action failed in another way; a refused precondition is one of these.
    Failed,
    /// The action was not tried, because an action before it failed, or because it is a wait.
    NotTried,
}

all!(
    /// All values.
    Outcome {
        Done,
        NotFound,
        AlreadyExists,
        Failed,
        NotTried,
    }
);

/// What follows from the outcomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Conclusion {
    /// The status to publish, or `None` if it is the same as the published one.
    pub status: Option<Status>,
    /// When to plan again.
    pub next: Next,
}

/// When to plan again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Next {
    /// Plan again when something changes, or at [`Plan::next_wake`](crate::Plan::next_wake).
    Rest,
    /// Plan again at once: the plan was cut at `max_actions`.
    Again,
    /// Plan again after a pause that grows with each failure: an action failed, or Kubernetes' controller would have failed
    /// here.
    Retry,
}

all!(
    /// All values.
    Next {
        Rest,
        Again,
        Retry,
    }
);
