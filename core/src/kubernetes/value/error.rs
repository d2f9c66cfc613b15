//! Errors about objects.

use std::boxed::Box;
use std::string::String;

use thiserror::Error;

use super::key::Key;
use super::kind::Kind;

/// An object that cannot be read. It is set aside; everything else goes on.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{kind_name} {key}: {path}: {problem}")]
#[non_exhaustive]
pub struct ObjectError {
    /// Its kind.
    pub kind: Kind,
    /// The kind as the object itself says it: a set may be of a [resource](crate::kubernetes::SetResource) of one's own.
    pub kind_name: Box<str>,
    /// Its namespace and name, as far as they could be read.
    pub key: Key,
    /// Where in the object, such as `spec.containers[0].name`; `.` is the object itself.
    pub path: String,
    /// What was expected.
    pub problem: String,
}

impl ObjectError {
    pub(crate) fn new(kind: Kind, key: Key, path: &str, problem: impl Into<String>) -> Self {
        Self {
            kind,
            kind_name: kind.name().into(),
            key,
            path: path.into(),
            problem: problem.into(),
        }
    }

    /// The same about an object whose kind is called so.
    pub(crate) fn called(self, kind_name: &str) -> Self {
        Self {
            kind_name: kind_name.into(),
            ..self
        }
    }
}
