//! Nodes that are not heard of: what is seen of them, what runs on them, and what comes back.

use crate::*;

#[test]
fn a_node_without_power_runs_nothing_and_one_without_network_goes_on() {
    for (how, runs) in [(Failure::Power, false), (Failure::Network, true)] {
        let (mut world, node) = with_web(Profile::UPSTREAM);
        world.fail_node(&node, how).expect("the node is there");
        assert_eq!(living(&world).contains_key("web-0"), runs);
        world.advance(HOUR);
        assert_eq!(living(&world).contains_key("web-0"), runs);
        let refused = world.exec("default", "web-0", None, &["ls".into()]);
        assert!(refused.is_err_and(|error| error.message.contains("dial tcp 192.168.0.")));
    }
    let mut world = cluster(Profile::UPSTREAM, &["a"]);
    assert!(world.fail_node("nobody", Failure::Power).is_err());
    assert!(world.restore_node("nobody").is_err());
    assert!(world.fence_node("nobody").is_err());
}

#[test]
fn a_silent_node_is_marked_after_its_grace_period_and_its_pods_with_it() {
    for profile in BOTH {
        for how in [Failure::Power, Failure::Network] {
            let (mut world, node) = with_web(profile);
            world.fail_node(&node, how).expect("the node is there");
            pass(&mut world, 40 * SECOND);
            assert_eq!(get(&world, Kind::Node, &node).condition("Ready"), "True");
            assert!(is_ready(&world, "web-0"));
            pass(&mut world, 15 * SECOND);

            let seen = get(&world, Kind::Node, &node);
            for kind in ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"] {
                assert_eq!(seen.condition(kind), "Unknown", "{kind}");
            }
            let ready = seen
                .list("/status/conditions")
                .iter()
                .find(|c| c.text("/type") == "Ready");
            let ready = ready.expect("there is one");
            assert_eq!(ready.text("/reason"), "NodeStatusUnknown");
            assert_eq!(
                ready.text("/message"),
                "Kubelet stopped posting node status."
            );
            assert!(ready.text("/lastHeartbeatTime") < ready.text("/lastTransitionTime"));
            let unreachable = "node.kubernetes.io/unreachable";
            let both = [
                format!("{unreachable}:NoExecute"),
                format!("{unreachable}:NoSchedule"),
            ];
            assert_eq!(taints(&world, &node), both);
            assert!(said(
                &world,
                &node,
                &format!("NodeNotReady Node {node} status is now: NodeNotReady")
            ));

            let pod = get(&world, Kind::Pod, "web-0");
            assert_eq!(
                (pod.condition("Ready"), pod.condition("ContainersReady")),
                ("False", "True")
            );
            assert_eq!(pod.text("/status/phase"), "Running");
            assert!(pod.flag("/status/containerStatuses/0/ready"));
            assert!(said(&world, "web-0", "NodeNotReady Node is not ready"));
            assert!(!pod.is_terminating());
        }
    }
}

#[test]
fn names_do_not_lead_to_pods_on_a_silent_node() {
    let (mut world, node) = with_web(Profile::STANDALONE);
    create(&mut world, Kind::Service, fixture::service("svc", "None"));
    world.settle(HOUR);
    let name = "web-0.svc.default.svc.cluster.local";
    assert_eq!(world.nslookup("default", name).code, 0);
    world
        .fail_node(&node, Failure::Network)
        .expect("the node is there");
    pass(&mut world, MINUTE);
    assert_ne!(world.nslookup("default", name).code, 0);
    world.restore_node(&node).expect("the node is there");
    pass(&mut world, MINUTE);
    assert_eq!(world.nslookup("default", name).code, 0);
}

