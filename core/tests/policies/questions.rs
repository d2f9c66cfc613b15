//! Asking before a pod goes, holding it, and replacing it on request (rules J).

use super::*;

fn asking(ask: Purposes) -> Policies<'static> {
    Policies {
        ask,
        ..Policies::NONE
    }
}

fn with(pods: &[Pod], ordinal: u32, prepared: Prepared) -> Vec<Pod> {
    let said = |pod: &Pod| Pod {
        prepared: if pod.ordinal == ordinal {
            prepared
        } else {
            pod.prepared
        },
        ..*pod
    };
    pods.iter().map(said).collect()
}

/// J-3: the question, the answer, the end.
#[test]
fn a_pod_is_asked_in_the_place_of_its_deletion_and_goes_when_it_may() {
    let db = set(asking(Purposes::SCALE_IN));
    let pods = running(&[0, 1, 2, 3], NEW);
    let asked = planned(&db, &pods);
    assert_eq!(deeds(&asked), ["prepare 3"]);
    let deed = asked.deeds().next().expect("a question");
    assert_eq!(deed.reason, Reason::ScaleIn);
    let leave = Departure::Leave;
    assert_eq!(
        deed.what,
        Do::Prepare {
            pod: 3,
            departure: leave
        }
    );
    let waiting = planned(&db, &with(&pods, 3, Prepared::AskedToLeave));
    assert_eq!(waits(&waiting), ["3 preparing"]);
    assert!(deeds(&waiting).is_empty());
    let done = planned(&db, &with(&pods, 3, Prepared::MayLeave));
    assert_eq!(deeds(&done), ["delete 3"]);
}

/// J-3: having handed over what it led does not prepare a pod for its end.
#[test]
fn a_pod_that_may_restart_is_asked_again_before_it_leaves() {
    let ask = asking(Purposes::ALL);
    let pods = with(&running(&[0, 1, 2, 3], NEW), 3, Prepared::MayRestart);
    assert_eq!(deeds(&planned(&set(ask), &pods)), ["prepare 3"]);
}

/// J-5: openkruise/kruise#1662, where nothing takes a question back.
#[test]
fn a_pod_that_is_wanted_again_is_told_so_and_holds_the_rollout_up_until_it_is_back() {
    let db = Desired {
        replicas: 4,
        ..set(asking(Purposes::SCALE_IN))
    };
    let old = running(&[0, 1, 2, 3], OLD);
    for asked in [Prepared::AskedToLeave, Prepared::MayLeave] {
        let plan = planned(&db, &with(&old, 3, asked));
        assert_eq!(deeds(&plan), ["cancel-prepare 3"], "{asked:?}");
    }
    let returning = planned(&db, &with(&old, 3, Prepared::Returning));
    assert!(deeds(&returning).is_empty());
    assert_eq!(waits(&returning), ["0-2 max-unavailable", "3 preparing"]);
    assert_eq!(deeds(&planned(&db, &old)), ["delete 3"]);
}

/// J-5: the same after the revision was rolled back.
#[test]
fn a_question_about_a_rollout_ends_with_it() {
    let db = set(asking(Purposes::ROLLOUT));
    let pods = with(&running(&[0, 1, 2], NEW), 2, Prepared::AskedToRestart);
    assert_eq!(deeds(&planned(&db, &pods)), ["cancel-prepare 2"]);
    let old = with(&running(&[0, 1, 2], OLD), 2, Prepared::AskedToRestart);
    assert!(deeds(&planned(&db, &old)).is_empty());
}

