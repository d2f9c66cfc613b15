//! Errors about objects.

use std::boxed::Box;
use std::string::String;

use thiserror::Error;

use super::key::Key;
use super::kind::Kind;

/// An object cannot be read. It is left out, and everything else goes on.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{kind_name} {key}: {path}: {problem}")]
#[non_exhaustive]
pub struct ObjectError {
    /// Its kind.
    pub kind: Kind,
    /// The name of the kind, as the object has it. If sets are objects of [another
    /// resource](crate::kubernetes::SetResource), this is the name of that resource's kind.
    pub kind_name: Box<str>,
    /// Its namespace and name. What could not be read of them is empty.
    pub key: Key,
    /// The field that is wrong, such as `spec.containers[0].name`. `.` is the object itself.
    pub path: String,
    /// What is wrong with it.
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

    /// The same error, about an object whose kind has this name.
    pub(crate) fn called(self, kind_name: &str) -> Self {
        Self {
            kind_name: kind_name.into(),
            ..self
        }
    }
}
