//! Amounts: stored in one canonical way of writing, compared as numbers.

use serde_json::{Value, json};
use statefulset::kubernetes::quantity;

use crate::values::object::Object;
use crate::values::schema::Type;

/// Rewrites every amount in an object: `1024Mi` as `1Gi`, the number 2 as `2`.
pub(super) fn canonical(shape: &Type, value: &mut Object) {
    match (shape, value) {
        (Type::Quantity, value) => {
            if let Some(text) = text(value).and_then(|text| quantity::canonical(&text)) {
                *value = json!(text);
            }
        }
        (Type::Quantities, Value::Object(map)) => {
            for amount in map.values_mut() {
                canonical(&Type::Quantity, amount);
            }
        }
        (Type::Struct(fields), Value::Object(map)) => {
            for (name, value) in map {
                if let Some(shape) = fields.field(name) {
                    canonical(shape, value);
                }
            }
        }
        (Type::List(item, _), Value::Array(list)) => {
            for value in list {
                canonical(item, value);
            }
        }
        _ => {}
    }
}

/// Whether it is more than nothing.
pub(super) fn is_positive(amount: &Value) -> bool {
    text(amount)
        .and_then(|text| quantity::is_positive(&text))
        .unwrap_or(false)
}

/// Whole units, rounded up.
pub(super) fn amount(amount: &Value) -> Option<u64> {
    quantity::parse(&text(amount)?)
}

fn text(amount: &Value) -> Option<String> {
    match amount {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
