//! The garbage collector: objects go when all their owners are gone.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;
use statefulset::Millis;

use crate::components::component::Component;
use crate::store::{Change, DeleteOptions, Happened, Propagation, Store};
use crate::values::finalizer::{self, FOREGROUND, ORPHAN};
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Follows owner references, both ways.
#[derive(Debug, Default)]
pub(crate) struct GarbageCollector {
    cursor: u64,
    /// By an owner's uid: who names it as an owner.
    dependents: BTreeMap<String, BTreeSet<Key>>,
    /// By dependent: its owners when it was last seen, with their uids.
    owners: BTreeMap<Key, Vec<(String, Option<Key>)>>,
    /// Objects that were given an owner that is not there, and when they are looked at. That is not done at once: a
    /// controller that has not heard of the owner's end would make them again in the same moment, for ever.
    fresh: BTreeMap<Key, Millis>,
    /// Owners of kinds that nothing in the cluster acts on, by uid, that were there and are not any more.
    gone: BTreeSet<String>,
}

/// For so long such an object is left alone.
const FRESH: Millis = 1000;

impl Component for GarbageCollector {
    fn act(&mut self, store: &mut Store) {
        let mut dirty = BTreeSet::new();
        for change in store.changes_since(self.cursor) {
            self.cursor = change.version;
            let is_fresh = self.is_fresh(store, change);
            self.follow(store, change, &mut dirty);
            if is_fresh {
                let at = change.at.saturating_add(FRESH);
                self.fresh.insert(change.key.clone(), at);
            }
        }
        let now = store.now();
        dirty.retain(|key| !self.fresh.contains_key(key));
        self.fresh.retain(|key, at| {
            let waits = *at > now;
            if !waits {
                dirty.insert(key.clone());
            }
            waits
        });
        for key in dirty {
            if let Some(object) = store.get(key.kind, &key.namespace, &key.name).cloned() {
                self.look_at(store, &key, &object);
            }
        }
    }

    fn next(&self) -> Option<Millis> {
        self.fresh.values().copied().min()
    }
}

impl GarbageCollector {
    /// Whether the object has just been given an owner that is not there.
    fn is_fresh(&self, store: &Store, change: &Change) -> bool {
        let known = self.owners.get(&change.key).map_or(&[][..], Vec::as_slice);
        let mut owners = change.object.list("/metadata/ownerReferences").iter();
        change.happened != Happened::Deleted
            && owners.any(|owner| {
                known.iter().all(|(uid, _)| uid != owner.text("/uid"))
                    && matches!(owner_of(store, &self.gone, &change.key, owner), Owner::Gone)
            })
    }

