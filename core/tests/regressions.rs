//! Small cases on which the planner was once wrong.

use statefulset::{
    AccessModes, Binding, Budget, Claim, ClaimOwner, ClaimPhase, ClaimTemplate, Deletion, Desired,
    Do, Gate, Gates, GiveUp, Keep, Management, Node, NodeState, Observed, On, Outcome, OwnerRef,
    Phase, Pod, Profile, Progress, Reserved, Retention, Revision, Strategy, Volume, plan,
};

const A: Revision = Revision(1);
const NOW: i64 = 1_000_000;
const DATA: &[ClaimTemplate] = &[ClaimTemplate { name: "data" }];

fn deeds(desired: &Desired, observed: &Observed) -> Vec<(u32, Do)> {
    let plan = plan(desired, observed, NOW).expect("a valid input");
    plan.deeds()
        .map(|action| (action.stage, action.what))
        .collect()
}

#[test]
fn a_claim_of_somebody_else_is_never_given_up() {
    let claims = [
        Claim {
            foreign_controller: true,
            ..Claim::bound(5, 0)
        },
        Claim {
            set_owner: OwnerRef::OtherUid,
            ..Claim::bound(6, 0)
        },
    ];
    let observed = Observed::pods(&[]).with_claims(&claims);
    let scaled_in = Desired {
        templates: DATA,
        retention: Retention {
            when_deleted: Keep::Delete,
            when_scaled: Keep::Delete,
        },
        finalizer_held: true,
        profile: Profile {
            give_up: GiveUp::Delete,
            ..Profile::STANDALONE
        },
        ..Desired::new("web", 0, A)
    };
    assert_eq!(deeds(&scaled_in, &observed), []);
    let deleted = Desired {
        deletion: Deletion::WithPods,
        ..scaled_in
    };
    assert_eq!(deeds(&deleted, &observed), [(0, Do::ReleaseFinalizer)]);
}

/// Upstream asks such a pod for its phase, and the search for the lowest unhealthy one does not.
#[test]
fn a_condemned_pod_that_is_ready_and_does_not_run_holds_scale_in_up() {
    let desired = Desired::new("web", 0, A);
    for phase in [Phase::Pending, Phase::Failed, Phase::Unknown] {
        let pods = [Pod {
            phase,
            ..Pod::running(4, A)
        }];
        assert_eq!(deeds(&desired, &Observed::pods(&pods)), [], "{phase:?}");
        let plan = plan(&desired, &Observed::pods(&pods), NOW).expect("a valid input");
        let (_, wait) = plan.waits().next().expect("a wait");
        assert!(wait.gates.contains(Gate::UnhealthyLeaver), "{phase:?}");
        assert_eq!(wait.on, On::Pod(0), "{phase:?}");
    }
}

#[test]
fn condemned_twins_give_their_claim_one_owner() {
    let desired = Desired {
        templates: DATA,
        retention: Retention {
            when_deleted: Keep::Retain,
            when_scaled: Keep::Delete,
        },
        ..Desired::new("web", 0, A)
    };
    let odd = Pod {
        identity: false,
        ..Pod::running(4, A)
    };
    let claims = [Claim::bound(4, 0)];
    for (pods, rightful) in [
        ([odd, Pod::running(4, A)], 1),
        ([Pod::running(4, A), odd], 0),
    ] {
        let observed = Observed::pods(&pods).with_claims(&claims);
        let owner = ClaimOwner::Pod(rightful);
        assert_eq!(
            deeds(&desired, &observed),
            [
                (0, Do::SetClaimOwner { claim: 0, owner }),
                (1, Do::DeletePod { pod: 1 - rightful })
            ]
        );
    }
}

#[test]
fn a_parallel_shutdown_asks_all_pods_at_once() {
    let desired = Desired {
        management: Management::Parallel,
        deletion: Deletion::WithPods,
        finalizer_held: true,
        profile: Profile::STANDALONE,
        ..Desired::new("web", 3, A)
    };
    let pods = [0, 1, 2].map(|ordinal| Pod::running(ordinal, A));
    let delete = |pod| (0, Do::DeletePod { pod });
    assert_eq!(
        deeds(&desired, &Observed::pods(&pods)),
        [2, 1, 0].map(delete)
    );
}

#[test]
fn a_reserved_volume_is_bound_before_the_first_consumer_has_a_node() {
    let desired = Desired {
        templates: DATA,
        finalizer_held: true,
        profile: Profile::STANDALONE,
        ..Desired::new("web", 0, A)
    };
    let claims = [Claim {
        phase: ClaimPhase::Pending,
        binding: Binding::WaitForFirstConsumer,
        ..Claim::bound(0, 0)
    }];
    let reserved = Volume {
        reserved: Reserved::Claim(0),
        ..Volume::available(1, 0)
    };
    let volumes = [Volume::available(1, 0), reserved];
    let observed = Observed {
        volumes: Some(&volumes),
        ..Observed::pods(&[]).with_claims(&claims)
    };
    let bind = Do::BindClaim {
        claim: 0,
        volume: 1,
    };
    assert_eq!(deeds(&desired, &observed), [(0, bind)]);
}

