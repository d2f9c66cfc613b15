//! Rules of the metadata that all kinds share.

use serde_json::{Value, json};

use super::faults::Faults;
use super::name;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

pub(super) fn validate(kind: Kind, object: &Object, faults: &mut Faults) {
    const NAME: &str = "metadata.name";
    match (kind, object.name()) {
        (_, "") => faults.required(NAME, "name or generateName is required"),
        (Kind::StatefulSet | Kind::Service | Kind::Namespace, label) => {
            name::label(faults, NAME, label);
        }
        // Roles may have names such as `system:node`.
        (Kind::AtRest(_), part) if kind.group() == "rbac.authorization.k8s.io" => {
            name::path_part(faults, NAME, part);
        }
        (_, subdomain) => name::subdomain(faults, NAME, subdomain),
    }
    labels(
        object.pointer("/metadata/labels"),
        "metadata.labels",
        faults,
    );
    for key in keys(object.pointer("/metadata/annotations")) {
        // Upper case is fine in the keys of annotations.
        name::key(faults, "metadata.annotations", &key.to_ascii_lowercase());
    }
    owners(object, faults);
}

/// Keys and values of labels; also for the labels of templates.
pub(super) fn labels(labels: Option<&Value>, path: &str, faults: &mut Faults) {
    for key in keys(labels) {
        name::key(faults, path, key);
        name::value(faults, path, labels.map_or("", |l| l.text(&pointer(key))));
    }
}

pub(super) fn validate_update(kind: Kind, old: &Object, object: &Object, faults: &mut Faults) {
    // A name cannot change, so an old one that today's rules refuse is left in peace.
    labels(
        object.pointer("/metadata/labels"),
        "metadata.labels",
        faults,
    );
    for key in keys(object.pointer("/metadata/annotations")) {
        name::key(faults, "metadata.annotations", &key.to_ascii_lowercase());
    }
    owners(object, faults);
    if old.is_terminating() {
        let before = old.list("/metadata/finalizers");
        let new: Vec<String> = object
            .list("/metadata/finalizers")
            .iter()
            .filter(|f| !before.contains(f))
            .map(Value::to_string)
            .collect();
        if !new.is_empty() {
            faults.forbidden(
                "metadata.finalizers",
                &format!(
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}",
                    new.join(", ")
                ),
            );
        }
    }
    if kind.is_namespaced() && old.namespace() != object.namespace() {
        faults.same(
            "metadata.namespace",
            Some(&json!(old.namespace())),
            Some(&json!(object.namespace())),
        );
    }
}

fn owners(object: &Object, faults: &mut Faults) {
    const PATH: &str = "metadata.ownerReferences";
    let references = object.list("/metadata/ownerReferences");
    for (i, reference) in references.iter().enumerate() {
        for (field, what) in [
            ("apiVersion", "version must not be empty"),
            ("kind", "must not be empty"),
            ("name", "must not be empty"),
            ("uid", "must not be empty"),
        ] {
            if reference.text(&format!("/{field}")).is_empty() {
                faults.invalid(&format!("{PATH}[{i}].{field}"), &json!(""), what);
            }
        }
    }
    let mut controllers = references.iter().filter(|r| r.flag("/controller"));
    if let (Some(first), Some(second)) = (controllers.next(), controllers.next()) {
        faults.invalid(
            PATH,
            &Value::Array(references.to_vec()),
            &format!(
                "Only one reference can have Controller set to true. Found \"true\" in references for {}/{} and {}/{}",
                first.text("/kind"),
                first.text("/name"),
                second.text("/kind"),
                second.text("/name"),
            ),
        );
    }
}

fn keys(map: Option<&Value>) -> impl Iterator<Item = &str> {
    map.and_then(Value::as_object)
        .into_iter()
        .flat_map(|m| m.keys().map(String::as_str))
}

/// The JSON pointer of a key.
fn pointer(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}
