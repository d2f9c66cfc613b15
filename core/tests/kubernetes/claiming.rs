//! Which pods a set takes, keeps and lets go of.

use serde_json::{Value, json};
use statefulset::Next;
use statefulset::kubernetes::{Kind, Outcome};

use crate::world::{World, body, done, owner, pod, web};

#[test]
fn pods_are_adopted_kept_released_or_left_alone() {
    let ours = json!([owner("StatefulSet", "web", "set-1")]);
    let former = json!([owner("StatefulSet", "web", "set-0")]);
    let foreign = json!([owner("ReplicaSet", "web", "rs-1")]);
    // name, matching labels, owners, terminating, set deleted: what is sent about the pod
    for (name, matches, owners, terminating, deleted, expected) in [
        ("web-0", true, &ours, false, false, ""),
        ("web-0", true, &ours, false, true, ""),
        ("web-0", false, &ours, false, false, "release"),
        ("web-0", false, &ours, true, false, "release"),
        ("web-0", false, &ours, false, true, ""),
        ("other-0", true, &ours, false, false, "release"),
        ("web-foo-0", true, &ours, false, false, "release"),
        ("web", true, &ours, false, false, "release"),
        ("web-0", true, &Value::Null, false, false, "adopt"),
        ("web-0", true, &Value::Null, true, false, ""),
        ("web-0", true, &Value::Null, false, true, ""),
        ("web-0", false, &Value::Null, false, false, ""),
        ("other-0", true, &Value::Null, false, false, ""),
        ("web-0", true, &former, false, false, ""),
        ("web-0", true, &foreign, false, false, ""),
    ] {
        let mut set = web();
        let (mut world, revision) = World::with_set(&set);
        let mut pod = pod("web-0", &revision);
        pod["metadata"]["name"] = json!(name);
        pod["metadata"]["ownerReferences"] = owners.clone();
        if !matches {
            pod["metadata"]["labels"]["app"] = json!("no");
        }
        if terminating {
            pod["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
        }
        if deleted {
            set["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
            set["metadata"]["resourceVersion"] = json!("11");
            world.see(Kind::StatefulSet, &set);
        }
        world.see(Kind::Pod, &pod);
        let patches: Vec<Value> = world
            .plan()
            .requests
            .iter()
            .filter(|it| it.path.ends_with(&format!("/{name}")))
            .map(body)
            .collect();
        let wanted = match expected {
            "adopt" => vec![json!({"metadata": {
                "ownerReferences": [owner("StatefulSet", "web", "set-1")],
                "uid": "uid-of-web-0",
            }})],
            "release" => vec![json!({"metadata": {
                "ownerReferences": [{"$patch": "delete", "uid": "set-1"}],
                "uid": "uid-of-web-0",
            }})],
            _ => vec![],
        };
        assert_eq!(
            patches, wanted,
            "{name}, matches {matches}, {owners}, terminating {terminating}, deleted {deleted}"
        );
    }
}

#[test]
fn an_adopted_pod_counts_in_the_same_plan() {
    let (mut world, revision) = World::with_set(&web());
    let mut orphan = pod("web-0", &revision);
    orphan["metadata"]["ownerReferences"] = json!([]);
    world.see(Kind::Pod, &orphan);
    let guard = "PATCH /apis/apps/v1/statefulsets/web";
    assert_eq!(world.lines(), [guard, "PATCH pods/web-0", "POST pods"]);
    let requests = world.plan();
    let sure = done();
    assert!(!requests.may_try(2, &[sure.clone(), Outcome::Conflict]));
    let gone = [sure, Outcome::NotFound, Outcome::NotTried];
    assert!(!requests.may_try(2, &gone[..2]), "it is gone");
    let key = crate::world::key();
    let tail = world.cluster.finish(&key, requests.id, &gone, 0);
    assert_eq!((tail.requests, tail.next), (vec![], Next::Retry));
}

#[test]
fn a_set_that_is_not_as_it_was_seen_adopts_nothing() {
    let (mut world, revision) = World::with_set(&web());
    let mut orphan = pod("web-0", &revision);
    orphan["metadata"]["ownerReferences"] = json!([]);
    world.see(Kind::Pod, &orphan);
    let requests = world.plan();
    let seen = json!({"metadata": {"uid": "set-1", "resourceVersion": "10"}});
    assert_eq!(body(&requests.requests[0]), seen, "changes nothing");
    for refused in [Outcome::Conflict, Outcome::NotFound] {
        assert!(!requests.may_try(1, &[refused]));
    }
}

#[test]
fn a_pod_that_is_gone_is_let_go_of() {
    let (mut world, revision) = World::with_set(&web());
    let mut stranger = pod("web-7", &revision);
    stranger["metadata"]["labels"]["app"] = json!("no");
    world.see(Kind::Pod, &stranger);
    let requests = world.plan();
    assert!(requests.may_try(1, &[Outcome::NotFound]));
    assert!(requests.may_try(1, &[Outcome::Invalid(String::new())]));
    assert!(!requests.may_try(1, &[Outcome::Conflict]));
    let tail = world.finish(&requests, &done());
    assert_eq!(tail.next, Next::Rest);
}

#[test]
fn a_pod_that_loses_its_owner_wakes_the_set() {
    let (mut world, revision) = World::with_set(&web());
    let mut stray = pod("other-0", &revision);
    world.see(Kind::Pod, &stray);
    assert!(world.is_due(), "it is to be let go of");
    let requests = world.plan();
    world.finish(&requests, &done());
    assert!(!world.is_due());
    stray["metadata"]["ownerReferences"] = json!([]);
    stray["metadata"]["resourceVersion"] = json!("21");
    world.see(Kind::Pod, &stray);
    assert!(world.is_due());
    assert!(!world.lines().iter().any(|line| line.contains("other-0")));
}
