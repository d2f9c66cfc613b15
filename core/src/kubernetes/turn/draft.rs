//! What is remembered of a plan until its outcomes are known.

use std::vec;
use std::vec::Vec;

use super::event;
use super::request::{Outcome, PlanId, Purpose, Request};
use super::status::{self, Names};
use super::tail::Tail;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::value::kind::Kind;
use crate::outcome::{self, Next};
use crate::plan::Plan;
use crate::time::Millis;
use crate::wait::Gate;

/// A plan whose outcomes are not known yet.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) id: PlanId,
    /// Whether the view was good enough to decide on.
    pub(crate) fresh: bool,
    /// A kind of which no list was ever complete, and which something waits for.
    pub(crate) lacks: Option<Kind>,
    /// Whether upstream fails before it decides anything.
    pub(crate) fails_early: bool,
    /// Without their bodies.
    pub(crate) requests: Vec<Request>,
    pub(crate) plan: Plan,
    /// Places of the plan's creations that were not tried because something else has their name.
    pub(crate) barred: Vec<usize>,
    /// Names of the two revisions.
    pub(crate) names: Names,
    /// Deletions of revisions that are too many.
    pub(crate) surplus: Vec<Request>,
}

/// A tail whose outcomes are not known yet.
#[derive(Debug)]
pub(crate) struct SentTail {
    pub(crate) id: PlanId,
    /// Without their bodies.
    pub(crate) requests: Vec<Request>,
    /// How often the set had failed in a row before this plan.
    pub(crate) failures: u32,
}

impl SentTail {
    pub(crate) fn of(id: PlanId, tail: &Tail, failures: u32) -> Self {
        let requests = tail.requests.iter().map(Request::without_body);
        Self {
            id,
            requests: requests.collect(),
            failures,
        }
    }
}

impl Draft {
    /// What follows from the outcomes.
    pub(crate) fn conclude(&self, set: &StatefulSet, outcomes: &[Outcome], now: Millis) -> Tail {
        if !self.fresh {
            // The view's catching up will be seen.
            return Tail {
                requests: Vec::new(),
                events: Vec::new(),
                next: Next::Rest,
            };
        }
        let failure = |requests| Tail {
            requests,
            events: Vec::new(),
            next: Next::Retry,
        };
        if self.fails_early {
            return failure(Vec::new());
        }
        let missing = Outcome::NotTried;
        let outcome_of = |place: usize| outcomes.get(place).unwrap_or(&missing);
        let mut actions = vec![outcome::Outcome::NotTried; self.plan.actions.len()];
        let mut begun = vec![false; actions.len()];
        for (place, request) in self.requests.iter().enumerate() {
            let outcome = outcome_of(place);
            match request.origin.purpose {
                Purpose::Action(action) => {
                    // An action is done when all its requests are.
                    if !begun[action] || actions[action] == outcome::Outcome::Done {
                        actions[action] = request.in_short(outcome);
                    }
                    begun[action] = true;
                }
                Purpose::Tail => {}
                _ if request.succeeded(outcome) => {}
                // Without a revision nothing else counts, but history is still cut; without the pods not even that.
                purpose => {
                    return failure(if purpose == Purpose::Revision {
                        one_by_one(self.surplus.iter().cloned())
                    } else {
                        Vec::new()
                    });
                }
            }
        }
        let refused = actions
            .iter()
            .any(|it| !matches!(it, outcome::Outcome::Done | outcome::Outcome::NotTried));
        for &place in &self.barred {
            actions[place] = outcome::Outcome::AlreadyExists;
        }
        let conclusion = self.plan.conclude(&actions);
        // Time does not clear an obstacle: its going will be seen.
        let stuck = !self.barred.is_empty() && !refused;
        let held = status::held(set, &self.plan);
        let status = match conclusion.status {
            Some(status) => Some(status::write(set, &status, &self.names, &held, now)),
            None => status::write_held(set, &held),
        };
        let pairs = self.requests.iter().enumerate();
        let pairs = pairs.map(|(place, request)| (request, outcome_of(place)));
        let mut events = event::events(set, pairs);
        if self
            .plan
            .waits()
            .any(|(_, wait)| wait.gates.contains(Gate::UnknownStrategy))
        {
            events.push(event::unknown_strategy(set.resource.kind(), &set.key));
        }
        let requests = status.into_iter().chain(self.surplus.clone());
        Tail {
            requests: one_by_one(requests),
            events,
            next: if stuck { Next::Rest } else { conclusion.next },
        }
    }
}

/// Each request as a stage of its own (rule K-6).
fn one_by_one(requests: impl Iterator<Item = Request>) -> Vec<Request> {
    let staged = (0..).zip(requests);
    staged
        .map(|(stage, request)| Request { stage, ..request })
        .collect()
}
