//! Objects that are old, broken, or gone.

use serde_json::json;
use statefulset::kubernetes::{Cluster, Key, Kind, Outcome};
use statefulset::{Gate, Gates, Profile};

use crate::world::{NOW, World, done, key, pod, web, web_with_claims};

#[test]
fn a_broken_object_is_named_with_the_place_of_the_mistake() {
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    for (kind, json, expected) in [
        (
            Kind::Pod,
            r#"{"metadata":{"namespace":"default","name":"web-0"},"spec":{"volumes":[{"name":1}]}}"#,
            "Pod default/web-0: spec.volumes[0].name: invalid type: integer `1`, expected a string",
        ),
        (
            Kind::Pod,
            r#"{"metadata":{"namespace":"default","name":"web-0"},"spec":{},"status":{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"soon"}]}}"#,
            "Pod default/web-0: status.conditions[0].lastTransitionTime: ",
        ),
        (
            Kind::Pod,
            r#"{"metadata":{"namespace":"default","name":"web-0"},"spec":{},"status":{"phase":"Sleeping"}}"#,
            "Pod default/web-0: status.phase: unknown variant `Sleeping`",
        ),
        (
            Kind::StatefulSet,
            r#"{"metadata":{"namespace":"default","name":"web","uid":"1"},"spec":{"replicas":"3"}}"#,
            "StatefulSet default/web: spec.replicas: invalid type: string \"3\", expected u32",
        ),
        (
            Kind::StatefulSet,
            r#"{"metadata":{"namespace":"default","name":"web","uid":"1"},"spec":{"replicas":1}}"#,
            "StatefulSet default/web: spec: missing field `selector`",
        ),
        (
            Kind::PersistentVolumeClaim,
            r#"{"metadata":{"namespace":"default","name":"www-web-0"},"spec":{"resources":{"requests":{"storage":"much"}}}}"#,
            "PersistentVolumeClaim default/www-web-0: spec.resources.requests.storage: expected a quantity such as 1Gi, found \"much\"",
        ),
        (
            Kind::ControllerRevision,
            r#"{"metadata":{"namespace":"default","name":"web-1"},"revision":1,"data":{"spec":{"template":[]}}}"#,
            "ControllerRevision default/web-1: data.spec.template: expected a pod template",
        ),
        (
            Kind::Node,
            r#"{"metadata":{}}"#,
            "Node (no name): metadata: missing field `name`",
        ),
        (Kind::Node, "{", "Node (no name): "),
        (Kind::Pod, "[]", "Pod (no name): "),
    ] {
        let error = cluster.apply(kind, json.as_bytes()).expect_err(json);
        assert!(
            error.to_string().starts_with(expected),
            "{error}\n{expected}"
        );
    }
}

/// A manifest as people write it names the call that completes it, whichever of the defaults is missed first.
#[test]
fn a_manifest_without_defaults_is_told_how_to_get_them() {
    const HINT: &str = "; this looks like a manifest that no API server has completed: pass it through `normalize` first";
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    let mut refusal = |set: &serde_json::Value| {
        let refused = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
        refused.expect_err("it lacks something").to_string()
    };
    for (path, field, said) in [
        ("", "spec", ".: missing field `spec`"),
        ("/spec", "replicas", "spec: missing field `replicas`"),
        (
            "/spec",
            "revisionHistoryLimit",
            "spec: missing field `revisionHistoryLimit`",
        ),
        ("/spec", "template", "spec: missing field `template`"),
        (
            "/spec/template",
            "spec",
            "spec.template: missing field `spec`",
        ),
        (
            "/spec/updateStrategy/rollingUpdate",
            "partition",
            "spec.updateStrategy.rollingUpdate: missing field `partition`",
        ),
    ] {
        for by_null in [false, true] {
            let mut set = web();
            let place = set.pointer_mut(path).and_then(|it| it.as_object_mut());
            let place = place.expect("a place");
            let lost = if by_null {
                place.insert(field.to_owned(), json!(null))
            } else {
                place.remove(field)
            };
            assert!(lost.is_some(), "{path}/{field}");
            let refusal = refusal(&set);
            assert!(refusal.ends_with(HINT), "{refusal}");
            if !by_null {
                let said = format!("StatefulSet default/web: {said}");
                assert!(refusal.starts_with(&said), "{refusal}");
            }
        }
    }
    // What no default can fill in is not told so.
    for (field, bad) in [
        ("selector", json!(null)),
        ("replicas", json!("3")),
        ("revisionHistoryLimit", json!({})),
        ("template", json!([])),
    ] {
        let mut set = web();
        set["spec"][field] = bad;
        let refusal = refusal(&set);
        assert!(!refusal.contains("normalize"), "{refusal}");
    }
    // Of several things that are missing the first is named, and what completes it.
    let bare = json!({"metadata": {"namespace": "default", "name": "web", "uid": "1"}, "spec": {}});
    assert!(refusal(&bare).ends_with(HINT));
}

