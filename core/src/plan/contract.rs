//! What the caller promises, checked entry by entry (rule I-1).

use crate::claim::Claim;
use crate::desired::{Desired, Limit, MAX_ORDINAL, NO_ORDINAL};
use crate::error::{List, PlanError, Problem};
use crate::node::UNLISTED;
use crate::observed::Observed;
use crate::plan::slots::Slots;
use crate::pod::Pod;
use crate::policies::Policies;
use crate::volume::{Reserved, Volume};

#[cold]
#[inline(never)]
const fn fail(
    list: List,
    index: usize,
    field: &'static str,
    problem: Problem,
) -> Result<(), PlanError> {
    Err(PlanError {
        list,
        index,
        field,
        problem,
    })
}

/// Whether `index` names an entry of a list that is known.
fn exists<T>(index: Option<u32>, list: Option<&[T]>) -> bool {
    index.is_none_or(|i| list.is_some_and(|l| (i as usize) < l.len()))
}

/// Checks all but the entries of the lists of pods and claims, and lays out the slots.
pub(super) fn slots<'a>(
    desired: &Desired<'a>,
    observed: &Observed,
) -> Result<Slots<'a>, PlanError> {
    check(desired, observed)?;
    Slots::of(desired).ok_or(PlanError {
        list: List::Desired,
        index: 0,
        field: "start",
        problem: Problem::Overflow,
    })
}

/// `desired`, and the lengths of the lists.
fn check(desired: &Desired, observed: &Observed) -> Result<(), PlanError> {
    let of_desired = |field, problem| fail(List::Desired, 0, field, problem);
    if desired.replicas > MAX_ORDINAL {
        return of_desired("replicas", Problem::TooLarge);
    }
    if desired.start > MAX_ORDINAL {
        return of_desired("start", Problem::TooLarge);
    }
    if desired.min_ready < 0 {
        return of_desired("min_ready", Problem::Negative);
    }
    if let Some(gate) = desired.profile.unknown_gate() {
        return of_desired(gate, Problem::NoSuchGate);
    }
    check_policies(&desired.policies)?;
    if desired.templates.len() > usize::from(u16::MAX) {
        return of_desired("templates", Problem::TooMany);
    }
    // Indexes are 32 bits wide, and one value is kept free.
    let fits = |length: usize| length < u32::MAX as usize;
    if !fits(observed.pods.len()) {
        return fail(List::Pods, 0, "length", Problem::TooMany);
    }
    if !fits(observed.claims.map_or(0, <[Claim]>::len)) {
        return fail(List::Claims, 0, "length", Problem::TooMany);
    }
    if !fits(observed.volumes.map_or(0, <[Volume]>::len)) {
        return fail(List::Volumes, 0, "length", Problem::TooMany);
    }
    for (i, volume) in observed.volumes.unwrap_or_default().iter().enumerate() {
        if matches!(volume.reserved, Reserved::Claim(c) if !exists(Some(c), observed.claims)) {
            return fail(List::Volumes, i, "reserved", Problem::NoSuchEntry);
        }
    }
    for (i, reach) in observed.reach.iter().enumerate() {
        if !exists(Some(reach.node), observed.nodes) {
            return fail(List::Reach, i, "node", Problem::NoSuchEntry);
        }
    }
    Ok(())
}

/// What the set asks for beyond Kubernetes.
fn check_policies(policies: &Policies) -> Result<(), PlanError> {
    let mut next = 0;
    for (i, exclusion) in policies.excluded.iter().enumerate() {
        if exclusion.last > MAX_ORDINAL {
            return fail(List::Excluded, i, "last", Problem::TooLarge);
        }
        if exclusion.last < exclusion.first {
            return fail(List::Excluded, i, "last", Problem::EmptyRange);
        }
        if exclusion.first < next {
            return fail(List::Excluded, i, "first", Problem::Disorder);
        }
        next = exclusion.last + 1;
    }
    let is_none = |limit| matches!(limit, Limit::Count(0) | Limit::Percent(0 | 101..));
    let limits = [
        ("policies.scale_out_limit", policies.scale_out_limit),
        ("policies.scale_in_limit", policies.scale_in_limit),
    ];
    for (field, limit) in limits {
        if limit.is_some_and(is_none) {
            return fail(List::Desired, 0, field, Problem::NoLimit);
        }
    }
    let lengths = [
        ("policies.repair.after", policies.repair.map(|it| it.after)),
        ("policies.pace", policies.pace),
        (
            "policies.deadline.after",
            policies.deadline.map(|it| it.after),
        ),
    ];
    for (field, length) in lengths {
        if length.is_some_and(|it| it < 0) {
            return fail(List::Desired, 0, field, Problem::Negative);
        }
    }
    Ok(())
}

/// One pod.
#[inline]
pub(super) fn check_pod(index: usize, pod: &Pod, observed: &Observed) -> Result<(), PlanError> {
    let of_pod = |field, problem| fail(List::Pods, index, field, problem);
    if pod.ordinal > MAX_ORDINAL && pod.ordinal != NO_ORDINAL {
        return of_pod("ordinal", Problem::TooLarge);
    }
    if !exists(pod.node.filter(|&node| node != UNLISTED), observed.nodes) {
        return of_pod("node", Problem::NoSuchEntry);
    }
    if !exists(pod.budget, observed.budgets) {
        return of_pod("budget", Problem::NoSuchEntry);
    }
    Ok(())
}

/// One claim.
#[inline]
pub(super) fn check_claim(
    index: usize,
    claim: &Claim,
    desired: &Desired,
    observed: &Observed,
) -> Result<(), PlanError> {
    let of_claim = |field, problem| fail(List::Claims, index, field, problem);
    if claim.ordinal > MAX_ORDINAL {
        return of_claim("ordinal", Problem::TooLarge);
    }
    if usize::from(claim.template) >= desired.templates.len() {
        return of_claim("template", Problem::NoSuchEntry);
    }
    if !exists(claim.volume, observed.volumes) {
        return of_claim("volume", Problem::NoSuchEntry);
    }
    if !exists(claim.node, observed.nodes) {
        return of_claim("node", Problem::NoSuchEntry);
    }
    Ok(())
}
