//! Pods that are changed while they run.

use statefulset::Version;
use statefulset_simulate::PatchType;

use crate::*;

const STATUS: &str = "/status/containerStatuses/0";

fn of_version(version: Version) -> World {
    World::new(Options {
        profile: Profile::upstream(version),
        ..Options::default()
    })
}

fn patch(world: &mut World, name: &str, patch: &Value) {
    let (kind, how) = (Kind::Pod, PatchType::Strategic);
    let store = world.store_mut();
    let patched = store.patch(kind, "default", name, patch, how, false);
    patched.expect("it may be changed");
}

fn set_image(world: &mut World, name: &str, container: &str, image: &str) {
    let change = json!({"spec": {"containers": [{"name": container, "image": image}]}});
    patch(world, name, &change);
}

/// A text of the status of the only container.
fn said(world: &World, pod: &str, field: &str) -> String {
    let pod = get(world, Kind::Pod, pod);
    pod.text(&format!("{STATUS}{field}")).to_owned()
}

fn restarts(world: &World, pod: &str) -> Option<i64> {
    get(world, Kind::Pod, pod).int(&format!("{STATUS}/restartCount"))
}

#[test]
fn containers_have_ids_and_another_one_at_each_start() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.quiesce();
    // Before it has been made it has none.
    assert_eq!(said(&world, "web-0", "/containerID"), "");
    assert_eq!(said(&world, "web-0", "/image"), "nginx:1.12");
    world.settle(HOUR);
    let first = said(&world, "web-0", "/containerID");
    let digits = first.strip_prefix("containerd://").unwrap_or_default();
    assert_eq!(digits.len(), 64, "{first}");
    assert!(digits.bytes().all(|b| b.is_ascii_hexdigit()), "{first}");
    let image = said(&world, "web-0", "/imageID");
    assert!(
        image.starts_with("docker.io/library/nginx@sha256:"),
        "{image}"
    );
    assert_eq!(
        said(&world, "web-0", "/image"),
        "docker.io/library/nginx:1.12"
    );
    exec(&mut world, "web-0", "kill 1");
    world.settle(HOUR);
    let second = said(&world, "web-0", "/containerID");
    assert_ne!(second, first);
    assert_eq!(
        said(&world, "web-0", "/lastState/terminated/containerID"),
        first
    );
    assert_eq!(said(&world, "web-0", "/imageID"), image);
    // While it waits to be started again, the one that has ended is the container.
    exec(&mut world, "web-0", "kill 1");
    world.advance(1000);
    assert_eq!(
        said(&world, "web-0", "/state/waiting/reason"),
        "CrashLoopBackOff"
    );
    assert_eq!(said(&world, "web-0", "/containerID"), second);
    assert_eq!(
        said(&world, "web-0", "/lastState/terminated/containerID"),
        second
    );
}

#[test]
fn the_ids_of_two_pods_of_one_name_differ() {
    let mut world = world();
    let mut ids = Vec::new();
    for _ in 0..2 {
        create(&mut world, Kind::Pod, pod("web-0", &json!({})));
        world.settle(HOUR);
        ids.push(said(&world, "web-0", "/containerID"));
        delete(&mut world, Kind::Pod, "web-0");
        world.settle(HOUR);
    }
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn another_image_restarts_its_container_and_nothing_else() {
    let mut world = world();
    let spec = json!({"containers": [
        {"name": "app", "image": "app:1"}, {"name": "side", "image": "side:1"},
    ]});
    create(&mut world, Kind::Pod, pod("web-0", &spec));
    world.settle(HOUR);
    let before = get(&world, Kind::Pod, "web-0");
    set_image(&mut world, "web-0", "app", "app:2");
    // It is asked to stop, which takes a second; after another one it runs again, and after a third it is ready.
    world.advance(1000);
    assert!(!is_ready(&world, "web-0"));
    assert_eq!(phase(&world, "web-0"), "Running");
    world.advance(1000);
    assert!(!is_ready(&world, "web-0"));
    assert_eq!(said(&world, "web-0", "/image"), "docker.io/library/app:2");
    world.advance(1000);
    assert!(is_ready(&world, "web-0"));
    let after = get(&world, Kind::Pod, "web-0");
    for (pointer, stays) in [
        ("/metadata/uid", true),
        ("/spec/nodeName", true),
        ("/status/podIP", true),
        ("/status/startTime", true),
        ("/status/containerStatuses/0/containerID", false),
        ("/status/containerStatuses/0/imageID", false),
        ("/status/containerStatuses/1", true),
    ] {
        assert_eq!(
            before.pointer(pointer) == after.pointer(pointer),
            stays,
            "{pointer}"
        );
    }
    assert_eq!(restarts(&world, "web-0"), Some(1));
    assert_eq!(
        after.int(&format!("{STATUS}/lastState/terminated/exitCode")),
        Some(0)
    );
    let events = events(&world, "web-0");
    for event in [
        "Killing Container app definition changed, will be restarted",
        "Pulled Container image \"app:2\" already present on machine and can be accessed by the pod",
    ] {
        assert!(events.iter().any(|it| it == event), "{event} of {events:?}");
    }
    assert_eq!(world.settle(HOUR), Settled::Quiet);
}

#[test]
fn an_image_that_is_not_there_holds_up_its_container_until_it_is_taken_back() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.settle(HOUR);
    let good = said(&world, "web-0", "/containerID");
    world.break_image("nginx:no");
    set_image(&mut world, "web-0", "nginx", "nginx:no");
    world.advance(2000);
    assert_eq!(
        said(&world, "web-0", "/state/waiting/reason"),
        "ErrImagePull"
    );
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert_eq!(
        said(&world, "web-0", "/state/waiting/reason"),
        "ImagePullBackOff"
    );
    let held = get(&world, Kind::Pod, "web-0");
    assert_eq!(
        (phase(&world, "web-0").as_str(), held.text("/spec/nodeName")),
        ("Running", "node-1")
    );
    // What it says of its image is of the container that has ended: there is no other.
    assert_eq!(said(&world, "web-0", "/containerID"), good);
    assert_eq!(
        said(&world, "web-0", "/image"),
        "docker.io/library/nginx:1.12"
    );
    assert_eq!(restarts(&world, "web-0"), Some(0));
    set_image(&mut world, "web-0", "nginx", "nginx:1.12");
    let before = world.now();
    world.settle(HOUR);
    assert!(is_ready(&world, "web-0"));
    assert_eq!(world.now() - before, 2000);
    assert_eq!(restarts(&world, "web-0"), Some(1));
    assert_ne!(said(&world, "web-0", "/containerID"), good);
}

