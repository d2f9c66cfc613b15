//! Room for pods of a higher priority.

use crate::*;

/// Nodes that a pod of 8 CPUs fills, and two classes.
fn world_of(nodes: usize) -> World {
    let mut world = World::new(Options {
        nodes: (1..=nodes).map(|number| format!("node-{number}")).collect(),
        ..Options::default()
    });
    for (name, value, policy) in [
        ("low", 10, "PreemptLowerPriority"),
        ("high", 100, "PreemptLowerPriority"),
        ("polite", 100, "Never"),
    ] {
        let class = json!({"metadata": {"name": name}, "value": value, "preemptionPolicy": policy});
        create(&mut world, Kind::PriorityClass, class);
    }
    world
}

fn asks(world: &mut World, name: &str, class: &str, cpus: u32) {
    let container = json!({"name": "c", "image": "c:1", "resources": {"limits": {"cpu": cpus}}});
    let spec = json!({"priorityClassName": class, "containers": [container]});
    let mut pod = pod(name, &spec);
    pod["metadata"]["labels"] = json!({"pod": name});
    create(world, Kind::Pod, pod);
    world.quiesce();
}

/// The node of a pod, the one that it is promised, and what the scheduler says.
fn place(world: &World, name: &str) -> (String, String, String) {
    let pod = get(world, Kind::Pod, name);
    let conditions = pod.list("/status/conditions").iter();
    let mut said = conditions.filter(|it| it.text("/type") == "PodScheduled");
    let said = said.next().map_or("", |it| it.text("/message"));
    let text = |pointer| pod.text(pointer).to_owned();
    (
        text("/spec/nodeName"),
        text("/status/nominatedNodeName"),
        said.to_owned(),
    )
}

const FULL: &str = "nodes are available: 2 Insufficient cpu. preemption:";

#[test]
fn pods_of_a_lower_priority_leave() {
    let mut world = world_of(2);
    asks(&mut world, "p-0", "low", 8);
    asks(&mut world, "p-1", "high", 8);
    world.settle(HOUR);
    asks(&mut world, "vip", "high", 8);
    let found = "found a potential placement for pod on node node-1, preempting 1 victims";
    assert_eq!(
        place(&world, "vip"),
        (
            String::new(),
            "node-1".into(),
            format!("0/2 {FULL} {found}")
        )
    );
    let uid = get(&world, Kind::Pod, "vip").uid().to_owned();
    let preempted = format!("Preempted Preempted by pod {uid} on node node-1");
    assert!(events(&world, "p-0").contains(&preempted));
    world.settle(HOUR);
    assert!(!exists(&world, Kind::Pod, "p-0") && is_ready(&world, "p-1"));
    assert_eq!(
        place(&world, "vip"),
        ("node-1".into(), String::new(), String::new())
    );
    let told = events(&world, "vip");
    let refused = told.iter().filter(|it| it.starts_with("FailedScheduling"));
    assert_eq!(refused.count(), 1, "{told:?}");
}

#[test]
fn a_pod_that_asks_nobody_to_leave_waits() {
    let mut world = world_of(2);
    asks(&mut world, "p-0", "low", 8);
    asks(&mut world, "p-1", "low", 8);
    asks(&mut world, "vip", "polite", 8);
    let polite = "not eligible due to preemptionPolicy=Never.";
    let (node, promised, said) = place(&world, "vip");
    assert_eq!((&*node, &*promised), ("", ""));
    assert_eq!(said, format!("0/2 {FULL} {polite}"));
    world.settle(HOUR);
    assert!(is_ready(&world, "p-0") && is_ready(&world, "p-1"));
}

#[test]
fn those_leave_that_no_budget_keeps() {
    let mut world = world_of(2);
    asks(&mut world, "p-0", "low", 8);
    asks(&mut world, "p-1", "low", 8);
    let selector = json!({"matchLabels": {"pod": "p-0"}});
    let budget = json!({
        "metadata": {"name": "keep"}, "spec": {"minAvailable": 1, "selector": selector},
    });
    create(&mut world, Kind::PodDisruptionBudget, budget);
    world.settle(HOUR);
    asks(&mut world, "vip", "high", 8);
    assert_eq!(place(&world, "vip").1, "node-2");
    world.settle(HOUR);
    assert!(is_ready(&world, "p-0") && !exists(&world, Kind::Pod, "p-1"));
}

#[test]
fn as_many_stay_as_there_is_room_for() {
    let mut world = world_of(1);
    for (name, class) in [("p-0", "low"), ("p-1", "high"), ("p-2", "low")] {
        asks(&mut world, name, class, 2);
        world.advance(5000);
    }
    asks(&mut world, "vip", "high", 4);
    // Of two that are as important the younger one goes.
    assert!(!get(&world, Kind::Pod, "p-0").is_terminating());
    assert!(get(&world, Kind::Pod, "p-2").is_terminating());
    world.settle(HOUR);
    assert!(is_ready(&world, "p-0") && is_ready(&world, "p-1") && is_ready(&world, "vip"));
}

#[test]
fn a_promised_node_is_nobody_elses() {
    let mut world = world_of(1);
    asks(&mut world, "p-0", "low", 8);
    world.settle(HOUR);
    asks(&mut world, "vip", "high", 4);
    asks(&mut world, "late", "low", 8);
    assert_eq!(place(&world, "vip").1, "node-1");
    world.settle(HOUR);
    assert_eq!(place(&world, "vip").0, "node-1");
    let late = "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption \
                victims found for incoming pod.";
    assert_eq!(place(&world, "late").2, late);
}
