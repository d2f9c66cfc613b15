//! Which nodes can take a pod, and what is said where none can.

use crate::fixture::claim;
use crate::*;

const NONE_LEAVES: &str = "No preemption victims found for incoming pod";
const NO_USE: &str = "Preemption is not helpful for scheduling";

/// Creates a pod, and says which node it got, or why it has none.
fn placed(world: &mut World, name: &str, spec: &Value) -> String {
    placed_with(world, "default", pod(name, spec))
}

fn placed_with(world: &mut World, namespace: &str, pod: Value) -> String {
    let made = world.store_mut().create(Kind::Pod, namespace, pod);
    let name = made.expect("the pod is in order").name().to_owned();
    world.quiesce();
    place(world, namespace, &name)
}

fn place(world: &World, namespace: &str, name: &str) -> String {
    let pod = world.store().get(Kind::Pod, namespace, name);
    let pod = pod.expect("the pod is there");
    let node = pod.text("/spec/nodeName");
    if !node.is_empty() {
        return node.to_owned();
    }
    let conditions = pod.list("/status/conditions").iter();
    let mut said = conditions.filter(|it| it.text("/type") == "PodScheduled");
    said.next().map_or("", |it| it.text("/message")).to_owned()
}

/// What is said where three nodes refuse a pod.
fn refused(reasons: &str, room: &str) -> String {
    format!("0/3 nodes are available: {reasons}. preemption: 0/3 nodes are available: {room}.")
}

/// Limits that are requests, too.
fn asking(limits: &Value) -> Value {
    json!({"containers": [{"name": "c", "image": "c:1", "resources": {"limits": limits}}]})
}

fn edit_node(world: &mut World, name: &str, pointer: &str, value: Value) {
    let mut node = get(world, Kind::Node, name);
    node.put(pointer, value);
    let status = pointer.starts_with("/status");
    let store = world.store_mut();
    let written = if status {
        store.update_status(Kind::Node, node)
    } else {
        store.update(Kind::Node, node)
    };
    written.expect("the node can be changed");
}

const ZONE: &str = "topology.kubernetes.io/zone";

/// Three nodes in these zones; an empty one is none.
fn zoned(zones: [&str; 3]) -> World {
    let mut world = world();
    for (number, zone) in (1..).zip(zones).filter(|(_, zone)| !zone.is_empty()) {
        let label = "/metadata/labels/topology.kubernetes.io~1zone";
        edit_node(&mut world, &format!("node-{number}"), label, json!(zone));
    }
    world
}

