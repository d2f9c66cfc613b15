//! Rule W-1: each ordinal that is not up to date has actions or exactly one wait, and never both.

use statefulset::{Gate, Reason};

use super::{Case, Verdict, ensure};
use crate::configuration::{SEATS, Way};

pub(super) fn check(case: &Case) -> Verdict {
    if case.plan.more {
        return ensure(case.plan.waits().next().is_none(), || {
            "a plan that was cut has waits".into()
        });
    }
    let refused = case.plan.waits().any(|(_, wait)| {
        wait.gates.contains(Gate::StaleView) || wait.gates.contains(Gate::UnknownStrategy)
    });
    ensure(!refused, || {
        "the view is fresh, and the strategy known".into()
    })?;
    let mut done = [false; SEATS];
    for action in case.plan.deeds() {
        if let Some(done) = done.get_mut(action.ordinal as usize) {
            *done = true;
        }
    }
    let mut waits = [0u8; SEATS];
    for (action, wait) in case.plan.waits() {
        ensure(!wait.gates.is_empty(), || {
            format!("a wait of web-{} without a gate", action.ordinal)
        })?;
        for ordinal in action.ordinal..=wait.through {
            if let Some(waits) = waits.get_mut(ordinal as usize) {
                *waits += 1;
            }
        }
    }
    let paused = case
        .plan
        .waits()
        .any(|(_, wait)| wait.gates.contains(Gate::Paused));
    for ordinal in 0..SEATS {
        let twice = done[ordinal] && waits[ordinal] > 0 || waits[ordinal] > 1;
        ensure(!twice, || format!("web-{ordinal} is said twice"))?;
        let covered = done[ordinal] || waits[ordinal] > 0;
        ensure(covered || paused || is_up_to_date(case, ordinal), || {
            format!("nothing is done and nothing is said about web-{ordinal}")
        })?;
    }
    let unhealthy = case.plan.waits().filter(|(action, _)| {
        action.reason == Reason::Health && case.is_up_to_date_alone(action.ordinal as usize)
    });
    let first = unhealthy.map(|(action, _)| action.ordinal).next();
    ensure(first.is_none(), || {
        format!(
            "web-{} waits for its health, and is healthy",
            first.unwrap_or(0)
        )
    })
}

/// Whether nothing is left to do for this ordinal, as far as pods go.
pub(crate) fn is_up_to_date(case: &Case, ordinal: usize) -> bool {
    let Some(pod) = case.pod(ordinal) else {
        return !case.world.is_wanted(ordinal);
    };
    let held = match case.c.way {
        Way::OnDelete => true,
        Way::Rolling(_) | Way::Blockless => {
            if case.is_ranked() {
                // Which pods those are is asked elsewhere.
                case.partition() > 0
            } else {
                case.is_below_partition(ordinal)
            }
        }
        Way::Recreate => false,
    };
    let unmarked = !pod.replace && pod.prepared == statefulset::Prepared::No;
    case.world.is_wanted(ordinal) && unmarked && case.is_steady(pod) && (held || !case.is_old(pod))
}

impl Case<'_> {
    fn is_up_to_date_alone(&self, ordinal: usize) -> bool {
        ordinal < SEATS
            && self.pod(ordinal).is_some_and(|pod| {
                self.is_steady(pod)
                    && !self.world.claims[ordinal].is_some_and(|claim| claim.terminating)
            })
    }
}
