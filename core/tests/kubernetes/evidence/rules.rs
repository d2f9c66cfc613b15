//! Nodes, what is being deleted, the set's own rules, and many pods at once.

use serde_json::json;
use statefulset::kubernetes::{CauseName, Kind, Verdict};

use super::starting::running;
use super::{JUST_NOW, LONG_AGO, Scene};
use crate::world::{claim, owner, pod, web, web_with_claims};

#[test]
fn a_node_that_is_not_ready_is_named() {
    let mut scene = Scene::ailing(&json!({}), &json!({}));
    let status = json!({"conditions": [{"type": "Ready", "status": "False", "lastTransitionTime": LONG_AGO, "message": "the runtime is down"}]});
    scene.world.cluster.begin_list(Kind::Node);
    scene.world.cluster.end_list(Kind::Node, "1");
    scene.see(
        Kind::Node,
        &json!({"metadata": {"name": "n1"}, "status": status}),
    );
    scene.shows(
        CauseName::NodeNotReady,
        "node n1, where web-2 is, is not ready: the runtime is down",
        "kubectl describe node n1",
    );
}

#[test]
fn a_pod_that_is_ending_has_time_and_then_none() {
    for (ends, name, words, cure) in [
        (
            "2027-01-15T08:00:20Z",
            CauseName::GracePeriod,
            "has 20 s of its grace period left",
            "",
        ),
        (
            LONG_AGO,
            CauseName::TerminationOverdue,
            "should have ended 30 min ago",
            "--force --grace-period=0",
        ),
    ] {
        let mut scene = Scene::new(web(), &["web-0", "web-1"]);
        let mut going = pod("web-2", &scene.revision);
        going["metadata"]["deletionTimestamp"] = ends.into();
        going["metadata"]["deletionGracePeriodSeconds"] = json!(30);
        scene.see(Kind::Pod, &going);
        let cause = scene.shows(name, words, cure);
        let forced = cause
            .cures
            .iter()
            .filter(|it| format!("{it:?}").contains("--force"));
        assert!(
            forced.into_iter().all(|it| it.warning.is_some()),
            "{cause:#?}"
        );
        let is_stuck = name == CauseName::TerminationOverdue;
        assert_eq!(scene.diagnosis().is_stuck(), is_stuck);
    }
}

#[test]
fn a_set_that_is_being_deleted_names_what_holds_it() {
    let mut set = web();
    set["metadata"]["deletionTimestamp"] = LONG_AGO.into();
    set["metadata"]["finalizers"] = json!(["example.com/backup"]);
    let scene = Scene::new(set, &["web-0"]);
    scene.shows(
        CauseName::SetFinalizer,
        "it is held by example.com/backup",
        "remove the finalizers by hand",
    );
}

/// The garbage collector has not done its part.
#[test]
fn a_set_whose_dependents_nobody_lets_go_of_or_deletes() {
    for (finalizer, name, words) in [
        (
            "orphan",
            CauseName::SetFinalizer,
            "to remove the finalizer orphan, and has not",
        ),
        (
            "foregroundDeletion",
            CauseName::ForegroundDeletion,
            "waits for pod web-0; the garbage collector is to delete them, and has not",
        ),
    ] {
        let mut set = web();
        set["metadata"]["finalizers"] = json!([finalizer]);
        set["metadata"]["deletionTimestamp"] = LONG_AGO.into();
        let scene = Scene::new(set.clone(), &["web-0"]);
        scene.shows(name, words, "whether the garbage collector runs");
        assert_eq!(scene.diagnosis().verdict, Verdict::Stuck);
        // It takes a moment.
        set["metadata"]["deletionTimestamp"] = JUST_NOW.into();
        let scene = Scene::new(set, &["web-0"]);
        assert!(!scene.diagnosis().is_stuck(), "{}", scene.diagnosis());
        assert!(!scene.diagnosis().to_string().contains("has not"));
    }
}

#[test]
fn a_set_that_waits_for_a_claim_says_who_uses_it() {
    let mut set = web();
    set["metadata"]["finalizers"] = json!(["foregroundDeletion"]);
    set["metadata"]["deletionTimestamp"] = LONG_AGO.into();
    let mut scene = Scene::new(set, &[]);
    let mut held = claim(0);
    held["metadata"]["ownerReferences"] = json!([owner("StatefulSet", "web", "set-1")]);
    held["metadata"]["deletionTimestamp"] = LONG_AGO.into();
    scene.see(Kind::PersistentVolumeClaim, &held);
    scene.show(Kind::Pod, &user("www-web-0"));
    scene.shows(
        CauseName::ForegroundDeletion,
        "waits for claim www-web-0, which backup uses",
        "kubectl delete pod backup",
    );
}

