//! Pods that are changed where they run (rules U-9 to U-11, Y-12 and Y-13).

use statefulset::Gate;
use statefulset::kubernetes::{CHANGED_ANNOTATION, Method, Request};

use super::*;

/// The set, whose pods are all there, when its template has got something else in the place of what this pointer names.
fn changed(policies: &Value, pointer: &str, value: Value, see: impl Fn(&mut Value)) -> World {
    let set = asking(policies);
    let (mut world, before) = World::with_profile(ANNOTATED, &set);
    for ordinal in 0..3 {
        let mut pod = pod(&format!("web-{ordinal}"), &before);
        pod["metadata"]["generation"] = 1.into();
        pod["status"]["observedGeneration"] = 1.into();
        pod["status"]["containerStatuses"] =
            json!([{"name": "nginx", "restartCount": 4, "containerID": "containerd://1"}]);
        see(&mut pod);
        world.see(Kind::Pod, &pod);
    }
    let mut next = set;
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = next["spec"]["template"].pointer_mut(parent).unwrap();
    parent[field] = value;
    next["status"]["currentRevision"] = before.into();
    next["metadata"]["resourceVersion"] = "50".into();
    world.introduce(&next);
    world
}

const IMAGE: &str = "/spec/containers/0/image";

fn if_possible() -> Value {
    json!({"inPlace": "IfPossible"})
}

fn patches(world: &World) -> Vec<Request> {
    let requests = world.plan().requests.into_iter();
    requests
        .filter(|it| it.method == Method::Patch && it.path.contains("/pods/"))
        .collect()
}

#[test]
fn another_image_is_a_patch_of_the_pod_as_it_was_seen() {
    let world = changed(&if_possible(), IMAGE, json!("nginx:1.13"), |_| ());
    let [patch] = &patches(&world)[..] else {
        panic!("{:?}", world.lines());
    };
    assert!(patch.path.ends_with("/pods/web-2"), "{}", patch.path);
    assert_eq!(patch.content_type, "application/strategic-merge-patch+json");
    let patch = body(patch);
    assert_eq!(
        patch["spec"],
        json!({"containers": [{"name": "nginx", "image": "nginx:1.13"}]})
    );
    let metadata = &patch["metadata"];
    assert_eq!(metadata["uid"], pod("web-2", "")["metadata"]["uid"]);
    assert!(metadata["resourceVersion"].is_string());
    let labels = metadata["labels"].as_object().unwrap();
    assert_eq!(
        labels.keys().collect::<Vec<_>>(),
        ["controller-revision-hash"]
    );
    let note = metadata["annotations"][CHANGED_ANNOTATION].as_str();
    assert!(note.is_some_and(|it| it.ends_with("Z nginx=4")), "{note:?}");
    assert!(deleted(&world).is_empty());
}

#[test]
fn resources_go_through_the_subresource_first() {
    let resources = |cpu: &str| json!({"requests": {"cpu": cpu}});
    let set = |cpu: &str| {
        let mut set = asking(&if_possible());
        set["spec"]["template"]["spec"]["containers"][0]["resources"] = resources(cpu);
        set
    };
    let (mut world, before) = World::with_profile(ANNOTATED, &set("1"));
    for ordinal in 0..3 {
        world.see(Kind::Pod, &pod(&format!("web-{ordinal}"), &before));
    }
    let mut next = set("2");
    next["status"]["currentRevision"] = before.into();
    next["metadata"]["resourceVersion"] = "50".into();
    world.introduce(&next);
    let [resize, patch] = &patches(&world)[..] else {
        panic!("{:?}", world.lines());
    };
    assert!(
        resize.path.ends_with("/pods/web-2/resize"),
        "{}",
        resize.path
    );
    let containers = json!([{"name": "nginx", "resources": resources("2")}]);
    assert_eq!(body(resize)["spec"]["containers"], containers);
    assert!(body(resize)["metadata"]["resourceVersion"].is_string());
    assert!(resize.step < patch.step);
    // The first one has changed the pod.
    assert_eq!(body(patch)["metadata"].get("resourceVersion"), None);
    assert_eq!(body(patch).get("spec"), None);
}

#[test]
fn labels_are_written_at_once_and_leave_no_note() {
    let labels = json!({"app": "nginx", "tier": "front"});
    let world = changed(&if_possible(), "/metadata/labels", labels, |_| ());
    let patches = patches(&world);
    assert_eq!(patches.len(), 3);
    for patch in &patches {
        let metadata = &body(patch)["metadata"];
        assert_eq!(metadata["labels"]["tier"], "front");
        assert_eq!(metadata.get("annotations"), None);
    }
}

