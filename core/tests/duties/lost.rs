//! Nodes that are silent or gone (rules L), also during an ordered shutdown.

use statefulset::{Deletion, Desired, Do, LostNodes, Node, NodeState, Observed, Pod, plan};

use super::{A, GRACE, NOW, READY, deeds, on, said, standalone};

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
