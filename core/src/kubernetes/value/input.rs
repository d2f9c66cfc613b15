//! Reading JSON, with errors that say where.

use std::fmt;
use std::marker::PhantomData;
use std::string::{String, ToString};

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use thiserror::Error;

use super::error::ObjectError;

/// JSON that is not what it should be.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum WireError {
    /// An object cannot be read. It is set aside; everything else goes on.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// The text around objects cannot be read. It had no effect.
    #[error("{path}: {problem}")]
    Form {
        /// Where, such as `[2].status`; `.` is the whole.
        path: String,
        /// What was expected.
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

/// Reads `json`. On failure it is read a second time, slowly, to say where the mistake is: path and problem.
pub(crate) fn read<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, (String, String)> {
    serde_json::from_slice(json).map_err(|first| {
        let mut reader = serde_json::Deserializer::from_slice(json);
        match serde_path_to_error::deserialize::<_, T>(&mut reader) {
            Err(error) => (error.path().to_string(), error.inner().to_string()),
            // What follows the value is at fault.
            Ok(_) => (".".to_string(), first.to_string()),
        }
    })
}

/// `null` reads like an absent field.
pub(crate) fn or_default<'de, D, T>(input: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(input).map(Option::unwrap_or_default)
}

/// Reads an object and nothing else: serde reads structs from lists, too, of which no pod can be made.
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
