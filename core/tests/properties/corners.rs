//! The corners, one by one.

use statefulset::{
    Desired, Do, Gate, Limit, List, MAX_ORDINAL, Management, NO_ORDINAL, Observed, Pod, Problem,
    Revision, Rolling, Status, Strategy, plan,
};

const A: Revision = Revision(1);
const B: Revision = Revision(2);
const NOW: i64 = 1_000_000;

fn rolling(replicas: u32, block: Rolling) -> Desired<'static> {
    Desired {
        management: Management::Parallel,
        strategy: Strategy::RollingUpdate(Some(block)),
        current: A,
        ..Desired::new("web", replicas, B)
    }
}

/// `+3` is created, `-3` is deleted.
fn moved(desired: &Desired, pods: &[Pod]) -> String {
    let plan = plan(desired, &Observed::pods(pods), NOW).expect("a valid input");
    let moves = plan.deeds().map(|action| match action.what {
        Do::CreatePod { .. } => format!("+{}", action.ordinal),
        Do::DeletePod { pod } => format!("-{}", pods[pod as usize].ordinal),
        other => panic!("{other:?}"),
    });
    moves.collect::<Vec<_>>().join(" ")
}

fn running<const N: usize>(ordinals: [u32; N], revision: Revision) -> [Pod; N] {
    ordinals.map(|ordinal| Pod::running(ordinal, revision))
}

#[test]
fn no_replicas_and_no_pods_are_a_goal() {
    let desired = Desired::new("web", 0, A);
    let plan = plan(&desired, &Observed::pods(&[]), NOW).expect("a valid input");
    assert!(plan.actions.is_empty());
    assert_eq!(plan.status.map(|status| status.replicas), Some(0));
}

#[test]
fn as_many_replicas_as_there_are_ordinals() {
    let mut desired = Desired::new("web", MAX_ORDINAL, A);
    for start in [0, 1] {
        desired.start = start;
        assert_eq!(moved(&desired, &[]), format!("+{start}"));
    }
    desired.management = Management::Parallel;
    let plan = plan(&desired, &Observed::pods(&[]), NOW).expect("a valid input");
    assert_eq!(plan.actions.len(), 1011);
    assert!(plan.more);
    assert_eq!(plan.actions[1010].ordinal, 1011);
}

#[test]
fn ordinals_that_overflow_name_the_start() {
    for (start, replicas) in [(MAX_ORDINAL, 2), (2, MAX_ORDINAL), (1 << 30, 1 << 31)] {
        let desired = Desired {
            start,
            ..Desired::new("web", replicas, A)
        };
        let error = plan(&desired, &Observed::pods(&[]), NOW).expect_err("an overflow");
        assert_eq!(error.list, List::Desired);
        if replicas <= MAX_ORDINAL {
            assert_eq!((error.field, error.problem), ("start", Problem::Overflow));
        } else {
            assert_eq!(
                (error.field, error.problem),
                ("replicas", Problem::TooLarge)
            );
        }
    }
    let last = Desired {
        start: MAX_ORDINAL,
        ..Desired::new("web", 1, A)
    };
    assert_eq!(moved(&last, &[]), format!("+{MAX_ORDINAL}"));
}

#[test]
fn a_partition_above_the_replicas_holds_everything() {
    let pods = running([0, 1, 2], A);
    for partition in [3, 4, u32::MAX] {
        let block = Rolling {
            partition,
            max_unavailable: None,
        };
        assert_eq!(moved(&rolling(3, block), &pods), "");
        // And what is new is made as of old.
        let plan = plan(&rolling(4, block), &Observed::pods(&pods), NOW).expect("a valid input");
        let made: Vec<Do> = plan.deeds().map(|action| action.what).collect();
        let expected = if partition == 3 { B } else { A };
        assert_eq!(made, [Do::CreatePod { revision: expected }]);
    }
}

#[test]
fn a_limit_that_rounds_to_nothing_is_one() {
    let pods = running([0, 1, 2], A);
    let nothing = [Limit::Percent(0), Limit::Percent(33), Limit::Count(0)];
    for limit in nothing.map(Some).into_iter().chain([None]) {
        let block = Rolling {
            partition: 0,
            max_unavailable: limit,
        };
        assert_eq!(moved(&rolling(3, block), &pods), "-2", "{limit:?}");
    }
    for limit in [Limit::Percent(67), Limit::Count(2), Limit::Percent(99)] {
        let block = Rolling {
            partition: 0,
            max_unavailable: Some(limit),
        };
        assert_eq!(moved(&rolling(3, block), &pods), "-2 -1", "{limit:?}");
    }
    for limit in [Limit::Percent(u32::MAX), Limit::Count(u32::MAX)] {
        let block = Rolling {
            partition: 0,
            max_unavailable: Some(limit),
        };
        assert_eq!(moved(&rolling(3, block), &pods), "-2 -1 -0", "{limit:?}");
    }
}

