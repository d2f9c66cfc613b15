//! Whether a pod may go for a purpose, or has to be asked first (rules J-1 to J-3).

use crate::action::Do;
use crate::plan::facts::Facts;
use crate::pod::Pod;
use crate::purpose::{Departure, Prepared, Purposes};
use crate::wait::Gate;

/// A pod's way out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Going {
    /// It goes now.
    Now,
    /// It is asked to prepare for it.
    Asked(Departure),
}

impl Going {
    /// What is done about the pod: `deed`, which takes it away, or the question in its place.
    pub(crate) const fn deed(self, pod: u32, deed: Do) -> Do {
        match self {
            Self::Now => deed,
            Self::Asked(departure) => Do::Prepare { pod, departure },
        }
    }
}

/// How the pod goes for a purpose, or the gate that keeps it.
#[inline]
pub(crate) fn given(facts: &Facts, pod: &Pod, purpose: Purposes) -> Result<Going, Gate> {
    let policies = &facts.desired.policies;
    if policies.ask.is_empty() && pod.hold.is_empty() && pod.prepared == Prepared::No {
        return Ok(Going::Now); // Nobody asks for more.
    }
    let (departure, purposes) = if facts.slots.contains(pod.ordinal) {
        (Departure::Restart, purpose)
    } else {
        (Departure::Leave, purpose.with(Purposes::SCALE_IN))
    };
    if pod.hold.overlaps(purposes) {
        return Err(Gate::Held);
    }
    let asked = pod.prepared.asked();
    let is_back = asked != Some(Departure::Leave) && pod.prepared != Prepared::Returning;
    if departure == Departure::Restart && !is_back {
        return Err(Gate::Preparing); // It has to be back in service first.
    }
    // Nothing of a pod that has ended runs, and it comes back.
    let is_over = departure == Departure::Restart && pod.is_terminal();
    if is_over || !policies.ask.overlaps(purposes) || pod.prepared.may() == Some(departure) {
        Ok(Going::Now)
    } else if asked == Some(departure) {
        Err(Gate::Preparing)
    } else {
        Ok(Going::Asked(departure))
    }
}
