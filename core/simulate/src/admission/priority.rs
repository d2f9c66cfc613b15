//! Priorities: a pod has that of its class.

use serde_json::json;

use crate::values::error::{ApiError, ApiReason};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

/// Gives the pod the priority of its class, if that exists.
pub(super) fn admit(objects: &Objects, pod: &mut Object) -> Result<(), ApiError> {
    let name = pod.text("/spec/priorityClassName");
    let value = match name {
        "" => {
            // Of several, the one with the lowest value.
            let classes = objects.list(Kind::PriorityClass, None);
            let default = classes
                .filter(|class| class.flag("/globalDefault"))
                .min_by_key(|class| class.int("/value").unwrap_or(0));
            let Some(class) = default else {
                return Ok(());
            };
            let (name, value) = (class.name().to_owned(), class.int("/value").unwrap_or(0));
            pod.put("/spec/priorityClassName", json!(name));
            value
        }
        // Those that each cluster has.
        "system-cluster-critical" => 2_000_000_000,
        "system-node-critical" => 2_000_001_000,
        name => {
            let Some(class) = objects.get(&Key::new(Kind::PriorityClass, "", name)) else {
                let message = format!(
                    "pods \"{}\" is forbidden: no PriorityClass with name {name} was found",
                    pod.name()
                );
                return Err(ApiError::new(ApiReason::Forbidden, message));
            };
            class.int("/value").unwrap_or(0)
        }
    };
    pod.put("/spec/priority", json!(value));
    Ok(())
}
