//! A whole Kubernetes cluster in memory, under a virtual clock and a seed, driven by kubectl's own words.
//!
//! It makes no StatefulSet decisions: its controller uses the library as any outsider would.
//!
//! Its rooms import downward only: values, admission, store, components, controller, timeline, world, kubectl; story and
//! worlds on top (`tests/rooms.rs`).

/// The README's program is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod admission;
mod components;
mod controller;
#[doc(hidden)]
pub mod judged;
pub mod kubectl;
mod store;
pub mod story;
mod timeline;
mod values;
mod world;
pub mod worlds;

pub use components::kubelet::{Failure, Process};
pub use controller::{Program, faults};
pub use statefulset::Profile;
pub use store::{Bookmark, Change, DeleteOptions, Happened, Propagation, Store};
/// Files as `kubectl` takes them, and as its output is.
pub mod documents {
    pub use crate::values::documents::{Document, Unreadable, split, text, without_place};
}
pub use values::error::{ApiError, ApiReason, Invalid};
pub use values::exec::Exec;
pub use values::key::Key;
pub use values::kind::{Kind, Resource};
pub use values::object::{Fields, Object};
pub use values::patch::{PatchType, patched, three_way};
pub use world::{Options, Settled, World};
