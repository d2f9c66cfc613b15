//! What the planner promises, each promise asked of many random cases (rule T-4).
//!
//! `SEED` and `CASES` choose other cases, or more of them.

mod conclusion;
mod corners;
mod cover;
mod execution;
mod goal;
mod in_place;
mod knowledge;
mod order;
mod policies;
mod questions;
mod restraint;
mod time;
mod wild;
mod world;

use statefulset::{Action, Do, PartitionBy, Plan, Pod, Profile, Strategy, Version, plan};
use statefulset_cases::Case;

/// The plan for a case that keeps the contract.
fn planned(case: &Case) -> Plan {
    plan(&case.desired, &case.observed(), case.now).expect("a case that keeps the contract")
}

fn deeds(plan: &Plan) -> Vec<Action> {
    plan.deeds().copied().collect()
}

/// The error of a property, unless `holds`.
fn ensure(holds: bool, message: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(message()) }
}

/// The pod that fills a slot: of twins, the one with the right identity, then the least.
fn holder(case: &Case, ordinal: u32) -> Option<&Pod> {
    let twins = case.pods.iter().filter(|pod| pod.ordinal == ordinal);
    twins.min_by_key(|pod| (!pod.identity, case.contents(pod)))
}

/// The pods that are deleted, evicted or asked to prepare, with the action that does so.
fn departing<'a>(case: &'a Case, plan: &Plan) -> Vec<(Action, &'a Pod)> {
    let index = |action: &Action| match action.what {
        Do::DeletePod { pod }
        | Do::EvictPod { pod }
        | Do::UpdateInPlace { pod, .. }
        | Do::Prepare { pod, .. } => Some(pod),
        _ => None,
    };
    let deeds = plan.deeds();
    deeds
        .filter_map(|action| Some((*action, &case.pods[index(action)? as usize])))
        .collect()
}

fn is_wanted(case: &Case, ordinal: u32) -> bool {
    case.slots().contains(&ordinal)
}

/// Of a desired ordinal, where ranks do not decide.
fn is_below_partition(case: &Case, ordinal: u32) -> bool {
    let Strategy::RollingUpdate(Some(rolling)) = case.desired.strategy else {
        return false;
    };
    let place = match case.desired.policies.partition_by {
        PartitionBy::Ordinal => (ordinal - case.desired.start) as usize,
        _ => case.slots().iter().filter(|&&slot| slot < ordinal).count(),
    };
    place < rolling.partition as usize
}

fn is_available(case: &Case, pod: &Pod) -> bool {
    let min_ready = case.desired.min_ready;
    // Before 1.34 the moment at which `min_ready` is over does not count.
    let excludes = min_ready > 0 && case.desired.profile.kubernetes < Version::V1_34_0;
    !pod.is_terminating() && pod.is_available(min_ready + i64::from(excludes), case.now)
}

/// The same moment under the newest rules, for promises that older versions of Kubernetes do not keep.
fn under_latest(mut case: Case) -> Case {
    let profile = case.desired.profile;
    case.desired.profile = Profile {
        max_unavailable: profile.max_unavailable,
        recreate: profile.recreate,
        ..profile.following(Version::LATEST)
    };
    case
}
