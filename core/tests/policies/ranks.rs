//! Rollouts by rank (rules Q).

use crate::*;

fn ranked(ranks: [u32; 3], revisions: [Revision; 3]) -> Vec<Pod> {
    let pods = (0..).zip(ranks.into_iter().zip(revisions));
    let pods = pods.map(|(ordinal, (rank, revision))| Pod {
        rank,
        ..Pod::running(ordinal, revision)
    });
    pods.collect()
}

fn order(ranked: Ranked) -> Policies<'static> {
    Policies {
        ranked,
        ..Policies::NONE
    }
}

#[test]
fn the_leader_goes_last() {
    // The leader is pod 2.
    let pods = ranked([0, 0, 1], [OLD; 3]);
    assert_eq!(
        deeds(&planned(&set(order(Ranked::Order)), &pods)),
        ["delete 1"]
    );
    let lowest = Policies {
        ties: Ties::LowestFirst,
        ..order(Ranked::Order)
    };
    assert_eq!(deeds(&planned(&set(lowest), &pods)), ["delete 0"]);
    assert_eq!(
        deeds(&planned(&set(order(Ranked::Off)), &pods)),
        ["delete 2"]
    );
}

/// apecloud/kubeblocks#10641: a leader that changes in the middle of a canary must not pull another pod in.
#[test]
fn pods_that_were_replaced_stay_participants_whatever_becomes_of_their_ranks() {
    let canary = Desired {
        strategy: rolling(2, 1),
        ..set(order(Ranked::Order))
    };
    let pods = ranked([1, 1, 0], [OLD; 3]);
    assert_eq!(deeds(&planned(&canary, &pods)), ["delete 2"]);
    // Pod 2 was replaced, and has become the leader.
    let pods = ranked([0, 0, 1], [OLD, OLD, NEW]);
    assert_eq!(deeds(&planned(&canary, &pods)), Vec::<String>::new());
}

#[test]
fn a_lost_pod_comes_back_at_the_revision_that_the_partition_leaves() {
    let canary = Desired {
        strategy: rolling(2, 1),
        ..set(order(Ranked::Order))
    };
    let mut pods = ranked([0, 0, 1], [OLD, OLD, NEW]);
    let lost = pods.remove(0);
    assert_eq!(deeds(&planned(&canary, &pods)), ["create 0 old"]);
    pods[1] = lost;
    assert_eq!(deeds(&planned(&canary, &pods)), ["create 2"]);
}

/// More than the partition would only have to be replaced again.
#[test]
fn of_several_lost_pods_no_more_come_back_old_than_the_partition_leaves() {
    let canary = |partition| Desired {
        strategy: rolling(partition, 1),
        ..set(order(Ranked::Order))
    };
    assert_eq!(
        deeds(&planned(&canary(1), &[])),
        ["create 0 old", "create 1", "create 2"]
    );
    let pods = ranked([0, 0, 1], [NEW, OLD, NEW]);
    assert_eq!(
        deeds(&planned(&canary(2), &pods[1..2])),
        ["create 0 old", "create 2"]
    );
    assert_eq!(
        deeds(&planned(&canary(3), &pods[1..2])),
        ["create 0 old", "create 2 old"]
    );
}

#[test]
fn a_tier_waits_until_those_before_it_are_done() {
    let tiers = Desired {
        strategy: rolling(0, 3),
        ..set(order(Ranked::Tiers))
    };
    let plan = planned(&tiers, &ranked([0, 1, 2], [OLD; 3]));
    assert_eq!(deeds(&plan), ["delete 0"]);
    assert_eq!(waits(&plan), ["1-2 earlier-rank"]);
    let plan = planned(&tiers, &ranked([0, 1, 2], [NEW, OLD, OLD]));
    assert_eq!(deeds(&plan), ["delete 1"]);
    let mut pods = ranked([0, 1, 2], [NEW, OLD, OLD]);
    pods[0].ready = false;
    let plan = planned(&tiers, &pods);
    assert_eq!(deeds(&plan), Vec::<String>::new());
    assert_eq!(waits(&plan)[1..], ["1-2 earlier-rank"]);
}
