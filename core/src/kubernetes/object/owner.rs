//! Owner references.

use std::boxed::Box;

use serde_json::{Value, json};

use super::fields::OwnerReference;
use super::resource::SetResource;
use super::version::Uid;
use crate::claim::OwnerRef;
use crate::kubernetes::value::kind::Kind;

/// The reference with `controller: true`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Controller {
    /// A set.
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
    pub(crate) fn among(owners: &[OwnerReference<'_>], sets: &SetResource) -> Option<Self> {
        let owner = owners.iter().find(|owner| owner.controller)?;
        Some(if sets.is_kind(&owner.api_version.0, &owner.kind.0) {
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
    pub(crate) fn names(&self, api_version: &str, kind: &str, name: &str) -> bool {
        &*self.api_version == api_version && &*self.kind == kind && &*self.name == name
    }

    /// Whether it names a pod, with whatever uid.
    pub(crate) fn names_pod(&self, name: &str) -> bool {
        self.names(Kind::Pod.api_version(), Kind::Pod.name(), name)
    }
}

/// The state of the reference to an object among a claim's owners. `uid` is `None` where the object does not exist.
/// Only the first reference that names it counts, as in Kubernetes.
pub(crate) fn state(
    owners: &[Owner],
    names_it: impl Fn(&Owner) -> bool,
    uid: Option<&Uid>,
) -> OwnerRef {
    match owners.iter().find(|owner| names_it(owner)) {
        None => OwnerRef::Absent,
        Some(owner) if Some(&owner.uid) != uid => OwnerRef::OtherUid,
        Some(owner) if owner.controller => OwnerRef::Controller,
        Some(_) => OwnerRef::Plain,
    }
}

/// The same where nobody asks for a controller: any reference with the uid will do, and any other of this name is to an
/// earlier object.
pub(crate) fn plain_state(owners: &[Owner], name: &str, uid: Option<&Uid>) -> OwnerRef {
    match owners.iter().find(|owner| Some(&owner.uid) == uid) {
        Some(owner) if owner.controller => OwnerRef::Controller,
        Some(_) => OwnerRef::Plain,
        None if owners.iter().any(|owner| *owner.name == *name) => OwnerRef::OtherUid,
        None => OwnerRef::Absent,
    }
}

/// A controller reference to an object.
pub(crate) fn controller(api_version: &str, kind: &str, name: &str, uid: &Uid) -> Value {
    json!({
        "apiVersion": api_version,
        "blockOwnerDeletion": true,
        "controller": true,
        "kind": kind,
        "name": name,
        "uid": uid,
    })
}

/// The same reference as one of an owner that is no controller.
pub(crate) fn without_control(mut reference: Value) -> Value {
    if let Value::Object(fields) = &mut reference {
        fields.remove("blockOwnerDeletion");
        fields.remove("controller");
    }
    reference
}

/// A controller reference to a pod.
pub(crate) fn pod_controller(name: &str, uid: &Uid) -> Value {
    controller(Kind::Pod.api_version(), Kind::Pod.name(), name, uid)
}
