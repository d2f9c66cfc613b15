//! Volumes and storage classes.

use serde_json::Value;

use super::page::Page;
use super::{claim, source, value};
use crate::kubectl::columns;
use crate::kubectl::jsonpath::show;
use crate::store::Store;
use crate::values::object::{Fields, Object};

pub(super) fn describe_volume(page: &mut Page, store: &Store, volume: &Object) {
    page.title(volume);
    page.labels(0, volume);
    page.annotations(0, volume);
    claim::finalizers(page, volume);
    page.field(0, "StorageClass", &columns::class(volume));
    page.field(0, "Status", &claim::status(store, volume));
    page.field(0, "Claim", &columns::claim(volume));
    page.field(
        0,
        "Reclaim Policy",
        volume.text("/spec/persistentVolumeReclaimPolicy"),
    );
    page.field(
        0,
        "Access Modes",
        &columns::access_modes(volume.list("/spec/accessModes")),
    );
    page.given(0, "VolumeMode", volume, "/spec/volumeMode");
    let capacity = volume.pointer("/spec/capacity/storage");
    let capacity = capacity.map_or_else(|| "0".into(), show);
    page.field(0, "Capacity", &capacity);
    affinity(page, volume);
    page.field(0, "Message", volume.text("/status/message"));
    page.line(0, "Source:");
    if !source::of_volume(page, volume.pointer("/spec").unwrap_or(&Value::Null)) {
        page.line(1, "<unknown>");
    }
}

fn affinity(page: &mut Page, volume: &Object) {
    let Some(required) = volume.pointer("/spec/nodeAffinity/required") else {
        page.field(0, "Node Affinity", "<none>");
        return;
    };
    page.field(0, "Node Affinity", "");
    let terms = required.list("/nodeSelectorTerms");
    let none = if terms.is_empty() { "<none>" } else { "" };
    page.field(1, "Required Terms", none);
    for (index, term) in terms.iter().enumerate() {
        let texts = term.list("/matchExpressions").iter().map(|expression| {
            let operator = expression.text("/operator").to_ascii_lowercase();
            requirement(expression, &operator)
        });
        page.fields(2, &format!("Term {index}"), &texts.collect::<Vec<_>>());
    }
}

/// `zone in [a, b]`
fn requirement(expression: &Value, operator: &str) -> String {
    let text = format!("{} {operator}", expression.text("/key"));
    match value::texts(expression.list("/values")) {
        values if values.is_empty() => text,
        values => format!("{text} [{}]", values.join(", ")),
    }
}

pub(super) fn describe_class(page: &mut Page, class: &Object) {
    page.field(0, "Name", class.name());
    let default = if columns::is_default_class(class) {
        "Yes"
    } else {
        "No"
    };
    page.field(0, "IsDefaultClass", default);
    let pairs = |pointer: &str| columns::pairs(class.pointer(pointer));
    page.field(0, "Annotations", &pairs("/metadata/annotations"));
    page.field(0, "Provisioner", class.text("/provisioner"));
    page.field(0, "Parameters", &pairs("/parameters"));
    let expansion = class.get("allowVolumeExpansion").and_then(Value::as_bool);
    let expansion = expansion.map_or("<unset>", value::truth);
    page.field(0, "AllowVolumeExpansion", expansion);
    let options = class.list("/mountOptions");
    if options.is_empty() {
        page.field(0, "MountOptions", "<none>");
    } else {
        page.line(0, "MountOptions:");
        for option in value::texts(options) {
            page.line(1, &option);
        }
    }
    page.given(0, "ReclaimPolicy", class, "/reclaimPolicy");
    page.given(0, "VolumeBindingMode", class, "/volumeBindingMode");
    if let Some(Value::Array(terms)) = class.get("allowedTopologies") {
        let none = if terms.is_empty() { "<none>" } else { "" };
        page.field(0, "AllowedTopologies", none);
        for (index, term) in terms.iter().enumerate() {
            let expressions = term.list("/matchLabelExpressions").iter();
            let texts = expressions.map(|expression| requirement(expression, "in"));
            page.fields(1, &format!("Term {index}"), &texts.collect::<Vec<_>>());
        }
    }
}
