//! Objects by namespace and name.

use std::boxed::Box;
use std::collections::BTreeMap;
use std::vec::Vec;

use indexmap::IndexMap;

use super::families::Families;
use crate::kubernetes::object::facts::{
    BudgetFacts, ClaimFacts, ClassFacts, NodeFacts, PodFacts, RevisionFacts, VolumeFacts,
};
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::object::version::{Uid, Version};
use crate::kubernetes::value::key::Key;

/// A map from namespace and name. Two levels, so that a namespace is stored once, not with each object. Namespaces are
/// found by their hashes: to compare names costs a look at other objects' memory, the more the more there are.
#[derive(Clone, Debug)]
pub(crate) struct Store<T> {
    namespaces: IndexMap<Box<str>, BTreeMap<Box<str>, T>>,
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self {
            namespaces: IndexMap::new(),
        }
    }
}

impl<T> Store<T> {
    pub(crate) fn get(&self, namespace: &str, name: &str) -> Option<&T> {
        self.namespaces.get(namespace)?.get(name)
    }

    pub(crate) fn get_mut(&mut self, namespace: &str, name: &str) -> Option<&mut T> {
        self.namespaces.get_mut(namespace)?.get_mut(name)
    }

    pub(crate) fn insert(&mut self, namespace: &str, name: &str, value: T) -> Option<T> {
        if let Some(objects) = self.namespaces.get_mut(namespace) {
            return objects.insert(name.into(), value);
        }
        let mut objects = BTreeMap::new();
        objects.insert(name.into(), value);
        self.namespaces.insert(namespace.into(), objects);
        None
    }

    pub(crate) fn remove(&mut self, namespace: &str, name: &str) -> Option<T> {
        let objects = self.namespaces.get_mut(namespace)?;
        let removed = objects.remove(name);
        if objects.is_empty() {
            self.namespaces.swap_remove(namespace);
        }
        removed
    }

    /// All objects of a namespace, by name.
    pub(crate) fn within(&self, namespace: &str) -> impl Iterator<Item = (&str, &T)> {
        self.namespaces
            .get(namespace)
            .into_iter()
            .flatten()
            .map(|(name, value)| (&**name, value))
    }

    /// The keys of all objects, in no order that means anything.
    pub(crate) fn all_keys(&self) -> Vec<Key> {
        self.namespaces
            .iter()
            .flat_map(|(namespace, objects)| {
                objects.keys().map(|name| Key::new(&**namespace, &**name))
            })
            .collect()
    }
}

/// An object that has an identity and a version.
pub(crate) trait Versioned: Clone + PartialEq {
    fn version(&self) -> &Version;
    fn version_mut(&mut self) -> &mut Version;
}

macro_rules! versioned {
    ($($facts:ty),*) => {$(
        impl Versioned for $facts {
            fn version(&self) -> &Version {
                &self.version
            }
            fn version_mut(&mut self) -> &mut Version {
                &mut self.version
            }
        }
    )*};
}

versioned!(
    StatefulSet,
    PodFacts,
    ClaimFacts,
    RevisionFacts,
    VolumeFacts,
    ClassFacts,
    NodeFacts,
    BudgetFacts
);

impl<T: Versioned> Store<T> {
    /// Stores an object, unless it is older than what is known. Says whether anything but its version has changed.
    pub(crate) fn put(&mut self, key: &Key, new: T, listing: bool) -> bool {
        let news = News::of(self.get(&key.namespace, &key.name), &new, listing);
        if news != News::Old {
            self.insert(&key.namespace, &key.name, new);
        }
        news == News::Changed
    }
}

/// What an object says beside what is known of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum News {
    /// It is older.
    Old,
    /// Nothing but its version has changed.
    Same,
    /// Something has changed, or it is new.
    Changed,
}

impl News {
    pub(crate) fn of<T: Versioned>(old: Option<&T>, new: &T, listing: bool) -> Self {
        let Some(old) = old else {
            return Self::Changed;
        };
        if is_older(new.version(), old.version(), listing) {
            return Self::Old;
        }
        let mut old = old.clone();
        *old.version_mut() = new.version().clone();
        if old == *new {
            Self::Same
        } else {
            Self::Changed
        }
    }
}

/// Whether news about an object are older than what is known. A list may show an object of another uid with any
/// version: the cluster may have been restored.
pub(crate) fn is_older(new: &Version, old: &Version, listing: bool) -> bool {
    let comparable = new.uid == old.uid || !listing;
    comparable
        && new
            .resource
            .number()
            .zip(old.resource.number())
            .is_some_and(|(n, o)| n < o)
}

/// What can be done with a store whatever it holds.
pub(crate) trait Shelf {
    fn keys(&self) -> Vec<Key>;
    fn uid(&self, namespace: &str, name: &str) -> Option<&Uid>;
    /// Says whether the object was there.
    fn drop(&mut self, namespace: &str, name: &str) -> bool;
}

impl<T: Versioned> Shelf for Store<T> {
    fn keys(&self) -> Vec<Key> {
        self.all_keys()
    }

    fn uid(&self, namespace: &str, name: &str) -> Option<&Uid> {
        let object = self.get(namespace, name);
        object.map(|object| &object.version().uid)
    }

    fn drop(&mut self, namespace: &str, name: &str) -> bool {
        self.remove(namespace, name).is_some()
    }
}

impl Shelf for Families<Option<Box<PodFacts>>> {
    fn keys(&self) -> Vec<Key> {
        self.all_keys()
    }

    fn uid(&self, namespace: &str, name: &str) -> Option<&Uid> {
        let pod = self.get(namespace, name)?.as_deref();
        pod.map(|pod| &pod.version.uid)
    }

    fn drop(&mut self, namespace: &str, name: &str) -> bool {
        self.remove(namespace, name).is_some()
    }
}

impl Shelf for Families<Box<ClaimFacts>> {
    fn keys(&self) -> Vec<Key> {
        self.all_keys()
    }

    fn uid(&self, namespace: &str, name: &str) -> Option<&Uid> {
        let claim = self.get(namespace, name);
        claim.map(|claim| &claim.version.uid)
    }

    fn drop(&mut self, namespace: &str, name: &str) -> bool {
        self.remove(namespace, name).is_some()
    }
}
