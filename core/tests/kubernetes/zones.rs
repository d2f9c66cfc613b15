//! Volumes that some nodes reach, and others do not (rules B-4 and B-6).

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::Kind;

use crate::world::{World, claim, web_with_claims};

/// Two nodes of the zone `fsn`, one of the zone `nbg`; and a class whose volumes are chosen together with the node.
fn zones() -> World {
    let (mut world, _) = World::with_profile(Profile::STANDALONE, &web_with_claims());
    world.cluster.begin_list(Kind::Node);
    for (name, zone, cores) in [
        ("fsn1", "fsn", "4"),
        ("fsn2", "fsn", "16"),
        ("nbg1", "nbg", "8"),
    ] {
        world.see(Kind::Node, &node(name, zone, cores));
    }
    world.cluster.end_list(Kind::Node, "40");
    world.cluster.begin_list(Kind::StorageClass);
    let class =
        json!({"metadata": {"name": "standard"}, "volumeBindingMode": "WaitForFirstConsumer"});
    world.see(Kind::StorageClass, &class);
    world.cluster.end_list(Kind::StorageClass, "40");
    world.cluster.begin_list(Kind::PersistentVolume);
    world.cluster.end_list(Kind::PersistentVolume, "40");
    world
}

fn node(name: &str, zone: &str, cores: &str) -> Value {
    json!({
        "metadata": {"name": name, "labels": {"zone": zone, "cores": cores, "kubernetes.io/hostname": name}},
        "status": {"conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-11-21T07:37:00Z"}]},
    })
}

/// A disk of 1 Gi that the nodes of these terms reach.
fn disk(name: &str, terms: &Value) -> Value {
    json!({
        "metadata": {"name": name},
        "spec": {
            "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}, "storageClassName": "standard",
            "nodeAffinity": {"required": {"nodeSelectorTerms": terms}},
        },
        "status": {"phase": "Available"},
    })
}

fn asks(key: &str, operator: &str, values: &[&str]) -> Value {
    json!({"key": key, "operator": operator, "values": values})
}

fn of_zone(zone: &str) -> Value {
    json!([{"matchExpressions": [asks("zone", "In", &[zone])]}])
}

/// The volume that the claim of a pod on this node is bound to.
fn bound_on(world: &mut World, node: &str) -> Option<String> {
    let mut claim = claim(0);
    world.renew(&mut claim);
    claim["metadata"]["annotations"] = json!({"volume.kubernetes.io/selected-node": node});
    world.see(Kind::PersistentVolumeClaim, &claim);
    world.lines().iter().find_map(|line| {
        let name = line.strip_prefix("PATCH persistentvolumes/")?;
        Some(name.to_owned())
    })
}

#[test]
fn a_claim_gets_a_volume_of_the_zone_that_its_pod_is_in() {
    let mut world = zones();
    world.see(Kind::PersistentVolume, &disk("disk-fsn", &of_zone("fsn")));
    let expected = Some("disk-fsn".to_owned());
    assert_eq!(bound_on(&mut world, "fsn1"), expected);
    assert_eq!(bound_on(&mut world, "fsn2"), expected);
    assert_eq!(bound_on(&mut world, "nbg1"), None, "out of reach");
    world.see(Kind::PersistentVolume, &disk("disk-nbg", &of_zone("nbg")));
    assert_eq!(bound_on(&mut world, "nbg1").as_deref(), Some("disk-nbg"));
    assert_eq!(bound_on(&mut world, "fsn2"), expected);
}

#[test]
fn a_node_that_moves_to_another_zone_reaches_what_is_there() {
    let mut world = zones();
    world.see(Kind::PersistentVolume, &disk("disk-fsn", &of_zone("fsn")));
    assert_eq!(bound_on(&mut world, "nbg1"), None);
    world.see(Kind::Node, &node("nbg1", "fsn", "8"));
    assert!(bound_on(&mut world, "nbg1").is_some());
    world.see(Kind::Node, &node("fsn1", "hel", "4"));
    assert_eq!(bound_on(&mut world, "fsn1"), None);
}

