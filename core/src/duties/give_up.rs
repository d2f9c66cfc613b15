//! The planner deletes claims when the retention policy says so (rules G-1 to G-3).

use crate::action::{Do, Reason};
use crate::claim::{Claim, OwnerRef};
use crate::desired::Keep;
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::profile::GiveUp;

/// After scale-in: claims of ordinals that are not desired and have no pod any more.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if facts.desired.profile.give_up != GiveUp::Delete
        || facts.desired.retention.when_scaled != Keep::Delete
    {
        return Flow::Continue(());
    }
    for (claim, record) in facts.all_claims() {
        let unused = !facts.slots.keeps_claims(record.ordinal) && !facts.roster.has(record.ordinal);
        if unused && is_deletable(record) {
            draft.open(Part::Duties, 0);
            draft.push(
                record.ordinal,
                step::CLAIMS,
                Reason::GiveUp,
                Do::DeleteClaim { claim },
            )?;
        }
    }
    Flow::Continue(())
}

/// Whether the claim is the set's to delete, and still has to be asked to go. One that another controller or an earlier set
/// of this name owns is left alone: its name alone does not make it ours (rule G-3).
pub(crate) fn is_deletable(claim: &Claim) -> bool {
    !claim.is_terminating() && !claim.foreign_controller && claim.set_owner != OwnerRef::OtherUid
}
