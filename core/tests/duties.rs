//! What `standalone` does beyond Kubernetes' own controller, and above all what it must never do (rules B, N, L).

use statefulset::{
    Binding, Budget, Claim, ClaimPhase, ClaimTemplate, Deletion, Desired, Do, LostNodes,
    Management, Node, NodeState, Observed, Outcome, Phase, Pod, Profile, Reach, Reserved, Revision,
    Volume, VolumePhase, explain, plan,
};

const A: Revision = Revision(1);
const B: Revision = Revision(2);
const NOW: i64 = 1_000_000;
const GRACE: i64 = 300_000;
const WWW: &[ClaimTemplate] = &[ClaimTemplate { name: "www" }];
const READY: Node = Node {
    state: NodeState::Ready,
    cordoned: false,
    draining: false,
    since: Some(0),
};

fn standalone(replicas: u32) -> Desired<'static> {
    Desired {
        profile: Profile::STANDALONE,
        finalizer_held: true,
        ..Desired::new("web", replicas, A)
    }
}

fn on(node: u32, ordinal: u32) -> Pod {
    Pod {
        node: Some(node),
        ..Pod::running(ordinal, A)
    }
}

fn deeds(desired: &Desired, observed: &Observed) -> Vec<Do> {
    plan(desired, observed, NOW)
        .expect("a valid input")
        .deeds()
        .map(|action| action.what)
        .collect()
}

fn said(desired: &Desired, observed: &Observed) -> String {
    let plan = plan(desired, observed, NOW).expect("a valid input");
    explain(desired, observed, &plan, NOW).to_string()
}

#[test]
fn a_silent_node_is_given_time_then_its_pods_are_asked_to_go_and_no_more() {
    let desired = standalone(1);
    let silent = |since| {
        [
            Node {
                state: NodeState::Unreachable,
                since: Some(since),
                ..READY
            },
            READY,
        ]
    };
    let pods = [Pod {
        ready: false,
        ..on(0, 0)
    }];
    let nodes = silent(NOW - GRACE + 1);
    let observed = Observed {
        nodes: Some(&nodes),
        ..Observed::pods(&pods)
    };
    assert_eq!(deeds(&desired, &observed), []);
    assert_eq!(
        plan(&desired, &observed, NOW).expect("valid").next_wake,
        Some(NOW + 1)
    );
    let nodes = silent(NOW - GRACE);
    let observed = Observed {
        nodes: Some(&nodes),
        ..Observed::pods(&pods)
    };
    assert_eq!(deeds(&desired, &observed), [Do::DeletePod { pod: 0 }]);

    // However long it has been silent, its pod may still run.
    let gone = [Pod {
        terminating_since: Some(0),
        ..pods[0]
    }];
    let nodes = silent(0);
    let observed = Observed {
        nodes: Some(&nodes),
        ..Observed::pods(&gone)
    };
    assert_eq!(deeds(&desired, &observed), []);
    assert_eq!(
        said(&desired, &observed),
        "web-0: on a lost node, not replaced yet: the pod is terminating and must be gone first; node number 0 does not \
         report; node number 0 must be fenced or removed first (for 16 min)"
    );
}

#[test]
fn only_a_fenced_or_removed_node_lets_its_pods_be_removed_by_force() {
    let desired = standalone(1);
    for (terminating_since, ready) in [
        (None, true),
        (None, false),
        (Some(0), true),
        (Some(0), false),
    ] {
        let pods = [Pod {
            terminating_since,
            ready,
            ..on(0, 0)
        }];
        for state in [
            NodeState::Ready,
            NodeState::NotReady,
            NodeState::Unreachable,
            NodeState::Fenced,
            NodeState::Gone,
        ] {
            let nodes = [
                Node {
                    state,
                    since: Some(0),
                    ..READY
                },
                READY,
            ];
            let observed = Observed {
                nodes: Some(&nodes),
                ..Observed::pods(&pods)
            };
            let by_force = deeds(&desired, &observed).contains(&Do::ForceDeletePod {
                pod: 0,
                node: Some(0),
            });
            let dead = matches!(state, NodeState::Fenced | NodeState::Gone);
            assert_eq!(
                by_force, dead,
                "{state:?}, terminating {terminating_since:?}, ready {ready}"
            );
        }
    }
}

