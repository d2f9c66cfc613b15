//! What happens to an object.

use std::rc::Rc;

use statefulset::Millis;

use crate::values::key::Key;
use crate::values::object::Object;

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
