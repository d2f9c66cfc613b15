//! Real objects in, ready-to-send requests out.
//!
//! [`Cluster`] is told of objects as a watch delivers them and keeps what decisions need. [`Cluster::due`] says which
//! sets to look at; [`Cluster::plan`] gives the requests for one; the caller sends them, as far as
//! [`Requests::may_try`] allows, and hands their outcomes to [`Cluster::finish`], which gives the rest: the status, the
//! history's surplus, and events.
//!
//! Nothing here decides in which order pods come and go: that is [`plan`](crate::plan()).

mod agenda;
mod claiming;
mod cluster;
mod concerns;
mod defaults;
mod diagnosis;
mod draft;
mod entry;
mod error;
mod event;
mod facts;
mod families;
mod field_error;
mod freshness;
mod history;
mod key;
mod kind;
mod labels;
mod nodes;
mod numbering;
mod object;
mod objects;
mod obstacle;
mod own;
mod owner;
pub mod quantity;
mod request;
mod resource;
mod revision;
mod roster;
mod shared;
mod snapshot;
mod stateful_set;
mod status;
mod store;
mod template;
mod translate;
mod turn;
mod validation;
mod version;
mod volumes;
pub mod wire;

pub use agenda::Due;
pub use cluster::{Cluster, Tail};
pub use defaults::default_stateful_set;
pub use diagnosis::{Diagnosis, Finding, Trap, TrapName};
pub use error::ObjectError;
pub use event::{Event, EventType};
pub use facts::DRAINING;
pub use field_error::{FieldError, FieldErrorReason};
pub use key::Key;
pub use kind::Kind;
pub use request::{Blocker, Method, NoPlanId, Outcome, PlanId, Request, Requests};
pub use resource::{NoSetResource, SetResource, UnknownKind};
pub use stateful_set::FINALIZER;
pub use validation::{validate_stateful_set, validate_stateful_set_update};
pub use wire::{Reconciled, WireError, normalize, reconcile};
