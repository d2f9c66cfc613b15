//! Pods that a rollout changes where they run (rules U-9 to U-11).

use crate::*;

fn changed(in_place: InPlace) -> Desired<'static> {
    set(Policies {
        in_place,
        ..Policies::NONE
    })
}

/// An old pod that gets to the update revision in this way.
fn old(ordinal: u32, change: Change) -> Pod {
    Pod {
        change,
        ..Pod::running(ordinal, OLD)
    }
}

/// A pod that was changed and does not run as it was told to yet.
fn changing(ordinal: u32, revision: Revision) -> Pod {
    Pod {
        changing: true,
        ..Pod::running(ordinal, revision)
    }
}

#[test]
fn a_pod_is_changed_where_it_would_be_deleted() {
    let pods = [0, 1, 2].map(|ordinal| old(ordinal, Change::InPlace));
    for (policy, deed) in [
        (InPlace::Off, "delete 2"),
        (InPlace::IfPossible, "update-in-place 2"),
        (InPlace::Only, "update-in-place 2"),
    ] {
        let plan = planned(&changed(policy), &pods);
        assert_eq!(deeds(&plan), [deed]);
        assert_eq!(waits(&plan), ["0-1 max-unavailable"]);
        // It counts as a deletion does.
        assert_eq!(plan.status.map(|status| status.current), Some(2));
    }
}

#[test]
fn the_limit_counts_pods_that_are_being_changed() {
    let desired = Desired {
        strategy: rolling(0, 2),
        ..changed(InPlace::IfPossible)
    };
    let pods = [
        old(0, Change::InPlace),
        old(1, Change::InPlace),
        changing(2, NEW),
    ];
    let plan = planned(&desired, &pods);
    assert_eq!(deeds(&plan), ["update-in-place 1"]);
    assert_eq!(waits(&plan), ["0 max-unavailable", "2 pod-changing"]);
    let one = planned(
        &Desired {
            strategy: rolling(0, 1),
            ..desired
        },
        &pods,
    );
    assert_eq!(deeds(&one), [""; 0]);
}

/// What serves no longer is as good as taken away, in every version, and in order.
#[test]
fn nothing_follows_before_a_change_is_finished() {
    for kubernetes in Version::ALL {
        for management in Management::ALL {
            let desired = Desired {
                management,
                profile: Profile::UPSTREAM.following(kubernetes),
                ..changed(InPlace::IfPossible)
            };
            let pods = [
                old(0, Change::InPlace),
                changing(1, NEW),
                Pod::running(2, NEW),
            ];
            let plan = planned(&desired, &pods);
            assert_eq!(deeds(&plan), [""; 0], "{kubernetes:?} {management:?}");
            let done = [
                old(0, Change::InPlace),
                Pod::running(1, NEW),
                Pod::running(2, NEW),
            ];
            assert_eq!(deeds(&planned(&desired, &done)), ["update-in-place 0"]);
        }
    }
}

#[test]
fn only_in_place_leaves_the_others_as_they_are() {
    let pods = [
        old(0, Change::InPlace),
        old(1, Change::Recreate),
        old(2, Change::Recreate),
    ];
    let plan = planned(&changed(InPlace::Only), &pods);
    assert_eq!(deeds(&plan), ["update-in-place 0"]);
    assert_eq!(waits(&plan), ["1-2 max-unavailable,not-in-place"]);
    let plan = planned(&changed(InPlace::IfPossible), &pods);
    assert_eq!(deeds(&plan), ["delete 2"]);
}

/// Nobody notices new labels.
#[test]
fn labels_are_changed_at_once() {
    let pods = [0, 1, 2].map(|ordinal| old(ordinal, Change::Nothing));
    let labels = [
        "update-in-place 0",
        "update-in-place 1",
        "update-in-place 2",
    ];
    for management in Management::ALL {
        let desired = Desired {
            management,
            ..changed(InPlace::Only)
        };
        let plan = planned(&desired, &pods);
        let mut done = deeds(&plan);
        done.sort();
        assert_eq!(done, labels);
        let stages = plan.deeds().map(|action| action.stage);
        assert_eq!(stages.collect::<Vec<_>>(), [0, 0, 0]);
    }
    let partitioned = Desired {
        strategy: rolling(1, 1),
        ..changed(InPlace::Only)
    };
    let plan = planned(&partitioned, &pods);
    assert_eq!(deeds(&plan), ["update-in-place 2", "update-in-place 1"]);
    let paused = set(Policies {
        in_place: InPlace::Only,
        paused: Paused::ROLLOUT,
        ..Policies::NONE
    });
    assert_eq!(waits(&planned(&paused, &pods)), ["0-2 paused"]);
}