/// J-4: what Kruise does wrong in `OrderedReady`, where the next pod is asked while one prepares.
#[test]
fn no_second_pod_is_asked_where_one_may_go() {
    for management in [Management::OrderedReady, Management::Parallel] {
        let db = Desired {
            management,
            ..set(asking(Purposes::ROLLOUT))
        };
        let pods = running(&[0, 1, 2], OLD);
        assert_eq!(deeds(&planned(&db, &pods)), ["prepare 2"]);
        let plan = planned(&db, &with(&pods, 2, Prepared::AskedToRestart));
        assert!(deeds(&plan).is_empty(), "{management:?}");
        assert_eq!(waits(&plan), ["0-1 max-unavailable", "2 preparing"]);
        // In the middle of the sequence, too.
        let plan = planned(&db, &with(&pods, 0, Prepared::MayRestart));
        assert_eq!(deeds(&plan), ["delete 0"], "{management:?}");
    }
    let db = Desired {
        replicas: 1,
        management: Management::OrderedReady,
        ..set(asking(Purposes::SCALE_IN))
    };
    let pods = with(&running(&[0, 1, 2, 3], NEW), 3, Prepared::AskedToLeave);
    let plan = planned(&db, &pods);
    assert!(deeds(&plan).is_empty());
    assert_eq!(waits(&plan), ["1-2 order", "3 preparing"]);
}

/// J-4 and J-6: a question that takes hours does not keep lost pods from coming back, and a pod that stops serving while it
/// prepares does not keep itself from going.
#[test]
fn in_order_a_question_holds_up_neither_what_is_missing_nor_itself() {
    let db = Desired {
        management: Management::OrderedReady,
        replicas: 4,
        ..set(asking(Purposes::ROLLOUT))
    };
    let pods = with(&running(&[0, 1, 2], OLD), 1, Prepared::AskedToRestart);
    assert_eq!(deeds(&planned(&db, &pods)), ["create 3"]);
    let mut pods = with(&running(&[0, 1, 2, 3], OLD), 1, Prepared::MayRestart);
    pods[1].ready = false;
    assert_eq!(deeds(&planned(&db, &pods)), ["delete 1"]);
}

/// J-2: where there is a choice, another pod goes.
#[test]
fn a_held_pod_is_passed_over_in_a_rollout_and_holds_up_ordered_scale_in() {
    let mut pods = running(&[0, 1, 2], OLD);
    pods[2].hold = Purposes::ROLLOUT;
    let plan = planned(&set(Policies::NONE), &pods);
    assert_eq!(deeds(&plan), ["delete 1"]);
    assert_eq!(
        waits(&plan),
        ["0 max-unavailable", "2 max-unavailable,held"]
    );
    let mut pods = running(&[0, 1, 2, 3, 4], NEW);
    pods[4].hold = Purposes::SCALE_IN;
    let ordered = Desired {
        management: Management::OrderedReady,
        ..set(Policies::NONE)
    };
    let plan = planned(&ordered, &pods);
    assert!(deeds(&plan).is_empty());
    assert_eq!(waits(&plan), ["3 order", "4 held"]);
    let plan = planned(&set(Policies::NONE), &pods);
    assert_eq!(deeds(&plan), ["delete 3"]);
    assert_eq!(waits(&plan), ["4 held"]);
    let mut pods = running(&[0, 1, 2], NEW);
    (pods[1].phase, pods[1].hold) = (Phase::Failed, Purposes::REPAIR);
    let plan = planned(&set(Policies::NONE), &pods);
    assert!(deeds(&plan).is_empty());
    assert_eq!(waits(&plan), ["1 held"]);
}

/// J-7: at any partition, within the limit, first; those above the limit are passed over.
#[test]
fn pods_are_replaced_on_request() {
    let mut pods = running(&[0, 1, 2], OLD);
    (pods[0].replace, pods[1].replace) = (true, true);
    let held = Desired {
        strategy: rolling(3, 1),
        ..set(Policies::NONE)
    };
    for strategy in [held.strategy, rolling(0, 1), Strategy::OnDelete] {
        let db = Desired {
            strategy,
            ..held.clone()
        };
        let plan = planned(&db, &pods);
        assert_eq!(deeds(&plan), ["delete 1"], "{strategy:?}");
        let deed = plan.deeds().next().expect("a deletion");
        assert_eq!(deed.reason, Reason::Requested);
        assert_eq!(waits(&plan)[0], "0 max-unavailable");
    }
    // One that does not serve costs nothing.
    pods[0].ready = false;
    assert_eq!(deeds(&planned(&held, &pods)), ["delete 0"]);
    let ordered = Desired {
        management: Management::OrderedReady,
        ..held
    };
    assert_eq!(deeds(&planned(&ordered, &pods)), ["delete 0"]);
}

