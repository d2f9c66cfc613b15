//! Pausing (rules Z).

use crate::*;

fn paused(paused: Paused) -> Policies<'static> {
    Policies {
        paused,
        ..Policies::NONE
    }
}

#[test]
fn a_paused_rollout_waits_and_scaling_goes_on() {
    let plan = planned(&set(paused(Paused::ROLLOUT)), &running(&[0, 2, 3], OLD));
    assert_eq!(deeds(&plan), ["create 1", "delete 3"]);
    assert_eq!(waits(&plan), ["0 paused", "2 paused"]);
}

#[test]
fn paused_creation_leaves_slots_empty() {
    let plan = planned(&set(paused(Paused::CREATION)), &running(&[1, 5], NEW));
    assert_eq!(deeds(&plan), ["delete 5"]);
    assert_eq!(waits(&plan), ["0 paused", "2 paused"]);
}

/// An empty slot that stays empty is unavailable, so a rollout of one at a time does not go on beside it.
#[test]
fn a_rollout_counts_slots_that_stay_empty() {
    for max_unavailable in [false, true] {
        let desired = Desired {
            profile: Profile {
                max_unavailable,
                ..Profile::UPSTREAM
            },
            ..set(paused(Paused::CREATION))
        };
        let plan = planned(&desired, &running(&[0, 1], OLD));
        assert_eq!(deeds(&plan), Vec::<String>::new());
    }
}

#[test]
fn a_huge_set_that_is_paused_is_planned_at_once() {
    let desired = Desired {
        replicas: u32::MAX >> 1,
        strategy: rolling(1, 3),
        ..set(paused(Paused::CREATION))
    };
    let plan = planned(&desired, &running(&[0, 1_000_000], OLD));
    assert_eq!(deeds(&plan), Vec::<String>::new());
}

#[test]
fn paused_scale_in_lets_rollouts_go_on() {
    for management in Management::ALL {
        let desired = Desired {
            management,
            ..set(paused(Paused::SCALE_IN))
        };
        let plan = planned(&desired, &running(&[0, 1, 2, 3], OLD));
        assert_eq!(deeds(&plan), ["delete 2"]);
        assert_eq!(waits(&plan).pop().as_deref(), Some("3 paused"));
    }
}

/// Without a block the published count says how many of the lowest slots are old. A pod that stays only because scale-in is
/// paused is none of them: counted, it made a slot come back at the old revision after each replacement, for ever.
#[test]
fn a_pod_that_stays_for_a_pause_brings_no_old_pod_back() {
    for management in Management::ALL {
        let desired = |paused_kind, current| Desired {
            replicas: 1,
            management,
            strategy: Strategy::RollingUpdate(None),
            published: Some(Status {
                current,
                current_revision: OLD,
                update_revision: NEW,
                ..Status::default()
            }),
            ..set(paused(paused_kind))
        };
        let stays = running(&[1], OLD);
        let plan = planned(&desired(Paused::SCALE_IN, 1), &stays);
        assert_eq!(deeds(&plan), ["create 0"]);
        // The lost pod of the slot was counted as well.
        let plan = planned(&desired(Paused::SCALE_IN, 2), &stays);
        assert_eq!(deeds(&plan), ["create 0 old"]);
        // Kubernetes counts all of them.
        let plan = planned(&desired(Paused::NOTHING, 1), &stays);
        assert_eq!(deeds(&plan)[0], "create 0 old");
    }
}

#[test]
fn paused_replacement_keeps_pods_that_have_ended() {
    let mut pods = running(&[0, 1, 2], NEW);
    pods[1].phase = Phase::Failed;
    pods[1].ready = false;
    let plan = planned(&set(paused(Paused::REPLACEMENT)), &pods);
    assert_eq!(deeds(&plan), Vec::<String>::new());
    assert_eq!(waits(&plan), ["1 paused"]);
}

#[test]
fn all_is_all_and_the_status_is_published() {
    for deletion in statefulset::Deletion::ALL {
        let desired = Desired {
            deletion,
            finalizer_held: true,
            profile: Profile::STANDALONE,
            ..set(paused(Paused::ALL))
        };
        let plan = planned(&desired, &running(&[0, 4], OLD));
        assert_eq!(deeds(&plan), Vec::<String>::new());
        assert_eq!(plan.status.map(|status| status.replicas), Some(2));
    }
}
