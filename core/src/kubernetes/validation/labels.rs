//! Labels, annotations, and selectors over labels.

use std::fmt::Display;
use std::string::String;
use std::vec;
use std::vec::Vec;

use serde_json::Value;

use super::field::{Excuse, Field, quoted};
use super::format;

/// Labels of an object.
pub(crate) fn labels(field: &Field<'_>) {
    for (key, value) in field.entries() {
        label_key(key, field);
        let text = value.text();
        for problem in format::label_value(text) {
            field.invalid_as(&quoted(text), &problem);
        }
    }
}

fn label_key(key: &str, field: &Field<'_>) {
    for problem in format::label_key(key) {
        field.invalid_as(&quoted(key), &problem);
    }
}

/// A field that is the key of a label.
pub(crate) fn label_name(field: &Field<'_>) {
    label_key(field.text(), field);
}

/// A selector as the API server prints it.
pub(crate) fn shown(selector: &Value) -> String {
    if selector.is_null() {
        return "null".into();
    }
    let text = |value: &Value| quoted(value.as_str().unwrap_or_default());
    let filled = |value: &&Value| match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => false,
    };
    let part = |name: &str, value: &dyn Display| std::format!("\"{name}\":{value}");
    let requirement = |it: &Value| {
        let mut parts = vec![
            part("key", &text(&it["key"])),
            part("operator", &text(&it["operator"])),
        ];
        parts.extend(
            Some(&it["values"])
                .filter(filled)
                .map(|it| part("values", it)),
        );
        std::format!("{{{}}}", parts.join(","))
    };
    let mut parts = Vec::new();
    let labels = Some(&selector["matchLabels"]).filter(filled);
    parts.extend(labels.map(|it| part("matchLabels", it)));
    if let Some(list) = Some(&selector["matchExpressions"]).filter(filled) {
        let list = list.as_array().into_iter().flatten();
        let list: Vec<_> = list.map(requirement).collect();
        let list = std::format!("[{}]", list.join(","));
        parts.push(part("matchExpressions", &list));
    }
    std::format!("{{{}}}", parts.join(","))
}

/// Annotations of an object.
pub(crate) fn annotations(field: &Field<'_>) {
    for (key, _) in field.entries() {
        for problem in format::label_key(&key.to_lowercase()) {
            field.invalid_as(&quoted(key), &problem);
        }
    }
    annotations_size(field);
}

/// All keys and values together.
pub(crate) fn annotations_size(field: &Field<'_>) {
    let sizes = field
        .entries()
        .map(|(key, value)| key.len() + value.text().len());
    if sizes.sum::<usize>() > 256 << 10 {
        field.too_long(256 << 10);
    }
}

/// A label selector.
pub(crate) fn selector(field: &Field<'_>) {
    selector_with(field, None);
}

/// A label selector whose values may be excused.
pub(crate) fn selector_with(field: &Field<'_>, values_excuse: Option<Excuse>) {
    labels(&field.child("matchLabels"));
    for requirement in field.child("matchExpressions").items() {
        let values = requirement.child("values");
        match requirement.child("operator").text() {
            "In" | "NotIn" if values.is_empty() => {
                values.required("must be specified when `operator` is 'In' or 'NotIn'");
            }
            "Exists" | "DoesNotExist" if !values.is_empty() => values
                .forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
            "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
            operator => requirement
                .child("operator")
                .invalid_as(&quoted(operator), "not a valid selector operator"),
        }
        label_name(&requirement.child("key"));
        for value in values.items() {
            let value = values_excuse.map_or_else(|| value.clone(), |it| value.excusable(it));
            value.invalid_for(format::label_value(value.text()));
        }
    }
}
