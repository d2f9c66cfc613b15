//! Reading JSON. The errors say where the mistake is.

use std::fmt;
use std::format;
use std::marker::PhantomData;
use std::string::{String, ToString};

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use thiserror::Error;

use super::error::ObjectError;
use super::mistake;

/// JSON that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum WireError {
    /// An object cannot be read. It is left out, and everything else goes on.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// The JSON around the objects cannot be read. The call had no effect.
    #[error("{path}: {problem}")]
    Form {
        /// The place of the mistake, such as `[2].status`. `.` is the whole text.
        path: String,
        /// What is wrong there.
        problem: String,
    },
}

impl WireError {
    pub(crate) fn form(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Form {
            path: path.into(),
            problem: problem.into(),
        }
    }
}

/// Reads `json`. The error is the path of the mistake and the problem.
pub(crate) fn read<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, (String, String)> {
    serde_json::from_slice(json).map_err(|error| (mistake::place(json, &error), error.to_string()))
}

/// Reads `json`, which must be an object: see [`from_map`].
pub(crate) fn read_object<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, (String, String)> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    from_map(&mut reader)
        .and_then(|object| reader.end().map(|()| object))
        .map_err(|error| (mistake::place(json, &error), error.to_string()))
}

/// A path inside of what stands at a place, such as `[2].kind`.
pub(crate) fn within(place: &str, path: &str) -> String {
    match (place, path) {
        ("", path) => path.to_string(),
        (place, ".") => place.to_string(),
        (place, path) if path.starts_with('[') => format!("{place}{path}"),
        (place, path) => format!("{place}.{path}"),
    }
}

/// Reads a field of which `null` means the same as its absence.
pub(crate) fn or_default<'de, D, T>(input: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(input).map(Option::unwrap_or_default)
}

/// Reads a JSON object and refuses everything else. Without this, serde would also read a struct from a list.
pub(crate) fn from_map<'de, D, T>(input: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct FromMap<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for FromMap<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(fields))
        }
    }

    input.deserialize_map(FromMap(PhantomData))
}

/// Reads a value without members. What has members is refused as not being what was `expected`.
pub(crate) fn scalar<'de, D: Deserializer<'de>>(
    input: D,
    expected: &str,
) -> Result<Value, D::Error> {
    struct Scalar<'a>(&'a str);

    impl Visitor<'_> for Scalar<'_> {
        type Value = Value;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_unit<E>(self) -> Result<Value, E> {
            Ok(Value::Null)
        }

        fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
            Ok(value.into())
        }

        fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
            Ok(value.into())
        }

        fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
            Ok(value.into())
        }

        fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
            Ok(value.into())
        }

        fn visit_str<E>(self, value: &str) -> Result<Value, E> {
            Ok(value.into())
        }
    }

    input.deserialize_any(Scalar(expected))
}
