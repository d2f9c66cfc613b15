//! Where an action or a request stands in the order, and what must be true of those before it (rules [E-1](crate::rules#E-1) to [E-5](crate::rules#E-5)).

use crate::action::{Action, Do};
use crate::outcome::Outcome;

/// Where an action or a request stands in the order. An [`Execution`](crate::Execution) knows nothing else of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Place {
    /// Stages run one after the other.
    pub stage: u32,
    /// Chains of one stage may run at the same time. The number of a chain is the ordinal, or another number that
    /// stands for one ordinal.
    pub chain: u32,
    /// Steps of one chain run one after the other.
    pub step: u8,
    /// If it fails, only its own chain stops.
    pub duty: bool,
    /// It never runs at the same time as others of its chain, not even as those of its own step. It also runs if
    /// another of its own step has failed. The owners of claims are corrected like this.
    pub in_turn: bool,
    /// [`Outcome::NotFound`] is a success for it.
    pub may_be_gone: bool,
}

/// What must be true of an earlier place in a chain before a later one may start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Demand {
    /// Nothing: they may run at the same time.
    Nothing,
    /// It must have ended, and the outcome must not be [`Outcome::AlreadyExists`].
    FreeName,
    /// It must have succeeded.
    Success,
}

impl Place {
    /// Whether this outcome is a success for this place (rule [E-3](crate::rules#E-3)).
    pub const fn succeeded(&self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Done => true,
            Outcome::NotFound => self.may_be_gone,
            Outcome::AlreadyExists | Outcome::Failed | Outcome::NotTried => false,
        }
    }

    /// Whether this outcome keeps later stages from running (rule [E-4](crate::rules#E-4)).
    pub(crate) const fn stops(&self, outcome: Outcome) -> bool {
        !self.duty && !self.succeeded(outcome)
    }

    /// Whether this place, whose outcome is given, lets a later place of the same chain start. `None` means that the
    /// later place has to wait until the outcome of this one is known.
    pub(crate) fn lets(&self, later: &Self, outcome: Option<Outcome>) -> Option<bool> {
        match (self.demanded_by(later), outcome) {
            (Demand::Nothing, _) => Some(true),
            (_, None) => None,
            (Demand::FreeName, Some(outcome)) => Some(!matches!(outcome, Outcome::AlreadyExists)),
            (Demand::Success, Some(outcome)) => Some(self.succeeded(outcome)),
        }
    }

    /// What must be true of this place before a later one of its chain may start: rule [E-2](crate::rules#E-2), and rule [E-5](crate::rules#E-5) for owners.
    const fn demanded_by(&self, later: &Self) -> Demand {
        if self.step < later.step || self.in_turn {
            Demand::Success
        } else if later.in_turn {
            Demand::FreeName
        } else {
            Demand::Nothing
        }
    }

    pub(crate) const fn is_of_chain(&self, other: &Self) -> bool {
        self.stage == other.stage && self.chain == other.chain
    }
}

impl Action {
    /// Whether not-found is a success for this action (rule [E-3](crate::rules#E-3)).
    pub(crate) const fn may_be_gone(&self) -> bool {
        self.what.is_delete() && !self.must_exist
    }

    /// Where the action stands in the order. It is `None` for a wait, because nothing is done for a wait.
    pub const fn place(&self) -> Option<Place> {
        if self.what.is_wait() {
            return None;
        }
        Some(Place {
            stage: self.stage,
            chain: self.ordinal,
            step: self.step,
            duty: self.is_duty(),
            in_turn: matches!(self.what, Do::SetClaimOwner { .. }),
            may_be_gone: self.may_be_gone(),
        })
    }
}

/// Whether the place with this index may be tried, given the outcomes of the places before it. The answer is false if
/// one of these outcomes is missing.
pub(crate) fn may_try(
    place_of: impl Fn(usize) -> Option<Place>,
    index: usize,
    outcomes: &[Outcome],
) -> bool {
    let (Some(later), Some(outcomes)) = (place_of(index), outcomes.get(..index)) else {
        return false;
    };
    outcomes.iter().enumerate().all(|(i, &outcome)| {
        let Some(earlier) = place_of(i) else {
            return true;
        };
        if earlier.is_of_chain(&later) {
            earlier.lets(&later, Some(outcome)) == Some(true)
        } else {
            earlier.stage >= later.stage || !earlier.stops(outcome)
        }
    })
}
