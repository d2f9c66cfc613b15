//! What the real scheduler says in cases that a judge found (`core/conformance/cluster/scheduler`).

use serde_json::{Value, json};

use super::{Scheduler, Verdict};
use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// What is said of the pod `p`: names of nodes, or the first sentence why there are none.
fn said(objects: &[Value]) -> String {
    let mut store = Store::new(0, 0);
    for object in objects {
        let group = match object.text("/kind") {
            "StorageClass" => "storage.k8s.io/v1",
            _ => "v1",
        };
        let kind = Kind::of_object(object.text("/kind"), group).expect("a kind");
        store.put_back(kind, object.clone());
    }
    match Scheduler::new(false).verdict(&store, "default", "p") {
        Verdict::Waits => "waits".into(),
        Verdict::Fits { fit, .. } => fit.join(" "),
        Verdict::FitsNowhere { message, .. } => {
            let first = message.split(" preemption: ").next().unwrap_or_default();
            first.to_owned()
        }
    }
}

fn node(name: &str) -> Value {
    json!({
        "kind": "Node",
        "metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}},
        "status": {"allocatable": {"pods": "10", "attachable-volumes-csi-disk": "1"}},
    })
}

fn pod(name: &str, claims: &[&str]) -> Value {
    let volumes: Vec<_> = claims
        .iter()
        .map(|claim| json!({"name": claim, "persistentVolumeClaim": {"claimName": claim}}))
        .collect();
    json!({
        "kind": "Pod",
        "metadata": {"namespace": "default", "name": name},
        "spec": {"containers": [{"name": "c"}], "volumes": volumes},
    })
}

fn placed(mut pod: Value, node: &str) -> Value {
    pod["spec"]["nodeName"] = node.into();
    pod
}

fn class(name: &str, provisioner: &str) -> Value {
    json!({
        "kind": "StorageClass", "metadata": {"name": name}, "provisioner": provisioner,
        "volumeBindingMode": "WaitForFirstConsumer",
    })
}

fn claim(name: &str, class: &str) -> Value {
    json!({
        "kind": "PersistentVolumeClaim",
        "metadata": {"namespace": "default", "name": name, "uid": name},
        "spec": {
            "storageClassName": class, "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1Gi"}},
        },
        "status": {"phase": "Pending"},
    })
}

/// A claim whose binding is through, and its volume.
fn bound(name: &str) -> [Value; 2] {
    let mut claim = claim(name, "local");
    claim["metadata"]["annotations"] = json!({"pv.kubernetes.io/bind-completed": "yes"});
    claim["spec"]["volumeName"] = name.into();
    claim["status"]["phase"] = "Bound".into();
    let mut volume = volume(name, "local");
    volume["spec"]["claimRef"] = json!({"namespace": "default", "name": name, "uid": name});
    volume["status"]["phase"] = "Bound".into();
    [claim, volume]
}

fn volume(name: &str, class: &str) -> Value {
    json!({
        "kind": "PersistentVolume",
        "metadata": {"name": name},
        "spec": {
            "storageClassName": class, "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"},
            "csi": {"driver": "disk", "volumeHandle": name},
        },
        "status": {"phase": "Available"},
    })
}

#[test]
fn one_question_is_asked_of_all_claims_before_the_next() {
    let [lost_volume, _] = bound("a");
    let missing = "0/1 nodes are available: persistentvolumeclaim \"b\" not found. not found";
    let objects = [node("n"), lost_volume.clone(), pod("p", &["a", "b"])];
    assert_eq!(said(&objects), missing);
    // Immediate, as its class does not exist.
    let objects = [
        node("n"),
        lost_volume.clone(),
        claim("b", ""),
        pod("p", &["a", "b"]),
    ];
    let unbound =
        "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found";
    assert_eq!(said(&objects), unbound);
    let mut going = claim("b", "");
    going["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
    let objects = [node("n"), lost_volume, going, pod("p", &["a", "b"])];
    let deleted =
        "0/1 nodes are available: persistentvolumeclaim \"b\" is being deleted. not found";
    assert_eq!(said(&objects), deleted);
}

#[test]
fn other_nodes_than_the_named_ones_are_not_looked_at() {
    let mut tainted = node("a");
    tainted["spec"]["taints"] = json!([{"key": "k", "effect": "NoSchedule"}]);
    let mut fixed = pod("p", &[]);
    let name = |name| json!({"key": "metadata.name", "operator": "In", "values": [name]});
    let required = "requiredDuringSchedulingIgnoredDuringExecution";
    fixed["spec"]["affinity"]["nodeAffinity"][required]["nodeSelectorTerms"] =
        json!([{"matchFields": [name("gone")]}]);
    let plugin = "0/1 nodes are available: 1 node(s) didn't satisfy plugin(s) [NodeAffinity].";
    assert_eq!(said(&[tainted.clone(), fixed.clone()]), plugin);
    fixed["spec"]["affinity"]["nodeAffinity"][required]["nodeSelectorTerms"] =
        json!([{"matchFields": [name("a"), name("b")]}]);
    let conflict = "0/1 nodes are available: pod affinity terms conflict. not found";
    assert_eq!(said(&[tainted, fixed]), conflict);
}

#[test]
fn a_node_may_be_wrong_for_bound_and_for_unbound_claims_at_once() {
    let [mut claim_of_disk, mut disk] = bound("a");
    let required = json!({"nodeSelectorTerms": [
        {"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": ["b"]}]},
    ]});
    disk["spec"]["nodeAffinity"]["required"] = required;
    claim_of_disk["spec"]["storageClassName"] = "local".into();
    let objects = [
        node("a"),
        class("local", "kubernetes.io/no-provisioner"),
        claim_of_disk,
        disk,
        claim("new", "local"),
        pod("p", &["a", "new"]),
    ];
    let both = "0/1 nodes are available: 1 node(s) didn't find available persistent volumes to bind, 1 node(s) didn't match \
                PersistentVolume's node affinity.";
    assert_eq!(said(&objects), both);
}

