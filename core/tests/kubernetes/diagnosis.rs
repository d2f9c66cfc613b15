//! How a set stands: each cause is named, with what ends it.

use serde_json::{Value, json};
use statefulset::kubernetes::{
    Cause, CauseName, Diagnosis, Evidence, Kind, Verdict, Weight, default_stateful_set,
};

use crate::world::{NOW, World, claim, key, owner, pod, web, web_with_claims};

const MINUTE: i64 = 60_000;

fn diagnosis(world: &World) -> Diagnosis {
    with_patience(world, NOW, MINUTE)
}

fn with_patience(world: &World, now: i64, patience: i64) -> Diagnosis {
    let found = world
        .cluster
        .diagnose(&key(), &Evidence::new(), now, patience);
    found.expect("a good set")
}

/// The only cause that is no remark: its name and text.
fn cause(world: &World) -> (CauseName, String) {
    let causes = diagnosis(world).causes;
    let heavy: Vec<&Cause> = causes
        .iter()
        .filter(|it| it.weight != Weight::Remark)
        .collect();
    let [cause] = heavy[..] else {
        panic!("not one cause: {causes:#?}");
    };
    assert!(!cause.cures.is_empty());
    // What may pass by itself is stuck once it has not passed for long.
    let is_hindrance = cause.weight == Weight::Hindrance;
    let for_good = is_hindrance && cause.since.is_none();
    assert_eq!(with_patience(world, NOW, i64::MAX).is_stuck(), for_good);
    assert_eq!(
        with_patience(world, NOW + 60 * MINUTE, MINUTE).is_stuck(),
        is_hindrance
    );
    (cause.name, cause.text.clone())
}

fn listed(world: &mut World, kind: Kind) {
    world.cluster.begin_list(kind);
    world.cluster.end_list(kind, "1");
}

/// A world whose set has three pods, all as they should be.
fn settled(set: &Value) -> (World, String) {
    let (mut world, revision) = World::with_set(set);
    for name in ["web-0", "web-1", "web-2"] {
        world.see(Kind::Pod, &pod(name, &revision));
    }
    (world, revision)
}

/// The set with another template.
fn updated(mut set: Value) -> Value {
    set["spec"]["template"]["spec"]["containers"][0]["image"] = json!("nginx:1.13");
    set["metadata"]["resourceVersion"] = json!("11");
    set
}

fn status(set: &mut Value, revision: &str) {
    set["status"] = json!({"currentRevision": revision, "updateRevision": revision, "replicas": 3});
}

#[test]
fn a_set_at_its_goal_has_nothing_to_tell() {
    let diagnosis = diagnosis(&settled(&web()).0);
    assert!(diagnosis.at_goal && diagnosis.causes.is_empty());
    assert_eq!((diagnosis.wanted, diagnosis.ready), (3, 3));
    assert_eq!(diagnosis.verdict, Verdict::UpToDate);
}

#[test]
fn neighbours_with_the_same_lot_are_told_of_together() {
    let mut set = web_with_claims();
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    set["spec"]["replicas"] = json!(5);
    let (world, _) = World::with_set(&set);
    let diagnosis = diagnosis(&world);
    let told: Vec<_> = diagnosis
        .actions
        .iter()
        .map(|it| (it.action, it.pods("web")))
        .collect();
    assert_eq!(
        told,
        [
            ("create-claim", "web-0 … web-4".to_string()),
            ("create-pod", "web-0 … web-4".to_string()),
        ]
    );
    assert_eq!(
        diagnosis.actions[0].text,
        "create claim www-web-0: it is missing, and likewise for the others"
    );
}

#[test]
fn a_wait_that_lasts_is_stuck_even_without_a_cause() {
    let (mut world, revision) = settled(&web());
    let mut unready = pod("web-1", &revision);
    unready["metadata"]["resourceVersion"] = json!("21");
    unready["status"]["conditions"] =
        json!([{"type": "Ready", "status": "False", "lastTransitionTime": "2027-01-15T07:50:00Z"}]);
    world.see(Kind::Pod, &unready);
    let diagnosis = diagnosis(&world);
    assert!(diagnosis.causes.is_empty());
    assert!(with_patience(&world, NOW, 9 * MINUTE).is_stuck());
    assert!(!with_patience(&world, NOW, 11 * MINUTE).is_stuck());
}

/// As an API server shows a pod that has no node yet.
fn unscheduled(revision: &str) -> Value {
    let mut pod = pod("web-0", revision);
    pod["metadata"]["creationTimestamp"] = json!("2027-01-15T07:50:00Z");
    pod["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}}]);
    pod["status"] =
        json!({"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False"}]});
    pod
}

