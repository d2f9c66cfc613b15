//! What the comparison with the real controller corrected (rules K-1 to K-8).

use serde_json::{Value, json};
use statefulset::kubernetes::{Kind, Outcome, Requests, Tail};
use statefulset::{Next, Profile, Version};

use crate::world::{NOW, World, body, claim, done, key, owner, pod, web, web_with_claims};

/// Outcomes of a plan's requests: `refused` for those whose path ends so, done for the others that may be tried.
fn finish(world: &mut World, requests: &Requests, refused: &[(&str, Outcome)]) -> Tail {
    let mut outcomes = Vec::new();
    for (place, request) in requests.requests.iter().enumerate() {
        let fate = refused.iter().find(|(end, _)| request.path.ends_with(end));
        outcomes.push(match fate {
            _ if !requests.may_try(place, &outcomes) => Outcome::NotTried,
            Some((_, outcome)) => outcome.clone(),
            None => done(),
        });
    }
    world.cluster.finish(&key(), requests.id, &outcomes, NOW)
}

fn said(tail: &Tail) -> Vec<&str> {
    tail.events.iter().map(|it| it.message.as_str()).collect()
}

fn with_policy(deleted: &str, scaled: &str) -> Value {
    let mut set = web_with_claims();
    set["spec"]["replicas"] = json!(1);
    set["spec"]["persistentVolumeClaimRetentionPolicy"] =
        json!({"whenDeleted": deleted, "whenScaled": scaled});
    set
}

fn with_claim(name: &str, revision: &str) -> Value {
    let mut pod = pod(name, revision);
    let claim = format!("www-{name}");
    pod["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": claim}}]);
    pod
}

/// K-1
#[test]
fn a_revision_that_lacks_defaults_is_the_same_revision() {
    let (mut world, name) = World::with_set(&web());
    world
        .cluster
        .remove(Kind::ControllerRevision, "default", &name, "");
    world.see(Kind::ControllerRevision, &without_defaults());
    let requests = world.plan().requests;
    assert_eq!(requests.len(), 1, "nothing but the pod is made");
    let pod = body(&requests[0]);
    assert_eq!(
        pod["metadata"]["labels"]["controller-revision-hash"],
        "web-old"
    );
    assert_eq!(
        pod["spec"]["dnsPolicy"],
        Value::Null,
        "made from the revision's own words"
    );
}

/// K-1
#[test]
fn without_its_gate_a_revision_that_lacks_defaults_is_another_revision() {
    let profile = Profile {
        semantic_revisions: false,
        ..Profile::UPSTREAM
    };
    let mut world = World::new(profile);
    world.see(Kind::StatefulSet, &web());
    world.see(Kind::ControllerRevision, &without_defaults());
    let requests = world.plan().requests;
    let made = body(&requests[0]);
    assert_eq!(made["kind"], "ControllerRevision");
    assert_eq!(made["revision"], 2);
    assert_eq!(
        body(&requests[1])["metadata"]["labels"]["controller-revision-hash"],
        made["metadata"]["name"]
    );
}

/// K-1
#[test]
fn the_older_name_of_the_service_account_became_a_default_with_1_37() {
    let mut revision = without_defaults();
    revision["data"]["spec"]["template"]["spec"]["serviceAccountName"] = json!("robot");
    for (kubernetes, same) in [(Version::V1_36, false), (Version::V1_37, true)] {
        let mut world = World::new(Profile::upstream(kubernetes));
        let mut set = web();
        for name in ["serviceAccountName", "serviceAccount"] {
            set["spec"]["template"]["spec"][name] = json!("robot");
        }
        world.see(Kind::StatefulSet, &set);
        world.see(Kind::ControllerRevision, &revision);
        let made = body(&world.plan().requests[0]);
        assert_eq!(made["kind"] == "Pod", same, "{kubernetes}");
    }
}

/// A revision of [`web`]'s template, as it was before the API filled its defaults in.
fn without_defaults() -> Value {
    let template = json!({
        "$patch": "replace",
        "metadata": {"creationTimestamp": null, "labels": {"app": "web"}},
        "spec": {"containers": [{"name": "nginx", "image": "nginx:1.12"}]},
    });
    json!({
        "metadata": {
            "name": "web-old", "namespace": "default", "labels": {"app": "web"},
            "ownerReferences": [owner("StatefulSet", "web", "set-1")],
        },
        "data": {"spec": {"template": template}},
        "revision": 1,
    })
}

