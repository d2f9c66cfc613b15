//! Sets, and the cluster as a whole.

use std::fmt::Write;

use crate::*;

#[test]
fn pods_go_to_the_node_with_the_fewest_and_not_where_they_may_not() {
    let mut world = world();
    let cordon = json!({"spec": {"unschedulable": true}});
    let node = get(&world, Kind::Node, "node-2");
    let mut cordoned = node;
    cordoned.put("/spec", cordon["spec"].clone());
    world
        .store_mut()
        .update(Kind::Node, cordoned)
        .expect("a node can be cordoned");
    for i in 0..4 {
        create(&mut world, Kind::Pod, pod(&format!("p-{i}"), &json!({})));
    }
    world.quiesce();
    let nodes: Vec<_> = (0..4)
        .map(|i| {
            get(&world, Kind::Pod, &format!("p-{i}"))
                .text("/spec/nodeName")
                .to_owned()
        })
        .collect();
    assert_eq!(nodes, ["node-1", "node-3", "node-1", "node-3"]);

    let picky = json!({"nodeSelector": {"kubernetes.io/hostname": "node-2"}});
    create(&mut world, Kind::Pod, pod("picky", &picky));
    world.quiesce();
    let said = "FailedScheduling 0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's \
                node affinity/selector. preemption: 0/3 nodes are available: 3 \
                Preemption is not helpful for scheduling.";
    assert_eq!(events(&world, "picky"), [said]);
    let mut node = get(&world, Kind::Node, "node-2");
    node.put("/spec/unschedulable", json!(false));
    world
        .store_mut()
        .update(Kind::Node, node)
        .expect("a node can be uncordoned");
    world.quiesce();
    assert_eq!(
        get(&world, Kind::Pod, "picky").text("/spec/nodeName"),
        "node-2"
    );
}

#[test]
fn a_wait_for_what_never_comes_ends() {
    let mut world = world();
    world.break_image("nginx:1.12");
    create(&mut world, Kind::Pod, pod("web-0", &json!({})));
    assert!(!world.wait_for(None, |world| is_ready(world, "web-0")));
    let before = world.now();
    assert!(!world.wait_for(Some(5000), |world| is_ready(world, "web-0")));
    assert_eq!(world.now(), before + 5000);
}

#[test]
fn a_set_comes_up_in_order_heals_and_scales() {
    for profile in [Profile::STANDALONE, Profile::UPSTREAM] {
        let mut world = World::new(Options {
            profile,
            ..Options::default()
        });
        create(&mut world, Kind::StatefulSet, set("web", 3));
        let mut ready = Vec::new();
        while ready.len() < 3 && world.step(i64::MAX) {
            for i in 0..3 {
                let name = format!("web-{i}");
                // N+1 is not made before N is ready.
                assert!(
                    exists(&world, Kind::Pod, &name)
                        <= (i == 0 || is_ready(&world, &format!("web-{}", i - 1)))
                );
                if is_ready(&world, &name) && !ready.contains(&name) {
                    ready.push(name);
                }
            }
        }
        assert_eq!(ready, ["web-0", "web-1", "web-2"]);
        assert_eq!(world.settle(HOUR), Settled::Quiet);
        let status = get(&world, Kind::StatefulSet, "web");
        assert_eq!(status.int("/status/readyReplicas"), Some(3));
        assert_eq!(status.int("/status/availableReplicas"), Some(3));

        exec(&mut world, "web-1", "touch /data/kept");
        let uid = get(&world, Kind::Pod, "web-1").uid().to_owned();
        delete(&mut world, Kind::Pod, "web-1");
        world.settle(HOUR);
        assert!(is_ready(&world, "web-1"));
        assert_ne!(get(&world, Kind::Pod, "web-1").uid(), uid);
        assert_eq!(exec(&mut world, "web-1", "ls /data").0, "kept\n");

        let mut scaled = get(&world, Kind::StatefulSet, "web");
        scaled.put("/spec/replicas", json!(1));
        world
            .store_mut()
            .update(Kind::StatefulSet, scaled)
            .expect("it can be scaled");
        world.settle(HOUR);
        let pods: Vec<_> = world
            .store()
            .list(Kind::Pod, None)
            .map(|p| p.name().to_owned())
            .collect();
        assert_eq!(pods, ["web-0"]);
        assert_eq!(
            world
                .store()
                .list(Kind::PersistentVolumeClaim, None)
                .count(),
            3
        );
        let said = events(&world, "web");
        assert!(
            said.contains(
                &"SuccessfulCreate Create Pod web-0 in StatefulSet web successful".to_owned()
            ),
            "{said:?}"
        );
    }
}

#[test]
fn the_library_binds_a_sets_claims_to_volumes_made_by_hand() {
    let mut world = bare();
    create(&mut world, Kind::StatefulSet, set("web", 1));
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    assert_eq!(
        get(&world, Kind::Pod, "web-0").condition("PodScheduled"),
        "False"
    );
    let explained = world
        .diagnose("default", "web")
        .expect("the set is there")
        .to_string();
    assert!(explained.contains("data-web-0"), "{explained}");
    let planned = world.planned("default", "web").expect("the set is there");
    assert!(planned.contains("wait\t"), "{planned}");
    create(
        &mut world,
        Kind::PersistentVolume,
        fixture::volume("disk", "1Gi", "Retain"),
    );
    world.settle(HOUR);
    assert!(is_ready(&world, "web-0"));
    let claim = get(&world, Kind::PersistentVolumeClaim, "data-web-0");
    assert_eq!(
        (claim.text("/spec/volumeName"), claim.text("/status/phase")),
        ("disk", "Bound")
    );
    assert!(world.diagnose("default", "nobody").is_err());
}

#[test]
fn the_same_seed_gives_the_same_cluster() {
    let run = |seed| {
        let mut world = World::new(Options {
            seed,
            ..Options::default()
        });
        let begin = world.store_mut().bookmark();
        create(&mut world, Kind::Service, fixture::service("svc", "None"));
        create(&mut world, Kind::StatefulSet, set("web", 3));
        world.settle(HOUR);
        delete(&mut world, Kind::Pod, "web-1");
        world.settle(HOUR);
        let mut log = String::new();
        for change in world.store().read(&begin) {
            let (version, at, object) = (change.version, change.at, &change.object);
            writeln!(log, "{version} {at} {:?} {object}", change.happened).expect("it is a string");
        }
        log
    };
    let first = run(7);
    assert!(first.len() > 10_000);
    assert_eq!(first, run(7));
    assert_ne!(first, run(8));
}
