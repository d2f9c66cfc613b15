//! C API of `statefulset`: calls over pointer-free records that the caller owns, and a handle that takes and gives JSON.
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

// Inside.
mod fail;
mod guard;
mod name;
mod place;
mod pointer;
mod snapshot;
mod total;

// The order of the header: what all calls share,
mod version;

mod code;

mod report;
mod text;

// what goes into a plan,
mod sizes;

mod profile;

mod desired;
mod status;

mod observed;

mod pod;

mod claim;
mod volume;

mod budget;
mod node;

// the plan, and what follows from it,
mod plan;

mod action;
mod reason;

mod carry_out;
mod execution;

mod gate;
mod outcome;

mod explain;

mod pod_name;

// and the kubernetes tier.
mod kind;

mod cluster;
mod turn;

mod diagnosis;

mod cluster_carry_out;
mod request;

mod answer;

mod manifest;

pub use action::*;
pub use answer::*;
pub use budget::*;
pub use carry_out::*;
pub use claim::*;
pub use cluster::*;
pub use cluster_carry_out::*;
pub use code::*;
pub use desired::*;
pub use diagnosis::*;
pub use execution::*;
pub use explain::*;
pub use gate::*;
pub use kind::*;
pub use manifest::*;
pub use node::*;
pub use observed::*;
pub use outcome::*;
pub use plan::*;
pub use pod::*;
pub use pod_name::*;
pub use profile::*;
pub use reason::*;
pub use report::*;
pub use request::*;
pub use sizes::*;
pub use status::*;
pub use text::*;
pub use turn::*;
pub use version::*;
pub use volume::*;
