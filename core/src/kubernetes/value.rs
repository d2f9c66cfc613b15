//! Small values that objects are made of and named by: kinds, keys, labels, quantities, and reading JSON.
//!
//! This room knows of no object as a whole, and of no other room.

pub(crate) mod changed;
pub(crate) mod error;
pub(crate) mod input;
pub(crate) mod key;
pub(crate) mod kind;
pub(crate) mod labels;
pub(crate) mod marks;
mod mistake;
pub(crate) mod own;
pub(crate) mod policies;
pub mod quantity;
pub(crate) mod ranges;
pub(crate) mod shared;
