//! The ControllerRevisions of an input that has none.
//!
//! The status of a set names its two revisions, and each pod has the name of its own in a label. So they are made up: the update
//! revision holds the set's template, the current one holds something else, and it is not known what.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use statefulset::kubernetes::Kind;

/// What of a set is looked at.
#[derive(Deserialize)]
struct Set {
    metadata: Metadata,
    spec: Spec,
    #[serde(default)]
    status: Status,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    namespace: String,
    name: String,
    uid: String,
    #[serde(default)]
    generation: i64,
}

#[derive(Deserialize)]
struct Spec {
    template: Map<String, Value>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Status {
    observed_generation: i64,
    current_revision: String,
    update_revision: String,
}

/// The revisions that the set's status names, as JSON. There are none if it is from before the last change of the set: then the
/// planner works out by itself what the name of the update revision should be.
pub(super) fn of(set: &[u8]) -> Vec<Vec<u8>> {
    let Ok(set) = serde_json::from_slice::<Set>(set) else {
        // Whoever reads the set says what is wrong with it.
        return Vec::new();
    };
    let Status {
        observed_generation,
        current_revision,
        update_revision,
    } = &set.status;
    if *observed_generation < set.metadata.generation || update_revision.is_empty() {
        return Vec::new();
    }
    let mut revisions = Vec::new();
    if current_revision != update_revision && !current_revision.is_empty() {
        let mut other = set.spec.template.clone();
        if let Some(Value::Object(metadata)) = other.get_mut("metadata") {
            metadata.insert("annotations".into(), json!({"unknown": current_revision}));
        }
        revisions.push(revision(&set, current_revision, 1, other));
    }
    revisions.push(revision(
        &set,
        update_revision,
        2,
        set.spec.template.clone(),
    ));
    revisions
}

fn revision(set: &Set, name: &str, number: i64, mut template: Map<String, Value>) -> Vec<u8> {
    let labels = template.get("metadata").map(|it| it["labels"].clone());
    template.insert("$patch".into(), "replace".into());
    let kind = Kind::ControllerRevision;
    let revision = json!({
        "apiVersion": kind.api_version(),
        "kind": kind.name(),
        "metadata": {
            "namespace": set.metadata.namespace,
            "name": name,
            "uid": name,
            "labels": labels,
            "ownerReferences": [{
                "apiVersion": Kind::StatefulSet.api_version(),
                "kind": Kind::StatefulSet.name(),
                "name": set.metadata.name,
                "uid": set.metadata.uid,
                "controller": true,
                "blockOwnerDeletion": true,
            }],
        },
        "revision": number,
        "data": {"spec": {"template": template}},
    });
    revision.to_string().into_bytes()
}
