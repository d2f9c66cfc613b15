//! All the objects that there are, by kind, namespace and name.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::key::Key;
use super::kind::Kind;
use super::object::Object;

/// The objects of a cluster at one moment.
#[derive(Debug, Default)]
pub(crate) struct Objects(BTreeMap<Key, Rc<Object>>);

impl Objects {
    /// The object of this key.
    pub(crate) fn get(&self, key: &Key) -> Option<&Rc<Object>> {
        self.0.get(key)
    }

    /// All objects of a kind, in one namespace or in all (`None`), by namespace and name.
    pub(crate) fn list<'a>(
        &'a self,
        kind: Kind,
        namespace: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Rc<Object>> {
        let from = Key::new(kind, namespace.unwrap_or(""), "");
        self.0
            .range(from..)
            .take_while(move |(key, _)| {
                key.kind == kind
                    && (!kind.is_namespaced() || namespace.is_none_or(|n| key.namespace == n))
            })
            .map(|(_, object)| object)
    }

    /// The kinds of which there are objects.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self.0.keys().map(|key| key.kind).collect();
        kinds.dedup();
        kinds
    }

    /// Puts an object there, in the place of the one that was there.
    pub(crate) fn insert(&mut self, key: Key, object: Rc<Object>) {
        self.0.insert(key, object);
    }

    /// Takes an object away.
    pub(crate) fn remove(&mut self, key: &Key) {
        self.0.remove(key);
    }
}
