//! Broken pods of old revisions (rules F).

use crate::*;

fn repairing(repair: Repair) -> Policies<'static> {
    Policies {
        repair: Some(repair),
        ..Policies::NONE
    }
}

/// kubernetes#67250: a set whose revision is broken is mended by the next revision alone.
#[test]
fn ordered_sets_get_out_of_a_broken_revision() {
    let ordered = |policies| Desired {
        management: Management::OrderedReady,
        ..set(policies)
    };
    let pods = [Pod::running(0, OLD), broken(1, OLD)];
    let upstream = planned(&ordered(Policies::NONE), &pods);
    assert_eq!(deeds(&upstream), Vec::<String>::new());
    assert!(
        upstream
            .waits()
            .any(|(_, wait)| wait.gates.contains(Gate::BrokenRevision))
    );
    let repaired = planned(&ordered(repairing(Repair::after(30_000))), &pods);
    assert_eq!(deeds(&repaired), ["delete 1"]);
    let deed = repaired.deeds().next().expect("a deed");
    assert_eq!(deed.reason, Reason::BrokenRevision);
}

#[test]
fn a_pod_gets_its_time_first_and_the_plan_says_until_when() {
    let policies = repairing(Repair::after(90_000));
    let ordered = Desired {
        management: Management::OrderedReady,
        ..set(policies)
    };
    let plan = planned(&ordered, &[Pod::running(0, OLD), broken(1, OLD)]);
    assert_eq!(deeds(&plan), Vec::<String>::new());
    assert_eq!(plan.next_wake, Some(NOW + 30_000));
    let until = plan.waits().find(|(action, _)| action.ordinal == 1);
    let until = until.map(|(_, wait)| (wait.gates.contains(Gate::BrokenRevision), wait.until));
    assert_eq!(until, Some((true, Some(NOW + 30_000))));
}

#[test]
fn pods_of_the_update_revision_and_below_the_partition_are_left_alone() {
    let policies = repairing(Repair {
        beyond_budget: u32::MAX,
        ..Repair::after(0)
    });
    for management in Management::ALL {
        let desired = Desired {
            management,
            strategy: rolling(1, 1),
            ..set(policies)
        };
        let pods = [broken(0, OLD), broken(1, NEW), Pod::running(2, NEW)];
        assert_eq!(deeds(&planned(&desired, &pods)), Vec::<String>::new());
    }
}

/// openkruise/kruise#898: pods that were not ready were all deleted at once, whatever maxUnavailable said.
///
/// What exceeds the limit is counted by the pods that are being replaced, not by those that are broken anyway.
#[test]
fn so_many_are_replaced_at_a_time() {
    let version = |beyond_budget| Desired {
        replicas: 4,
        profile: Profile {
            max_unavailable: true,
            ..Profile::upstream(Version::V1_36)
        },
        ..set(repairing(Repair {
            beyond_budget,
            ..Repair::after(0)
        }))
    };
    let mut pods: Vec<Pod> = (0..4).map(|ordinal| broken(ordinal, OLD)).collect();
    assert_eq!(deeds(&planned(&version(0), &pods)), ["delete 3"]);
    assert_eq!(
        deeds(&planned(&version(1), &pods)),
        ["delete 3", "delete 2"]
    );
    pods[3].terminating_since = Some(0);
    assert_eq!(deeds(&planned(&version(0), &pods)), Vec::<String>::new());
    assert_eq!(deeds(&planned(&version(1), &pods)), ["delete 2"]);
}

#[test]
fn a_pending_pod_may_be_broken_at_once() {
    let pending = |pending| Desired {
        management: Management::OrderedReady,
        ..set(repairing(Repair {
            pending,
            ..Repair::after(i64::MAX)
        }))
    };
    let mut pods = vec![Pod::running(0, OLD), broken(1, OLD)];
    pods[1].phase = Phase::Pending;
    pods[1].ready_since = None;
    assert_eq!(deeds(&planned(&pending(true), &pods)), ["delete 1"]);
    assert_eq!(
        deeds(&planned(&pending(false), &pods)),
        Vec::<String>::new()
    );
}
