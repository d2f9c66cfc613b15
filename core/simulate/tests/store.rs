//! Versions, generations, preconditions, finalizers and graceful deletion.

use serde_json::{Value, json};
use statefulset_simulate::{
    DeleteOptions, Fields, Happened, Kind, Object, PatchType, Propagation, Store,
};

fn store() -> Store {
    Store::new(1_767_225_600_000, 7)
}

fn pod(node: &str) -> Value {
    json!({
        "metadata": {"name": "p"},
        "spec": {"containers": [{"name": "c", "image": "i"}], "nodeName": node},
    })
}

fn budget() -> Value {
    json!({"metadata": {"name": "b"}, "spec": {"minAvailable": 1}})
}

fn with(mut object: Value, pointer: &str, value: Value) -> Value {
    object.put(pointer, value);
    object
}

fn grace(seconds: i64) -> DeleteOptions {
    DeleteOptions {
        grace_seconds: Some(seconds),
        ..DeleteOptions::default()
    }
}

#[test]
fn spec_and_status_are_written_apart() {
    let mut store = store();
    let kind = Kind::PodDisruptionBudget;
    let made = store
        .create(
            kind,
            "default",
            with(budget(), "/status", json!({"currentHealthy": 9})),
        )
        .unwrap();
    assert_eq!(made.pointer("/status"), None);
    assert_eq!(made.int("/metadata/generation"), Some(1));

    let both = with(Object::clone(&made), "/spec/minAvailable", json!(2));
    let both = with(both, "/status", json!({"currentHealthy": 3}));
    let status = store.update_status(kind, both.clone()).unwrap();
    assert_eq!(status.int("/spec/minAvailable"), Some(1));
    assert_eq!(status.int("/status/currentHealthy"), Some(3));
    assert_eq!(status.int("/metadata/generation"), Some(1));

    let spec = with(both, "/metadata/resourceVersion", json!(""));
    let spec = store
        .update(kind, with(spec, "/status", json!({"currentHealthy": 4})))
        .unwrap();
    assert_eq!(spec.int("/spec/minAvailable"), Some(2));
    assert_eq!(spec.int("/status/currentHealthy"), Some(3));
    assert_eq!(spec.int("/metadata/generation"), Some(2));
}

#[test]
fn an_old_version_and_another_uid_are_conflicts() {
    let mut store = store();
    let kind = Kind::PodDisruptionBudget;
    let made = store.create(kind, "default", budget()).unwrap();
    store
        .update(
            kind,
            with(Object::clone(&made), "/spec/minAvailable", json!(2)),
        )
        .unwrap();
    let old = with(Object::clone(&made), "/spec/minAvailable", json!(3));
    let conflict = "Error from server (Conflict): Operation cannot be fulfilled on poddisruptionbudgets.policy \"b\": \
                    the object has been modified; please apply your changes to the latest version and try again";
    assert_eq!(store.update(kind, old).unwrap_err().shown(), conflict);
    let patch = json!({"metadata": {"resourceVersion": made.text("/metadata/resourceVersion")}});
    assert_eq!(
        store
            .patch(kind, "default", "b", &patch, PatchType::Merge, false)
            .unwrap_err()
            .shown(),
        conflict
    );
    let patch = json!({"metadata": {"uid": "another"}});
    let other = format!(
        "Error from server (Conflict): Operation cannot be fulfilled on poddisruptionbudgets.policy \"b\": \
         Precondition failed: UID in precondition: another, UID in object meta: {}",
        made.uid()
    );
    for how in [PatchType::Merge, PatchType::Strategic] {
        assert_eq!(
            store
                .patch(kind, "default", "b", &patch, how, false)
                .unwrap_err()
                .shown(),
            other
        );
    }
    let options = DeleteOptions {
        uid: Some("another".into()),
        ..DeleteOptions::default()
    };
    assert_eq!(
        store
            .delete(kind, "default", "b", &options)
            .unwrap_err()
            .shown(),
        other
    );
    assert_eq!(
        store.create(kind, "default", budget()).unwrap_err().shown(),
        "Error from server (AlreadyExists): poddisruptionbudgets.policy \"b\" already exists"
    );
    assert_eq!(
        store
            .delete(kind, "default", "c", &DeleteOptions::default())
            .unwrap_err()
            .shown(),
        "Error from server (NotFound): poddisruptionbudgets.policy \"c\" not found"
    );
    assert_eq!(
        store
            .patch(
                kind,
                "default",
                "b",
                &json!({"metadata": {"name": "c"}}),
                PatchType::Merge,
                false
            )
            .unwrap_err()
            .shown(),
        "Error from server (BadRequest): the name of the object (c) does not match the name on the URL (b)"
    );
}

