//! A rollout in one walk (rule U-8).

use crate::*;

/// What is deleted with this limit.
fn walked(max_unavailable: u32, pods: &[Pod]) -> Vec<String> {
    let walk = Profile {
        walk: true,
        ..Profile::UPSTREAM
    };
    let both = Management::ALL.map(|management| {
        let desired = Desired {
            management,
            replicas: u32::try_from(pods.len()).expect("few pods"),
            strategy: rolling(0, max_unavailable),
            profile: walk,
            ..set(Policies::NONE)
        };
        deeds(&planned(&desired, pods))
    });
    let [ordered, parallel] = both;
    // Ordered, a rollout begins once every slot is available.
    let is_sound = pods.iter().all(|pod| pod.ready && !pod.is_terminating());
    assert_eq!(ordered, if is_sound { parallel.clone() } else { vec![] });
    parallel
}

#[test]
fn as_many_go_as_the_limit_allows() {
    let pods = running(&[0, 1, 2, 3], OLD);
    assert_eq!(walked(1, &pods), ["delete 3"]);
    assert_eq!(walked(3, &pods), ["delete 3", "delete 2", "delete 1"]);
}

#[test]
fn broken_pods_go_whatever_the_limit() {
    let pods: Vec<Pod> = (0..3).map(|ordinal| broken(ordinal, OLD)).collect();
    assert_eq!(walked(1, &pods), ["delete 2", "delete 1", "delete 0"]);
}

/// Kubernetes 1.37 replaces the broken one in `Parallel`.
#[test]
fn a_broken_pod_after_the_first_one_that_has_to_wait_waits_too() {
    let pods = [Pod::running(0, OLD), broken(1, OLD), Pod::running(2, OLD)];
    assert_eq!(walked(1, &pods), Vec::<String>::new());
    assert_eq!(walked(2, &pods), ["delete 2", "delete 1"]);
    assert_eq!(
        walked(1, &[pods[0], Pod::running(1, OLD), broken(2, OLD)]),
        ["delete 2"]
    );
}

#[test]
fn a_broken_pod_of_the_update_revision_uses_up_the_limit() {
    let pods = [Pod::running(0, OLD), Pod::running(1, OLD), broken(2, NEW)];
    assert_eq!(walked(1, &pods), Vec::<String>::new());
    assert_eq!(walked(2, &pods), ["delete 1"]);
}

#[test]
fn with_the_feature_gate_off_the_limit_is_1() {
    let desired = Desired {
        strategy: rolling(0, 3),
        profile: Profile {
            walk: true,
            max_unavailable: false,
            ..Profile::UPSTREAM
        },
        ..set(Policies::NONE)
    };
    let pods = running(&[0, 1, 2], OLD);
    assert_eq!(deeds(&planned(&desired, &pods)), ["delete 2"]);
}

#[test]
fn what_the_walk_does_not_come_to_waits() {
    let desired = Desired {
        profile: Profile {
            walk: true,
            ..Profile::UPSTREAM
        },
        ..set(Policies::NONE)
    };
    let plan = planned(&desired, &running(&[0, 1, 2], OLD));
    assert_eq!(deeds(&plan), ["delete 2"]);
    assert_eq!(waits(&plan), ["0-1 max-unavailable"]);
}
