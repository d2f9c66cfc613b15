//! What is left to do after the requests of a plan.

use std::vec::Vec;

use super::event::Event;
use super::request::Request;
use crate::outcome::Next;

/// What is left to do after the requests of a plan: first the status, then the history of revisions.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Tail {
    /// The requests to send, in order. The first that fails ends them, unless it is a [duty](Request::duty). The status
    /// is one, so the history is cut even if the status could not be published.
    pub requests: Vec<Request>,
    /// The events to record.
    pub events: Vec<Event>,
    /// When to plan for the set again.
    pub next: Next,
}
