//! Larger volumes for claims that have come to ask for more: first the volume grows, then the file system on it, as soon as a
//! pod uses the claim.

use serde_json::{Value, json};

use crate::components::recorder::record;
use crate::components::storage::{PROVISIONED_BY, Word, matching};
use crate::store::Store;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

/// Condition: the volume is large enough, and the file system on it not yet.
pub(super) const PENDING: &str = "FileSystemResizePending";
const RESIZER: &str = "external-resizer";

/// Does what can be done for a bound claim that asks for more than it has.
pub(super) fn grow(store: &mut Store, claim: &Object, provisioner: bool) -> Option<Word> {
    let kind = Kind::PersistentVolumeClaim;
    let claim = store.get(kind, claim.namespace(), claim.name())?.clone();
    let volume = store
        .get(Kind::PersistentVolume, "", claim.text("/spec/volumeName"))?
        .clone();
    let asked = matching::requested(&claim);
    if asked > matching::capacity(&volume) {
        let driver = volume.text("/spec/csi/driver").to_owned();
        if !provisioner || driver.is_empty() || volume.text(PROVISIONED_BY) != driver {
            return Some(Word::warning(
                "ExternalExpanding",
                "didn't find a plugin capable of expanding the volume; waiting for an external controller to process this PVC",
            ));
        }
        let size = claim.pointer("/spec/resources/requests/storage").cloned();
        let name = volume.name().to_owned();
        let message = format!("External resizer is resizing volume {name}");
        let source = format!("{RESIZER} {driver}");
        record(store, &source, &claim, kind, true, "Resizing", &message);
        store.edit(Kind::PersistentVolume, "", &name, |volume| {
            volume.put("/spec/capacity/storage", size.unwrap_or(Value::Null));
        });
        let message = "Require file system resize of volume on node";
        record(
            store,
            &source,
            &claim,
            kind,
            true,
            "FileSystemResizeRequired",
            message,
        );
        let condition = json!({
            "type": PENDING, "status": "True", "lastProbeTime": null, "lastTransitionTime": instant::rfc3339(store.now()),
            "message": "Waiting for user to (re-)start a pod to finish file system resize of volume on node.",
        });
        store.edit(kind, claim.namespace(), claim.name(), |claim| {
            claim.put("/status/conditions", json!([condition]));
        });
    } else if claim.condition(PENDING) == "True"
        && let Some(pod) = user(store, &claim)
    {
        let capacity = volume.pointer("/spec/capacity").cloned();
        let message = format!(
            "MountVolume.NodeExpandVolume succeeded for volume \"{}\" {}",
            volume.name(),
            pod.text("/spec/nodeName")
        );
        let (source, reason) = ("kubelet", "FileSystemResizeSuccessful");
        record(store, source, &pod, Kind::Pod, true, reason, &message);
        record(store, source, &claim, kind, true, reason, &message);
        store.edit(kind, claim.namespace(), claim.name(), |claim| {
            claim.take_away("/status/conditions");
            claim.put("/status/capacity", capacity.unwrap_or(Value::Null));
        });
    }
    None
}

/// A pod that runs and uses the claim.
fn user(store: &Store, claim: &Object) -> Option<Object> {
    let mut pods = store.list(Kind::Pod, Some(claim.namespace()));
    let pod = pods.find(|pod| {
        pod.text("/status/phase") == "Running" && claim_names(pod).any(|it| it == claim.name())
    });
    pod.map(|pod| Object::clone(pod))
}
