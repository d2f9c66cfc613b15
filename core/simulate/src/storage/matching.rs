//! Which volume fits a claim, and its reservation.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::{Value, json};

use crate::kind::Kind;
use crate::object::{Fields, Object};
use crate::scheduler::affinity::{affinity_admits, label_selector_admits};
use crate::storage::{BOUND_BY_CONTROLLER, class};
use crate::store::Store;

/// The volume for an unbound claim: the one reserved for it, or else the smallest that fits. With a node, only volumes
/// that it can reach; without, none for a claim whose volume is chosen together with the node.
pub(crate) fn find(
    store: &Store,
    claim: &Object,
    node: Option<&Object>,
    taken: &BTreeSet<String>,
) -> Option<Rc<Object>> {
    let delayed = node.is_none() && class::is_delayed(store, claim);
    let modes = claim.list("/spec/accessModes");
    let reachable = |volume: &Object| {
        node.is_none_or(|node| affinity_admits(volume.pointer("/spec/nodeAffinity/required"), node))
    };
    store
        .list(Kind::PersistentVolume, None)
        .filter(|volume| {
            let offers = volume.list("/spec/accessModes");
            let for_claim = is_reserved_for(volume, claim);
            !taken.contains(volume.name())
                && modes.iter().all(|mode| offers.contains(mode))
                && is_usable(volume, claim).is_ok()
                && (for_claim || volume.pointer("/spec/claimRef").is_none())
                && (for_claim
                    || (!delayed
                        && volume.text("/status/phase") == "Available"
                        && label_selector_admits(claim.pointer("/spec/selector"), volume)
                        && class::name(volume).unwrap_or("") == class::name(claim).unwrap_or("")
                        && reachable(volume)))
        })
        .min_by_key(|volume| {
            // The binder looks through the volumes with the fewest modes first; the scheduler does not.
            let modes = if node.is_none() {
                volume.list("/spec/accessModes").len()
            } else {
                0
            };
            let reserved_elsewhere = !is_reserved_for(volume, claim);
            (modes, reserved_elsewhere, capacity(volume), volume.name())
        })
        // A reserved volume out of reach is not replaced by another one.
        .filter(|volume| reachable(volume))
        .map(Rc::clone)
}

/// Whether the volume's reservation, if any, names this claim (and not an earlier one of the same name).
pub(crate) fn is_reserved_for(volume: &Object, claim: &Object) -> bool {
    volume.pointer("/spec/claimRef").is_some_and(|reference| {
        let uid = reference.text("/uid");
        reference.text("/name") == claim.name()
            && reference.text("/namespace") == claim.namespace()
            && (uid.is_empty() || uid == claim.uid())
    })
}

/// Whether a claim that asks for this very volume can have it; or why not.
pub(crate) fn is_usable(volume: &Object, claim: &Object) -> Result<(), &'static str> {
    let text_or = |object: &Object, pointer: &str, absent: &str| {
        let text = object.text(pointer);
        (if text.is_empty() { absent } else { text }).to_owned()
    };
    if volume.is_terminating() {
        return Err("volume is being deleted");
    }
    if capacity(volume) < requested(claim) {
        return Err("requested PV is too small");
    }
    let mode = |object| text_or(object, "/spec/volumeMode", "Filesystem");
    if mode(volume) != mode(claim) {
        return Err("incompatible volumeMode");
    }
    let attributes = |object| text_or(object, "/spec/volumeAttributesClassName", "");
    if attributes(volume) != attributes(claim) {
        return Err("volumeAttributesClassName does not match");
    }
    Ok(())
}

/// Reserves the volume for the claim.
pub(crate) fn reserve(store: &mut Store, volume: &Object, claim: &Object) {
    let chosen = !is_reserved_for(volume, claim);
    let reference = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "namespace": claim.namespace(), "name": claim.name(),
        "uid": claim.uid(),
    });
    store.edit(Kind::PersistentVolume, "", volume.name(), |volume| {
        if volume.text("/spec/claimRef/uid") != claim.uid() {
            volume.put("/spec/claimRef", reference);
        }
        if chosen {
            volume.put(BOUND_BY_CONTROLLER, json!("yes"));
        }
    });
}

/// Bytes that a claim asks for.
pub(crate) fn requested(claim: &Object) -> u64 {
    bytes(claim.pointer("/spec/resources/requests/storage"))
}

fn capacity(volume: &Object) -> u64 {
    bytes(volume.pointer("/spec/capacity/storage"))
}

/// A quantity in whole bytes; 0 where it cannot be read.
fn bytes(quantity: Option<&Value>) -> u64 {
    let text = match quantity {
        Some(Value::String(text)) => text.clone(),
        Some(number) => number.to_string(),
        None => return 0,
    };
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let factor: u64 = match suffix {
        "" => 1,
        "k" => 1000,
        "M" => 1000_u64.pow(2),
        "G" => 1000_u64.pow(3),
        "T" => 1000_u64.pow(4),
        "P" => 1000_u64.pow(5),
        "Ki" => 1 << 10,
        "Mi" => 1 << 20,
        "Gi" => 1 << 30,
        "Ti" => 1 << 40,
        "Pi" => 1 << 50,
        _ => 0,
    };
    number.parse::<u64>().unwrap_or(0).saturating_mul(factor)
}
