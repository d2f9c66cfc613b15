//! Ordered shutdown: a finalizer holds the set until its last pod is gone, highest ordinal first (rules H-1 to H-4).

use crate::action::{Do, Reason};
use crate::desired::{Deletion, Keep, NO_ORDINAL};
use crate::duties::give_up::is_deletable;
use crate::duties::lost_node;
use crate::plan::consent::Going;
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::profile::{GiveUp, Shutdown};
use crate::wait::{Gate, On};

/// Before the first pod is made, the set must not be able to vanish.
pub(crate) fn hold(facts: &Facts, draft: &mut Draft) -> Flow {
    if facts.desired.profile.shutdown == Shutdown::Ordered && !facts.desired.finalizer_held {
        draft.open(Part::Finalizer, 0);
        draft.push(
            NO_ORDINAL,
            step::CLAIMS,
            Reason::Shutdown,
            Do::HoldFinalizer,
        )?;
    }
    Flow::Continue(())
}

/// The set is being deleted.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    let desired = facts.desired;
    if desired.profile.shutdown == Shutdown::Background {
        return draft.halt(
            Part::Shutdown,
            facts.slots.start,
            Gate::SetDeleting,
            On::Nothing,
        );
    }
    if desired.deletion == Deletion::WithPods {
        lost_node::process(facts, draft)?;
        for (index, pod) in facts.roster.all().rev() {
            if !pod.is_terminating() {
                // One stage for all: in `Parallel` no pod waits for another, not even for one that cannot be deleted.
                draft.open(Part::Shutdown, 0);
                draft.delete_pod(pod.ordinal, Reason::Shutdown, index, Going::Now)?;
            }
            if facts.is_monotonic() {
                return draft.halt(Part::Shutdown, pod.ordinal, Gate::Order, On::Pod(index));
            }
        }
        if let Some((index, pod)) = facts.roster.all().next_back() {
            return draft.halt(Part::Shutdown, pod.ordinal, Gate::Order, On::Pod(index));
        }
        give_up_claims(facts, draft)?;
    }
    if desired.finalizer_held {
        draft.open(Part::Finalizer, 0);
        draft.push(
            NO_ORDINAL,
            step::CLAIMS,
            Reason::Shutdown,
            Do::ReleaseFinalizer,
        )?;
    }
    Flow::Continue(())
}

/// `whenDeleted: Delete`, and never `whenScaled`, decides over the claims of a deleted set. The set stays until each of
/// them has been asked to go.
fn give_up_claims(facts: &Facts, draft: &mut Draft) -> Flow {
    let desired = facts.desired;
    if desired.profile.give_up != GiveUp::Delete || desired.retention.when_deleted != Keep::Delete {
        return Flow::Continue(());
    }
    if facts.lacks_claims() {
        return draft.halt(
            Part::Shutdown,
            facts.slots.start,
            Gate::ClaimsUnknown,
            On::Nothing,
        );
    }
    let mut asked = None;
    for (claim, record) in facts.all_claims() {
        if is_deletable(record) {
            draft.open(Part::Shutdown, 0);
            draft.push(
                record.ordinal,
                step::CLAIMS,
                Reason::GiveUp,
                Do::DeleteClaim { claim },
            )?;
            asked = Some((record.ordinal, claim));
        }
    }
    match asked {
        Some((ordinal, claim)) => draft.halt(
            Part::Shutdown,
            ordinal,
            Gate::ClaimRemains,
            On::Claim(claim),
        ),
        None => Flow::Continue(()),
    }
}
