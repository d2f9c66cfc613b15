//! Requests, as the store serves them.

use serde_json::Value;
use statefulset::Reason;
use statefulset::kubernetes::{Method, Outcome, Request};

use crate::store::{DeleteOptions, Propagation, Store};
use crate::values::error::{ApiError, ApiReason};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::Fields;
use crate::values::patch::PatchType;

/// What a path names: `/apis/apps/v1/namespaces/NAMESPACE/statefulsets/NAME/status`.
struct Target<'a> {
    kind: Kind,
    namespace: &'a str,
    name: &'a str,
    subresource: &'a str,
}

/// One request as it is sent.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Ask<'a> {
    /// Why, where that is known.
    pub(crate) reason: Option<Reason>,
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) content_type: &'a str,
    pub(crate) body: Value,
}

impl<'a> From<&'a Request> for Ask<'a> {
    fn from(request: &'a Request) -> Self {
        Self {
            reason: request.reason,
            method: request.method,
            path: &request.path,
            content_type: request.content_type,
            // The library writes JSON.
            body: serde_json::from_slice(&request.body).unwrap_or_default(),
        }
    }
}

/// The object that a path names.
pub(super) fn target(path: &str) -> Option<Key> {
    let target = Target::of(path)?;
    Some(Key::new(target.kind, target.namespace, target.name))
}

/// Sends one request.
pub(super) fn send(store: &mut Store, request: &Ask<'_>) -> Outcome {
    let Some(target) = Target::of(request.path) else {
        return Outcome::Failed(format!("{}: no such path", request.path));
    };
    let body = request.body.clone();
    let Target {
        kind,
        namespace,
        name,
        subresource,
    } = target;
    let status = subresource == "status";
    let result = match (request.method, subresource) {
        (Method::Post, "") => store.create(kind, namespace, body),
        (Method::Post, "eviction") => {
            let wishes = body.pointer("/deleteOptions").unwrap_or(&Value::Null);
            store.evict(namespace, name, &options(wishes))
        }
        (Method::Put, "") => store.update(kind, body),
        (Method::Put, "status") => store.update_status(kind, body),
        (Method::Patch, "" | "status" | "resize") => {
            let how = match request.content_type {
                "application/merge-patch+json" => PatchType::Merge,
                "application/json-patch+json" => PatchType::Json,
                _ => PatchType::Strategic,
            };
            if subresource == "resize" {
                store.resize(kind, namespace, name, &body, how)
            } else {
                store.patch(kind, namespace, name, &body, how, status)
            }
        }
        (Method::Delete, "") => store.delete(kind, namespace, name, &options(&body)),
        _ => {
            let message = format!("{} {} is not served", request.method.name(), request.path);
            Err(ApiError::new(ApiReason::BadRequest, message))
        }
    };
    match result {
        Ok(object) => Outcome::Done {
            resource_version: object.text("/metadata/resourceVersion").to_owned(),
        },
        Err(error) => match error.reason {
            ApiReason::NotFound => Outcome::NotFound,
            ApiReason::AlreadyExists => Outcome::AlreadyExists,
            ApiReason::Conflict => Outcome::Conflict,
            ApiReason::Invalid => Outcome::Invalid(error.message),
            _ => Outcome::Failed(error.message),
        },
    }
}

impl<'a> Target<'a> {
    fn of(path: &'a str) -> Option<Self> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let (["api", _, rest @ ..] | ["apis", _, _, rest @ ..]) = parts.as_slice() else {
            return None;
        };
        let (namespace, rest) = match rest {
            ["namespaces", namespace, rest @ ..] if !rest.is_empty() => (*namespace, rest),
            rest => ("", rest),
        };
        let part = |i: usize| rest.get(i).copied().unwrap_or("");
        let plural = part(0);
        Some(Self {
            kind: Kind::built_in().find(|k| k.plural() == plural)?,
            namespace,
            name: part(1),
            subresource: part(2),
        })
    }
}

/// The options in a deletion's body.
fn options(body: &Value) -> DeleteOptions {
    let text = |pointer| Some(body.text(pointer).to_owned()).filter(|text| !text.is_empty());
    DeleteOptions {
        uid: text("/preconditions/uid"),
        resource_version: text("/preconditions/resourceVersion"),
        grace_seconds: body.int("/gracePeriodSeconds"),
        propagation: match body.text("/propagationPolicy") {
            "Foreground" => Propagation::Foreground,
            "Orphan" => Propagation::Orphan,
            _ => Propagation::Background,
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What comes of a request to the pod `p` that sets its container's requests to this.
    fn asked(store: &mut Store, subresource: &str, cpu: &str) -> Outcome {
        let ask = Ask {
            reason: None,
            method: Method::Patch,
            path: &format!("/api/v1/namespaces/default/pods/p{subresource}"),
            content_type: "application/strategic-merge-patch+json",
            body: json!({"spec": {"containers": [{"name": "c", "resources": {"requests": {"cpu": cpu}}}]}}),
        };
        send(store, &ask)
    }

    #[test]
    fn resources_of_a_pod_change_by_its_subresource_alone() {
        let mut store = Store::new(0, 1);
        let pod = json!({
            "metadata": {"name": "p"},
            "spec": {"containers": [{"name": "c", "image": "i", "resources": {"requests": {"cpu": "1"}}}]},
        });
        store.create(Kind::Pod, "default", pod).unwrap();
        assert!(matches!(asked(&mut store, "", "2"), Outcome::Invalid(_)));
        let done = asked(&mut store, "/resize", "2");
        assert!(matches!(done, Outcome::Done { .. }), "{done:?}");
        let after = store.require(Kind::Pod, "default", "p").unwrap();
        let cpu = "/spec/containers/0/resources/requests/cpu";
        assert_eq!(after.text(cpu), "2");
    }
}
