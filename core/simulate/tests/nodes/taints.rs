//! Taints: which keep pods away, and which drive them out.

use crate::*;

fn taint(world: &mut World, node: &str, key: &str, effect: &str) {
    edit(world, Kind::Node, node, |node| {
        let mut taints = node.list("/spec/taints").to_vec();
        taints.push(json!({"key": key, "value": "v", "effect": effect}));
        node.put("/spec/taints", Value::Array(taints));
    });
}

fn tolerating(name: &str, toleration: &Value) -> Value {
    pod(name, &json!({"tolerations": [toleration], "nodeName": "a"}))
}

#[test]
fn a_taint_keeps_pods_away_that_do_not_tolerate_it() {
    let mut world = cluster(Profile::STANDALONE, &["a", "b"]);
    taint(&mut world, "a", "dedicated", "NoSchedule");
    for i in 0..4 {
        create(&mut world, Kind::Pod, pod(&format!("p-{i}"), &json!({})));
    }
    let tolerant = json!({"tolerations": [{"key": "dedicated", "operator": "Exists"}]});
    create(&mut world, Kind::Pod, pod("tolerant", &tolerant));
    world.advance(10 * SECOND);
    assert!((0..4).all(|i| node_of(&world, &format!("p-{i}")) == "b"));
    assert_eq!(node_of(&world, "tolerant"), "a");
    taint(&mut world, "b", "full", "NoExecute");
    create(&mut world, Kind::Pod, pod("late", &json!({})));
    world.advance(10 * SECOND);
    assert!(said(
        &world,
        "late",
        "FailedScheduling 0/2 nodes are available: 2 node(s) had untolerated taint(s)"
    ));
}

#[test]
fn a_cordoned_node_has_a_taint_until_it_is_uncordoned() {
    let mut world = cluster(Profile::STANDALONE, &["a", "b"]);
    taint(&mut world, "a", "dedicated", "NoSchedule");
    let close = |world: &mut World, closed: bool| {
        edit(world, Kind::Node, "a", |node| {
            node.put("/spec/unschedulable", json!(closed));
        });
        world.advance(SECOND);
    };
    let keys = |world: &World, name: &str| -> Vec<String> {
        let node = try_get(world, Kind::Node, name).expect("a node");
        let taints = node.list("/spec/taints").iter();
        taints
            .map(|it| format!("{}:{}", it.text("/key"), it.text("/effect")))
            .collect()
    };
    close(&mut world, true);
    let cordoned = [
        "dedicated:NoSchedule",
        "node.kubernetes.io/unschedulable:NoSchedule",
    ];
    assert_eq!(keys(&world, "a"), cordoned);
    assert_eq!(keys(&world, "b"), [""; 0]);
    close(&mut world, false);
    assert_eq!(keys(&world, "a"), cordoned[..1]);
}

#[test]
fn a_taint_that_drives_out_gives_the_time_that_is_tolerated() {
    for profile in BOTH {
        let mut world = cluster(profile, &["a", "b"]);
        let key = json!("maintenance");
        create(
            &mut world,
            Kind::Pod,
            tolerating("never", &json!({"key": key, "operator": "Exists"})),
        );
        let minute = json!({"key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 60});
        create(&mut world, Kind::Pod, tolerating("minute", &minute));
        create(&mut world, Kind::Pod, stray("at-once", "a", false));
        create(&mut world, Kind::Pod, stray("elsewhere", "b", false));
        pass(&mut world, 10 * SECOND);
        taint(&mut world, "a", "maintenance", "NoExecute");
        pass(&mut world, 2 * SECOND);
        assert!(try_get(&world, Kind::Pod, "at-once").is_none());
        assert!(!terminates(&world, "minute"));
        pass(&mut world, 57 * SECOND);
        assert!(!terminates(&world, "minute"));
        pass(&mut world, 3 * SECOND);
        assert!(try_get(&world, Kind::Pod, "minute").is_none());
        assert!(said(
            &world,
            "minute",
            "TaintManagerEviction Marking for deletion Pod default/minute"
        ));
        assert!(is_ready(&world, "never") && is_ready(&world, "elsewhere"));
    }
}

#[test]
fn a_clock_that_runs_is_neither_stopped_nor_prolonged_by_another_taint() {
    let mut world = cluster(Profile::UPSTREAM, &["a"]);
    let minute = json!({"operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 60});
    create(&mut world, Kind::Pod, tolerating("p", &minute));
    pass(&mut world, 10 * SECOND);
    taint(&mut world, "a", "one", "NoExecute");
    pass(&mut world, 40 * SECOND);
    taint(&mut world, "a", "two", "NoExecute");
    pass(&mut world, 19 * SECOND);
    assert!(!terminates(&world, "p"));
    pass(&mut world, SECOND);
    assert!(terminates(&world, "p"));
}

#[test]
fn a_taint_that_goes_stops_the_clock() {
    let mut world = cluster(Profile::UPSTREAM, &["a"]);
    let minute = json!({"operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 60});
    create(&mut world, Kind::Pod, tolerating("p", &minute));
    pass(&mut world, 10 * SECOND);
    taint(&mut world, "a", "one", "NoExecute");
    pass(&mut world, 40 * SECOND);
    edit(&mut world, Kind::Node, "a", |node| {
        node.put("/spec/taints", json!([]));
    });
    pass(&mut world, HOUR);
    assert!(is_ready(&world, "p"));
    assert!(said(
        &world,
        "p",
        "TaintManagerEviction Cancelling deletion of Pod default/p"
    ));
}

#[test]
fn what_tolerates_an_unreachable_node_stays_there() {
    let mut world = cluster(Profile::UPSTREAM, &["a", "b"]);
    let forever = json!({"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute"});
    create(&mut world, Kind::Pod, tolerating("patient", &forever));
    create(&mut world, Kind::Pod, stray("plain", "a", false));
    pass(&mut world, 10 * SECOND);
    world
        .fail_node("a", Failure::Network)
        .expect("the node is there");
    pass(&mut world, HOUR);
    assert!(!terminates(&world, "patient"));
    assert!(terminates(&world, "plain"));
}

#[test]
fn who_takes_the_pods_of_sets_away_depends_on_the_profile() {
    for profile in BOTH {
        let (mut world, node) = with_web(profile);
        let before = uid(&world, "web-0");
        taint(&mut world, &node, "maintenance", "NoExecute");
        pass(&mut world, MINUTE);
        // The library knows lost and draining nodes, and no other taints.
        assert_eq!(uid(&world, "web-0") != before, profile == Profile::UPSTREAM);
        assert!(is_ready(&world, "web-0"));
    }
}
