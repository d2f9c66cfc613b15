//! One set's turn: what to look at, what to send, and what is left to do.

use std::hash::{Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use statefulset::Next;
use statefulset::kubernetes::{self, EventType};

use super::awaited::{Awaited, NONE_AWAITED};
use super::outcome::Outcome;
use super::request::{self, Request};
use super::waiting::Waiting;
use crate::execution::Execution;
use crate::field::{Int, List, NO_NAMES};
use crate::moment::{Moment, When};
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    kubernetes;
    /// Sets to look at.
    Due in "due" {
        /// The sets that are due now, as "namespace/name", in order of their names.
        sets: Vec<String> = NO_NAMES => List<String>,
        /// The moment at which the next set becomes due if nothing happens before.
        next: Option<When> = None => Option<Moment>,
        /// Whether `next` is only another attempt after a failure.
        retrying: bool = false => bool,
        /// What sets wait to see before anything is decided for them. Many sets may wait for the same, so this is
        /// short: for each kind of object the list that is missing, or the oldest write, each with one set that waits
        /// for it; and one deletion. Most of it comes within a moment. If one has been missing for 30 seconds or more,
        /// the watch of that kind may have ended without notice: list the kind again.
        awaited: Vec<Awaited> = NONE_AWAITED => List<Awaited>,
    }
}

impl From<kubernetes::Due> for Due {
    fn from(due: kubernetes::Due) -> Self {
        Self {
            sets: List(due.sets.iter().map(ToString::to_string).collect()),
            next: due.next.map(Moment),
            retrying: due.retrying,
            awaited: List(due.awaited.iter().map(Awaited::from).collect()),
        }
    }
}

/// A plan as requests. It belongs to the cluster that made it and cannot be pickled.
#[pyclass(frozen, eq, hash, module = "statefulset.kubernetes")]
pub(crate) struct Requests {
    pub(super) plan: kubernetes::Requests,
    sendable: Py<PyTuple>,
    /// What is waited for.
    #[pyo3(get)]
    waits: List<Waiting>,
}

impl PartialEq for Requests {
    fn eq(&self, other: &Self) -> bool {
        self.plan == other.plan
    }
}

impl Hash for Requests {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.plan.id.hash(state);
        self.waits.hash(state);
    }
}

impl Requests {
    pub(super) fn new(py: Python<'_>, plan: kubernetes::Requests) -> PyResult<Self> {
        let sendable = PyTuple::new(py, plan.requests.iter().map(Request::from))?;
        Ok(Self {
            sendable: sendable.unbind(),
            waits: List(Waiting::all(&plan)),
            plan,
        })
    }
}

/// The library's own.
pub(super) fn facts(outcomes: &[Bound<'_, Outcome>]) -> Vec<kubernetes::Outcome> {
    outcomes
        .iter()
        .map(|outcome| outcome.get().fact())
        .collect()
}

#[pymethods]
impl Requests {
    /// The requests to send, in order.
    #[getter]
    fn requests(&self, py: Python<'_>) -> Py<PyTuple> {
        self.sendable.clone_ref(py)
    }

    /// When to plan again if nothing happens before.
    #[getter]
    fn next_wake(&self) -> Option<Moment> {
        self.plan.next_wake.map(Moment)
    }

    /// Whether the plan was cut at `Profile.max_actions`.
    #[getter]
    const fn more(&self) -> bool {
        self.plan.more
    }

    /// Says whether the request with this index may be sent, given the outcomes of the requests before it.
    ///
    /// A request that may not be sent has the outcome "not-tried". The answer is False if the index is out of range, or
    /// if an outcome before it is missing.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python passes is extracted into a value"
    )]
    fn may_try(&self, index: Int, outcomes: Vec<Bound<'_, Outcome>>) -> bool {
        let index = usize::try_from(index.0).ok();
        index.is_some_and(|index| self.plan.may_try(index, &facts(&outcomes)))
    }

    /// Begins to carry the plan out, for programs with a loop of their own. `carry_out` does it in one call.
    fn execution(&self) -> Execution {
        let requests = self.plan.requests.iter();
        Execution::of(requests.map(|request| Some(request.place())))
    }

    fn __repr__(&self) -> String {
        let (requests, waits) = (self.plan.requests.len(), self.waits.0.len());
        format!(
            "<Requests {}: {requests} requests, {waits} waits>",
            self.plan.id
        )
    }
}

value_class! {
    kubernetes;
    /// What is left to do after the requests of a plan: first the status, then old revisions.
    Tail in "tail" {
        /// The requests to send, one by one. Stop at the first that fails, unless it has `duty`.
        requests: Vec<Request> => List<Request>,
        /// Events about the set, for the caller to record.
        events: Vec<Event> => List<Event>,
        /// When the set is looked at again: "rest" is when something changes or at `Requests.next_wake`, "again" is at
        /// once, and "retry" is after a pause.
        next: &str => Word<Next>,
    }
    more {
        /// Begins to send them, as `Requests.execution` does. They go one by one.
        fn execution(&self) -> Execution {
            request::execution(&self.requests.0)
        }
    }
}

impl From<kubernetes::Tail> for Tail {
    fn from(tail: kubernetes::Tail) -> Self {
        Self {
            requests: List(tail.requests.iter().map(Request::from).collect()),
            events: List(tail.events.iter().map(Event::from).collect()),
            next: Word(tail.next),
        }
    }
}

value_class! {
    kubernetes;
    /// An event about the set, in Kubernetes' words.
    Event in "events" {
        /// The type: "Normal" or "Warning".
        kind: &str => Word<EventType>,
        /// The reason, in one word.
        reason: String => String,
        /// What happened.
        message: String => String,
    }
}

spelled!(planner EventType { Normal = "Normal", Warning = "Warning" });

impl From<&kubernetes::Event> for Event {
    fn from(event: &kubernetes::Event) -> Self {
        Self {
            kind: Word(event.kind),
            reason: event.reason.into(),
            message: event.message.clone(),
        }
    }
}
