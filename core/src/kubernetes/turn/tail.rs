//! What is left to do after the requests of a plan.

use std::vec::Vec;

use super::event::Event;
use super::request::Request;
use crate::outcome::Next;

/// What there is to do after the requests of a plan: the status first, then the history.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Tail {
    /// To be sent in order; the first that fails ends it, unless it is a [duty](Request::duty). The status is: the
    /// history is cut even if it could not be published.
    pub requests: Vec<Request>,
    /// To be recorded.
    pub events: Vec<Event>,
    /// When the set is looked at again.
    pub next: Next,
}
