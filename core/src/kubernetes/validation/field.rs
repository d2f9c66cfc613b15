//! A field of an object that is examined: where it stands, what it holds, and where to complain.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::Value;

use crate::kubernetes::validation::field_error::{FieldError, FieldErrorReason as Reason};

/// A rule that an object may break if it did so before there was the rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Excuse {
    DeletionCost,
    HugePages,
    PodSelector,
    NodeValues,
    SpreadSelector,
    SpreadKeys,
    TokenPath,
    HostSysctl,
    UsersAndDevices,
    ImageReference,
    SystemAdministrator,
    ComparingToleration,
    InitRestart,
}

/// What has been found so far.
#[derive(Default)]
pub(crate) struct Errors(RefCell<Vec<(FieldError, Option<Excuse>)>>);

impl Errors {
    /// All but what is excused.
    pub(crate) fn into_errors(self, excused: &BTreeSet<Excuse>) -> Vec<FieldError> {
        let excused = |excuse: &Option<Excuse>| excuse.is_some_and(|it| excused.contains(&it));
        let errors = self.0.into_inner().into_iter();
        errors
            .filter(|(_, excuse)| !excused(excuse))
            .map(|(error, _)| error)
            .collect()
    }

    /// The excusable ones.
    pub(crate) fn excuses(&self) -> BTreeSet<Excuse> {
        self.0.borrow().iter().filter_map(|(_, it)| *it).collect()
    }

    fn push(&self, Field { path, excuse, .. }: &Field<'_>, reason: Reason, rest: &str) {
        let error = FieldError {
            path: path.clone(),
            reason,
            message: [reason.words(), rest].concat(),
        };
        let mut errors = self.0.borrow_mut();
        // A field may be looked at more than once; that it is of another type is said once.
        if reason != Reason::TypeInvalid || errors.iter().all(|(other, _)| *other != error) {
            errors.push((error, *excuse));
        }
    }
}

/// A field of an object. One that is absent is `null`. What is of another type than expected is complained of, and then
/// taken for absent.
#[derive(Clone)]
pub(crate) struct Field<'a> {
    path: String,
    value: &'a Value,
    errors: &'a Errors,
    excuse: Option<Excuse>,
}

static NULL: Value = Value::Null;

impl<'a> Field<'a> {
    pub(crate) const fn root(value: &'a Value, errors: &'a Errors) -> Self {
        Self {
            path: String::new(),
            value,
            errors,
            excuse: None,
        }
    }

    /// The same field; what is wrong with it may be excused.
    pub(crate) fn excusable(&self, excuse: Excuse) -> Self {
        Self {
            excuse: Some(excuse),
            ..self.clone()
        }
    }

    fn with(&self, path: String, value: &'a Value) -> Self {
        Self {
            path,
            value,
            errors: self.errors,
            excuse: self.excuse,
        }
    }

    /// A field of an object.
    pub(crate) fn child(&self, name: &str) -> Self {
        let value = match self.value {
            Value::Object(fields) => fields.get(name).unwrap_or(&NULL),
            Value::Null => &NULL,
            _ => {
                self.mistyped("an object");
                &NULL
            }
        };
        self.with(self.path_of(name), value)
    }

    /// A field of a field.
    pub(crate) fn at(&self, names: &[&str]) -> Self {
        let mut field = self.clone();
        for name in names {
            field = field.child(name);
        }
        field
    }

    /// The path of a field, whether or not there is such a field.
    pub(crate) fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_string()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The same value, complained of somewhere else.
    pub(crate) fn told_at(&self, path: String) -> Self {
        self.with(path, self.value)
    }

    /// Another value, complained of here.
    pub(crate) fn of(&self, other: &Self) -> Self {
        other.told_at(self.path.clone())
    }

