//! A promise that was broken, and how.

use std::fmt;

/// A broken promise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Breach {
    /// The promise.
    pub promise: &'static str,
    /// How it was broken.
    pub how: String,
}

impl Breach {
    pub(super) fn of(promise: &'static str, how: impl Into<String>) -> Self {
        let how = how.into();
        Self { promise, how }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.promise, self.how)
    }
}
