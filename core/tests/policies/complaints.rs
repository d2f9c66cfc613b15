//! What users of OpenKruise's Advanced StatefulSet complain about, and what is done here.

use crate::*;

/// openkruise/kruise#2109: a pod that was terminating, or had ended, kept everything above it from being done.
#[test]
fn a_pod_that_goes_or_has_ended_holds_up_nothing_above_it() {
    let desired = Desired {
        replicas: 4,
        ..set(Policies {
            scale_out_limit: Some(Limit::Count(3)),
            ..Policies::NONE
        })
    };
    let mut going = vec![Pod::running(0, NEW), Pod::running(2, NEW)];
    going[0].terminating_since = Some(0);
    assert_eq!(deeds(&planned(&desired, &going)), ["create 1", "create 3"]);
    let mut ended = going;
    ended[0].terminating_since = None;
    ended[0].phase = Phase::Failed;
    assert_eq!(
        deeds(&planned(&desired, &ended)),
        ["delete 0", "create 1", "create 3"]
    );
}

/// openkruise/kruise#1480: of three pods the lowest was down, and the highest was replaced all the same.
#[test]
fn a_pod_that_is_down_counts_wherever_it_stands_in_the_order() {
    let walk = Profile {
        walk: true,
        ..Profile::UPSTREAM
    };
    for profile in [Profile::UPSTREAM, walk] {
        for ranked in Ranked::ALL {
            let desired = Desired {
                profile,
                strategy: rolling(0, 1),
                ..set(Policies {
                    ranked,
                    ..Policies::NONE
                })
            };
            for down in [broken(0, NEW), broken(0, OLD)] {
                let pods = [down, Pod::running(1, OLD), Pod::running(2, OLD)];
                let plan = planned(&desired, &pods);
                let others = deeds(&plan).into_iter().find(|deed| deed != "delete 0");
                assert_eq!(others, None, "{profile:?} {ranked:?} {down:?}");
            }
        }
    }
}

/// openkruise/kruise#1749: creation and update disagreed about what the partition holds.
#[test]
fn the_partition_holds_the_same_slots_wherever_the_set_begins() {
    for (start, excluded) in [(0, 1), (3, 4), (7, 9)] {
        let excluded = [Exclusion::range(excluded, excluded)];
        let desired = Desired {
            start,
            strategy: rolling(2, 9),
            ..set(excluding(&excluded))
        };
        let created = planned(&desired, &[]);
        let old = created
            .deeds()
            .filter(|deed| matches!(deed.what, Do::CreatePod { revision } if revision == OLD));
        let kept: Vec<u32> = old.map(|deed| deed.ordinal).collect();
        let ordinals: Vec<u32> = created.deeds().map(|deed| deed.ordinal).collect();
        assert_eq!(kept, ordinals[..2]);
        let rolled = planned(&desired, &running(&ordinals, OLD));
        assert_eq!(deeds(&rolled), [format!("delete {}", ordinals[2])]);
    }
}

/// openkruise/kruise#746: when one of the numbers above the set was reserved no longer, there was a pod too many.
#[test]
fn exclusions_above_the_set_come_and_go_without_a_deed() {
    let pods = running(&[0, 1, 2], NEW);
    for excluded in [&[Exclusion::range(3, 5)], &[Exclusion::range(4, 5)]] {
        let plan = planned(&set(excluding(excluded)), &pods);
        assert_eq!(deeds(&plan), Vec::<String>::new());
    }
}

/// openkruise/kruise#1104: a set that was scaled to 0 and back began with the reserved number.
#[test]
fn exclusions_outlive_a_scale_in_to_zero() {
    let first = [Exclusion::range(0, 0)];
    let sized = |replicas| Desired {
        replicas,
        ..set(excluding(&first))
    };
    let up = planned(&sized(1), &[]);
    assert_eq!(deeds(&up), ["create 1"]);
    let down = planned(&sized(0), &running(&[1], NEW));
    assert_eq!(deeds(&down), ["delete 1"]);
    assert_eq!(deeds(&planned(&sized(1), &[])), ["create 1"]);
    // Whoever has the excluded ordinal goes with the others.
    let all = planned(&sized(0), &running(&[0, 1], NEW));
    assert_eq!(deeds(&all), ["delete 1", "delete 0"]);
}

/// openkruise/kruise#1530: with a reserved number, the claim of a pod that was scaled in stayed.
#[test]
fn claims_follow_when_scaled_above_an_exclusion_and_in_it() {
    let first = [Exclusion::range(0, 0)];
    let templates = [ClaimTemplate::named("log")];
    let desired = Desired {
        replicas: 2,
        templates: &templates,
        retention: Retention {
            when_scaled: Keep::Delete,
            ..Retention::RETAIN
        },
        ..set(excluding(&first))
    };
    let pods = running(&[0, 1, 2, 3], NEW);
    let claims = [0, 1, 2, 3].map(|ordinal| Claim {
        set_owner: OwnerRef::Absent,
        ..Claim::bound(ordinal, 0)
    });
    let observed = Observed::pods(&pods).with_claims(&claims);
    let plan = plan(&desired, &observed, NOW).expect("a plan");
    let owned = plan.deeds().filter(|deed| {
        let owner = |what| match what {
            Do::SetClaimOwner { owner, .. } => Some(owner),
            _ => None,
        };
        matches!(owner(deed.what), Some(statefulset::ClaimOwner::Pod(_)))
    });
    let owned: Vec<u32> = owned.map(|deed| deed.ordinal).collect();
    assert_eq!(owned, [3, 0]);
}

/// openkruise/kruise#1134: all pods were pending, the limit of scaling was 100%, and a new template reached none of them.
#[test]
fn a_limit_of_scaling_that_is_used_up_does_not_hold_up_the_next_revision() {
    let pending = |ordinal| Pod {
        phase: Phase::Pending,
        ..broken(ordinal, OLD)
    };
    let pods = [pending(0), pending(1), pending(2)];
    for limit in [Limit::Percent(100), Limit::Count(1)] {
        let desired = set(Policies {
            scale_out_limit: Some(limit),
            ..Policies::NONE
        });
        let plan = planned(&desired, &pods);
        assert_eq!(deeds(&plan), ["delete 2", "delete 1", "delete 0"]);
    }
}

/// openkruise/kruise#2359: maxUnavailable was refused in `OrderedReady`.
#[test]
fn several_at_a_time_in_order() {
    let desired = Desired {
        management: Management::OrderedReady,
        strategy: rolling(0, 2),
        ..set(Policies::NONE)
    };
    let plan = planned(&desired, &running(&[0, 1, 2], OLD));
    assert_eq!(deeds(&plan), ["delete 2", "delete 1"]);
}

/// openkruise/kruise#2102: pods 2 and 3 of ten were to go, and the two highest went.
#[test]
fn scaling_in_by_as_many_as_are_excluded_takes_those() {
    let two = [Exclusion::range(2, 3)];
    let desired = Desired {
        replicas: 8,
        ..set(excluding(&two))
    };
    let all: Vec<u32> = (0..10).collect();
    let plan = planned(&desired, &running(&all, NEW));
    assert_eq!(deeds(&plan), ["delete 3", "delete 2"]);
}