    /// Keeps the two indexes, and marks whom the change concerns.
    fn follow(&mut self, store: &Store, change: &Change, dirty: &mut BTreeSet<Key>) {
        let Change { key, object, .. } = change;
        if change.happened == Happened::Deleted && is_foreign(key.kind) {
            self.gone.insert(object.uid().to_owned());
        }
        let owners: Vec<(String, Option<Key>)> = if change.happened == Happened::Deleted {
            dirty.extend(
                self.dependents
                    .get(object.uid())
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
            Vec::new()
        } else {
            object
                .list("/metadata/ownerReferences")
                .iter()
                .map(|r| (r.text("/uid").to_owned(), owner_key(store, key, r)))
                .collect()
        };
        for (uid, owner) in self.owners.remove(key).unwrap_or_default() {
            if owners.iter().any(|(still, _)| *still == uid) {
                continue;
            }
            if let Some(dependents) = self.dependents.get_mut(&uid) {
                dependents.remove(key);
                if dependents.is_empty() {
                    self.dependents.remove(&uid);
                }
            }
            // It may have waited for this one.
            dirty.extend(owner);
        }
        for (uid, _) in &owners {
            self.dependents
                .entry(uid.clone())
                .or_default()
                .insert(key.clone());
        }
        if change.happened != Happened::Deleted && (object.is_terminating() || !owners.is_empty()) {
            dirty.insert(key.clone());
        }
        if !owners.is_empty() {
            self.owners.insert(key.clone(), owners);
        }
    }

    fn look_at(&self, store: &mut Store, key: &Key, object: &Rc<Object>) {
        if object.is_terminating() {
            if finalizer::has(object, ORPHAN) {
                self.release_dependents(store, key, object);
            } else if finalizer::has(object, FOREGROUND) {
                self.delete_dependents(store, key, object);
            }
            return;
        }
        let mut living = 0;
        let mut waiting = false;
        let mut gone = Vec::new();
        for reference in object.list("/metadata/ownerReferences") {
            match owner_of(store, &self.gone, key, reference) {
                Owner::Lives => living += 1,
                Owner::Waits => {
                    waiting = true;
                    gone.push(reference.text("/uid").to_owned());
                }
                Owner::Gone => gone.push(reference.text("/uid").to_owned()),
            }
        }
        if gone.is_empty() {
            return;
        }
        if living > 0 {
            drop_owners(store, key, |uid| gone.iter().any(|g| g == uid));
            return;
        }
        let propagation = if finalizer::has(object, ORPHAN) {
            Propagation::Orphan
        } else if finalizer::has(object, FOREGROUND)
            || waiting && self.dependents.contains_key(object.uid())
        {
            Propagation::Foreground
        } else {
            Propagation::Background
        };
        delete(store, key, object, propagation);
    }

    fn release_dependents(&self, store: &mut Store, key: &Key, object: &Object) {
        for dependent in self.dependents.get(object.uid()).into_iter().flatten() {
            drop_owners(store, dependent, |uid| uid == object.uid());
        }
        store.drop_finalizer(key, ORPHAN);
    }

    /// Dependents first; the object follows when no dependent that blocks it is left.
    fn delete_dependents(&self, store: &mut Store, key: &Key, object: &Object) {
        let mut blocked = false;
        for dependent in self.dependents.get(object.uid()).into_iter().flatten() {
            let Some(found) = store
                .get(dependent.kind, &dependent.namespace, &dependent.name)
                .cloned()
            else {
                continue;
            };
            blocked |= found
                .list("/metadata/ownerReferences")
                .iter()
                .any(|r| r.text("/uid") == object.uid() && r.flag("/blockOwnerDeletion"));
            // Whether it goes or only loses this owner depends on its other owners.
            if !found.is_terminating() {
                self.look_at(store, dependent, &found);
            }
        }
        if !blocked {
            store.drop_finalizer(key, FOREGROUND);
        }
    }
}

/// How an owner is, as seen from a dependent.
enum Owner {
    /// It is there, or of a kind about which nothing is known.
    Lives,
    /// It is going and waits for its dependents to go first.
    Waits,
    /// Nothing of that name is there, or it is another one (by its uid).
    Gone,
}

fn owner_of(store: &Store, gone: &BTreeSet<String>, dependent: &Key, reference: &Value) -> Owner {
    let Some(key) = owner_key(store, dependent, reference) else {
        return Owner::Lives;
    };
    match store.get(key.kind, &key.namespace, &key.name) {
        Some(owner) if owner.uid() == reference.text("/uid") => {
            if owner.is_terminating() && finalizer::has(owner, FOREGROUND) {
                Owner::Waits
            } else {
                Owner::Lives
            }
        }
        // Who owns by hand, as stories do, names a DaemonSet that nobody here would act on, and need not make it.
        _ if is_foreign(key.kind) && !gone.contains(reference.text("/uid")) => Owner::Lives,
        _ => Owner::Gone,
    }
}

fn is_foreign(kind: Kind) -> bool {
    matches!(kind, Kind::AtRest(resource) if !resource.is_custom)
}

fn owner_key(store: &Store, dependent: &Key, reference: &Value) -> Option<Key> {
    let kind = store.kind_of(reference.text("/kind"), reference.text("/apiVersion"))?;
    Some(Key::new(
        kind,
        &dependent.namespace,
        reference.text("/name"),
    ))
}

fn drop_owners(store: &mut Store, key: &Key, mut goes: impl FnMut(&str) -> bool) {
    store.edit(key.kind, &key.namespace, &key.name, |object| {
        let mut owners = object.list("/metadata/ownerReferences").to_vec();
        owners.retain(|r| !goes(r.text("/uid")));
        if owners.is_empty() {
            object.take_away("/metadata/ownerReferences");
        } else {
            object.put("/metadata/ownerReferences", Value::Array(owners));
        }
    });
}

fn delete(store: &mut Store, key: &Key, object: &Object, propagation: Propagation) {
    let options = DeleteOptions {
        uid: Some(object.uid().into()),
        propagation,
        ..DeleteOptions::default()
    };
    // The object was read at this very moment, so its uid is right.
    let _deleted = store.delete(key.kind, &key.namespace, &key.name, &options);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A store in which revisions stand for owners and dependents alike.
    struct World {
        store: Store,
        collector: GarbageCollector,
    }

    impl World {
        fn new() -> Self {
            Self {
                store: Store::new(0, 1),
                collector: GarbageCollector::default(),
            }
        }

        /// A revision owned by these objects (with `blockOwnerDeletion` for names that end in `!`).
        fn make(&mut self, name: &str, owners: &[&str]) -> String {
            let owners: Vec<Value> = owners
                .iter()
                .map(|owner| {
                    let plain = owner.trim_end_matches('!');
                    json!({
                        "apiVersion": "apps/v1", "kind": "ControllerRevision", "name": plain,
                        "uid": self.store.get(Kind::ControllerRevision, "default", plain).map_or("no-such", |o| o.uid()),
                        "blockOwnerDeletion": plain.len() < owner.len(),
                    })
                })
                .collect();
            let object = json!({
                "metadata": {"name": name, "ownerReferences": owners}, "data": {}, "revision": 1,
            });
            let made = self
                .store
                .create(Kind::ControllerRevision, "default", object);
            made.unwrap().uid().into()
        }

        /// Until the collector has nothing in mind any more.
        fn run(&mut self) {
            loop {
                let mut seen = None;
                while seen != Some(self.store.version()) {
                    seen = Some(self.store.version());
                    self.collector.act(&mut self.store);
                }
                let Some(at) = self.collector.next() else {
                    return;
                };
                self.store.set_now(at);
            }
        }

        fn delete(&mut self, name: &str, propagation: Propagation) {
            let options = DeleteOptions {
                propagation,
                ..DeleteOptions::default()
            };
            self.store
                .delete(Kind::ControllerRevision, "default", name, &options)
                .unwrap();
        }

        fn names(&self) -> Vec<&str> {
            self.store
                .list(Kind::ControllerRevision, None)
                .map(|o| o.name())
                .collect()
        }

        fn object(&self, name: &str) -> &Object {
            self.store
                .get(Kind::ControllerRevision, "default", name)
                .unwrap()
        }
    }

    #[test]
    fn background_deletion_takes_the_whole_family() {
        let mut w = World::new();
        w.make("a", &[]);
        w.make("b", &["a"]);
        w.make("c", &["b"]);
        w.make("other", &[]);
        w.run();
        assert_eq!(w.names(), ["a", "b", "c", "other"]);
        w.delete("a", Propagation::Background);
        w.run();
        assert_eq!(w.names(), ["other"]);
    }

    #[test]
    fn an_owner_of_the_same_name_and_another_uid_is_not_the_owner() {
        let mut w = World::new();
        w.make("a", &[]);
        w.make("b", &["a"]);
        w.delete("a", Propagation::Background);
        w.make("a", &[]);
        w.run();
        assert_eq!(w.names(), ["a"]);
    }

    #[test]
    fn one_living_owner_is_enough_and_dead_ones_are_struck_out() {
        let mut w = World::new();
        w.make("a", &[]);
        let b = w.make("b", &[]);
        w.make("c", &["a", "b"]);
        w.make("d", &["nobody"]);
        w.delete("a", Propagation::Background);
        w.run();
        assert_eq!(w.names(), ["b", "c"]);
        let owners = w.object("c").list("/metadata/ownerReferences");
        assert_eq!(owners.len(), 1);
        assert_eq!(owners[0].text("/uid"), b);
    }

    #[test]
    fn an_owner_of_an_unknown_kind_is_left_alone() {
        let mut w = World::new();
        let object = json!({
            "metadata": {"name": "x", "ownerReferences": [
                {"apiVersion": "example.com/v1", "kind": "Thing", "name": "t", "uid": "1"},
            ]}, "data": {}, "revision": 1,
        });
        w.store
            .create(Kind::ControllerRevision, "default", object)
            .unwrap();
        w.run();
        assert_eq!(w.names(), ["x"]);
    }

    #[test]
    fn foreground_deletion_waits_for_those_that_block() {
        let mut w = World::new();
        w.make("a", &[]);
        w.make("blocks", &["a!"]);
        w.make("free", &["a"]);
        w.store
            .edit(Kind::ControllerRevision, "default", "blocks", |o| {
                o.put("/metadata/finalizers", json!(["example.com/held"]));
            });
        w.store
            .edit(Kind::ControllerRevision, "default", "free", |o| {
                o.put("/metadata/finalizers", json!(["example.com/held"]));
            });
        w.run();
        w.delete("a", Propagation::Foreground);
        w.run();
        assert_eq!(w.names(), ["a", "blocks", "free"]);
        assert!(w.object("free").is_terminating() && w.object("blocks").is_terminating());
        let held = Key::new(Kind::ControllerRevision, "default", "blocks");
        w.store.drop_finalizer(&held, "example.com/held");
        w.run();
        assert_eq!(w.names(), ["free"]);
    }

    #[test]
    fn a_dependent_with_another_owner_does_not_hold_up_foreground_deletion() {
        let mut w = World::new();
        w.make("a", &[]);
        w.make("b", &[]);
        w.make("shared", &["a!", "b"]);
        w.run();
        w.delete("a", Propagation::Foreground);
        w.run();
        assert_eq!(w.names(), ["b", "shared"]);
    }

    #[test]
    fn orphans_stay_and_forget_their_owner() {
        let mut w = World::new();
        w.make("a", &[]);
        w.make("b", &["a!"]);
        w.run();
        w.delete("a", Propagation::Orphan);
        w.run();
        assert_eq!(w.names(), ["b"]);
        assert_eq!(w.object("b").pointer("/metadata/ownerReferences"), None);
    }
}
