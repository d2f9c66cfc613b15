//! The faults of one object, each with its field, in the API server's words.

use serde_json::Value;

use crate::values::error::ApiError;
use crate::values::kind::Kind;

/// Faults in the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct Faults {
    causes: Vec<String>,
}

impl Faults {
    /// The field must be there.
    pub(super) fn required(&mut self, path: &str, detail: &str) {
        let detail = if detail.is_empty() {
            String::new()
        } else {
            format!(": {detail}")
        };
        self.causes.push(format!("{path}: Required value{detail}"));
    }

    /// The value is wrong.
    pub(super) fn invalid(&mut self, path: &str, value: &Value, detail: &str) {
        self.causes
            .push(format!("{path}: Invalid value: {value}: {detail}"));
    }

    /// The value is none of those that may be.
    pub(super) fn unsupported(&mut self, path: &str, value: &str, supported: &[&str]) {
        let supported: Vec<String> = supported.iter().map(|s| format!("\"{s}\"")).collect();
        self.causes.push(format!(
            "{path}: Unsupported value: \"{value}\": supported values: {}",
            supported.join(", ")
        ));
    }

    /// The field may not be there, or may not change.
    pub(super) fn forbidden(&mut self, path: &str, detail: &str) {
        self.causes.push(format!("{path}: Forbidden: {detail}"));
    }

    /// The value is there twice.
    pub(super) fn duplicate(&mut self, path: &str, value: &Value) {
        self.causes
            .push(format!("{path}: Duplicate value: {value}"));
    }

    /// A fault that is already a sentence.
    pub(super) fn push(&mut self, cause: String) {
        self.causes.push(cause);
    }

    /// A text that must be one of a few; absent counts as missing.
    pub(super) fn one_of(&mut self, path: &str, value: &str, supported: &[&str]) {
        if value.is_empty() {
            self.required(path, "");
        } else if !supported.contains(&value) {
            self.unsupported(path, value, supported);
        }
    }

    /// A number that must not be negative; absent is fine.
    pub(super) fn not_negative(&mut self, path: &str, value: Option<&Value>) {
        if let Some(value) = value.filter(|v| v.as_i64().is_some_and(|n| n < 0)) {
            self.invalid(path, value, "must be greater than or equal to 0");
        }
    }

    /// A field that must stay as it is.
    pub(super) fn same(&mut self, path: &str, old: Option<&Value>, new: Option<&Value>) {
        if old != new {
            self.invalid(path, new.unwrap_or(&Value::Null), "field is immutable");
        }
    }

    /// What is wrong with the one value that was looked at, without its path.
    pub(super) fn details(&self) -> Vec<&str> {
        let causes = self.causes.iter();
        causes
            .filter_map(|cause| Some(cause.split_once("Invalid value: ")?.1.split_once(": ")?.1))
            .collect()
    }

    /// The refusal, if there is a fault.
    pub(super) fn refuse(self, kind: Kind, name: &str) -> Result<(), ApiError> {
        if self.causes.is_empty() {
            Ok(())
        } else {
            Err(ApiError::invalid(kind, name, self.causes))
        }
    }
}
