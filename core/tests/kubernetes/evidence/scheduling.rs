//! Pods without a node, and claims without a volume.

use serde_json::{Value, json};
use statefulset::kubernetes::{CauseName, Kind, Verdict};

use super::starting::running;
use super::{LONG_AGO, Scene, events};
use crate::world::{claim, pod, web, web_with_claims};

#[test]
fn a_readiness_gate_and_a_scheduler_that_is_not_there_are_named() {
    let gates = json!({"readinessGates": [{"conditionType": "example.com/lb"}]});
    let scene = Scene::ailing(
        &json!({"containerStatuses": [running(&json!({"ready": true}))]}),
        &gates,
    );
    scene.shows(
        CauseName::ReadinessGate,
        "its readiness gate example.com/lb is not open",
        "--subresource=status",
    );
    let scene = Scene::new(web(), &["web-0", "web-1"]);
    let mut unseen = scene.sick(
        &json!({"phase": "Pending", "conditions": []}),
        &json!({"schedulerName": "other"}),
    );
    unseen["spec"]
        .as_object_mut()
        .expect("a map")
        .remove("nodeName");
    let mut scene = scene;
    scene.see(Kind::Pod, &unseen);
    scene.shows(
        CauseName::NoScheduler,
        "it asks for other",
        "the scheduler other runs",
    );
    assert_eq!(scene.diagnosis().verdict, Verdict::Stuck);
}

/// What the scheduler says, and words of the cures.
const UNSCHEDULED: &[(&str, &str)] = &[
    (
        "0/3 nodes are available: 3 Insufficient cpu.",
        "ask for less cpu",
    ),
    (
        "0/3 nodes are available: 3 node(s) exceed max volume count.",
        "move pods with volumes away",
    ),
    (
        "0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports.",
        "hostPort",
    ),
    (
        "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints (missing required label).",
        "kubectl get nodes -L topology.kubernetes.io/zone",
    ),
    (
        "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 node(s) didn't match pod topology spread constraints.",
        "ask for less spread",
    ),
    (
        "0/3 nodes are available: 3 node(s) didn't match pod affinity rules.",
        "start a pod that the template's podAffinity asks for",
    ),
    (
        "0/3 nodes are available: 3 node(s) didn't satisfy existing pods anti-affinity rules.",
        "add a node in a place",
    ),
    ("no nodes available to schedule pods", "add a node"),
    (
        "0/1 nodes are available: persistentvolumeclaim \"d\" is being deleted.",
        "kubectl describe pvc d -n default",
    ),
    (
        "0/1 nodes are available: 1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode.",
        "kubectl delete pod backup -n default",
    ),
];

#[test]
fn what_the_scheduler_says_has_a_cure_of_its_own() {
    let using = |name: &str, node: &str| {
        let volumes = json!([{"name": "d", "persistentVolumeClaim": {"claimName": "d"}}]);
        json!({"metadata": {"name": name, "namespace": "default"}, "spec": {"nodeName": node, "volumes": volumes}})
    };
    for (said, cure) in UNSCHEDULED {
        let mut scene = Scene::new(web(), &["web-0", "web-1"]);
        let condition = json!([{"type": "PodScheduled", "status": "False", "message": said}]);
        let volumes = using("", "")["spec"]["volumes"].clone();
        let mut sick = scene.sick(
            &json!({"phase": "Pending", "conditions": condition}),
            &json!({
                "volumes": volumes,
                "topologySpreadConstraints": [{"topologyKey": "topology.kubernetes.io/zone"}],
            }),
        );
        sick["spec"]
            .as_object_mut()
            .expect("a map")
            .remove("nodeName");
        scene.see(Kind::Pod, &sick);
        scene.show(Kind::Pod, &using("backup", "n1"));
        scene.shows(CauseName::NoNodeFits, said.trim_end_matches('.'), cure);
    }
}

