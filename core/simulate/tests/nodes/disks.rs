//! Disks: attached to one node at a time, and only so many to each.

use crate::*;
use fixture::claim;

fn with_disk(name: &str, of: &str, spec: &Value) -> Value {
    let mut pod = pod(name, spec);
    pod["spec"]["volumes"] = json!([{"name": "d", "persistentVolumeClaim": {"claimName": of}}]);
    pod
}

#[test]
fn a_node_takes_only_so_many_disks() {
    let mut world = cluster(Profile::STANDALONE, &["a", "b"]);
    world.quiesce();
    let mut node = get(&world, Kind::Node, "a");
    node["status"]["allocatable"]["attachable-volumes-simulate"] = json!("1");
    world
        .store_mut()
        .update_status(Kind::Node, node)
        .expect("it can be changed");
    edit(&mut world, Kind::Node, "b", |node| {
        node.put("/spec/unschedulable", json!(true));
    });
    for i in 0..2 {
        create(
            &mut world,
            Kind::PersistentVolumeClaim,
            claim(&format!("c-{i}"), "1Gi", None),
        );
        create(
            &mut world,
            Kind::Pod,
            with_disk(&format!("p-{i}"), &format!("c-{i}"), &json!({})),
        );
    }
    // The same disk once more takes no room.
    create(&mut world, Kind::Pod, with_disk("again", "c-0", &json!({})));
    create(&mut world, Kind::Pod, pod("plain", &json!({})));
    pass(&mut world, 10 * SECOND);
    for (pod, runs) in [
        ("p-0", true),
        ("p-1", false),
        ("again", true),
        ("plain", true),
    ] {
        assert_eq!(is_ready(&world, pod), runs, "{pod}");
    }
    assert!(said(
        &world,
        "p-1",
        "FailedScheduling 0/2 nodes are available: 1 node(s) exceed max volume count, 1 node(s) were unschedulable"
    ));
    delete(&mut world, Kind::Pod, "p-0");
    delete(&mut world, Kind::Pod, "again");
    pass(&mut world, 10 * SECOND);
    assert!(is_ready(&world, "p-1"));
}

#[test]
fn a_disk_for_one_node_is_not_attached_to_two() {
    let mut world = cluster(Profile::STANDALONE, &["a", "b"]);
    create(
        &mut world,
        Kind::PersistentVolumeClaim,
        claim("c", "1Gi", None),
    );
    create(
        &mut world,
        Kind::Pod,
        with_disk("first", "c", &json!({"nodeName": "a"})),
    );
    pass(&mut world, 10 * SECOND);
    create(
        &mut world,
        Kind::Pod,
        with_disk("second", "c", &json!({"nodeName": "b"})),
    );
    create(
        &mut world,
        Kind::Pod,
        with_disk("beside", "c", &json!({"nodeName": "a"})),
    );
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert!(is_ready(&world, "first") && is_ready(&world, "beside") && !is_ready(&world, "second"));
    // A node that still counts as healthy is never robbed, however long it is silent.
    delete(&mut world, Kind::Pod, "first");
    pass(&mut world, 10 * SECOND);
    assert!(!is_ready(&world, "second"));
    delete(&mut world, Kind::Pod, "beside");
    pass(&mut world, 10 * SECOND);
    assert!(is_ready(&world, "second"));
}

#[test]
fn a_disk_for_many_nodes_is_no_obstacle() {
    let mut world = cluster(Profile::STANDALONE, &["a", "b"]);
    let mut shared = claim("c", "1Gi", None);
    shared["spec"]["accessModes"] = json!(["ReadWriteMany"]);
    create(&mut world, Kind::PersistentVolumeClaim, shared);
    create(
        &mut world,
        Kind::Pod,
        with_disk("first", "c", &json!({"nodeName": "a"})),
    );
    create(
        &mut world,
        Kind::Pod,
        with_disk("second", "c", &json!({"nodeName": "b"})),
    );
    pass(&mut world, 10 * SECOND);
    assert!(is_ready(&world, "first") && is_ready(&world, "second"));
}

#[test]
fn a_disk_that_is_reachable_from_the_lost_node_only_keeps_its_pod_waiting() {
    let mut world = World::new(Options {
        provisioner: false,
        nodes: ["a", "b"].map(str::to_owned).to_vec(),
        ..Options::default()
    });
    let mut local = fixture::volume("local", "1Gi", "Retain");
    local["spec"]["nodeAffinity"] = json!({"required": {"nodeSelectorTerms": [{"matchExpressions": [
        {"key": "kubernetes.io/hostname", "operator": "In", "values": ["b"]},
    ]}]}});
    create(&mut world, Kind::PersistentVolume, local);
    create(&mut world, Kind::StatefulSet, set("web", 1));
    pass(&mut world, 10 * SECOND);
    assert_eq!(node_of(&world, "web-0"), "b");
    world.fence_node("b").expect("the node is there");
    pass(&mut world, 10 * MINUTE);
    assert_eq!(node_of(&world, "web-0"), "");
    world.restore_node("b").expect("the node is there");
    pass(&mut world, MINUTE);
    assert!(is_ready(&world, "web-0"));
}
