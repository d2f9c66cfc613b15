//! One look without a watch.

use pyo3::prelude::*;
use statefulset::kubernetes::{self, Key};

use super::cluster::moment;
use super::error::{set_aside, unreadable};
use super::object;
use super::turn::{Requests, Tail};
use crate::error::guard;
use crate::moment::When;
use crate::profile::ProfileArgument;

/// The requests, the tail, and the objects that cannot be read.
type Answer = (Requests, Tail, Vec<Py<PyAny>>);

/// `statefulset.kubernetes.reconcile`, before its answer has names.
#[pyfunction]
#[pyo3(signature = (set, objects, now, *, complete, profile))]
#[expect(
    clippy::needless_pass_by_value,
    reason = "what Python passes is extracted into a value"
)]
pub(crate) fn reconcile(
    py: Python<'_>,
    set: &str,
    objects: &Bound<'_, PyAny>,
    now: When,
    complete: Vec<String>,
    profile: ProfileArgument,
) -> PyResult<Answer> {
    let (key, now) = (Key::from(set), moment(py, now)?);
    let profile = profile.fact(py)?;
    let kinds = complete.iter().map(|name| object::kind(py, name));
    let kinds = kinds.collect::<PyResult<Vec<_>>>()?;
    let text = object::texts(objects)?;
    let work = || kubernetes::reconcile(profile, &key, &kinds, &text, now);
    let answer = py.detach(|| guard(work))?;
    let answer = answer.map_err(|error| unreadable(py, error))?;
    let errors = answer.errors.into_iter();
    Ok((
        Requests::new(py, answer.requests)?,
        answer.tail.into(),
        errors
            .map(|error| set_aside(py, error).into_value(py).into_any())
            .collect(),
    ))
}
