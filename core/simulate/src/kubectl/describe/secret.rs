//! Secrets and maps of settings: what they hold.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::page::Page;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, secret: &Object) {
    heading(page, secret);
    page.line(0, "");
    let kind = secret.text("/type");
    page.field(0, "Type", kind);
    section(page, "Data");
    for (name, data) in members(secret, "data") {
        let bytes = decoded(data);
        if name == "token" && kind == "kubernetes.io/service-account-token" {
            page.field(0, name, &String::from_utf8_lossy(&bytes));
        } else {
            page.field(0, name, &format!("{} bytes", bytes.len()));
        }
    }
}

pub(super) fn describe_map(page: &mut Page, map: &Object) {
    heading(page, map);
    section(page, "Data");
    for (name, text) in members(map, "data") {
        page.line(0, &format!("{name}:"));
        page.line(0, "----");
        page.line(0, text.as_str().unwrap_or(""));
        page.line(0, "");
    }
    section(page, "BinaryData");
    for (name, data) in members(map, "binaryData") {
        page.line(0, &format!("{name}: {} bytes", decoded(data).len()));
    }
    page.line(0, "");
}

fn heading(page: &mut Page, object: &Object) {
    page.title(object);
    page.labels(0, object);
    page.annotations(0, object);
}

fn section(page: &mut Page, title: &str) {
    page.line(0, "");
    page.line(0, title);
    page.line(0, "====");
}

fn members<'o>(object: &'o Object, field: &str) -> impl Iterator<Item = (&'o String, &'o Value)> {
    let map = object.get(field).and_then(Value::as_object);
    map.into_iter().flatten()
}

fn decoded(data: &Value) -> Vec<u8> {
    STANDARD
        .decode(data.as_str().unwrap_or(""))
        .unwrap_or_default()
}
