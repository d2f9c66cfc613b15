//! `Recreate`: all pods of old revisions go before the first new one comes (rule U-6).

use crate::action::Reason;
use crate::plan::draft::{Draft, Flow, Part, batch_of};
use crate::plan::facts::Facts;
use crate::wait::{Gate, On};

/// Deletes old pods; ends the pass while any exists.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    let mut remains = None;
    let mut place = 0;
    for (index, pod) in facts.roster.slots().chain(facts.roster.condemned()) {
        if pod.revision == facts.desired.update {
            continue;
        }
        remains.get_or_insert(index);
        if !pod.is_terminating() {
            draft.open(Part::Recreate, batch_of(place));
            draft.delete_pod(pod.ordinal, Reason::Rollout, index)?;
            place += 1;
        }
    }
    match remains {
        Some(index) => draft.halt(
            Part::Recreate,
            facts.desired.start,
            Gate::OldPodsExist,
            On::Pod(index),
        ),
        None => Flow::Continue(()),
    }
}
