//! Each ordinal that is not up to date is covered by actions or by exactly one wait, never both.

use std::collections::{BTreeMap, BTreeSet};

use statefulset::{
    Claim, ClaimPhase, ClaimTemplate, Deletion, Desired, Do, GiveUp, Keep, Management, NO_ORDINAL,
    NodeState, Observed, Ordinal, OwnerRef, Phase, Pod, Prepared, Ranked, Revision, Strategy,
    Version, plan,
};

use crate::{ensure, holder, is_available, is_below_partition, is_wanted, planned};
use statefulset_cases::{Case, NOW, check};

#[test]
fn what_is_not_at_its_goal_is_acted_on_or_waits_once() {
    check(20_000, |mut case: Case| {
        // Ranks hold other pods back than the lowest.
        case.desired.policies.ranked = Ranked::Off;
        let refused = case.desired.strategy == Strategy::Recreate && !case.desired.profile.recreate;
        if !case.fresh || refused {
            return Ok(());
        }
        let plan = planned(&case);
        let acted: BTreeSet<Ordinal> = plan.deeds().map(|action| action.ordinal).collect();
        let mut waits: BTreeMap<Ordinal, u32> = BTreeMap::new();
        for (action, wait) in plan.waits() {
            ensure(!wait.gates.is_empty(), || format!("no gate: {action:?}"))?;
            for ordinal in action.ordinal..=wait.through {
                *waits.entry(ordinal).or_default() += 1;
            }
        }
        for ordinal in (0..=20).chain([NO_ORDINAL]) {
            let waiting = waits.get(&ordinal).copied().unwrap_or(0);
            let expected = u32::from(!acted.contains(&ordinal) && !is_at_goal(&case, ordinal));
            ensure(waiting == expected, || {
                format!(
                    "{ordinal} has {waiting} waits, not {expected}: {:?}",
                    plan.actions
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn nothing_is_made_where_something_is() {
    check(10_000, |case: Case| {
        let (mut pods, mut claims) = (BTreeSet::new(), BTreeSet::new());
        for action in planned(&case).deeds() {
            let (ordinal, what) = (action.ordinal, action.what);
            let fresh = match what {
                Do::CreatePod { .. } => {
                    pods.insert(ordinal) && case.pods.iter().all(|pod| pod.ordinal != ordinal)
                }
                Do::CreateClaim { template } => {
                    let known = case.claims.iter().flatten();
                    let mut names = known.map(|claim| (claim.ordinal, claim.template));
                    claims.insert((ordinal, template))
                        && names.all(|name| name != (ordinal, template))
                }
                _ => true,
            };
            ensure(fresh, || format!("{action:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn no_pod_and_no_claim_is_touched_twice() {
    check(10_000, |case: Case| {
        let plan = planned(&case);
        let mut seen = BTreeSet::new();
        for action in plan
            .deeds()
            .filter(|action| !matches!(action.what, Do::CreateClaim { .. }))
        {
            ensure(
                seen.insert(action.what) || matches!(action.what, Do::CreatePod { .. }),
                || format!("{action:?} twice in {:?}", plan.actions),
            )?;
        }
        let owners = plan.deeds().filter_map(|action| match action.what {
            Do::SetClaimOwner { claim, .. } => Some(claim),
            _ => None,
        });
        let mut claims: Vec<u32> = owners.collect();
        let all = claims.len();
        claims.sort_unstable();
        claims.dedup();
        ensure(claims.len() == all, || format!("{:?}", plan.actions))
    });
}

/// Held by a partition, or by `OnDelete`, counts as arrived.
fn is_at_goal(case: &Case, ordinal: Ordinal) -> bool {
    let desired = &case.desired;
    if ordinal == NO_ORDINAL && case.desired.deletion == Deletion::No {
        return true; // Pods without an ordinal are not touched.
    }
    let pod = holder(case, ordinal);
    match (desired.deletion, pod) {
        (Deletion::Orphan, _) | (Deletion::WithPods, None) => true,
        (Deletion::WithPods, Some(_)) => false,
        (Deletion::No, None) => !is_wanted(case, ordinal),
        (Deletion::No, Some(pod)) => {
            let held = match desired.strategy {
                Strategy::OnDelete => true,
                Strategy::Recreate => false,
                Strategy::RollingUpdate(_) => {
                    is_wanted(case, ordinal) && is_below_partition(case, ordinal)
                }
                other => unreachable!("{other:?}: the test does not know it yet"),
            };
            let mut claims = case
                .claims
                .iter()
                .flatten()
                .filter(|claim| claim.ordinal == ordinal);
            is_wanted(case, ordinal)
                && may_stay(case, pod)
                && pod.phase == Phase::Running
                && is_available(case, pod)
                && (pod.identity && pod.storage)
                && (pod.revision == desired.update || held)
                && (pod.prepared == Prepared::No && !pod.replace)
                && claims.all(|claim| is_owned_as_wanted(case, claim))
        }
        (other, _) => unreachable!("{other:?}: the test does not know it yet"),
    }
}

/// Whether its node is neither being emptied nor lost, as far as the profile cares.
fn may_stay(case: &Case, pod: &Pod) -> bool {
    let profile = &case.desired.profile;
    let node = pod.node.zip(case.nodes.as_ref());
    let node = node.and_then(|(node, nodes)| nodes.get(node as usize));
    node.is_none_or(|node| {
        let here = matches!(node.state, NodeState::Ready | NodeState::NotReady);
        !(profile.drain_nodes && node.draining) && (profile.lost_nodes.is_none() || here)
    })
}

/// Of a claim whose ordinal is wanted.
fn is_owned_as_wanted(case: &Case, claim: &Claim) -> bool {
    let (set, pod) = (claim.set_owner, claim.pod_owner);
    let retention = case.desired.retention;
    let by_set = case.desired.profile.give_up == GiveUp::OwnerReferences
        && retention.when_deleted == Keep::Delete;
    // The oldest patches compare nothing but uids.
    if case.desired.profile.kubernetes < Version::V1_28 {
        let names = |owner| matches!(owner, OwnerRef::Plain | OwnerRef::Controller);
        return (names(set), names(pod)) == (by_set, false);
    }
    if set == OwnerRef::OtherUid || pod == OwnerRef::OtherUid {
        return true;
    }
    let by_set = by_set && !claim.foreign_controller;
    let wanted = if by_set {
        OwnerRef::Controller
    } else {
        OwnerRef::Absent
    };
    (set, pod) == (wanted, OwnerRef::Absent)
}

/// A claim that has no volume is what a pod that has not started waits for.
#[test]
fn a_pending_pod_without_a_volume_says_so() {
    check(5_000, |case: Case| {
        let plan = planned(&case);
        for (action, wait) in plan.waits() {
            if action.ordinal != wait.through || !is_wanted(&case, action.ordinal) {
                continue;
            }
            let mut claims = case
                .claims
                .iter()
                .flatten()
                .filter(|claim| claim.ordinal == action.ordinal);
            let unbound = claims.any(|claim| claim.phase != ClaimPhase::Bound);
            let starting = holder(&case, action.ordinal)
                .is_some_and(|pod| pod.phase == Phase::Pending && !pod.is_terminating());
            let told = wait.gates.contains(statefulset::Gate::ClaimUnbound);
            let applies =
                unbound && starting && case.desired.deletion == Deletion::No && case.fresh;
            ensure(!applies || told || plan.status.is_none(), || {
                format!("{action:?}")
            })?;
        }
        Ok(())
    });
}

/// Batches of 1, 2, 4 …: what shares a batch with a failure was tried all the same, and says its own reason only.
#[test]
fn only_what_is_behind_a_failed_batch_waits_for_it() {
    let terminating = |ordinal| Claim {
        terminating_since: Some(NOW),
        ..Claim::bound(ordinal, 0)
    };
    let claims = [terminating(1), terminating(2), terminating(4)];
    let desired = Desired {
        templates: &[ClaimTemplate { name: "data" }],
        management: Management::Parallel,
        ..Desired::new("web", 5, Revision(1))
    };
    let observed = Observed::pods(&[]).with_claims(&claims);
    let plan = plan(&desired, &observed, NOW).expect("a valid input");
    let waits: Vec<(Ordinal, String)> = plan
        .waits()
        .map(|(action, wait)| (action.ordinal, wait.gates.to_string()))
        .collect();
    let expected = [
        (1, "claim-terminating"),
        (2, "claim-terminating"),
        (3, "order"),
        (4, "order,claim-terminating"),
    ];
    assert_eq!(
        waits,
        expected.map(|(ordinal, gates)| (ordinal, gates.to_owned()))
    );
}