#[test]
fn a_pod_that_no_kubelet_has_looked_at_waits_since_it_is_there() {
    let (mut world, revision) = World::with_set(&web());
    world.see(Kind::Pod, &unscheduled(&revision));
    let diagnosis = diagnosis(&world);
    assert_eq!(diagnosis.waits[0].since, Some(NOW - 10 * MINUTE));
    assert!(with_patience(&world, NOW, 9 * MINUTE).is_stuck());
    assert!(!with_patience(&world, NOW, 11 * MINUTE).is_stuck());
}

#[test]
fn a_young_claim_without_a_volume_is_the_ordinary_course_of_things() {
    let (mut world, revision) = World::with_set(&web_with_claims());
    listed(&mut world, Kind::PersistentVolume);
    world.see(Kind::PersistentVolumeClaim, &claim(0));
    world.see(Kind::Pod, &unscheduled(&revision));
    assert_eq!(cause(&world).0, CauseName::UnboundClaim);
    let diagnosis = diagnosis(&world);
    assert_eq!(diagnosis.causes[0].since, Some(NOW - 10 * MINUTE));
    assert!(with_patience(&world, NOW, 9 * MINUTE).is_stuck());
    assert!(!with_patience(&world, NOW, 11 * MINUTE).is_stuck());
}

#[test]
fn a_broken_revision_is_named() {
    let mut set = web();
    let (mut world, revision) = settled(&set);
    status(&mut set, &revision);
    world.see(Kind::StatefulSet, &updated(set));
    let change = world.plan().requests.remove(0);
    let revision: Value = serde_json::from_slice(&change.body).expect("a revision");
    world.see(Kind::ControllerRevision, &revision);
    let name = revision["metadata"]["name"].as_str().expect("a name");
    let mut broken = pod("web-2", "web-broken");
    broken["metadata"]["resourceVersion"] = json!("22");
    broken["status"] = json!({"phase": "Pending"});
    world.see(Kind::Pod, &broken);
    assert_eq!(
        cause(&world),
        (
            CauseName::BrokenRevision,
            "web-2 is broken, and OrderedReady never replaces a broken pod: the rollout goes no further (kubernetes#67250)"
                .into()
        )
    );
    assert_eq!(diagnosis(&world).update_revision, name);
}

#[test]
fn a_partition_and_on_delete_are_on_purpose() {
    for (strategy, name, text) in [
        (
            json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 3}}),
            CauseName::Partition,
            "web-0 … web-2: not at revision",
        ),
        (
            json!({"type": "OnDelete"}),
            CauseName::OnDelete,
            "web-0 … web-2: not at revision",
        ),
    ] {
        let mut set = web();
        let (mut world, revision) = settled(&set);
        status(&mut set, &revision);
        set["spec"]["updateStrategy"] = strategy;
        world.see(Kind::StatefulSet, &updated(set));
        let cause = cause(&world);
        assert_eq!(cause.0, name);
        assert!(cause.1.starts_with(text), "{}", cause.1);
    }
}

/// With `OnDelete` the status keeps the old revision as the current one, whatever the pods have.
#[test]
fn no_others_are_told_of_where_all_pods_are_updated() {
    let mut set = web();
    set["spec"]["updateStrategy"] = json!({"type": "OnDelete"});
    let (mut world, old) = World::with_set(&set);
    status(&mut set, &old);
    let new = world.introduce(&updated(set));
    for name in ["web-0", "web-1", "web-2"] {
        world.see(Kind::Pod, &pod(name, &new));
    }
    assert_eq!(
        diagnosis(&world).to_string(),
        format!("default/web: up to date: 3 of 3 ready, all at {new}")
    );
}