#[test]
fn pods_of_a_lost_node_are_asked_to_go_and_not_replaced() {
    for profile in BOTH {
        for how in [Failure::Power, Failure::Network] {
            let (mut world, node) = with_web(profile);
            let before = uid(&world, "web-0");
            world.fail_node(&node, how).expect("the node is there");
            pass(&mut world, 5 * MINUTE + 40 * SECOND);
            assert!(!terminates(&world, "web-0"));
            pass(&mut world, 20 * SECOND);
            assert!(terminates(&world, "web-0"));
            pass(&mut world, 24 * HOUR);
            let pod = get(&world, Kind::Pod, "web-0");
            assert_eq!(pod.uid(), before);
            assert_eq!(pod.text("/status/phase"), "Running");
            assert!(pod.flag("/status/containerStatuses/0/ready"));

            let by_taint = profile == Profile::UPSTREAM;
            assert_eq!(
                said(
                    &world,
                    "web-0",
                    "TaintManagerEviction Marking for deletion Pod default/web-0"
                ),
                by_taint
            );
            assert_eq!(pod.condition("DisruptionTarget") == "True", by_taint);
            let explained = world
                .diagnose("default", "web")
                .expect("the set is there")
                .to_string();
            assert!(explained.contains(&node), "{explained}");
            assert_eq!(world.settle(HOUR), Settled::Quiet);
        }
    }
}

#[test]
fn nothing_is_asked_to_go_where_no_node_is_ready() {
    for profile in BOTH {
        let (mut world, _) = with_web(profile);
        for node in ["a", "b"] {
            world
                .fail_node(node, Failure::Network)
                .expect("the node is there");
        }
        pass(&mut world, 2 * HOUR);
        assert!(!terminates(&world, "web-0"));
        for node in ["a", "b"] {
            assert_eq!(
                taints(&world, node),
                ["node.kubernetes.io/unreachable:NoSchedule"]
            );
        }
        for node in ["a", "b"] {
            world.restore_node(node).expect("the node is there");
        }
        pass(&mut world, 10 * SECOND);
        assert!(is_ready(&world, "web-0") && taints(&world, "a").is_empty());
    }
}

#[test]
fn a_short_outage_of_the_network_leaves_no_trace() {
    let (mut world, node) = with_web(Profile::STANDALONE);
    let before = get(&world, Kind::Pod, "web-0");
    let version = world.store().version();
    world
        .fail_node(&node, Failure::Network)
        .expect("the node is there");
    pass(&mut world, 30 * SECOND);
    world.restore_node(&node).expect("the node is there");
    pass(&mut world, MINUTE);
    assert_eq!(world.store().version(), version);
    assert_eq!(get(&world, Kind::Pod, "web-0"), before);
}

#[test]
fn a_short_loss_of_power_restarts_containers_in_place() {
    let (mut world, node) = with_web(Profile::STANDALONE);
    let argv = ["touch", "/data/kept"].map(str::to_owned);
    world
        .exec("default", "web-0", None, &argv)
        .expect("the container runs");
    let before = get(&world, Kind::Pod, "web-0");
    world
        .fail_node(&node, Failure::Power)
        .expect("the node is there");
    pass(&mut world, 20 * SECOND);
    assert!(living(&world).is_empty());
    world.restore_node(&node).expect("the node is there");
    pass(&mut world, 10 * SECOND);
    let after = get(&world, Kind::Pod, "web-0");
    assert_eq!(after.uid(), before.uid());
    assert_eq!(
        after.int("/status/containerStatuses/0/restartCount"),
        Some(1)
    );
    assert_eq!(
        after.int("/status/containerStatuses/0/lastState/terminated/exitCode"),
        Some(255)
    );
    assert_ne!(after.text("/status/podIP"), before.text("/status/podIP"));
    assert!(is_ready(&world, "web-0"));
    let argv = ["ls", "/data"].map(str::to_owned);
    assert_eq!(
        world
            .exec("default", "web-0", None, &argv)
            .expect("it runs")
            .stdout,
        "kept\n"
    );
}

#[test]
fn a_node_that_comes_back_in_time_keeps_its_pods() {
    for profile in BOTH {
        for how in [Failure::Power, Failure::Network] {
            let (mut world, node) = with_web(profile);
            let before = uid(&world, "web-0");
            world.fail_node(&node, how).expect("the node is there");
            pass(&mut world, 3 * MINUTE);
            world.restore_node(&node).expect("the node is there");
            pass(&mut world, HOUR);
            assert_eq!(uid(&world, "web-0"), before);
            assert!(is_ready(&world, "web-0"));
            assert!(taints(&world, &node).is_empty());
            assert!(said(&world, &node, "NodeReady"));
            let cancelled = said(
                &world,
                "web-0",
                "TaintManagerEviction Cancelling deletion of Pod default/web-0",
            );
            assert_eq!(cancelled, profile == Profile::UPSTREAM);
        }
    }
}

