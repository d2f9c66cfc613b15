//! How an old pod gets to the update revision: by being made again, or where it runs (rules U-9 to U-11).

use crate::action::{Do, Reason};
use crate::plan::consent;
use crate::plan::draft::{Draft, Flow, Part, step};
use crate::plan::facts::Facts;
use crate::plan::sequence::Sequence;
use crate::pod::{Change, Pod};
use crate::policies::InPlace;
use crate::purpose::{Prepared, Purposes};
use crate::wait::Gate;

/// A pod's way to the update revision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    /// It is deleted and created again.
    Recreate,
    /// It is updated where it runs, and does not serve until that is finished.
    InPlace,
    /// It is only labelled anew: nothing that runs differs.
    Relabel,
}

/// The way of an old pod, or the gate that closes all of them.
pub(crate) fn way(facts: &Facts, pod: &Pod) -> Result<Way, Gate> {
    let policy = facts.desired.policies.in_place;
    // Somebody wants it to be made again, which serves a rollout as well.
    if policy == InPlace::Off || pod.replace {
        return Ok(Way::Recreate);
    }
    match pod.change {
        // Nothing of a pod that has ended runs.
        Change::InPlace if !pod.is_terminal() => Ok(Way::InPlace),
        Change::Nothing if !pod.is_terminal() => Ok(Way::Relabel),
        _ if policy == InPlace::Only => Err(Gate::NotInPlace),
        _ => Ok(Way::Recreate),
    }
}

/// Why a rollout takes no way with an old pod that would get it to the update revision, if there is none.
pub(crate) fn obstacle(facts: &Facts, pod: &Pod) -> Option<Gate> {
    way(facts, pod).err()
}

/// What a rollout does about an old pod that goes, or the gate that closes all ways.
pub(crate) fn deed(facts: &Facts, index: u32, pod: &Pod) -> Result<Do, Gate> {
    Ok(match way(facts, pod)? {
        Way::InPlace | Way::Relabel => Do::UpdateInPlace {
            pod: index,
            revision: facts.desired.update,
        },
        Way::Recreate => Do::DeletePod { pod: index },
    })
}

/// Whether a rollout would take a pod in range out of service.
pub(crate) fn takes_away(facts: &Facts, pod: &Pod) -> bool {
    let goes = || matches!(way(facts, pod), Ok(Way::Recreate | Way::InPlace));
    facts.wants_rollout(pod) && (!facts.rolls() || goes())
}

/// Whether an old pod is only labelled anew.
pub(crate) fn is_relabelled(facts: &Facts, pod: &Pod) -> bool {
    way(facts, pod) == Ok(Way::Relabel)
}

/// Labels pods anew that need nothing else. It disturbs nobody, so that neither their order nor a limit matters.
pub(super) fn relabel(facts: &Facts, draft: &mut Draft, sequence: &Sequence) -> Flow {
    if facts.desired.policies.in_place == InPlace::Off {
        return Flow::Continue(());
    }
    for slot in sequence.iter() {
        let Some((index, pod)) = slot.pod.filter(|(_, pod)| is_to_relabel(facts, pod)) else {
            continue;
        };
        let Ok(deed) = deed(facts, index, pod) else {
            continue;
        };
        draft.open(Part::Relabelling, 0);
        draft.push(pod.ordinal, step::POD, Reason::Rollout, deed)?;
        draft.count_rolled();
    }
    Flow::Continue(())
}

fn is_to_relabel(facts: &Facts, pod: &Pod) -> bool {
    pod.revision != facts.desired.update
        && !pod.is_terminating()
        && pod.prepared == Prepared::No
        && !pod.hold.contains(Purposes::ROLLOUT)
        && is_relabelled(facts, pod)
}

/// `OrderedReady`: a pod whose change has not been finished, and that is old again, is changed once more, or `false`. The pass
/// ends at it all the same; nobody else would ever help it.
pub(super) fn one(facts: &Facts, draft: &mut Draft, index: u32, pod: &Pod) -> Flow<bool> {
    let is_due = pod.changing
        && pod.prepared == Prepared::No
        && !pod.is_terminating()
        && facts.wants_rollout(pod)
        && facts.rollout_pause().is_none();
    if !is_due || way(facts, pod) != Ok(Way::InPlace) || draft.asked_to_go.contains(&index) {
        return Flow::Continue(false);
    }
    let (Ok(going), Ok(deed)) = (
        consent::given(facts, pod, Purposes::ROLLOUT),
        deed(facts, index, pod),
    ) else {
        return Flow::Continue(false);
    };
    let what = going.deed(index, deed);
    draft.push(pod.ordinal, step::REPAIR, Reason::Rollout, what)?;
    if matches!(what, Do::UpdateInPlace { .. }) {
        draft.count_rolled();
    }
    Flow::Continue(true)
}
