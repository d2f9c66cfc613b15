//! What an API server refuses in a StatefulSet, for hosts without one.

use std::format;
use std::string::ToString;
use std::vec::Vec;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::field_error::{FieldError, Report};
use super::labels::{Labels, Selector};
use super::pod_validation;
use super::quantity;

/// Everything that is wrong with a set, defaults already filled in. Empty if it may be stored.
pub fn validate_stateful_set(object: &Value) -> Vec<FieldError> {
    let mut report = Report::default();
    let metadata = &object["metadata"];
    if metadata["name"] == "" || metadata["name"].is_null() {
        report.required("metadata.name", "name or generateName is required");
    } else {
        report.dns_label("metadata.name", &metadata["name"]);
    }
    if metadata["namespace"] == "" || metadata["namespace"].is_null() {
        report.required("metadata.namespace", "");
    }
    spec(&mut report, &object["spec"]);
    report.into_errors()
}

/// Everything that is wrong with the change of a set into another: the new set itself, and fields that may not change.
pub fn validate_stateful_set_update(old: &Value, new: &Value) -> Vec<FieldError> {
    let mut report = Report::default();
    for field in ["name", "namespace", "uid"] {
        let (was, is) = (&old["metadata"][field], &new["metadata"][field]);
        if !is.is_null() && was != is {
            report.invalid(&format!("metadata.{field}"), is, IMMUTABLE);
        }
    }
    let (was, is) = (&old["spec"], &new["spec"]);
    for field in [
        "selector",
        "serviceName",
        "podManagementPolicy",
        "volumeClaimTemplates",
    ] {
        if essence(&was[field], field) != essence(&is[field], field) {
            report.invalid(&format!("spec.{field}"), &is[field], IMMUTABLE);
        }
    }
    let mut errors = report.into_errors();
    // A field that may not change is not also blamed for what it holds.
    let own = validate_stateful_set(new).into_iter().filter(|error| {
        !errors.iter().any(|it| error.path.starts_with(&it.path))
            && !error.path.starts_with("metadata.name")
            && !error.path.starts_with("spec.volumeClaimTemplates")
            && !error.path.starts_with("spec.serviceName")
    });
    let own: Vec<_> = own.collect();
    errors.extend(own);
    errors
}

const IMMUTABLE: &str = "field is immutable";

/// A value without what makes no difference: `null`, empty lists and objects, and what the API server adds to claim
/// templates.
fn essence(value: &Value, field: &str) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Object(fields) => {
            let embedded = |key: &str| {
                field == "volumeClaimTemplates" && matches!(key, "apiVersion" | "kind" | "status")
            };
            let fields: Map<_, _> = fields
                .iter()
                .filter(|(key, _)| !embedded(key))
                .filter_map(|(key, value)| Some((key.clone(), essence(value, key)?)))
                .collect();
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(|it| essence(it, field)).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        other => Some(other.clone()),
    }
}

fn spec(report: &mut Report, spec: &Value) {
    one_of(
        report,
        "spec.podManagementPolicy",
        &spec["podManagementPolicy"],
        "must be 'OrderedReady' or 'Parallel'",
        &["OrderedReady", "Parallel"],
    );
    strategy(report, &spec["updateStrategy"]);
    let policy = &spec["persistentVolumeClaimRetentionPolicy"];
    if !policy.is_null() {
        for field in ["whenDeleted", "whenScaled"] {
            if !matches!(policy[field].as_str(), Some("Retain" | "Delete")) {
                let path = format!("spec.persistentVolumeClaimRetentionPolicy.{field}");
                report.unsupported(&path, &policy[field], &["Retain", "Delete"]);
            }
        }
    }
    for (place, claim) in items(&spec["volumeClaimTemplates"]).enumerate() {
        let path = format!("spec.volumeClaimTemplates[{place}]");
        claim_template(report, &path, claim);
    }
    report.count("spec.replicas", &spec["replicas"]);
    report.count("spec.minReadySeconds", &spec["minReadySeconds"]);
    report.count("spec.ordinals.start", &spec["ordinals"]["start"]);
    let service = &spec["serviceName"];
    if !service.is_null() && service != "" {
        report.dns_label("spec.serviceName", service);
    }
    selector(report, spec);
    template(report, spec);
}

/// A word from a list. An empty one is missing.
fn one_of(report: &mut Report, path: &str, value: &Value, detail: &str, known: &[&str]) {
    match value.as_str() {
        Some(word) if known.contains(&word) => {}
        None | Some("") if value.is_null() || value == "" => report.required(path, ""),
        _ => report.invalid(path, value, detail),
    }
}

