//! Events (stand-in).

use serde_json::json;

use crate::instant;
use crate::kind::Kind;
use crate::object::{Fields, Object};
use crate::store::Store;

/// Records an event about an object.
pub(crate) fn record(
    store: &mut Store,
    source: &str,
    about: &Object,
    kind: Kind,
    normal: bool,
    reason: &str,
    message: &str,
) {
    let now = instant::rfc3339(store.now());
    let namespace = if about.namespace().is_empty() {
        "default"
    } else {
        about.namespace()
    };
    let event = json!({
        "metadata": {"generateName": format!("{}.", about.name())},
        "involvedObject": {"kind": kind.name(), "namespace": about.namespace(), "name": about.name(), "uid": about.uid()},
        "reason": reason, "message": message, "type": if normal {"Normal"} else {"Warning"},
        "source": {"component": source}, "count": 1, "firstTimestamp": now, "lastTimestamp": now,
    });
    let _ = store.create(Kind::Event, namespace, event);
}
