//! The shortest time between two disruptions (rule M-5).

use crate::*;

const MINUTE: i64 = 60_000;

/// The set, whose last disruption is so long ago.
fn paced(ago: Option<i64>) -> Desired<'static> {
    let status = Status {
        current_revision: OLD,
        update_revision: NEW,
        disrupted_at: ago.map(|ago| NOW - ago),
        ..Status::default()
    };
    Desired {
        strategy: rolling(0, 3),
        published: Some(status),
        ..set(Policies {
            pace: Some(MINUTE),
            ..Policies::NONE
        })
    }
}

#[test]
fn one_available_pod_goes_and_the_next_waits_its_time() {
    let pods = running(&[0, 1, 2], OLD);
    for ago in [None, Some(MINUTE), Some(2 * MINUTE)] {
        let plan = planned(&paced(ago), &pods);
        assert_eq!(deeds(&plan), ["delete 2"]);
        assert_eq!(waits(&plan), ["0-1 pace"]);
        assert_eq!(plan.next_wake, Some(NOW + MINUTE));
        assert_eq!(plan.status.and_then(|it| it.disrupted_at), Some(NOW));
    }
}

#[test]
fn nothing_goes_before_its_time() {
    let plan = planned(&paced(Some(MINUTE - 1)), &running(&[0, 1, 2], OLD));
    assert_eq!(deeds(&plan), [""; 0]);
    assert_eq!(waits(&plan), ["0-2 pace"]);
    assert_eq!(plan.next_wake, Some(NOW + 1));
    let until = plan.waits().map(|(_, wait)| wait.until);
    assert_eq!(until.collect::<Vec<_>>(), [Some(NOW + 1)]);
}

/// What does not serve is missed by nobody.
#[test]
fn broken_pods_go_at_once() {
    let pods = [Pod::running(0, OLD), broken(1, OLD), broken(2, OLD)];
    let plan = planned(&paced(Some(1)), &pods);
    assert_eq!(deeds(&plan), ["delete 2", "delete 1"]);
    assert_eq!(plan.status.and_then(|it| it.disrupted_at), Some(NOW - 1));
}

/// A pod that could not be deleted was not taken away.
#[test]
fn only_what_was_done_counts() {
    let plan = planned(&paced(None), &running(&[0, 1, 2], OLD));
    let disrupted_at = |outcome| {
        let status = plan.conclude(&[outcome]).status;
        status.and_then(|it| it.disrupted_at)
    };
    assert_eq!(disrupted_at(Outcome::Done), Some(NOW));
    assert_eq!(disrupted_at(Outcome::NotFound), Some(NOW));
    assert_eq!(disrupted_at(Outcome::Failed), None);
    assert_eq!(disrupted_at(Outcome::NotTried), None);
}

/// The time counts from the question, which takes the pod out of service.
#[test]
fn a_question_is_a_disruption_and_the_deletion_after_it_is_none() {
    let ask = |desired: Desired<'static>| Desired {
        policies: Policies {
            ask: Purposes::ROLLOUT,
            ..desired.policies
        },
        ..desired
    };
    let mut pods = running(&[0, 1, 2], OLD);
    let plan = planned(&ask(paced(None)), &pods);
    assert_eq!(deeds(&plan), ["prepare 2"]);
    assert_eq!(plan.status.and_then(|it| it.disrupted_at), Some(NOW));
    pods[2].prepared = Prepared::MayRestart;
    let plan = planned(&ask(paced(Some(1))), &pods);
    assert_eq!(deeds(&plan), ["delete 2"]);
    assert_eq!(waits(&plan), ["0-1 pace"]);
}

#[test]
fn scale_in_and_rollout_share_the_pace() {
    let pods = running(&[0, 1, 2, 3, 4], OLD);
    let plan = planned(&paced(None), &pods);
    assert_eq!(deeds(&plan), ["delete 4"]);
    assert_eq!(waits(&plan), ["0-2 pace", "3 pace"]);
    // In order, the lower one would have waited for the higher one anyway.
    let ordered = Desired {
        management: Management::OrderedReady,
        ..paced(Some(1))
    };
    let plan = planned(&ordered, &pods);
    assert_eq!(waits(&plan), ["0-2 pace", "3-4 pace"]);
    assert_eq!(plan.next_wake, Some(NOW + MINUTE - 1));
}
