//! Limits of scaling, and what a group allows (rules M).

use crate::*;

/// openkruise/kruise#645: all pods were created at once.
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

/// The pass ended before it came to the pod, so that the limit has nothing to do with it.
#[test]
fn the_limit_is_not_named_where_something_else_holds_a_pod_up() {
    let templates = [ClaimTemplate::named("data")];
    let desired = Desired {
        templates: &templates,
        ..set(Policies {
            scale_out_limit: Some(Limit::Count(3)),
            ..Policies::NONE
        })
    };
    let mut pods = vec![broken(0, NEW), Pod::running(1, NEW), Pod::running(2, NEW)];
    pods[0].phase = Phase::Pending;
    pods[1].phase = Phase::Failed;
    let mut claims = [0, 1, 2].map(|ordinal| Claim::bound(ordinal, 0));
    claims[0].terminating_since = Some(NOW);
    let observed = Observed::pods(&pods).with_claims(&claims);
    let plan = plan(&desired, &observed, NOW).expect("a plan");
    assert_eq!(waits(&plan)[1], "1 order");
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

/// What an earlier phase has taken away for its node's sake is not counted a second time.
#[test]
fn a_pod_uses_up_one_of_an_allowance() {
    let desired = Desired {
        replicas: 0,
        profile: Profile::STANDALONE,
        finalizer_held: true,
        ..set(Policies {
            allowance: Some(2),
            ..Policies::NONE
        })
    };
    let draining = Node {
        draining: true,
        state: NodeState::Ready,
        cordoned: true,
        since: None,
    };
    let mut pods = running(&[0, 1, 2], NEW);
    pods[2].node = Some(0);
    let observed = Observed {
        nodes: Some(&[draining]),
        budgets: Some(&[]),
        ..Observed::pods(&pods)
    };
    let plan = plan(&desired, &observed, NOW).expect("a plan");
    assert_eq!(deeds(&plan), ["evict 2", "delete 1"]);
    assert_eq!(waits(&plan), ["0 group"]);
}
