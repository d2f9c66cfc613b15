//! A whole Kubernetes cluster in memory, under a virtual clock and a seed, driven by kubectl's own words.
//!
//! It makes no StatefulSet decisions: its controller uses the library as any outsider would.

mod admission;
mod budgets;
mod component;
mod condition;
mod controller;
mod error;
pub mod faults;
mod gc;
mod instant;
mod kind;
pub mod kubectl;
mod kubelet;
mod network;
mod nodes;
mod object;
mod patch;
mod protection;
mod recorder;
mod rng;
mod scheduler;
mod schema;
mod storage;
mod store;
pub mod story;
mod timeline;
mod timers;
mod world;
pub mod worlds;

pub use controller::Program;
pub use error::{ApiError, ApiReason, Invalid};
pub use kind::Kind;
pub use kubelet::{Exec, Failure, Process};
pub use object::{Fields, Object};
pub use patch::{PatchType, patched, three_way};
pub use statefulset::Profile;
pub use store::{Bookmark, Change, DeleteOptions, Happened, Key, Propagation, Store};
pub use world::{Options, Settled, World};
