//! Any other object, field by field.

use serde_json::Value;

use super::page::Page;
use super::value;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, object: &Object) {
    page.field(0, "Name", object.name());
    page.field(0, "Namespace", object.namespace());
    page.labels(0, object);
    page.annotations(0, object);
    // The rest of the metadata follows under its own title, as everything else.
    let mut rest = object.clone();
    for told in [
        "name",
        "namespace",
        "labels",
        "annotations",
        "managedFields",
    ] {
        rest.take_away(&format!("/metadata/{told}"));
    }
    members(page, 0, &rest);
}

fn members(page: &mut Page, level: usize, object: &Value) {
    for (key, value) in object.as_object().into_iter().flatten() {
        let title = title(key);
        match value {
            Value::Object(_) => {
                page.line(level, &format!("{title}:"));
                members(page, level + 1, value);
            }
            Value::Array(items) => {
                page.line(level, &format!("{title}:"));
                for item in items {
                    if item.is_object() {
                        members(page, level + 1, item);
                    } else {
                        page.line(level + 1, &value::any(item));
                    }
                }
            }
            _ => page.field(level, &title, &value::any(value)),
        }
    }
}

/// `creationTimestamp` as `Creation Timestamp`. What is no word of a program stays as it is.
fn title(key: &str) -> String {
    if key.chars().any(|c| !c.is_alphabetic() && c != '-') {
        return key.to_owned();
    }
    let shown = |part: String| match part.to_uppercase() {
        upper if matches!(upper.as_str(), "API" | "URL" | "UID" | "GUID") => upper,
        _ if part.to_lowercase() == part => {
            let mut letters = part.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect()
        }
        _ => part,
    };
    let parts: Vec<_> = joined(parts(key)).into_iter().map(shown).collect();
    parts.join(" ")
}

/// The parts of a word, each of which begins with a capital: `pod`, `I`, `Ps`.
fn parts(key: &str) -> Vec<String> {
    let class = |c: char| (c.is_lowercase(), c.is_uppercase());
    let mut runs: Vec<String> = Vec::new();
    for c in key.chars() {
        match runs.last_mut() {
            Some(run)
                if run
                    .chars()
                    .next_back()
                    .is_some_and(|l| class(l) == class(c)) =>
            {
                run.push(c);
            }
            _ => runs.push(c.into()),
        }
    }
    // The last capital of several belongs to the small letters that follow it.
    for at in 1..runs.len() {
        let small = runs[at].starts_with(char::is_lowercase);
        if small && runs[at - 1].ends_with(char::is_uppercase) {
            let capital = runs[at - 1].pop();
            runs[at].insert_str(0, &capital.map(String::from).unwrap_or_default());
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Parts with those put together again that are the plural of capitals: `UUI` and `Ds`.
fn joined(parts: Vec<String>) -> Vec<String> {
    let mut joined = Vec::new();
    let mut parts = parts.into_iter().peekable();
    while let Some(mut part) = parts.next() {
        let capitals = part.len() >= 2 && !part.chars().any(char::is_lowercase);
        if capitals && let Some(next) = parts.next_if(|next| next.starts_with(char::is_uppercase)) {
            part += &next;
        }
        joined.push(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Page, describe, title};

    #[test]
    fn names_become_titles() {
        for (key, expected) in [
            ("apiVersion", "API Version"),
            ("creationTimestamp", "Creation Timestamp"),
            ("uid", "UID"),
            ("podIPs", "Pod I Ps"),
            ("hostIP", "Host IP"),
            ("volumeUUIDs", "Volume UUIDs"),
            ("f:metadata", "f:metadata"),
            ("a-b", "A - B"),
        ] {
            assert_eq!(title(key), expected);
        }
    }

    #[test]
    fn fields_become_lines() {
        let revision = json!({
            "apiVersion": "apps/v1", "kind": "ControllerRevision", "revision": 1,
            "metadata": {"name": "web-1", "namespace": "default", "creationTimestamp": "x"},
            "data": {"spec": {"list": ["a", {"image": "b"}]}},
        });
        let mut page = Page::default();
        describe(&mut page, &revision);
        let expected = "Name:\tweb-1\nNamespace:\tdefault\nLabels:\t<none>\nAnnotations:\t<none>\nAPI Version:\tapps/v1\n\
                        Data:\n  Spec:\n    List:\n      a\n      Image:\tb\nKind:\tControllerRevision\nMetadata:\n  \
                        Creation Timestamp:\tx\nRevision:\t1\n";
        assert_eq!(page.text(), expected);
    }
}
