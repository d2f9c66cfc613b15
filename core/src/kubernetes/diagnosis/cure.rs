//! What ends a cause.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde::Serialize;
use serde_json::Value;

/// One way out. A cause with several of them asks a person to decide between them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Cure {
    /// What to do, in words. Where it asks for something that only a person can do, that comes before the commands.
    pub text: String,
    /// What may be lost by it, or what must be certain before. It is to be read first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
    /// Commands that show more and change nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub look: Vec<String>,
    /// The commands that do it, in order, to be carried out as they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<String>,
}

impl Cure {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// The same, with one more command.
    pub(super) fn run(mut self, command: impl Into<String>) -> Self {
        self.commands.push(command.into());
        self
    }

    /// The same, with a command that shows more.
    pub(super) fn look(mut self, command: impl Into<String>) -> Self {
        self.look.push(command.into());
        self
    }

    /// The same, with a warning.
    pub(super) fn but(mut self, warning: impl Into<String>) -> Self {
        self.warning = Some(warning.into());
        self
    }
}

/// The command that creates an object.
pub(super) fn create(object: &Value) -> String {
    format!("echo {} | kubectl create -f -", quoted(&object.to_string()))
}

/// A text as one word of a command line.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.into();
    }
    let mut word = String::from("'");
    word.push_str(&text.replace('\'', r"'\''"));
    word.push('\'');
    word
}
