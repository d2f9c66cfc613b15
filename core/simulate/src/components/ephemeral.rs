//! The controller of generic ephemeral volumes: makes a claim for each one of a pod, which goes with the pod.

use serde_json::{Value, json};
use statefulset::Millis;

use crate::components::component::Component;
use crate::components::recorder::record;
use crate::store::{Happened, Store};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Follows the pods.
#[derive(Debug, Default)]
pub(crate) struct EphemeralVolumes {
    cursor: u64,
}

impl Component for EphemeralVolumes {
    fn act(&mut self, store: &mut Store) {
        let changes = store.changes_since(self.cursor).iter();
        let pods: Vec<Object> = changes
            .filter(|change| change.key.kind == Kind::Pod && change.happened == Happened::Added)
            .filter(|change| !change.object.is_terminating())
            .map(|change| Object::clone(&change.object))
            .collect();
        self.cursor = store.version();
        for pod in pods {
            for volume in pod.list("/spec/volumes") {
                if let Some(template) = volume.pointer("/ephemeral/volumeClaimTemplate") {
                    claim(store, &pod, volume.text("/name"), template);
                }
            }
        }
    }

    fn next(&self) -> Option<Millis> {
        None
    }
}

fn claim(store: &mut Store, pod: &Object, volume: &str, template: &Value) {
    let (kind, namespace) = (Kind::PersistentVolumeClaim, pod.namespace());
    let name = format!("{}-{volume}", pod.name());
    if let Some(claim) = store.get(kind, namespace, &name) {
        if claim
            .controller()
            .is_none_or(|it| it.text("/uid") != pod.uid())
        {
            let message = format!(
                "ephemeral volume {volume}: PVC {namespace}/{name} was not created for pod {namespace}/{} (pod is not owner)",
                pod.name()
            );
            let (source, reason) = ("ephemeral_volume", "FailedBinding");
            record(store, source, pod, Kind::Pod, false, reason, &message);
        }
        return;
    }
    let mut claim = json!({"metadata": {}, "spec": template.get("spec")});
    for field in ["labels", "annotations"] {
        if let Some(given) = template.pointer(&format!("/metadata/{field}")) {
            claim.put(&format!("/metadata/{field}"), given.clone());
        }
    }
    claim.put("/metadata/name", json!(name));
    let owner = json!({
        "apiVersion": "v1", "kind": "Pod", "name": pod.name(), "uid": pod.uid(), "controller": true, "blockOwnerDeletion": true,
    });
    claim.put("/metadata/ownerReferences", json!([owner]));
    if let Err(error) = store.create(kind, namespace, claim) {
        let message = format!("ephemeral volume {volume}: create PVC {name}: {error}");
        let (source, reason) = ("ephemeral_volume", "FailedBinding");
        record(store, source, pod, Kind::Pod, false, reason, &message);
    }
}
