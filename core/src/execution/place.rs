//! Where an action or a request stands in the order, and what it asks of those before it (rules E-1 to E-5).

use crate::action::{Action, Do};
use crate::outcome::Outcome;

/// Where something that is to be done stands in the order. This is all that [`Execution`](crate::Execution) knows of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Place {
    /// Stages run one after the other.
    pub stage: u32,
    /// Chains of one stage may run side by side: the ordinal, or a number that says as much.
    pub chain: u32,
    /// Steps of one chain run one after the other.
    pub step: u8,
    /// Its failure stops nothing but its chain.
    pub duty: bool,
    /// It does not run beside others of its chain, not even of its own step, and it runs also after one of its own step
    /// has failed. Owners of claims are corrected like this.
    pub in_turn: bool,
    /// [`Outcome::NotFound`] is a success for it.
    pub may_be_gone: bool,
}

/// What one place in a chain asks of an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Demand {
    /// They may run side by side.
    Nothing,
    /// It must have ended, and not have found its name taken.
    FreeName,
    /// It must have succeeded.
    Success,
}

impl Place {
    /// Whether this outcome is a success here (rule E-3).
    pub const fn succeeded(&self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Done => true,
            Outcome::NotFound => self.may_be_gone,
            Outcome::AlreadyExists | Outcome::Failed | Outcome::NotTried => false,
        }
    }

    /// Whether this outcome keeps later stages from running (rule E-4).
    pub(crate) const fn stops(&self, outcome: Outcome) -> bool {
        !self.duty && !self.succeeded(outcome)
    }

    /// Whether a later place of the same chain may run, as far as this one is concerned. `None`: not before this one has
    /// ended, for `outcome` is not known yet.
    pub(crate) fn lets(&self, later: &Self, outcome: Option<Outcome>) -> Option<bool> {
        match (self.demanded_by(later), outcome) {
            (Demand::Nothing, _) => Some(true),
            (_, None) => None,
            (Demand::FreeName, Some(outcome)) => Some(!matches!(outcome, Outcome::AlreadyExists)),
            (Demand::Success, Some(outcome)) => Some(self.succeeded(outcome)),
        }
    }

    /// Rule E-2, and for owners rule E-5.
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
    /// Where it stands in the order. `None` for a wait, which there is nothing to do for.
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
            may_be_gone: self.what.is_delete(),
        })
    }
}

/// Whether the place with this index may be tried, given the outcomes of those before it. False if one is missing.
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
