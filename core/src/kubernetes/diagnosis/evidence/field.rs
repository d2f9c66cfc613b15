//! Fields of an object whose shape nobody promises: what is not there, or is of another type, is nothing.

use std::str::FromStr;

use serde_json::Value;

use crate::time::Millis;

/// The text at a JSON pointer such as `/status/phase`; the empty one if there is none.
pub(in crate::kubernetes::diagnosis) fn text<'a>(object: &'a Value, pointer: &str) -> &'a str {
    object
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The number at a JSON pointer.
pub(in crate::kubernetes::diagnosis) fn number(object: &Value, pointer: &str) -> Option<i64> {
    object.pointer(pointer).and_then(Value::as_i64)
}

/// Whether there is a `true` at a JSON pointer.
pub(in crate::kubernetes::diagnosis) fn is_true(object: &Value, pointer: &str) -> bool {
    object
        .pointer(pointer)
        .and_then(Value::as_bool)
        .unwrap_or_default()
}

/// The moment at a JSON pointer.
pub(in crate::kubernetes::diagnosis) fn time(object: &Value, pointer: &str) -> Option<Millis> {
    let moment = jiff::Timestamp::from_str(text(object, pointer)).ok()?;
    Some(moment.as_millisecond())
}

/// The entries of the list at a JSON pointer.
pub(in crate::kubernetes::diagnosis) fn list<'a>(
    object: &'a Value,
    pointer: &str,
) -> impl Iterator<Item = &'a Value> + Clone {
    let list = object.pointer(pointer).and_then(Value::as_array);
    list.into_iter().flatten()
}

/// The entries of the map at a JSON pointer that are texts.
pub(in crate::kubernetes::diagnosis) fn map<'a>(
    object: &'a Value,
    pointer: &str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let map = object.pointer(pointer).and_then(Value::as_object);
    map.into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((&**key, value.as_str()?)))
}

/// The condition of a type, and where it stands.
pub(in crate::kubernetes::diagnosis) fn condition<'a>(
    object: &'a Value,
    name: &str,
) -> Option<(usize, &'a Value)> {
    let mut conditions = list(object, "/status/conditions").enumerate();
    conditions.find(|(_, it)| text(it, "/type") == name)
}
