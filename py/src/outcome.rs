//! How actions went, and what follows.

use statefulset::Next;
pub(crate) use statefulset::Outcome;

use crate::status::Status;
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    /// What follows from the outcomes of a plan's actions.
    Conclusion in "outcomes" {
        /// The status to publish, where it differs from the published one.
        status: Option<Status> = None => Option<Status>,
        /// When to plan again: "rest" is when something changes or at `Plan.next_wake`, "again" is at once, and "retry"
        /// is after a pause.
        next: &str => Word<Next>,
    }
}

impl From<statefulset::Conclusion> for Conclusion {
    fn from(conclusion: statefulset::Conclusion) -> Self {
        Self {
            status: conclusion.status.map(Status::from),
            next: Word(conclusion.next),
        }
    }
}

spelled!(planner Next { Rest = "rest", Again = "again", Retry = "retry" });
spelled!(planner Outcome {
    Done = "done",
    NotFound = "not-found",
    AlreadyExists = "already-exists",
    Failed = "failed",
    NotTried = "not-tried",
});
