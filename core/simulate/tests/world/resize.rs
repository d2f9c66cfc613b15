//! Pods that get other resources while they run.

use statefulset::Version;
use statefulset_simulate::kubectl::{Files, Kubectl};
use statefulset_simulate::{ApiError, PatchType};

use crate::*;

const STATUS: &str = "/status/containerStatuses/0";
const GI: u64 = 1 << 30;

fn of_version(version: Version) -> World {
    World::new(Options {
        profile: Profile::upstream(version),
        nodes: vec!["node-1".into()],
        ..Options::default()
    })
}

/// A pod with one container that asks for so much.
fn asking(name: &str, cpu: &str, more: &Value) -> Value {
    let mut container = json!({
        "name": "c", "image": "nginx:1.12", "resources": {"requests": {"cpu": cpu}},
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        container.put(&format!("/{field}"), value.clone());
    }
    pod(name, &json!({"containers": [container]}))
}

fn resize(world: &mut World, name: &str, resources: &Value) -> Result<(), ApiError> {
    let patch = json!({"spec": {"containers": [{"name": "c", "resources": resources}]}});
    let (kind, how) = (Kind::Pod, PatchType::Strategic);
    let store = world.store_mut();
    store.resize(kind, "default", name, &patch, how).map(|_| ())
}

fn resize_cpu(world: &mut World, name: &str, cpu: &str) {
    let resized = resize(world, name, &json!({"requests": {"cpu": cpu}}));
    resized.expect("it may be resized");
}

/// What the container asks for, what it has been promised, and what it has.
fn cpu(world: &World, name: &str) -> [String; 3] {
    let pod = get(world, Kind::Pod, name);
    [
        "/spec/containers/0/resources/requests/cpu".to_owned(),
        format!("{STATUS}/allocatedResources/cpu"),
        format!("{STATUS}/resources/requests/cpu"),
    ]
    .map(|pointer| pod.text(&pointer).to_owned())
}

/// Status, reason, message and generation of a condition; nothing where it is not there.
fn condition(world: &World, pod: &str, kind: &str) -> Option<(String, String, Option<i64>)> {
    let pod = get(world, Kind::Pod, pod);
    let mut conditions = pod.list("/status/conditions").iter();
    let found = conditions.find(|it| it.text("/type") == kind)?;
    assert_eq!(found.text("/status"), "True");
    Some((
        found.text("/reason").to_owned(),
        found.text("/message").to_owned(),
        found.int("/observedGeneration"),
    ))
}

#[test]
fn a_container_gets_what_it_asks_for_and_runs_on() {
    let mut world = of_version(Version::V1_37);
    create(&mut world, Kind::Pod, asking("web-0", "1", &json!({})));
    world.settle(HOUR);
    assert_eq!(cpu(&world, "web-0"), ["1", "1", "1"]);
    let before = get(&world, Kind::Pod, "web-0");
    resize_cpu(&mut world, "web-0", "2");
    assert_eq!(cpu(&world, "web-0"), ["2", "1", "1"]);
    world.quiesce();
    assert_eq!(cpu(&world, "web-0"), ["2", "2", "1"]);
    let progress = condition(&world, "web-0", "PodResizeInProgress");
    assert_eq!(progress, Some((String::new(), String::new(), Some(2))));
    assert!(is_ready(&world, "web-0"));
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert_eq!(cpu(&world, "web-0"), ["2", "2", "2"]);
    assert_eq!(condition(&world, "web-0", "PodResizeInProgress"), None);
    let after = get(&world, Kind::Pod, "web-0");
    for pointer in ["/containerID", "/restartCount"] {
        let pointer = format!("{STATUS}{pointer}");
        assert_eq!(after.pointer(&pointer), before.pointer(&pointer));
    }
    assert_eq!(after.int("/status/observedGeneration"), Some(2));
    let events = events(&world, "web-0");
    assert_eq!(
        events[events.len() - 2..],
        [
            r#"ResizeStarted Pod resize started: {"containers":[{"name":"c","resources":{"requests":{"cpu":"2"}}}],"generation":2}"#,
            r#"ResizeCompleted Pod resize completed: {"containers":[{"name":"c","resources":{"requests":{"cpu":"2"}}}],"generation":2}"#,
        ]
    );
}

#[test]
fn a_container_restarts_for_what_its_policy_names() {
    let mut world = of_version(Version::V1_35);
    let policy = json!({
        "resources": {"requests": {"cpu": "1", "memory": "1Gi"}},
        "resizePolicy": [
            {"resourceName": "cpu", "restartPolicy": "NotRequired"},
            {"resourceName": "memory", "restartPolicy": "RestartContainer"},
        ],
    });
    create(&mut world, Kind::Pod, asking("web-0", "1", &policy));
    world.settle(HOUR);
    let id = |world: &World| {
        get(world, Kind::Pod, "web-0")
            .text(&format!("{STATUS}/containerID"))
            .to_owned()
    };
    let first = id(&world);
    resize_cpu(&mut world, "web-0", "2");
    world.settle(HOUR);
    assert_eq!(id(&world), first);
    let memory = json!({"requests": {"memory": "2Gi"}});
    resize(&mut world, "web-0", &memory).expect("it may be resized");
    world.advance(1500);
    assert!(!is_ready(&world, "web-0"));
    assert!(condition(&world, "web-0", "PodResizeInProgress").is_some());
    world.settle(HOUR);
    assert!(is_ready(&world, "web-0"));
    let after = get(&world, Kind::Pod, "web-0");
    assert_ne!(id(&world), first);
    assert_eq!(after.int(&format!("{STATUS}/restartCount")), Some(1));
    assert_eq!(
        after.text(&format!("{STATUS}/resources/requests/memory")),
        "2Gi"
    );
    assert_eq!(condition(&world, "web-0", "PodResizeInProgress"), None);
    let events = events(&world, "web-0");
    assert!(
        events
            .iter()
            .any(|it| it == "Killing Container c resize requires restart"),
        "{events:?}"
    );
}

#[test]
fn what_does_not_fit_now_waits_for_those_that_leave() {
    let mut world = of_version(Version::V1_37);
    for name in ["web-0", "web-1", "web-2"] {
        create(&mut world, Kind::Pod, asking(name, "2", &json!({})));
    }
    world.settle(HOUR);
    resize_cpu(&mut world, "web-0", "5");
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert_eq!(cpu(&world, "web-0"), ["5", "2", "2"]);
    let message =
        "Node didn't have enough resource: cpu, requested: 5000, used: 4000, capacity: 8000";
    let pending = condition(&world, "web-0", "PodResizePending");
    assert_eq!(pending, Some(("Deferred".into(), message.into(), Some(2))));
    let told = format!(
        r#"ResizeDeferred Pod resize Deferred: {{"containers":[{{"name":"c","resources":{{"requests":{{"cpu":"5"}}}}}}],"generation":2,"error":"{message}"}}"#
    );
    assert!(events(&world, "web-0").contains(&told));
    // The scheduler counts what it waits for: nine of eight are asked for.
    create(&mut world, Kind::Pod, asking("late", "1", &json!({})));
    world.settle(HOUR);
    assert_eq!(get(&world, Kind::Pod, "late").text("/spec/nodeName"), "");
    delete(&mut world, Kind::Pod, "web-1");
    world.settle(HOUR);
    assert_eq!(cpu(&world, "web-0"), ["5", "5", "5"]);
    assert_eq!(condition(&world, "web-0", "PodResizePending"), None);
    assert_eq!(
        get(&world, Kind::Pod, "late").text("/spec/nodeName"),
        "node-1"
    );
}

#[test]
fn what_shrinks_leaves_room_for_those_that_wait_the_most_important_first() {
    let mut world = of_version(Version::V1_35);
    for (name, priority) in [("low", 0), ("high", 5)] {
        let class = json!({"metadata": {"name": name}, "value": priority});
        create(&mut world, Kind::PriorityClass, class);
    }
    for (name, class) in [("a", "low"), ("b", "high"), ("big", "low")] {
        let cpu = if name == "big" { "6" } else { "1" };
        let mut object = asking(name, cpu, &json!({}));
        object.put("/spec/priorityClassName", json!(class));
        create(&mut world, Kind::Pod, object);
    }
    world.settle(HOUR);
    for name in ["a", "b"] {
        resize_cpu(&mut world, name, "3");
        world.settle(HOUR);
        let (reason, ..) = condition(&world, name, "PodResizePending").expect("no room");
        assert_eq!(reason, "Deferred");
    }
    resize_cpu(&mut world, "big", "4");
    world.settle(HOUR);
    assert_eq!(cpu(&world, "b"), ["3", "3", "3"]);
    assert_eq!(cpu(&world, "a"), ["3", "1", "1"]);
    // What is taken back waits no longer.
    resize_cpu(&mut world, "a", "1");
    world.settle(HOUR);
    assert_eq!(condition(&world, "a", "PodResizePending"), None);
}

#[test]
fn what_a_node_never_has_is_infeasible_and_later_refused() {
    let mut world = of_version(Version::V1_33);
    create(&mut world, Kind::Pod, asking("web-0", "1", &json!({})));
    world.settle(HOUR);
    resize_cpu(&mut world, "web-0", "9");
    world.settle(HOUR);
    let message = "Node didn't have enough capacity: cpu, requested: 9000, capacity: 8000";
    assert_eq!(
        condition(&world, "web-0", "PodResizePending"),
        Some(("Infeasible".into(), message.into(), None))
    );
    assert_eq!(cpu(&world, "web-0"), ["9", "1", "1"]);
    // It does not count against others.
    create(&mut world, Kind::Pod, asking("other", "7", &json!({})));
    world.settle(HOUR);
    assert!(is_ready(&world, "other"));

    let mut world = of_version(Version::V1_36);
    create(&mut world, Kind::Pod, asking("web-0", "1", &json!({})));
    world.settle(HOUR);
    let both = json!({"requests": {"cpu": "9", "memory": "33Gi"}});
    let refused = resize(&mut world, "web-0", &both).expect_err("too much");
    assert_eq!(
        refused.shown(),
        format!(
            "Error from server (Forbidden): pods \"web-0\" is forbidden: node didn't have enough allocatable resources: cpu, \
             requested: 9000, allocatable: 8000; memory, requested: {}, allocatable: {}",
            33 * GI,
            32 * GI
        )
    );
}

#[test]
fn quotas_count_what_a_resize_adds() {
    let mut world = of_version(Version::V1_37);
    create(&mut world, Kind::Pod, asking("web-0", "1", &json!({})));
    let quota = json!({"metadata": {"name": "q"}, "spec": {"hard": {"requests.cpu": "3"}}});
    create(&mut world, Kind::ResourceQuota, quota);
    world.settle(HOUR);
    let refused = resize(&mut world, "web-0", &json!({"requests": {"cpu": "4"}}));
    assert_eq!(
        refused.expect_err("too much").shown(),
        "Error from server (Forbidden): pods \"web-0\" is forbidden: exceeded quota: q, requested: requests.cpu=3, used: \
         requests.cpu=1, limited: requests.cpu=3"
    );
    resize_cpu(&mut world, "web-0", "3");
    world.settle(HOUR);
    let used = get(&world, Kind::ResourceQuota, "q");
    assert_eq!(used["status"]["used"]["requests.cpu"], "3");
    resize_cpu(&mut world, "web-0", "2");
    world.quiesce();
    // It still has what it had.
    let used = get(&world, Kind::ResourceQuota, "q");
    assert_eq!(used["status"]["used"]["requests.cpu"], "3");
    world.settle(HOUR);
    let used = get(&world, Kind::ResourceQuota, "q");
    assert_eq!(used["status"]["used"]["requests.cpu"], "2");
}

#[test]
fn a_pod_that_is_going_or_cut_off_gets_nothing() {
    let mut world = of_version(Version::V1_37);
    create(&mut world, Kind::Pod, asking("web-0", "1", &json!({})));
    world.settle(HOUR);
    let cut = statefulset_simulate::Failure::Network;
    world.fail_node("node-1", cut).expect("a node");
    resize_cpu(&mut world, "web-0", "2");
    world.advance(20_000);
    assert_eq!(cpu(&world, "web-0"), ["2", "1", "1"]);
    world.restore_node("node-1").expect("a node");
    world.settle(HOUR);
    assert_eq!(cpu(&world, "web-0"), ["2", "2", "2"]);
    delete(&mut world, Kind::Pod, "web-0");
    resize_cpu(&mut world, "web-0", "3");
    world.quiesce();
    assert_eq!(cpu(&world, "web-0"), ["3", "2", "2"]);
    world.settle(HOUR);
    assert!(!exists(&world, Kind::Pod, "web-0"));
}

#[test]
fn before_1_33_nothing_is_said_of_resources_and_there_is_nothing_to_ask() {
    let mut world = of_version(Version::V1_32);
    create(&mut world, Kind::Pod, asking("web-0", "1", &json!({})));
    world.settle(HOUR);
    assert_eq!(cpu(&world, "web-0"), ["1", "", ""]);
    let refused = resize(&mut world, "web-0", &json!({"requests": {"cpu": "2"}}));
    assert_eq!(
        refused.expect_err("no such thing").shown(),
        "Error from server (NotFound): the server could not find the requested resource"
    );
}

struct NoFiles;

impl Files for NoFiles {
    fn read(&mut self, _: &str) -> std::io::Result<String> {
        Err(std::io::ErrorKind::NotFound.into())
    }
}

#[test]
fn patch_knows_the_subresource() {
    let mut world = of_version(Version::V1_37);
    create(&mut world, Kind::Pod, asking("web-0", "1", &json!({})));
    world.settle(HOUR);
    let mut files = NoFiles;
    let mut kubectl = Kubectl::new(&mut files);
    let patch = r#"{"spec":{"containers":[{"name":"c","image":"other","resources":{"requests":{"cpu":"3"}}}]},"metadata":{"labels":{"a":"b"}}}"#;
    let said = kubectl.run(
        &mut world,
        &format!("patch pod web-0 --subresource resize --patch '{patch}'"),
    );
    assert_eq!(said.text, "pod/web-0 patched\n");
    world.settle(HOUR);
    assert_eq!(cpu(&world, "web-0"), ["3", "3", "3"]);
    // Nothing else changes.
    let after = get(&world, Kind::Pod, "web-0");
    assert_eq!(after.text("/spec/containers/0/image"), "nginx:1.12");
    assert_eq!(after.pointer("/metadata/labels/a"), None);
    let more = patch.replace("\"3\"", "\"4\"");
    let refused = kubectl.run(&mut world, &format!("patch pod web-0 --patch '{more}'"));
    assert!(
        refused
            .text
            .contains("pod updates may not change fields other than"),
        "{}",
        refused.text
    );
    let mut older = of_version(Version::V1_32);
    create(&mut older, Kind::Pod, asking("web-0", "1", &json!({})));
    let unknown = kubectl.run(
        &mut older,
        &format!("patch pod web-0 --subresource resize --patch '{patch}'"),
    );
    assert_eq!(
        unknown.text,
        "Error from server (NotFound): the server could not find the requested resource\n"
    );
}