/// K-2
#[test]
fn after_a_collision_the_label_keeps_the_hash_that_was_tried_first() {
    let (mut world, name) = World::with_set(&web());
    world
        .cluster
        .remove(Kind::ControllerRevision, "default", &name, "");
    let taken = json!({
        "metadata": {"name": name, "namespace": "default", "labels": {"other": "set"}},
        "data": {"spec": {"template": {"spec": {"containers": []}}}},
        "revision": 1,
    });
    world.see(Kind::ControllerRevision, &taken);
    let made = body(&world.plan().requests[0]);
    assert_ne!(made["metadata"]["name"], json!(name));
    let label = &made["metadata"]["labels"]["controller.kubernetes.io/hash"];
    assert_eq!(*label, json!(name["web-".len()..]));
}

/// K-3
#[test]
fn letting_go_does_not_depend_on_the_set_that_adopts() {
    let (mut world, revision) = World::with_set(&web());
    let mut orphan = pod("web-0", &revision);
    orphan["metadata"]["ownerReferences"] = json!([]);
    world.see(Kind::Pod, &orphan);
    let mut stray = pod("web-1", &revision);
    stray["metadata"]["labels"]["app"] = json!("other");
    world.see(Kind::Pod, &stray);
    let requests = world.plan();
    let gone = [("statefulsets/web", Outcome::Conflict)];
    let mut outcomes = Vec::new();
    for (place, request) in requests.requests.iter().enumerate() {
        let may = requests.may_try(place, &outcomes);
        assert_eq!(
            may,
            place == 0 || request.path.ends_with("pods/web-1"),
            "{}",
            request.path
        );
        outcomes.push(
            match gone.iter().find(|(end, _)| request.path.ends_with(end)) {
                Some((_, outcome)) => outcome.clone(),
                None if may => done(),
                None => Outcome::NotTried,
            },
        );
    }
}

/// K-3
#[test]
fn a_deleted_set_with_an_orphaned_revision_goes_no_further() {
    let mut set = web();
    set["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
    set["metadata"]["finalizers"] = json!(["foregroundDeletion"]);
    for (profile, next) in [
        (Profile::UPSTREAM, Next::Retry),
        (Profile::STANDALONE, Next::Rest),
    ] {
        let (mut world, name) = World::with_profile(profile, &set);
        let orphan = json!({
            "metadata": {"name": name, "namespace": "default", "labels": {"app": "web"}, "resourceVersion": "900"},
            "data": {"spec": {"template": set["spec"]["template"]}},
            "revision": 1,
        });
        world
            .cluster
            .remove(Kind::ControllerRevision, "default", &name, "");
        world.see(Kind::ControllerRevision, &orphan);
        let requests = world.plan();
        let tail = finish(&mut world, &requests, &[]);
        assert_eq!(tail.next, next);
        assert_eq!(tail.requests.is_empty(), profile == Profile::UPSTREAM);
    }
}

/// K-4
#[test]
fn a_new_owner_comes_after_the_others() {
    let (mut world, revision) = World::with_set(&with_policy("Delete", "Retain"));
    world.see(Kind::Pod, &with_claim("web-0", &revision));
    let mut held = claim(0);
    held["metadata"]["ownerReferences"] =
        json!([{"apiVersion": "v1", "kind": "Keeper", "name": "k", "uid": "keeper"}]);
    world.see(Kind::PersistentVolumeClaim, &held);
    let patch = body(&world.plan().requests[0]);
    let order = &patch["metadata"]["$setElementOrder/ownerReferences"];
    assert_eq!(*order, json!([{"uid": "keeper"}, {"uid": "set-1"}]));
}

/// K-4
#[test]
fn an_owner_that_needs_no_control_stays_where_it_is() {
    let owner = |version: &str, kind: &str, name: &str, uid: &str| json!({"apiVersion": version, "kind": kind, "name": name, "uid": uid});
    let mut held = claim(0);
    held["metadata"]["ownerReferences"] = json!([
        owner("apps/v1", "StatefulSet", "web", "set-1"),
        owner("v1", "Pod", "web-0", "uid-of-web-0"),
        owner("v1", "Keeper", "k", "keeper"),
    ]);
    for (kubernetes, expected) in [
        (Version::V1_28_4, ["set-1", "keeper"]),
        (Version::V1_28, ["keeper", "set-1"]),
    ] {
        let mut world = World::new(Profile::upstream(kubernetes));
        world.see(Kind::StatefulSet, &with_policy("Delete", "Retain"));
        world.see(Kind::Pod, &with_claim("web-0", "old"));
        world.see(Kind::PersistentVolumeClaim, &held);
        let requests = world.plan().requests;
        let patch = requests.iter().find(|it| it.path.ends_with("/www-web-0"));
        let order = &body(patch.expect("a patch"))["metadata"]["$setElementOrder/ownerReferences"];
        assert_eq!(
            *order,
            json!(expected.map(|uid| json!({"uid": uid}))),
            "{kubernetes}"
        );
    }
}

/// K-4
#[test]
fn a_volume_of_the_claims_name_keeps_nothing_of_its_own() {
    let mut set = web_with_claims();
    set["spec"]["replicas"] = json!(1);
    let (mut world, revision) = World::with_set(&set);
    world.see(Kind::PersistentVolumeClaim, &claim(0));
    let mut other = pod("web-0", &revision);
    other["spec"]["volumes"] = json!([{"name": "www", "emptyDir": {}}]);
    world.see(Kind::Pod, &other);
    let patch = body(&world.plan().requests[0]);
    let kept = &patch["spec"]["volumes"][0]["$retainKeys"];
    assert_eq!(*kept, json!(["name", "persistentVolumeClaim"]));
}

/// K-4
#[test]
fn a_condemned_pod_with_an_odd_name_is_named_by_it() {
    let (mut world, revision) = World::with_set(&with_policy("Retain", "Delete"));
    let ready = with_claim("web-0", &revision);
    world.see(Kind::Pod, &ready);
    let mut odd = pod("web-01", &revision);
    odd["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-1"}}]);
    world.see(Kind::Pod, &odd);
    world.see(Kind::PersistentVolumeClaim, &claim(0));
    world.see(Kind::PersistentVolumeClaim, &claim(1));
    let owners = |world: &World| {
        let requests = world.plan().requests;
        let patch = requests.iter().find(|it| it.path.ends_with("/www-web-1"));
        patch.map(|it| body(it)["metadata"]["ownerReferences"].clone())
    };
    let wanted = json!([owner("Pod", "web-01", "uid-of-web-01")]);
    assert_eq!(owners(&world), Some(wanted.clone()));
    let mut held = claim(1);
    held["metadata"]["ownerReferences"] = wanted;
    held["metadata"]["resourceVersion"] = json!("31");
    world.see(Kind::PersistentVolumeClaim, &held);
    assert_eq!(owners(&world), None, "once");
}

