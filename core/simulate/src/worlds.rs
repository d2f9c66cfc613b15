//! An attacked world: random sets, random commands, random faults, and a look at every promise after every moment.
//!
//! A world is a [`Case`]: drawn from a seed, lived through by [`Case::run`], and where it fails made as small as it can
//! be by [`shrink`]. What is left is told as a story that `sts simulate` can replay.
//!
//! It knows kubectl, the world and what the controller did in it, and no other room uses it.

mod asks;
mod breach;
mod case;
mod draw;
mod goal;
mod identity;
mod manifest;
mod named;
mod order;
mod past;
mod pattern;
mod patterns;
mod removal;
mod shrink;
mod step;
mod storage;
mod wanted;
mod witness;
mod words;

pub use asks::Asks;
pub use breach::Breach;
pub use case::{Case, Failure};
pub use manifest::Manifest;
pub use named::{NAMED, Named};
pub use past::past;
pub use pattern::{Pattern, Tally};
pub use shrink::shrink;
pub use step::Step;
