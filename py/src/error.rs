//! `statefulset.PlanError`, and nothing else, is raised for input that breaks the contract.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{IntoPyDict, PyType};

static PLAN_ERROR: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// The exception itself, or whatever went wrong while making it.
pub(crate) fn plan_error(
    py: Python<'_>,
    message: &str,
    list: &str,
    index: Option<usize>,
    field: &str,
) -> PyErr {
    let make = || -> PyResult<PyErr> {
        let class = PLAN_ERROR.import(py, "statefulset._errors", "PlanError")?;
        let place = [
            ("list", list.into_pyobject(py)?.into_any()),
            ("index", index.into_pyobject(py)?.into_any()),
            ("field", field.into_pyobject(py)?.into_any()),
        ]
        .into_py_dict(py)?;
        Ok(PyErr::from_value(class.call((message,), Some(&place))?))
    };
    make().unwrap_or_else(|error| error)
}

/// A refusal by the planner.
pub(crate) fn refused(py: Python<'_>, error: statefulset::PlanError) -> PyErr {
    let statefulset::PlanError {
        list,
        index,
        field,
        problem: _,
    } = error;
    plan_error(
        py,
        &error.to_string(),
        &list.to_string(),
        Some(index),
        python_name(field),
    )
}

/// Fields as they are called here: moments and lengths of time carry their unit.
fn python_name(field: &str) -> &str {
    match field {
        "min_ready" => "min_ready_ms",
        field => field,
    }
}