/// C-3
#[test]
fn all_claims_are_tried_even_if_one_is_there_already() {
    let mut set = web_with_claims();
    let templates = set["spec"]["volumeClaimTemplates"].as_array_mut();
    let mut second = templates.as_ref().expect("a list")[0].clone();
    second["metadata"]["name"] = json!("log");
    templates.expect("a list").push(second);
    let (world, _) = World::with_set(&set);
    let requests = world.plan();
    assert!(
        requests.may_try(1, &[Outcome::AlreadyExists]),
        "the other claim"
    );
    assert!(
        !requests.may_try(2, &[Outcome::AlreadyExists, done()]),
        "the pod"
    );
}

/// K-5
#[test]
fn an_owner_that_cannot_be_put_right_is_told_of_in_the_place_of_the_creation() {
    let (mut world, _) = World::with_set(&with_policy("Delete", "Retain"));
    world.see(Kind::PersistentVolumeClaim, &claim(0));
    let requests = world.plan();
    let refused = [("/www-web-0", Outcome::Failed("no".into()))];
    let tail = finish(&mut world, &requests, &refused);
    let expected = "Update Pod web-0 in StatefulSet web failed error: could not update claim www-web-0 for delete policy ownerRefs: no";
    assert_eq!(said(&tail), [expected]);
}

/// K-5
#[test]
fn nothing_is_said_of_the_claims_of_a_pod_that_leaves() {
    let (mut world, revision) = World::with_set(&with_policy("Retain", "Delete"));
    for (ordinal, name) in [(0, "web-0"), (1, "web-1")] {
        world.see(Kind::Pod, &with_claim(name, &revision));
        world.see(Kind::PersistentVolumeClaim, &claim(ordinal));
    }
    let requests = world.plan();
    let refused = [("/www-web-1", Outcome::Conflict)];
    let tail = finish(&mut world, &requests, &refused);
    assert_eq!((said(&tail), tail.next), (vec![], Next::Retry));
}

