//! What a set may ask for beyond Kubernetes, rule by rule (X, Z, M, Q, F), and what users of other systems complain about.

use statefulset::{
    Claim, ClaimTemplate, Desired, Do, Exclusion, Gate, Keep, Limit, Management, Member, Observed,
    OwnerRef, PartitionBy, Paused, Phase, Plan, Pod, Policies, Profile, Ranked, Reason, Repair,
    Retention, Revision, Rolling, Strategy, Ties, Version, allot, explain, plan,
};

const OLD: Revision = Revision(1);
const NEW: Revision = Revision(2);
const NOW: i64 = 1_000_000;

/// Three parallel pods that are to get from the old revision to the new one.
fn set(policies: Policies<'_>) -> Desired<'_> {
    Desired {
        management: Management::Parallel,
        current: OLD,
        policies,
        ..Desired::new("db", 3, NEW)
    }
}

fn rolling(partition: u32, max_unavailable: u32) -> Strategy {
    Strategy::RollingUpdate(Some(Rolling {
        partition,
        max_unavailable: Some(Limit::Count(max_unavailable)),
    }))
}

fn planned(desired: &Desired, pods: &[Pod]) -> Plan {
    plan(desired, &Observed::pods(pods), NOW).expect("the input keeps the contract")
}

/// What is done, such as `create 3` and `delete 1`, in order.
fn deeds(plan: &Plan) -> Vec<String> {
    let words = plan.deeds().map(|action| match action.what {
        Do::CreatePod { revision } if revision == OLD => format!("create {} old", action.ordinal),
        Do::CreatePod { .. } => format!("create {}", action.ordinal),
        Do::DeletePod { .. } => format!("delete {}", action.ordinal),
        Do::EvictPod { .. } => format!("evict {}", action.ordinal),
        other => format!("{} {}", other.slug(), action.ordinal),
    });
    words.collect()
}

/// What waits, such as `1-2 paused`.
fn waits(plan: &Plan) -> Vec<String> {
    let words = plan.waits().map(|(action, wait)| {
        let through = wait.through;
        match action.ordinal {
            first if first == through => format!("{first} {}", wait.gates),
            first => format!("{first}-{through} {}", wait.gates),
        }
    });
    words.collect()
}

fn running(ordinals: &[u32], revision: Revision) -> Vec<Pod> {
    let pods = ordinals
        .iter()
        .map(|&ordinal| Pod::running(ordinal, revision));
    pods.collect()
}

fn broken(ordinal: u32, revision: Revision) -> Pod {
    Pod {
        ready: false,
        ready_since: Some(NOW - 60_000),
        ..Pod::running(ordinal, revision)
    }
}

fn excluding(excluded: &[Exclusion]) -> Policies<'_> {
    Policies {
        excluded,
        ..Policies::NONE
    }
}

mod exclusions {
    use super::*;

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
}

mod pausing {
    use super::*;

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
}

mod limits {
    use super::*;

    #[test]
    fn slots_are_filled_so_many_at_a_time() {
        let policies = Policies {
            scale_out_limit: Some(Limit::Count(2)),
            ..Policies::NONE
        };
        let five = Desired {
            replicas: 5,
            ..set(policies)
        };
        let first = planned(&five, &[]);
        assert_eq!(deeds(&first), ["create 0", "create 1"]);
        assert_eq!(waits(&first), ["2-4 scale-limit"]);
        // A pod that starts uses up one, and so does one above it only once it is reached.
        let starting = [Pod::running(0, NEW), broken(1, NEW), broken(4, NEW)];
        assert_eq!(deeds(&planned(&five, &starting)), ["create 2"]);
    }

    /// openkruise/kruise#1134: with a limit that is used up, pods that are there already must still be put right.
    #[test]
    fn corrections_go_on_beyond_the_limit() {
        let policies = Policies {
            scale_out_limit: Some(Limit::Count(1)),
            ..Policies::NONE
        };
        let mut pods = vec![broken(0, NEW), Pod::running(1, NEW), Pod::running(2, NEW)];
        pods[2].identity = false;
        assert_eq!(deeds(&planned(&set(policies), &pods)), ["update-pod 2"]);
    }

    #[test]
    fn so_many_leave_at_a_time() {
        let policies = Policies {
            scale_in_limit: Some(Limit::Count(2)),
            ..Policies::NONE
        };
        let none = Desired {
            replicas: 0,
            ..set(policies)
        };
        let mut pods = running(&[0, 1, 2, 3], NEW);
        pods[0].terminating_since = Some(0);
        let plan = planned(&none, &pods);
        assert_eq!(deeds(&plan), ["delete 3"]);
        assert_eq!(waits(&plan), ["0 pod-terminating", "1-2 scale-limit"]);
    }

    #[test]
    fn an_allowance_is_for_pods_that_are_available() {
        let policies = |allowance| Policies {
            allowance: Some(allowance),
            ..Policies::NONE
        };
        let rolled = |allowance, pods: &[Pod]| {
            let desired = Desired {
                strategy: rolling(0, 3),
                ..set(policies(allowance))
            };
            let plan = planned(&desired, pods);
            (deeds(&plan), waits(&plan))
        };
        let (deeds, waits) = rolled(1, &running(&[0, 1, 2], OLD));
        assert_eq!(
            (deeds, waits),
            (vec!["delete 2".into()], vec!["0-1 group".into()])
        );
        let pods = [Pod::running(0, OLD), broken(1, OLD), Pod::running(2, OLD)];
        let (deeds, waits) = rolled(0, &pods);
        assert_eq!(deeds, ["delete 1"]);
        assert_eq!(waits, ["0 group", "2 group"]);
    }

    #[test]
    fn a_group_disturbs_one_set_at_a_time() {
        let of = |members: &[(u32, u32)]| {
            let members: Vec<Member> = members.iter().map(|&(u, o)| Member::new(u, o)).collect();
            allot(&members).map(|left| left > 0).collect::<Vec<bool>>()
        };
        assert_eq!(of(&[(0, 0), (0, 3), (0, 3)]), [false, true, false]);
        assert_eq!(of(&[(0, 3), (1, 0), (0, 3)]), [false, true, false]);
        assert_eq!(of(&[(1, 3), (1, 0), (0, 3)]), [false, false, false]);
        assert_eq!(of(&[(0, 0), (0, 0)]), [false, false]);
        let pods = [Pod::running(0, OLD), broken(1, OLD), Pod::running(5, OLD)];
        let member = Member::of(&set(Policies::NONE), &Observed::pods(&pods), NOW);
        assert_eq!(member, Ok(Member::new(2, 3)));
    }
}

mod ranks {
    use super::*;

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
}

mod repairs {
    use super::*;

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
}