#[test]
fn a_missing_node_is_not_a_gone_one() {
    let desired = standalone(1);
    let pods = [Pod {
        ready: false,
        terminating_since: Some(0),
        ..Pod::running(0, A)
    }];
    let observed = Observed {
        nodes: Some(&[]),
        ..Observed::pods(&pods)
    };
    assert_eq!(deeds(&desired, &observed), []);
    assert_eq!(
        deeds(
            &desired,
            &Observed {
                nodes: None,
                ..observed
            }
        ),
        []
    );
}

#[test]
fn a_knob_asks_for_a_fence_even_if_the_node_was_removed() {
    let mut desired = standalone(1);
    desired.profile.lost_nodes = Some(LostNodes {
        unreachable_after: GRACE,
        require_fence: true,
    });
    let pods = [on(0, 0)];
    let nodes = [Node {
        state: NodeState::Gone,
        ..READY
    }];
    let observed = Observed {
        nodes: Some(&nodes),
        ..Observed::pods(&pods)
    };
    assert_eq!(deeds(&desired, &observed), []);
    assert_eq!(
        said(&desired, &observed),
        "web-0: on a lost node, not replaced yet: node number 0 must be fenced or removed first"
    );
}

#[test]
fn if_no_node_is_ready_the_observer_may_be_cut_off() {
    let desired = standalone(2);
    let pods = [on(0, 0), on(1, 1)];
    let nodes = [Node {
        state: NodeState::Unreachable,
        since: Some(0),
        ..READY
    }; 2];
    let observed = Observed {
        nodes: Some(&nodes),
        ..Observed::pods(&pods)
    };
    assert_eq!(deeds(&desired, &observed), []);
    assert!(said(&desired, &observed).contains("no node at all is ready"));
}

#[test]
fn a_node_that_came_back_keeps_its_pods() {
    let desired = standalone(1);
    let pods = [Pod {
        terminating_since: Some(0),
        ..on(0, 0)
    }];
    let observed = Observed {
        nodes: Some(&[READY]),
        ..Observed::pods(&pods)
    };
    assert_eq!(
        deeds(&desired, &observed),
        [],
        "its kubelet finishes the termination"
    );
}

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

#[test]
fn claims_get_the_smallest_volume_that_fits_and_reserved_ones_first() {
    let desired = Desired {
        templates: WWW,
        ..standalone(1)
    };
    let pods = [Pod {
        phase: Phase::Pending,
        ready: false,
        ..Pod::running(0, A)
    }];
    let claims = [Claim {
        phase: ClaimPhase::Pending,
        request: 10,
        class: 7,
        ..Claim::bound(0, 0)
    }];
    let bound = |volumes: &[Volume]| {
        let observed = Observed {
            volumes: Some(volumes),
            ..Observed::pods(&pods).with_claims(&claims)
        };
        deeds(&desired, &observed)
            .into_iter()
            .find_map(|what| match what {
                Do::BindClaim { volume, .. } => Some(volume),
                _ => None,
            })
    };
    let fits = Volume::available(10, 7);
    assert_eq!(
        bound(&[Volume::available(30, 7), fits, Volume::available(20, 7)]),
        Some(1)
    );
    assert_eq!(bound(&[Volume::available(9, 7)]), None, "too small");
    assert_eq!(bound(&[Volume::available(10, 8)]), None, "another class");
    assert_eq!(
        bound(&[Volume {
            phase: VolumePhase::Released,
            ..fits
        }]),
        None,
        "used by an earlier claim"
    );
    assert_eq!(
        bound(&[Volume {
            terminating: true,
            ..fits
        }]),
        None,
        "going"
    );
    assert_eq!(bound(&[Volume { matches: 0, ..fits }]), None, "labels");
    assert_eq!(
        bound(&[Volume {
            reserved: Reserved::Other,
            ..fits
        }]),
        None,
        "somebody else's"
    );
    let reserved = Volume {
        reserved: Reserved::Claim(0),
        class: 8,
        phase: VolumePhase::Pending,
        ..Volume::available(99, 7)
    };
    assert_eq!(
        bound(&[fits, reserved]),
        Some(1),
        "reserved for the claim: class and phase are not asked"
    );
}

