//! What planning costs in memory: nothing that grows with `replicas`, and nothing at all for a settled set.

mod counting;

use std::mem::size_of;

use counting::{Count, Counting, counted};
use statefulset::{
    Action, Budget, Claim, ClaimTemplate, Desired, Exclusion, Limit, MAX_ORDINAL, Management, Node,
    Observed, Paused, Plan, Pod, Policies, Profile, Ranked, Repair, Revision, Strategy, Volume,
    plan,
};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const A: Revision = Revision(1);
const B: Revision = Revision(2);
const NOW: i64 = 1_000_000;
const DATA: &[ClaimTemplate] = &[ClaimTemplate { name: "data" }];

fn cost(desired: &Desired, observed: &Observed) -> (Plan, Count) {
    counted(|| plan(desired, observed, NOW).expect("a valid input"))
}

#[test]
fn records_are_small() {
    let sizes = [
        size_of::<Pod>(),
        size_of::<Claim>(),
        size_of::<Volume>(),
        size_of::<Node>(),
        size_of::<Budget>(),
        size_of::<Action>(),
    ];
    assert!(sizes.iter().all(|&size| size <= 80), "{sizes:?}");
}

#[test]
fn memory_does_not_grow_with_replicas() {
    let unready = [Pod {
        ready: false,
        ..Pod::running(0, A)
    }];
    let strategies = [
        Strategy::RollingUpdate(None),
        Strategy::OnDelete,
        Strategy::Recreate,
        Desired::new("web", 0, A).strategy,
    ];
    for management in [Management::OrderedReady, Management::Parallel] {
        for strategy in strategies {
            for pods in [&[][..], &unready] {
                for max_actions in [0, 1, 1011] {
                    let of = |replicas| {
                        let desired = Desired {
                            management,
                            strategy,
                            current: A,
                            templates: DATA,
                            profile: Profile {
                                recreate: true,
                                max_actions,
                                ..Profile::UPSTREAM
                            },
                            ..Desired::new("web", replicas, B)
                        };
                        cost(&desired, &Observed::pods(pods).with_claims(&[])).1
                    };
                    let (some, all) = (of(5_000), of(MAX_ORDINAL));
                    assert_eq!(
                        some, all,
                        "{management:?} {strategy:?} {pods:?} {max_actions}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_settled_set_costs_nothing() {
    let pods: Vec<Pod> = (0..1000).map(|ordinal| Pod::running(ordinal, A)).collect();
    let claims: Vec<Claim> = (0..1000).map(|ordinal| Claim::bound(ordinal, 0)).collect();
    let desired = Desired {
        templates: DATA,
        ..Desired::new("web", 1000, A)
    };
    let (plan, count) = cost(&desired, &Observed::pods(&pods).with_claims(&claims));
    assert!(plan.actions.is_empty());
    assert_eq!(count, Count::default());
}

#[test]
fn one_step_of_a_rollout_costs_nothing_in_order_and_one_allocation_otherwise() {
    let mut pods: Vec<Pod> = (0..1000).map(|ordinal| Pod::running(ordinal, A)).collect();
    let desired = Desired {
        current: A,
        ..Desired::new("web", 1000, B)
    };
    let allocations = |pods: &[Pod]| {
        // Waits for the other pods are one action.
        let (plan, count) = cost(&desired, &Observed::pods(pods));
        assert_eq!(plan.deeds().count(), 1);
        count.allocations
    };
    let in_order = allocations(&pods);
    pods.reverse();
    assert_eq!(allocations(&pods), in_order + 1);
}

#[test]
fn policies_cost_as_many_allocations_however_many_pods_there_are() {
    let policies = Policies {
        excluded: &[Exclusion::range(3, 4), Exclusion::range(50, 59)],
        ranked: Ranked::Tiers,
        paused: Paused::REPLACEMENT,
        scale_out_limit: Some(Limit::Count(3)),
        scale_in_limit: Some(Limit::Count(3)),
        allowance: Some(5),
        repair: Some(Repair::after(0)),
        ..Policies::NONE
    };
    let allocations = |count, policies| {
        let pods: Vec<Pod> = (0..count)
            .map(|ordinal| Pod {
                rank: ordinal * 3 / count,
                ..Pod::running(ordinal, A)
            })
            .collect();
        let desired = Desired {
            management: Management::Parallel,
            current: A,
            policies,
            ..Desired::new("web", count, B)
        };
        cost(&desired, &Observed::pods(&pods)).1.allocations
    };
    let all = [100, 1_000, 10_000].map(|count| allocations(count, policies));
    assert!(
        all[0] > 0 && all.iter().all(|&some| some == all[0]),
        "{all:?}"
    );
    assert_eq!(allocations(1_000, Policies::NONE), 0);
}