/// Nothing is due that would be refused, and the set goes all the same.
#[test]
fn a_namespace_that_goes_takes_the_set_with_it() {
    let mut scene = Scene::new(web(), &["web-0", "web-1", "web-2"]);
    let namespace = json!({"kind": "Namespace", "metadata": {"name": "default", "deletionTimestamp": LONG_AGO}});
    scene.event(&namespace);
    let words = "the namespace default is being deleted, and all that is in it";
    let look = "kubectl describe namespace default";
    scene.shows(CauseName::NamespaceTerminating, words, look);
    assert_eq!(scene.diagnosis().verdict, Verdict::Stuck);
}

/// A pod without a controller that uses a claim.
fn user(claim: &str) -> serde_json::Value {
    json!({
        "metadata": {"name": "backup", "namespace": "default"},
        "spec": {"nodeName": "n2", "volumes": [{"name": "d", "persistentVolumeClaim": {"claimName": claim}}]},
    })
}

/// After that the claim is gone, and with it the data.
#[test]
fn who_ends_the_last_user_of_a_claim_is_warned() {
    for (policy, words, keeps) in [
        ("Delete", "its volume disk-0 with the data goes, too", true),
        ("Retain", "its volume disk-0 stays with its data", false),
    ] {
        let mut scene = Scene::new(web_with_claims(), &[]);
        let mut going = claim(0);
        going["metadata"]["deletionTimestamp"] = LONG_AGO.into();
        going["metadata"]["finalizers"] = json!(["kubernetes.io/pvc-protection"]);
        going["spec"]["volumeName"] = "disk-0".into();
        going["status"]["phase"] = "Bound".into();
        scene.see(Kind::PersistentVolumeClaim, &going);
        let volume = json!({"metadata": {"name": "disk-0"}, "spec": {"persistentVolumeReclaimPolicy": policy}});
        scene.show(Kind::PersistentVolume, &volume);
        scene.show(Kind::Pod, &user("www-web-0"));
        let cause = scene.shows(CauseName::TerminatingClaim, "it is used by backup", "");
        let cure = &cause.cures[0];
        let warning = cure.warning.as_deref().expect("a warning");
        assert!(warning.contains(words), "{warning}");
        assert!(warning.ends_with("nobody makes backup again"), "{warning}");
        assert_eq!(
            cure.commands[0].starts_with("kubectl patch pv disk-0"),
            keeps
        );
        let last = cure.commands.last().expect("a command");
        assert_eq!(last, "kubectl delete pod backup -n default");
    }
}

#[test]
fn a_pod_that_does_not_end_says_what_its_node_says() {
    let node = |ready: &str, taints: serde_json::Value| {
        json!({
            "metadata": {"name": "n1"},
            "spec": {"taints": taints},
            "status": {"conditions": [{"type": "Ready", "status": ready, "lastTransitionTime": LONG_AGO, "message": "shut down"}]},
        })
    };
    let off = json!([{"key": "node.kubernetes.io/out-of-service", "value": "nodeshutdown", "effect": "NoExecute"}]);
    let rows = [
        (
            Some(node("True", json!([]))),
            "perhaps a process does not end",
        ),
        (
            Some(node("False", json!([]))),
            "its node n1 is not ready (shut down)",
        ),
        (
            Some(node("Unknown", off)),
            "has the taint node.kubernetes.io/out-of-service",
        ),
        (None, "its node n1 does not exist any more"),
    ];
    for (node, words) in rows {
        let mut scene = Scene::new(web(), &["web-0", "web-1"]);
        scene.world.cluster.begin_list(Kind::Node);
        scene.world.cluster.end_list(Kind::Node, "1");
        if let Some(node) = node {
            scene.see(Kind::Node, &node);
        }
        let mut going = pod("web-2", &scene.revision);
        going["metadata"]["deletionTimestamp"] = LONG_AGO.into();
        going["metadata"]["deletionGracePeriodSeconds"] = json!(30);
        going["spec"]["nodeName"] = "n1".into();
        scene.see(Kind::Pod, &going);
        scene.shows(
            CauseName::TerminationOverdue,
            words,
            "--force --grace-period=0",
        );
    }
}

/// Others have StatefulSets as well.
#[test]
fn a_pod_of_a_set_of_another_group_is_not_of_an_earlier_set() {
    let mut scene = Scene::new(web(), &[]);
    let mut other = pod("web-0", &scene.revision);
    other["metadata"]["ownerReferences"][0]["uid"] = "other".into();
    other["metadata"]["ownerReferences"][0]["apiVersion"] = "apps.kruise.io/v1beta1".into();
    scene.see(Kind::Pod, &other);
    let cause = scene.shows(
        CauseName::NameSquatter,
        "StatefulSet.apps.kruise.io web controls it",
        "kubectl delete pod web-0",
    );
    assert!(!cause.text.contains("earlier"), "{}", cause.text);
    assert!(cause.cures[0].warning.is_some(), "{cause:#?}");
}

