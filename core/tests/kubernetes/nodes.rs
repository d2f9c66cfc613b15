//! Nodes that are lost, back again, or not known at all.

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{Kind, Outcome};

use crate::world::{NOW, World, body, done, key, pod, web};

/// A node that is shut down, and somebody vouches for that.
fn fenced(uid: &str) -> Value {
    json!({
        "metadata": {"name": "n1", "uid": uid, "resourceVersion": "50"},
        "spec": {"taints": [{"key": "node.kubernetes.io/out-of-service"}]},
        "status": {"conditions": [{"type": "Ready", "status": "Unknown"}]},
    })
}

/// A set of one pod, on `n1`. The nodes have been listed, and there are none.
fn on_a_node(profile: Profile, terminating: bool) -> World {
    let mut set = web();
    set["spec"]["replicas"] = json!(1);
    set["metadata"]["finalizers"] = json!(["statefulset.dev/ordered-shutdown"]);
    let (mut world, revision) = World::with_profile(profile, &set);
    world.cluster.begin_list(Kind::Node);
    world.cluster.end_list(Kind::Node, "1");
    let mut pod = pod("web-0", &revision);
    pod["spec"]["nodeName"] = json!("n1");
    if terminating {
        pod["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
    }
    world.see(Kind::Pod, &pod);
    world
}

#[test]
fn a_pod_goes_by_force_only_while_its_node_is_what_it_was() {
    let mut world = on_a_node(Profile::STANDALONE, true);
    world.see(Kind::Node, &fenced("node-1"));
    let requests = world.plan();
    assert_eq!(world.lines(), ["PATCH nodes/n1", "DELETE pods/web-0"]);
    let same = json!({"metadata": {"uid": "node-1", "resourceVersion": "50"}});
    assert_eq!(body(&requests.requests[0]), same);
    let is_tried = |world: &World, outcome: Outcome| world.plan().may_try(1, &[outcome]);
    assert!(is_tried(&world, done()));
    assert!(
        !is_tried(&world, Outcome::NotFound),
        "it is gone, and was not"
    );
    assert!(!is_tried(&world, Outcome::Conflict));
    // A removed node that is there again is another one, and conflicts.
    world.cluster.remove(Kind::Node, "", "n1", "node-1");
    assert_eq!(world.lines(), ["PATCH nodes/n1", "DELETE pods/web-0"]);
    assert!(is_tried(&world, Outcome::NotFound));
    assert!(!is_tried(&world, Outcome::Conflict));
}

#[test]
fn a_pod_of_a_node_that_no_list_shows_waits_and_says_for_what() {
    for profile in [Profile::STANDALONE, Profile::UPSTREAM] {
        let mut world = on_a_node(profile, true);
        assert_eq!(world.lines(), [""; 0]);
        let told = world.cluster.explain(&key(), NOW).expect("a good set");
        assert!(
            told.contains("node n1, where it may still run, is not among the known nodes"),
            "{told}"
        );
        assert!(told.contains("delete the pod by force"), "{told}");
        let gates = world.plan().waits[0].what;
        // The node turns up, and it is known what to do.
        world.see(Kind::Node, &fenced("node-1"));
        assert_ne!(
            world.plan().waits.first().map(|wait| wait.what),
            Some(gates)
        );
    }
}

#[test]
fn a_healthy_pod_of_a_node_that_no_list_shows_is_left_alone() {
    for profile in [Profile::STANDALONE, Profile::UPSTREAM] {
        let world = on_a_node(profile, false);
        let requests = world.plan();
        assert!(
            requests.requests.is_empty() && requests.waits.is_empty(),
            "{requests:?}"
        );
    }
}

#[test]
fn a_pod_that_is_not_well_says_that_its_node_is_silent() {
    let told = |world: &World| world.cluster.explain(&key(), NOW).expect("a good set");
    for (phase, ails) in [
        ("Pending", "the pod has not started"),
        ("Running", "the pod is not ready"),
        ("Unknown", "the pod does not run"),
    ] {
        let mut world = on_a_node(Profile::UPSTREAM, false);
        let mut unwell = pod("web-0", "");
        unwell["spec"]["nodeName"] = json!("n1");
        unwell["metadata"]["resourceVersion"] = json!("90");
        unwell["status"]["phase"] = json!(phase);
        unwell["status"]["conditions"][0]["status"] = json!("False");
        world.see(Kind::Pod, &unwell);
        let unlisted = format!("{ails}, and node n1 is not among the known nodes");
        assert!(told(&world).contains(&unlisted), "{}", told(&world));
        world.see(Kind::Node, &fenced("node-1"));
        let silent = format!("{ails}, and node n1 does not report");
        assert!(told(&world).contains(&silent), "{}", told(&world));
    }
}

#[test]
fn a_pod_is_asked_to_go_only_while_its_node_is_silent() {
    let mut world = on_a_node(Profile::STANDALONE, false);
    for (name, ready) in [("n1", "Unknown"), ("n2", "True")] {
        let node = json!({
            "metadata": {"name": name, "uid": name, "resourceVersion": "50"},
            "status": {"conditions": [
                {"type": "Ready", "status": ready, "lastTransitionTime": "2026-11-21T07:37:00Z"},
            ]},
        });
        world.see(Kind::Node, &node);
    }
    assert_eq!(world.lines(), ["PATCH nodes/n1", "DELETE pods/web-0"]);
    let requests = world.plan();
    assert!(requests.may_try(1, &[done()]));
    // It is back, and may have got the pod since.
    assert!(!requests.may_try(1, &[Outcome::Conflict]));
}

#[test]
fn a_pod_is_evicted_only_while_its_node_is_what_it_was() {
    let mut world = on_a_node(Profile::STANDALONE, false);
    world.cluster.begin_list(Kind::PodDisruptionBudget);
    world.cluster.end_list(Kind::PodDisruptionBudget, "1");
    let node = json!({
        "metadata": {
            "name": "n1", "uid": "node-1", "resourceVersion": "50",
            "annotations": {"statefulset.dev/draining": "true"},
        },
        "status": {"conditions": [{"type": "Ready", "status": "True"}]},
    });
    world.see(Kind::Node, &node);
    assert_eq!(
        world.lines(),
        ["PATCH nodes/n1", "POST pods/web-0/eviction"]
    );
    let requests = world.plan();
    assert!(requests.may_try(1, &[done()]));
    assert!(!requests.may_try(1, &[Outcome::Conflict]));
}
