//! Pods as they are built and told apart.

use serde_json::{Value, json};
use statefulset::kubernetes::{Kind, Method, Outcome};
use statefulset::{Gate, Gates};

use crate::world::{World, body, done, line, only, owner, pod, web, web_with_claims};

#[test]
fn a_pod_is_built_from_the_template() {
    let mut set = web_with_claims();
    let template = &mut set["spec"]["template"];
    template["metadata"]["annotations"] = json!({"note": "kept"});
    template["metadata"]["name"] = json!("dropped");
    template["metadata"]["labels"]["controller-revision-hash"] = json!("overridden");
    template["spec"] = json!({
        "containers": [{"name": "nginx", "image": "nginx", "newField": {"kept": true}}],
        "hostname": "overridden",
        "volumes": [{"name": "www", "emptyDir": {}}, {"name": "home", "emptyDir": {}}],
    });
    let (mut world, revision) = World::with_set(&set);
    world.see(Kind::PersistentVolumeClaim, &crate::world::claim(0));
    assert_eq!(
        only(&world.plan(), Method::Post),
        json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
                "annotations": {"note": "kept"},
                "generateName": "web-",
                "labels": {
                    "app": "web",
                    "apps.kubernetes.io/pod-index": "0",
                    "controller-revision-hash": revision,
                    "statefulset.kubernetes.io/pod-name": "web-0",
                },
                "name": "web-0",
                "namespace": "default",
                "ownerReferences": [owner("StatefulSet", "web", "set-1")],
            },
            "spec": {
                "containers": [{"name": "nginx", "image": "nginx", "newField": {"kept": true}}],
                "hostname": "web-0",
                "subdomain": "nginx",
                "volumes": [
                    {"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}},
                    {"name": "home", "emptyDir": {}},
                ],
            },
        })
    );
}

#[test]
fn the_first_plan_makes_revision_claim_and_pod_in_that_order() {
    let mut world = World::new(statefulset::Profile::UPSTREAM);
    world.see(Kind::StatefulSet, &web_with_claims());
    let requests = world.plan();
    let lines: Vec<_> = requests.requests.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "POST /apis/apps/v1/controllerrevisions",
            "POST persistentvolumeclaims",
            "POST pods",
        ]
    );
    let places: Vec<_> = requests
        .requests
        .iter()
        .map(|it| (it.stage, it.step))
        .collect();
    assert!(places.is_sorted() && places[0] < places[1] && places[1] < places[2]);
    let failed = Outcome::Failed("no".into());
    assert!(
        !requests.may_try(1, std::slice::from_ref(&failed)),
        "no revision"
    );
    assert!(!requests.may_try(2, &[done(), failed]), "no claim");
    assert!(requests.may_try(2, &[done(), done()]));
    assert!(!requests.may_try(2, &[done()]), "an outcome is missing");
    assert!(
        !requests.may_try(3, &[done(), done(), done()]),
        "no such request"
    );
    let tail = world.finish(&requests, &done());
    let messages: Vec<_> = tail.events.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "Create Claim www-web-0 Pod web-0 in StatefulSet web success",
            "Create Pod web-0 in StatefulSet web successful",
        ]
    );
}

#[test]
fn parallel_pods_are_made_together_and_scaled_in_from_the_top() {
    let mut set = web();
    set["spec"]["podManagementPolicy"] = json!("Parallel");
    let (mut world, revision) = World::with_set(&set);
    assert_eq!(world.lines(), ["POST pods"; 3]);
    for name in ["web-0", "web-2", "web-10"] {
        world.see(Kind::Pod, &pod(name, &revision));
    }
    set["spec"]["replicas"] = json!(1);
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    let requests = world.plan();
    let lines: Vec<_> = requests.requests.iter().map(line).collect();
    assert_eq!(lines, ["DELETE pods/web-10", "DELETE pods/web-2"]);
    assert_eq!(
        body(&requests.requests[0])["preconditions"],
        json!({"uid": "uid-of-web-10"})
    );
    let tail = world.finish(&requests, &Outcome::NotFound);
    let said = tail
        .events
        .iter()
        .map(|it| (it.reason, &*it.message))
        .next();
    let expected = "Delete Pod web-10 in StatefulSet web successful";
    assert_eq!(said, Some(("SuccessfulDelete", expected)), "gone is gone");
}

#[test]
fn a_pod_without_its_name_label_is_put_right() {
    let (mut world, revision) = World::with_set(&web());
    for ordinal in 0..3 {
        let mut pod = pod(&format!("web-{ordinal}"), &revision);
        if ordinal == 1 {
            let labels = &mut pod["metadata"]["labels"];
            labels["statefulset.kubernetes.io/pod-name"] = json!("other");
        }
        world.see(Kind::Pod, &pod);
    }
    assert_eq!(world.lines(), ["PATCH pods/web-1"]);
    let patch = only(&world.plan(), Method::Patch);
    assert_eq!(
        patch,
        json!({"metadata": {
            "labels": {
                "apps.kubernetes.io/pod-index": "1",
                "statefulset.kubernetes.io/pod-name": "web-1",
            },
            "uid": "uid-of-web-1",
        }})
    );
}

#[test]
fn names_with_dashes_belong_to_the_longest_set() {
    let (mut world, revision) = World::with_set(&web());
    let mut other = pod("web-foo-0", &revision);
    other["metadata"]["ownerReferences"] = json!([owner("StatefulSet", "web-foo", "set-2")]);
    world.see(Kind::Pod, &other);
    let mut orphan = pod("web-foo-1", &revision);
    orphan["metadata"]["ownerReferences"] = Value::Null;
    world.see(Kind::Pod, &orphan);
    assert_eq!(world.lines(), ["POST pods"], "neither is ours");
    assert_eq!(
        only(&world.plan(), Method::Post)["metadata"]["name"],
        "web-0"
    );
}

#[test]
fn a_name_with_a_leading_zero_is_the_same_ordinal_under_a_wrong_name() {
    let (mut world, revision) = World::with_set(&web());
    world.see(Kind::Pod, &pod("web-0", &revision));
    world.see(Kind::Pod, &pod("web-01", &revision));
    world.see(Kind::Pod, &pod("web-2", &revision));
    let lines = world.lines();
    assert_eq!(lines, ["PATCH pods/web-1"], "under the name it should have");
    // Beside the rightful pod it counts for nothing.
    world.see(Kind::Pod, &pod("web-1", &revision));
    assert_eq!(world.lines(), [""; 0]);
}

#[test]
fn a_taken_name_is_a_wait_and_not_an_error_for_ever() {
    let (mut world, revision) = World::with_set(&web());
    let mut squatter = pod("web-0", &revision);
    squatter["metadata"]["ownerReferences"] = json!([owner("ReplicaSet", "other", "rs-1")]);
    world.see(Kind::Pod, &squatter);
    let requests = world.plan();
    assert_eq!(requests.requests, []);
    let gates = Gates::of(Gate::NameTaken);
    let waits: Vec<_> = requests
        .waits
        .iter()
        .filter(|it| matches!(it.what, statefulset::Do::Wait(wait) if wait.gates == gates))
        .map(|it| it.ordinal)
        .collect();
    assert_eq!(waits, [0]);
    let text = world.cluster.explain(&crate::world::key(), 0);
    assert!(
        text.as_ref().is_ok_and(|it| it.contains("web-0")),
        "{text:?}"
    );
    world.finish(&requests, &done());
    assert!(!world.is_due());
    world.cluster.remove(Kind::Pod, "default", "web-0", "");
    assert!(world.is_due(), "the name is free");
    assert_eq!(world.lines(), ["POST pods"]);
}
