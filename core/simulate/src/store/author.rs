//! In whose name objects are written, and who manages their fields after that.
//!
//! The managers of an object are kept from its creation on if a client has created it, and else from its first server-side
//! apply on. What components create (pods, claims, events) has none before: thousands of such objects are written at each
//! moment, and nobody asks. An API server that does not know the managers of an object makes do in the same way.

use std::mem;
use std::rc::Rc;

use super::Store;
use crate::admission;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::managed_fields::{self, Writer};
use crate::values::object::{Fields, Object};

/// Who writes.
#[derive(Clone, Default, Debug)]
pub(crate) enum Author {
    /// Nobody has said it.
    #[default]
    Unknown,
    /// A part of the cluster.
    Component(&'static str),
    /// A client from outside, and the part of objects to which it writes: all of it, or a subresource.
    Client(Rc<str>, &'static str),
}

impl Author {
    fn manager(&self) -> &str {
        match self {
            Self::Unknown => "unknown",
            Self::Component(name) => name,
            Self::Client(name, _) => name,
        }
    }

    const fn part(&self) -> &'static str {
        match self {
            Self::Client(_, part) => part,
            Self::Unknown | Self::Component(_) => "",
        }
    }
}

impl Store {
    /// From now on, what is written is written in this name. Gives in whose it was so far.
    pub(crate) fn write_as(&mut self, author: Author) -> Author {
        mem::replace(&mut self.author, author)
    }

    /// In whose name is written now.
    pub(crate) const fn author(&self) -> &Author {
        &self.author
    }

    /// Does `work` in this name.
    pub(super) fn as_manager<T>(
        &self,
        subresource: Option<&'static str>,
        work: impl FnOnce(&Writer<'_>) -> T,
    ) -> T {
        work(&Writer {
            manager: self.author.manager(),
            subresource: subresource.unwrap_or(self.author.part()),
            time: &instant::rfc3339(self.now),
        })
    }

    /// Says in a new object who manages it.
    pub(super) fn manage_new(&self, kind: Kind, object: &mut Object) {
        if matches!(self.author, Author::Client(..)) {
            self.manage(kind, None, object, None);
        }
    }

    /// Says in an object that a request puts in the place of another one who manages it then.
    pub(super) fn manage_next(
        &self,
        kind: Kind,
        old: &Object,
        object: &mut Object,
        subresource: Option<&'static str>,
    ) {
        if [old, object].into_iter().any(managed_fields::is_managed) {
            self.manage(kind, Some(old), object, subresource);
        } else {
            managed_fields::forget(object);
        }
    }

    /// What defaults add is the client's; what admission adds after that is nobody's.
    fn manage(
        &self,
        kind: Kind,
        old: Option<&Object>,
        object: &mut Object,
        subresource: Option<&'static str>,
    ) {
        let mut asked = object.clone();
        admission::default(kind, &mut asked);
        self.as_manager(subresource, |writer| {
            managed_fields::update(kind, old, &mut asked, writer);
        });
        managed_fields::move_to(&mut asked, object);
    }

    /// The same after only the status has changed.
    pub(super) fn manage_status(&self, kind: Kind, old: &Object, object: &mut Object) {
        if managed_fields::is_managed(old) {
            self.as_manager(Some("status"), |writer| {
                managed_fields::update_status(kind, old, object, writer);
            });
        }
    }

    /// The same after a component has changed the object itself.
    pub(super) fn manage_edited(&self, kind: Kind, old: &Object, object: &mut Object) {
        if !managed_fields::is_managed(old) {
            return;
        }
        let rest = |object: &Object| {
            let mut rest = object.clone();
            rest.take_away("/status");
            rest
        };
        if rest(old) != rest(object) {
            self.as_manager(None, |writer| {
                managed_fields::update(kind, Some(old), object, writer);
            });
        }
        if old.get("status") != object.get("status") {
            let mut before = rest(object);
            if let Some(status) = old.get("status") {
                before["status"] = status.clone();
            }
            self.manage_status(kind, &before, object);
        }
    }
}
