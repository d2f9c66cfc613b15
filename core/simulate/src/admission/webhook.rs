//! Admission webhooks. Nobody answers them here, so that each that must be asked refuses.

use serde_json::{Value, json};

use crate::values::affinity::label_selector_admits;
use crate::values::error::{ApiError, ApiReason};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

const CONFIGURATIONS: [Kind; 2] = [
    Kind::MutatingWebhookConfiguration,
    Kind::ValidatingWebhookConfiguration,
];

/// Whether no webhook must be asked before such an object is created.
pub(super) fn admit(objects: &Objects, kind: Kind, object: &Object) -> Result<(), ApiError> {
    let configurations = CONFIGURATIONS.into_iter();
    let configurations = configurations.flat_map(|kind| objects.list(kind, None));
    let mut webhooks = configurations.flat_map(|it| it.list("/webhooks"));
    let asked = |it: &&Value| must_be_asked(it, kind) && is_meant(objects, it, kind, object);
    let Some(webhook) = webhooks.find(asked) else {
        return Ok(());
    };
    let name = webhook.text("/name");
    let message = format!(
        "Internal error occurred: failed calling webhook \"{name}\": failed to call webhook: {}",
        silence(objects, webhook)
    );
    Err(ApiError::new(ApiReason::InternalError, message))
}

fn must_be_asked(webhook: &Value, kind: Kind) -> bool {
    let has = |rule: &Value, field: &str, value: &str| {
        let listed = rule.list(field);
        listed.contains(&json!("*")) || listed.contains(&json!(value))
    };
    let covers = |rule: &Value| {
        has(rule, "/operations", "CREATE")
            && has(rule, "/apiGroups", kind.group())
            && has(rule, "/resources", kind.plural())
    };
    webhook.text("/failurePolicy") != "Ignore" && webhook.list("/rules").iter().any(covers)
}

/// Whether the webhook's selectors admit the object, and the namespace that it is in.
fn is_meant(objects: &Objects, webhook: &Value, kind: Kind, object: &Object) -> bool {
    let namespace = match kind {
        Kind::Namespace => Some(object.clone()),
        _ if kind.is_namespaced() => {
            let name = object.namespace();
            let key = Key::new(Kind::Namespace, "", name);
            let known = objects.get(&key).map(|it| Object::clone(it));
            // One that nobody has made has its name as a label all the same.
            Some(known.unwrap_or_else(
                || json!({"metadata": {"labels": {"kubernetes.io/metadata.name": name}}}),
            ))
        }
        _ => None,
    };
    let selected = |namespace: &Object| {
        label_selector_admits(webhook.pointer("/namespaceSelector"), namespace)
    };
    label_selector_admits(webhook.pointer("/objectSelector"), object)
        && namespace.as_ref().is_none_or(selected)
}

/// Why there is no answer.
fn silence(objects: &Objects, webhook: &Value) -> String {
    let config = &webhook["clientConfig"];
    let url = config.text("/url");
    if !url.is_empty() {
        return format!("Post \"{url}?timeout=10s\": context deadline exceeded");
    }
    let (namespace, name) = (
        config.text("/service/namespace"),
        config.text("/service/name"),
    );
    let why = if objects
        .get(&Key::new(Kind::Service, namespace, name))
        .is_some()
    {
        format!("no endpoints available for service \"{name}\"")
    } else {
        format!("service \"{name}\" not found")
    };
    let path = config.text("/service/path");
    format!("Post \"https://{name}.{namespace}.svc:443{path}?timeout=10s\": {why}")
}
