//! Excluded ordinals (rules X).

use crate::*;

#[test]
fn the_next_ordinal_stands_in_and_the_excluded_pod_goes() {
    let one = [Exclusion::range(1, 1)];
    let plan = planned(&set(excluding(&one)), &running(&[0, 1, 2], NEW));
    assert_eq!(deeds(&plan), ["create 3", "delete 1"]);
    let settled = planned(&set(excluding(&one)), &running(&[0, 2, 3], NEW));
    assert_eq!((deeds(&settled), waits(&settled)), (vec![], vec![]));
}

#[test]
fn ranges_at_and_around_the_edges_move_the_set() {
    let edges = [
        Exclusion::range(0, 1),
        Exclusion::range(3, 9),
        Exclusion::range(13, u32::MAX >> 1),
    ];
    let plan = planned(&set(excluding(&edges)), &[]);
    assert_eq!(deeds(&plan), ["create 2", "create 10", "create 11"]);
}

#[test]
fn ordered_sets_fill_the_stand_in_before_the_excluded_pod_goes() {
    let one = [Exclusion::range(1, 1)];
    let ordered = Desired {
        management: Management::OrderedReady,
        ..set(excluding(&one))
    };
    let first = planned(&ordered, &running(&[0, 1, 2], NEW));
    assert_eq!(deeds(&first), ["create 3"]);
    let then = planned(&ordered, &running(&[0, 1, 2, 3], NEW));
    assert_eq!(deeds(&then), ["delete 1"]);
}

#[test]
fn the_stand_in_comes_first_if_asked_for() {
    let one = [Exclusion::range(1, 1)];
    let policies = Policies {
        stand_in_first: true,
        ..excluding(&one)
    };
    let first = planned(&set(policies), &running(&[0, 1, 2], NEW));
    assert_eq!(deeds(&first), ["create 3"]);
    assert_eq!(waits(&first), ["1 excluded"]);
    let then = planned(&set(policies), &running(&[0, 1, 2, 3], NEW));
    assert_eq!(deeds(&then), ["delete 1"]);
}

/// Without a block the published count says how many of the lowest slots are old. The excluded pod was counted: the slot came
/// back old, was deleted as broken before it was ready, and so the stand-in was never there.
#[test]
fn a_pod_that_waits_for_its_stand_in_brings_no_old_pod_back() {
    let zero = [Exclusion::range(0, 0)];
    let desired = Desired {
        replicas: 2,
        strategy: Strategy::RollingUpdate(None),
        published: Some(Status {
            current: 1,
            current_revision: OLD,
            update_revision: NEW,
            ..Status::default()
        }),
        ..set(Policies {
            stand_in_first: true,
            ..excluding(&zero)
        })
    };
    let pods = [Pod::running(0, OLD), Pod::running(2, NEW)];
    let plan = planned(&desired, &pods);
    assert_eq!(deeds(&plan), ["create 1"]);
    assert_eq!(waits(&plan), ["0 excluded"]);
}

/// By rank the partition holds two pods, by ordinal the ordinals 0 and 1, of which one is excluded.
#[test]
fn the_partition_counts_pods_or_ordinals() {
    let one = [Exclusion::range(1, 1)];
    let with = |partition_by| Desired {
        replicas: 4,
        strategy: rolling(2, 4),
        ..set(Policies {
            partition_by,
            ..excluding(&one)
        })
    };
    let pods = running(&[0, 2, 3, 4], OLD);
    let by_rank = planned(&with(PartitionBy::Rank), &pods);
    assert_eq!(deeds(&by_rank), ["delete 4", "delete 3"]);
    let by_ordinal = planned(&with(PartitionBy::Ordinal), &pods);
    assert_eq!(deeds(&by_ordinal), ["delete 4", "delete 3", "delete 2"]);
    // Creation agrees with the update.
    let missing = planned(&with(PartitionBy::Rank), &running(&[0, 3, 4], NEW));
    assert_eq!(deeds(&missing), ["create 2 old"]);
    let missing = planned(&with(PartitionBy::Ordinal), &running(&[0, 3, 4], NEW));
    assert_eq!(deeds(&missing), ["create 2"]);
}

/// openkruise/kruise#307: instances that go offline and come back.
#[test]
fn an_offline_member_keeps_its_disk() {
    let templates = [ClaimTemplate::named("data")];
    let keep = [Exclusion::range(1, 1).keeping_claims()];
    let give = [Exclusion::range(1, 1)];
    let claim = |ordinal| Claim {
        set_owner: OwnerRef::Absent,
        ..Claim::bound(ordinal, 0)
    };
    let with = |excluded| Desired {
        templates: &templates,
        retention: Retention {
            when_scaled: Keep::Delete,
            ..Retention::RETAIN
        },
        finalizer_held: true,
        profile: Profile::STANDALONE,
        ..set(excluding(excluded))
    };
    let claims = [claim(0), claim(1), claim(2), claim(3)];
    let pods = running(&[0, 2, 3], NEW);
    let observed = Observed::pods(&pods).with_claims(&claims);
    let kept = plan(&with(&keep), &observed, NOW).expect("a plan");
    assert_eq!(deeds(&kept), Vec::<String>::new());
    let given = plan(&with(&give), &observed, NOW).expect("a plan");
    assert_eq!(deeds(&given), ["delete-claim 1"]);
}

#[test]
fn the_sentence_says_that_the_ordinal_is_excluded() {
    let one = [Exclusion::range(1, 1)];
    let desired = set(excluding(&one));
    let pods = running(&[0, 1, 2], NEW);
    let observed = Observed::pods(&pods);
    let plan = plan(&desired, &observed, NOW).expect("a plan");
    let text = explain(&desired, &observed, &plan, NOW).to_string();
    assert!(
        text.contains("db-1: delete the pod: its ordinal is excluded"),
        "{text}"
    );
}
