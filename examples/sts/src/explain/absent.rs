//! Kinds that the input has none of, where it shows itself that there are none.

use serde_json::Value;
use statefulset::kubernetes::Kind;

use super::dump::{Dump, Object};

/// Whether the sets say themselves that they have no pods.
pub(super) fn has_no_pods(dump: &Dump<'_>, wanted: impl Fn(&Object<'_>) -> bool) -> bool {
    let mut sets = dump.objects(Kind::StatefulSet).filter(|it| wanted(it));
    sets.all(|set| {
        let replicas = read(set).pointer("/status/replicas").cloned();
        replicas.is_none_or(|it| it == 0)
    })
}

/// Whether sets ask for claims, and no pod uses one.
pub(super) fn has_no_claims(dump: &Dump<'_>, wanted: impl Fn(&Object<'_>) -> bool) -> bool {
    let mut sets = dump.objects(Kind::StatefulSet).filter(|it| wanted(it));
    let asks = sets.any(|set| has_any(&read(set), "/spec/volumeClaimTemplates", |_| true));
    let mut pods = dump.objects(Kind::Pod);
    let uses = |volume: &Value| volume.get("persistentVolumeClaim").is_some();
    asks && !pods.any(|pod| has_any(&read(pod), "/spec/volumes", uses))
}

fn read(object: &Object<'_>) -> Value {
    serde_json::from_slice(object.json).unwrap_or_default()
}

/// Whether the list at a JSON pointer has such an entry.
fn has_any(object: &Value, pointer: &str, is: impl Fn(&Value) -> bool) -> bool {
    let list = object.pointer(pointer).and_then(Value::as_array);
    list.into_iter().flatten().any(is)
}
