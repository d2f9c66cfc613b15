//! C API of `statefulset`: one call over pointer-free records that the caller owns.
//!
//! The manual is the header, `include/statefulset.h`, generated from this crate. Here are no decisions: records are
//! checked and translated, the planner is called, its answer is translated back. Every pointer is followed in
//! `pointer.rs`, every panic ends in `guard.rs`; everything else is safe code.
#![expect(non_camel_case_types, reason = "the names are those of the C API")]
#![expect(
    clippy::doc_markdown,
    clippy::missing_safety_doc,
    reason = "the documentation of exports is the C header's"
)]

mod action;
mod budget;
mod claim;
mod code;
mod desired;
mod fail;
mod gate;
mod guard;
mod name;
mod node;
mod observed;
mod place;
mod plan;
mod pod;
mod pointer;
mod profile;
mod reason;
mod report;
mod status;
mod version;
mod volume;

pub use action::*;
pub use budget::*;
pub use claim::*;
pub use code::*;
pub use desired::*;
pub use gate::*;
pub use node::*;
pub use observed::*;
pub use plan::*;
pub use pod::*;
pub use profile::*;
pub use reason::*;
pub use report::*;
pub use status::*;
pub use version::*;
pub use volume::*;
