//! `statefulset.kubernetes.ObjectError`: an object that cannot be read.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{IntoPyDict, PyType};
use statefulset::kubernetes::ObjectError;
use statefulset::kubernetes::wire::WireError;

static OBJECT_ERROR: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// An object as far as errors name it.
#[derive(Default)]
pub(super) struct Subject {
    pub(super) kind: String,
    /// The kind as the object itself says it, where that may be another word.
    pub(super) kind_name: String,
    pub(super) namespace: String,
    pub(super) name: String,
}

impl Subject {
    /// The exception, or whatever went wrong while making it.
    pub(super) fn error(&self, py: Python<'_>, path: &str, problem: &str) -> PyErr {
        let make = || -> PyResult<PyErr> {
            let class = OBJECT_ERROR.import(py, "statefulset._errors", "ObjectError")?;
            let fields = [
                ("kind", &*self.kind),
                ("kind_name", &self.kind_name),
                ("namespace", &self.namespace),
                ("name", &self.name),
                ("path", path),
                ("problem", problem),
            ];
            Ok(PyErr::from_value(
                class.call((), Some(&fields.into_py_dict(py)?))?,
            ))
        };
        make().unwrap_or_else(|error| error)
    }
}

/// The exception for an object that the library has set aside.
pub(super) fn set_aside(py: Python<'_>, error: ObjectError) -> PyErr {
    let subject = Subject {
        kind: error.kind.name().into(),
        kind_name: error.kind_name.into(),
        namespace: error.key.namespace,
        name: error.key.name,
    };
    subject.error(py, &error.path, &error.problem)
}

/// The same exception, of an argument of a call that has a name for it.
pub(super) fn in_argument(py: Python<'_>, error: PyErr, argument: &str) -> PyErr {
    let class = OBJECT_ERROR.import(py, "statefulset._errors", "ObjectError");
    match class {
        Ok(class) if error.is_instance(py, class) => {
            let value = error.value(py).call_method1("_of", (argument,));
            value.map_or_else(|error| error, PyErr::from_value)
        }
        Ok(_) => error,
        Err(error) => error,
    }
}

/// The exception for text that is not what it should be.
pub(super) fn unreadable(py: Python<'_>, error: WireError) -> PyErr {
    match error {
        WireError::Object(error) => set_aside(py, error),
        WireError::Form { path, problem } => Subject::default().error(py, &path, &problem),
        other => Subject::default().error(py, ".", &other.to_string()),
    }
}
