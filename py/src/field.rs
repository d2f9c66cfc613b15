//! How a field of a value class is read: from what Python passes to what is stored, or what was expected.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::PyInt;

use crate::word::{Spelled, Word, parse};

/// Stored as `Self`, passed as `A`.
pub(crate) trait Field<A>: Sized {
    /// The error is a clause: "must be …".
    fn read(argument: A) -> Result<Self, String>;
}

/// A Python integer of any size. What is beyond every limit of ours stays beyond it.
#[derive(Clone, Copy)]
pub(crate) struct Int(i128);

/// Defaults: a signature takes a literal or one name.
pub(crate) const ZERO: Int = Int(0);
pub(crate) const ONE: Int = Int(1);
pub(crate) const SOME_ZERO: Option<Int> = Some(ZERO);

impl<'py> FromPyObject<'_, 'py> for Int {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(small) = object.extract::<i64>() {
            return Ok(Self(small.into()));
        }
        let large = object.cast::<PyInt>()?;
        match large.extract::<i128>() {
            Ok(large) => Ok(Self(large)),
            Err(error) if error.is_instance_of::<PyOverflowError>(object.py()) => {
                Ok(Self(if large.lt(0)? { i128::MIN } else { i128::MAX }))
            }
            Err(error) => Err(error),
        }
    }
}

macro_rules! integers {
    ($($type:ty),+) => {
        $(impl Field<Int> for $type {
            fn read(Int(number): Int) -> Result<Self, String> {
                Self::try_from(number).map_err(|_| {
                    if number < 0 && Self::MIN == 0 {
                        "must not be negative".into()
                    } else {
                        format!("must be from {} to {}", Self::MIN, Self::MAX)
                    }
                })
            }
        })+
    };
}
integers!(u8, u16, u32, u64, i64);

impl Field<Self> for bool {
    fn read(argument: Self) -> Result<Self, String> {
        Ok(argument)
    }
}

impl<T: Spelled> Field<&str> for Word<T> {
    fn read(text: &str) -> Result<Self, String> {
        parse(text).map(Self)
    }
}

impl<A, T: Field<A>> Field<Option<A>> for Option<T> {
    fn read(argument: Option<A>) -> Result<Self, String> {
        argument.map(T::read).transpose()
    }
}
