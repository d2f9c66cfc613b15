//! Errors about fields, in the API server's words.

use std::string::String;

use crate::all::all;

use serde::Serialize;
use thiserror::Error;

/// A field that the API server would refuse. As JSON it is a cause in the details of its answer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Error, Serialize)]
#[error("{path}: {message}")]
#[non_exhaustive]
pub struct FieldError {
    /// Where, such as `spec.template.spec.containers[0].name`.
    #[serde(rename = "field")]
    pub path: String,
    /// What kind of mistake it is.
    pub reason: FieldErrorReason,
    /// What is wrong with it.
    pub message: String,
}

/// The kind of a mistake, by the name that the API server gives it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[non_exhaustive]
pub enum FieldErrorReason {
    /// It refers to something that is not there.
    #[serde(rename = "FieldValueNotFound")]
    NotFound,
    /// It is missing.
    #[serde(rename = "FieldValueRequired")]
    Required,
    /// Another one is the same, and may not be.
    #[serde(rename = "FieldValueDuplicate")]
    Duplicate,
    /// It is malformed, out of range, or may not be what it is.
    #[serde(rename = "FieldValueInvalid")]
    Invalid,
    /// It is none of the known words.
    #[serde(rename = "FieldValueNotSupported")]
    NotSupported,
    /// It may not be there.
    #[serde(rename = "FieldValueForbidden")]
    Forbidden,
    /// It has too many characters.
    #[serde(rename = "FieldValueTooLong")]
    TooLong,
    /// It has too many items.
    #[serde(rename = "FieldValueTooMany")]
    TooMany,
    /// It is of another type: text where a number is expected.
    #[serde(rename = "FieldValueTypeInvalid")]
    TypeInvalid,
}

all!(
    /// All values.
    FieldErrorReason {
        NotFound,
        Required,
        Duplicate,
        Invalid,
        NotSupported,
        Forbidden,
        TooLong,
        TooMany,
        TypeInvalid,
    }
);

impl FieldErrorReason {
    /// How the API server's message begins.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::NotFound => "Not found",
            Self::Required => "Required value",
            Self::Duplicate => "Duplicate value",
            Self::Invalid | Self::TypeInvalid => "Invalid value",
            Self::NotSupported => "Unsupported value",
            Self::Forbidden => "Forbidden",
            Self::TooLong => "Too long",
            Self::TooMany => "Too many",
        }
    }
}
