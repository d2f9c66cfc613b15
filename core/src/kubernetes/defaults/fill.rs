//! Ways to fill in what is missing.

use std::string::{String, ToString};

use serde_json::{Map, Value};

use crate::kubernetes::value::quantity::Quantity;

/// Sets a field that is absent or `null`.
pub(super) fn fill(object: &mut Map<String, Value>, field: &str, value: impl FnOnce() -> Value) {
    let slot = object.entry(field).or_insert(Value::Null);
    if slot.is_null() {
        *slot = value();
    }
}

/// Sets a field that is absent, `null` or the empty text.
pub(super) fn fill_word(object: &mut Map<String, Value>, field: &str, word: &str) {
    let slot = object.entry(field).or_insert(Value::Null);
    if slot.is_null() || *slot == "" {
        *slot = word.into();
    }
}

/// Sets a field that is absent, `null` or 0.
pub(super) fn fill_number(object: &mut Map<String, Value>, field: &str, number: i64) {
    let slot = object.entry(field).or_insert(Value::Null);
    if slot.is_null() || *slot == 0 {
        *slot = number.into();
    }
}

/// Goes into a field that is an object.
pub(super) fn fields(
    object: &mut Map<String, Value>,
    field: &str,
    change: impl FnOnce(&mut Map<String, Value>),
) {
    if let Some(Value::Object(inner)) = object.get_mut(field) {
        change(inner);
    }
}

/// Goes into each object of a field that is a list.
pub(super) fn each(
    object: &mut Map<String, Value>,
    field: &str,
    mut change: impl FnMut(&mut Map<String, Value>),
) {
    let items = object.get_mut(field).and_then(Value::as_array_mut);
    for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
        change(item);
    }
}

/// Writes amounts as the API server does, in whole thousandths.
pub(super) fn quantities(amounts: &mut Map<String, Value>) {
    for slot in amounts.values_mut() {
        if let Some(amount) = Quantity::of(slot) {
            *slot = amount.in_thousandths().to_string().into();
        }
    }
}
