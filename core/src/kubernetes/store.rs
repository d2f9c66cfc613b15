//! Objects by namespace and name.

use std::boxed::Box;
use std::collections::BTreeMap;
use std::string::String;
use std::vec::Vec;

use super::key::Key;

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

    pub(crate) fn keys(&self) -> Vec<Key> {
        self.namespaces
            .iter()
            .flat_map(|(namespace, objects)| {
                objects.keys().map(|name| Key::new(&**namespace, &**name))
            })
            .collect()
    }
}
