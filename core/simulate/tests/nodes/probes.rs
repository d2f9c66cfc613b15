//! Probes that fail on purpose.

use crate::*;

fn with_probe(kind: &str) -> World {
    let mut world = cluster(Profile::STANDALONE, &["a"]);
    let mut container = json!({"name": "c", "image": "nginx:1.12"});
    container[kind] = json!({"exec": {"command": ["mysqladmin", "ping"]}, "periodSeconds": 10, "failureThreshold": 3});
    create(
        &mut world,
        Kind::Pod,
        pod("p", &json!({"containers": [container]})),
    );
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert!(is_ready(&world, "p"));
    world
}

#[test]
fn a_readiness_probe_that_fails_makes_the_pod_unready_until_it_is_mended() {
    let mut world = with_probe("readinessProbe");
    world.fail_probe("default", "p");
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert!(!is_ready(&world, "p"));
    assert!(said(&world, "p", "Unhealthy Readiness probe failed"));
    world.advance(HOUR);
    assert!(!is_ready(&world, "p"));
    assert_eq!(
        get(&world, Kind::Pod, "p").int("/status/containerStatuses/0/restartCount"),
        Some(0)
    );
    world.mend_probe("default", "p");
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert!(is_ready(&world, "p"));
}

#[test]
fn a_liveness_probe_that_fails_restarts_the_container() {
    let mut world = with_probe("livenessProbe");
    world.fail_probe("default", "p");
    world.advance(MINUTE);
    let restarts = |world: &World| {
        let pod = get(world, Kind::Pod, "p");
        pod.int("/status/containerStatuses/0/restartCount")
            .unwrap_or(0)
    };
    assert_eq!(restarts(&world), 1);
    assert!(said(
        &world,
        "p",
        "Killing Container c failed liveness probe, will be restarted"
    ));
    world.advance(HOUR);
    let so_far = restarts(&world);
    assert!(so_far > 3);
    world.mend_probe("default", "p");
    world.advance(HOUR);
    assert!(restarts(&world) <= so_far + 1);
    assert!(is_ready(&world, "p"));
}

#[test]
fn a_pod_without_probes_has_none_that_could_fail() {
    let (mut world, _) = with_web(Profile::STANDALONE);
    let version = world.store().version();
    world.fail_probe("default", "web-0");
    world.advance(HOUR);
    assert_eq!(world.store().version(), version);
}