fn terms(kind: &str, topology: &str, more: &Value) -> Value {
    let mut term =
        json!({"topologyKey": topology, "labelSelector": {"matchLabels": {"app": "web"}}});
    for (field, value) in more.as_object().into_iter().flatten() {
        term[field] = value.clone();
    }
    json!({"affinity": {kind: {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}})
}

const HOST: &str = "kubernetes.io/hostname";

#[test]
fn a_node_gives_no_more_than_it_has() {
    let mut world = world();
    let large = asking(&json!({"cpu": "5"}));
    for number in 1..=3 {
        let node = placed(&mut world, &format!("p-{number}"), &large);
        assert_eq!(node, format!("node-{number}"));
    }
    let said = refused("3 Insufficient cpu", &format!("3 {NONE_LEAVES}"));
    assert_eq!(placed(&mut world, "late", &large), said);
    let huge = asking(&json!({"cpu": 9, "memory": "33Gi", "example.com/gpu": 1}));
    let said = refused(
        "3 Insufficient cpu, 3 Insufficient example.com/gpu, 3 Insufficient memory",
        &format!("3 {NO_USE}"),
    );
    assert_eq!(placed(&mut world, "huge", &huge), said);
    let small = asking(&json!({"cpu": "3", "ephemeral-storage": "1Gi"}));
    assert_eq!(placed(&mut world, "small", &small), "node-1");
    // Whoever ends makes room.
    delete(&mut world, Kind::Pod, "p-2");
    world.settle(HOUR);
    assert_eq!(place(&world, "default", "late"), "node-2");
}

#[test]
fn who_has_the_higher_priority_is_served_first() {
    let mut world = world();
    let class = json!({"metadata": {"name": "high"}, "value": 1000});
    let made = world.store_mut().create(Kind::PriorityClass, "", class);
    made.expect("a class");
    for node in ["node-1", "node-2"] {
        edit_node(&mut world, node, "/spec/unschedulable", json!(true));
    }
    let low = asking(&json!({"cpu": "5"}));
    let mut high = low.clone();
    high["priorityClassName"] = "high".into();
    create(&mut world, Kind::Pod, pod("a-low", &low));
    create(&mut world, Kind::Pod, pod("b-high", &high));
    world.quiesce();
    assert_eq!(place(&world, "default", "b-high"), "node-3");
    assert!(place(&world, "default", "a-low").contains("1 Insufficient cpu"));
}

#[test]
fn a_node_takes_so_many_pods() {
    let mut world = world();
    for number in 1..=3 {
        let node = format!("node-{number}");
        edit_node(&mut world, &node, "/status/allocatable/pods", json!("1"));
        assert_eq!(placed(&mut world, &format!("p-{number}"), &json!({})), node);
    }
    let said = refused("3 Too many pods", &format!("3 {NONE_LEAVES}"));
    assert_eq!(placed(&mut world, "late", &json!({})), said);
    edit_node(&mut world, "node-3", "/status/allocatable/pods", json!("2"));
    world.quiesce();
    assert_eq!(place(&world, "default", "late"), "node-3");
}

#[test]
fn a_port_of_a_node_is_for_one_pod() {
    let mut world = world();
    let ports = json!([{"containerPort": 9100}]);
    let on_host =
        json!({"hostNetwork": true, "containers": [{"name": "c", "image": "c:1", "ports": ports}]});
    for number in 1..=3 {
        let node = placed(&mut world, &format!("p-{number}"), &on_host);
        assert_eq!(node, format!("node-{number}"));
    }
    let said = refused(
        "3 node(s) didn't have free ports for the requested pod ports",
        &format!("3 {NONE_LEAVES}"),
    );
    assert_eq!(placed(&mut world, "late", &on_host), said);
    delete(&mut world, Kind::Pod, "p-3");
    world.settle(HOUR);
    assert_eq!(place(&world, "default", "late"), "node-3");
}

#[test]
fn pods_that_keep_each_other_away_keep_others_away_too() {
    let mut world = world();
    let alone = terms("podAntiAffinity", HOST, &json!({}));
    for number in 1..=2 {
        let node = placed(&mut world, &format!("p-{number}"), &alone);
        assert_eq!(node, format!("node-{number}"));
    }
    // It has no wish, and has the label that others keep away.
    assert_eq!(placed(&mut world, "plain", &json!({})), "node-3");
    let said = refused(
        "3 node(s) didn't match pod anti-affinity rules",
        &format!("3 {NONE_LEAVES}"),
    );
    assert_eq!(placed(&mut world, "late", &alone), said);
    let said = refused(
        "1 node(s) were unschedulable, 2 node(s) didn't satisfy existing pods anti-affinity rules",
        &format!("1 {NO_USE}, 2 {NONE_LEAVES}"),
    );
    edit_node(&mut world, "node-3", "/spec/unschedulable", json!(true));
    assert_eq!(placed(&mut world, "plain-too", &json!({})), said);
    // Pods of other namespaces are not meant, and may be anywhere.
    let space = json!({"metadata": {"name": "far"}});
    let made = world.store_mut().create(Kind::Namespace, "", space);
    made.expect("a namespace");
    let elsewhere = placed_with(&mut world, "far", pod("far", &json!({})));
    assert_eq!(elsewhere, "node-1");
}

#[test]
fn a_term_names_its_namespaces_or_their_labels() {
    let mut world = world();
    for (name, team) in [("red", "a"), ("blue", "b")] {
        let space = json!({"metadata": {"name": name, "labels": {"team": team}}});
        let made = world.store_mut().create(Kind::Namespace, "", space);
        made.expect("a namespace");
        let on = if team == "a" { "node-1" } else { "node-2" };
        let web = pod("web", &json!({"nodeName": on}));
        let made = world.store_mut().create(Kind::Pod, name, web);
        made.expect("a pod");
    }
    world.quiesce();
    for (number, (more, node)) in [
        (json!({"namespaces": ["blue"]}), "node-2"),
        (
            json!({"namespaceSelector": {"matchLabels": {"team": "a"}}}),
            "node-1",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let beside = terms("podAffinity", HOST, &more);
        assert_eq!(placed(&mut world, &format!("p-{number}"), &beside), node);
    }
    let far = terms("podAntiAffinity", HOST, &json!({"namespaceSelector": {}}));
    assert_eq!(placed(&mut world, "far", &far), "node-3");
}

#[test]
fn a_pod_waits_for_those_it_must_be_beside() {
    let mut world = zoned(["a", "a", "b"]);
    let mut near = pod("near", &terms("podAffinity", ZONE, &json!({})));
    near["metadata"]["labels"]["app"] = "other".into();
    let said = refused(
        "3 node(s) didn't match pod affinity rules",
        &format!("3 {NO_USE}"),
    );
    assert_eq!(placed_with(&mut world, "default", near), said);
    let there = json!({"nodeSelector": {HOST: "node-1"}});
    assert_eq!(placed(&mut world, "web", &there), "node-1");
    assert_eq!(place(&world, "default", "near"), "node-2");
}

#[test]
fn the_first_of_pods_that_must_be_together_may_be_anywhere_with_the_label() {
    let mut world = zoned(["", "a", "a"]);
    let together = terms("podAffinity", ZONE, &json!({}));
    for (name, node) in [("p-0", "node-2"), ("p-1", "node-3")] {
        assert_eq!(placed(&mut world, name, &together), node);
    }
}

#[test]
fn a_term_looks_at_the_revision_where_it_says_so() {
    let mut world = world();
    let alone = terms("podAntiAffinity", HOST, &json!({"matchLabelKeys": ["rev"]}));
    let mut nodes = Vec::new();
    for (name, revision) in [("p-0", "1"), ("p-1", "1"), ("p-2", "1"), ("q-0", "2")] {
        let mut pod = pod(name, &alone);
        pod["metadata"]["labels"]["rev"] = revision.into();
        nodes.push(placed_with(&mut world, "default", pod));
    }
    assert_eq!(nodes, ["node-1", "node-2", "node-3", "node-1"]);
}

fn spread(more: &Value) -> Value {
    let mut constraint = json!({
        "maxSkew": 1, "topologyKey": ZONE, "whenUnsatisfiable": "DoNotSchedule",
        "labelSelector": {"matchLabels": {"app": "web"}},
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        constraint[field] = value.clone();
    }
    json!({"topologySpreadConstraints": [constraint]})
}

#[test]
fn a_zone_that_takes_no_pods_counts_unless_the_pod_says_otherwise() {
    let mut world = zoned(["a", "b", "c"]);
    edit_node(&mut world, "node-3", "/spec/unschedulable", json!(true));
    let even = spread(&json!({}));
    for (name, node) in [("p-0", "node-1"), ("p-1", "node-2")] {
        assert_eq!(placed(&mut world, name, &even), node);
    }
    let said = refused(
        "1 node(s) were unschedulable, 2 node(s) didn't match pod topology spread constraints",
        &format!("1 {NO_USE}, 2 {NONE_LEAVES}"),
    );
    assert_eq!(placed(&mut world, "p-2", &even), said);
    let open = spread(&json!({"nodeTaintsPolicy": "Honor"}));
    assert_eq!(placed(&mut world, "open", &open), "node-1");
    edit_node(&mut world, "node-3", "/spec/unschedulable", json!(false));
    world.quiesce();
    assert_eq!(place(&world, "default", "p-2"), "node-3");
}

#[test]
fn a_pod_that_goes_elsewhere_lets_another_in() {
    let mut world = zoned(["a", "b", ""]);
    let even = spread(&json!({}));
    let mut here = even.clone();
    here["nodeSelector"] = json!({HOST: "node-1"});
    here["topologySpreadConstraints"][0]["nodeAffinityPolicy"] = "Ignore".into();
    assert_eq!(placed(&mut world, "p-0", &here), "node-1");
    let said = refused(
        "1 node(s) didn't match pod topology spread constraints, 2 node(s) didn't match Pod's node \
         affinity/selector",
        &format!("1 {NONE_LEAVES}, 2 {NO_USE}"),
    );
    assert_eq!(placed(&mut world, "p-1", &here), said);
    assert_eq!(placed(&mut world, "p-2", &even), "node-2");
    assert_eq!(place(&world, "default", "p-1"), "node-1");
}

#[test]
fn nodes_without_the_label_take_no_pods_and_too_few_zones_count_as_empty() {
    let mut bare = world();
    let said = refused(
        "3 node(s) didn't match pod topology spread constraints (missing required label)",
        &format!("3 {NO_USE}"),
    );
    assert_eq!(placed(&mut bare, "p-0", &spread(&json!({}))), said);

    let mut world = zoned(["a", "a", "b"]);
    let three = spread(&json!({"minDomains": 3}));
    for (name, node) in [("p-0", "node-1"), ("p-1", "node-3")] {
        assert_eq!(placed(&mut world, name, &three), node);
    }
    let said = refused(
        "3 node(s) didn't match pod topology spread constraints",
        &format!("3 {NONE_LEAVES}"),
    );
    assert_eq!(placed(&mut world, "p-2", &three), said);
}

#[test]
fn a_claim_for_one_pod_is_used_by_one() {
    let mut world = world();
    let mut alone = claim("c", "1Gi", None);
    alone["spec"]["accessModes"] = json!(["ReadWriteOncePod"]);
    create(&mut world, Kind::PersistentVolumeClaim, alone);
    let user = json!({"volumes": [{"name": "d", "persistentVolumeClaim": {"claimName": "c"}}]});
    assert_eq!(placed(&mut world, "p-0", &user), "node-1");
    let said = refused(
        "3 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by \
         another pod",
        &format!("3 {NONE_LEAVES}"),
    );
    assert_eq!(placed(&mut world, "p-1", &user), said);
    delete(&mut world, Kind::Pod, "p-0");
    world.settle(HOUR);
    assert!(place(&world, "default", "p-1").starts_with("node-"));
}

#[test]
fn a_pod_that_names_its_node_is_for_no_other() {
    let mut world = world();
    let named = json!({"key": "metadata.name", "operator": "In", "values": ["node-2"]});
    let mut terms = json!({"nodeSelectorTerms": [{"matchFields": [named]}]});
    let mut asked = |terms: &Value, name: &str| {
        let required = json!({"requiredDuringSchedulingIgnoredDuringExecution": terms});
        placed(
            &mut world,
            name,
            &json!({"affinity": {"nodeAffinity": required}}),
        )
    };
    assert_eq!(asked(&terms, "p-0"), "node-2");
    let ssd = json!({"key": "disk", "operator": "In", "values": ["ssd"]});
    terms["nodeSelectorTerms"][0]["matchExpressions"] = json!([ssd]);
    let said = refused(
        "1 node(s) didn't match Pod's node affinity/selector, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]",
        &format!("3 {NO_USE}"),
    );
    assert_eq!(asked(&terms, "p-1"), said);
}