/// N-1 and J-3: what leaves for good is prepared for that, also where its node is emptied.
#[test]
fn an_eviction_is_asked_for_as_well() {
    let node = Node {
        state: NodeState::Ready,
        cordoned: true,
        draining: true,
        since: None,
    };
    let db = Desired {
        profile: Profile::STANDALONE,
        finalizer_held: true,
        ..set(asking(Purposes::DRAIN))
    };
    let mut pods = running(&[0, 1, 2], NEW);
    pods[2].node = Some(0);
    let decide = |pods: &[Pod]| {
        let observed = Observed {
            nodes: Some(&[node]),
            budgets: Some(&[]),
            ..Observed::pods(pods)
        };
        let plan = plan(&db, &observed, NOW).expect("the input keeps the contract");
        (deeds(&plan), waits(&plan))
    };
    assert_eq!(decide(&pods).0, ["prepare 2"]);
    let asked = with(&pods, 2, Prepared::AskedToRestart);
    assert_eq!(decide(&asked), (vec![], vec!["2 preparing".to_owned()]));
    let may = with(&pods, 2, Prepared::MayRestart);
    assert_eq!(decide(&may).0, ["evict 2"]);
}

/// W-2: under `Recreate` a pod that has ended goes for being old, so a hold for rollouts is what keeps it.
#[test]
fn an_old_pod_that_has_ended_says_that_it_is_held() {
    let mut pods = running(&[0], OLD);
    pods[0].phase = Phase::Failed;
    pods[0].ready = false;
    pods[0].hold = Purposes::ROLLOUT;
    let desired = Desired {
        replicas: 1,
        strategy: Strategy::Recreate,
        profile: Profile {
            recreate: true,
            ..Profile::UPSTREAM
        },
        ..set(Policies::NONE)
    };
    let plan = planned(&desired, &pods);
    assert_eq!(waits(&plan), ["0 held"]);
}

/// V-2: a condemned pod that is held fills no slot. Counted among the old pods, it made a slot come back old for ever.
#[test]
fn a_condemned_pod_that_is_held_brings_no_old_pod_back() {
    let mut pods = running(&[1], OLD);
    pods[0].hold = Purposes::SCALE_IN;
    let desired = Desired {
        replicas: 1,
        strategy: Strategy::RollingUpdate(None),
        published: Some(Status {
            current: 1,
            current_revision: OLD,
            update_revision: NEW,
            ..Status::default()
        }),
        ..set(Policies::NONE)
    };
    let plan = planned(&desired, &pods);
    assert_eq!(deeds(&plan), ["create 0"]);
    assert_eq!(waits(&plan), ["1 held"]);
}

/// V-2: a pod that is held for rollouts is old, and not one of the lowest. Counted among them, it made the slots below come
/// back old, so that they were replaced again and again.
#[test]
fn a_held_pod_lets_those_below_come_back_new() {
    let mut pods = running(&[1], OLD);
    pods[0].hold = Purposes::ROLLOUT;
    let desired = Desired {
        replicas: 2,
        strategy: Strategy::RollingUpdate(None),
        published: Some(Status {
            current: 1,
            current_revision: OLD,
            update_revision: NEW,
            ..Status::default()
        }),
        ..set(Policies::NONE)
    };
    assert_eq!(deeds(&planned(&desired, &pods)), ["create 0"]);
}

/// J-4: under `Recreate` the slots are not reached, so nothing else deleted a pod that had been asked and then ended.
#[test]
fn an_old_pod_that_ended_after_it_was_asked_goes() {
    let desired = Desired {
        replicas: 1,
        strategy: Strategy::Recreate,
        profile: Profile {
            recreate: true,
            ..Profile::UPSTREAM
        },
        ..set(asking(Purposes::ALL))
    };
    for prepared in Prepared::ALL {
        let mut pods = running(&[0], OLD);
        (pods[0].phase, pods[0].ready) = (Phase::Failed, false);
        pods[0].prepared = prepared;
        assert_eq!(
            deeds(&planned(&desired, &pods)),
            ["delete 0"],
            "{prepared:?}"
        );
    }
}
