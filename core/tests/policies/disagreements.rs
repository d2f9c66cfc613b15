//! What policies make of small worlds: the cases on which two planners disagreed. The words are those of the worked traces.

use statefulset::{
    Claim, ClaimOwner, ClaimTemplate, Do, Exclusion, LostNodes, Node, NodeState, OwnerRef,
    PartitionBy, Paused, Phase, Plan, Policies, Profile, Progress, Ranked, Repair, Status,
    Strategy, Version, plan,
};
use statefulset_cases::{Case, NOW};

const NONE: Policies<'static> = Policies::NONE;

const AT_ONCE: Policies<'static> = Policies {
    repair: Some(Repair::after(0)),
    ..NONE
};

const fn paused(paused: Paused) -> Policies<'static> {
    Policies { paused, ..NONE }
}

const fn scale_out_limit(pods: u32) -> Policies<'static> {
    Policies {
        scale_out_limit: Some(statefulset::Limit::Count(pods)),
        ..NONE
    }
}

fn case(policies: Policies<'static>, settings: &str, snapshot: &str) -> Case {
    let mut case = Case::drawn(settings, snapshot);
    case.desired.policies = policies;
    case
}

fn planned(case: &Case) -> Plan {
    plan(&case.desired, &case.observed(), case.now).expect("a valid input")
}

/// What is done, and `status.current`.
fn told(case: &Case) -> (String, u32) {
    let plan = planned(case);
    let words: Vec<String> = plan
        .deeds()
        .map(|action| format!("{} {}", action.what.slug(), action.ordinal))
        .collect();
    (words.join(", "), plan.status.expect("news").current)
}

fn comes_out(case: &Case, deeds: &str, current: u32) {
    assert_eq!(told(case), (deeds.to_owned(), current), "{case:?}");
}

/// By Q-2: the pods of the empty slots would be at the update revision, so one of these slots is the one that takes part.
#[test]
fn an_empty_slot_takes_part_where_the_current_revision_is_the_update_revision() {
    let ranked = Policies {
        ranked: Ranked::Order,
        ..NONE
    };
    let case = case(ranked, "B A/A gate partition=2", "1:B-");
    comes_out(&case, "create-pod 0, create-pod 2", 0);
}

/// By X-5: "Ordered, no condemned pod is".
#[test]
fn a_stand_in_stays_in_order_too_while_nothing_is_created() {
    const ONE: &[Exclusion] = &[Exclusion::range(1, 1)];
    let policies = Policies {
        excluded: ONE,
        stand_in_first: true,
        ..paused(Paused::CREATION)
    };
    let case = case(policies, "M A/A n=1", "1:A+");
    comes_out(&case, "", 1);
}

/// By U-6 and Z-1: only actions are left out. The old pod is there, and the status must not say that it is gone.
#[test]
fn the_condition_of_a_paused_recreation_says_that_old_pods_are_there() {
    let mut old = case(paused(Paused::ROLLOUT), "B A/B recreate n=1", "0:A+");
    for all in [false, true] {
        if all {
            old.desired.policies = paused(Paused::ALL);
        }
        let status = planned(&old).status.expect("news");
        assert_eq!(status.progressing, Some(Progress::Deleting), "{all}");
    }
}

/// By U-3: the old pod is met before the empty slot below it.
#[test]
fn a_slot_that_stays_empty_ends_the_search_only_for_what_is_below_it() {
    for order in ["M", "B"] {
        let settings = format!("{order} A/A n=2");
        let case = case(paused(Paused::CREATION), &settings, "1:B+");
        comes_out(&case, "delete-pod 1", 0);
    }
    // Slot 0 is created, and slot 1 is above the limit.
    let case = case(scale_out_limit(1), "B A/A n=3", "2:B+");
    comes_out(&case, "create-pod 0, delete-pod 2", 0);
}

/// By M-1: a slot that is empty uses up one, also one that stays empty.
#[test]
fn empty_slots_use_up_the_limit_of_scale_out_while_nothing_is_created() {
    let policies = Policies {
        scale_out_limit: Some(statefulset::Limit::Count(1)),
        ..paused(Paused::CREATION)
    };
    let case = case(policies, "B A/A n=2", "1:AF");
    comes_out(&case, "", 1);
}

/// By M-1 and Z-1 the deletion of R-1 is left out, and that of U-4 is not. What is counted in S-3 must be done.
#[test]
fn an_ended_pod_that_is_not_replaced_as_such_is_replaced_by_a_rollout() {
    let limited = case(scale_out_limit(1), "B A/B gate n=2", "1:AF");
    comes_out(&limited, "create-pod 0, delete-pod 1", 0);
    let paused = case(paused(Paused::REPLACEMENT), "B A/B gate n=1", "0:AF");
    comes_out(&paused, "delete-pod 0", 0);
}