#[test]
fn a_container_that_never_started_is_healed_by_another_image() {
    let mut world = world();
    world.break_image("nginx:1.12");
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.settle(HOUR);
    assert_eq!(phase(&world, "web-0"), "Pending");
    set_image(&mut world, "web-0", "nginx", "nginx:1.13");
    world.advance(2000);
    assert!(is_ready(&world, "web-0"));
    assert_eq!(restarts(&world, "web-0"), Some(0));
}

#[test]
fn a_crash_loop_ends_with_another_image() {
    let mut world = world();
    create(
        &mut world,
        Kind::Pod,
        pod(
            "web-0",
            &json!({"containers": [{"name": "c", "image": "busybox"}]}),
        ),
    );
    // It ends at once, each time.
    world.advance(60_000);
    assert_eq!(
        said(&world, "web-0", "/state/waiting/reason"),
        "CrashLoopBackOff"
    );
    set_image(&mut world, "web-0", "c", "nginx:1.12");
    world.advance(2000);
    assert!(is_ready(&world, "web-0"));
}

#[test]
fn what_is_never_restarted_is_restarted_for_another_image() {
    let mut world = world();
    let spec = json!({
        "restartPolicy": "Never", "terminationGracePeriodSeconds": 7,
        "containers": [{"name": "c", "image": "curl:1", "command": ["sh", "-c", "sleep 3600"]}],
    });
    create(&mut world, Kind::Pod, pod("job", &spec));
    world.settle(10_000);
    set_image(&mut world, "job", "c", "curl:2");
    // A shell is killed at the end of the grace period.
    world.advance(6999);
    assert_eq!(restarts(&world, "job"), Some(0));
    world.advance(1001);
    assert_eq!(restarts(&world, "job"), Some(1));
    assert_eq!(phase(&world, "job"), "Running");
    let ended = get(&world, Kind::Pod, "job");
    assert_eq!(
        ended.int(&format!("{STATUS}/lastState/terminated/exitCode")),
        Some(137)
    );
    world.advance(HOUR);
    assert_eq!(phase(&world, "job"), "Succeeded");
}

#[test]
fn sidecars_are_replaced_and_init_containers_that_are_done_are_not() {
    let mut world = world();
    let spec = json!({"initContainers": [
        {"name": "first", "image": "migrate:1"},
        {"name": "side", "image": "proxy:1", "restartPolicy": "Always"},
    ]});
    create(&mut world, Kind::Pod, pod("web-0", &spec));
    world.settle(HOUR);
    let change = json!({"spec": {"initContainers": [
        {"name": "first", "image": "migrate:2"}, {"name": "side", "image": "proxy:2"},
    ]}});
    patch(&mut world, "web-0", &change);
    world.settle(HOUR);
    assert!(is_ready(&world, "web-0"));
    let after = get(&world, Kind::Pod, "web-0");
    let init = after.list("/status/initContainerStatuses");
    let facts: Vec<_> = init
        .iter()
        .map(|it| (it.text("/image"), it.int("/restartCount")))
        .collect();
    assert_eq!(
        facts,
        [
            ("docker.io/library/migrate:1", Some(0)),
            ("docker.io/library/proxy:2", Some(1)),
        ]
    );
    assert_eq!(restarts(&world, "web-0"), Some(0));
    let events = events(&world, "web-0");
    assert!(events.contains(&"Killing Init container side definition changed".to_owned()));
}

