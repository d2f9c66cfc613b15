//! How long a set may go without progress (rules M-6 to M-8).

use crate::*;

const MINUTE: i64 = 60_000;

/// The set, with a minute for each step, of which this was published.
fn set_until(then: Overdue, published: impl Into<Option<Status>>) -> Desired<'static> {
    let after = MINUTE;
    Desired {
        published: published.into(),
        ..set(Policies {
            deadline: Some(Deadline { after, then }),
            ..Policies::NONE
        })
    }
}

/// Published by a rollout that made its last step so long ago.
fn step(ago: i64) -> Status {
    Status {
        current_revision: OLD,
        update_revision: NEW,
        progressed_at: Some(NOW - ago),
        ..Status::default()
    }
}

fn progress(plan: &Plan) -> (Option<Progress>, Option<i64>) {
    let status = plan.status.expect("news");
    (status.progressing, status.progressed_at)
}

/// The rollout stands still: its first pod does not start, and the limit keeps the others.
fn stuck() -> [Pod; 3] {
    [Pod::running(0, OLD), Pod::running(1, OLD), starting(2, NEW)]
}

#[test]
fn the_time_begins_with_the_rollout() {
    for published in [
        None,
        // The status of another update.
        Some(Status {
            update_revision: OLD,
            ..step(10)
        }),
        // The deadline is new.
        Some(Status {
            progressed_at: None,
            ..step(10)
        }),
    ] {
        let plan = planned(&set_until(Overdue::Halt, published), &stuck());
        assert_eq!(progress(&plan), (Some(Progress::Advancing), Some(NOW)));
        assert_eq!(plan.next_wake, Some(NOW + MINUTE));
    }
}

#[test]
fn a_pod_that_arrives_is_progress_and_one_that_leaves_takes_none_back() {
    let mut pods = stuck();
    pods[0] = starting(0, NEW);
    pods[2] = Pod {
        ready_since: Some(NOW - 5),
        ..Pod::running(2, NEW)
    };
    let plan = planned(&set_until(Overdue::Halt, step(50)), &pods);
    assert_eq!(progress(&plan).1, Some(NOW - 5));
    // It fails, and starts again.
    let plan = planned(&set_until(Overdue::Halt, step(5)), &stuck());
    assert_eq!(progress(&plan).1, Some(NOW - 5));
    // An old pod that becomes ready again is none.
    pods = stuck();
    pods[1].ready_since = Some(NOW - 1);
    let plan = planned(&set_until(Overdue::Halt, step(50)), &pods);
    assert_eq!(progress(&plan).1, Some(NOW - 50));
}

#[test]
fn an_overdue_rollout_is_reported_and_goes_on() {
    let mut pods = stuck();
    pods[1] = broken(1, OLD);
    let desired = set_until(Overdue::Report, step(MINUTE));
    let plan = planned(&desired, &pods);
    assert_eq!(progress(&plan).0, Some(Progress::Overdue));
    assert_eq!(deeds(&plan), ["delete 1"]);
    assert_eq!((plan.next_wake, plan.suggests), (None, None));
    let early = planned(&set_until(Overdue::Report, step(MINUTE - 1)), &pods);
    assert_eq!(progress(&early).0, Some(Progress::Advancing));
    assert_eq!(early.next_wake, Some(NOW + 1));
}

#[test]
fn an_overdue_rollout_is_held_and_nothing_else_is() {
    // One is broken, one is missing, and one is not desired.
    let pods = [Pod::running(0, OLD), broken(1, OLD), Pod::running(4, OLD)];
    let plan = planned(&set_until(Overdue::Halt, step(MINUTE)), &pods);
    assert_eq!(deeds(&plan), ["create 2", "delete 4"]);
    assert_eq!(waits(&plan), ["0 deadline", "1 pod-not-ready"]);
    let halted = planned(&set_until(Overdue::Halt, step(MINUTE)), &stuck());
    assert_eq!(waits(&halted), ["0-1 deadline", "2 pod-pending"]);
    assert_eq!(halted.suggests, None);
    let suggesting = planned(&set_until(Overdue::Suggest, step(MINUTE)), &stuck());
    assert_eq!(waits(&suggesting), waits(&halted));
    assert_eq!(suggesting.suggests, Some(OLD));
}

#[test]
fn a_repair_goes_on_after_the_deadline() {
    let desired = set_until(Overdue::Halt, step(MINUTE));
    let desired = Desired {
        policies: Policies {
            repair: Some(Repair::after(1)),
            ..desired.policies
        },
        ..desired
    };
    let pods = [Pod::running(0, OLD), Pod::running(1, OLD), broken(2, OLD)];
    assert_eq!(deeds(&planned(&desired, &pods)), ["delete 2"]);
}