/// One ready pod, and when the next may come.
fn second_pod_after(since: Option<i64>, min_ready: i64, now: i64) -> (bool, Option<i64>, bool) {
    let desired = Desired {
        min_ready,
        ..Desired::new("web", 2, A)
    };
    let pods = [Pod {
        ready_since: since,
        ..Pod::running(0, A)
    }];
    let plan = plan(&desired, &Observed::pods(&pods), now).expect("a valid input");
    let stuck = plan
        .waits()
        .any(|(_, wait)| wait.gates.contains(Gate::ReadySinceMissing));
    (plan.deeds().count() == 1, plan.next_wake, stuck)
}

#[test]
fn ready_since_the_future_or_since_nobody_knows_when() {
    // To the millisecond, and inclusive.
    assert_eq!(
        second_pod_after(Some(100), 10, 109),
        (false, Some(110), false)
    );
    assert_eq!(second_pod_after(Some(100), 10, 110), (true, None, false));
    // The future, or a clock that went backwards.
    assert_eq!(
        second_pod_after(Some(100), 10, 50),
        (false, Some(110), false)
    );
    assert_eq!(second_pod_after(Some(100), 0, 50), (true, None, false));
    assert_eq!(
        second_pod_after(Some(100), 10, i64::MIN),
        (false, Some(110), false)
    );
    // Sums that saturate.
    assert_eq!(
        second_pod_after(Some(i64::MAX), 10, i64::MAX),
        (true, None, false)
    );
    assert_eq!(
        second_pod_after(Some(100), i64::MAX, i64::MAX - 1),
        (false, Some(i64::MAX), false)
    );
    // Nobody knows since when: never by itself, and the plan says so.
    assert_eq!(second_pod_after(None, 10, i64::MAX), (false, None, true));
    assert_eq!(second_pod_after(None, 0, 0), (true, None, false));
}

#[test]
fn pods_on_both_sides_of_the_range() {
    let desired = Desired {
        start: 3,
        management: Management::Parallel,
        ..Desired::new("web", 2, A)
    };
    let pods = running([0, 2, 3, 4, 5, MAX_ORDINAL], A);
    assert_eq!(moved(&desired, &pods), format!("-{MAX_ORDINAL} -5 -2 -0"));
    let one_by_one = Desired {
        management: Management::OrderedReady,
        ..desired
    };
    assert_eq!(moved(&one_by_one, &pods), format!("-{MAX_ORDINAL}"));
}

#[test]
fn twins_have_one_winner_wherever_they_stand() {
    let desired = Desired {
        management: Management::Parallel,
        ..Desired::new("web", 1, A)
    };
    let right = Pod::running(0, A);
    let wrong = Pod {
        identity: false,
        ..right
    };
    for pods in [[right, wrong], [wrong, right]] {
        assert_eq!(moved(&desired, &pods), "");
        let plan = plan(&desired, &Observed::pods(&pods), NOW).expect("a valid input");
        assert_eq!(plan.status.map(|status| status.replicas), Some(1));
    }
}

#[test]
fn a_pod_beyond_all_ordinals_is_ignored() {
    let pods = [Pod::running(0, A), Pod::running(NO_ORDINAL, A)];
    let desired = Desired::new("web", 1, A);
    let plan = plan(&desired, &Observed::pods(&pods), NOW).expect("a valid input");
    assert!(plan.actions.is_empty());
    assert_eq!(plan.status.map(|status| status.replicas), Some(1));
}

/// Known of upstream, and kept (rule U-7).
#[test]
fn without_a_block_a_lost_pod_is_made_and_deleted_in_turn() {
    let desired = |published, block| Desired {
        management: Management::Parallel,
        strategy: Strategy::RollingUpdate(block),
        min_ready: 10,
        current: A,
        published,
        ..Desired::new("web", 2, B)
    };
    let survivor = Pod::running(1, A);
    let young = Pod {
        ready_since: Some(NOW),
        ..Pod::running(0, A)
    };
    let none = plan(&desired(None, None), &Observed::pods(&[survivor]), NOW);
    let published = Status {
        current: 1,
        ..none.expect("a valid input").status.expect("news")
    };
    for _ in 0..3 {
        let lost = desired(Some(published), None);
        assert_eq!(moved(&lost, &[survivor]), "+0", "made of the old revision");
        assert_eq!(moved(&lost, &[survivor, young]), "-0", "deleted");
    }
    let with_block = desired(Some(published), Some(Rolling::default()));
    let plan = plan(&with_block, &Observed::pods(&[survivor]), NOW).expect("a valid input");
    assert_eq!(plan.actions[0].what, Do::CreatePod { revision: B });
}