#[test]
fn an_unbound_claim_says_why_no_volume_fits() {
    let (mut world, revision) = World::with_set(&web_with_claims());
    for kind in [Kind::PersistentVolume, Kind::Node, Kind::StorageClass] {
        listed(&mut world, kind);
    }
    world.see(
        Kind::StorageClass,
        &json!({"metadata": {"name": "standard"}}),
    );
    let volume = |name: &str, size: &str, class: &str, phase: &str| {
        json!({
            "metadata": {"name": name},
            "spec": {"capacity": {"storage": size}, "accessModes": ["ReadWriteOnce"], "storageClassName": class},
            "status": {"phase": phase},
        })
    };
    world.see(
        Kind::PersistentVolume,
        &volume("a", "1Gi", "fast", "Available"),
    );
    world.see(
        Kind::PersistentVolume,
        &volume("b", "512Mi", "standard", "Available"),
    );
    world.see(
        Kind::PersistentVolume,
        &volume("c", "1Gi", "standard", "Released"),
    );
    let mut pending = pod("web-0", &revision);
    pending["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}}]);
    pending["status"] = json!({"phase": "Pending"});
    world.see(Kind::Pod, &pending);
    world.see(Kind::PersistentVolumeClaim, &claim(0));
    assert_eq!(
        cause(&world),
        (
            CauseName::UnboundClaim,
            "claim www-web-0 (1Gi) has no volume: c: released, and still reserved for the claim it had; a: of another \
             storage class; b (512Mi): too small"
                .into()
        )
    );
    let mut odd = claim(0);
    odd["metadata"]["resourceVersion"] = json!("31");
    odd["spec"]["storageClassName"] = json!("missing");
    world.see(Kind::PersistentVolumeClaim, &odd);
    assert_eq!(
        cause(&world).1,
        "claim www-web-0 (1Gi) has no volume: there is no storage class missing"
    );
}

/// The zone of the only disk is closed: it fits, and no other disk is needed.
#[test]
fn a_claim_whose_volume_is_in_a_closed_zone_says_so() {
    let (mut world, revision) = World::with_set(&web_with_claims());
    for kind in [Kind::PersistentVolume, Kind::Node, Kind::StorageClass] {
        listed(&mut world, kind);
    }
    let late =
        json!({"metadata": {"name": "standard"}, "volumeBindingMode": "WaitForFirstConsumer"});
    world.see(Kind::StorageClass, &late);
    let of_zone = json!([{"key": "zone", "operator": "In", "values": ["fsn"]}]);
    let disk = json!({
        "metadata": {"name": "disk-fsn"},
        "spec": {
            "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "standard",
            "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": of_zone}]}},
        },
        "status": {"phase": "Available"},
    });
    world.see(Kind::PersistentVolume, &disk);
    let node = |name: &str, zone: &str, cordoned: bool, ready: &str| {
        json!({
            "metadata": {"name": name, "labels": {"zone": zone}},
            "spec": {"unschedulable": cordoned},
            "status": {"conditions": [{"type": "Ready", "status": ready, "lastTransitionTime": "2027-01-15T07:50:00Z"}]},
        })
    };
    let mut pending = pod("web-0", &revision);
    pending["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}}]);
    pending["status"] = json!({"phase": "Pending"});
    world.see(Kind::Pod, &pending);
    world.see(Kind::PersistentVolumeClaim, &claim(0));
    let told = |world: &World| {
        let (_, text) = cause(world);
        let text = text.strip_prefix("claim www-web-0 (1Gi) has no volume: ");
        text.expect("the claim").to_owned()
    };
    world.see(Kind::Node, &node("nbg1", "nbg", false, "True"));
    assert_eq!(told(&world), "volume disk-fsn fits, and no node reaches it");
    world.see(Kind::Node, &node("fsn1", "fsn", true, "True"));
    world.see(Kind::Node, &node("fsn2", "fsn", false, "False"));
    assert_eq!(
        told(&world),
        "volume disk-fsn fits, and no node that reaches it takes pods: fsn1 (cordoned), fsn2 (not ready)"
    );
    let cures = &diagnosis(&world).causes[0].cures;
    assert_eq!(cures[0].commands, ["kubectl uncordon fsn1"]);
    // The volume is bound once the pod has a node: why the pod has none is another question.
    world.see(Kind::Node, &node("fsn2", "fsn", false, "True"));
    assert!(diagnosis(&world).causes.is_empty());
    // On a node of another zone the disk is out of reach.
    let mut placed = claim(0);
    world.renew(&mut placed);
    placed["metadata"]["annotations"] = json!({"volume.kubernetes.io/selected-node": "nbg1"});
    world.see(Kind::PersistentVolumeClaim, &placed);
    assert_eq!(told(&world), "disk-fsn: out of reach from the pod's node");
}