#[test]
fn a_pod_that_is_going_is_not_started_again() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.settle(HOUR);
    delete(&mut world, Kind::Pod, "web-0");
    set_image(&mut world, "web-0", "nginx", "nginx:2");
    world.settle(HOUR);
    assert!(!exists(&world, Kind::Pod, "web-0"));
    assert_eq!(world.processes().count(), 0);
}

#[test]
fn a_kubelet_that_is_cut_off_hears_of_the_image_later() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.settle(HOUR);
    let node = get(&world, Kind::Pod, "web-0")
        .text("/spec/nodeName")
        .to_owned();
    let cut = statefulset_simulate::Failure::Network;
    world.fail_node(&node, cut).expect("a node");
    set_image(&mut world, "web-0", "nginx", "nginx:2");
    world.advance(20_000);
    assert_eq!(restarts(&world, "web-0"), Some(0));
    world.restore_node(&node).expect("a node");
    world.advance(10_000);
    assert_eq!(restarts(&world, "web-0"), Some(1));
    assert!(is_ready(&world, "web-0"));
}

#[test]
fn ids_outlive_what_is_put_back() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.settle(HOUR);
    let mut seen = get(&world, Kind::Pod, "web-0");
    let status = &mut seen["status"]["containerStatuses"][0];
    status["containerID"] = json!("containerd://real");
    status["imageID"] = json!("nginx@sha256:real");
    let node = get(&world, Kind::Node, "node-1");
    let mut again = World::restore(Options::default(), &[node, seen]);
    again.settle(HOUR);
    assert_eq!(said(&again, "web-0", "/containerID"), "containerd://real");
    assert_eq!(said(&again, "web-0", "/imageID"), "nginx@sha256:real");
    exec(&mut again, "web-0", "kill 1");
    again.settle(HOUR);
    assert_ne!(said(&again, "web-0", "/containerID"), "containerd://real");
}

/// `metadata.generation` and `status.observedGeneration`, and of which generation each condition is.
fn generations(world: &World) -> (Option<i64>, Option<i64>, Vec<Option<i64>>) {
    let pod = get(world, Kind::Pod, "web-0");
    let conditions = pod.list("/status/conditions").iter();
    let conditions = conditions.map(|it| it.int("/observedGeneration"));
    (
        pod.int("/metadata/generation"),
        pod.int("/status/observedGeneration"),
        conditions.collect(),
    )
}

#[test]
fn generations_of_pods_came_with_1_33_and_those_that_were_seen_with_1_34() {
    for (version, counts, tells) in [
        (Version::V1_32, false, false),
        (Version::V1_33, true, false),
        (Version::V1_34_0, true, true),
        (Version::V1_37, true, true),
    ] {
        let mut world = of_version(version);
        create(&mut world, Kind::Pod, pod("web-0", &json!({})));
        world.settle(HOUR);
        let seen = |generation: i64| {
            let told = tells.then_some(generation);
            (counts.then_some(generation), told, vec![told; 5])
        };
        assert_eq!(generations(&world), seen(1), "{version:?}");
        patch(
            &mut world,
            "web-0",
            &json!({"metadata": {"labels": {"a": "b"}}}),
        );
        assert_eq!(generations(&world), seen(1), "{version:?}");
        set_image(&mut world, "web-0", "nginx", "nginx:2");
        let changed = generations(&world);
        assert_eq!(changed.0, counts.then_some(2), "{version:?}");
        assert_eq!(changed.1, tells.then_some(1), "{version:?}");
        world.quiesce();
        assert_eq!(generations(&world), seen(2), "{version:?}");
    }
}

#[test]
fn a_cut_off_kubelet_has_not_seen_the_generation() {
    let mut world = world();
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    world.settle(HOUR);
    let node = get(&world, Kind::Pod, "web-0")
        .text("/spec/nodeName")
        .to_owned();
    let cut = statefulset_simulate::Failure::Network;
    world.fail_node(&node, cut).expect("a node");
    set_image(&mut world, "web-0", "nginx", "nginx:2");
    world.advance(20_000);
    let (is, seen, _) = generations(&world);
    assert_eq!((is, seen), (Some(2), Some(1)));
}
