//! What the API server answers when it refuses.

use thiserror::Error;

/// A refusal, in the API server's words.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{message}")]
pub struct ApiError {
    /// Machine-readable kind of refusal.
    pub reason: ApiReason,
    /// What kubectl shows after `Error from server (…): `.
    pub message: String,
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
    /// 422
    Invalid,
    /// 429
    TooManyRequests,
    /// 500, on purpose of the story
    InternalError,
}

impl ApiError {
    /// An error of this kind.
    pub fn new(reason: ApiReason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
        }
    }
}