#[test]
fn required_fields_of_a_set_are_asked_for_by_name() {
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    for (pointer, value, expected) in [
        (
            "/metadata/uid",
            json!(null),
            "metadata.uid: expected the uid of a stored object",
        ),
        (
            "/spec/replicas",
            json!(null),
            "spec.replicas: invalid type: null",
        ),
        ("/spec/replicas", json!(-1), "spec.replicas: invalid value"),
        (
            "/spec/replicas",
            json!(2_147_483_648_u32),
            "spec.replicas: expected at most 2147483647",
        ),
        (
            "/spec/revisionHistoryLimit",
            json!(null),
            "spec.revisionHistoryLimit: ",
        ),
        (
            "/spec/selector",
            json!({}),
            "spec.selector: expected at least one label",
        ),
        (
            "/spec/updateStrategy/type",
            json!("Sometimes"),
            "spec.updateStrategy.type: unknown variant `Sometimes`",
        ),
        (
            "/spec/updateStrategy/rollingUpdate/partition",
            json!(null),
            "spec.updateStrategy.rollingUpdate.partition: ",
        ),
        (
            "/spec/updateStrategy/rollingUpdate/maxUnavailable",
            json!("many"),
            "spec.updateStrategy.rollingUpdate.maxUnavailable: expected a number of pods or a percentage such as 20%",
        ),
        (
            "/spec/template/metadata/labels",
            json!("no"),
            "spec.template.metadata.labels: ",
        ),
        ("/spec/template/spec", json!(null), "spec.template.spec: "),
    ] {
        let mut set = web();
        *set.pointer_mut(pointer).expect(pointer) = value;
        let error = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
        let error = error.expect_err(pointer).to_string();
        let expected = format!("StatefulSet default/web: {expected}");
        assert!(error.starts_with(&expected), "{error}\n{expected}");
    }
    let mut set = web();
    set["spec"]["ordinals"] = json!({"start": 2_147_483_646});
    let error = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
    let error = error.expect_err("2147483648 is no ordinal").to_string();
    assert!(error.contains("spec.ordinals.start"), "{error}");
    assert_eq!(
        cluster.plan(&key(), NOW).expect_err("the same").to_string(),
        error
    );
    assert_eq!(cluster.due(NOW).sets, [], "nothing can be done for it");
    cluster
        .apply(Kind::StatefulSet, web().to_string().as_bytes())
        .expect("mended");
    assert_eq!(cluster.due(NOW).sets, [key()]);
}

#[test]
fn names_can_stand_in_a_path() {
    for (name, namespace, path) in [
        ("", "default", "metadata.name"),
        ("a/b", "default", "metadata.name"),
        ("..", "default", "metadata.name"),
        ("a%2fb", "default", "metadata.name"),
        ("web", "a/b", "metadata.namespace"),
    ] {
        let mut set = web();
        set["metadata"]["name"] = name.into();
        set["metadata"]["namespace"] = namespace.into();
        let mut cluster = Cluster::new(Profile::UPSTREAM);
        let applied = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
        let error = applied.expect_err("no name");
        assert_eq!(error.path, path);
        assert!(
            error
                .problem
                .starts_with("expected a name that can stand in a path")
        );
        assert_eq!(cluster.due(NOW).sets, []);
    }
}

/// Found by random JSON: serde reads structs from lists, too, and pods were made of them.
#[test]
fn a_list_where_an_object_belongs_is_named() {
    for (pointer, path) in [
        ("/spec", "spec"),
        ("/spec/template", "spec.template"),
        ("/spec/template/spec", "spec.template.spec"),
        (
            "/spec/volumeClaimTemplates/0/metadata",
            "spec.volumeClaimTemplates[0].metadata",
        ),
    ] {
        for list in [json!([]), json!(["www", {}])] {
            let mut set = web_with_claims();
            *set.pointer_mut(pointer).expect("a part of the set") = list;
            let mut cluster = Cluster::new(Profile::UPSTREAM);
            let applied = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
            let error = applied.expect_err("no object").to_string();
            let expected = format!(
                "StatefulSet default/web: {path}: invalid type: sequence, expected an object"
            );
            assert!(error.starts_with(&expected), "{error}");
        }
    }
}

#[test]
fn a_pod_that_cannot_be_read_is_waited_for_and_not_made_again() {
    let (mut world, revision) = World::with_set(&web_with_claims());
    let broken = r#"{"metadata":{"namespace":"default","name":"web-0"},"spec":7}"#;
    let error = world.cluster.apply(Kind::Pod, broken.as_bytes());
    assert!(error.is_err());
    let requests = world.plan();
    assert!(
        !requests
            .requests
            .iter()
            .any(|it| it.path.ends_with("/pods"))
    );
    let bad = Gates::of(Gate::BadObject);
    let waits = |requests: &statefulset::kubernetes::Requests| {
        let is_bad = |it: &&statefulset::Action| matches!(it.what, statefulset::Do::Wait(wait) if wait.gates == bad);
        requests
            .waits
            .iter()
            .filter(is_bad)
            .map(|it| it.ordinal)
            .collect::<Vec<_>>()
    };
    assert_eq!(waits(&requests), [0]);
    // A broken pod of an ordinal of which nothing is said otherwise.
    world.see(Kind::Pod, &pod("web-0", &revision));
    let broken = r#"{"metadata":{"namespace":"default","name":"web-9"},"spec":7}"#;
    world
        .cluster
        .apply(Kind::Pod, broken.as_bytes())
        .expect_err("broken");
    assert_eq!(waits(&world.plan()), [9]);
    world.cluster.remove(Kind::Pod, "default", "web-9", "");
    assert_eq!(waits(&world.plan()), [0; 0]);
}