#[test]
fn nodes_that_are_not_known_reach_nothing_that_is_tied() {
    let (mut world, _) = World::with_profile(Profile::STANDALONE, &web_with_claims());
    for kind in [Kind::StorageClass, Kind::PersistentVolume] {
        world.cluster.begin_list(kind);
        world.cluster.end_list(kind, "40");
    }
    let class =
        json!({"metadata": {"name": "standard"}, "volumeBindingMode": "WaitForFirstConsumer"});
    world.see(Kind::StorageClass, &class);
    world.see(Kind::PersistentVolume, &disk("disk-fsn", &of_zone("fsn")));
    assert_eq!(bound_on(&mut world, "fsn1"), None);
}

#[test]
fn terms_are_judged_as_kubernetes_judges_them() {
    let term = |requirements: Value| json!([{"matchExpressions": requirements}]);
    let one = |key, operator, values: &[&str]| term(json!([asks(key, operator, values)]));
    let named = |operator: &str, names: &[&str]| json!([{"matchFields": [asks("metadata.name", operator, names)]}]);
    for (terms, reached) in [
        (one("zone", "In", &["hel", "fsn"]), "fsn1 fsn2"),
        (one("zone", "NotIn", &["fsn"]), "nbg1"),
        (one("rack", "NotIn", &["r1"]), "fsn1 fsn2 nbg1"),
        (one("zone", "Exists", &[]), "fsn1 fsn2 nbg1"),
        (one("rack", "Exists", &[]), ""),
        (one("rack", "DoesNotExist", &[]), "fsn1 fsn2 nbg1"),
        (one("zone", "DoesNotExist", &[]), ""),
        (one("cores", "Gt", &["4"]), "fsn2 nbg1"),
        (one("cores", "Lt", &["8"]), "fsn1"),
        (one("zone", "Gt", &["4"]), ""),
        // Requirements are and-ed, terms or-ed.
        (
            term(json!([
                asks("zone", "In", &["fsn"]),
                asks("cores", "Gt", &["4"])
            ])),
            "fsn2",
        ),
        (
            json!([
                {"matchExpressions": [asks("zone", "In", &["nbg"])]},
                {"matchExpressions": [asks("cores", "Lt", &["5"])]},
            ]),
            "fsn1 nbg1",
        ),
        // What asks for nothing reaches nothing.
        (json!([]), ""),
        (json!([{}]), ""),
        (
            json!([{}, {"matchExpressions": [asks("zone", "In", &["nbg"])]}]),
            "nbg1",
        ),
        // A term with a requirement that is not well formed reaches nothing; others do.
        (one("zone", "In", &[]), ""),
        (one("zone", "Exists", &["fsn"]), ""),
        (one("zone", "Near", &["fsn"]), ""),
        (one("zone!", "DoesNotExist", &[]), ""),
        (one("zone", "NotIn", &["-"]), ""),
        (one("cores", "Gt", &["four"]), ""),
        (one("cores", "Gt", &["1", "2"]), ""),
        (
            json!([
                {"matchExpressions": [asks("zone", "Near", &[])]},
                {"matchExpressions": [asks("zone", "In", &["nbg"])]},
            ]),
            "nbg1",
        ),
        // Fields are only asked to be well formed: upstream looks at a node's labels, and at nothing else.
        (named("In", &["fsn1"]), "fsn1 fsn2 nbg1"),
        (named("In", &["fsn1", "fsn2"]), ""),
        (named("Exists", &[]), ""),
        (
            json!([{
                "matchExpressions": [asks("zone", "In", &["nbg"])],
                "matchFields": [asks("metadata.name", "NotIn", &["nbg1"])],
            }]),
            "nbg1",
        ),
    ] {
        let mut world = zones();
        world.see(Kind::PersistentVolume, &disk("disk", &terms));
        let mut on = |node: &&str| bound_on(&mut world, node).is_some();
        let found: Vec<_> = ["fsn1", "fsn2", "nbg1"]
            .into_iter()
            .filter(&mut on)
            .collect();
        assert_eq!(found.join(" "), reached, "{terms}");
    }
}