#[test]
fn a_class_may_make_volumes_for_some_nodes_only() {
    let mut disks = class("disks", "disk");
    disks["allowedTopologies"] = json!([
        {"matchLabelExpressions": [{"key": "kubernetes.io/hostname", "values": ["b", "c"]}]},
    ]);
    let objects = [
        node("a"),
        node("b"),
        disks,
        claim("c", "disks"),
        pod("p", &["c"]),
    ];
    assert_eq!(said(&objects), "b");
}

#[test]
fn a_volume_of_another_class_is_not_found_even_if_it_is_reserved() {
    let mut reserved = volume("v", "other");
    reserved["spec"]["claimRef"] = json!({"namespace": "default", "name": "c", "uid": "c"});
    let objects = |volume: Value| {
        let local = class("local", "kubernetes.io/no-provisioner");
        [
            node("a"),
            local,
            volume,
            claim("c", "local"),
            pod("p", &["c"]),
        ]
    };
    assert!(said(&objects(reserved.clone())).contains("didn't find available persistent volumes"));
    reserved["spec"]["storageClassName"] = "local".into();
    assert_eq!(said(&objects(reserved)), "a");
}

#[test]
fn a_claim_with_a_selected_node_gets_a_new_volume_there() {
    let mut selected = claim("c", "local");
    selected["metadata"]["annotations"] = json!({"volume.kubernetes.io/selected-node": "a"});
    let objects = |provisioner: &str| {
        let class = class("local", provisioner);
        [
            node("a"),
            node("b"),
            class,
            volume("v", "local"),
            selected.clone(),
            pod("p", &["c"]),
        ]
    };
    assert_eq!(said(&objects("disk")), "a");
    let none = said(&objects("kubernetes.io/no-provisioner"));
    assert!(none.contains("2 node(s) didn't find available persistent volumes to bind"));
}

#[test]
fn only_disks_that_somebody_attaches_are_counted() {
    let disks = class("disks", "disk");
    let local = class("local", "kubernetes.io/no-provisioner");
    let [here, disk] = bound("here");
    // A claim that is not there, and one without a provisioner.
    let other = placed(pod("other", &["nowhere", "unbound"]), "a");
    let objects = [
        node("a"),
        disks,
        local,
        here.clone(),
        disk.clone(),
        claim("unbound", "local"),
        other,
        pod("p", &["here"]),
    ];
    assert_eq!(said(&objects), "a");
    let class = class("disks", "disk");
    let other = placed(pod("other", &["new"]), "a");
    let objects = [
        node("a"),
        class,
        here,
        disk,
        claim("new", "disks"),
        other,
        pod("p", &["here"]),
    ];
    assert_eq!(
        said(&objects),
        "0/1 nodes are available: 1 node(s) exceed max volume count."
    );
}

#[test]
fn a_claim_for_one_pod_is_free_where_its_user_has_no_node_any_more() {
    let [mut claim, volume] = bound("c");
    claim["spec"]["accessModes"] = json!(["ReadWriteOncePod"]);
    let objects = |on: &str| {
        let user = placed(pod("user", &["c"]), on);
        [
            node("a"),
            node("b"),
            claim.clone(),
            volume.clone(),
            user,
            pod("p", &["c"]),
        ]
    };
    assert!(said(&objects("b")).contains("ReadWriteOncePod access mode already in-use"));
    assert_eq!(said(&objects("gone")), "a b");
}
