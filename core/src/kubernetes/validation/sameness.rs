//! When two values of a field mean the same.

use serde_json::{Map, Value};

use crate::kubernetes::value::quantity::Quantity;

/// A value without what makes no difference: `null`, zero, and empty texts, lists and maps, except where absent means
/// something else; quantities in one spelling.
pub(crate) fn essence(field: &str, value: &Value) -> Option<Value> {
    of(field, value)
}

/// Fields in which empty is not the same as absent.
const POINTERS: [&str; 9] = [
    "apiGroup",
    "blockOwnerDeletion",
    "controller",
    "dataSource",
    "dataSourceRef",
    "namespace",
    "selector",
    "storageClassName",
    "volumeAttributesClassName",
];

fn of(field: &str, value: &Value) -> Option<Value> {
    let essence = match value {
        Value::Null => return None,
        Value::Object(fields) => {
            let amounts = matches!(field, "limits" | "requests");
            // In a map, an empty value is one.
            let texts = matches!(field, "annotations" | "labels" | "matchLabels");
            let fields: Map<_, _> = fields
                .iter()
                .filter_map(|(key, value)| {
                    let value = match Quantity::of(value) {
                        Some(amount) if amounts => std::format!("{:?}", amount.worth()).into(),
                        _ if texts => value.clone(),
                        _ => of(key, value)?,
                    };
                    Some((key.clone(), value))
                })
                .collect();
            Value::Object(fields)
        }
        Value::Array(items) => {
            let items = items.iter().map(|it| of("", it).unwrap_or_default());
            Value::Array(items.collect())
        }
        other => other.clone(),
    };
    let empty = match &essence {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => return (!items.is_empty()).then_some(essence),
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_i64() == Some(0),
        Value::Bool(yes) => !yes,
        Value::Null => true,
    };
    (!empty || POINTERS.contains(&field)).then_some(essence)
}
