//! What happened comes back as a value.

use crate::all::all;
use crate::status::Status;

/// How one action went.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// It was done.
    Done,
    /// The object was not there. Success for deletes.
    NotFound,
    /// The object was there already. A failure for creates.
    AlreadyExists,
    /// It failed in another way, a refused precondition included.
    Failed,
    /// It was not tried, because something before it failed, or because it is a wait.
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
    /// The status to publish, where it differs from the published one.
    pub status: Option<Status>,
    /// When to plan again.
    pub next: Next,
}

/// When to plan again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Next {
    /// When something changes, or at [`Plan::next_wake`](crate::Plan::next_wake).
    Rest,
    /// At once: the plan was cut at `max_actions`.
    Again,
    /// After a back-off: something failed, or upstream would have failed here.
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
