//! Objects by namespace and name.

use std::boxed::Box;
use std::collections::BTreeMap;
use std::string::String;
use std::vec::Vec;

use super::facts::{
    BudgetFacts, ClaimFacts, ClassFacts, NodeFacts, PodFacts, RevisionFacts, Version, VolumeFacts,
};
use super::key::Key;
use super::stateful_set::StatefulSet;

/// A map from namespace and name. Two levels, so that a namespace is stored once, not with each object.
#[derive(Clone, Debug)]
pub(crate) struct Store<T> {
    namespaces: BTreeMap<Box<str>, BTreeMap<Box<str>, T>>,
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self {
            namespaces: BTreeMap::new(),
        }
    }
}

impl<T> Store<T> {
    pub(crate) fn get(&self, namespace: &str, name: &str) -> Option<&T> {
        self.namespaces.get(namespace)?.get(name)
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
            self.namespaces.remove(namespace);
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

    /// The objects of a namespace whose names begin with `<stem>-`, by name.
    pub(crate) fn family<'a>(
        &'a self,
        namespace: &str,
        stem: &str,
    ) -> impl Iterator<Item = (&'a str, &'a T)> + use<'a, T> {
        let prefix: String = [stem, "-"].concat();
        let objects = self.namespaces.get(namespace);
        objects
            .into_iter()
            .flat_map({
                let from: Box<str> = prefix.as_str().into();
                move |objects| objects.range(from.clone()..)
            })
            .take_while(move |(name, _)| name.starts_with(&*prefix))
            .map(|(name, value)| (&**name, value))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.namespaces.values().flat_map(BTreeMap::values)
    }

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
        let changed = match self.get(&key.namespace, &key.name) {
            None => true,
            Some(old) if is_older(new.version(), old.version(), listing) => return false,
            Some(old) => {
                let mut old = old.clone();
                *old.version_mut() = new.version().clone();
                old != new
            }
        };
        self.insert(&key.namespace, &key.name, new);
        changed
    }
}

/// Whether news about an object are older than what is known. A list may show an object of another uid with any
/// version: the cluster may have been restored.
pub(crate) fn is_older(new: &Version, old: &Version, listing: bool) -> bool {
    let comparable = new.uid == old.uid || !listing;
    comparable && new.number().zip(old.number()).is_some_and(|(n, o)| n < o)
}

/// What can be done with a store whatever it holds.
pub(crate) trait Shelf {
    fn keys(&self) -> Vec<Key>;
    fn uid(&self, namespace: &str, name: &str) -> Option<&str>;
    /// Says whether the object was there.
    fn drop(&mut self, namespace: &str, name: &str) -> bool;
}

impl<T: Versioned> Shelf for Store<T> {
    fn keys(&self) -> Vec<Key> {
        self.all_keys()
    }

    fn uid(&self, namespace: &str, name: &str) -> Option<&str> {
        let object = self.get(namespace, name);
        object.map(|object| &*object.version().uid)
    }

    fn drop(&mut self, namespace: &str, name: &str) -> bool {
        self.remove(namespace, name).is_some()
    }
}

impl Shelf for Store<Option<Box<PodFacts>>> {
    fn keys(&self) -> Vec<Key> {
        self.all_keys()
    }

    fn uid(&self, namespace: &str, name: &str) -> Option<&str> {
        let pod = self.get(namespace, name)?.as_deref();
        pod.map(|pod| &*pod.version.uid)
    }

    fn drop(&mut self, namespace: &str, name: &str) -> bool {
        self.remove(namespace, name).is_some()
    }
}
