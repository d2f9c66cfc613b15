//! Namespaces: one that is going takes nothing new.

use serde_json::json;

use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

pub(super) fn prepare_create(namespace: &mut Object) {
    namespace.put("/spec/finalizers", json!(["kubernetes"]));
    namespace.put("/status/phase", json!("Active"));
    // By it selectors can name one namespace.
    let name = json!(namespace.name());
    namespace.put("/metadata/labels/kubernetes.io~1metadata.name", name);
}

/// Whether the object's namespace takes it. One that nobody has made does, too.
pub(super) fn admit(objects: &Objects, kind: Kind, object: &Object) -> Result<(), ApiError> {
    let name = object.namespace();
    let namespace = objects.find(Kind::Namespace, "", name);
    if !namespace.is_some_and(|it| it.is_terminating()) {
        return Ok(());
    }
    let message = format!(
        "{} \"{}\" is forbidden: unable to create new content in namespace {name} because it is being terminated",
        kind.resource(),
        object.name()
    );
    Err(ApiError::new(ApiReason::Forbidden, message))
}