/// R-3 comes before, and a chain is listed in the order of its steps.
#[test]
fn the_repair_of_a_pending_pod_is_the_last_step_of_its_chain() {
    let mut case = case(AT_ONCE, "M A/B gate n=1", "0:AP");
    case.desired.templates = &[ClaimTemplate { name: "data" }];
    case.claims = Some(vec![Claim {
        set_owner: OwnerRef::Controller,
        ..Claim::bound(0, 0)
    }]);
    let plan = planned(&case);
    let deeds: Vec<(u8, Do)> = plan.deeds().map(|it| (it.step, it.what)).collect();
    let owner = Do::SetClaimOwner {
        claim: 0,
        owner: ClaimOwner::Nobody,
    };
    let [(first, one), (second, two)] = deeds[..] else {
        panic!("{deeds:?}");
    };
    assert_eq!((one, two), (owner, Do::DeletePod { pod: 0 }));
    assert!(first < second, "{deeds:?}");
}

/// By U-5: what R-1 deletes is not deleted for the rollout. So nothing is asked of the group, and the step counts (S-3).
#[test]
fn an_ended_pod_that_claims_to_be_ready_takes_nothing_from_the_group() {
    let policies = Policies {
        allowance: Some(0),
        ..NONE
    };
    let mut case = case(policies, "B A/B gate n=1", "0:A+");
    case.pods[0].phase = Phase::Failed;
    comes_out(&case, "delete-pod 0", 0);
}

/// Ready, not available, and before 1.34 not unavailable either.
fn before_1_34(policies: Policies<'static>, settings: &str, snapshot: &str) -> Case {
    let mut case = case(policies, settings, snapshot);
    case.desired.profile = Profile {
        max_unavailable: true,
        ..Profile::upstream(Version::V1_33)
    };
    case.desired.min_ready = 10;
    case.pods[0].ready_since = Some(NOW);
    case
}

/// By F-1: a pod that is not available is broken if `after` is 0.
#[test]
fn before_1_34_a_pod_that_is_ready_and_not_available_is_repaired_while_rollouts_are_paused() {
    let policies = Policies {
        paused: Paused::ROLLOUT,
        ..AT_ONCE
    };
    comes_out(
        &before_1_34(policies, "B A/B n=1", "0:A+"),
        "delete-pod 0",
        0,
    );
}

/// By F-2: what follows takes a repaired pod for unavailable.
#[test]
fn before_1_34_a_repaired_pod_uses_up_the_limit() {
    let case = before_1_34(AT_ONCE, "B A/B n=3 max=2", "0:A+ 1:A+");
    comes_out(&case, "create-pod 2, delete-pod 0", 1);
}

/// By X-2: `partition_by` is about the partition, and `currentReplicas` is none.
#[test]
fn without_a_block_indexes_count_desired_ordinals() {
    const TWO: &[Exclusion] = &[Exclusion::range(0, 1)];
    let policies = Policies {
        excluded: TWO,
        partition_by: PartitionBy::Ordinal,
        ..NONE
    };
    let mut case = case(policies, "B A/B n=1", "");
    case.desired.strategy = Strategy::RollingUpdate(None);
    case.desired.published = Some(Status {
        current: 1,
        ..Status::default()
    });
    let plan = planned(&case);
    let made: Vec<Do> = plan.deeds().map(|action| action.what).collect();
    let revision = case.desired.current;
    assert_eq!(made, [Do::CreatePod { revision }]);
}

/// By Z-1 and W-1: the ordinal waits.
#[test]
fn a_pod_of_a_lost_node_waits_while_everything_is_paused() {
    let mut case = case(paused(Paused::ALL), "M A/A n=1", "0:A+");
    case.desired.profile.lost_nodes = Some(LostNodes::after(0));
    let fenced = Node {
        state: NodeState::Fenced,
        since: Some(0),
        ..Node::default()
    };
    case.nodes = Some(vec![fenced, Node::default()]);
    case.pods[0].node = Some(0);
    let plan = planned(&case);
    assert_eq!(plan.deeds().count(), 0, "{:?}", plan.actions);
    assert_eq!(plan.waits().count(), 1, "{:?}", plan.actions);
}

/// By F-4: the next plan counts the pod as broken, too.
#[test]
fn the_moment_at_which_an_ended_pod_becomes_broken_is_told_or_does_not_matter() {
    let policies = Policies {
        repair: Some(Repair::after(10)),
        ..NONE
    };
    let mut case = case(policies, "B A/B n=1", "0:AF");
    case.desired.profile = Profile {
        max_unavailable: true,
        ..Profile::upstream(Version::V1_36)
    };
    case.pods[0].ready_since = Some(NOW);
    let now = planned(&case);
    case.now += 10;
    let then = planned(&case);
    let same = now.status == then.status && now.deeds().eq(then.deeds());
    assert!(same || now.next_wake == Some(case.now), "{now:?}\n{then:?}");
}
