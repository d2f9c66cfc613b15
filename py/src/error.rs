//! `statefulset.PlanError`, and nothing else, is raised for values that break the contract.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{IntoPyDict, PyType};
use statefulset::Problem;

use crate::word::{Spelled, spelled};

static PLAN_ERROR: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// What is wrong with a value that was passed: a slug, and a clause that says what was expected.
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    pub(crate) problem: String,
}

impl Fault {
    pub(crate) fn new(code: &'static str, problem: impl Into<String>) -> Self {
        Self {
            code,
            problem: problem.into(),
        }
    }

    /// The exception for a field of a class whose values go into `list`.
    pub(crate) fn of_field(self, py: Python<'_>, class: &str, list: &str, field: &str) -> PyErr {
        let message = format!("{class}.{field}: {}", self.problem);
        plan_error(py, &message, self.code, list, None, field)
    }

    /// The exception for an argument.
    pub(crate) fn of_argument(self, py: Python<'_>, argument: &str) -> PyErr {
        let message = format!("{argument}: {}", self.problem);
        plan_error(py, &message, self.code, argument, None, "")
    }
}

/// The exception itself, or whatever went wrong while making it.
fn plan_error(
    py: Python<'_>,
    message: &str,
    code: &str,
    list: &str,
    index: Option<usize>,
    field: &str,
) -> PyErr {
    let make = || -> PyResult<PyErr> {
        let class = PLAN_ERROR.import(py, "statefulset._errors", "PlanError")?;
        let place = [
            ("code", code.into_pyobject(py)?.into_any()),
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
        problem,
        ..
    } = error;
    let message = error.to_string();
    let code = problem.spelling();
    plan_error(py, &message, code, &list.to_string(), Some(index), field)
}

spelled!(planner Problem {
    TooLarge = "too-large",
    Overflow = "overflow",
    Negative = "negative",
    NoSuchEntry = "no-such-entry",
    Reserved = "reserved",
    Duplicate = "duplicate",
    TooMany = "too-many",
    NoSuchGate = "no-such-gate",
    EmptyRange = "empty-range",
    Disorder = "disorder",
    NoLimit = "no-limit",
});

/// Does the work. A panic is a bug, and the exception says so.
pub(crate) fn guard<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| bug(&words(&*panic)))
}

/// The exception for a bug of the library.
pub(crate) fn bug(what: &str) -> PyErr {
    PyRuntimeError::new_err(format!(
        "this is a bug in statefulset, not in what was passed; please report it: {what}"
    ))
}

pub(crate) fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without words".into())
}

#[cfg(test)]
mod tests {
    use pyo3::Python;

    use super::guard;

    #[test]
    fn a_panic_becomes_an_exception_that_says_that_it_is_a_bug() {
        Python::initialize();
        let number = 7;
        let error = guard(|| panic!("number {number}")).expect_err("a bug");
        assert_eq!(
            error.to_string(),
            "RuntimeError: this is a bug in statefulset, not in what was passed; please report it: number 7"
        );
        assert!(
            guard(|| panic!("plain"))
                .expect_err("a bug")
                .to_string()
                .ends_with(": plain")
        );
        assert_eq!(guard(|| 1).expect("no bug"), 1);
    }
}
