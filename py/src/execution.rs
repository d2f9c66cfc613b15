//! A plan that is being carried out.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use statefulset::Place;

use crate::field::{Field, Int};
use crate::outcome::Outcome;
use crate::word::Word;

/// A plan that is being carried out. It says which actions or requests may start now, and takes outcomes in any order.
///
/// `carry_out` and `carry_out_async` are ready-made loops around it.
#[pyclass(frozen, module = "statefulset")]
pub(crate) struct Execution(Mutex<statefulset::Execution>);

impl Execution {
    pub(crate) fn of(places: impl IntoIterator<Item = Option<Place>>) -> Self {
        Self(Mutex::new(statefulset::Execution::of(places)))
    }

    fn lock(&self) -> MutexGuard<'_, statefulset::Execution> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Execution {
    /// Starts the next one that may start now, the first in the list, and returns its index.
    ///
    /// None means that nothing may start before another outcome comes in.
    fn start(&self) -> Option<usize> {
        self.lock().start()
    }

    #[expect(clippy::doc_markdown, reason = "a docstring, in the style of Python's")]
    /// Takes the outcome of one that was started. Returns False if that one is not running.
    ///
    /// Args:
    ///     index: its index.
    ///     outcome: how it went; for a request, as `Request.in_short` says it. "not-tried" is for one that was not begun
    ///         after all. What depends on it is not tried either.
    ///
    /// Raises:
    ///     PlanError: a word is no outcome.
    fn end(&self, py: Python<'_>, index: Int, outcome: &str) -> PyResult<bool> {
        let outcome = Word::<Outcome>::read(outcome).map_err(|it| it.of_argument(py, "outcome"))?;
        let index = usize::try_from(index.0).ok();
        Ok(index.is_some_and(|index| self.lock().end(index, outcome.0)))
    }

    /// Whether everything has ended: nothing runs and nothing will start.
    #[getter]
    fn is_over(&self) -> bool {
        self.lock().is_over()
    }

    /// The outcomes so far, in the order of the list. What has not ended is "not-tried".
    #[getter]
    fn outcomes(&self) -> Vec<Word<Outcome>> {
        self.lock().outcomes().into_iter().map(Word).collect()
    }
}
