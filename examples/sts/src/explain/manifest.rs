//! StatefulSets as somebody wrote them, and not as an API server holds them.

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{Kind, normalize};

use super::dump::{Dump, Object};

/// The manifest with what kubectl and an API server fill in. It has no uid of its own, so that of the set that owns the pods of the
/// input is taken.
///
/// `None` is what is no such manifest.
pub(super) fn completed(set: &Object<'_>, dump: &Dump<'_>, profile: &Profile) -> Option<Vec<u8>> {
    if set.kind_name != Kind::StatefulSet.name() || is_stored(set) {
        return None;
    }
    let mut completed = normalize(set.json, profile).ok()?;
    let metadata = completed.get_mut("metadata")?.as_object_mut()?;
    let uid = dump.objects(Kind::Pod).find_map(|pod| owner(pod, set));
    let uid = uid.unwrap_or_else(|| "unknown".to_owned());
    metadata
        .entry("namespace")
        .or_insert_with(|| json!(set.namespace));
    metadata.entry("uid").or_insert_with(|| json!(uid));
    metadata
        .entry("resourceVersion")
        .or_insert_with(|| json!("0"));
    Some(completed.to_string().into_bytes())
}

/// Whether an API server has given it a uid and its defaults.
fn is_stored(set: &Object<'_>) -> bool {
    let set: Value = serde_json::from_slice(set.json).unwrap_or_default();
    let has = |pointer| set.pointer(pointer).is_some();
    has("/metadata/uid") && has("/spec/replicas") && has("/spec/revisionHistoryLimit")
}

/// The uid of the set of this name that controls the pod.
fn owner(pod: &Object<'_>, set: &Object<'_>) -> Option<String> {
    if pod.namespace != set.namespace {
        return None;
    }
    let pod: Value = serde_json::from_slice(pod.json).ok()?;
    let owners = pod.pointer("/metadata/ownerReferences")?.as_array()?;
    let is_ours = |it: &&Value| it["kind"] == "StatefulSet" && it["name"] == *set.name;
    let uid = owners.iter().find(is_ours)?.get("uid")?;
    uid.as_str().map(str::to_owned)
}
