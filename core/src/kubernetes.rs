//! Real objects in, ready-to-send requests out.
//!
//! The caller gives [`Cluster`] the objects that a watch delivers, and the cluster keeps what decisions depend on.
//! [`Cluster::due`] says which sets to plan for. [`Cluster::plan`] gives the requests for one of them. The caller sends
//! those that [`Requests::may_try`] allows, and gives their outcomes to [`Cluster::finish`]. The answer is what is left to
//! do: the status to write, old revisions to delete, and events to record.
//!
//! This tier does not decide in which order pods are created and deleted: [`plan`](crate::plan()) does.
//!
//! The rooms import downward only, in this order: `value`, `schema`, then `defaults` and `validation`, `object`, `view`, `turn`,
//! `diagnosis` and `upgrade`, and the door, `cluster` and `wire`.

mod cluster;
mod defaults;
#[expect(
    clippy::format_push_string,
    reason = "sentences for people are put together piece by piece, and nothing waits for them"
)]
mod diagnosis;
mod object;
mod schema;
mod turn;
mod upgrade;
mod validation;
mod value;
mod view;
pub mod wire;

pub use cluster::Cluster;
pub use defaults::default_stateful_set;
pub use diagnosis::{
    Cause, CauseName, Cure, Diagnosis, Evidence, Fate, Finding, ObjectName, PATIENCE, Proof,
    Verdict, Weight,
};
pub use object::facts::DRAINING;
pub use object::resource::{NoSetResource, SetResource, UnknownKind};
pub use object::stateful_set::FINALIZER;
pub use turn::event::{Event, EventType};
pub use turn::request::{Blocker, Method, NoPlanId, Outcome, PlanId, Request, Requests};
pub use turn::tail::Tail;
pub use upgrade::{Change, Effect, Upgrade};
pub use validation::field_error::{FieldError, FieldErrorReason};
pub use validation::{validate_stateful_set, validate_stateful_set_update};
pub use value::changed::CHANGED_ANNOTATION;
pub use value::error::ObjectError;
pub use value::key::Key;
pub use value::kind::Kind;
pub use value::marks::{
    HOLD_ANNOTATION, PREPARE_ANNOTATION, PREPARED_ANNOTATION, REPLACE_ANNOTATION,
};
pub use value::policies::POLICIES_ANNOTATION;
pub use value::policies::rank::RANK_LABEL;
pub use value::quantity;
pub use view::agenda::Due;
pub use view::freshness::{Awaited, Unseen};
pub use wire::{Reconciled, WireError, normalize, reconcile};