    /// A value that the object does not have, complained of here.
    pub(crate) fn holding<'b>(&self, value: &'b Value) -> Field<'b>
    where
        'a: 'b,
    {
        Field {
            path: self.path.clone(),
            value,
            errors: self.errors,
            excuse: self.excuse,
        }
    }

    /// How many complaints there are so far, of whatever field.
    pub(crate) fn complaints(&self) -> usize {
        self.errors.0.borrow().len()
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + use<'a, '_> {
        let items = match self.value {
            Value::Array(items) => items.as_slice(),
            Value::Null => &[],
            _ => {
                self.mistyped("a list");
                &[]
            }
        };
        let at = |(index, value)| self.with(format!("{}[{index}]", self.path), value);
        items.iter().enumerate().map(at)
    }

    /// The entries of a map.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a, '_> {
        let entries = match self.value {
            Value::Object(entries) => Some(entries),
            Value::Null => None,
            _ => {
                self.mistyped("a map");
                None
            }
        };
        entries.into_iter().flatten().map(|(key, value)| {
            let path = format!("{}[{key}]", self.path);
            (key.as_str(), self.with(path, value))
        })
    }

    /// An entry of a map, as if it were there.
    pub(crate) fn key(&self, key: &str) -> Self {
        let value = self.child(key).value;
        self.with(format!("{}[{key}]", self.path), value)
    }

    pub(crate) const fn value(&self) -> &'a Value {
        self.value
    }

    /// Whether it is there at all.
    pub(crate) fn given(&self) -> bool {
        !self.value.is_null()
    }

    /// Whether it is no list, map or text, or one without content.
    pub(crate) fn is_empty(&self) -> bool {
        match self.value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            Value::String(text) => text.is_empty(),
            _ => false,
        }
    }

    /// Its text; none is the empty text.
    pub(crate) fn text(&self) -> &'a str {
        match self.value {
            Value::String(text) => text,
            Value::Null => "",
            _ => {
                self.mistyped("a string");
                ""
            }
        }
    }

    /// Its number, if it has one.
    pub(crate) fn number(&self) -> Option<i64> {
        let number = self.value.as_i64();
        if number.is_none() && self.given() {
            self.mistyped("an integer");
        }
        number
    }

    /// Whether it is `true`.
    pub(crate) fn yes(&self) -> bool {
        let yes = self.value.as_bool();
        if yes.is_none() && self.given() {
            self.mistyped("a boolean");
        }
        yes.unwrap_or(false)
    }

    /// Whether it is `false`, and not merely absent.
    pub(crate) fn no(&self) -> bool {
        self.given() && !self.yes()
    }

    fn mistyped(&self, expected: &str) {
        let rest = format!(": {}: must be {expected}", self.shown());
        self.errors.push(self, Reason::TypeInvalid, &rest);
    }

    fn shown(&self) -> String {
        match self.value {
            Value::String(text) => quoted(text),
            other => other.to_string(),
        }
    }

    fn tell(&self, reason: Reason, shown: &str, detail: &str) {
        let colon = if detail.is_empty() { "" } else { ": " };
        let rest = format!(": {shown}{colon}{detail}");
        self.errors.push(self, reason, &rest);
    }

    pub(crate) fn required(&self, detail: &str) {
        let colon = if detail.is_empty() { "" } else { ": " };
        let rest = [colon, detail].concat();
        self.errors.push(self, Reason::Required, &rest);
    }

    pub(crate) fn forbidden(&self, detail: &str) {
        let rest = [": ", detail].concat();
        self.errors.push(self, Reason::Forbidden, &rest);
    }

    pub(crate) fn too_long(&self, limit: usize) {
        let rest = format!(": may not be more than {limit} bytes");
        self.errors.push(self, Reason::TooLong, &rest);
    }

    pub(crate) fn too_many(&self, count: usize, limit: usize) {
        let rest = format!(": {count}: must have at most {limit} items");
        self.errors.push(self, Reason::TooMany, &rest);
    }

    pub(crate) fn invalid(&self, detail: &str) {
        self.tell(Reason::Invalid, &self.shown(), detail);
    }

    /// Invalid, where the problem itself says what was found.
    pub(crate) fn malformed(&self, problem: &str) {
        let rest = [": ", problem].concat();
        self.errors.push(self, Reason::Invalid, &rest);
    }

    /// Invalid, with another value in the message than its own.
    pub(crate) fn invalid_as(&self, shown: &str, detail: &str) {
        self.tell(Reason::Invalid, shown, detail);
    }

    /// Invalid for each of these reasons.
    pub(crate) fn invalid_for(&self, details: Vec<String>) {
        for detail in details {
            self.invalid(&detail);
        }
    }

    pub(crate) fn not_found_as(&self, shown: &str, detail: &str) {
        self.tell(Reason::NotFound, &quoted(shown), detail);
    }

    pub(crate) fn duplicate(&self) {
        self.tell(Reason::Duplicate, &self.shown(), "");
    }

    pub(crate) fn duplicate_as(&self, shown: &str) {
        self.tell(Reason::Duplicate, &quoted(shown), "");
    }

    pub(crate) fn unsupported(&self, supported: &[&str]) {
        let shown = match self.value {
            Value::Null => "\"\"".to_string(),
            _ => self.shown(),
        };
        let supported: Vec<_> = supported.iter().map(|it| quoted(it)).collect();
        let detail = format!("supported values: {}", supported.join(", "));
        self.tell(Reason::NotSupported, &shown, &detail);
    }

    /// A word from a list that must be there.
    pub(crate) fn one_of(&self, known: &[&str]) {
        match self.text() {
            "" => self.required(""),
            word if known.contains(&word) => {}
            _ => self.unsupported(known),
        }
    }

    /// A word from a list, if it is there.
    pub(crate) fn one_of_if_given(&self, known: &[&str]) {
        if self.given() && !known.contains(&self.text()) {
            self.unsupported(known);
        }
    }

    /// A number that is not below zero. Absent is zero.
    pub(crate) fn not_negative(&self) {
        if self.number().is_some_and(|number| number < 0) {
            self.invalid("must be greater than or equal to 0");
        }
    }

    /// A number from a range, if it is there.
    pub(crate) fn within(&self, low: i64, high: i64) {
        if self.number().is_some_and(|it| it < low || it > high) {
            self.invalid(&format!("must be between {low} and {high}, inclusive"));
        }
    }
}

/// Text as it stands in messages.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