/// However long nobody looked.
#[test]
fn the_time_runs_for_each_step_anew() {
    let pods = [
        Pod::running(0, OLD),
        Pod::running(1, OLD),
        Pod::running(2, NEW),
    ];
    let plan = planned(&set_until(Overdue::Halt, step(9 * MINUTE)), &pods);
    assert_eq!(deeds(&plan), ["delete 1"]);
    assert_eq!(progress(&plan), (Some(Progress::Advancing), None));
    assert_eq!(plan.next_wake, None);
}

/// An answer may take hours, and the pod may be out of service for so long.
#[test]
fn a_pod_that_was_asked_has_no_deadline() {
    let mut pods = stuck();
    pods[2] = Pod {
        prepared: Prepared::AskedToRestart,
        ..broken(2, OLD)
    };
    let desired = set_until(Overdue::Halt, step(9 * MINUTE));
    let desired = Desired {
        policies: Policies {
            ask: Purposes::ROLLOUT,
            ..desired.policies
        },
        ..desired
    };
    assert_eq!(progress(&planned(&desired, &pods)).1, None);
    // Its deletion goes on when another pod has made the set overdue.
    pods[2].prepared = Prepared::MayRestart;
    pods[1] = starting(1, NEW);
    let plan = planned(&desired, &pods);
    assert_eq!(progress(&plan).0, Some(Progress::Overdue));
    assert_eq!(deeds(&plan), ["delete 2"]);
    assert_eq!(waits(&plan), ["0 deadline", "1 pod-pending"]);
}

#[test]
fn progress_another_revision_and_a_pause_end_it() {
    let mut pods = stuck();
    pods[2] = Pod::running(2, NEW);
    let overdue = Status {
        progressing: Some(Progress::Overdue),
        ..step(MINUTE)
    };
    let plan = planned(&set_until(Overdue::Halt, overdue), &pods);
    assert_eq!(deeds(&plan), ["delete 1"]);
    assert_eq!(progress(&plan), (Some(Progress::Advancing), None));
    let back = Desired {
        update: OLD,
        ..set_until(Overdue::Halt, overdue)
    };
    let plan = planned(&back, &stuck());
    assert_eq!(deeds(&plan), ["delete 2"]);
    assert_eq!(progress(&plan), (Some(Progress::Advancing), Some(NOW)));
    let mut paused = set_until(Overdue::Halt, overdue);
    paused.policies.paused = Paused::ROLLOUT;
    let plan = planned(&paused, &stuck());
    assert_eq!(progress(&plan), (Some(Progress::Overdue), None));
    paused.policies.paused = Paused::NOTHING;
    paused.published = plan.status;
    let plan = planned(&paused, &stuck());
    assert_eq!(progress(&plan), (Some(Progress::Advancing), Some(NOW)));
}

#[test]
fn a_set_that_is_up_to_date_has_arrived() {
    let plan = planned(
        &set_until(Overdue::Halt, step(1)),
        &running(&[0, 1, 2], NEW),
    );
    assert_eq!(progress(&plan), (Some(Progress::Arrived), None));
    assert_eq!(plan.next_wake, None);
    // Pods that a partition keeps need not be replaced.
    let held = Desired {
        strategy: rolling(3, 1),
        ..set_until(Overdue::Halt, step(1))
    };
    let plan = planned(&held, &running(&[0, 1, 2], OLD));
    assert_eq!(progress(&plan), (Some(Progress::Arrived), None));
}

#[test]
fn without_a_deadline_the_condition_goes() {
    let overdue = Status {
        progressing: Some(Progress::Overdue),
        ..step(MINUTE)
    };
    let mut desired = set_until(Overdue::Halt, overdue);
    desired.policies = Policies::NONE;
    assert_eq!(progress(&planned(&desired, &stuck())), (None, None));
}

#[test]
fn recreate_has_its_own_words_until_it_is_overdue() {
    let recreate = |published: Status| {
        let mut desired = set_until(Overdue::Suggest, published);
        desired.strategy = Strategy::Recreate;
        desired.profile.recreate = true;
        desired
    };
    let plan = planned(&recreate(step(1)), &stuck());
    assert_eq!(progress(&plan).0, Some(Progress::Deleting));
    assert_eq!(deeds(&plan), ["delete 0", "delete 1"]);
    let late = planned(&recreate(step(MINUTE)), &stuck());
    // Nothing is held: a part of it is no state to stay in.
    assert_eq!(progress(&late).0, Some(Progress::Overdue));
    assert_eq!(deeds(&late), ["delete 0", "delete 1"]);
    assert_eq!(late.suggests, Some(OLD));
}
