//! Binding: a claim and a volume that name each other.

use serde_json::{Value, json};

use crate::components::storage::{
    BIND_COMPLETED, BOUND_BY_CONTROLLER, Word, expand, matching, set_phase,
};
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Binds the two. Whoever was not chosen by a user is marked so.
pub(super) fn bind(store: &mut Store, claim: &Object, volume: &Object) {
    matching::reserve(store, volume, claim);
    set_phase(store, Kind::PersistentVolume, volume, "Bound");
    let capacity = volume.pointer("/spec/capacity").cloned();
    let modes = volume.pointer("/spec/accessModes").cloned();
    let (namespace, name) = (claim.namespace(), claim.name());
    store.edit(Kind::PersistentVolumeClaim, namespace, name, |claim| {
        if claim.text("/spec/volumeName").is_empty() {
            claim.put("/spec/volumeName", json!(volume.name()));
            claim.put(BOUND_BY_CONTROLLER, json!("yes"));
        }
        claim.put(BIND_COMPLETED, json!("yes"));
        claim.put("/status/phase", json!("Bound"));
        claim.put("/status/accessModes", modes.unwrap_or(Value::Null));
        if claim.condition(expand::PENDING) != "True" {
            claim.put("/status/capacity", capacity.unwrap_or(Value::Null));
        }
    });
}

/// A claim that names its volume: gets it, if the volume is free or reserved for it.
pub(super) fn to_named_volume(store: &mut Store, claim: &Object) -> Option<Word> {
    let name = claim.text("/spec/volumeName");
    let volume = store.get(Kind::PersistentVolume, "", name)?.clone();
    if matching::is_reserved_for(&volume, claim) {
        bind(store, claim, &volume);
        None
    } else if matching::claim_ref(&volume).is_some() {
        let message = format!("volume \"{name}\" already bound to a different claim.");
        Some(Word::warning("FailedBinding", message))
    } else if let Err(why) = matching::fits_by_name(&volume, claim) {
        let message = format!("Cannot bind to requested volume \"{name}\": {why}");
        Some(Word::warning("VolumeMismatch", message))
    } else {
        bind(store, claim, &volume);
        None
    }
}

/// Watches over a claim whose binding was finished once.
pub(super) fn keep(store: &mut Store, claim: &Object) -> Option<Word> {
    let name = claim.text("/spec/volumeName");
    let lost = match store.get(Kind::PersistentVolume, "", name).cloned() {
        None => Some(Word::warning(
            "ClaimLost",
            "Bound claim has lost its PersistentVolume. Data on the volume is lost!",
        )),
        Some(volume)
            if matching::claim_ref(&volume).is_none()
                || matching::is_reserved_for(&volume, claim) =>
        {
            bind(store, claim, &volume);
            None
        }
        Some(_) => Some(Word::warning(
            "ClaimMisbound",
            "Two claims are bound to the same volume, this one is bound incorrectly",
        )),
    };
    if lost.is_some() {
        set_phase(store, Kind::PersistentVolumeClaim, claim, "Lost");
    }
    lost
}
