//! Sets that belong together, such as those of a database's zones: which of them may be disturbed now (rule M-4).

use crate::desired::Desired;
use crate::error::PlanError;
use crate::observed::Observed;
use crate::plan::{self, change};
use crate::policies::Paused;
use crate::time::Millis;

/// A set of a group, as far as the others are concerned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub struct Member {
    /// How many of its desired pods are unavailable, missing ones among them.
    pub unavailable: u32,
    /// How many of its pods a rollout or a scale-in that is not paused is going to take away.
    pub outdated: u32,
}

impl Member {
    /// A member with these numbers.
    pub const fn new(unavailable: u32, outdated: u32) -> Self {
        Self {
            unavailable,
            outdated,
        }
    }

    /// The member that a set is. `now` is in milliseconds since the Unix epoch. The errors are those of [`plan`](crate::plan()).
    pub fn of(desired: &Desired, observed: &Observed, now: Millis) -> Result<Self, PlanError> {
        plan::with_facts(desired, observed, now, |facts| {
            let slots = facts.roster.slots();
            // What is held takes nothing away, so it is not waited for.
            let goes_on = |is_held, count| if is_held { 0 } else { count };
            let old = slots
                .filter(|(_, pod)| change::takes_away(facts, pod))
                .count();
            let condemned = facts.roster.condemned().count();
            let outdated = goes_on(facts.rollout_pause().is_some(), old)
                + goes_on(facts.pauses(Paused::SCALE_IN), condemned);
            Self {
                unavailable: facts.unavailable,
                outdated: u32::try_from(outdated).unwrap_or(u32::MAX),
            }
        })
    }
}

/// The [allowance](crate::Policies::allowance) of each set of a group, in the order of the list: [`u32::MAX`] for the one that
/// may be disturbed, as far as its own limits go, and 0 for the others.
///
/// If pods of one set are unavailable, that set is the one. If pods of several sets are, none is. If there are none, it is
/// the first that has pods to take away.
/// ```
/// use statefulset::{Member, allot};
///
/// // The first zone is done, and a pod of the second one is starting.
/// let zones = [Member::new(0, 0), Member::new(1, 2), Member::new(0, 3)];
/// assert_eq!(allot(&zones).collect::<Vec<u32>>(), [0, u32::MAX, 0]);
/// ```
pub fn allot(members: &[Member]) -> impl Iterator<Item = u32> + '_ {
    let mut disturbed = (0..)
        .zip(members)
        .filter(|(_, member)| member.unavailable > 0);
    let chosen = match (disturbed.next(), disturbed.next()) {
        (Some((only, _)), None) => Some(only),
        (Some(_), Some(_)) => None,
        (None, _) => members.iter().position(|member| member.outdated > 0),
    };
    (0..members.len()).map(move |index| if chosen == Some(index) { u32::MAX } else { 0 })
}