#[test]
fn a_pod_that_was_given_to_a_silent_node_starts_when_that_comes_back() {
    let mut world = cluster(Profile::STANDALONE, &["a"]);
    world
        .fail_node("a", Failure::Power)
        .expect("the node is there");
    create(&mut world, Kind::Pod, pod("p", &json!({})));
    pass(&mut world, 10 * SECOND);
    assert_eq!(node_of(&world, "p"), "a");
    assert_eq!(get(&world, Kind::Pod, "p").text("/status/phase"), "Pending");
    world.restore_node("a").expect("the node is there");
    pass(&mut world, 10 * SECOND);
    assert!(is_ready(&world, "p"));
}

#[test]
fn zones_lose_one_node_after_the_other_and_not_most_of_themselves() {
    let nodes = ["a1", "a2", "b1", "b2", "b3", "b4", "b5"];
    let mut world = cluster(Profile::UPSTREAM, &nodes);
    for node in nodes {
        edit(&mut world, Kind::Node, node, |object| {
            object["metadata"]["labels"]["topology.kubernetes.io/zone"] = json!(&node[..1]);
        });
    }
    // Zone `a` is lost as a whole: normal pace. Zone `b` loses most of its nodes: more likely a mistake.
    for node in ["a1", "a2", "b1", "b2", "b3"] {
        world
            .fail_node(node, Failure::Power)
            .expect("the node is there");
    }
    let driven = |world: &World| {
        let driven = |node: &&str| {
            taints(world, node)
                .iter()
                .any(|taint| taint.ends_with(":NoExecute"))
        };
        nodes.into_iter().filter(driven).collect::<Vec<_>>()
    };
    pass(&mut world, 55 * SECOND);
    assert_eq!(driven(&world), ["a1"]);
    pass(&mut world, 10 * SECOND);
    assert_eq!(driven(&world), ["a1", "a2"]);
    pass(&mut world, HOUR);
    assert_eq!(driven(&world), ["a1", "a2"]);
    world.restore_node("b1").expect("the node is there");
    pass(&mut world, SECOND);
    assert_eq!(driven(&world), ["a1", "a2", "b2"]);
    pass(&mut world, 10 * SECOND);
    assert_eq!(driven(&world), ["a1", "a2", "b2", "b3"]);
}

#[test]
fn a_lease_is_as_old_as_the_last_word() {
    let mut world = cluster(Profile::UPSTREAM, &["a"]);
    let begin = world.now();
    world.advance(24 * SECOND);
    assert_eq!(world.last_heard("a"), Some(begin + 20 * SECOND));
    world
        .fail_node("a", Failure::Network)
        .expect("the node is there");
    world.advance(HOUR);
    assert_eq!(world.last_heard("a"), Some(begin + 20 * SECOND));
    world.restore_node("a").expect("the node is there");
    assert_eq!(world.last_heard("a"), Some(world.now()));
}

#[test]
fn a_controller_that_forgets_everything_goes_on() {
    for profile in BOTH {
        let mut world = cluster(profile, &["a", "b"]);
        create(&mut world, Kind::StatefulSet, set("web", 3));
        let mut crashes = 0;
        while !is_ready(&world, "web-2") {
            world.crash_controller();
            crashes += 1;
            pass(&mut world, 500);
            assert!(crashes < 100);
        }
        assert_eq!(world.settle(HOUR), Settled::Quiet);
        let pods: Vec<_> = world
            .store()
            .list(Kind::Pod, None)
            .map(|pod| pod.uid().to_owned())
            .collect();
        assert_eq!(pods.len(), 3);
        let version = world.store().version();
        world.crash_controller();
        assert_eq!(world.settle(HOUR), Settled::Quiet);
        assert_eq!(world.store().version(), version);
    }
}