#[test]
fn a_patch_of_the_status_leaves_the_rest() {
    let mut store = store();
    store.create(Kind::Pod, "default", pod("n")).unwrap();
    let patch = json!({
        "metadata": {"labels": {"a": "b"}},
        "status": {"conditions": [{"type": "Ready", "status": "True"}]},
    });
    let patched = store
        .patch(
            Kind::Pod,
            "default",
            "p",
            &patch,
            PatchType::Strategic,
            true,
        )
        .unwrap();
    assert_eq!(patched.condition("Ready"), "True");
    assert_eq!(patched.text("/status/phase"), "Pending");
    assert_eq!(patched.pointer("/metadata/labels"), None);
}

#[test]
fn a_scheduled_pod_is_given_its_grace_period_which_can_only_be_cut_short() {
    let mut store = store();
    store.create(Kind::Pod, "default", pod("node-1")).unwrap();
    let mut delete = |options: &DeleteOptions| {
        let left = store.delete(Kind::Pod, "default", "p", options).unwrap();
        let there = store.get(Kind::Pod, "default", "p").is_some();
        (
            there,
            left.int("/metadata/deletionGracePeriodSeconds").unwrap(),
            left.text("/metadata/deletionTimestamp").to_owned(),
            left.int("/metadata/generation").unwrap(),
        )
    };
    let at = |second: &str| format!("2026-01-01T00:00:{second}Z");
    assert_eq!(delete(&DeleteOptions::default()), (true, 30, at("30"), 2));
    assert_eq!(delete(&grace(60)), (true, 30, at("30"), 2));
    assert_eq!(delete(&grace(10)), (true, 10, at("10"), 2));
    assert_eq!(delete(&DeleteOptions::default()), (true, 10, at("10"), 2));
    assert_eq!(delete(&grace(0)), (false, 0, at("00"), 2));
}

#[test]
fn a_pod_that_cannot_be_running_goes_at_once() {
    let mut store = store();
    let begin = store.bookmark();
    store.create(Kind::Pod, "default", pod("")).unwrap();
    store
        .delete(Kind::Pod, "default", "p", &DeleteOptions::default())
        .unwrap();
    assert!(store.get(Kind::Pod, "default", "p").is_none());
    let made = store.create(Kind::Pod, "default", pod("n")).unwrap();
    let failed = with(Object::clone(&made), "/status/phase", json!("Failed"));
    store.update_status(Kind::Pod, failed).unwrap();
    store
        .delete(Kind::Pod, "default", "p", &DeleteOptions::default())
        .unwrap();
    assert!(store.get(Kind::Pod, "default", "p").is_none());
    assert_eq!(
        store.read(&begin).last().unwrap().happened,
        Happened::Deleted
    );
}

#[test]
fn finalizers_hold_an_object_and_cannot_be_added_to_a_terminating_one() {
    let mut store = store();
    let kind = Kind::PodDisruptionBudget;
    let held = with(
        budget(),
        "/metadata/finalizers",
        json!(["example.com/held"]),
    );
    store.create(kind, "default", held).unwrap();
    let left = store
        .delete(kind, "default", "b", &DeleteOptions::default())
        .unwrap();
    assert!(left.is_terminating());
    let finalizers = |store: &mut Store, list: Value| {
        let patch = json!({"metadata": {"finalizers": list}});
        store.patch(kind, "default", "b", &patch, PatchType::Merge, false)
    };
    assert_eq!(
        finalizers(&mut store, json!(["example.com/held", "example.com/new"]))
            .unwrap_err()
            .shown(),
        "The PodDisruptionBudget \"b\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the \
         object is being deleted, found new finalizers []string{\"example.com/new\"}"
    );
    finalizers(&mut store, json!([])).unwrap();
    assert!(store.get(kind, "default", "b").is_none());
}

#[test]
fn foreground_and_orphan_are_finalizers() {
    for (propagation, finalizer) in [
        (Propagation::Foreground, "foregroundDeletion"),
        (Propagation::Orphan, "orphan"),
    ] {
        let mut store = store();
        let kind = Kind::PodDisruptionBudget;
        store.create(kind, "default", budget()).unwrap();
        let options = DeleteOptions {
            propagation,
            ..DeleteOptions::default()
        };
        let left = store.delete(kind, "default", "b", &options).unwrap();
        assert_eq!(left["metadata"]["finalizers"], json!([finalizer]));
        // Asked again, nothing more is written.
        let version = store.version();
        store.delete(kind, "default", "b", &options).unwrap();
        assert_eq!(store.version(), version);
    }
}