#[test]
fn a_claim_tells_who_is_to_make_its_volume() {
    let scene = |claim: &Value| {
        let mut scene = Scene::new(web_with_claims(), &[]);
        let mut sick = scene.sick(&json!({"phase": "Pending"}), &json!({}));
        sick["metadata"] = pod("web-0", &scene.revision)["metadata"].clone();
        sick["metadata"]["creationTimestamp"] = LONG_AGO.into();
        let said = "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.";
        sick["status"]["conditions"] =
            json!([{"type": "PodScheduled", "status": "False", "message": said}]);
        sick["spec"] = json!({
            "containers": [{"name": "nginx", "image": "nginx:1.12"}], "subdomain": "nginx",
            "volumes": [{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}}],
        });
        scene.see(Kind::Pod, &sick);
        scene.see(Kind::PersistentVolumeClaim, claim);
        scene
    };
    let mut asked = claim(0);
    asked["metadata"]["annotations"] =
        json!({"volume.kubernetes.io/storage-provisioner": "disks.example.com"});
    let silent = scene(&asked);
    silent.shows(
        CauseName::ProvisioningFailed,
        "disks.example.com has made none yet",
        "whether the provisioner runs",
    );
    assert_eq!(silent.diagnosis().causes.len(), 1);
    let about = ("PersistentVolumeClaim", "www-web-0");
    for event in events(about, "ProvisioningFailed", "out of disks", LONG_AGO) {
        let mut scene = scene(&asked);
        scene.event(&event);
        scene.shows(
            CauseName::ProvisioningFailed,
            "disks.example.com says: out of disks",
            "mend",
        );
    }
    // Nothing is known of classes: nobody may say that there is no provisioner.
    let mut unknown = scene(&claim(0));
    unknown.world.cluster.begin_list(Kind::PersistentVolume);
    unknown.world.cluster.end_list(Kind::PersistentVolume, "1");
    unknown.shows(
        CauseName::UnboundClaim,
        "whether the storage class standard has a provisioner is not known",
        "kubectl get storageclass standard",
    );
}

