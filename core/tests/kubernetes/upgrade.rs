//! What an upgrade of the control plane would do, told before it is done.

use serde_json::{Value, json};
use statefulset::kubernetes::{Cluster, Effect, Kind, Outcome, Upgrade};
use statefulset::{Profile, Version};

use crate::world::{NOW, World, key, pod, web};

/// A set as a cluster of this version holds it: its revision, and pods at it.
fn running(version: Version, set: &Value) -> Vec<(Kind, Value)> {
    let mut world = World::new(Profile::upstream(version));
    let (name, revision) = world.revision_of(set);
    let mut set = set.clone();
    set["status"] = json!({
        "replicas": 3, "currentRevision": name, "updateRevision": name, "collisionCount": 0, "availableReplicas": 3,
    });
    let pods = (0..3).map(|ordinal| (Kind::Pod, pod(&format!("web-{ordinal}"), &name)));
    [
        (Kind::StatefulSet, set),
        (Kind::ControllerRevision, revision),
    ]
    .into_iter()
    .chain(pods)
    .collect()
}

fn upgrade(objects: &[(Kind, Value)], from: Version, to: Version) -> Upgrade {
    let told = show(objects).upgrade(&key(), from, to, NOW);
    told.expect("a good set")
}

/// Whatever the cluster decides by itself, it says what the versions would.
fn show(objects: &[(Kind, Value)]) -> Cluster {
    let mut world = World::new(Profile::UPSTREAM);
    for (kind, object) in objects {
        world.see(*kind, object);
    }
    world.cluster
}

/// kubernetes/kubernetes#134773: 1.34.0 restarted every set of a cluster before it.
#[test]
fn the_restart_of_every_set_by_1_34_0_is_told() {
    let objects = running(Version::V1_33, &web());
    let told = upgrade(&objects, Version::V1_33, Version::V1_34_0);
    assert_eq!(
        told.to_string(),
        "default/web: web-0 to web-2 would be replaced, though nobody changes the set, because of what 1.34.0 changed: the text of a \
         revision no longer has \"creationTimestamp\":null, so each set gets a new revision [K-11]\n\
         default/web: web-2 would be created or deleted at once, because of what 1.34.0 changed: the text of a revision no longer has \
         \"creationTimestamp\":null, so each set gets a new revision [K-11]"
    );
    // What compares meaning leaves it alone, whatever lies between.
    for to in [
        Version::V1_34,
        Version::V1_36,
        Version::V1_37,
        Version::V1_38,
    ] {
        let told = upgrade(&objects, Version::V1_33, to);
        assert_eq!(told.to_string(), "", "{to}");
    }
    // And back again: the set's revision is the new text, which 1.33 does not know.
    let objects = running(Version::V1_37, &web());
    let told = upgrade(&objects, Version::V1_37, Version::V1_33);
    assert_eq!(told.changes[0].effect, Effect::Restarts);
    assert_eq!(told.changes[0].pods, [0, 1, 2]);
    assert_eq!(told.changes[0].version, Version::V1_34_0);
}

/// kubernetes/kubernetes#137409: 1.35.0 never repaired a `Parallel` set whose pods are all broken.
#[test]
fn the_stuck_sets_of_1_35_0_are_told() {
    let mut old = web();
    old["spec"]["podManagementPolicy"] = "Parallel".into();
    let mut objects = running(Version::V1_34, &old);
    for (kind, object) in &mut objects {
        if *kind == Kind::Pod {
            object["status"]["conditions"] = json!([]);
        }
    }
    // Somebody corrects the image.
    let set = &mut objects[0].1;
    set["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
    let told = upgrade(&objects, Version::V1_34, Version::V1_35_0);
    assert_eq!(
        told.to_string(),
        "default/web: web-2 would no longer be created or deleted now, because of what 1.35.0 changed: maxUnavailable is followed, and \
         pods that are broken count against it [U-4]"
    );
    let told = upgrade(&objects, Version::V1_35_0, Version::V1_37);
    let begins = told.changes.iter().map(|it| (it.version, &*it.pods));
    assert_eq!(
        begins.collect::<Vec<_>>(),
        [(Version::V1_35, &[2][..]), (Version::V1_37, &[0, 1][..])]
    );
    assert!(told.changes.iter().all(|it| it.effect == Effect::Begins));
}

#[test]
fn what_cannot_be_said_is_an_error() {
    let ask = |cluster: &Cluster| cluster.upgrade(&key(), Version::V1_33, Version::V1_37, NOW);
    let error = ask(&show(&[])).expect_err("no set").to_string();
    assert_eq!(error, "StatefulSet default/web: .: there is no such set");
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    let set = web().to_string();
    cluster
        .apply(Kind::StatefulSet, set.as_bytes())
        .expect("a good set");
    for kind in [Kind::Pod, Kind::ControllerRevision] {
        let error = ask(&cluster).expect_err("nothing is known").to_string();
        let problem = "have never been listed, and without them nothing can be said of an upgrade";
        let expected = format!("StatefulSet default/web: .: {} {problem}", kind.resource());
        assert_eq!(error, expected);
        cluster.begin_list(kind);
        cluster.end_list(kind, "1");
    }
    assert!(ask(&cluster).is_ok());
}

/// Who has just created a pod waits until it is seen. Whoever takes over has created none.
#[test]
fn own_writes_are_not_waited_for() {
    let mut world = World::new(Profile::UPSTREAM);
    let mut set = web();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    world.see(Kind::StatefulSet, &set);
    let plan = world.plan();
    let unseen = Outcome::Done {
        resource_version: "999".into(),
    };
    world.finish(&plan, &unseen);
    assert!(world.plan().requests.is_empty());
    let told = world
        .cluster
        .upgrade(&key(), Version::V1_33, Version::V1_37, NOW);
    assert_eq!(told.expect("a good set").to_string(), "");
}

#[test]
fn as_json_it_has_names() {
    let objects = running(Version::V1_33, &web());
    let told = upgrade(&objects, Version::V1_33, Version::V1_34_0);
    let told = serde_json::to_value(&told).expect("names and numbers");
    assert_eq!(
        (&told["namespace"], &told["name"]),
        (&json!("default"), &json!("web"))
    );
    assert_eq!(
        told["changes"][0],
        json!({
            "effect": "restarts",
            "pods": [0, 1, 2],
            "version": "1.34.0",
            "cause": "the text of a revision no longer has \"creationTimestamp\":null, so each set gets a new revision",
            "rule": "K-11",
        })
    );
}
