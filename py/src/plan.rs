//! The call, and what it answers.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use statefulset::{ClaimTemplate, Observed};

use crate::action::object;
use crate::claim::Claim;
use crate::desired::StatefulSet;
use crate::error::refused;
use crate::pod::Pod;
use crate::status::Status;

/// What to do now, and why not more.
#[pyclass(frozen, get_all, module = "statefulset")]
pub(crate) struct Plan {
    /// Actions and waits, in order.
    actions: Py<PyTuple>,
    /// The status to publish if every action succeeds, where it differs from the published one.
    status: Option<Status>,
    /// The earliest moment at which the same snapshot gives another plan, in milliseconds since the Unix epoch.
    next_wake_ms: Option<i64>,
    /// Whether the plan was cut at `max_actions`.
    more: bool,
}

#[pymethods]
impl Plan {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let status = self.status.clone().into_bound_py_any(py)?.repr()?;
        let next_wake = self.next_wake_ms.into_bound_py_any(py)?.repr()?;
        let more = if self.more { "True" } else { "False" };
        let actions = self.actions.bind(py).repr()?;
        Ok(format!(
            "Plan(actions={actions}, status={status}, next_wake_ms={next_wake}, more={more})"
        ))
    }
}

#[expect(clippy::doc_markdown, reason = "a docstring, in the style of Python's")]
/// Decides what to do now.
///
/// Args:
///     desired: the set that someone wants.
///     pods: the set's pods, as last seen, in any order.
///     claims: claims named after the set's templates, of any ordinal; None if they are not known.
///     fresh: whether this view is at least as new as the caller's own writes. If not, the plan is one wait.
///     now_ms: the present moment, in milliseconds since the Unix epoch.
///
/// Raises:
///     PlanError: the input breaks the contract.
#[pyfunction]
#[pyo3(signature = (desired, pods, *, claims=None, fresh=true, now_ms))]
#[expect(
    clippy::needless_pass_by_value,
    reason = "what Python passes is extracted into values"
)]
pub(crate) fn plan<'py>(
    py: Python<'py>,
    desired: &StatefulSet,
    pods: Vec<Bound<'py, Pod>>,
    claims: Option<Vec<Bound<'py, Claim>>>,
    fresh: bool,
    now_ms: i64,
) -> PyResult<Plan> {
    let templates = vec![ClaimTemplate { name: "" }; desired.templates.into()];
    let pods: Vec<_> = pods.iter().map(|pod| pod.get().fact()).collect();
    let claims: Option<Vec<_>> =
        claims.map(|claims| claims.iter().map(|claim| claim.get().fact()).collect());
    let observed = Observed {
        fresh,
        claims: claims.as_deref(),
        ..Observed::pods(&pods)
    };
    let plan = statefulset::plan(&desired.fact(&templates), &observed, now_ms)
        .map_err(|error| refused(py, error))?;
    let actions = plan
        .actions
        .iter()
        .map(|action| object(py, action))
        .collect::<PyResult<Vec<_>>>()?;
    Ok(Plan {
        actions: PyTuple::new(py, actions)?.unbind(),
        status: plan.status.map(Status::from),
        next_wake_ms: plan.next_wake,
        more: plan.more,
    })
}
