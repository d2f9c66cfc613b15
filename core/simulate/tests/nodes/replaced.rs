//! How the pod of a lost node is replaced: its node is removed, somebody forces it, its node comes back, or somebody
//! vouches for the node.

use crate::*;

/// `web-0` on a node that has failed, asked to go: the cluster, the node, and the pod's uid.
fn lost(profile: Profile, how: Failure) -> (World, String, String) {
    let (mut world, node) = with_web(profile);
    let before = uid(&world, "web-0");
    world.fail_node(&node, how).expect("the node is there");
    pass(&mut world, 7 * MINUTE);
    assert!(terminates(&world, "web-0"));
    (world, node, before)
}

#[test]
fn a_removed_node_frees_its_pods() {
    for profile in BOTH {
        let (mut world, node, before) = lost(profile, Failure::Power);
        delete(&mut world, Kind::Node, &node);
        pass(&mut world, 2 * MINUTE);
        assert_ne!(uid(&world, "web-0"), before);
        assert_ne!(node_of(&world, "web-0"), node);
        assert!(is_ready(&world, "web-0"));
        assert!(said(&world, &node, "RemovingNode"));
        // The machine does not register itself again; restored, it does.
        pass(&mut world, HOUR);
        assert!(try_get(&world, Kind::Node, &node).is_none());
        world.restore_node(&node).expect("the machine is there");
        pass(&mut world, MINUTE);
        assert_eq!(get(&world, Kind::Node, &node).condition("Ready"), "True");
        assert!(taints(&world, &node).is_empty());
        assert_eq!(world.settle(HOUR), Settled::Quiet);
    }
}

#[test]
fn the_removal_of_a_node_that_is_only_cut_off_runs_its_pods_twice() {
    for profile in BOTH {
        let (mut world, node, before) = lost(profile, Failure::Network);
        delete(&mut world, Kind::Node, &node);
        world.advance(2 * MINUTE);
        let after = uid(&world, "web-0");
        let mut both = vec![before, after.clone()];
        both.sort();
        let mut runs = living(&world)["web-0"].clone();
        runs.sort();
        assert_eq!(runs, both);
        // Back again, the node ends what is gone from the API.
        world.restore_node(&node).expect("the machine is there");
        world.advance(MINUTE);
        assert_eq!(living(&world)["web-0"], [after]);
        assert_eq!(world.settle(HOUR), Settled::Quiet);
    }
}

#[test]
fn a_forced_deletion_frees_the_pod_but_its_disk_only_after_six_minutes() {
    for profile in BOTH {
        let (mut world, node, before) = lost(profile, Failure::Power);
        force_delete(&mut world, "web-0");
        pass(&mut world, 5 * MINUTE);
        assert_ne!(uid(&world, "web-0"), before);
        assert_ne!(node_of(&world, "web-0"), node);
        assert_eq!(
            get(&world, Kind::Pod, "web-0").text("/status/phase"),
            "Pending"
        );
        assert!(said(
            &world,
            "web-0",
            "FailedAttachVolume Multi-Attach error for volume \"pvc-"
        ));
        pass(&mut world, 2 * MINUTE);
        assert!(is_ready(&world, "web-0"));
        world.restore_node(&node).expect("the machine is there");
        pass(&mut world, HOUR);
        assert!(is_ready(&world, "web-0"));
    }
}

#[test]
fn a_forced_deletion_on_a_healthy_node_waits_for_the_old_process_where_there_is_a_disk() {
    let (mut world, _) = with_web(Profile::STANDALONE);
    edit(&mut world, Kind::StatefulSet, "web", |set| {
        // It does not heed SIGTERM: it is killed at the end of its grace period.
        let container = &mut set["spec"]["template"]["spec"]["containers"][0];
        container["command"] = json!(["sh", "-c", "sleep 100000"]);
    });
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    let before = uid(&world, "web-0");
    force_delete(&mut world, "web-0");
    pass(&mut world, MINUTE);
    assert_ne!(uid(&world, "web-0"), before);
    assert!(is_ready(&world, "web-0"));
}

#[test]
fn a_node_that_comes_back_finishes_what_it_was_asked_to_end() {
    for profile in BOTH {
        for how in [Failure::Power, Failure::Network] {
            let (mut world, node, before) = lost(profile, how);
            world.restore_node(&node).expect("the machine is there");
            pass(&mut world, MINUTE);
            assert_ne!(uid(&world, "web-0"), before);
            assert!(is_ready(&world, "web-0"));
            assert_eq!(world.settle(HOUR), Settled::Quiet);
        }
    }
}

#[test]
fn a_fenced_node_frees_its_pods_at_once() {
    for profile in BOTH {
        for how in [Failure::Power, Failure::Network] {
            let (mut world, node, before) = lost(profile, how);
            world.fence_node(&node).expect("the node is there");
            pass(&mut world, 30 * SECOND);
            assert_ne!(uid(&world, "web-0"), before);
            assert_ne!(node_of(&world, "web-0"), node);
            assert!(is_ready(&world, "web-0"));
            // Back in service, the taint is gone.
            world.restore_node(&node).expect("the machine is there");
            pass(&mut world, MINUTE);
            assert!(taints(&world, &node).is_empty());
            assert_eq!(world.settle(HOUR), Settled::Quiet);
        }
    }
}

#[test]
fn a_node_is_not_fenced_as_long_as_it_counts_as_ready() {
    for profile in BOTH {
        let (mut world, node) = with_web(profile);
        let before = uid(&world, "web-0");
        world.fence_node(&node).expect("the node is there");
        pass(&mut world, 40 * SECOND);
        assert_eq!(uid(&world, "web-0"), before);
        pass(&mut world, MINUTE);
        assert_ne!(uid(&world, "web-0"), before);
        assert!(is_ready(&world, "web-0"));
    }
}

#[test]
fn pods_of_others_on_a_removed_node_are_collected_under_both_profiles() {
    for profile in BOTH {
        let mut world = cluster(profile, &["a", "b"]);
        create(&mut world, Kind::Pod, stray("alone", "a", false));
        create(&mut world, Kind::Pod, stray("agent-x", "a", true));
        pass(&mut world, 10 * SECOND);
        assert!(is_ready(&world, "alone") && is_ready(&world, "agent-x"));
        world
            .fail_node("a", Failure::Power)
            .expect("the node is there");
        delete(&mut world, Kind::Node, "a");
        pass(&mut world, 40 * SECOND);
        assert!(try_get(&world, Kind::Pod, "alone").is_some());
        pass(&mut world, 40 * SECOND);
        assert!(try_get(&world, Kind::Pod, "alone").is_none());
        assert!(try_get(&world, Kind::Pod, "agent-x").is_none());
        assert_eq!(world.settle(HOUR), Settled::Quiet);
    }
}

#[test]
fn a_node_removed_while_it_works_ends_its_pods_before_their_successors_start() {
    for profile in BOTH {
        let (mut world, node) = with_web(profile);
        let before = uid(&world, "web-0");
        delete(&mut world, Kind::Node, &node);
        pass(&mut world, 5 * MINUTE);
        assert_ne!(uid(&world, "web-0"), before);
        assert_ne!(node_of(&world, "web-0"), node);
        assert!(is_ready(&world, "web-0"));
        // Made again by hand, it is what it was: its kubelet was never away.
        create(&mut world, Kind::Node, json!({"metadata": {"name": node}}));
        pass(&mut world, SECOND);
        assert_eq!(get(&world, Kind::Node, &node).condition("Ready"), "True");
    }
}
