//! Real objects in, ready-to-send requests out.

mod awaited;
mod cause;
mod cluster;
mod diagnosis;
mod error;
pub(crate) mod json;
mod look;
mod manifest;
mod object;
mod outcome;
mod request;
mod turn;
mod upgrade;
mod waiting;

pub(crate) use awaited::Awaited;
pub(crate) use cause::{Cause, Cure, ObjectName, Proof};
pub(crate) use cluster::Cluster;
pub(crate) use diagnosis::{Diagnosis, Finding};
pub(crate) use look::reconcile;
pub(crate) use manifest::{FieldError, normalize, validate, validate_update};
pub(crate) use outcome::Outcome;
pub(crate) use request::Request;
pub(crate) use turn::{Due, Event, Requests, Tail};
pub(crate) use upgrade::{Change, Upgrade};
pub(crate) use waiting::Waiting;
