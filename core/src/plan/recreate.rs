//! `Recreate`: all pods of old revisions go before the first new one comes (rule U-6).

use crate::action::Reason;
use crate::plan::consent::{self, Going};
use crate::plan::departure;
use crate::plan::draft::{Draft, Flow, Part, batch_of};
use crate::plan::facts::Facts;
use crate::policies::Paused;
use crate::purpose::Purposes;
use crate::wait::{Gate, On};

/// Deletes old pods; ends the pass while any exists.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if facts.pauses(Paused::ROLLOUT) {
        return Flow::Continue(());
    }
    let mut remains = None;
    // Batches are counted over all slots, empty ones too, and then over all condemned pods.
    let slots = facts.roster.slots();
    let slots = slots.map(|(index, pod)| (facts.slots.place(pod.ordinal), index, pod));
    let condemned = (facts.desired.replicas..).zip(facts.roster.condemned());
    let condemned = condemned.map(|(place, (index, pod))| (place, index, pod));
    for (place, index, pod) in slots.chain(condemned) {
        if pod.revision == facts.desired.update {
            continue;
        }
        remains.get_or_insert(index);
        // The slots, which a pod that has ended would be replaced in whatever was said to it, are not reached.
        let has_ended = pod.is_terminal() && facts.slots.contains(pod.ordinal);
        if pod.is_terminating() || !has_ended && departure::is_in_motion(facts, pod) {
            continue;
        }
        let going = if has_ended {
            (!pod.hold.contains(Purposes::ROLLOUT)).then_some(Going::Now)
        } else {
            consent::given(facts, pod, Purposes::ROLLOUT).ok()
        };
        if let Some(going) = going {
            draft.disturb(facts, (index, pod), |draft| {
                draft.open(Part::Recreate, batch_of(place));
                draft.delete_pod(pod.ordinal, Reason::Rollout, index, going)
            })?;
        }
    }
    match remains {
        Some(index) => draft.halt(
            Part::Recreate,
            facts.slots.start,
            Gate::OldPodsExist,
            On::Pod(index),
        ),
        None => Flow::Continue(()),
    }
}
