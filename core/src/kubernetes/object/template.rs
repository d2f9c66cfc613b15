//! Pods and claims, built from the set's templates.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::{Map, Value, json};

use super::revision::REVISION_LABEL;
use super::stateful_set::StatefulSet;
use crate::desired::Ordinal;
use crate::kubernetes::value::kind::Kind;
use crate::names::{ClaimName, PodName};

/// Label of a pod: its name.
pub(crate) const POD_NAME_LABEL: &str = "statefulset.kubernetes.io/pod-name";
/// Label of a pod: its ordinal.
const POD_INDEX_LABEL: &str = "apps.kubernetes.io/pod-index";
/// The labels that say which pod it is.
pub(crate) const IDENTITY_LABELS: [&str; 2] = [POD_NAME_LABEL, POD_INDEX_LABEL];

/// The name of the set's pod with this ordinal.
pub(crate) fn pod_name(set: &StatefulSet, ordinal: Ordinal) -> String {
    let set = &set.key.name;
    PodName { set, ordinal }.to_string()
}

/// The name of the claim that the pod with this ordinal has from a template.
pub(crate) fn claim_name(set: &StatefulSet, template: &str, ordinal: Ordinal) -> String {
    let set = &set.key.name;
    ClaimName {
        template,
        set,
        ordinal,
    }
    .to_string()
}

/// A new pod from the template of a revision.
pub(crate) fn pod(set: &StatefulSet, ordinal: Ordinal, template: &Value, revision: &str) -> Value {
    let name = pod_name(set, ordinal);
    let mut metadata = Map::new();
    for field in ["annotations", "finalizers", "labels"] {
        if let Some(value) = template["metadata"].get(field).filter(|it| !it.is_null()) {
            metadata.insert(field.to_string(), value.clone());
        }
    }
    let mut metadata = Value::Object(metadata);
    for (label, value) in identity(&name, ordinal) {
        metadata["labels"][label] = value.into();
    }
    metadata["labels"][REVISION_LABEL] = revision.into();
    metadata["name"] = name.as_str().into();
    metadata["generateName"] = format!("{}-", set.key.name).into();
    metadata["namespace"] = set.key.namespace.as_str().into();
    metadata["ownerReferences"] = json!([set.controller_reference()]);

    let mut spec = template["spec"].clone();
    spec["hostname"] = name.into();
    let service = set.service_name();
    if let (true, Some(fields)) = (service.is_empty(), spec.as_object_mut()) {
        fields.remove("subdomain");
    } else {
        spec["subdomain"] = service.into();
    }
    let volumes = volumes(set, ordinal, &spec["volumes"]);
    if !volumes.is_empty() {
        spec["volumes"] = volumes.into();
    }
    json!({
        "apiVersion": Kind::Pod.api_version(),
        "kind": Kind::Pod.name(),
        "metadata": metadata,
        "spec": spec,
    })
}

/// The labels that say which pod it is.
pub(crate) fn identity(name: &str, ordinal: Ordinal) -> [(&'static str, String); 2] {
    [
        (POD_NAME_LABEL, name.to_string()),
        (POD_INDEX_LABEL, ordinal.to_string()),
    ]
}

/// The pod's volumes: its claims, then those of the template that no claim replaces.
fn volumes(set: &StatefulSet, ordinal: Ordinal, template: &Value) -> Vec<Value> {
    let mut volumes = claim_volumes(set, ordinal);
    let others = template.as_array().into_iter().flatten();
    volumes.extend(
        others
            .filter(|volume| !set.templates.iter().any(|name| volume["name"] == **name))
            .cloned(),
    );
    volumes
}

/// The pod's volumes that are claims, as a patch of a pod that may have others of their names.
pub(crate) fn claim_volumes_instead(set: &StatefulSet, ordinal: Ordinal) -> Vec<Value> {
    let mut volumes = claim_volumes(set, ordinal);
    for volume in &mut volumes {
        volume["$retainKeys"] = json!(["name", "persistentVolumeClaim"]);
    }
    volumes
}

/// The pod's volumes that are claims.
fn claim_volumes(set: &StatefulSet, ordinal: Ordinal) -> Vec<Value> {
    let volume = |template: &String| {
        let claim = claim_name(set, template, ordinal);
        json!({"name": template, "persistentVolumeClaim": {"claimName": claim}})
    };
    set.templates.iter().map(volume).collect()
}

/// A new claim from a claim template. Claim templates are not part of revisions: the set's own count.
pub(crate) fn claim(set: &StatefulSet, template: usize, ordinal: Ordinal) -> Value {
    let source = set.claim_template(template);
    let mut metadata = source["metadata"].clone();
    metadata["name"] = claim_name(set, &set.templates[template], ordinal).into();
    metadata["namespace"] = set.key.namespace.as_str().into();
    for (label, value) in &set.selector.match_labels {
        metadata["labels"][label] = value.as_str().into();
    }
    json!({
        "apiVersion": Kind::PersistentVolumeClaim.api_version(),
        "kind": Kind::PersistentVolumeClaim.name(),
        "metadata": metadata,
        "spec": source["spec"],
    })
}
