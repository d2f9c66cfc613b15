//! Time: milliseconds inside; numbers or `datetime` and `timedelta` going in, `datetime` and `timedelta` coming out.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDateTime, PyDelta, PyDeltaAccess, PyInt, PyTzInfo};
use statefulset::{Millis, kubernetes};

use crate::error::Fault;
use crate::field::{Field, Int};

/// The first and the last moment of a `datetime`: the years 1 and 9999.
const FIRST: Millis = -62_135_596_800_000;
const LAST: Millis = 253_402_300_799_999;
/// The longest `timedelta`.
const LONGEST: Millis = 86_400_000 * 1_000_000_000 - 1;

const DAY: Millis = 86_400_000;

/// A moment. What the planner computes beyond the year 9999 is shown as its last moment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Moment(pub(crate) Millis);

/// A length of time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Length(pub(crate) Millis);

/// What Python passes for a moment.
#[derive(Clone, Copy)]
pub(crate) enum When {
    Millis(Int),
    /// A `datetime` without a time zone could be any of some thirty moments.
    Naive,
}

/// What Python passes for a length of time.
#[derive(Clone, Copy)]
pub(crate) struct HowLong(pub(crate) Int);

/// Defaults.
pub(crate) const AT_ONCE: HowLong = HowLong(Int(0));
pub(crate) const PATIENCE: HowLong = HowLong(Int(kubernetes::PATIENCE as i128));

static EPOCH: PyOnceLock<Py<PyDateTime>> = PyOnceLock::new();

fn epoch(py: Python<'_>) -> PyResult<&Bound<'_, PyDateTime>> {
    let make = || {
        let utc = PyTzInfo::utc(py)?;
        let epoch = PyDateTime::new(py, 1970, 1, 1, 0, 0, 0, 0, Some(&*utc))?;
        Ok(epoch.unbind())
    };
    EPOCH.get_or_try_init(py, make).map(|epoch| epoch.bind(py))
}

/// Milliseconds, rounded towards the past.
fn millis(delta: &Bound<'_, PyDelta>) -> Int {
    let days = i128::from(delta.get_days());
    let seconds = i128::from(delta.get_seconds());
    let micros = i128::from(delta.get_microseconds());
    Int(days * i128::from(DAY) + seconds * 1000 + micros / 1000)
}

impl<'py> FromPyObject<'_, 'py> for When {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyInt>() {
            return object.extract().map(Self::Millis);
        }
        let Ok(moment) = object.cast::<PyDateTime>() else {
            return Err(PyTypeError::new_err(format!(
                "expected an aware datetime, or milliseconds since the Unix epoch as an int, not {}",
                object.get_type().name()?
            )));
        };
        if moment.call_method0("utcoffset")?.is_none() {
            return Ok(Self::Naive);
        }
        let since = moment.sub(epoch(object.py())?)?;
        Ok(Self::Millis(millis(since.cast()?)))
    }
}

impl<'py> FromPyObject<'_, 'py> for HowLong {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(delta) = object.cast::<PyDelta>() {
            return Ok(Self(millis(&delta)));
        }
        if object.is_instance_of::<PyInt>() {
            return object.extract().map(Self);
        }
        Err(PyTypeError::new_err(format!(
            "expected a timedelta, or milliseconds as an int, not {}",
            object.get_type().name()?
        )))
    }
}

/// The number, if it is within limits.
fn within(Int(number): Int, first: Millis, last: Millis, problem: &str) -> Result<Millis, Fault> {
    let number = Millis::try_from(number).ok();
    let number = number.filter(|number| (first..=last).contains(number));
    number.ok_or_else(|| Fault::new("too-large", problem))
}

impl Field<When> for Moment {
    fn read(argument: When) -> Result<Self, Fault> {
        match argument {
            When::Millis(number) => within(
                number,
                FIRST,
                LAST,
                "must be from the year 1 to the year 9999",
            )
            .map(Self),
            When::Naive => Err(Fault::new(
                "naive-datetime",
                "must be aware: a datetime without a time zone is no moment",
            )),
        }
    }
}

impl Field<HowLong> for Length {
    fn read(HowLong(number): HowLong) -> Result<Self, Fault> {
        within(
            number,
            -LONGEST,
            LONGEST,
            "must be below 1,000,000,000 days",
        )
        .map(Self)
    }
}

impl Length {
    /// Its milliseconds, if there are no less than none.
    pub(crate) fn forward(self) -> Result<Millis, Fault> {
        match self.0 {
            millis @ 0.. => Ok(millis),
            _ => Err(Fault::new("negative", "must not be negative")),
        }
    }
}

fn delta(py: Python<'_>, millis: Millis) -> PyResult<Bound<'_, PyDelta>> {
    let days = i32::try_from(millis.div_euclid(DAY))?;
    let rest = i32::try_from(millis.rem_euclid(DAY))?;
    PyDelta::new(py, days, rest / 1000, rest % 1000 * 1000, true)
}

impl<'py> IntoPyObject<'py> for Moment {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        epoch(py)?.add(delta(py, self.0.clamp(FIRST, LAST))?)
    }
}

impl<'py> IntoPyObject<'py> for Length {
    type Target = PyDelta;
    type Output = Bound<'py, PyDelta>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        delta(py, self.0)
    }
}
