//! How a command fails.

use std::fmt;

use crate::values::error::ApiError;

/// Why a command failed; displayed as kubectl says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Failure {
    /// Something is wrong with what was typed or with what came of it.
    Error(String),
    /// What was typed is nothing that could be run.
    Usage(String),
    /// The API server refused, while working on the file named.
    Refused(ApiError, Option<String>),
    /// Several independent failures.
    Several(Vec<Self>),
    /// The command's output has said all there is to say.
    Said,
}

impl Failure {
    /// A failure in kubectl's own words, without `error: `.
    pub(super) fn error(message: impl Into<String>) -> Self {
        Self::Error(message.into())
    }

    /// The same failure, naming what was being done: `error when deleting "s4.yaml"`.
    pub(super) fn when(self, doing: impl Into<String>) -> Self {
        match self {
            Self::Refused(error, None) => Self::Refused(error, Some(doing.into())),
            other => other,
        }
    }

    /// One failure out of those that a loop has collected.
    pub(super) fn all(mut failures: Vec<Self>) -> Result<(), Self> {
        match failures.len() {
            0 => Ok(()),
            1 => Err(failures.remove(0)),
            _ => Err(Self::Several(failures)),
        }
    }
}

impl Failure {
    /// As one of several: kubectl then writes each in one line, without the word error before its own.
    fn in_a_row(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(message) => writeln!(f, "{message}"),
            Self::Refused(error, doing) => {
                let ApiError {
                    reason, message, ..
                } = error;
                let doing = doing.iter().map(|doing| format!("{doing}: "));
                let doing: String = doing.collect();
                writeln!(f, "Error from server{}: {doing}{message}", reason.noted())
            }
            other => fmt::Display::fmt(other, f),
        }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Refused(error, None)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(message) => writeln!(f, "error: {message}"),
            Self::Usage(message) => writeln!(f, "Error: {message}"),
            // An invalid object is named by the message itself, whatever was being done.
            Self::Refused(error, Some(doing)) if error.invalid.is_none() => {
                let ApiError {
                    reason, message, ..
                } = error;
                writeln!(f, "Error from server{}: {doing}: {message}", reason.noted())
            }
            Self::Refused(error, _) => writeln!(f, "{}", error.shown()),
            Self::Several(failures) => failures.iter().try_for_each(|failure| failure.in_a_row(f)),
            Self::Said => Ok(()),
        }
    }
}
