//! A whole Kubernetes cluster in memory, under a virtual clock and a seed, driven by kubectl's own words.
//!
//! It makes no StatefulSet decisions: its controller uses the library as any outsider would.

mod admission;
mod error;
mod instant;
mod kind;
mod object;
mod rng;
mod store;

pub use error::{ApiError, ApiReason};
pub use kind::Kind;
pub use object::{Fields, Object};
pub use store::{Change, DeleteOptions, Happened, Key, Propagation, Store};
