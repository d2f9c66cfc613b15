//! The lines of a description.

use serde_json::Value;

use super::value;
use crate::values::object::{Fields, Object};

/// Text under construction: two spaces a level, a tab between name and value.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
    /// What stands before each value of a list: kubectl indents those of an object inside another a second time.
    inside: &'static str,
}

/// Annotations that only repeat the object.
const HIDDEN: &str = "kubectl.kubernetes.io/last-applied-configuration";

impl Page {
    /// All of it, with what a terminal would obey made harmless.
    pub(super) fn text(self) -> String {
        self.text.replace('\u{1b}', "^[").replace('\r', "\\r")
    }

    pub(super) fn line(&mut self, level: usize, text: &str) {
        self.text.push_str(&"  ".repeat(level));
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// `name:` and its value.
    pub(super) fn field(&mut self, level: usize, name: &str, value: &str) {
        self.line(level, &format!("{name}:\t{value}"));
    }

    /// `name:` and the text of a field, if it has one.
    pub(super) fn some(&mut self, level: usize, name: &str, object: &Value, pointer: &str) {
        let text = object.text(pointer);
        if !text.is_empty() {
            self.field(level, name, text);
        }
    }

    /// `name:` and a field, if it is there.
    pub(super) fn given(&mut self, level: usize, name: &str, object: &Value, pointer: &str) {
        if let Some(value) = object.pointer(pointer) {
            self.field(level, name, &value::any(value));
        }
    }

    /// `name:` and its values, one under the other.
    pub(super) fn fields(&mut self, level: usize, name: &str, values: &[String]) {
        let inside = self.inside;
        let Some((first, rest)) = values.split_first() else {
            self.field(level, name, &format!("{inside}<none>"));
            return;
        };
        self.field(level, name, &format!("{inside}{first}"));
        for value in rest {
            self.line(level, &format!("\t{inside}{value}"));
        }
    }

    /// Tells of an object inside another.
    pub(super) fn inside(&mut self, tell: impl FnOnce(&mut Self)) {
        self.inside = "    ";
        tell(self);
        self.inside = "";
    }

    /// What every object has.
    pub(super) fn title(&mut self, object: &Object) {
        self.field(0, "Name", object.name());
        if !object.namespace().is_empty() {
            self.field(0, "Namespace", object.namespace());
        }
    }

    pub(super) fn labels(&mut self, level: usize, object: &Object) {
        self.pairs(level, "Labels", object.pointer("/metadata/labels"));
    }

    /// `a=b`, one under the other.
    pub(super) fn pairs(&mut self, level: usize, name: &str, map: Option<&Value>) {
        let map = map.and_then(Value::as_object);
        let pairs = map.into_iter().flatten();
        let pairs = pairs.map(|(k, v)| format!("{k}={}", v.as_str().unwrap_or("")));
        self.fields(level, name, &pairs.collect::<Vec<_>>());
    }

    pub(super) fn annotations(&mut self, level: usize, object: &Object) {
        /// Longer ones get lines of their own, and what is longer than such a line is cut.
        const LONGEST: usize = 140;
        const LINE: usize = LONGEST - 2;
        let map = object.pointer("/metadata/annotations");
        let map = map.and_then(Value::as_object).into_iter().flatten();
        let shown = map.filter(|(key, _)| *key != HIDDEN).map(|(key, text)| {
            let text = text.as_str().unwrap_or("");
            let text = text.strip_suffix('\n').unwrap_or(text);
            if key.len() + text.len() > LINE || text.contains('\n') {
                let lines = text.split('\n');
                let lines = lines.map(|line| format!("\n\t  {}", value::shortened(line, LINE)));
                format!("{key}:{}", lines.collect::<String>())
            } else {
                format!("{key}: {text}")
            }
        });
        self.fields(level, "Annotations", &shown.collect::<Vec<_>>());
    }

    /// Rows below their titles, which are underlined.
    pub(super) fn table(&mut self, level: usize, titles: &[&str], rows: &[Vec<String>]) {
        self.line(level, &titles.join("\t"));
        let lines: Vec<_> = titles.iter().map(|title| "-".repeat(title.len())).collect();
        self.line(level, &lines.join("\t"));
        for row in rows {
            self.line(level, &row.join("\t"));
        }
    }
}
