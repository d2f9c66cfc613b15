//! Secrets: what is sent as text is kept in base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::faults::Faults;
use crate::values::object::{Fields, Object};

pub(super) fn prepare_secret(secret: &mut Object) {
    if secret.text("/type").is_empty() {
        secret.put("/type", json!("Opaque"));
    }
    let Some(Value::Object(texts)) = secret.take_away("/stringData") else {
        return;
    };
    let mut data = secret.pointer("/data").cloned().unwrap_or_default();
    for (key, text) in texts {
        data[key] = json!(STANDARD.encode(text.as_str().unwrap_or("")));
    }
    secret.put("/data", data);
}

/// What is marked as immutable stays so, and stays as it is.
pub(super) fn validate_update(old: &Object, object: &Object, faults: &mut Faults) {
    const WHY: &str = "field is immutable when `immutable` is set";
    if !old.flag("/immutable") {
        return;
    }
    if !object.flag("/immutable") {
        faults.forbidden("immutable", WHY);
    }
    for field in ["data", "binaryData"] {
        let pointer = format!("/{field}");
        if old.pointer(&pointer) != object.pointer(&pointer) {
            faults.forbidden(field, WHY);
        }
    }
}

pub(super) fn validate_secret(secret: &Object, faults: &mut Faults) {
    let data = secret.pointer("/data").and_then(Value::as_object);
    for (key, value) in data.into_iter().flatten() {
        if STANDARD.decode(value.as_str().unwrap_or("")).is_err() {
            let detail = "illegal base64 data";
            faults.invalid(&format!("data[{key}]"), value, detail);
        }
    }
}
