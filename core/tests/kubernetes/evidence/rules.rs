//! Nodes, what is being deleted, the set's own rules, and many pods at once.

use serde_json::json;
use statefulset::kubernetes::{CauseName, Kind, Verdict};

use super::starting::running;
use super::{JUST_NOW, LONG_AGO, Scene};
use crate::world::{pod, web};

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
