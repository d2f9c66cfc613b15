//! What names an object, and what happens to it.

use std::rc::Rc;

use statefulset::Millis;

use crate::kind::Kind;
use crate::object::{Fields, Object};

/// What names an object.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    /// Its kind.
    pub kind: Kind,
    /// Its namespace; empty for kinds without.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl Key {
    /// The key with these parts; the namespace is dropped for kinds that have none.
    pub fn new(kind: Kind, namespace: &str, name: &str) -> Self {
        let namespace = if kind.is_namespaced() { namespace } else { "" };
        Self {
            kind,
            namespace: namespace.into(),
            name: name.into(),
        }
    }

    /// The key of `object`.
    pub fn of(kind: Kind, object: &Object) -> Self {
        Self::new(kind, object.namespace(), object.name())
    }
}

/// What happened to an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happened {
    /// It is new.
    Added,
    /// It is different.
    Modified,
    /// It is gone; the change carries its last state.
    Deleted,
}

/// One entry of the log.
#[derive(Clone, Debug)]
pub struct Change {
    /// The store's version after it.
    pub version: u64,
    /// When.
    pub at: Millis,
    /// What.
    pub happened: Happened,
    /// To whom.
    pub key: Key,
    /// The object after it (before it, for a deletion).
    pub object: Rc<Object>,
}
