//! Claims that the policy gives up are deleted by the plan (rules G-1 and G-2).

use crate::action::{Do, Reason};
use crate::desired::{Keep, NO_ORDINAL};
use crate::plan::claims::Claims;
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::profile::GiveUp;

/// After scale-in: claims of ordinals that are not wanted and have no pod any more.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if facts.desired.profile.give_up != GiveUp::Delete
        || facts.desired.retention.when_scaled != Keep::Delete
    {
        return Flow::Continue(());
    }
    let range = facts.desired.start..facts.end();
    for (claim, record) in facts.claims.iter().flat_map(Claims::iter) {
        let unused = !range.contains(&record.ordinal) && !facts.roster.has(record.ordinal);
        // A pod whose ordinal cannot be told might be this one's.
        if unused && !record.is_terminating() && !facts.roster.has(NO_ORDINAL) {
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
