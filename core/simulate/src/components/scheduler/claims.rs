//! What a pod's claims have to say about its node.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::json;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::components::storage::{BIND_COMPLETED, SELECTED_NODE, class, matching, set_claims};
use crate::store::Store;
use crate::values::affinity::volume_reaches;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod;

/// Claims whose volume is chosen together with the node.
pub(super) type Delayed = Vec<Rc<Object>>;

/// A pod's claims.
pub(super) struct Claims {
    /// Volumes of the bound ones.
    pub(super) volumes: Vec<Rc<Object>>,
    /// The others.
    pub(super) delayed: Delayed,
}

/// The pod's claims; or why they keep it from being scheduled anywhere. The real scheduler asks one question about all
/// claims before it asks the next one.
pub(super) fn of(store: &Store, pod: &Object) -> Result<Claims, String> {
    let mut all = Vec::new();
    for volume in pod.list("/spec/volumes") {
        let Some(name) = pod::claim_name(pod, volume) else {
            continue;
        };
        let is_ephemeral = volume.get("ephemeral").is_some();
        let claim = store.get(Kind::PersistentVolumeClaim, pod.namespace(), &name);
        let claim = claim.ok_or_else(|| {
            if is_ephemeral {
                format!(
                    "waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\""
                )
            } else {
                format!("persistentvolumeclaim \"{name}\" not found")
            }
        })?;
        all.push((claim, is_ephemeral));
    }
    for &(claim, is_ephemeral) in &all {
        let name = claim.name();
        if claim.text("/status/phase") == "Lost" {
            return Err(format!(
                "persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{}\"",
                claim.text("/spec/volumeName")
            ));
        }
        if claim.is_terminating() {
            return Err(format!("persistentvolumeclaim \"{name}\" is being deleted"));
        }
        let owner = claim.controller();
        if is_ephemeral && owner.is_none_or(|it| it.text("/uid") != pod.uid()) {
            let namespace = pod.namespace();
            return Err(format!(
                "PVC {namespace}/{name} was not created for pod {namespace}/{} (pod is not owner)",
                pod.name()
            ));
        }
    }
    let all = all.into_iter().map(|(claim, _)| claim);
    let (bound, unbound): (Vec<_>, Vec<_>) = all.partition(|claim| is_bound(claim));
    let waits = |claim: &Rc<Object>| {
        class::is_delayed(store, claim) && claim.text("/spec/volumeName").is_empty()
    };
    if !unbound.iter().all(|claim| waits(claim)) {
        return Err("pod has unbound immediate PersistentVolumeClaims".into());
    }
    let volumes = bound.into_iter().map(|claim| {
        let volume = claim.text("/spec/volumeName");
        store
            .get(Kind::PersistentVolume, "", volume)
            .cloned()
            .ok_or_else(|| format!("persistentvolume \"{volume}\" not found"))
    });
    let mut claims = Claims {
        volumes: volumes.collect::<Result<_, _>>()?,
        delayed: unbound.into_iter().cloned().collect(),
    };
    // As the real scheduler does: the smallest wish first, or a large volume might go to a small claim.
    claims.delayed.sort_by_key(|c| matching::requested(c));
    Ok(claims)
}

/// Whether the claim has its volume, and the binding is through.
fn is_bound(claim: &Object) -> bool {
    !claim.text("/spec/volumeName").is_empty() && claim.pointer(BIND_COMPLETED).is_some()
}

struct Reachable<'a> {
    claims: &'a Claims,
    store: &'a Store,
}

pub(super) fn filter<'a>(candidate: &Candidate<'a>, _: &mut Census) -> Box<dyn Filter + 'a> {
    let Candidate { claims, store, .. } = *candidate;
    Box::new(Reachable { claims, store })
}

impl Filter for Reachable<'_> {
    fn refusal(&self, room: &Room) -> Option<Refusal> {
        let node = &room.node;
        let volumes = &self.claims.volumes;
        let mut reasons = Vec::new();
        if !volumes.iter().all(|volume| volume_reaches(volume, node)) {
            reasons.push("node(s) didn't match PersistentVolume's node affinity".into());
        }
        if plan(self.store, &self.claims.delayed, node).is_none() {
            reasons.push("node(s) didn't find available persistent volumes to bind".into());
        }
        (!reasons.is_empty()).then_some(Refusal {
            reasons,
            for_others: false,
        })
    }
}

/// Where the volume of each delayed claim would come from on this node: one that is there, or (`None`) a new one. Nothing
/// where one of them cannot get any.
fn plan(store: &Store, delayed: &Delayed, node: &Object) -> Option<Vec<Option<Rc<Object>>>> {
    let mut taken = BTreeSet::new();
    let sources = delayed.iter().map(|claim| {
        let selected = claim.pointer(SELECTED_NODE);
        if selected.is_some_and(|it| it != node.name()) {
            return None;
        }
        // A volume is being made already for a claim with a selected node.
        let found = if selected.is_some() {
            None
        } else {
            matching::find(store, claim, Some(node), &taken)
        };
        taken.extend(found.iter().map(|volume| volume.name().to_owned()));
        (found.is_some() || class::provisions_for(store, claim, node)).then_some(found)
    });
    sources.collect()
}

/// Reserves volumes for the delayed claims on this node, or asks for new ones. True where the pod may be given its node
/// now, false where that has to wait for the volumes.
pub(super) fn prepare(
    store: &mut Store,
    delayed: &Delayed,
    node: &str,
    library_binds: bool,
) -> bool {
    let mut ready = true;
    let sources = store
        .get(Kind::Node, "", node)
        .and_then(|it| plan(store, delayed, it));
    let Some(sources) = sources else {
        return false;
    };
    for (claim, source) in delayed.iter().zip(sources) {
        if let Some(volume) = source {
            if library_binds && set_claims::owned_by_set(store, claim) {
                continue;
            }
            matching::reserve(store, &volume, claim);
        } else {
            let (namespace, name) = (claim.namespace(), claim.name());
            store.edit(Kind::PersistentVolumeClaim, namespace, name, |claim| {
                claim.put(SELECTED_NODE, json!(node));
            });
        }
        ready = false;
    }
    ready
}
