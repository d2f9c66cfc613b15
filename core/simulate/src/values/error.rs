//! What the API server answers when it refuses.

use thiserror::Error;

use super::kind::Kind;

/// A refusal, in the API server's words.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{message}")]
pub struct ApiError {
    /// Machine-readable kind of refusal.
    pub reason: ApiReason,
    /// The API server's own sentence, as controllers repeat it in events.
    pub message: String,
    /// Of an invalid object: which one, and each field at fault.
    pub invalid: Option<Box<Invalid>>,
}

/// What is wrong with an invalid object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invalid {
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// One sentence a fault: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
    pub causes: Vec<String>,
}

/// Kind of refusal, with HTTP's meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ApiReason {
    /// 400
    BadRequest,
    /// 403
    Forbidden,
    /// 404
    NotFound,
    /// 409, on creation
    AlreadyExists,
    /// 409, on a precondition
    Conflict,
    /// 415
    UnsupportedMediaType,
    /// 422
    Invalid,
    /// 429
    TooManyRequests,
    /// 500, on purpose of the story
    InternalError,
    /// 500, of which the API server does not say more
    Unknown,
}

impl ApiReason {
    /// As kubectl puts it behind "Error from server".
    pub(crate) fn noted(self) -> String {
        match self {
            Self::Unknown => String::new(),
            known => format!(" ({known:?})"),
        }
    }
}

impl ApiError {
    /// An error of this kind.
    pub fn new(reason: ApiReason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
            invalid: None,
        }
    }

    /// An object with these faults.
    pub(crate) fn invalid(kind: Kind, name: &str, causes: Vec<String>) -> Self {
        let resource = match kind.group() {
            "" => kind.name().to_owned(),
            group => format!("{}.{group}", kind.name()),
        };
        let faults = match causes.as_slice() {
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        Self {
            reason: ApiReason::Invalid,
            message: format!("{resource} \"{name}\" is invalid: {faults}"),
            invalid: Some(Box::new(Invalid {
                kind,
                name: name.into(),
                causes,
            })),
        }
    }

    /// The whole of what kubectl prints: `Error from server (NotFound): …`, `The StatefulSet "web" is invalid: …`.
    pub fn shown(&self) -> String {
        match (&self.invalid, self.reason) {
            (Some(invalid), _) => {
                let Invalid { kind, name, causes } = &**invalid;
                let faults = match causes.as_slice() {
                    [one] => one.clone(),
                    several => format!("\n* {}", several.join("\n* ")),
                };
                format!("The {} \"{name}\" is invalid: {faults}", kind.name())
            }
            (None, ApiReason::Invalid) => format!("The request is invalid: {}", self.message),
            (None, reason) => format!("Error from server{}: {}", reason.noted(), self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_as_the_server_and_as_kubectl_tell_them() {
        let one = ApiError::invalid(Kind::StatefulSet, "web", vec!["a: bad".into()]);
        assert_eq!(
            one.to_string(),
            "StatefulSet.apps \"web\" is invalid: a: bad"
        );
        assert_eq!(one.shown(), "The StatefulSet \"web\" is invalid: a: bad");
        let two = ApiError::invalid(Kind::Pod, "p", vec!["a: bad".into(), "b: worse".into()]);
        assert_eq!(two.to_string(), "Pod \"p\" is invalid: [a: bad, b: worse]");
        assert_eq!(
            two.shown(),
            "The Pod \"p\" is invalid: \n* a: bad\n* b: worse"
        );
        assert_eq!(
            ApiError::new(ApiReason::NotFound, "pods \"p\" not found").shown(),
            "Error from server (NotFound): pods \"p\" not found"
        );
    }
}
