//! Owner references.

use std::boxed::Box;

use serde_json::{Value, json};

use super::kind::Kind;
use super::object::OwnerReference;
use super::version::Uid;
use crate::claim::OwnerRef;

/// The reference with `controller: true`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Controller {
    /// A StatefulSet.
    Set {
        /// Its name.
        name: Box<str>,
        /// Its uid.
        uid: Uid,
    },
    /// Something else.
    Other,
}

impl Controller {
    pub(crate) fn among(owners: &[OwnerReference<'_>]) -> Option<Self> {
        let owner = owners.iter().find(|owner| owner.controller)?;
        // The group is not compared, as in Kubernetes.
        Some(if owner.kind.0 == Kind::StatefulSet.name() {
            Self::Set {
                name: (&*owner.name.0).into(),
                uid: Uid::from(&*owner.uid.0),
            }
        } else {
            Self::Other
        })
    }

    /// Whether it is this very set.
    pub(crate) fn is(&self, set_name: &str, set_uid: &Uid) -> bool {
        matches!(self, Self::Set { name, uid } if **name == *set_name && uid == set_uid)
    }
}

/// An owner reference of a claim.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Owner {
    api_version: Box<str>,
    kind: Box<str>,
    name: Box<str>,
    pub(crate) uid: Uid,
    pub(crate) controller: bool,
}

impl Owner {
    pub(crate) fn of(owner: &OwnerReference<'_>) -> Self {
        Self {
            api_version: (&*owner.api_version.0).into(),
            kind: (&*owner.kind.0).into(),
            name: (&*owner.name.0).into(),
            uid: Uid::from(&*owner.uid.0),
            controller: owner.controller,
        }
    }

    /// Whether it names an object, with whatever uid.
    pub(crate) fn names(&self, kind: Kind, name: &str) -> bool {
        *self.api_version == *kind.api_version()
            && *self.kind == *kind.name()
            && &*self.name == name
    }
}

/// The state of the reference to an object among a claim's owners. `uid` is `None` where the object does not exist.
/// Only the first reference that names it counts, as in Kubernetes.
pub(crate) fn state(owners: &[Owner], kind: Kind, name: &str, uid: Option<&Uid>) -> OwnerRef {
    match owners.iter().find(|owner| owner.names(kind, name)) {
        None => OwnerRef::Absent,
        Some(owner) if Some(&owner.uid) != uid => OwnerRef::OtherUid,
        Some(owner) if owner.controller => OwnerRef::Controller,
        Some(_) => OwnerRef::Plain,
    }
}

/// A controller reference to an object.
pub(crate) fn controller(kind: Kind, name: &str, uid: &Uid) -> Value {
    json!({
        "apiVersion": kind.api_version(),
        "blockOwnerDeletion": true,
        "controller": true,
        "kind": kind.name(),
        "name": name,
        "uid": uid,
    })
}