/// Nodes 0 and 1 are one zone, nodes 2 and 3 another; node 3 is in a third one, too.
const ZONES: [Reach; 6] = [
    Reach { group: 8, node: 3 },
    Reach { group: 7, node: 0 },
    Reach { group: 8, node: 2 },
    Reach { group: 7, node: 1 },
    Reach { group: 9, node: 3 },
    Reach { group: 7, node: 0 },
];

/// The volume that is bound to a claim whose volume is chosen on a node.
fn bound_on(node: Option<u32>, volumes: &[Volume], knows_nodes: bool) -> Option<u32> {
    let desired = Desired {
        templates: WWW,
        ..standalone(1)
    };
    let pods = [Pod {
        phase: Phase::Pending,
        ready: false,
        ..Pod::running(0, A)
    }];
    let claims = [Claim {
        phase: ClaimPhase::Pending,
        binding: Binding::WaitForFirstConsumer,
        node: node.filter(|_| knows_nodes),
        request: 10,
        ..Claim::bound(0, 0)
    }];
    let observed = Observed {
        volumes: Some(volumes),
        nodes: knows_nodes.then_some(&[READY; 5]),
        reach: if knows_nodes { &ZONES } else { &[] },
        ..Observed::pods(&pods)
    };
    let bound = |what| match what {
        Do::BindClaim { claim: 0, volume } => volume,
        other => panic!("{other:?}"),
    };
    let deeds = deeds(&desired, &observed.with_claims(&claims));
    assert!(deeds.len() < 2, "{deeds:?}");
    deeds.into_iter().map(bound).next()
}

#[test]
fn a_claim_that_waits_for_its_pod_is_bound_where_the_pod_goes() {
    let of = |group, capacity| Volume {
        reach: Some(group),
        ..Volume::available(capacity, 0)
    };
    let zonal = [of(7, 10), of(8, 20), of(6, 10)];
    for (node, volume) in [
        (None, None),
        (Some(0), Some(0)),
        (Some(1), Some(0)),
        (Some(2), Some(1)),
        (Some(3), Some(1)),
        (Some(4), None),
    ] {
        assert_eq!(bound_on(node, &zonal, true), volume, "pod on {node:?}");
    }
    assert_eq!(bound_on(Some(0), &zonal, false), None, "nodes not known");
    // From a node of two zones the smallest of both; what is everywhere is near, too.
    let sizes = [of(8, 30), of(9, 20), of(7, 10)];
    assert_eq!(bound_on(Some(3), &sizes, true), Some(1));
    assert_eq!(bound_on(Some(2), &sizes, true), Some(0));
    let anywhere = [of(7, 10), Volume::available(20, 0)];
    assert_eq!(bound_on(Some(4), &anywhere, true), Some(1));
    // Reserved, and out of reach: no other will do.
    let own = Volume {
        reserved: Reserved::Claim(0),
        ..of(7, 10)
    };
    assert_eq!(bound_on(Some(1), &[own, of(8, 10)], true), Some(0));
    assert_eq!(bound_on(Some(2), &[own, of(8, 10)], true), None);
}

/// Otherwise nobody would ever take the pod away, and the set would stay for ever.
#[test]
fn a_shutdown_goes_on_where_a_node_is_gone() {
    let desired = Desired {
        deletion: Deletion::WithPods,
        ..standalone(2)
    };
    let gone = Node {
        state: NodeState::Gone,
        ..READY
    };
    let nodes = [READY, gone];
    let going = Pod {
        terminating_since: Some(NOW - 1),
        ..on(1, 1)
    };
    let pods = [on(0, 0), going];
    let observed = Observed {
        nodes: Some(&nodes),
        ..Observed::pods(&pods)
    };
    let removed = Do::ForceDeletePod {
        pod: 1,
        node: Some(1),
    };
    assert_eq!(deeds(&desired, &observed), [removed]);
}
