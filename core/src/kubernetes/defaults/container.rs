//! What is filled into containers.

use std::string::String;

use serde_json::{Map, Value};

use super::fill::{each, fields, fill, fill_number, fill_word};
use super::image;

/// Fills in the fields of a container.
pub(super) fn container(container: &mut Map<String, Value>) {
    fill_word(container, "terminationMessagePath", "/dev/termination-log");
    fill_word(container, "terminationMessagePolicy", "File");
    let image = container.get("image").and_then(Value::as_str);
    let policy = image::pull_policy(image.unwrap_or_default());
    fill_word(container, "imagePullPolicy", policy);
    fields(container, "resources", super::resources);
    each(container, "ports", |port| {
        fill_word(port, "protocol", "TCP");
    });
    each(container, "env", |variable| {
        fields(variable, "valueFrom", |source| {
            fields(source, "fieldRef", field_reference);
            fields(source, "fileKeyRef", |it| {
                fill(it, "optional", || false.into());
            });
        });
    });
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        fields(container, name, |probe| {
            fill_number(probe, "timeoutSeconds", 1);
            fill_number(probe, "periodSeconds", 10);
            fill_number(probe, "successThreshold", 1);
            fill_number(probe, "failureThreshold", 3);
            fields(probe, "grpc", |it| fill(it, "service", || "".into()));
            handler(probe);
        });
    }
    fields(container, "lifecycle", |lifecycle| {
        for name in ["postStart", "preStop"] {
            fields(lifecycle, name, handler);
        }
    });
}

fn handler(handler: &mut Map<String, Value>) {
    fields(handler, "httpGet", |get| {
        fill_word(get, "path", "/");
        fill_word(get, "scheme", "HTTP");
    });
}

/// Fills in the version of a reference to a field.
pub(super) fn field_reference(reference: &mut Map<String, Value>) {
    fill_word(reference, "apiVersion", "v1");
}
