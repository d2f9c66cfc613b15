//! What the caller has seen of the cluster, how far it has seen it, and which sets a change concerns.
//!
//! This room knows objects. It makes no requests and asks the planner nothing.

pub(crate) mod agenda;
pub(crate) mod behind;
pub(crate) mod claiming;
pub(crate) mod concerns;
pub(crate) mod entry;
pub(crate) mod families;
pub(crate) mod freshness;
mod groups;
pub(crate) mod nodes;
pub(crate) mod numbering;
pub(crate) mod objects;
pub(crate) mod reach;
pub(crate) mod roster;
pub(crate) mod store;
pub(crate) mod volume_shelf;
pub(crate) mod volumes;
