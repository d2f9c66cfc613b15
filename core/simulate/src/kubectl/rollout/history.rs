//! The revisions of a set.

use std::rc::Rc;

use crate::kubectl::failure::Failure;
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// A set's own revisions, lowest number first.
pub(super) struct History(Vec<Rc<Object>>);

impl History {
    pub(super) fn of(store: &Store, set: &Object) -> Self {
        let all = store.list(Kind::ControllerRevision, Some(set.namespace()));
        let own = all.filter(|r| r.controller().is_some_and(|o| o.text("/uid") == set.uid()));
        let mut revisions: Vec<_> = own.cloned().collect();
        revisions.sort_by_key(|r| r.int("/revision"));
        Self(revisions)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Object> {
        self.0.iter().map(|r| &**r)
    }

    pub(super) fn find(&self, number: i64) -> Option<&Object> {
        self.iter().find(|r| r.int("/revision") == Some(number))
    }

    /// The revision to go back to: this one, or for 0 the last but one.
    pub(super) fn before(&self, number: i64) -> Result<&Object, Failure> {
        if number != 0 {
            return self.find(number).ok_or_else(|| {
                Failure::error(format!(
                    "unable to find specified revision {number} in history"
                ))
            });
        }
        match self.0.as_slice() {
            [.., before, _] => Ok(before),
            _ => Err(Failure::error("no last revision to roll back to")),
        }
    }
}