/// As long as the last pod does not run as it was told to, there is a revision to go back to.
#[test]
fn a_rollout_is_complete_when_its_changes_are() {
    let revision = |pods: &[Pod]| {
        let plan = planned(&changed(InPlace::IfPossible), pods);
        plan.status
            .map(|status| (status.current_revision, status.available))
    };
    let mut pods = running(&[0, 1], NEW);
    pods.push(changing(2, NEW));
    assert_eq!(revision(&pods), Some((OLD, 2)));
    assert_eq!(revision(&running(&[0, 1, 2], NEW)), Some((NEW, 3)));
}

/// The template went back while an image that cannot be pulled was on its way: the pod is changed again, ordered too, and
/// nobody has to delete it.
#[test]
fn a_change_that_never_ends_is_no_dead_end() {
    for management in Management::ALL {
        let desired = Desired {
            management,
            ..changed(InPlace::IfPossible)
        };
        let stuck = Pod {
            ready: false,
            change: Change::InPlace,
            ..changing(2, OLD)
        };
        let pods = [Pod::running(0, NEW), Pod::running(1, NEW), stuck];
        assert_eq!(deeds(&planned(&desired, &pods)), ["update-in-place 2"]);
        let unheld = Pod {
            hold: Purposes::ROLLOUT,
            ..stuck
        };
        let pods = [Pod::running(0, NEW), Pod::running(1, NEW), unheld];
        assert_eq!(deeds(&planned(&desired, &pods)), [""; 0]);
    }
}

/// A question, a restart, and the way back into service.
#[test]
fn a_pod_is_asked_before_it_is_changed() {
    let desired = set(Policies {
        in_place: InPlace::IfPossible,
        ask: Purposes::ROLLOUT,
        ..Policies::NONE
    });
    let step = |pod: Pod| {
        let plan = planned(&desired, &[Pod::running(0, NEW), Pod::running(1, NEW), pod]);
        deeds(&plan)
    };
    let pod = old(2, Change::InPlace);
    assert_eq!(step(pod), ["prepare 2"]);
    let may = Prepared::MayRestart;
    assert_eq!(
        step(Pod {
            prepared: may,
            ..pod
        }),
        ["update-in-place 2"]
    );
    let pod = changing(2, NEW);
    assert_eq!(
        step(Pod {
            prepared: may,
            ..pod
        }),
        ["cancel-prepare 2"]
    );
    let returning = Prepared::Returning;
    assert_eq!(
        step(Pod {
            prepared: returning,
            ..pod
        }),
        [""; 0]
    );
    // Labels ask for nothing.
    assert_eq!(step(old(2, Change::Nothing)), ["update-in-place 2"]);
}

/// Who wants a pod to be replaced, or repaired, gets another one.
#[test]
fn repairs_and_replacements_make_pods_again() {
    let marked = Pod {
        replace: true,
        ..old(2, Change::InPlace)
    };
    let pods = [Pod::running(0, NEW), Pod::running(1, NEW), marked];
    assert_eq!(
        deeds(&planned(&changed(InPlace::Only), &pods)),
        ["delete 2"]
    );
    let desired = set(Policies {
        in_place: InPlace::Only,
        repair: Some(Repair::after(0)),
        ..Policies::NONE
    });
    let ailing = Pod {
        change: Change::InPlace,
        ..broken(2, OLD)
    };
    let pods = [Pod::running(0, NEW), Pod::running(1, NEW), ailing];
    let plan = planned(&desired, &pods);
    assert_eq!(deeds(&plan), ["delete 2"]);
    assert_eq!(plan.actions[0].reason, Reason::BrokenRevision);
}

/// A group does not wait for what is never taken away.
#[test]
fn a_set_that_cannot_change_holds_up_no_group() {
    let member = |change| {
        let pods = [0, 1, 2].map(|ordinal| old(ordinal, change));
        Member::of(&changed(InPlace::Only), &Observed::pods(&pods), NOW)
    };
    assert_eq!(member(Change::Recreate), Ok(Member::new(0, 0)));
    assert_eq!(member(Change::Nothing), Ok(Member::new(0, 0)));
    assert_eq!(member(Change::InPlace), Ok(Member::new(0, 3)));
}

/// An in-place change is a disruption like any other.
#[test]
fn the_pace_and_the_group_count_changes() {
    let pods = [0, 1, 2].map(|ordinal| old(ordinal, Change::InPlace));
    let desired = Desired {
        strategy: rolling(0, 3),
        ..set(Policies {
            in_place: InPlace::IfPossible,
            allowance: Some(1),
            pace: Some(60_000),
            ..Policies::NONE
        })
    };
    let plan = planned(&desired, &pods);
    assert_eq!(deeds(&plan), ["update-in-place 2"]);
    assert_eq!(plan.status.and_then(|it| it.disrupted_at), Some(NOW));
}
