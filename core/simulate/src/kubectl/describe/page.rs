//! The lines of a description.

use serde_json::Value;

use crate::kubectl::columns;
use crate::values::object::{Fields, Object};

/// Text under construction: two spaces a level, a tab between name and value.
#[derive(Debug, Default)]
pub(super) struct Page(String);

/// Annotations that only repeat the object.
const HIDDEN: &str = "kubectl.kubernetes.io/last-applied-configuration";

impl Page {
    pub(super) fn text(self) -> String {
        self.0
    }

    pub(super) fn line(&mut self, level: usize, text: &str) {
        self.0.push_str(&"  ".repeat(level));
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// `name:` and its value.
    pub(super) fn field(&mut self, level: usize, name: &str, value: &str) {
        self.line(level, &format!("{name}:\t{value}"));
    }

    /// `name:` and its values, one under the other.
    pub(super) fn fields(&mut self, level: usize, name: &str, values: &[String]) {
        let Some((first, rest)) = values.split_first() else {
            self.field(level, name, "<none>");
            return;
        };
        self.field(level, name, first);
        for value in rest {
            self.line(level, &format!("\t{value}"));
        }
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
        /// Longer ones get lines of their own.
        const LONGEST: usize = 140;
        let map = object.pointer("/metadata/annotations");
        let map = map.and_then(Value::as_object).into_iter().flatten();
        let shown = map.filter(|(key, _)| *key != HIDDEN).map(|(key, value)| {
            let value = value.as_str().unwrap_or("").trim_end();
            if key.len() + value.len() > LONGEST || value.contains('\n') {
                let lines = value.lines().map(|line| format!("\n\t  {line}"));
                format!("{key}:{}", lines.collect::<String>())
            } else {
                format!("{key}: {value}")
            }
        });
        self.fields(level, "Annotations", &shown.collect::<Vec<_>>());
    }

    /// A list in brackets, or `[]`.
    pub(super) fn finalizers(&mut self, object: &Object) {
        let finalizers = object.list("/metadata/finalizers").iter();
        let texts: Vec<_> = finalizers.filter_map(Value::as_str).collect();
        self.field(0, "Finalizers", &format!("[{}]", texts.join(" ")));
    }

    /// The status, and since when the object is on its way out.
    pub(super) fn status(&mut self, object: &Object) {
        self.field(0, "Status", &columns::phase(object));
    }
}