#[test]
fn min_ready_seconds_are_a_remark_with_their_end() {
    let mut set = web();
    set["spec"]["minReadySeconds"] = json!(600);
    let mut scene = Scene::new(set, &["web-0", "web-1"]);
    let mut fresh = pod("web-2", &scene.revision);
    fresh["status"]["conditions"][0]["lastTransitionTime"] = JUST_NOW.into();
    scene.see(Kind::Pod, &fresh);
    scene.shows(CauseName::MinReadySeconds, "8 min more to go", "");
    assert_eq!(scene.diagnosis().verdict, Verdict::InProgress);
}

/// The set with a change of its template, whose pods are at the old revision, and a partition.
fn partitioned(partition: u32, sick: &str) -> Scene {
    let mut set = web();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    set["spec"]["updateStrategy"]["rollingUpdate"] =
        json!({"partition": partition, "maxUnavailable": 1});
    let mut scene = Scene::new(set.clone(), &["web-0", "web-1", "web-2"]);
    let old = scene.revision.clone();
    set["metadata"]["resourceVersion"] = "12".into();
    set["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
    set["status"] = json!({"currentRevision": old, "updateRevision": old, "replicas": 3});
    scene.see(Kind::StatefulSet, &set);
    let mut broken = pod(sick, &old);
    broken["metadata"]["resourceVersion"] = "21".into();
    broken["status"] = json!({
        "phase": "Running",
        "conditions": [{"type": "Ready", "status": "False", "lastTransitionTime": LONG_AGO}],
        "containerStatuses": [running(&json!({"restartCount": 4, "state": {"waiting": {"reason": "CrashLoopBackOff"}}}))],
    });
    broken["spec"]["nodeName"] = "n1".into();
    scene.see(Kind::Pod, &broken);
    scene
}

#[test]
fn a_pod_below_the_partition_comes_back_as_it_was() {
    let scene = partitioned(1, "web-0");
    scene.shows(
        CauseName::UnavailableBelowPartition,
        "web-0 is below the partition (1)",
        "delete it by hand",
    );
    let scene = partitioned(3, "web-1");
    let cause = scene.shows(
        CauseName::ContainerCrashes,
        "was restarted 4 times",
        "lower the partition to 1",
    );
    let cures = format!("{:?}", cause.cures);
    assert!(!cures.contains("is replaced by itself"), "{cures}");
}

#[test]
fn a_set_with_the_same_selector_is_a_remark() {
    let mut scene = Scene::new(web(), &["web-0", "web-1", "web-2"]);
    let mut other = web();
    other["metadata"]["name"] = "web2".into();
    other["metadata"]["uid"] = "set-2".into();
    scene.see(Kind::StatefulSet, &other);
    scene.shows(
        CauseName::SharedSelector,
        "the set web2 has the same selector",
        "a label of its own",
    );
    assert_eq!(scene.diagnosis().verdict, Verdict::UpToDate);
}

#[test]
fn a_pod_of_an_earlier_set_is_left_to_the_garbage_collector() {
    let mut scene = Scene::new(web(), &[]);
    let mut left = pod("web-0", &scene.revision);
    left["metadata"]["ownerReferences"][0]["uid"] = "earlier".into();
    scene.see(Kind::Pod, &left);
    let cause = scene.shows(
        CauseName::NameSquatter,
        "an earlier StatefulSet web",
        "garbage collector",
    );
    assert!(
        cause.cures.iter().all(|it| it.warning.is_none()),
        "{cause:#?}"
    );
}

#[test]
fn fifty_pods_with_one_trouble_are_told_of_in_a_few_lines() {
    let mut set = web();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    set["spec"]["replicas"] = json!(50);
    let mut scene = Scene::new(set, &[]);
    for ordinal in 0..50 {
        let mut held = pod(&format!("web-{ordinal}"), &scene.revision);
        held["metadata"]["creationTimestamp"] = LONG_AGO.into();
        held["spec"]["schedulingGates"] = json!([{"name": "example.com/quota"}]);
        held["status"] = json!({"phase": "Pending", "conditions": [{
            "type": "PodScheduled", "status": "False", "reason": "SchedulingGated",
            "message": "Scheduling is blocked due to non-empty scheduling gates",
        }]});
        scene.see(Kind::Pod, &held);
    }
    let cause = scene.shows(
        CauseName::SchedulingGate,
        "and likewise for the others",
        "remove the gates",
    );
    assert_eq!(cause.cures[1].commands.len(), 50);
    let told = scene.diagnosis().to_string();
    assert!(told.lines().count() < 16, "{told}");
    assert!(told.contains("and 46 more such commands"), "{told}");
}
