//! One set's turn: what to look at, what to send, and what is left to do.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use statefulset::Next;
use statefulset::kubernetes::{self, EventType};

use super::outcome::Outcome;
use super::request::Request;
use super::waiting::Waiting;
use crate::field::{Int, List};
use crate::moment::Moment;
use crate::value::value_class;
use crate::word::{Word, spelled};

/// Sets to look at.
#[pyclass(frozen, eq, get_all, module = "statefulset.kubernetes")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Due {
    /// Now, as "namespace/name", in order of their names.
    sets: List<String>,
    /// When the next one becomes due if nothing happens before.
    next: Option<Moment>,
    /// Whether that, and whatever comes later by time alone, is nothing but another try after a failure.
    retrying: bool,
}

#[pymethods]
impl Due {
    fn __repr__(&self) -> String {
        format!("<Due {}>", self.sets.0.join(", "))
    }
}

impl From<kubernetes::Due> for Due {
    fn from(due: kubernetes::Due) -> Self {
        Self {
            sets: List(due.sets.iter().map(ToString::to_string).collect()),
            next: due.next.map(Moment),
            retrying: due.retrying,
        }
    }
}

/// A plan as requests.
#[pyclass(frozen, module = "statefulset.kubernetes")]
pub(crate) struct Requests {
    pub(super) plan: kubernetes::Requests,
    sendable: Py<PyTuple>,
    /// What is waited for.
    #[pyo3(get)]
    waits: List<Waiting>,
}

impl Requests {
    pub(super) fn new(py: Python<'_>, plan: kubernetes::Requests) -> PyResult<Self> {
        Ok(Self {
            sendable: tuple(py, &plan.requests)?,
            waits: List(Waiting::all(&plan)),
            plan,
        })
    }
}

fn tuple(py: Python<'_>, requests: &[kubernetes::Request]) -> PyResult<Py<PyTuple>> {
    let requests: Vec<_> = requests.iter().cloned().map(Request).collect();
    Ok(PyTuple::new(py, requests)?.unbind())
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
    /// What to send, in order.
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

    /// Whether the request with this index may be sent, given the outcomes of those before it.
    ///
    /// What may not has the outcome "not-tried". False for an index that is out of range, or if an outcome before it is
    /// missing.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python passes is extracted into a value"
    )]
    fn may_try(&self, index: Int, outcomes: Vec<Bound<'_, Outcome>>) -> bool {
        let index = usize::try_from(index.0).ok();
        index.is_some_and(|index| self.plan.may_try(index, &facts(&outcomes)))
    }

    fn __repr__(&self) -> String {
        let (requests, waits) = (self.plan.requests.len(), self.waits.0.len());
        format!(
            "<Requests {}: {requests} requests, {waits} waits>",
            self.plan.id
        )
    }
}

/// What there is to do after the requests of a plan: the status first, then the history.
#[pyclass(frozen, module = "statefulset.kubernetes")]
pub(crate) struct Tail {
    requests: Py<PyTuple>,
    tail: kubernetes::Tail,
}

impl Tail {
    pub(super) fn new(py: Python<'_>, tail: kubernetes::Tail) -> PyResult<Self> {
        Ok(Self {
            requests: tuple(py, &tail.requests)?,
            tail,
        })
    }
}

#[pymethods]
impl Tail {
    /// To be sent in order; the first that fails ends it.
    #[getter]
    fn requests(&self, py: Python<'_>) -> Py<PyTuple> {
        self.requests.clone_ref(py)
    }

    /// To be recorded, about the set.
    #[getter]
    fn events(&self) -> List<Event> {
        List(self.tail.events.iter().map(Event::from).collect())
    }

    /// When the set is looked at again: "rest" is when something changes or at `Requests.next_wake`, "again" is at once,
    /// and "retry" is after a pause.
    #[getter]
    const fn next(&self) -> Word<Next> {
        Word(self.tail.next)
    }

    fn __repr__(&self) -> String {
        format!("<Tail: {} requests>", self.tail.requests.len())
    }
}

value_class! {
    /// An event about the set, in Kubernetes' words.
    Event in "events" {
        /// Good or bad.
        kind: &str => Word<EventType>,
        /// Why, in one word.
        reason: String => String,
        /// What happened.
        message: String => String,
    }
}

spelled!(EventType { Normal = "Normal", Warning = "Warning" });

impl From<&kubernetes::Event> for Event {
    fn from(event: &kubernetes::Event) -> Self {
        Self {
            kind: Word(event.kind),
            reason: event.reason.into(),
            message: event.message.clone(),
        }
    }
}
