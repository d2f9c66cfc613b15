//! What an upgrade of the control plane would do, told before it is done.

use serde_json::{Value, json};
use statefulset::kubernetes::{Cluster, Effect, Kind, Upgrade};
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
    Upgrade::of(&key(), from, to, NOW, |version| show(version, objects)).expect("a good set")
}

fn show(version: Version, objects: &[(Kind, Value)]) -> Cluster {
    let mut world = World::new(Profile::upstream(version));
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
         \"creationTimestamp\":null, so each set gets a new revision [K-11]\n"
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
         pods that are broken count against it [U-4]\n"
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
fn without_a_set_there_is_an_error() {
    let found = Upgrade::of(&key(), Version::V1_33, Version::V1_37, NOW, |version| {
        show(version, &[])
    });
    let error = found.expect_err("no set").to_string();
    assert_eq!(error, "StatefulSet default/web: .: there is no such set");
}
