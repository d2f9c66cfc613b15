//! The command-line tool.

use std::ffi::OsString;

use pyo3::prelude::*;

use crate::error::guard;

/// Runs the tool with these arguments on the process's own input and output, and gives its exit status.
#[pyfunction]
pub(crate) fn tool(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    py.detach(|| guard(|| sts::run("python -m statefulset", arguments)))
}
