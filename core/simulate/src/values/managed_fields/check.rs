//! Whether an applied configuration is of its kind's type, in the API server's words.

use std::collections::BTreeSet;

use serde_json::Value;

use super::element::Element;
use super::part::{Items, Part, Place};
use crate::values::schema::Type;

/// All that is wrong with a configuration.
pub(super) fn faults(place: Place, config: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(place, config, "", &mut faults);
    faults
}

/// Several faults are told as one.
pub(super) fn told(faults: &[String]) -> String {
    match faults {
        [one] => one.clone(),
        several => format!("errors:\n  {}", several.join("\n  ")),
    }
}

fn check(place: Place, value: &Value, path: &str, faults: &mut Vec<String>) {
    let mut refuse = |why: String| {
        let at = if path.is_empty() {
            String::new()
        } else {
            format!("{path}: ")
        };
        faults.push(format!("{at}{why}"));
    };
    if value.is_null() {
        return;
    }
    match (place.shape, value) {
        (
            Type::Struct(_)
            | Type::Whole(_)
            | Type::Open(_)
            | Type::Pairs
            | Type::Bytes
            | Type::Quantities,
            Value::Object(map),
        ) => {
            for (name, value) in map {
                let at = format!("{path}.{name}");
                let Some(below) = place.known(name) else {
                    faults.push(format!("{at}: field not declared in schema"));
                    // The API server does not look at the others any more.
                    return;
                };
                check(below, value, &at, faults);
            }
        }
        (
            Type::Struct(_)
            | Type::Whole(_)
            | Type::Open(_)
            | Type::Pairs
            | Type::Bytes
            | Type::Quantities,
            _,
        ) => refuse(format!("expected map, got &{{{}}}", plain(value))),
        (Type::List(..), Value::Array(list)) => match place.part(value) {
            Part::Items(items) => check_items(items, list, path, faults),
            _ => {
                for (i, item) in list.iter().enumerate() {
                    check(place.item(), item, &format!("{path}[{i}]"), faults);
                }
            }
        },
        (Type::List(..), _) => refuse(format!("expected list, got &{{{}}}", plain(value))),
        (Type::Int32 | Type::Int64, _) if !value.is_number() => {
            refuse(format!(
                "expected numeric (int or float), got {}",
                go_type(value)
            ));
        }
        (Type::Text | Type::Named(_) | Type::Time, _) if !value.is_string() => refuse(format!(
            "expected string, got &value.valueUnstructured{{Value:{}}}",
            literal(value)
        )),
        (Type::Bool, _) if !value.is_boolean() => {
            refuse(format!("expected boolean, got &{{{}}}", plain(value)));
        }
        (Type::IntOrText | Type::Quantity, Value::Array(_) | Value::Object(_)) => {
            refuse(format!("expected any scalar, got &{{{}}}", plain(value)));
        }
        _ => {}
    }
}

fn check_items(items: Items, list: &[Value], path: &str, faults: &mut Vec<String>) {
    let at = if path.is_empty() {
        String::new()
    } else {
        format!("{path}: ")
    };
    let mut seen = BTreeSet::new();
    for (i, item) in list.iter().enumerate() {
        let Some(element) = items.element(item) else {
            faults.push(format!("{at}element {i}: {}", without_key(items, item)));
            return;
        };
        let shown = element.to_string();
        if !seen.insert(element.clone()) {
            faults.push(format!("{at}duplicate entries for key {shown}"));
        }
        if !matches!(element, Element::Value(_)) || items.keys.is_some() {
            check(items.place, item, &format!("{path}{shown}"), faults);
        }
    }
}

/// Why an item cannot be told apart from others.
fn without_key(items: Items, item: &Value) -> String {
    let why = match (items.keys, item) {
        (Some(_), Value::Null) => "associative list with keys may not have a null element",
        (Some(keys), Value::Object(_)) => {
            let keys: Vec<String> = keys.iter().map(|key| format!("{key:?}")).collect();
            return format!(
                "associative list with keys has an element that omits all key fields [{}] (and doesn't have default values \
                 for any key fields)",
                keys.join(" ")
            );
        }
        (Some(_), _) => "associative list with keys may not have non-map elements",
        (None, Value::Object(_)) => {
            "associative list without keys has an element that's a map type"
        }
        (None, Value::Array(_)) => "not supported: associative list with lists as elements",
        (None, _) => "associative list without keys has an element that's an explicit null",
    };
    why.to_owned()
}

/// What Go calls the type of a value.
fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}

/// A value as Go prints it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}:{}", plain(value)))
                .collect();
            format!("map[{}]", fields.join(" "))
        }
        other => other.to_string(),
    }
}

/// A value as Go's source would have it.
fn literal(value: &Value) -> String {
    match value {
        Value::Null => "interface {}(nil)".into(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(literal).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name:?}:{}", literal(value)))
                .collect();
            format!("map[string]interface {{}}{{{}}}", fields.join(", "))
        }
        other => other.to_string(),
    }
}
