//! Volumes on demand.

use serde_json::{Value, json};

use crate::components::storage::{PROVISIONED_BY, SELECTED_NODE, Word, bind, class};
use crate::store::Store;
use crate::values::affinity::affinity_admits;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// No volume fits the claim: gives it a class if it leaves that to the default, makes a volume, or says why not.
pub(super) fn want_volume(
    store: &mut Store,
    claim: &Object,
    provisioner: bool,
    fails: bool,
) -> Option<Word> {
    let no_volume = || {
        let message = "no persistent volumes available for this claim and no storage class is set";
        Some(Word::normal("FailedBinding", message))
    };
    let Some(name) = class::name(claim) else {
        let Some(default) = class::default(store).map(|c| c.name().to_owned()) else {
            return no_volume();
        };
        let (namespace, name) = (claim.namespace(), claim.name());
        store.edit(Kind::PersistentVolumeClaim, namespace, name, |claim| {
            claim.put("/spec/storageClassName", json!(default));
        });
        return None;
    };
    if name.is_empty() {
        return no_volume();
    }
    if class::is_delayed(store, claim) && claim.text(SELECTED_NODE).is_empty() {
        let message = "waiting for first consumer to be created before binding";
        return Some(Word::normal("WaitForFirstConsumer", message));
    }
    let Some(class) = class::of(store, claim).cloned() else {
        let message = format!("storageclass.storage.k8s.io \"{name}\" not found");
        return Some(Word::warning("ProvisioningFailed", message));
    };
    match class.text("/provisioner") {
        by @ "kubernetes.io/no-provisioner" => Some(Word::warning(
            "ProvisioningFailed",
            format!("no volume plugin matched name: {by}"),
        )),
        _ if provisioner && fails => Some(Word::warning(
            "ProvisioningFailed",
            format!(
                "failed to provision volume with StorageClass \"{name}\": rpc error: code = ResourceExhausted desc = the \
                 storage has no room"
            ),
        )),
        by if provisioner => Some(provision(store, claim, &class, by)),
        by => Some(Word::normal(
            "ExternalProvisioning",
            format!(
                "Waiting for a volume to be created either by the external provisioner '{by}' or manually by the \
                 system administrator. If volume creation is delayed, please verify that the provisioner is running \
                 and correctly registered."
            ),
        )),
    }
}

/// From which nodes a new volume of a class can be reached, where the class says where it may be: from those of one of the
/// topologies, with the labels of the node for which it is made.
fn reach(store: &Store, claim: &Object, class: &Object) -> Option<Value> {
    let topologies = class.list("/allowedTopologies");
    if topologies.is_empty() {
        return None;
    }
    let node = store.get(Kind::Node, "", claim.text(SELECTED_NODE));
    let terms = topologies.iter().map(|topology| {
        let labels = topology.list("/matchLabelExpressions").iter().map(|it| {
            let key = it.text("/key");
            let own = node.and_then(|node| node.pointer("/metadata/labels")?.get(key));
            let values = match own {
                Some(value) if it.list("/values").contains(value) => json!([value]),
                _ => json!(it.list("/values")),
            };
            json!({"key": key, "operator": "In", "values": values})
        });
        json!({"matchExpressions": labels.collect::<Vec<_>>()})
    });
    let fits = |term: &&Value| {
        let required = json!({"nodeSelectorTerms": [term]});
        node.is_none_or(|node| affinity_admits(Some(&required), node))
    };
    let terms: Vec<Value> = terms.collect();
    let terms: Vec<&Value> = terms.iter().filter(fits).collect();
    Some(json!({"required": {"nodeSelectorTerms": terms}}))
}

fn provision(store: &mut Store, claim: &Object, class: &Object, by: &str) -> Word {
    let name = format!("pvc-{}", claim.uid());
    let size = claim.pointer("/spec/resources/requests/storage").cloned();
    let policy = class.text("/reclaimPolicy");
    let mut volume = json!({
        "metadata": {"name": name},
        "spec": {
            "accessModes": claim.list("/spec/accessModes"),
            "capacity": {"storage": size},
            "claimRef": {
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "namespace": claim.namespace(),
                "name": claim.name(), "uid": claim.uid(),
            },
            "csi": {"driver": by, "volumeHandle": name},
            "persistentVolumeReclaimPolicy": if policy.is_empty() { "Delete" } else { policy },
            "storageClassName": class.name(),
            "volumeMode": claim.pointer("/spec/volumeMode").cloned().unwrap_or_else(|| json!("Filesystem")),
        },
    });
    volume.put(PROVISIONED_BY, json!(by));
    if let Some(affinity) = reach(store, claim, class) {
        volume.put("/spec/nodeAffinity", affinity);
    }
    let (namespace, claim_name) = (claim.namespace(), claim.name());
    store.edit(
        Kind::PersistentVolumeClaim,
        namespace,
        claim_name,
        |claim| {
            for mark in ["volume.beta.kubernetes.io", "volume.kubernetes.io"] {
                claim.put(
                    &format!("/metadata/annotations/{mark}~1storage-provisioner"),
                    json!(by),
                );
            }
        },
    );
    match store.create(Kind::PersistentVolume, "", volume) {
        Ok(volume) => {
            bind::bind(store, claim, &volume);
            let message = format!("Successfully provisioned volume {name} using {by}");
            Word::normal("ProvisioningSucceeded", message)
        }
        Err(error) => {
            let message = format!("Failed to create provisioned volume: {error}");
            Word::warning("ProvisioningFailed", message)
        }
    }
}
