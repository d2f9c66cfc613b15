//! The outcomes of requests, as JSON.

use std::format;
use std::string::String;
use std::vec::Vec;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::kubernetes::turn::request::Outcome;
use crate::kubernetes::value::input::{WireError, from_map, read};

/// Reads a list of outcomes.
pub fn outcomes(json: &[u8]) -> Result<Vec<Outcome>, WireError> {
    let forms: Vec<Item<'_>> =
        read(json).map_err(|(path, problem)| WireError::form(path, problem))?;
    let forms = forms.into_iter().enumerate();
    forms.map(|(index, form)| form.0.outcome(index)).collect()
}

#[derive(Deserialize)]
struct Item<'a>(#[serde(borrow, deserialize_with = "from_map")] Form<'a>);

/// One outcome: a word, or the answer of an API server.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Form<'a> {
    status: Option<Word>,
    resource_version: Option<String>,
    message: Option<String>,
    http: Option<u16>,
    #[serde(borrow)]
    body: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Done,
    NotFound,
    AlreadyExists,
    Conflict,
    Invalid,
    Failed,
    NotTried,
}

impl Form<'_> {
    fn outcome(self, index: usize) -> Result<Outcome, WireError> {
        match (self.status, self.http) {
            (Some(word), None) => Ok(word.outcome(self.resource_version, self.message)),
            (None, Some(code)) => {
                let body = self.body.map_or("", RawValue::get);
                Ok(Outcome::of_response(code, body.as_bytes()))
            }
            _ => {
                let problem = "expected one of `status` and `http`";
                Err(WireError::form(format!("[{index}]"), problem))
            }
        }
    }
}

impl Word {
    fn outcome(self, resource_version: Option<String>, message: Option<String>) -> Outcome {
        let message = message.unwrap_or_default();
        match self {
            Self::Done => Outcome::Done {
                resource_version: resource_version.unwrap_or_default(),
            },
            Self::NotFound => Outcome::NotFound,
            Self::AlreadyExists => Outcome::AlreadyExists,
            Self::Conflict => Outcome::Conflict,
            Self::Invalid => Outcome::Invalid(message),
            Self::Failed => Outcome::Failed(message),
            Self::NotTried => Outcome::NotTried,
        }
    }
}

/// What is read from the body of an answer. The body may be an object, or the `Status` of a failure.
#[derive(Deserialize, Default)]
struct Body {
    metadata: Option<Metadata>,
    reason: Option<String>,
    message: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    resource_version: Option<String>,
}

impl Outcome {
    /// The outcome that the answer of an API server stands for. The answer is the HTTP status code, and the body as it
    /// came. A body that cannot be read counts as missing.
    pub fn of_response(code: u16, body: &[u8]) -> Self {
        let body: Body = serde_json::from_slice(body).unwrap_or_default();
        let message = || {
            let said = body.message.clone();
            said.unwrap_or_else(|| format!("the server answered with HTTP status {code}"))
        };
        match code {
            200..=299 => Self::Done {
                resource_version: body
                    .metadata
                    .and_then(|metadata| metadata.resource_version)
                    .unwrap_or_default(),
            },
            404 => Self::NotFound,
            409 if body.reason.as_deref() == Some("AlreadyExists") => Self::AlreadyExists,
            409 => Self::Conflict,
            422 => Self::Invalid(message()),
            _ => Self::Failed(message()),
        }
    }
}
