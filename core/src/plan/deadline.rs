//! How long a set may go without progress (rules M-6 to M-8).

use crate::desired::{Deletion, Strategy};
use crate::plan::facts::Facts;
use crate::pod::Pod;
use crate::policies::{Overdue, Paused};
use crate::purpose::Prepared;
use crate::revision::Revision;
use crate::status::Progress;
use crate::time::Millis;

/// When the set last came closer to having all its pods; `None` where nobody counts.
pub(super) fn progressed_at(facts: &Facts) -> Option<Millis> {
    facts.desired.policies.deadline?;
    let (mut served, mut latest) = (0, None);
    for (_, pod) in facts.roster.slots() {
        // Who was asked something may take its time.
        served += u32::from(serves(facts, pod) || pod.prepared != Prepared::No);
        if serves(facts, pod) && !facts.wants_rollout(pod) {
            latest = latest.max(pod.available_since(facts.desired.ready_for(), facts.now));
        }
    }
    if served == facts.desired.replicas || is_stopped(facts) {
        return None;
    }
    let published = facts.desired.published;
    let known = published.filter(|status| status.update_revision == facts.desired.update);
    match known.and_then(|status| status.progressed_at) {
        Some(before) => latest.max(Some(before)),
        None => Some(facts.now),
    }
}

/// Whether the set is overdue.
pub(super) fn is_over(facts: &Facts) -> bool {
    due(facts).is_some_and(|at| at <= facts.now)
}

/// Whether the rollout is held for being overdue. Under `Recreate` only its end makes the set whole again.
pub(super) fn holds(facts: &Facts) -> bool {
    let desired = facts.desired;
    let deadline = desired.policies.deadline;
    let holds = deadline.is_some_and(|it| it.then != Overdue::Report);
    holds && desired.strategy != Strategy::Recreate && is_over(facts)
}

/// The moment at which the set will be overdue.
pub(super) fn wake(facts: &Facts) -> Option<Millis> {
    due(facts).filter(|&at| at > facts.now)
}

/// What the condition says; nothing new while nobody counts.
pub(super) fn progress(facts: &Facts) -> Option<Progress> {
    facts.desired.policies.deadline?;
    if is_stopped(facts) {
        return None;
    }
    let mut slots = facts.roster.slots();
    Some(if is_over(facts) {
        Progress::Overdue
    } else if facts.progressed_at.is_some() || slots.any(|(_, pod)| is_to_go(facts, pod)) {
        Progress::Advancing
    } else {
        Progress::Arrived
    })
}

/// The revision to go back to.
pub(super) fn suggestion(facts: &Facts) -> Option<Revision> {
    let desired = facts.desired;
    let suggests = desired.policies.deadline?.then == Overdue::Suggest;
    (suggests && is_over(facts) && desired.current != desired.update).then_some(desired.current)
}

fn due(facts: &Facts) -> Option<Millis> {
    let deadline = facts.desired.policies.deadline?;
    Some(facts.progressed_at?.saturating_add(deadline.after))
}

/// Whether nobody can expect progress.
fn is_stopped(facts: &Facts) -> bool {
    let paused = facts.desired.policies.paused;
    paused.overlaps(Paused::CREATION.with(Paused::ROLLOUT))
        || facts.desired.deletion != Deletion::No
}

fn is_to_go(facts: &Facts, pod: &Pod) -> bool {
    facts.wants_rollout(pod) && !pod.is_terminating()
}

fn serves(facts: &Facts, pod: &Pod) -> bool {
    facts.is_available(pod) && !pod.is_terminating()
}
