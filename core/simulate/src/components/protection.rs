//! Protection of storage in use: a claim stays while a pod uses it, a volume while it is bound.

use std::collections::{BTreeMap, BTreeSet};

use statefulset::Millis;

use crate::components::component::Component;
use crate::store::{Happened, Store};
use crate::values::finalizer::{CLAIM_PROTECTION, VOLUME_PROTECTION};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::pod::claim_names;

/// Takes the finalizers off what is terminating and no longer in use.
#[derive(Debug, Default)]
pub(crate) struct Protection {
    cursor: u64,
    /// By claim: the pods that use it.
    users: BTreeMap<Key, BTreeSet<Key>>,
    /// By pod: the claims that it uses, so that a pod that goes can be taken out of `users`.
    uses: BTreeMap<Key, Vec<Key>>,
}

impl Component for Protection {
    fn act(&mut self, store: &mut Store) {
        let mut dirty = BTreeSet::new();
        for change in store.changes_since(self.cursor) {
            self.cursor = change.version;
            match change.key.kind {
                Kind::Pod => self.follow(&change.key, &change.object, change.happened, &mut dirty),
                Kind::PersistentVolumeClaim | Kind::PersistentVolume
                    if change.object.is_terminating() =>
                {
                    dirty.insert(change.key.clone());
                }
                _ => {}
            }
        }
        for key in dirty {
            let Some(object) = store.get(key.kind, &key.namespace, &key.name) else {
                continue;
            };
            let (finalizer, in_use) = if key.kind == Kind::PersistentVolume {
                (VOLUME_PROTECTION, object.text("/status/phase") == "Bound")
            } else {
                (CLAIM_PROTECTION, self.users.contains_key(&key))
            };
            if object.is_terminating() && !in_use {
                store.drop_finalizer(&key, finalizer);
            }
        }
    }

    fn next(&self) -> Option<Millis> {
        None
    }
}

impl Protection {
    fn follow(
        &mut self,
        pod: &Key,
        object: &Object,
        happened: Happened,
        dirty: &mut BTreeSet<Key>,
    ) {
        for claim in self.uses.remove(pod).unwrap_or_default() {
            if let Some(users) = self.users.get_mut(&claim) {
                users.remove(pod);
                if users.is_empty() {
                    self.users.remove(&claim);
                }
            }
            dirty.insert(claim);
        }
        // Before a pod has a node nothing of it can run, and no kubelet will start it on a claim that is going.
        if happened == Happened::Deleted || object.text("/spec/nodeName").is_empty() {
            return;
        }
        let claims: Vec<Key> = claim_names(object)
            .map(|name| Key::new(Kind::PersistentVolumeClaim, &pod.namespace, &name))
            .collect();
        for claim in &claims {
            self.users
                .entry(claim.clone())
                .or_default()
                .insert(pod.clone());
        }
        self.uses.insert(pod.clone(), claims);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DeleteOptions;
    use serde_json::json;

    fn run(store: &mut Store, protection: &mut Protection) {
        let mut seen = None;
        while seen != Some(store.version()) {
            seen = Some(store.version());
            protection.act(store);
        }
    }

    #[test]
    fn a_claim_stays_while_a_scheduled_pod_uses_it() {
        let mut store = Store::new(0, 1);
        let mut protection = Protection::default();
        let claim = json!({"metadata": {"name": "data"}, "spec": {
            "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}});
        let pod = json!({"metadata": {"name": "p"}, "spec": {
            "containers": [{"name": "c", "image": "i"}],
            "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data"}}]}});
        let claim_there = |store: &Store| {
            store
                .get(Kind::PersistentVolumeClaim, "default", "data")
                .is_some()
        };
        let forget = |store: &mut Store, kind, name| {
            let options = DeleteOptions {
                grace_seconds: Some(0),
                ..DeleteOptions::default()
            };
            store.delete(kind, "default", name, &options).unwrap();
        };
        store
            .create(Kind::PersistentVolumeClaim, "default", claim.clone())
            .unwrap();
        store.create(Kind::Pod, "default", pod).unwrap();
        store.edit(Kind::Pod, "default", "p", |p| {
            p.put("/spec/nodeName", json!("node-1"));
        });
        forget(&mut store, Kind::PersistentVolumeClaim, "data");
        run(&mut store, &mut protection);
        assert!(claim_there(&store));
        // A finished pod still holds it: its object is there.
        store.edit(Kind::Pod, "default", "p", |p| {
            p.put("/status/phase", json!("Succeeded"));
        });
        run(&mut store, &mut protection);
        assert!(claim_there(&store));
        forget(&mut store, Kind::Pod, "p");
        run(&mut store, &mut protection);
        assert!(!claim_there(&store));

        store
            .create(Kind::PersistentVolumeClaim, "default", claim)
            .unwrap();
        forget(&mut store, Kind::PersistentVolumeClaim, "data");
        assert!(claim_there(&store));
        run(&mut store, &mut protection);
        assert!(!claim_there(&store));
    }

    #[test]
    fn a_volume_stays_while_it_is_bound() {
        let mut store = Store::new(0, 1);
        let mut protection = Protection::default();
        let volume = json!({"metadata": {"name": "pv1"}, "spec": {
            "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}, "hostPath": {"path": "/d"}}});
        store.create(Kind::PersistentVolume, "", volume).unwrap();
        store.edit(Kind::PersistentVolume, "", "pv1", |v| {
            v.put("/status/phase", json!("Bound"));
        });
        store
            .delete(Kind::PersistentVolume, "", "pv1", &DeleteOptions::default())
            .unwrap();
        run(&mut store, &mut protection);
        assert!(store.get(Kind::PersistentVolume, "", "pv1").is_some());
        store.edit(Kind::PersistentVolume, "", "pv1", |v| {
            v.put("/status/phase", json!("Released"));
        });
        run(&mut store, &mut protection);
        assert!(store.get(Kind::PersistentVolume, "", "pv1").is_none());
    }
}
