//! What things are: objects and how they are read, compared, patched and said, times, random numbers, refusals.
//!
//! Nothing in here knows that there is a cluster; no other room of this crate is imported.

pub(crate) mod affinity;
pub(crate) mod budget;
pub(crate) mod condition;
pub(crate) mod demand;
pub(crate) mod documents;
pub(crate) mod duration;
pub(crate) mod error;
pub(crate) mod exec;
pub(crate) mod finalizer;
pub(crate) mod generation;
pub(crate) mod instant;
pub(crate) mod key;
pub(crate) mod kind;
pub(crate) mod managed_fields;
pub(crate) mod object;
pub(crate) mod objects;
pub(crate) mod patch;
pub(crate) mod pod;
pub(crate) mod quota;
pub(crate) mod rng;
pub(crate) mod schema;
pub(crate) mod taint;
