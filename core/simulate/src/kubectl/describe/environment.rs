//! The variables of a container.

use serde_json::Value;
use statefulset::kubernetes::quantity;

use super::page::Page;
use crate::kubectl::jsonpath::show;
use crate::values::object::{Fields, Object};

/// All variables; the fields of the pod are known where there is one.
pub(super) fn describe(page: &mut Page, container: &Value, pod: Option<&Object>) {
    let from = container.list("/envFrom");
    if !from.is_empty() {
        page.line(2, "Environment Variables from:");
        for source in from {
            page.line(3, &taken(source));
        }
    }
    let variables = container.list("/env");
    if variables.is_empty() {
        page.field(2, "Environment", "<none>");
        return;
    }
    page.line(2, "Environment:");
    for variable in variables {
        let name = variable.text("/name");
        let Some(from) = variable.get("valueFrom") else {
            let mut lines = variable.text("/value").split('\n');
            page.field(3, name, lines.next().unwrap_or(""));
            for line in lines {
                page.line(3, &format!("\t{line}"));
            }
            continue;
        };
        if let Some(text) = found(from, container, pod) {
            page.field(3, name, &text);
        }
    }
}

/// All that a map or a secret has.
fn taken(source: &Value) -> String {
    let (kind, object) = if let Some(map) = source.get("configMapRef") {
        ("ConfigMap", map)
    } else if let Some(secret) = source.get("secretRef") {
        ("Secret", secret)
    } else {
        ("", &Value::Null)
    };
    let prefix = match source.text("/prefix") {
        "" => String::new(),
        prefix => format!(" with prefix '{prefix}'"),
    };
    let (name, optional) = (object.text("/name"), object.flag("/optional"));
    format!("{name}\t{kind}{prefix}\tOptional: {optional}")
}

/// Where a variable's value comes from, and what it is as far as that can be told.
fn found(from: &Value, container: &Value, pod: Option<&Object>) -> Option<String> {
    let of_key = |map: &Value, of: &str| {
        let (key, name, optional) = (map.text("/key"), map.text("/name"), map.flag("/optional"));
        format!("<set to the key '{key}' {of} '{name}'>\tOptional: {optional}")
    };
    if let Some(field) = from.get("fieldRef") {
        let (version, path) = (field.text("/apiVersion"), field.text("/fieldPath"));
        let value = pod.map_or("", |pod| field_of(pod, path));
        Some(format!("{value} ({version}:{path})"))
    } else if let Some(field) = from.get("resourceFieldRef") {
        let resource = field.text("/resource");
        let value = match amount(container, field) {
            Some(0) if matches!(resource, "limits.cpu" | "limits.memory") => {
                "node allocatable".into()
            }
            Some(amount) => amount.to_string(),
            None => String::new(),
        };
        Some(format!("{value} ({resource})"))
    } else if let Some(secret) = from.get("secretKeyRef") {
        Some(of_key(secret, "in secret"))
    } else {
        Some(of_key(from.get("configMapKeyRef")?, "of config map"))
    }
}

/// The fields that kubectl looks up: these two.
fn field_of<'p>(pod: &'p Object, path: &str) -> &'p str {
    match path {
        "metadata.name" => pod.name(),
        "metadata.namespace" => pod.namespace(),
        _ => "",
    }
}

/// How much of a resource the container asks for, in whole parts of a size.
fn amount(container: &Value, field: &Value) -> Option<u64> {
    let (side, name) = field.text("/resource").split_once('.')?;
    let known = matches!(name, "cpu" | "memory" | "ephemeral-storage");
    if !matches!(side, "limits" | "requests") || !known && !name.starts_with("hugepages-") {
        return None;
    }
    let read = |text: &str| match name {
        "cpu" => quantity::parse_milli(text),
        _ => quantity::parse(text),
    };
    let all = container.pointer(&format!("/resources/{side}"));
    let all = all.and_then(|all| all.get(name)).map(show);
    let all = all.and_then(|text| read(&text)).unwrap_or(0);
    let part = field.get("divisor").map(show);
    let part = part.and_then(|text| read(&text)).filter(|&part| part > 0);
    Some(all.div_ceil(part.or_else(|| read("1"))?))
}