#[test]
fn a_terminating_claim_is_named() {
    let (mut world, _) = World::with_set(&web_with_claims());
    let mut going = claim(0);
    going["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
    going["metadata"]["finalizers"] = json!(["kubernetes.io/pvc-protection"]);
    world.see(Kind::PersistentVolumeClaim, &going);
    assert_eq!(
        cause(&world),
        (
            CauseName::TerminatingClaim,
            "claim www-web-0 is being deleted, and web-0 cannot have a new one before it is gone"
                .into()
        )
    );
}

#[test]
fn a_squatter_and_an_unreadable_object_are_named() {
    let (mut world, _) = World::with_set(&web());
    let mut squatter = pod("web-0", "other");
    squatter["metadata"]["ownerReferences"] = json!([owner("ReplicaSet", "other", "other-1")]);
    world.see(Kind::Pod, &squatter);
    assert_eq!(
        cause(&world),
        (
            CauseName::NameSquatter,
            "there is a pod web-0 that does not belong to the set".into()
        )
    );
    world.cluster.remove(Kind::Pod, "default", "web-0", "");
    let bad = json!({"metadata": {"name": "web-0", "namespace": "default", "resourceVersion": "40", "uid": "x"}, "spec": 1});
    let applied = world.cluster.apply(Kind::Pod, bad.to_string().as_bytes());
    let error = applied.expect_err("a bad pod");
    assert_eq!(
        cause(&world),
        (
            CauseName::UnreadableObject,
            format!("cannot be read: {error}")
        )
    );
}

fn node(name: &str, ready: &str) -> Value {
    json!({
        "metadata": {"name": name},
        "spec": {"unschedulable": name == "n1"},
        "status": {"conditions": [{"type": "Ready", "status": ready, "lastTransitionTime": "2027-01-15T07:50:00Z"}]},
    })
}

#[test]
fn a_silent_node_and_a_drain_that_no_budget_allows_are_named() {
    let (mut world, revision) = settled(&web());
    for kind in [Kind::Node, Kind::PodDisruptionBudget] {
        listed(&mut world, kind);
    }
    let mut placed = pod("web-1", &revision);
    placed["metadata"]["resourceVersion"] = json!("21");
    placed["spec"]["nodeName"] = json!("n1");
    world.see(Kind::Pod, &placed);
    world.see(Kind::Node, &node("n1", "Unknown"));
    world.see(Kind::Node, &node("n2", "True"));
    let (name, text) = cause(&world);
    assert_eq!(name, CauseName::UnreachableNode);
    assert_eq!(
        text,
        "node n1 does not report (for 10 min): web-1 may still run there, and a pod that may still run is not replaced, since two pods of one identity could run then"
    );
    world.see(Kind::Node, &node("n1", "True"));
    let remarks = |world: &World| -> Vec<(CauseName, Weight)> {
        let found = diagnosis(world);
        assert_eq!(found.verdict, Verdict::UpToDate);
        found.causes.iter().map(|it| (it.name, it.weight)).collect()
    };
    let cordoned = (CauseName::CordonedNode, Weight::Remark);
    assert_eq!(remarks(&world), [cordoned]);
    world.see(
        Kind::PodDisruptionBudget,
        &json!({
            "metadata": {"name": "two", "namespace": "default", "generation": 1},
            "spec": {"selector": {"matchLabels": {"app": "web"}}},
            "status": {"disruptionsAllowed": 0, "currentHealthy": 3, "desiredHealthy": 3, "expectedPods": 3, "observedGeneration": 1},
        }),
    );
    // A person drains nodes here, and the set is as it is wanted.
    let blocked = (CauseName::BlockedDrain, Weight::Remark);
    assert_eq!(remarks(&world), [cordoned, blocked]);
    assert_eq!(
        diagnosis(&world).causes[1].text,
        "node n1 is cordoned, and disruption budget two does not allow web-1 to be evicted: 3 healthy, 3 must stay"
    );
    let allows = |world: &World| {
        let causes = diagnosis(world).causes;
        let cause = causes.iter().find(|it| it.name == CauseName::BlockedDrain);
        cause.expect("a budget").cures[1].commands[0].clone()
    };
    assert!(allows(&world).contains(r#""maxUnavailable":1"#));
    // A pod that is missing already counts, too.
    let mut unready = pod("web-2", &revision);
    unready["metadata"]["resourceVersion"] = json!("22");
    unready["status"]["conditions"] = json!([]);
    world.see(Kind::Pod, &unready);
    assert!(allows(&world).contains(r#""maxUnavailable":2"#));
}

#[test]
fn a_missing_ready_time_and_an_unknown_strategy_are_named() {
    let mut set = web();
    set["spec"]["minReadySeconds"] = json!(10);
    let (mut world, revision) = settled(&set);
    let mut timeless = pod("web-1", &revision);
    timeless["metadata"]["resourceVersion"] = json!("21");
    timeless["status"]["conditions"] = json!([{"type": "Ready", "status": "True"}]);
    world.see(Kind::Pod, &timeless);
    assert_eq!(cause(&world).0, CauseName::ReadySinceMissing);
    let mut recreate = web();
    recreate["metadata"]["resourceVersion"] = json!("12");
    recreate["spec"]["updateStrategy"] = json!({"type": "Recreate"});
    default_stateful_set(&mut recreate, &statefulset::Profile::UPSTREAM);
    world.see(Kind::StatefulSet, &recreate);
    assert_eq!(cause(&world).0, CauseName::UnknownStrategy);
}

#[test]
fn two_unhealthy_leavers_are_named() {
    let mut set = web();
    set["spec"]["replicas"] = json!(1);
    let (mut world, revision) = World::with_set(&set);
    world.see(Kind::Pod, &pod("web-0", &revision));
    for name in ["web-1", "web-2"] {
        let mut unready = pod(name, &revision);
        unready["status"]["conditions"] = json!([]);
        world.see(Kind::Pod, &unready);
    }
    assert_eq!(cause(&world).0, CauseName::UnhealthyLeaver);
}
