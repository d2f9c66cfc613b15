//! `plan()`: the phases in order, readable as the specification; one phase per file.

use smallvec::SmallVec;

use crate::action::Action;
use crate::desired::Desired;
use crate::error::PlanError;
use crate::observed::Observed;
use crate::outcome::{Conclusion, Next, Outcome};
use crate::status::Status;
use crate::time::Millis;

/// What to do now, and why not more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Actions and waits, in order.
    pub actions: SmallVec<[Action; 4]>,
    /// The status to publish if every action succeeds, where it differs from the published one.
    pub status: Option<Status>,
    /// The earliest moment at which the same snapshot gives another plan.
    pub next_wake: Option<Millis>,
    /// Whether the plan was cut at `max_actions`.
    pub more: bool,
}

/// Decides.
pub fn plan(desired: &Desired, observed: &Observed, now: Millis) -> Result<Plan, PlanError> {
    let _ = (desired, observed, now);
    Ok(Plan {
        actions: SmallVec::new(),
        status: None,
        next_wake: None,
        more: false,
    })
}

impl Plan {
    pub(crate) fn draft_conclusion(&self, _outcomes: &[Outcome]) -> Conclusion {
        Conclusion {
            status: self.status,
            next: Next::Rest,
        }
    }
}
