//! Priorities: a pod has that of its class.

use serde_json::json;

use crate::values::error::{ApiError, ApiReason};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::objects::Objects;

/// Gives the pod the priority of its class, if that exists. A pod without a class has that of the class which is everybody's.
pub(super) fn admit(objects: &Objects, pod: &mut Object) -> Result<(), ApiError> {
    let name = pod.text("/spec/priorityClassName");
    let class = match name {
        // Those that each cluster has.
        "system-cluster-critical" => {
            pod.put("/spec/priority", json!(2_000_000_000));
            return Ok(());
        }
        "system-node-critical" => {
            pod.put("/spec/priority", json!(2_000_001_000));
            return Ok(());
        }
        "" => {
            let classes = objects.list(Kind::PriorityClass, None);
            let everybodys = classes.filter(|class| class.flag("/globalDefault"));
            // Of several, the one with the lowest value.
            let Some(class) = everybodys.min_by_key(|class| class.int("/value").unwrap_or(0))
            else {
                return Ok(());
            };
            class
        }
        name => {
            let key = Key::new(Kind::PriorityClass, "", name);
            objects.get(&key).ok_or_else(|| {
                let message = format!(
                    "pods \"{}\" is forbidden: no PriorityClass with name {name} was found",
                    pod.name()
                );
                ApiError::new(ApiReason::Forbidden, message)
            })?
        }
    };
    pod.put("/spec/priorityClassName", json!(class.name()));
    pod.put("/spec/priority", json!(class.int("/value").unwrap_or(0)));
    let policy = class.text("/preemptionPolicy");
    if !policy.is_empty() {
        pod.put("/spec/preemptionPolicy", json!(policy));
    }
    Ok(())
}
