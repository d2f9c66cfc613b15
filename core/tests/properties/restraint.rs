//! What the planner does not do.

use std::collections::BTreeSet;

use statefulset::{
    Action, Change, Deletion, Do, GiveUp, Keep, Limit, Management, OwnerRef, Paused, Pod, Prepared,
    Ranked, Reason, Shutdown, Strategy,
};

use crate::{
    deeds, ensure, holder, is_available, is_below_partition, is_wanted, planned, under_latest,
};
use statefulset_cases::{Case, check};

/// Apart from what is done for a node's sake.
fn is_pod_deed(action: &Action) -> bool {
    !action.is_duty() && matches!(action.what, Do::CreatePod { .. } | Do::DeletePod { .. })
}

/// `Recreate` deletes all old pods, whatever the order, and so do people.
#[test]
fn ordered_ready_never_sets_a_pod_in_motion_while_another_is() {
    check(20_000, |case: Case| {
        // A pod that was asked is in motion already (rule J-4).
        let mut case = case.without_questions();
        case.desired.management = Management::OrderedReady;
        // Where nothing is created, an empty slot holds nothing up.
        case.desired.policies.paused = Paused::NOTHING;
        if case.desired.strategy == Strategy::Recreate {
            return Ok(());
        }
        let moved = deeds(&planned(&case));
        let moved: Vec<&Action> = moved.iter().filter(|action| is_pod_deed(action)).collect();
        let rollout = moved.iter().all(|action| action.reason == Reason::Rollout);
        ensure(moved.len() <= 1 || rollout, || format!("{moved:?}"))?;
        if case.desired.deletion != Deletion::No {
            return Ok(());
        }
        for action in moved {
            let starts = [
                Reason::ScaleOut,
                Reason::TerminalPod,
                Reason::BrokenRevision,
            ];
            let is_before = |slot: &u32| !starts.contains(&action.reason) || *slot < action.ordinal;
            let mut before = case.slots().into_iter().filter(is_before);
            let still =
                before.all(|o| holder(&case, o).is_some_and(|pod| is_available(&case, pod)));
            ensure(still, || format!("{action:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn a_rollout_takes_no_more_available_pods_than_the_limit_leaves() {
    check(20_000, |case: Case| {
        let case = under_latest(case);
        let Strategy::RollingUpdate(block) = case.desired.strategy else {
            return Ok(());
        };
        let limit = block.and_then(|block| block.max_unavailable);
        let limit = match limit.filter(|_| case.desired.profile.max_unavailable) {
            None => 1,
            Some(Limit::Count(count)) => u64::from(count).max(1),
            Some(Limit::Percent(share)) => {
                (u64::from(case.desired.replicas) * u64::from(share) / 100).max(1)
            }
            Some(other) => unreachable!("{other:?}: the test does not know it yet"),
        };
        let range = case.slots().into_iter();
        // One that was asked counts as unavailable from then on (rule J-4).
        let serves = |pod: &Pod| is_available(&case, pod) && pod.prepared == Prepared::No;
        let available = |&o: &u32| holder(&case, o).is_some_and(serves);
        let down = u64::from(case.desired.replicas) - range.filter(available).count() as u64;
        let deeds = deeds(&planned(&case));
        // New labels disturb nobody.
        let disturbs = |action: &Action| match action.what {
            Do::UpdateInPlace { pod, .. } => case.pods[pod as usize].change == Change::InPlace,
            _ => action.reason == Reason::Rollout,
        };
        let rolled = deeds
            .iter()
            .filter(|action| disturbs(action) && available(&action.ordinal));
        let rolled = rolled.count() as u64;
        // Gate off: upstream looks from the top down to the first old pod and does not count what is down below it.
        let left = if case.desired.profile.max_unavailable {
            limit.saturating_sub(down)
        } else {
            1
        };
        ensure(rolled <= left, || {
            format!("{down} down, {rolled} more of {limit}")
        })
    });
}

#[test]
fn a_rollout_never_touches_a_pod_below_the_partition() {
    check(10_000, |case: Case| {
        if case.desired.policies.ranked != Ranked::Off {
            return Ok(());
        }
        let deeds = deeds(&planned(&case));
        let below = deeds
            .iter()
            .find(|a| a.reason == Reason::Rollout && is_below_partition(&case, a.ordinal));
        ensure(below.is_none(), || format!("{below:?}"))
    });
}

#[test]
fn a_claim_is_deleted_only_if_a_policy_gives_it_up() {
    check(10_000, |case: Case| {
        let desired = &case.desired;
        for action in deeds(&planned(&case)) {
            let Do::DeleteClaim { claim } = action.what else {
                continue;
            };
            let claim = &case.claims.as_ref().expect("it was listed")[claim as usize];
            let given_up = match desired.deletion {
                Deletion::No => {
                    desired.retention.when_scaled == Keep::Delete
                        && !is_wanted(&case, claim.ordinal)
                }
                Deletion::WithPods => desired.retention.when_deleted == Keep::Delete,
                Deletion::Orphan => false,
                other => unreachable!("{other:?}: the test does not know it yet"),
            };
            let unused = holder(&case, claim.ordinal).is_none();
            let ours = !claim.foreign_controller && claim.set_owner != OwnerRef::OtherUid;
            let by_us = desired.profile.give_up == GiveUp::Delete;
            ensure(given_up && unused && ours && by_us, || {
                format!("{action:?}")
            })?;
        }
        Ok(())
    });
}

/// Never both: owner references for a garbage collector, and deletions of our own.
#[test]
fn a_profile_that_deletes_claims_gives_them_no_owner() {
    check(10_000, |case: Case| {
        let plan = planned(&case);
        let owns = plan.deeds().any(|action| {
            matches!(action.what, Do::SetClaimOwner { owner, .. } if owner != statefulset::ClaimOwner::Nobody)
        });
        let deletes = plan
            .deeds()
            .any(|action| matches!(action.what, Do::DeleteClaim { .. }));
        let by_us = case.desired.profile.give_up == GiveUp::Delete;
        let in_vain = if by_us { owns } else { deletes };
        ensure(!in_vain, || format!("{:?}", plan.actions))
    });
}

#[test]
fn a_set_that_is_being_deleted_gets_nothing_new() {
    check(10_000, |mut case: Case| {
        if case.desired.deletion == Deletion::No {
            case.desired.deletion = Deletion::WithPods;
        }
        let deeds = deeds(&planned(&case));
        let background = case.desired.profile.shutdown == Shutdown::Background;
        ensure(deeds.is_empty() || !background, || format!("{deeds:?}"))?;
        let goes = |action: &Action| action.what.is_delete() || action.what == Do::ReleaseFinalizer;
        ensure(deeds.iter().all(goes), || format!("{deeds:?}"))?;
        let released = deeds
            .iter()
            .any(|action| action.what == Do::ReleaseFinalizer);
        let orphans = case.desired.deletion == Deletion::Orphan;
        ensure(!released || orphans || case.pods.is_empty(), || {
            format!("{deeds:?}")
        })
    });
}

/// What an executor relies on.
#[test]
fn stages_never_go_back_and_indexes_are_in_range() {
    check(10_000, |case: Case| {
        let plan = planned(&case);
        let stages: Vec<u32> = plan.actions.iter().map(|action| action.stage).collect();
        ensure(stages.is_sorted(), || format!("{stages:?}"))?;
        let claims = case.claims.as_ref().map_or(0, Vec::len);
        let volumes = case.volumes.as_ref().map_or(0, Vec::len);
        let mut steps = BTreeSet::new();
        for action in plan.deeds() {
            let valid = match action.what {
                Do::BindClaim { claim, volume } => {
                    (claim as usize) < claims && (volume as usize) < volumes
                }
                Do::SetClaimOwner { claim, .. } | Do::DeleteClaim { claim } => {
                    (claim as usize) < claims
                }
                Do::UpdatePod { pod } | Do::UpdateInPlace { pod, .. } | Do::DeletePod { pod } => {
                    case.pods
                        .get(pod as usize)
                        .is_some_and(|pod| pod.ordinal == action.ordinal)
                }
                Do::CreateClaim { template } => {
                    usize::from(template) < case.desired.templates.len()
                }
                _ => true,
            };
            ensure(valid, || format!("{action:?}"))?;
            // A chain is listed in the order of its steps.
            let place = (action.stage, action.ordinal);
            let later = steps
                .range((place, action.step + 1)..=(place, u8::MAX))
                .next();
            ensure(later.is_none(), || format!("{action:?} after {later:?}"))?;
            steps.insert((place, action.step));
        }
        Ok(())
    });
}
