//! Parts of the cluster by themselves, for the judges in `core/conformance/cluster`. Not a part of the API.

use serde_json::{Value, json};
use statefulset::Millis;

use crate::components::scheduler::{Scheduler, Verdict};
use crate::kubectl::{description, table_of};
use crate::store::Store;
use crate::values::error::ApiError;
use crate::values::kind::Kind;
use crate::values::managed_fields::{self, Writer};
use crate::values::object::{Fields, Object};

/// A store that holds these objects at a moment.
fn stored(objects: &[Object], now: Millis) -> Store {
    let mut store = Store::new(now, 0);
    for object in objects {
        if let Some(kind) = Kind::of_object(object.text("/kind"), object.text("/apiVersion")) {
            store.put_back(kind, object.clone());
        }
    }
    store
}

/// Where the scheduler would put a pod of a cluster that consists of these objects.
pub fn schedule(objects: &[Object], namespace: &str, name: &str) -> Value {
    let store = stored(objects, 0);
    match Scheduler::new(false).verdict(&store, namespace, name) {
        Verdict::Waits => json!({"waits": true}),
        Verdict::Fits { fit, chosen } => json!({"fit": fit, "best": [chosen]}),
        Verdict::FitsNowhere {
            message,
            room,
            choices,
        } => {
            let choices = choices.iter().map(|choice| {
                let victims = choice.victims.iter();
                let victims = victims.map(|pod| format!("{}/{}", pod.namespace(), pod.name()));
                json!({
                    "node": choice.node, "violations": choice.violations,
                    "victims": victims.collect::<Vec<_>>(),
                })
            });
            let rooms: Vec<String> = room.into_iter().collect();
            json!({"message": message, "rooms": rooms, "choices": choices.collect::<Vec<_>>()})
        }
    }
}

/// What `kubectl get` prints of an object at a moment.
pub fn get(kind: Kind, object: &Object, now: Millis, wide: bool) -> String {
    table_of(kind, object, now, wide)
}

/// What `kubectl describe` prints of one of the objects of a cluster at a moment; a node has last been heard of at another.
pub fn describe(
    objects: &[Object],
    (kind, namespace, name): (Kind, &str, &str),
    now: Millis,
    heard: Millis,
) -> String {
    let store = stored(objects, now);
    let object = store.get(kind, namespace, name);
    object.map_or_else(String::new, |object| {
        description(&store, kind, object, Some(heard))
    })
}

/// What server-side apply makes of an object, or of nothing, at a moment.
pub fn apply(
    kind: Kind,
    live: Option<&Object>,
    config: &Object,
    manager: &str,
    force: bool,
    time: &str,
) -> Result<Object, ApiError> {
    let writer = Writer {
        manager,
        subresource: "",
        time,
    };
    managed_fields::apply(kind, live, config, &writer, force)
}

/// An object with who manages its fields, after somebody has put it in the place of another or of nothing.
pub fn update(
    kind: Kind,
    live: Option<&Object>,
    mut new: Object,
    manager: &str,
    subresource: &str,
    time: &str,
) -> Object {
    let writer = Writer {
        manager,
        subresource,
        time,
    };
    managed_fields::update(kind, live, &mut new, &writer);
    new
}