#[test]
fn older_news_of_an_object_are_ignored() {
    let (mut world, revision) = World::with_set(&web());
    let mut new = pod("web-0", &revision);
    new["metadata"]["resourceVersion"] = json!("21");
    new["status"]["phase"] = json!("Failed");
    world.see(Kind::Pod, &new);
    world.see(Kind::Pod, &pod("web-0", &revision));
    assert_eq!(world.lines(), ["DELETE pods/web-0"]);
    // The deletion of an earlier namesake.
    world
        .cluster
        .remove(Kind::Pod, "default", "web-0", "uid-of-another");
    assert_eq!(world.lines(), ["DELETE pods/web-0"]);
    world
        .cluster
        .remove(Kind::Pod, "default", "web-0", "uid-of-web-0");
    assert_eq!(world.lines(), ["POST pods"]);
}

#[test]
fn what_a_list_does_not_show_again_is_gone() {
    let (mut world, revision) = World::with_set(&web());
    world.see(Kind::Pod, &pod("web-0", &revision));
    world.see(Kind::Pod, &pod("web-1", &revision));
    let requests = world.plan();
    world.finish(&requests, &done());
    world.cluster.begin_list(Kind::Pod);
    world.see(Kind::Pod, &pod("web-0", &revision));
    assert_eq!(
        world.plan().requests.len(),
        1,
        "the list is not complete yet"
    );
    assert!(!world.is_due());
    world.cluster.end_list(Kind::Pod, "60");
    assert!(world.is_due());
    let made = crate::world::only(&world.plan(), statefulset::kubernetes::Method::Post);
    assert_eq!(made["metadata"]["name"], "web-1");
}

#[test]
fn a_set_that_is_gone_is_forgotten() {
    let (mut world, _) = World::with_set(&web());
    let requests = world.plan();
    world
        .cluster
        .remove(Kind::StatefulSet, "default", "web", "set-1");
    assert!(!world.is_due());
    let outcome = vec![Outcome::NotTried; requests.requests.len()];
    let tail = world.cluster.finish(&key(), requests.id, &outcome, NOW);
    assert_eq!((tail.requests, tail.events), (vec![], vec![]));
    let error = world.cluster.plan(&Key::new("default", "web"), NOW);
    let error = error.expect_err("gone").to_string();
    assert_eq!(error, "StatefulSet default/web: .: there is no such set");
}

#[test]
fn a_pod_of_a_node_that_was_taken_away_knows_that_it_is_dead() {
    let node = |ready: &str, taints: serde_json::Value| {
        json!({
            "metadata": {"name": "n1", "uid": "n1"},
            "spec": {"taints": taints},
            "status": {"conditions": [{"type": "Ready", "status": ready, "lastTransitionTime": "2026-11-21T07:00:00Z"}]},
        })
    };
    let out = json!([{"key": "node.kubernetes.io/out-of-service"}]);
    let (mut world, revision) = World::with_profile(Profile::STANDALONE, &web());
    world.cluster.begin_list(Kind::Node);
    world.cluster.end_list(Kind::Node, "1");
    let mut on_node = pod("web-0", &revision);
    on_node["spec"]["nodeName"] = json!("n1");
    world.see(Kind::Pod, &on_node);
    let requests = world.plan();
    world.finish(&requests, &done());
    assert!(!world.is_due());
    // A node's news wake the sets, its heartbeats do not.
    world.see(Kind::Node, &node("True", json!(null)));
    assert!(world.is_due());
    let requests = world.plan();
    world.finish(&requests, &done());
    world.see(Kind::Node, &node("True", json!(null)));
    assert!(!world.is_due());
    world.see(Kind::Node, &node("Unknown", out));
    assert!(world.is_due());
    let requests = world.plan();
    world.finish(&requests, &done());
    world.cluster.remove(Kind::Node, "ignored", "n1", "");
    assert!(world.is_due());
    let requests = world.plan();
    world.finish(&requests, &done());
    // A list that does not show the node says nothing new of it.
    world.cluster.begin_list(Kind::Node);
    world.cluster.end_list(Kind::Node, "2");
    assert!(!world.is_due());
    world.cluster.remove(Kind::Pod, "default", "web-0", "");
    let requests = world.plan();
    world.finish(&requests, &done());
    world.cluster.begin_list(Kind::Node);
    world.cluster.end_list(Kind::Node, "3");
    assert!(world.is_due(), "nobody names it any more: it is forgotten");
}
