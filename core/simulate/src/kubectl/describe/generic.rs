//! Any other object, field by field.

use serde_json::Value;

use super::page::Page;
use crate::kubectl::jsonpath::show;
use crate::values::object::{Fields, Object};

pub(super) fn describe(page: &mut Page, object: &Object) {
    page.title(object);
    page.labels(0, object);
    page.annotations(0, object);
    page.field(0, "API Version", object.text("/apiVersion"));
    page.field(0, "Kind", object.text("/kind"));
    // The rest of the metadata follows under its own title, as everything else.
    let mut rest = object.clone();
    for told in [
        "/apiVersion",
        "/kind",
        "/metadata/name",
        "/metadata/namespace",
    ] {
        rest.take_away(told);
    }
    rest.take_away("/metadata/labels");
    rest.take_away("/metadata/annotations");
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
                        page.line(level + 1, &show(item));
                    }
                }
            }
            _ => page.field(level, &title, &show(value)),
        }
    }
}

/// `creationTimestamp` as `Creation Timestamp`.
fn title(key: &str) -> String {
    let mut title = String::new();
    for (index, c) in key.chars().enumerate() {
        if index == 0 {
            title.extend(c.to_uppercase());
        } else {
            if c.is_uppercase() && !title.ends_with(char::is_uppercase) {
                title.push(' ');
            }
            title.push(c);
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Page, describe};

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
                        Kind:\tControllerRevision\nData:\n  Spec:\n    List:\n      a\n      Image:\tb\nMetadata:\n  \
                        Creation Timestamp:\tx\nRevision:\t1\n";
        assert_eq!(page.text(), expected);
    }
}
