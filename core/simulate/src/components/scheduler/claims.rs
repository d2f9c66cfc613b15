//! What a pod's claims have to say about its node.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::json;

use super::census::{Census, Room};
use super::filter::{Candidate, Filter, Refusal};
use crate::components::storage::{SELECTED_NODE, class, matching, set_claims};
use crate::store::Store;
use crate::values::affinity::affinity_admits;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod;

/// Claims whose volume is chosen together with the node.
pub(super) type Delayed = Vec<Rc<Object>>;

/// A pod's claims.
pub(super) struct Claims {
    /// Volumes of the bound ones.
    volumes: Vec<Rc<Object>>,
    /// The others.
    pub(super) delayed: Delayed,
}

/// The pod's claims; or why they keep it from being scheduled anywhere.
pub(super) fn of(store: &Store, pod: &Object) -> Result<Claims, String> {
    let mut claims = Claims {
        volumes: Vec::new(),
        delayed: Vec::new(),
    };
    for volume in pod.list("/spec/volumes") {
        let Some(name) = pod::claim_name(pod, volume) else {
            continue;
        };
        let is_ephemeral = volume.get("ephemeral").is_some();
        let claim = store
            .get(Kind::PersistentVolumeClaim, pod.namespace(), &name)
            .ok_or_else(|| {
                if is_ephemeral {
                    format!(
                        "waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\""
                    )
                } else {
                    format!("persistentvolumeclaim \"{name}\" not found")
                }
            })?;
        if is_ephemeral
            && claim
                .controller()
                .is_none_or(|it| it.text("/uid") != pod.uid())
        {
            let namespace = pod.namespace();
            return Err(format!(
                "PVC {namespace}/{name} was not created for pod {namespace}/{} (pod is not owner)",
                pod.name()
            ));
        }
        if claim.is_terminating() {
            return Err(format!("persistentvolumeclaim \"{name}\" is being deleted"));
        }
        match claim.text("/status/phase") {
            "Bound" => {
                let volume = claim.text("/spec/volumeName");
                let volume = store
                    .get(Kind::PersistentVolume, "", volume)
                    .ok_or_else(|| format!("persistentvolume \"{volume}\" not found"))?;
                claims.volumes.push(Rc::clone(volume));
            }
            "Lost" => {
                return Err(format!(
                    "persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{}\"",
                    claim.text("/spec/volumeName")
                ));
            }
            _ if class::is_delayed(store, claim) => claims.delayed.push(Rc::clone(claim)),
            _ => return Err("pod has unbound immediate PersistentVolumeClaims".into()),
        }
    }
    // As the real scheduler does: the smallest wish first, or a large volume might go to a small claim.
    claims.delayed.sort_by_key(|c| matching::requested(c));
    Ok(claims)
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
        let why = self.claims.refusal(self.store, &room.node);
        why.map(Refusal::of_node)
    }
}

impl Claims {
    /// Why this node cannot reach, or get, the volumes.
    fn refusal(&self, store: &Store, node: &Object) -> Option<&'static str> {
        let reaches = |volume: &Rc<Object>| {
            affinity_admits(volume.pointer("/spec/nodeAffinity/required"), node)
        };
        if !self.volumes.iter().all(reaches) {
            return Some("node(s) didn't match PersistentVolume's node affinity");
        }
        let mut taken = BTreeSet::new();
        for claim in &self.delayed {
            let selected = claim.text(SELECTED_NODE);
            if !selected.is_empty() && selected != node.name() {
                return Some("node(s) didn't find available persistent volumes to bind");
            }
            match matching::find(store, claim, Some(node), &taken) {
                Some(volume) => {
                    taken.insert(volume.name().to_owned());
                }
                None if class::provisions_at(store, claim, node) => {}
                None => return Some("node(s) didn't find available persistent volumes to bind"),
            }
        }
        None
    }
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
    let mut taken = BTreeSet::new();
    for claim in delayed {
        let Some(node) = store.get(Kind::Node, "", node).cloned() else {
            return false;
        };
        let volume = matching::find(store, claim, Some(&node), &taken);
        if let Some(volume) = volume {
            taken.insert(volume.name().to_owned());
            if library_binds && set_claims::owned_by_set(store, claim) {
                continue;
            }
            matching::reserve(store, &volume, claim);
        } else {
            store.edit(
                Kind::PersistentVolumeClaim,
                claim.namespace(),
                claim.name(),
                |claim| claim.put(SELECTED_NODE, json!(node.name())),
            );
        }
        ready = false;
    }
    ready
}
