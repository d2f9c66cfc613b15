//! Revisions: made, found again, renumbered, cut.

use serde_json::{Value, json};
use statefulset::Next;
use statefulset::kubernetes::{Kind, Method, Outcome};

use crate::world::{World, body, done, line, only, owner, pod, web};

/// The set with another image, as a later version of itself.
fn with_image(image: &str, version: u32, current: &str) -> Value {
    let mut set = web();
    set["spec"]["template"]["spec"]["containers"][0]["image"] = json!(image);
    set["metadata"]["resourceVersion"] = json!(version.to_string());
    set["metadata"]["generation"] = json!(version);
    set["status"] = json!({"replicas": 0, "availableReplicas": 0, "currentRevision": current});
    set
}

#[test]
fn a_revision_is_built_from_template_and_set() {
    let mut set = web();
    set["metadata"]["annotations"] = json!({"note": "kept"});
    let mut world = World::new(statefulset::Profile::UPSTREAM);
    world.see(Kind::StatefulSet, &set);
    let first = world.plan().requests.remove(0);
    assert_eq!(line(&first), "POST /apis/apps/v1/controllerrevisions");
    let revision = body(&first);
    let name = revision["metadata"]["name"].as_str().expect("a name");
    let mut template = set["spec"]["template"].clone();
    template["$patch"] = json!("replace");
    assert_eq!(
        revision,
        json!({
            "apiVersion": "apps/v1",
            "kind": "ControllerRevision",
            "metadata": {
                "annotations": {"note": "kept"},
                "labels": {"app": "web", "controller.kubernetes.io/hash": &name[4..]},
                "name": name,
                "namespace": "default",
                "ownerReferences": [owner("StatefulSet", "web", "set-1")],
            },
            "data": {"spec": {"template": template}},
            "revision": 1,
        })
    );
}

#[test]
fn a_rollback_finds_the_old_revision_and_makes_it_the_newest() {
    let (mut world, first) = World::with_set(&web());
    world.see(Kind::StatefulSet, &with_image("nginx:1.13", 11, &first));
    let second = body(&world.plan().requests[0]);
    assert_eq!(second["revision"], 2);
    let second_name = second["metadata"]["name"].as_str().expect("a name");
    world.see(Kind::ControllerRevision, &second);
    assert_eq!(world.lines(), ["POST pods"], "nothing new to make");

    world.see(
        Kind::StatefulSet,
        &with_image("nginx:1.12", 12, second_name),
    );
    let requests = world.plan();
    let path = format!("PATCH /apis/apps/v1/controllerrevisions/{first}");
    assert_eq!(world.lines(), [&*path, "POST pods"]);
    assert_eq!(
        only(&requests, Method::Patch),
        json!({"metadata": {"uid": first}, "revision": 3})
    );
    assert_eq!(
        only(&requests, Method::Post)["metadata"]["labels"]["controller-revision-hash"],
        json!(first)
    );
}

#[test]
fn pods_below_the_partition_are_made_from_the_old_template() {
    let (mut world, first) = World::with_set(&web());
    let mut set = with_image("nginx:1.13", 11, &first);
    set["spec"]["updateStrategy"]["rollingUpdate"]["partition"] = json!(1);
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    world.see(Kind::StatefulSet, &set);
    let requests = world.plan();
    let second = body(&requests.requests[0])["metadata"]["name"].clone();
    let made: Vec<_> = requests.requests[1..]
        .iter()
        .map(|request| {
            let pod = body(request);
            let image = pod["spec"]["containers"][0]["image"].clone();
            let revision = pod["metadata"]["labels"]["controller-revision-hash"].clone();
            (image, revision)
        })
        .collect();
    let old = (json!("nginx:1.12"), json!(first));
    let new = (json!("nginx:1.13"), second);
    assert_eq!(made, [old, new.clone(), new]);
}

#[test]
fn history_is_cut_to_its_limit_and_keeps_what_pods_use() {
    let mut set = web();
    set["spec"]["revisionHistoryLimit"] = json!(1);
    let (mut world, _) = World::with_set(&set);
    for number in 1..=4 {
        world.see(
            Kind::ControllerRevision,
            &json!({
                "metadata": {
                    "name": format!("web-old{number}"), "namespace": "default", "labels": {"app": "web"},
                    "ownerReferences": [owner("StatefulSet", "web", "set-1")],
                },
                "data": {"spec": {"template": {"spec": {"containers": [], "nodeName": number.to_string()}}}},
                "revision": -number,
            }),
        );
    }
    world.see(Kind::Pod, &pod("web-0", "web-old3"));
    let requests = world.plan();
    let tail = world.finish(&requests, &done());
    let lines: Vec<_> = tail.requests.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "PATCH /apis/apps/v1/statefulsets/web/status",
            "DELETE /apis/apps/v1/controllerrevisions/web-old4",
            "DELETE /apis/apps/v1/controllerrevisions/web-old2",
        ]
    );
    set["spec"]["revisionHistoryLimit"] = json!(-1);
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    let requests = world.plan();
    let tail = world.finish(&requests, &done());
    assert_eq!(tail.requests.len(), 1, "a negative limit keeps everything");
}

#[test]
fn a_name_with_other_data_is_avoided() {
    let (mut world, name) = World::with_set(&web());
    world
        .cluster
        .remove(Kind::ControllerRevision, "default", &name, "");
    world.see(
        Kind::ControllerRevision,
        &json!({
            "metadata": {"name": name, "namespace": "default", "labels": {"other": "set"}},
            "data": {"spec": {"template": {"spec": {"containers": []}}}},
            "revision": 1,
        }),
    );
    let requests = world.plan();
    let other = body(&requests.requests[0])["metadata"]["name"].clone();
    assert_ne!(other, json!(name));
    let tail = world.finish(&requests, &done());
    assert_eq!(body(&tail.requests[0])["status"]["collisionCount"], 1);
}

#[test]
fn without_its_revision_nothing_else_is_done_or_published() {
    let mut world = World::new(statefulset::Profile::UPSTREAM);
    world.see(Kind::StatefulSet, &web());
    let requests = world.plan();
    let mut outcomes = vec![Outcome::NotTried; requests.requests.len()];
    outcomes[0] = Outcome::Failed("boom".into());
    let key = crate::world::key();
    let tail = world.cluster.finish(&key, requests.id, &outcomes, 1000);
    assert_eq!((tail.requests, tail.next), (vec![], Next::Retry));
    assert_eq!(tail.events, []);
    let due = world.cluster.due(1000);
    assert_eq!((due.sets, due.next), (vec![], Some(1005)), "a pause");
    assert_eq!(world.cluster.due(1005).sets, [key]);
}

#[test]
fn an_orphan_revision_is_adopted() {
    let (mut world, name) = World::with_set(&web());
    world
        .cluster
        .remove(Kind::ControllerRevision, "default", &name, "");
    let mut set = web();
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    let mut orphan = body(&world.plan().requests[0]);
    orphan["metadata"]["ownerReferences"] = Value::Null;
    world.see(Kind::ControllerRevision, &orphan);
    let guard = "PATCH /apis/apps/v1/statefulsets/web";
    let path = format!("PATCH /apis/apps/v1/controllerrevisions/{name}");
    assert_eq!(world.lines(), [guard, &*path, "POST pods"]);
}
