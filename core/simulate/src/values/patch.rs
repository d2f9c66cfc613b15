//! Patches: JSON patch, JSON merge patch, strategic merge patch, and the three-way merge of `kubectl apply`.

mod difference;
#[cfg(test)]
mod judged;
mod list;
mod operations;
mod strategic;
mod three_way;

use serde_json::{Map, Value};

use super::error::{ApiError, ApiReason};
use super::kind::Kind;
use super::object::Object;
use super::schema;

pub use three_way::three_way;

/// How a patch is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PatchType {
    /// A list of operations (RFC 6902).
    Json,
    /// An object that is laid over (RFC 7396); lists are replaced.
    Merge,
    /// An object that is laid over; lists are merged as their kind says.
    Strategic,
}

/// `object` after `patch`.
pub fn patched(
    kind: Kind,
    object: &Value,
    patch: &Value,
    how: PatchType,
) -> Result<Value, ApiError> {
    let mut result = object.clone();
    match how {
        PatchType::Json => {
            let operations: Vec<Map<String, Value>> = serde_json::from_value(patch.clone())
                .map_err(|e| bad_request(format!("error decoding patch: {e}")))?;
            operations::carry_out(&mut result, &operations).map_err(|_| {
                ApiError::new(
                    ApiReason::Invalid,
                    "the server rejected our request due to an error in our request",
                )
            })?;
            require_object(&result)?;
        }
        PatchType::Merge => {
            require_object(patch)?;
            json_patch::merge(&mut result, patch);
        }
        PatchType::Strategic => {
            let patch = require_object(patch)?.clone();
            let mut fields = result.as_object().cloned().unwrap_or_default();
            let over = strategic::Over::Object;
            strategic::merge(schema::of(kind), &mut fields, patch, over).map_err(bad_request)?;
            result = Value::Object(fields);
        }
    }
    Ok(result)
}

/// Only an object can be laid over an object.
fn require_object(patch: &Object) -> Result<&Map<String, Value>, ApiError> {
    patch.as_object().ok_or_else(|| {
        bad_request(format!(
            "error decoding patch: expected an object, found {patch}"
        ))
    })
}

fn bad_request(why: String) -> ApiError {
    ApiError::new(ApiReason::BadRequest, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_patch_tests_before_it_writes() {
        let set = json!({"spec": {"replicas": 2}});
        let scale = |from| {
            json!([
                {"op": "test", "path": "/spec/replicas", "value": from},
                {"op": "replace", "path": "/spec/replicas", "value": 5},
            ])
        };
        let patch = |p: &Value| patched(Kind::StatefulSet, &set, p, PatchType::Json);
        assert_eq!(patch(&scale(2)), Ok(json!({"spec": {"replicas": 5}})));
        assert_eq!(
            patch(&scale(3)).unwrap_err(),
            ApiError::new(
                ApiReason::Invalid,
                "the server rejected our request due to an error in our request"
            )
        );
        assert_eq!(
            patch(&json!({"spec": 1})).unwrap_err().reason,
            ApiReason::BadRequest
        );
    }

    #[test]
    fn merge_patch_replaces_lists_and_drops_nulls() {
        let pod = json!({"spec": {"containers": [{"name": "a"}, {"name": "b"}], "nodeName": "n"}});
        let patch = json!({"spec": {"containers": [{"name": "c"}], "nodeName": null}});
        assert_eq!(
            patched(Kind::Pod, &pod, &patch, PatchType::Merge),
            Ok(json!({"spec": {"containers": [{"name": "c"}]}}))
        );
        assert_eq!(
            patched(Kind::Pod, &pod, &json!([1]), PatchType::Merge)
                .unwrap_err()
                .message,
            "error decoding patch: expected an object, found [1]"
        );
    }
}
