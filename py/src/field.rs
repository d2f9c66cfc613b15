//! How a field of a value class is read: from what Python passes to what is stored, or what was expected.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyTuple};

use crate::error::Fault;
use crate::word::{Spelled, Word, parse};

/// Stored as `Self`, passed as `A`.
pub(crate) trait Field<A>: Sized {
    /// The fault is a clause: "must be …".
    fn read(argument: A) -> Result<Self, Fault>;
}

/// A Python integer of any size. What is beyond every limit of ours stays beyond it.
#[derive(Clone, Copy)]
pub(crate) struct Int(pub(crate) i128);

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
            fn read(Int(number): Int) -> Result<Self, Fault> {
                Self::try_from(number).map_err(|_| {
                    if number < 0 && Self::MIN == 0 {
                        Fault::new("negative", "must not be negative")
                    } else {
                        Fault::new("too-large", format!("must be from {} to {}", Self::MIN, Self::MAX))
                    }
                })
            }
        })+
    };
}
integers!(u8, u16, u32, u64, i64);

/// Fields that are stored as they are passed.
macro_rules! as_passed {
    ($($type:ty),+) => {
        $(impl $crate::field::Field<Self> for $type {
            fn read(argument: Self) -> Result<Self, $crate::error::Fault> {
                Ok(argument)
            }
        })+
    };
}
pub(crate) use as_passed;
as_passed!(bool, String);

impl Field<&str> for String {
    fn read(text: &str) -> Result<Self, Fault> {
        Ok(text.into())
    }
}

impl Field<&[u8]> for Vec<u8> {
    fn read(bytes: &[u8]) -> Result<Self, Fault> {
        Ok(bytes.into())
    }
}

impl<T: Spelled> Field<&str> for Word<T> {
    fn read(text: &str) -> Result<Self, Fault> {
        parse(text).map(Self)
    }
}

impl<A, T: Field<A>> Field<Option<A>> for Option<T> {
    fn read(argument: Option<A>) -> Result<Self, Fault> {
        argument.map(T::read).transpose()
    }
}

/// A list of anything, which Python sees as a tuple.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T> Field<Vec<T>> for List<T> {
    fn read(argument: Vec<T>) -> Result<Self, Fault> {
        Ok(Self(argument))
    }
}

impl Field<Vec<Int>> for List<u32> {
    fn read(numbers: Vec<Int>) -> Result<Self, Fault> {
        let numbers = numbers.into_iter().map(u32::read);
        numbers.collect::<Result<_, _>>().map(Self)
    }
}

impl<T: Spelled> Field<Vec<String>> for List<Word<T>> {
    fn read(words: Vec<String>) -> Result<Self, Fault> {
        let words = words.iter().map(|word| parse(word).map(Word));
        words.collect::<Result<_, _>>().map(Self)
    }
}

/// The default of such a field.
pub(crate) const NO_NAMES: Vec<String> = Vec::new();

impl<'py, T: IntoPyObject<'py> + Clone> IntoPyObject<'py> for List<T> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTuple::new(py, self.0)
    }
}