fn strategy(report: &mut Report, strategy: &Value) {
    let path = "spec.updateStrategy";
    let block = &strategy["rollingUpdate"];
    match strategy["type"].as_str() {
        None | Some("") => report.required(path, ""),
        Some("OnDelete" | "Recreate") if !block.is_null() => report.invalid(
            "spec.updateStrategy.rollingUpdate",
            block,
            "only allowed for updateStrategy 'RollingUpdate'",
        ),
        // Whether `Recreate` is carried out is the profile's concern.
        Some("OnDelete" | "Recreate") => {}
        Some("RollingUpdate") => {
            let path = "spec.updateStrategy.rollingUpdate";
            report.count(&format!("{path}.partition"), &block["partition"]);
            max_unavailable(
                report,
                &format!("{path}.maxUnavailable"),
                &block["maxUnavailable"],
            );
        }
        Some(_) => report.invalid(path, strategy, "must be 'RollingUpdate' or 'OnDelete'"),
    }
}

fn max_unavailable(report: &mut Report, path: &str, value: &Value) {
    let percent = match value {
        Value::Null => return,
        Value::String(text) => {
            let number = text.strip_suffix('%').filter(|it| !it.starts_with('+'));
            let Some(percent) = number.and_then(|it| it.parse::<u32>().ok()) else {
                report.invalid(
                    path,
                    value,
                    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
                );
                return;
            };
            Some(percent)
        }
        _ => {
            report.count(path, value);
            None
        }
    };
    if percent == Some(0) || value.as_i64() == Some(0) {
        report.invalid(path, value, "cannot be 0");
    }
    if percent.is_some_and(|percent| percent > 100) {
        report.invalid(path, value, "must not be greater than 100%");
    }
}

fn claim_template(report: &mut Report, path: &str, claim: &Value) {
    const MODES: [&str; 4] = [
        "ReadOnlyMany",
        "ReadWriteMany",
        "ReadWriteOnce",
        "ReadWriteOncePod",
    ];
    if !claim["metadata"]["name"].is_string() {
        report.required(&format!("{path}.metadata.name"), "");
    }
    let spec = &claim["spec"];
    let modes = format!("{path}.spec.accessModes");
    if items(&spec["accessModes"]).next().is_none() {
        report.required(&modes, "at least 1 access mode is required");
    }
    for (place, mode) in items(&spec["accessModes"]).enumerate() {
        if !mode.as_str().is_some_and(|mode| MODES.contains(&mode)) {
            report.unsupported(&format!("{modes}[{place}]"), mode, &MODES);
        }
    }
    let once = items(&spec["accessModes"]).any(|mode| mode == "ReadWriteOncePod");
    if once && items(&spec["accessModes"]).count() > 1 {
        report.forbidden(
            &modes,
            "may not use ReadWriteOncePod with other access modes",
        );
    }
    let mode = &spec["volumeMode"];
    if !mode.is_null() && !matches!(mode.as_str(), Some("Block" | "Filesystem")) {
        let path = format!("{path}.spec.volumeMode");
        report.unsupported(&path, mode, &["Block", "Filesystem"]);
    }
    let storage = &spec["resources"]["requests"]["storage"];
    let path = format!("{path}.spec.resources[storage]");
    let text = match storage {
        Value::Null => {
            report.required(&path, "");
            return;
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match quantity::is_positive(&text) {
        None => report.invalid(
            &path,
            storage,
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        ),
        Some(false) => report.invalid(&path, storage, "must be greater than zero"),
        Some(true) => {}
    }
}

fn selector(report: &mut Report, spec: &Value) {
    let path = "spec.selector";
    let value = &spec["selector"];
    if value.is_null() {
        report.required(path, "");
        return;
    }
    let selector = match Selector::deserialize(value) {
        Ok(selector) => selector,
        Err(error) => {
            report.invalid(path, value, &error.to_string());
            return;
        }
    };
    if selector.is_empty() {
        report.invalid(path, value, "empty selector is invalid for statefulset");
        return;
    }
    let labels = &spec["template"]["metadata"]["labels"];
    let pairs = labels.as_object().into_iter().flatten();
    let pairs = pairs.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)));
    if !selector.matches(Labels::pack(pairs, "").of("")) {
        report.invalid(
            "spec.template.metadata.labels",
            &if labels.is_null() {
                Value::Object(Map::new())
            } else {
                labels.clone()
            },
            "`selector` does not match template `labels`",
        );
    }
}

fn template(report: &mut Report, spec: &Value) {
    let path = "spec.template.spec";
    let pod = &spec["template"]["spec"];
    let claims: Vec<&str> = items(&spec["volumeClaimTemplates"])
        .filter_map(|claim| claim["metadata"]["name"].as_str())
        .collect();
    pod_validation::check(report, path, pod, &claims);
    if pod["restartPolicy"] != "Always" {
        let path = format!("{path}.restartPolicy");
        report.unsupported(&path, &pod["restartPolicy"], &["Always"]);
    }
    if !pod["activeDeadlineSeconds"].is_null() {
        report.forbidden(
            &format!("{path}.activeDeadlineSeconds"),
            "activeDeadlineSeconds in StatefulSet is not Supported",
        );
    }
}

/// The items of a list; none where there is no list.
pub(crate) fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}