/// K-5
#[test]
fn a_pending_pod_says_only_which_claim_could_not_be_made() {
    let mut set = web_with_claims();
    set["spec"]["replicas"] = json!(1);
    let (mut world, revision) = World::with_set(&set);
    let mut pending = with_claim("web-0", &revision);
    pending["status"] = json!({"phase": "Pending"});
    world.see(Kind::Pod, &pending);
    let requests = world.plan();
    let tail = finish(&mut world, &requests, &[("claims", Outcome::NotFound)]);
    let expected = "Create Claim www-web-0 for Pod web-0 in StatefulSet web failed error: namespaces \"default\" not found";
    assert_eq!(said(&tail), [expected]);
}

/// K-5
#[test]
fn a_claim_of_an_earlier_set_is_told_of_when_its_pod_is_made() {
    for (policy, expected) in [("Retain", 1), ("Delete", 2)] {
        let (mut world, _) = World::with_set(&with_policy(policy, "Retain"));
        let mut stale = claim(0);
        stale["metadata"]["ownerReferences"] = json!([owner("StatefulSet", "web", "set-0")]);
        world.see(Kind::PersistentVolumeClaim, &stale);
        let requests = world.plan();
        let tail = finish(&mut world, &requests, &[]);
        assert_eq!(tail.events.len(), expected, "{:?}", said(&tail));
    }
}

/// K-5
#[test]
fn a_strategy_behind_a_closed_gate_is_told_of() {
    let mut set = web();
    set["spec"]["updateStrategy"] = json!({"type": "Recreate"});
    let (mut world, _) = World::with_set(&set);
    let requests = world.plan();
    let tail = finish(&mut world, &requests, &[]);
    let expected = "statefulset default/web uses Recreate strategy but feature gate StatefulSetRecreateStrategy is disabled";
    assert_eq!(
        (said(&tail), tail.events[0].reason),
        (vec![expected], "UnknownStrategy")
    );
}

/// K-6
#[test]
fn the_history_is_cut_even_if_the_status_was_refused() {
    let mut set = web();
    set["spec"]["revisionHistoryLimit"] = json!(0);
    let (mut world, _) = World::with_set(&set);
    let dead = json!({
        "metadata": {
            "name": "web-dead", "namespace": "default", "labels": {"app": "web"},
            "ownerReferences": [owner("StatefulSet", "web", "set-1")],
        },
        "data": {"spec": {"template": {"spec": {"containers": []}}}},
        "revision": 0,
    });
    world.see(Kind::ControllerRevision, &dead);
    let requests = world.plan();
    let tail = finish(&mut world, &requests, &[]);
    let cuts: Vec<_> = tail.requests.iter().map(|it| it.duty).collect();
    assert_eq!(cuts, [true, false], "the status, and a revision");
    assert!(
        !tail.requests[1].succeeded(&Outcome::NotFound),
        "somebody else cuts it, too"
    );
    let refused = [Outcome::Failed("no".into())];
    assert!(world.cluster.may_try(&key(), requests.id, 1, &refused));
}

/// K-7
#[test]
fn an_update_that_is_completed_at_once_has_a_transition_of_its_own() {
    let mut profile = Profile::UPSTREAM;
    profile.recreate = true;
    let mut set = web();
    set["spec"]["replicas"] = json!(1);
    set["spec"]["updateStrategy"] = json!({"type": "Recreate"});
    let (mut world, first) = World::with_profile(profile, &set);
    set["spec"]["template"]["spec"]["containers"][0]["image"] = json!("nginx:1.13");
    set["metadata"]["resourceVersion"] = json!("11");
    set["status"] = json!({
        "replicas": 1, "availableReplicas": 1, "currentRevision": first,
        "conditions": [{
            "type": "Progressing", "status": "False", "reason": "RecreateCompleted",
            "message": "All pods recreated successfully", "lastTransitionTime": "2020-01-01T00:00:00Z",
        }],
    });
    world.see(Kind::StatefulSet, &set);
    let second = body(&world.plan().requests[0]);
    world.see(Kind::ControllerRevision, &second);
    let name = second["metadata"]["name"].as_str().expect("a name");
    world.see(Kind::Pod, &pod("web-0", name));
    let requests = world.plan();
    let tail = finish(&mut world, &requests, &[]);
    let condition = &body(&tail.requests[0])["status"]["conditions"][0];
    assert_eq!(condition["reason"], "RecreateCompleted");
    assert_ne!(condition["lastTransitionTime"], "2020-01-01T00:00:00Z");
}
