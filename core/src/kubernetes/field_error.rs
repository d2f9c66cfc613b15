//! Errors about fields, in the API server's words.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::Value;
use thiserror::Error;

/// A field that the API server would refuse.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Error)]
#[error("{path}: {message}")]
pub struct FieldError {
    /// Where, such as `spec.template.spec.containers[0].name`.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
}

/// Collects errors while an object is walked through.
#[derive(Default)]
pub(crate) struct Report(Vec<FieldError>);

impl Report {
    pub(crate) fn into_errors(self) -> Vec<FieldError> {
        self.0
    }

    fn push(&mut self, path: &str, message: String) {
        self.0.push(FieldError {
            path: path.to_string(),
            message,
        });
    }

    pub(crate) fn required(&mut self, path: &str, detail: &str) {
        let colon = if detail.is_empty() { "" } else { ": " };
        self.push(path, format!("Required value{colon}{detail}"));
    }

    pub(crate) fn invalid(&mut self, path: &str, value: &Value, detail: &str) {
        self.push(path, format!("Invalid value: {value}: {detail}"));
    }

    pub(crate) fn unsupported(&mut self, path: &str, value: &Value, supported: &[&str]) {
        let quoted: Vec<_> = supported.iter().map(|it| format!("\"{it}\"")).collect();
        let supported = quoted.join(", ");
        self.push(
            path,
            format!("Unsupported value: {value}: supported values: {supported}"),
        );
    }

    pub(crate) fn forbidden(&mut self, path: &str, detail: &str) {
        self.push(path, format!("Forbidden: {detail}"));
    }

    pub(crate) fn duplicate(&mut self, path: &str, value: &Value) {
        self.push(path, format!("Duplicate value: {value}"));
    }

    pub(crate) fn not_found(&mut self, path: &str, value: &Value) {
        self.push(path, format!("Not found: {value}"));
    }

    /// A whole number of 0 or more, where it is there at all.
    pub(crate) fn count(&mut self, path: &str, value: &Value) {
        match value.as_i64() {
            _ if value.is_null() => {}
            None => self.invalid(path, value, "must be an integer"),
            Some(n) if n < 0 => {
                self.invalid(path, value, "must be greater than or equal to 0");
            }
            Some(n) if n > i64::from(i32::MAX) => {
                self.invalid(path, value, "must be less than or equal to 2147483647");
            }
            Some(_) => {}
        }
    }

    /// A name that can be a part of a host name.
    pub(crate) fn dns_label(&mut self, path: &str, value: &Value) {
        let Some(name) = value.as_str() else {
            self.invalid(path, value, "must be a string");
            return;
        };
        if name.len() > 63 {
            self.invalid(path, value, "must be no more than 63 bytes");
        }
        let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let edge = |b: Option<u8>| b.is_some_and(|b| inner(b) && b != b'-');
        let mut bytes = name.bytes();
        if !(bytes.all(inner) && edge(name.bytes().next()) && edge(name.bytes().next_back())) {
            self.invalid(path, value, DNS_LABEL);
        }
    }
}

const DNS_LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
