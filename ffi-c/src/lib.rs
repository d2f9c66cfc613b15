//! C API of `statefulset`: calls over pointer-free records that the caller owns, and a handle that takes and gives JSON.
//!
//! The manual is the header, `include/statefulset.h`, generated from this crate. Here are no decisions: records are
//! checked and translated, the planner is called, its answer is translated back. Every pointer is followed in
//! `pointer.rs`, every panic ends in `guard.rs`; everything else is safe code.
#![cfg_attr(not(feature = "std"), no_std)]
#![expect(non_camel_case_types, reason = "the names are those of the C API")]
#![expect(
    clippy::doc_markdown,
    clippy::missing_safety_doc,
    reason = "the documentation of exports is the C header's"
)]

extern crate alloc;

// Where there is no std.
#[cfg(not(feature = "std"))]
mod bug;
#[cfg(not(feature = "std"))]
mod heap;

// Inside.
mod fail;
mod guard;
#[cfg(target_family = "wasm")]
mod last_words;
mod name;
mod place;
mod pointer;
mod snapshot;
mod total;

// The order of the header: what all calls share,
mod version;

mod code;

mod text;

mod status;

mod report;

// what goes into a plan,
mod sizes;

mod profile;

mod upstream;

mod desired;

mod policies;

mod pod;

mod claim;

mod volume;

mod node;

mod budget;

mod observed;

// the plan, and what follows from it,
mod action;

mod reason;

mod gate;

mod plan;

mod group;

mod outcome;

mod carry_out;

mod execution;

mod explain;

mod pod_name;

// and the kubernetes tier.
#[cfg(feature = "kubernetes")]
mod kubernetes;

pub use action::*;
pub use budget::*;
pub use carry_out::*;
pub use claim::*;
pub use code::*;
pub use desired::*;
pub use execution::*;
pub use explain::*;
pub use gate::*;
pub use group::*;
#[cfg(feature = "kubernetes")]
pub use kubernetes::*;
pub use node::*;
pub use observed::*;
pub use outcome::*;
pub use plan::*;
pub use pod::*;
pub use pod_name::*;
pub use policies::*;
pub use profile::*;
pub use reason::*;
pub use report::*;
pub use sizes::*;
pub use status::*;
pub use text::*;
pub use upstream::*;
pub use version::*;
pub use volume::*;
