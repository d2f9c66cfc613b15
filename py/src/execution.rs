//! A plan that is being carried out.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use statefulset::Place;

use crate::field::{Field, Int};
use crate::outcome::Outcome;
use crate::word::Word;

/// A plan that is being carried out: it says which actions or requests may start now, and takes outcomes in any order.
///
/// `carry_out` and `carry_out_async` are loops around it, for those who have none of their own.
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
    /// Starts the next one that may start now, the first in the list, and gives its index.
    ///
    /// None: nothing may, before another outcome comes.
    fn start(&self) -> Option<usize> {
        self.lock().start()
    }

    #[expect(clippy::doc_markdown, reason = "a docstring, in the style of Python's")]
    /// Takes in how one that was started went; false if it is not under way.
    ///
    /// Args:
    ///     index: which.
    ///     outcome: how it went, of a request in short (`Request.in_short`). "not-tried" is for one that was not begun
    ///         after all: what depends on it is not tried either.
    ///
    /// Raises:
    ///     PlanError: a word is no outcome.
    fn end(&self, py: Python<'_>, index: Int, outcome: &str) -> PyResult<bool> {
        let outcome = Word::<Outcome>::read(outcome).map_err(|it| it.of_argument(py, "outcome"))?;
        let index = usize::try_from(index.0).ok();
        Ok(index.is_some_and(|index| self.lock().end(index, outcome.0)))
    }

    /// Whether all has ended: nothing is under way and nothing will start.
    #[getter]
    fn is_over(&self) -> bool {
        self.lock().is_over()
    }

    /// The outcomes so far, parallel to the list; what has not ended is "not-tried".
    #[getter]
    fn outcomes(&self) -> Vec<Word<Outcome>> {
        self.lock().outcomes().into_iter().map(Word).collect()
    }
}
