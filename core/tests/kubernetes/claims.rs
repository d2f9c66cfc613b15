//! Claims: built, owned, bound, given up.

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{EventType, Evidence, FINALIZER, Kind, Method, Outcome, PATIENCE};

use crate::world::{NOW, World, body, claim, done, key, line, only, owner, pod, web_with_claims};

#[test]
fn a_claim_is_built_from_its_template() {
    let mut set = web_with_claims();
    let template = &mut set["spec"]["volumeClaimTemplates"][0];
    template["metadata"]["labels"] = json!({"app": "overridden", "own": "kept"});
    template["metadata"]["annotations"] = json!({"note": "kept"});
    template["spec"]["newField"] = json!(1);
    let (world, _) = World::with_set(&set);
    assert_eq!(
        body(&world.plan().requests[0]),
        json!({
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": {
                "annotations": {"note": "kept"},
                "labels": {"app": "web", "own": "kept"},
                "name": "www-web-0",
                "namespace": "default",
            },
            "spec": {
                "accessModes": ["ReadWriteOnce"],
                "newField": 1,
                "resources": {"requests": {"storage": "1Gi"}},
                "volumeMode": "Filesystem",
            },
        })
    );
}

#[test]
fn a_claim_that_cannot_be_made_fails_its_pod() {
    let (mut world, _) = World::with_set(&web_with_claims());
    let requests = world.plan();
    let outcomes = [Outcome::Failed("quota exceeded".into()), Outcome::NotTried];
    let tail = world.cluster.finish(&key(), requests.id, &outcomes, 0);
    let said: Vec<_> = tail
        .events
        .iter()
        .map(|it| (it.kind, it.reason, &*it.message))
        .collect();
    assert_eq!(
        said,
        [
            (
                EventType::Warning,
                "FailedCreate",
                "Create Claim www-web-0 for Pod web-0 in StatefulSet web failed error: quota exceeded"
            ),
            (
                EventType::Warning,
                "FailedCreate",
                "Create Pod web-0 in StatefulSet web failed error: failed to create PVC www-web-0: quota exceeded"
            ),
        ]
    );
}

