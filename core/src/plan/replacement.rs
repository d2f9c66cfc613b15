//! Pods that are replaced because somebody asks for it (rule J-7).

use crate::action::{Do, Reason};
use crate::plan::consent;
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::pod::Pod;
use crate::purpose::{Prepared, Purposes};

/// Replaces marked pods as far as the limit of unavailable pods allows.
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if !facts.marked || facts.rollout_pause().is_some() || !draft.asked_to_go.is_empty() {
        return Flow::Continue(());
    }
    let limit = facts.rollout_limit().resolve(facts.desired.replicas);
    let mut left = limit.saturating_sub(facts.unavailable);
    let mut place = 0;
    for (index, pod) in facts.roster.slots().rev() {
        let costs = u32::from(!facts.is_unavailable(pod));
        if !is_due(pod) || costs > left {
            continue;
        }
        let Ok(going) = consent::given(facts, pod, Purposes::ROLLOUT) else {
            continue;
        };
        let goes = draft.disturb(facts, (index, pod), |draft| {
            draft.open(Part::Replacement, place);
            draft.delete_pod(pod.ordinal, Reason::Requested, index, going)
        })?;
        if goes {
            draft.asked_to_go.push(index);
            left -= costs;
            place += 1;
        }
    }
    Flow::Continue(())
}

/// `OrderedReady`: a marked pod that holds everything up is replaced, or `false`. The pass ends at it all the same.
pub(super) fn one(facts: &Facts, draft: &mut Draft, index: u32, pod: &Pod) -> Flow<bool> {
    if !is_due(pod) || facts.rollout_pause().is_some() || draft.asked_to_go.contains(&index) {
        return Flow::Continue(false);
    }
    let Ok(going) = consent::given(facts, pod, Purposes::ROLLOUT) else {
        return Flow::Continue(false);
    };
    draft.disturb(facts, (index, pod), |draft| {
        let deed = going.deed(index, Do::DeletePod { pod: index });
        draft.push(pod.ordinal, step::REPAIR, Reason::Requested, deed)
    })
}

/// Whether the pod in range is marked, and nobody has asked it to go.
const fn is_due(pod: &Pod) -> bool {
    pod.replace
        && !pod.is_terminating()
        && !pod.is_terminal()
        && matches!(pod.prepared, Prepared::No)
}