#[test]
fn whatever_else_differs_makes_the_pod_again() {
    let world = |policies: &Value| {
        changed(
            policies,
            "/spec/nodeSelector",
            json!({"disk": "fast"}),
            |_| (),
        )
    };
    assert_eq!(deleted(&world(&if_possible())), ["web-2"]);
    let only = world(&json!({"inPlace": "Only"}));
    assert!(
        only.plan()
            .requests
            .iter()
            .all(|it| it.method != Method::Delete)
    );
    let gates = only.plan().plan.waits().map(|(_, wait)| wait.gates).next();
    assert!(gates.is_some_and(|it| it.contains(Gate::NotInPlace)));
    // Without the policy nothing is changed where it runs, and what is written on pods means nothing.
    let note = |pod: &mut Value| {
        pod["metadata"]["annotations"][CHANGED_ANNOTATION] = "1970-01-01T00:00:01Z nginx=9".into();
    };
    let off = changed(&json!({}), IMAGE, json!("nginx:1.13"), |_| ());
    assert_eq!(deleted(&off), ["web-2"]);
    let upstream = {
        let set = web();
        let (mut world, revision) = World::with_profile(Profile::UPSTREAM, &set);
        for ordinal in 0..3 {
            let mut pod = pod(&format!("web-{ordinal}"), &revision);
            note(&mut pod);
            world.see(Kind::Pod, &pod);
        }
        world.plan()
    };
    assert_eq!(upstream.plan.waits().count(), 0);
}

/// Whether the pods wait for a change to be finished.
fn is_changing(see: impl Fn(&mut Value)) -> bool {
    let set = asking(&if_possible());
    let (mut world, revision) = World::with_profile(ANNOTATED, &set);
    for ordinal in 0..3 {
        let mut pod = pod(&format!("web-{ordinal}"), &revision);
        pod["metadata"]["annotations"][CHANGED_ANNOTATION] = "1970-01-01T00:00:01Z nginx=4".into();
        pod["metadata"]["generation"] = 2.into();
        pod["status"]["observedGeneration"] = 2.into();
        pod["status"]["containerStatuses"] =
            json!([{"name": "nginx", "restartCount": 5, "containerID": "containerd://2"}]);
        see(&mut pod);
        world.see(Kind::Pod, &pod);
    }
    let plan = world.plan().plan;
    let waits = plan.waits().map(|(_, wait)| wait.gates);
    let gates: Vec<_> = waits.collect();
    assert!(
        gates.iter().all(|it| it.contains(Gate::PodChanging)),
        "{gates:?}"
    );
    !gates.is_empty()
}

#[test]
fn a_change_is_finished_once_the_kubelet_has_done_it() {
    assert!(!is_changing(|_| ()));
    // The container runs as before.
    assert!(is_changing(|pod| {
        pod["status"]["containerStatuses"][0]["restartCount"] = 4.into();
    }));
    // It was started again for another reason, before the kubelet has looked.
    assert!(is_changing(
        |pod| pod["status"]["observedGeneration"] = 1.into()
    ));
    // Before 1.34 kubelets do not say how far they have looked.
    assert!(!is_changing(
        |pod| pod["status"]["observedGeneration"] = Value::Null
    ));
    for condition in ["PodResizePending", "PodResizeInProgress"] {
        assert!(is_changing(|pod| {
            let conditions = pod["status"]["conditions"].as_array_mut().unwrap();
            conditions.push(json!({"type": condition, "status": "True"}));
        }));
    }
    // A note that cannot be understood lets nothing go.
    assert!(is_changing(|pod| {
        pod["metadata"]["annotations"][CHANGED_ANNOTATION] = "soon".into();
    }));
}

#[test]
fn open_kruises_field_says_the_same() {
    let set = |policy: &str| {
        let mut set = web();
        set["spec"]["podManagementPolicy"] = "Parallel".into();
        set["spec"]["updateStrategy"] = json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 0, "podUpdatePolicy": policy}});
        set
    };
    for (policy, patched) in [
        ("ReCreate", 0),
        ("InPlaceIfPossible", 1),
        ("InPlaceOnly", 1),
    ] {
        let set = set(policy);
        let (mut world, before) = World::with_profile(Profile::KRUISE, &set);
        for ordinal in 0..3 {
            world.see(Kind::Pod, &pod(&format!("web-{ordinal}"), &before));
        }
        let mut next = set;
        next["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
        next["status"]["currentRevision"] = before.into();
        next["metadata"]["resourceVersion"] = "50".into();
        world.introduce(&next);
        assert_eq!(patches(&world).len(), patched, "{policy}");
        assert_eq!(deleted(&world).len(), 1 - patched, "{policy}");
    }
    let error = refused(&set("Sometimes"), Profile::KRUISE).to_string();
    assert!(
        error.contains("expected one of ReCreate, InPlaceIfPossible, InPlaceOnly"),
        "{error}"
    );
}
