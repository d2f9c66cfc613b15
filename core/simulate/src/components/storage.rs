//! The volume controller: binds claims to volumes, makes volumes on demand, takes them back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use statefulset::{Millis, Profile};

use crate::components::component::Component;
use crate::components::recorder::record;
use crate::store::{Happened, Store};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

mod bind;
pub(crate) mod class;
mod expand;
pub(crate) mod matching;
mod provision;
mod reclaim;
pub(crate) mod set_claims;

/// Annotation: the controller has finished binding the claim.
pub(crate) const BIND_COMPLETED: &str = "/metadata/annotations/pv.kubernetes.io~1bind-completed";
/// Annotation: the controller, not a user, chose the other half of this pair.
const BOUND_BY_CONTROLLER: &str = "/metadata/annotations/pv.kubernetes.io~1bound-by-controller";
/// Annotation that tells the provisioner for which node a claim's volume is wanted.
pub(crate) const SELECTED_NODE: &str = "/metadata/annotations/volume.kubernetes.io~1selected-node";
/// Annotation: who made the volume.
const PROVISIONED_BY: &str = "/metadata/annotations/pv.kubernetes.io~1provisioned-by";

const SOURCE: &str = "persistentvolume-controller";

/// Namespace and name.
type Name = (String, String);

/// The volume controller.
#[derive(Debug)]
pub(crate) struct VolumeController {
    cursor: u64,
    /// Whether it can make and delete volumes.
    provisioner: bool,
    /// Whether it fails to make any.
    fails: bool,
    /// Whether the library binds the claims of StatefulSets to volumes that exist.
    library_binds: bool,
    /// Claims without a volume: to be looked at when a volume or a class turns up.
    unbound: BTreeSet<Name>,
    /// The last event about each claim: it is not repeated.
    told: BTreeMap<Name, Word>,
    due_claims: BTreeSet<Name>,
    due_volumes: BTreeSet<String>,
}

impl VolumeController {
    pub(crate) const fn new(provisioner: bool, profile: Profile) -> Self {
        Self {
            cursor: 0,
            provisioner,
            fails: false,
            library_binds: profile.bind_claims,
            unbound: BTreeSet::new(),
            told: BTreeMap::new(),
            due_claims: BTreeSet::new(),
            due_volumes: BTreeSet::new(),
        }
    }

    /// From now on no volume can be made.
    pub(crate) const fn break_provisioner(&mut self) {
        self.fails = true;
    }

    /// Volumes can be made again.
    pub(crate) fn mend_provisioner(&mut self) {
        self.fails = false;
        self.due_claims.extend(self.unbound.iter().cloned());
    }

    fn follow(&mut self, store: &Store) {
        for change in store.changes_since(self.cursor) {
            let object = &change.object;
            let gone = change.happened == Happened::Deleted;
            match change.key.kind {
                Kind::PersistentVolumeClaim => {
                    let name = (change.key.namespace.clone(), change.key.name.clone());
                    if gone || is_complete(object) {
                        self.unbound.remove(&name);
                    } else {
                        self.unbound.insert(name.clone());
                    }
                    let volume = object.text("/spec/volumeName");
                    if !volume.is_empty() {
                        self.due_volumes.insert(volume.to_owned());
                    }
                    if gone {
                        self.told.remove(&name);
                    } else {
                        self.due_claims.insert(name);
                    }
                }
                Kind::PersistentVolume => {
                    let reference = matching::claim_ref(object);
                    if let Some(reference) = reference {
                        let name = (reference.text("/namespace"), reference.text("/name"));
                        self.due_claims.insert((name.0.into(), name.1.into()));
                    } else {
                        self.due_claims.extend(self.unbound.iter().cloned());
                    }
                    if !gone {
                        self.due_volumes.insert(change.key.name.clone());
                    }
                }
                // The file system of a volume that has grown waits for a pod.
                Kind::Pod if object.text("/status/phase") == "Running" => {
                    let namespace = &change.key.namespace;
                    let claims = claim_names(object);
                    let grown = claims.filter(|name| {
                        let claim = store.get(Kind::PersistentVolumeClaim, namespace, name);
                        claim.is_some_and(|claim| claim.condition(expand::PENDING) == "True")
                    });
                    let grown = grown.map(|name| (namespace.clone(), name.into_owned()));
                    self.due_claims.extend(grown);
                }
                // A set that comes takes the binding of its claims over, one that goes gives it back.
                Kind::StorageClass | Kind::StatefulSet
                    if change.happened != Happened::Modified
                        || change.key.kind == Kind::StorageClass =>
                {
                    self.due_claims.extend(self.unbound.iter().cloned());
                }
                _ => {}
            }
        }
        self.cursor = store.version();
    }

    fn sync_claim(&mut self, store: &mut Store, name: Name) {
        let Some(claim) = store
            .get(Kind::PersistentVolumeClaim, &name.0, &name.1)
            .cloned()
        else {
            return;
        };
        let Some(word) = self.settle_claim(store, &claim) else {
            return;
        };
        if self.told.get(&name) != Some(&word) {
            let Word {
                normal,
                reason,
                message,
            } = &word;
            let kind = Kind::PersistentVolumeClaim;
            record(store, SOURCE, &claim, kind, *normal, reason, message);
            self.told.insert(name, word);
        }
    }

    /// Does for the claim what can be done, and says what there is to say.
    fn settle_claim(&self, store: &mut Store, claim: &Object) -> Option<Word> {
        if is_complete(claim) {
            let lost = bind::keep(store, claim);
            return lost.or_else(|| expand::grow(store, claim, self.provisioner));
        }
        if claim.text("/status/phase").is_empty() {
            set_phase(store, Kind::PersistentVolumeClaim, claim, "Pending");
        }
        if claim.is_terminating() {
            return None;
        }
        if !claim.text("/spec/volumeName").is_empty() {
            return bind::to_named_volume(store, claim);
        }
        let Some(volume) = matching::find(store, claim, None, &BTreeSet::new()) else {
            return provision::want_volume(store, claim, self.provisioner, self.fails);
        };
        if !(self.library_binds && set_claims::owned_by_set(store, claim)) {
            bind::bind(store, claim, &volume);
        }
        None
    }
}

impl Component for VolumeController {
    fn act(&mut self, store: &mut Store) {
        self.follow(store);
        while !(self.due_claims.is_empty() && self.due_volumes.is_empty()) {
            while let Some(volume) = self.due_volumes.pop_first() {
                reclaim::sync_volume(store, &volume, self.provisioner);
            }
            self.follow(store);
            while let Some(claim) = self.due_claims.pop_first() {
                self.sync_claim(store, claim);
            }
            self.follow(store);
        }
    }

    fn next(&self) -> Option<Millis> {
        None
    }
}

/// Whether binding was finished once: from then on the claim belongs to its volume for good.
fn is_complete(claim: &Object) -> bool {
    claim.pointer(BIND_COMPLETED).is_some()
}

fn set_phase(store: &mut Store, kind: Kind, object: &Object, phase: &str) {
    store.edit(kind, object.namespace(), object.name(), |object| {
        object.put("/status/phase", json!(phase));
    });
}

/// Something to be told about a claim, as an event.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Word {
    normal: bool,
    reason: &'static str,
    message: String,
}

impl Word {
    fn normal(reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            normal: true,
            reason,
            message: message.into(),
        }
    }

    fn warning(reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            normal: false,
            reason,
            message: message.into(),
        }
    }
}