/// A settled set of one pod with a claim that has these owners.
fn settled(retention: [&str; 2], owners: &Value) -> World {
    let mut set = web_with_claims();
    set["spec"]["replicas"] = json!(1);
    set["spec"]["persistentVolumeClaimRetentionPolicy"] =
        json!({"whenDeleted": retention[0], "whenScaled": retention[1]});
    let (mut world, revision) = World::with_set(&set);
    let mut pod = pod("web-0", &revision);
    pod["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}}]);
    world.see(Kind::Pod, &pod);
    let mut claim = claim(0);
    claim["metadata"]["ownerReferences"] = owners.clone();
    claim["status"]["phase"] = json!("Bound");
    world.see(Kind::PersistentVolumeClaim, &claim);
    world
}

#[test]
fn owner_references_follow_the_retention_policy() {
    let ours = owner("StatefulSet", "web", "set-1");
    let mut plain = ours.clone();
    plain["controller"] = json!(false);
    let pods = owner("Pod", "web-0", "uid-of-web-0");
    let removal = |uid: &str| json!({"$patch": "delete", "uid": uid});
    for (retention, owners, expected) in [
        (["Retain", "Retain"], json!([]), None),
        (["Delete", "Retain"], json!([]), Some(json!([ours]))),
        (["Delete", "Retain"], json!([ours]), None),
        (["Delete", "Retain"], json!([plain]), Some(json!([ours]))),
        (
            ["Retain", "Retain"],
            json!([ours]),
            Some(json!([removal("set-1")])),
        ),
        (
            ["Delete", "Delete"],
            json!([pods]),
            Some(json!([removal("uid-of-web-0"), ours])),
        ),
        // A reference to an earlier namesake: hands off.
        (
            ["Delete", "Retain"],
            json!([owner("StatefulSet", "web", "set-0")]),
            None,
        ),
    ] {
        let world = settled(retention, &owners);
        let patch = world
            .plan()
            .requests
            .iter()
            .find(|it| it.path.ends_with("/www-web-0"))
            .map(|it| body(it)["metadata"].clone());
        let expected = expected.map(|references| {
            json!({"ownerReferences": references, "resourceVersion": "30", "uid": "claim-0"})
        });
        assert_eq!(patch, expected, "{retention:?} {owners}");
    }
}

#[test]
fn a_claim_that_another_controller_holds_is_reported() {
    let owners = json!([
        owner("Database", "db", "db-1"),
        {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web", "uid": "set-1"},
    ]);
    let mut world = settled(["Delete", "Retain"], &owners);
    let requests = world.plan();
    let patch = requests
        .requests
        .iter()
        .find(|it| it.path.ends_with("/www-web-0"));
    assert_eq!(
        patch.map(|it| body(it)["metadata"]["ownerReferences"].clone()),
        Some(json!([{"$patch": "delete", "uid": "set-1"}]))
    );
    let tail = world.finish(&requests, &done());
    assert_eq!(tail.events[0].reason, "ConflictingController");
}

#[test]
fn a_claim_is_bound_in_two_steps() {
    let (mut world, _) = World::with_profile(Profile::STANDALONE, &web_with_claims());
    world.cluster.begin_list(Kind::PersistentVolume);
    let volume = |name: &str, size: &str| {
        json!({
            "metadata": {"name": name, "uid": name, "resourceVersion": "40"},
            "spec": {"accessModes": ["ReadWriteOnce"], "capacity": {"storage": size}, "storageClassName": "standard"},
            "status": {"phase": "Available"},
        })
    };
    for (name, size) in [("big", "5Gi"), ("fits", "1Gi"), ("small", "512Mi")] {
        world.see(Kind::PersistentVolume, &volume(name, size));
    }
    world.cluster.end_list(Kind::PersistentVolume, "40");
    world.see(Kind::PersistentVolumeClaim, &claim(0));
    let requests = world.plan();
    let binding: Vec<_> = requests.requests.iter().filter(|it| it.duty).collect();
    assert_eq!(line(binding[0]), "PATCH persistentvolumes/fits");
    assert_eq!(
        body(binding[0]),
        json!({
            "metadata": {
                "annotations": {"pv.kubernetes.io/bound-by-controller": "yes"},
                "resourceVersion": "40",
                "uid": "fits",
            },
            "spec": {"claimRef": {
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": "www-web-0",
                "namespace": "default", "uid": "claim-0",
            }},
        })
    );
    assert_eq!(line(binding[1]), "PATCH persistentvolumeclaims/www-web-0");
    assert_eq!(
        body(binding[1]),
        json!({
            "metadata": {
                "annotations": {
                    "pv.kubernetes.io/bind-completed": "yes",
                    "pv.kubernetes.io/bound-by-controller": "yes",
                },
                "uid": "claim-0",
            },
            "spec": {"volumeName": "fits"},
        })
    );
    assert_eq!(
        (binding[0].chain, binding[0].stage),
        (binding[1].chain, binding[1].stage)
    );
    assert!(binding[0].step < binding[1].step);
    assert!(
        !requests.may_try(1, &[Outcome::Conflict]),
        "the volume went to another"
    );
    let after = requests
        .requests
        .iter()
        .position(|it| !it.duty)
        .expect("the pod");
    let mut outcomes = vec![Outcome::Conflict, Outcome::NotTried];
    outcomes.resize(after, done());
    assert!(
        requests.may_try(after, &outcomes),
        "a duty holds nothing up"
    );
}

#[test]
fn ordered_shutdown_holds_the_set_and_lets_it_go() {
    let mut set = web_with_claims();
    set["metadata"]["finalizers"] = json!(["example.com/other"]);
    let (mut world, revision) = World::with_profile(Profile::STANDALONE, &set);
    world.cluster.begin_list(Kind::PersistentVolume);
    world.cluster.end_list(Kind::PersistentVolume, "1");
    let hold = only(&world.plan(), Method::Patch);
    assert_eq!(
        hold["metadata"],
        json!({"finalizers": ["example.com/other", FINALIZER], "resourceVersion": "10", "uid": "set-1"})
    );
    let found = world
        .cluster
        .diagnose(&key(), &Evidence::new(), NOW, PATIENCE)
        .expect("a set");
    let held = &found.actions[0];
    assert_eq!((held.action, &*held.pods("web")), ("hold-finalizer", "web"));
    let written = serde_json::to_value(held).expect("JSON");
    assert_eq!((written.get("first"), written.get("last")), (None, None));
    set["metadata"]["finalizers"] = json!([FINALIZER, "example.com/other"]);
    set["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    world.see(Kind::Pod, &pod("web-0", &revision));
    world.see(Kind::Pod, &pod("web-1", &revision));
    assert_eq!(world.lines(), ["DELETE pods/web-1"]);
    for name in ["web-0", "web-1"] {
        world.cluster.remove(Kind::Pod, "default", name, "");
    }
    let release = only(&world.plan(), Method::Patch);
    assert_eq!(
        release["metadata"]["finalizers"],
        json!(["example.com/other"])
    );
    // The set may be gone afterwards, so there is nothing to publish a status on.
    let plan = world.plan();
    assert_eq!(world.finish(&plan, &done()).requests, []);
    let plan = world.plan();
    let refused = world.finish(&plan, &Outcome::Failed("no".into()));
    assert_eq!(refused.requests.len(), 1, "it is still there");
    // What empties a namespace takes the revision before the set, and refuses a new one.
    world
        .cluster
        .remove(Kind::ControllerRevision, "default", &revision, "");
    assert_eq!(world.lines(), ["PATCH /apis/apps/v1/statefulsets/web"]);
}

#[test]
fn pods_of_a_set_that_is_deleted_without_them_stay() {
    let mut set = web_with_claims();
    let (mut world, revision) = World::with_profile(Profile::STANDALONE, &set);
    world.see(Kind::Pod, &pod("web-0", &revision));
    set["metadata"]["finalizers"] = json!(["orphan", FINALIZER]);
    set["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    let lines = world.lines();
    assert!(!lines.iter().any(|line| line.contains("pods")), "{lines:?}");
}

/// A set that gives its claims up when it is deleted, and is being deleted; one claim is left, and no pod.
fn web_without_pods() -> (World, Value) {
    let mut set = web_with_claims();
    set["spec"]["persistentVolumeClaimRetentionPolicy"]["whenDeleted"] = json!("Delete");
    set["metadata"]["finalizers"] = json!([FINALIZER]);
    let mut world = World::new(Profile::STANDALONE);
    world.see(Kind::StatefulSet, &set);
    let revision = body(&world.plan().requests[0]);
    world.see(Kind::PersistentVolumeClaim, &claim(0));
    set["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    (world, revision)
}

#[test]
fn a_set_gives_its_claims_up_as_long_as_its_revision_is_its_own() {
    let (mut world, mut revision) = web_without_pods();
    revision["metadata"]["resourceVersion"] = json!("40");
    world.see(Kind::ControllerRevision, &revision);
    let requests = world.plan();
    let lines: Vec<_> = requests.requests.iter().map(line).collect();
    let name = revision["metadata"]["name"].as_str().expect("a name");
    assert_eq!(
        lines,
        [
            format!("PATCH /apis/apps/v1/controllerrevisions/{name}"),
            "DELETE persistentvolumeclaims/www-web-0".into(),
        ]
    );
    // The news of its having been let go of may be late.
    assert_eq!(
        body(&requests.requests[0]),
        json!({"metadata": {"uid": name, "resourceVersion": "40"}})
    );
    assert!(!requests.may_try(1, &[Outcome::Conflict]));
    assert!(!requests.may_try(1, &[Outcome::NotFound]));
}

#[test]
fn a_set_that_has_let_go_of_its_pods_leaves_them_their_claims() {
    let (mut world, mut revision) = web_without_pods();
    // The mark of a deletion that orphans goes as soon as pods and revisions have no owner any more.
    let owners = std::mem::replace(&mut revision["metadata"]["ownerReferences"], json!([]));
    world.see(Kind::ControllerRevision, &revision);
    assert_eq!(world.lines(), ["PATCH /apis/apps/v1/statefulsets/web"]);
    // One that it made since then, of another template, proves nothing.
    let mut newer = revision.clone();
    newer["metadata"]["name"] = json!("web-newer");
    newer["metadata"]["uid"] = json!("web-newer");
    newer["metadata"]["ownerReferences"] = owners;
    newer["data"]["spec"]["template"]["spec"]["containers"][0]["image"] = json!("another");
    newer["revision"] = json!(0);
    world.see(Kind::ControllerRevision, &newer);
    assert_eq!(world.lines(), ["PATCH /apis/apps/v1/statefulsets/web"]);
}

#[test]
fn a_pod_is_shut_down_only_as_it_was_seen() {
    let mut set = web_with_claims();
    set["metadata"]["finalizers"] = json!([FINALIZER]);
    let (mut world, revision) = World::with_profile(Profile::STANDALONE, &set);
    world.see(Kind::Pod, &pod("web-0", &revision));
    set["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    // The pod may have been let go of, to outlive the set, and the news of that may be late.
    let options = only(&world.plan(), Method::Delete);
    assert_eq!(
        options["preconditions"],
        json!({"uid": "uid-of-web-0", "resourceVersion": "20"})
    );
}
