//! Owner references of claims (rules C-7 to C-10).

use crate::action::{ClaimOwner, Do, Reason};
use crate::claim::{Claim, OwnerRef};
use crate::desired::{Desired, Keep, Ordinal, Retention};
use crate::plan::draft::{Draft, Flow, Part, batch_of, step};
use crate::plan::facts::Facts;
use crate::policies::Paused;
use crate::profile::GiveUp;
use crate::wait::{Gate, On};

/// The policy as owner references see it. A profile that deletes claims itself keeps none.
fn policy(desired: &Desired) -> Retention {
    match desired.profile.give_up {
        GiveUp::OwnerReferences => desired.retention,
        GiveUp::Delete => Retention::default(),
    }
}

/// Whether the claim of a pod in range, or of a condemned one, should be owned by (the set, the pod). A pod that is offline
/// for a while keeps its claims as one in range does (rule X-4).
const fn wanted(retention: Retention, in_range: bool) -> (bool, bool) {
    match (retention.when_scaled, retention.when_deleted) {
        (Keep::Retain, Keep::Retain) => (false, false),
        (Keep::Retain, Keep::Delete) => (true, false),
        (Keep::Delete, Keep::Retain) => (false, !in_range),
        (Keep::Delete, Keep::Delete) => (in_range, !in_range),
    }
}

/// Whether nothing is to be done about the claim's owners.
#[inline]
pub(crate) fn is_up_to_date(claim: &Claim, in_range: bool, desired: &Desired) -> bool {
    let retention = policy(desired);
    let (set, pod) = (claim.set_owner, claim.pod_owner);
    if !desired.profile.kubernetes.controls_claims() {
        let names = |owner| matches!(owner, OwnerRef::Controller | OwnerRef::Plain);
        return wanted(retention, in_range) == (names(set), names(pod));
    }
    // A reference to an earlier set or pod of the same name: hands off.
    if set == OwnerRef::OtherUid || pod == OwnerRef::OtherUid {
        return true;
    }
    if retention != Retention::default() && claim.foreign_controller {
        return set == OwnerRef::Absent && pod == OwnerRef::Absent;
    }
    if set == OwnerRef::Plain || pod == OwnerRef::Plain {
        return false;
    }
    wanted(retention, in_range) == (set == OwnerRef::Controller, pod == OwnerRef::Controller)
}

/// Who is to own a claim that is not up to date. A foreign controller leaves room for nobody, once it is respected.
fn owner(claim: &Claim, pod: Option<u32>, in_range: bool, desired: &Desired) -> ClaimOwner {
    match (wanted(policy(desired), in_range), pod) {
        _ if claim.foreign_controller && desired.profile.kubernetes.controls_claims() => {
            ClaimOwner::Nobody
        }
        ((true, _), _) => ClaimOwner::Set,
        ((_, true), Some(pod)) => ClaimOwner::Pod(pod),
        _ => ClaimOwner::Nobody,
    }
}

/// Puts the owners of one ordinal's claims right; says whether there was anything to do.
pub(crate) fn align(
    facts: &Facts,
    draft: &mut Draft,
    ordinal: Ordinal,
    pod: Option<u32>,
    in_range: bool,
    at: u8,
) -> Flow<bool> {
    let mut touched = false;
    if facts.claims_astray {
        for (claim, record) in facts.claims_of(ordinal) {
            if !is_up_to_date(record, in_range, facts.desired) {
                let owner = owner(record, pod, in_range, facts.desired);
                draft.push(
                    ordinal,
                    at,
                    Reason::Retention,
                    Do::SetClaimOwner { claim, owner },
                )?;
                touched = true;
            }
        }
    }
    Flow::Continue(touched)
}

/// Whether [`align`] would do something for a pod in range.
#[inline]
pub(crate) fn is_astray(facts: &Facts, ordinal: Ordinal) -> bool {
    facts.claims_astray
        && facts
            .claims_of(ordinal)
            .any(|(_, claim)| !is_up_to_date(claim, true, facts.desired))
}

/// Before any condemned pod is deleted, the claims of all of them get their owners (rule C-10).
pub(crate) fn process(facts: &Facts, draft: &mut Draft) -> Flow {
    if facts.pauses(Paused::SCALE_IN) {
        return Flow::Continue(());
    }
    let mut condemned = facts.roster.condemned().zip(0u32..).peekable();
    while let Some(((index, pod), place)) = condemned.next() {
        if facts.lacks_claims() {
            draft.failed = true;
            return draft.halt(
                Part::Retention,
                pod.ordinal,
                Gate::ClaimsUnknown,
                On::Nothing,
            );
        }
        // Twins share their claims. The last of them is the rightful one, and the last to go.
        if matches!(condemned.peek(), Some(((_, next), _)) if next.ordinal == pod.ordinal) {
            continue;
        }
        draft.open(
            Part::Retention,
            if facts.is_monotonic() {
                place
            } else {
                batch_of(place)
            },
        );
        let keeps = facts.slots.keeps_claims(pod.ordinal);
        align(facts, draft, pod.ordinal, Some(index), keeps, step::OWNERS)?;
    }
    Flow::Continue(())
}
