//! A controller written in Python, in the place of the simulated cluster's own.

use pyo3::prelude::*;
use statefulset_simulate::Program;

/// An object with `tell`, `hear` and `restart`.
pub(super) struct Conversation(pub(super) Py<PyAny>);

impl Conversation {
    fn ask<T>(
        &self,
        what: impl for<'py> FnOnce(&Bound<'py, PyAny>) -> PyResult<T>,
    ) -> Result<T, String> {
        Python::attach(|py| what(self.0.bind(py)).map_err(|error| error.to_string()))
    }
}

impl Program for Conversation {
    fn tell(&mut self, line: &str) -> Result<(), String> {
        self.ask(|it| it.call_method1("tell", (line,)).map(drop))
    }

    fn hear(&mut self) -> Result<String, String> {
        self.ask(|it| it.call_method0("hear")?.extract())
    }

    fn restart(&mut self) -> Result<(), String> {
        self.ask(|it| it.call_method0("restart").map(drop))
    }
}
