//! Draining nodes, and the disruption budgets that are asked (rules N).

use statefulset::{Budget, Desired, Do, Management, Node, Observed, Outcome, Pod, plan};

use super::{B, NOW, READY, deeds, on, said, standalone};

#[test]
fn a_draining_node_is_emptied_within_the_budget() {
    let desired = standalone(3);
    let nodes = [
        Node {
            draining: true,
            ..READY
        },
        READY,
    ];
    let covered = |pod: Pod| Pod {
        budget: Some(0),
        ..pod
    };
    let pods = [covered(on(0, 0)), covered(on(0, 1)), covered(on(1, 2))];
    let budget = |allowed| {
        [Budget {
            allowed,
            healthy: 3,
            desired_healthy: 2,
            unhealthy_always: false,
        }]
    };
    let evicted = |budgets: Option<&[Budget]>, pods: &[Pod]| {
        let observed = Observed {
            nodes: Some(&nodes),
            budgets,
            ..Observed::pods(pods)
        };
        deeds(&desired, &observed)
    };
    assert_eq!(evicted(Some(&budget(0)), &pods), []);
    assert_eq!(evicted(Some(&budget(1)), &pods), [Do::EvictPod { pod: 1 }]);
    assert_eq!(
        evicted(Some(&budget(2)), &pods),
        [Do::EvictPod { pod: 1 }, Do::EvictPod { pod: 0 }]
    );
    let uncovered = pods.map(|pod| Pod {
        budget: None,
        ..pod
    });
    assert_eq!(
        evicted(None, &uncovered),
        [],
        "a budget that is not known may forbid it"
    );
    assert_eq!(evicted(Some(&[]), &uncovered).len(), 2);

    let observed = Observed {
        nodes: Some(&nodes),
        budgets: Some(&budget(0)),
        ..Observed::pods(&pods)
    };
    assert_eq!(
        said(&desired, &observed),
        "web-0, web-1: not moved yet: disruption budget number 0 allows no disruption now"
    );
}

#[test]
fn unhealthy_pods_go_by_the_budgets_own_policy() {
    let desired = standalone(1);
    let nodes = [Node {
        draining: true,
        ..READY
    }];
    let pods = [Pod {
        ready: false,
        budget: Some(0),
        ..on(0, 0)
    }];
    for (healthy, desired_healthy, unhealthy_always, goes) in [
        (0, 1, false, false),
        (0, 1, true, true),
        (1, 1, false, true),
        (0, 0, false, false),
        (2, 1, false, true),
    ] {
        let budgets = [Budget {
            allowed: 0,
            healthy,
            desired_healthy,
            unhealthy_always,
        }];
        let observed = Observed {
            nodes: Some(&nodes),
            budgets: Some(&budgets),
            ..Observed::pods(&pods)
        };
        let evicts = deeds(&desired, &observed) == [Do::EvictPod { pod: 0 }];
        assert_eq!(
            evicts, goes,
            "{healthy} healthy of {desired_healthy} wanted, always: {unhealthy_always}"
        );
    }
}

#[test]
fn a_pass_that_moves_pods_takes_none_away_by_itself() {
    let nodes = [
        Node {
            draining: true,
            ..READY
        },
        READY,
    ];
    for management in [Management::OrderedReady, Management::Parallel] {
        let desired = Desired {
            management,
            update: B,
            ..standalone(2)
        };
        let pods = [on(0, 0), on(1, 1), on(1, 2)];
        let observed = Observed {
            nodes: Some(&nodes),
            budgets: Some(&[]),
            ..Observed::pods(&pods)
        };
        let deeds = deeds(&desired, &observed);
        assert!(deeds.contains(&Do::EvictPod { pod: 0 }));
        assert!(
            !deeds.contains(&Do::DeletePod { pod: 1 }),
            "{management:?}: no rolling deletion beside it"
        );
        let leaves = deeds.contains(&Do::DeletePod { pod: 2 });
        assert_eq!(
            leaves,
            management == Management::Parallel,
            "{management:?}: scale-in"
        );
    }
}

#[test]
fn a_refused_eviction_stops_nothing_else() {
    let nodes = [
        Node {
            draining: true,
            ..READY
        },
        READY,
    ];
    let desired = Desired {
        management: Management::Parallel,
        ..standalone(2)
    };
    let pods = [on(0, 0)];
    let observed = Observed {
        nodes: Some(&nodes),
        budgets: Some(&[]),
        ..Observed::pods(&pods)
    };
    let plan = plan(&desired, &observed, NOW).expect("valid");
    let outcomes = [Outcome::Failed, Outcome::Done];
    assert!(plan.conclude(&outcomes).status.is_some());
    assert!(plan.actions[0].is_duty() && !plan.actions[1].is_duty());
}