#[test]
fn a_claim_that_waits_for_a_node_leaves_the_word_to_the_scheduler() {
    let mut scene = Scene::new(web_with_claims(), &[]);
    for kind in [Kind::PersistentVolume, Kind::StorageClass] {
        scene.world.cluster.begin_list(kind);
        scene.world.cluster.end_list(kind, "1");
    }
    let class = json!({
        "apiVersion": "storage.k8s.io/v1", "metadata": {"name": "standard"}, "provisioner": "disks.example.com",
        "volumeBindingMode": "WaitForFirstConsumer",
    });
    scene.see(Kind::StorageClass, &class);
    scene.see(Kind::PersistentVolumeClaim, &claim(0));
    let mut full = pod("web-0", &scene.revision);
    full["metadata"]["creationTimestamp"] = LONG_AGO.into();
    full["spec"]["subdomain"] = "nginx".into();
    full["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}}]);
    let said = "0/3 nodes are available: 3 Insufficient memory.";
    full["status"] = json!({"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "message": said}]});
    scene.see(Kind::Pod, &full);
    scene.shows(
        CauseName::NoNodeFits,
        "Insufficient memory",
        "ask for less memory",
    );
    assert_eq!(scene.diagnosis().causes.len(), 1);
}

/// The pod runs, and must not end before its data is safe.
#[test]
fn a_claim_that_is_deleted_under_a_running_pod_is_a_remark() {
    let mut scene = Scene::new(web_with_claims(), &[]);
    for ordinal in 0..3 {
        let mut bound = claim(ordinal);
        bound["spec"]["volumeName"] = format!("disk-{ordinal}").into();
        bound["status"]["phase"] = "Bound".into();
        if ordinal == 1 {
            bound["metadata"]["deletionTimestamp"] = LONG_AGO.into();
            bound["metadata"]["finalizers"] = json!(["kubernetes.io/pvc-protection"]);
        }
        scene.see(Kind::PersistentVolumeClaim, &bound);
        let mut runs = pod(&format!("web-{ordinal}"), &scene.revision);
        let name = format!("www-web-{ordinal}");
        runs["spec"]["volumes"] =
            json!([{"name": "www", "persistentVolumeClaim": {"claimName": name}}]);
        scene.see(Kind::Pod, &runs);
    }
    let words = "claim www-web-1 is being deleted, and is gone once web-1 ends";
    scene.shows(
        CauseName::TerminatingClaim,
        words,
        "kubectl patch pv disk-1",
    );
    assert_eq!(scene.diagnosis().verdict, Verdict::UpToDate);
}

#[test]
fn a_volume_of_an_earlier_claim_of_the_name_can_be_given_again() {
    let mut scene = Scene::new(web_with_claims(), &[]);
    for kind in [Kind::PersistentVolume, Kind::StorageClass] {
        scene.world.cluster.begin_list(kind);
        scene.world.cluster.end_list(kind, "1");
    }
    let class =
        json!({"metadata": {"name": "standard"}, "provisioner": "kubernetes.io/no-provisioner"});
    scene.see(Kind::StorageClass, &class);
    scene.see(Kind::PersistentVolumeClaim, &claim(0));
    let volume = json!({
        "metadata": {"name": "disk-0"},
        "spec": {
            "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "standard",
            "claimRef": {"namespace": "default", "name": "www-web-0", "uid": "earlier"},
        },
        "status": {"phase": "Released"},
    });
    scene.see(Kind::PersistentVolume, &volume);
    let mut waits = pod("web-0", &scene.revision);
    waits["metadata"]["creationTimestamp"] = LONG_AGO.into();
    waits["status"] = json!({"phase": "Pending"});
    scene.see(Kind::Pod, &waits);
    let cause = scene.shows(
        CauseName::UnboundClaim,
        "volume disk-0 is still reserved for an earlier claim of this name",
        "/spec/claimRef/uid",
    );
    assert!(cause.cures[0].warning.is_some(), "{cause:#?}");
}

/// The scheduler has given the pod a node, and waits for the volume.
#[test]
fn a_claim_whose_volume_is_being_made_is_no_lack_of_nodes() {
    let mut scene = Scene::new(web_with_claims(), &[]);
    for kind in [Kind::StorageClass, Kind::Node] {
        scene.world.cluster.begin_list(kind);
        scene.world.cluster.end_list(kind, "1");
    }
    let node = json!({"metadata": {"name": "n1"}, "status": {"conditions": [{"type": "Ready", "status": "True"}]}});
    scene.see(Kind::Node, &node);
    let class = json!({"metadata": {"name": "standard"}, "provisioner": "csi.example.com", "volumeBindingMode": "WaitForFirstConsumer"});
    scene.see(Kind::StorageClass, &class);
    let mut chosen = claim(0);
    chosen["metadata"]["annotations"] = json!({"volume.kubernetes.io/selected-node": "n1"});
    scene.see(Kind::PersistentVolumeClaim, &chosen);
    let mut waits = pod("web-0", &scene.revision);
    waits["metadata"]["creationTimestamp"] = LONG_AGO.into();
    waits["spec"]["subdomain"] = "nginx".into();
    let said =
        "running PreBind plugin \"VolumeBinding\": binding volumes: context deadline exceeded";
    waits["status"] = json!({"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "message": said}]});
    scene.see(Kind::Pod, &waits);
    let message = "Waiting for a volume to be created by the external provisioner";
    let about = ("PersistentVolumeClaim", "www-web-0");
    let [event, _] = events(about, "ExternalProvisioning", message, LONG_AGO);
    scene.event(&event);
    let cause = scene.shows(
        CauseName::ProvisioningFailed,
        "csi.example.com has made none yet",
        "",
    );
    assert!(
        cause.evidence.iter().any(|it| it.text == message),
        "{cause:#?}"
    );
    assert_eq!(scene.diagnosis().causes.len(), 1);
}
