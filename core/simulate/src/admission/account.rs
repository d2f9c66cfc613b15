//! Service accounts: a pod runs under one that exists.

use crate::values::error::{ApiError, ApiReason};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

/// Whether the pod's service account exists. Each namespace has the one that is called `default`.
pub(super) fn admit(objects: &Objects, pod: &Object) -> Result<(), ApiError> {
    let (namespace, account) = (pod.namespace(), pod.text("/spec/serviceAccountName"));
    let key = Key::new(Kind::ServiceAccount, namespace, account);
    if account == "default" || objects.get(&key).is_some() {
        return Ok(());
    }
    let message = format!(
        "pods \"{}\" is forbidden: error looking up service account {namespace}/{account}: serviceaccount \"{account}\" not \
         found",
        pod.name()
    );
    Err(ApiError::new(ApiReason::Forbidden, message))
}
