//! The call, and what it answers.

use std::hash::{Hash, Hasher};

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use statefulset::Millis;

use crate::action::object;
use crate::desired::StatefulSet;
use crate::error::{guard, refused};
use crate::execution::Execution;
use crate::field::Field;
use crate::moment::{Moment, When};
use crate::observed::{Facts, Observed, ObservedArgument};
use crate::outcome::{Conclusion, Outcome};
use crate::pod::Pod;
use crate::status::Status;
use crate::word::Word;

/// Above so many records others may run meanwhile; below, giving the interpreter up costs more than planning.
const LONG: usize = 500;

/// What to do now, and why not more.
#[pyclass(frozen, eq, hash, module = "statefulset")]
pub(crate) struct Plan {
    pub(crate) decided: statefulset::Plan,
    /// Actions and waits, in order.
    #[pyo3(get)]
    actions: Py<PyTuple>,
    /// What it was made from.
    desired: Py<StatefulSet>,
    observed: Seen,
    now: Millis,
}

/// What a plan was made from, kept for those who pickle it.
enum Seen {
    All(Py<Observed>),
    Pods(Vec<Py<Pod>>),
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.decided == other.decided
    }
}

impl Hash for Plan {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let statefulset::Plan {
            actions,
            status,
            next_wake,
            suggests,
            more,
            ..
        } = &self.decided;
        (actions, status, next_wake, suggests, more).hash(state);
    }
}

#[pymethods]
impl Plan {
    /// The status to publish if every action succeeds, if it differs from the published one. If an action fails, ask
    /// `conclude`.
    #[getter]
    fn status(&self) -> Option<Status> {
        self.decided.status.map(Status::from)
    }

    /// The earliest moment at which the same arguments give another plan. None: time alone changes nothing.
    #[getter]
    fn next_wake(&self) -> Option<Moment> {
        self.decided.next_wake.map(Moment)
    }

    /// The revision to go back to, where a set that is overdue asks for one (`Deadline.then`).
    #[getter]
    fn suggests(&self) -> Option<u64> {
        self.decided.suggests.map(|revision| revision.0)
    }

    /// Whether the plan was cut at `Profile.max_actions`. Such a plan has no waits.
    #[getter]
    const fn more(&self) -> bool {
        self.decided.more
    }

    #[expect(clippy::doc_markdown, reason = "a docstring, in the style of Python's")]
    /// Says what follows from how the actions went: the status to publish, and when to plan again.
    ///
    /// Args:
    ///     outcomes: one for each of `actions`, in their order. Outcomes that are missing at the end count as not tried.
    ///         Outcomes of waits are ignored.
    ///
    /// Raises:
    ///     PlanError: a word is no outcome.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python passes is extracted into a value"
    )]
    fn conclude(&self, py: Python<'_>, outcomes: Vec<Bound<'_, PyAny>>) -> PyResult<Conclusion> {
        let read = |word: &Bound<'_, PyAny>| {
            let word = Word::<Outcome>::read(word.extract::<&str>()?);
            Ok(word.map_err(|fault| fault.of_argument(py, "outcomes"))?.0)
        };
        let outcomes = outcomes.iter().map(read).collect::<PyResult<Vec<_>>>()?;
        guard(|| self.decided.conclude(&outcomes)).map(Conclusion::from)
    }

    /// Begins to carry the plan out, for programs with a loop of their own. `carry_out` does it in one call.
    fn execution(&self) -> Execution {
        Execution::of(self.decided.actions.iter().map(statefulset::Action::place))
    }

    /// It is made again from what it was made from.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let observed = match &self.observed {
            Seen::All(all) => all.bind(py).clone().into_any(),
            Seen::Pods(pods) => PyTuple::new(py, pods)?.into_any(),
        };
        let plan = py.import("statefulset")?.getattr("plan")?;
        let arguments = (&self.desired, observed, self.now).into_pyobject(py)?;
        (plan, arguments).into_pyobject(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let status = self.status().into_bound_py_any(py)?.repr()?;
        let next_wake = self.next_wake().into_bound_py_any(py)?.repr()?;
        let suggests = self.suggests().into_bound_py_any(py)?.repr()?;
        let more = if self.decided.more { "True" } else { "False" };
        let actions = self.actions.bind(py).repr()?;
        Ok(format!(
            "Plan(actions={actions}, status={status}, next_wake={next_wake}, suggests={suggests}, more={more})"
        ))
    }
}

#[expect(clippy::doc_markdown, reason = "a docstring, in the style of Python's")]
/// Decides what to do now.
///
/// Args:
///     desired: the set.
///     observed: what the caller sees of the cluster, or only the set's pods, if nothing else is known.
///     now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
///
/// Raises:
///     PlanError: the input breaks the contract. A cluster in a bad state is no error: the plan then has a `Wait`.
#[pyfunction]
pub(crate) fn plan(
    py: Python<'_>,
    desired: &Bound<'_, StatefulSet>,
    observed: ObservedArgument<'_, '_>,
    now: When,
) -> PyResult<Plan> {
    let Moment(now) = Moment::read(now).map_err(|fault| fault.of_argument(py, "now"))?;
    let facts = Facts::of(&observed);
    let set = desired.get();
    let work = || set.lend(|set| statefulset::plan(set, &facts.observed(), now));
    let plan = if facts.size() > LONG {
        py.detach(|| guard(work))
    } else {
        guard(work)
    };
    let plan = plan?.map_err(|error| refused(py, error))?;
    let actions = plan.actions.iter().map(|action| object(py, action));
    let actions = PyTuple::new(py, actions.collect::<PyResult<Vec<_>>>()?)?;
    Ok(Plan {
        decided: plan,
        actions: actions.unbind(),
        desired: desired.clone().unbind(),
        observed: match observed {
            ObservedArgument::All(all) => Seen::All(all.to_owned().unbind()),
            ObservedArgument::Pods(pods) => {
                Seen::Pods(pods.into_iter().map(Bound::unbind).collect())
            }
        },
        now,
    })
}
