//! How many disks can be attached to a node.

use std::collections::BTreeSet;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::components::storage::class;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

struct Attachable<'a> {
    store: &'a Store,
    wanted: BTreeSet<String>,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    let Candidate { store, pod, .. } = *candidate;
    let wanted = disks(store, pod).collect();
    Box::new(Attachable { store, wanted })
}

/// The disks of a pod that somebody attaches.
fn disks(store: &Store, pod: &Object) -> impl Iterator<Item = String> {
    claim_names(pod).filter_map(|name| {
        let claim = store.get(Kind::PersistentVolumeClaim, pod.namespace(), &name)?;
        disk(store, claim)
    })
}

/// The claim's disk. One that is still to be made counts, too; what lies on the node itself does not.
fn disk(store: &Store, claim: &Object) -> Option<String> {
    let volume = store.get(Kind::PersistentVolume, "", claim.text("/spec/volumeName"));
    if let Some(volume) = volume {
        let disk = volume.pointer("/spec/csi")?;
        return Some(format!(
            "{}^{}",
            disk.text("/driver"),
            disk.text("/volumeHandle")
        ));
    }
    let by = class::provisioner(store, claim)?;
    Some(format!("{by}^{}/{}", claim.namespace(), claim.name()))
}

impl Filter for Attachable<'_> {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        if self.wanted.is_empty() {
            return None;
        }
        let most = room
            .allocatable
            .iter()
            .filter(|(name, _)| name.starts_with("attachable-volumes-"))
            .map(|(_, milli)| milli / 1000)
            .min()?;
        let pods = room.pods.values();
        let mut attached: BTreeSet<_> = pods.flat_map(|it| disks(self.store, it)).collect();
        let before = attached.len();
        attached.extend(self.wanted.iter().cloned());
        let after = attached.len();
        let full = after > before && u64::try_from(after).is_ok_and(|after| after > most);
        full.then(|| Refusal::for_others("node(s) exceed max volume count"))
    }
}
