//! What becomes of a volume: free, bound, released, and what its reclaim policy then says.

use std::rc::Rc;

use serde_json::json;

use crate::components::recorder::record;
use crate::components::storage::{BOUND_BY_CONTROLLER, PROVISIONED_BY, SOURCE, set_phase};
use crate::store::{DeleteOptions, Store};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Brings the volume's phase up to date, and takes the volume back where its claim is gone.
pub(super) fn sync_volume(store: &mut Store, name: &str, provisioner: bool) {
    let Some(volume) = store.get(Kind::PersistentVolume, "", name).cloned() else {
        return;
    };
    let uid = volume.text("/spec/claimRef/uid");
    if uid.is_empty() {
        set_phase(store, Kind::PersistentVolume, &volume, "Available");
        return;
    }
    let claim = store
        .get(
            Kind::PersistentVolumeClaim,
            volume.text("/spec/claimRef/namespace"),
            volume.text("/spec/claimRef/name"),
        )
        .filter(|claim| claim.uid() == uid)
        .map(|claim| claim.text("/spec/volumeName").to_owned());
    match claim {
        None => release(store, &volume, provisioner),
        // The claim's own turn finishes what was begun.
        Some(bound_to) if bound_to.is_empty() => {}
        Some(bound_to) if bound_to == name => {
            set_phase(store, Kind::PersistentVolume, &volume, "Bound");
        }
        Some(_) if is_deletable(&volume, provisioner) => release(store, &volume, provisioner),
        Some(_) => unbind(store, &volume),
    }
}

/// The claim took another volume: this one is free again. What a user reserved stays reserved.
fn unbind(store: &mut Store, volume: &Object) {
    store.edit(Kind::PersistentVolume, "", volume.name(), |volume| {
        if volume.pointer(BOUND_BY_CONTROLLER).is_some() {
            volume.take_away("/spec/claimRef");
            volume.take_away(BOUND_BY_CONTROLLER);
        } else {
            volume.take_away("/spec/claimRef/uid");
        }
        volume.put("/status/phase", json!("Available"));
    });
}

fn release(store: &mut Store, volume: &Rc<Object>, provisioner: bool) {
    if volume.text("/status/phase") == "Failed" {
        return;
    }
    set_phase(store, Kind::PersistentVolume, volume, "Released");
    if volume.text("/spec/persistentVolumeReclaimPolicy") != "Delete" || volume.is_terminating() {
        return;
    }
    if is_deletable(volume, provisioner) {
        let options = DeleteOptions {
            uid: Some(volume.uid().to_owned()),
            ..DeleteOptions::default()
        };
        // Gone already is as good.
        let _ = store.delete(Kind::PersistentVolume, "", volume.name(), &options);
        return;
    }
    let message = format!(
        "error getting deleter volume plugin for volume \"{}\": no deletable volume plugin matched",
        volume.name()
    );
    store.edit(Kind::PersistentVolume, "", volume.name(), |volume| {
        volume.put("/status/phase", json!("Failed"));
        volume.put("/status/message", json!(message));
    });
    record(
        store,
        SOURCE,
        volume,
        Kind::PersistentVolume,
        false,
        "VolumeFailedDelete",
        &message,
    );
}

/// Whether there is somebody who can delete the disk behind the volume: its maker.
fn is_deletable(volume: &Object, provisioner: bool) -> bool {
    provisioner
        && volume.text("/spec/persistentVolumeReclaimPolicy") == "Delete"
        && volume.pointer(PROVISIONED_BY).is_some()
}