#[test]
fn with_a_node_a_reserved_volume_is_not_asked_for_its_modes() {
    let desired = Desired {
        templates: DATA,
        finalizer_held: true,
        profile: Profile::STANDALONE,
        ..Desired::new("web", 0, A)
    };
    let claims = [Claim {
        phase: ClaimPhase::Pending,
        binding: Binding::WaitForFirstConsumer,
        modes: AccessModes::READ_WRITE_MANY,
        node: Some(0),
        ..Claim::bound(0, 0)
    }];
    let volumes = [Volume {
        reserved: Reserved::Claim(0),
        ..Volume::available(1, 0)
    }];
    let nodes = [Node {
        state: NodeState::Ready,
        cordoned: false,
        draining: false,
        since: None,
    }];
    let observed = Observed {
        volumes: Some(&volumes),
        nodes: Some(&nodes),
        ..Observed::pods(&[]).with_claims(&claims)
    };
    let bind = Do::BindClaim {
        claim: 0,
        volume: 0,
    };
    assert_eq!(deeds(&desired, &observed), [(0, bind)]);
}

#[test]
fn recreate_says_that_it_creates_even_if_a_creation_fails() {
    let mut desired = Desired {
        strategy: Strategy::Recreate,
        current: Revision(0),
        ..Desired::new("web", 1, A)
    };
    desired.profile.recreate = true;
    let progress = |pods: &[Pod]| {
        let plan = plan(&desired, &Observed::pods(pods), NOW).expect("a valid input");
        let status = plan.conclude(&[Outcome::Failed]).status.expect("news");
        status.progressing
    };
    assert_eq!(progress(&[]), Some(Progress::Creating));
    // An old pod that could not be deleted is another matter.
    assert_eq!(progress(&[Pod::running(0, Revision(0))]), None);
}

#[test]
fn condemned_twins_share_one_wait() {
    let desired = Desired::new("web", 1, A);
    let pods = [Pod::running(4, A), Pod::running(4, A)];
    let plan = plan(&desired, &Observed::pods(&pods), NOW).expect("a valid input");
    let waits: Vec<u32> = plan.waits().map(|(action, _)| action.ordinal).collect();
    assert_eq!(waits, [4]);
}

#[test]
fn which_twin_wins_does_not_depend_on_the_order_of_the_nodes() {
    let node = |state| Node {
        state,
        cordoned: false,
        draining: false,
        since: None,
    };
    let on = |node| Pod {
        node: Some(node),
        ..Pod::running(4, A)
    };
    let deleted = |pods: &[Pod], nodes: &[Node]| {
        let observed = Observed {
            nodes: Some(nodes),
            ..Observed::pods(pods)
        };
        let plan = plan(&Desired::new("web", 0, A), &observed, NOW).expect("a valid input");
        match plan.actions[0].what {
            Do::DeletePod { pod } => nodes[pods[pod as usize].node.expect("a node") as usize].state,
            other => panic!("{other:?}"),
        }
    };
    let (ready, gone) = (node(NodeState::Ready), node(NodeState::Gone));
    assert_eq!(
        deleted(&[on(0), on(1)], &[ready, gone]),
        deleted(&[on(0), on(1)], &[gone, ready])
    );
}

#[test]
fn a_repair_that_a_claim_is_in_the_way_of_names_the_claim() {
    let desired = Desired {
        templates: DATA,
        ..Desired::new("web", 1, A)
    };
    let pods = [Pod {
        storage: false,
        ..Pod::running(0, A)
    }];
    let claims = [Claim {
        terminating_since: Some(NOW - 1),
        ..Claim::bound(0, 0)
    }];
    let wait = |claims| {
        let observed = Observed {
            claims,
            ..Observed::pods(&pods)
        };
        let plan = plan(&desired, &observed, NOW).expect("a valid input");
        let (_, wait) = plan.waits().next().expect("a wait");
        (wait.gates, wait.on)
    };
    let terminating = Gates::of(Gate::ClaimTerminating);
    assert_eq!(wait(Some(&claims[..])), (terminating, On::Claim(0)));
    assert_eq!(wait(None).0, Gates::of(Gate::ClaimsUnknown));
}

/// It was deleted for the node's silence and evicted for the drain, in one plan, and that used up the budget for another pod.
#[test]
fn a_pod_on_a_node_that_is_silent_while_it_is_drained_is_asked_to_go_once() {
    let nodes = [
        Node {
            state: NodeState::Unreachable,
            draining: true,
            since: Some(0),
            ..Node::default()
        },
        Node {
            draining: true,
            ..Node::default()
        },
    ];
    let budgets = [Budget {
        allowed: 1,
        healthy: 2,
        desired_healthy: 1,
        unhealthy_always: false,
    }];
    let pod = |ordinal| Pod {
        node: Some(1 - ordinal),
        budget: Some(0),
        ..Pod::running(ordinal, A)
    };
    let pods = [pod(0), pod(1)];
    let observed = Observed {
        nodes: Some(&nodes),
        budgets: Some(&budgets),
        ..Observed::pods(&pods)
    };
    let desired = Desired {
        finalizer_held: true,
        profile: Profile::STANDALONE,
        ..Desired::new("web", 2, A)
    };
    assert_eq!(
        deeds(&desired, &observed),
        [(0, Do::DeletePod { pod: 1 }), (0, Do::EvictPod { pod: 0 })]
    );
}
