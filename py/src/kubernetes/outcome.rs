//! How requests went.

use statefulset::kubernetes;

use crate::field::Int;
use crate::value::value_class;
use crate::word::{Word, spelled};

value_class! {
    kubernetes;
    /// How one request went.
    Outcome in "outcomes" {
        /// The outcome in one word. "conflict": a precondition did not hold. "invalid": the API server refused the
        /// object.
        status: &str => Word<Status>,
        /// The object's resourceVersion afterwards, if the request was done.
        resource_version: String = NO_TEXT => String,
        /// What went wrong, if something did. Events repeat it.
        message: String = NO_TEXT => String,
    }
    more {
        /// The outcome that an API server's answer stands for.
        ///
        /// Args:
        ///     code: HTTP's status code.
        ///     body: the body as it came. One that cannot be read is as good as none.
        #[staticmethod]
        #[pyo3(signature = (code, body=None))]
        fn of_response(code: Int, body: Option<&[u8]>) -> Self {
            // No code is that large; none stands for a failure all the more.
            let code = u16::try_from(code.0).unwrap_or(0);
            kubernetes::Outcome::of_response(code, body.unwrap_or_default()).into()
        }
    }
}

const NO_TEXT: String = String::new();

/// An outcome in a word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Status {
    Done,
    NotFound,
    AlreadyExists,
    Conflict,
    Invalid,
    Failed,
    NotTried,
}
spelled!(Status {
    Done = "done",
    NotFound = "not-found",
    AlreadyExists = "already-exists",
    Conflict = "conflict",
    Invalid = "invalid",
    Failed = "failed",
    NotTried = "not-tried",
});

impl Outcome {
    pub(super) fn fact(&self) -> kubernetes::Outcome {
        match self.status.0 {
            Status::Done => kubernetes::Outcome::Done {
                resource_version: self.resource_version.clone(),
            },
            Status::NotFound => kubernetes::Outcome::NotFound,
            Status::AlreadyExists => kubernetes::Outcome::AlreadyExists,
            Status::Conflict => kubernetes::Outcome::Conflict,
            Status::Invalid => kubernetes::Outcome::Invalid(self.message.clone()),
            Status::Failed => kubernetes::Outcome::Failed(self.message.clone()),
            Status::NotTried => kubernetes::Outcome::NotTried,
        }
    }
}

impl From<kubernetes::Outcome> for Outcome {
    fn from(outcome: kubernetes::Outcome) -> Self {
        let (status, resource_version, message) = match outcome {
            kubernetes::Outcome::Done { resource_version } => {
                (Status::Done, resource_version, NO_TEXT)
            }
            kubernetes::Outcome::NotFound => (Status::NotFound, NO_TEXT, NO_TEXT),
            kubernetes::Outcome::AlreadyExists => (Status::AlreadyExists, NO_TEXT, NO_TEXT),
            kubernetes::Outcome::Conflict => (Status::Conflict, NO_TEXT, NO_TEXT),
            kubernetes::Outcome::Invalid(message) => (Status::Invalid, NO_TEXT, message),
            kubernetes::Outcome::Failed(message) => (Status::Failed, NO_TEXT, message),
            kubernetes::Outcome::NotTried => (Status::NotTried, NO_TEXT, NO_TEXT),
            // Whatever else it may be, it is no success.
            other => (Status::Failed, NO_TEXT, other.slug().to_owned()),
        };
        Self {
            status: Word(status),
            resource_version,
            message,
        }
    }
}
