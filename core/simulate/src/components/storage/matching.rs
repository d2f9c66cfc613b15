//! Which volume fits a claim: the library's answer, and the reservation that follows from it.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::{Value, json};
use statefulset::duties::binding::choose;
use statefulset::kubernetes::quantity;
use statefulset::{
    AccessModes, Binding, Claim, ClaimPhase, Node, NodeState, Observed, Reserved, Volume,
    VolumeMode, VolumePhase,
};

use crate::components::storage::{BOUND_BY_CONTROLLER, class};
use crate::store::Store;
use crate::values::affinity::{label_selector_admits, volume_reaches};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// The volume for a claim that names none: the one reserved for it, or else the smallest that fits. With a node, only
/// volumes that it can reach; without, none but a reserved one for a claim whose volume is chosen together with the
/// node.
pub(crate) fn find(
    store: &Store,
    claim: &Object,
    node: Option<&Object>,
    taken: &BTreeSet<String>,
) -> Option<Rc<Object>> {
    let reserved_only = node.is_none() && class::is_delayed(store, claim);
    let candidates: Vec<&Rc<Object>> = store
        .volumes_for(claim.namespace(), claim.name())
        .into_iter()
        .filter(|volume| {
            is_reserved_for(volume, claim) || (!reserved_only && claim_ref(volume).is_none())
        })
        .filter(|volume| !taken.contains(volume.name()))
        // The real scheduler looks at the volumes of the claim's class, even for one that is reserved for the claim; the
        // controller of volumes does not.
        .filter(|volume| node.is_none() || class_of(volume) == class_of(claim))
        .collect();
    let place = ask(&candidates, claim, node, None)?;
    candidates.get(place).copied().cloned()
}

fn class_of(object: &Object) -> &str {
    class::name(object).unwrap_or("")
}

/// Whether a claim gets the volume that it names; or why not.
pub(crate) fn fits_by_name(volume: &Rc<Object>, claim: &Object) -> Result<(), &'static str> {
    if ask(&[volume], claim, None, Some(0)).is_some() {
        return Ok(());
    }
    let (wanted, offered) = (claim_facts(claim), volume_facts(volume, claim, None));
    Err(if offered.terminating {
        "volume is being deleted"
    } else if offered.capacity < wanted.request {
        "requested PV is too small"
    } else if offered.class != wanted.class {
        "storageClassName does not match"
    } else if offered.volume_mode != wanted.volume_mode {
        "incompatible volumeMode"
    } else {
        "incompatible accessMode"
    })
}

/// Asks the library, in its own terms.
fn ask(
    volumes: &[&Rc<Object>],
    claim: &Object,
    node: Option<&Object>,
    named: Option<u32>,
) -> Option<usize> {
    let volumes: Vec<Volume> = volumes
        .iter()
        .map(|volume| volume_facts(volume, claim, node))
        .collect();
    let here = [Node {
        state: NodeState::Ready,
        cordoned: false,
        draining: false,
        since: None,
    }];
    let claims = [Claim {
        binding: match node {
            Some(_) => Binding::WaitForFirstConsumer,
            None => Binding::Immediate,
        },
        node: node.map(|_| 0),
        volume: named,
        ..claim_facts(claim)
    }];
    let observed = Observed {
        claims: Some(&claims),
        volumes: Some(&volumes),
        nodes: Some(&here),
        ..Observed::pods(&[])
    };
    let place = choose(0, &claims[0], &observed, &[])?;
    usize::try_from(place).ok()
}

/// A group of nodes that the one asked about is not in.
const ELSEWHERE: u32 = 0;

fn claim_facts(claim: &Object) -> Claim {
    Claim {
        phase: ClaimPhase::Pending,
        modes: modes(claim),
        volume_mode: volume_mode(claim),
        class: u32::from(!class_of(claim).is_empty()),
        request: requested(claim),
        ..Claim::bound(0, 0)
    }
}

fn volume_facts(volume: &Object, claim: &Object, node: Option<&Object>) -> Volume {
    let selected = label_selector_admits(claim.pointer("/spec/selector"), volume);
    let same_attributes = {
        let attributes = "/spec/volumeAttributesClassName";
        volume.text(attributes) == claim.text(attributes)
    };
    Volume {
        capacity: bytes(volume.pointer("/spec/capacity/storage")),
        reserved: match claim_ref(volume) {
            // The library knows no attribute classes: what differs in them is somebody else's.
            _ if !same_attributes => Reserved::Other,
            None => Reserved::Nobody,
            Some(_) if is_reserved_for(volume, claim) => Reserved::Claim(0),
            Some(_) => Reserved::Other,
        },
        // 0 is the empty class, 1 the claim's own.
        class: match class_of(volume) {
            "" => 0,
            class if class == class_of(claim) => 1,
            _ => 2,
        },
        modes: modes(volume),
        volume_mode: volume_mode(volume),
        phase: match volume.text("/status/phase") {
            "Available" => VolumePhase::Available,
            "Bound" => VolumePhase::Bound,
            "Released" => VolumePhase::Released,
            "Failed" => VolumePhase::Failed,
            _ => VolumePhase::Pending,
        },
        terminating: volume.is_terminating(),
        reach: match node {
            Some(node) if !volume_reaches(volume, node) => Some(ELSEWHERE),
            _ => None,
        },
        matches: u64::from(selected),
    }
}

fn modes(object: &Object) -> AccessModes {
    let modes = object.list("/spec/accessModes").iter();
    modes.fold(AccessModes(0), |all, mode| {
        all.with(match mode.as_str() {
            Some("ReadWriteOnce") => AccessModes::READ_WRITE_ONCE,
            Some("ReadOnlyMany") => AccessModes::READ_ONLY_MANY,
            Some("ReadWriteMany") => AccessModes::READ_WRITE_MANY,
            Some("ReadWriteOncePod") => AccessModes::READ_WRITE_ONCE_POD,
            _ => AccessModes(0),
        })
    })
}

fn volume_mode(object: &Object) -> VolumeMode {
    match object.text("/spec/volumeMode") {
        "Block" => VolumeMode::Block,
        _ => VolumeMode::Filesystem,
    }
}

/// Whether the volume's reservation, if any, names this claim (and not an earlier one of the same name).
pub(crate) fn is_reserved_for(volume: &Object, claim: &Object) -> bool {
    claim_ref(volume).is_some_and(|reference| {
        reference["name"] == *claim.name() && reference["namespace"] == *claim.namespace() && {
            let uid = reference.text("/uid");
            uid.is_empty() || uid == claim.uid()
        }
    })
}

/// The volume's reservation.
pub(crate) fn claim_ref(volume: &Object) -> Option<&Value> {
    volume.get("spec")?.get("claimRef")
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

/// How large the volume is, in bytes.
pub(crate) fn capacity(volume: &Object) -> u64 {
    bytes(volume.pointer("/spec/capacity/storage"))
}

/// A quantity in whole bytes; 0 where it cannot be read.
fn bytes(amount: Option<&Value>) -> u64 {
    let text = match amount {
        Some(Value::String(text)) => text.clone(),
        Some(number) => number.to_string(),
        None => return 0,
    };
    quantity::parse(&text).unwrap_or(0)
}
