//! What an API server says when it refuses, as an event of the set: the cause that it is, and how it is told.

use serde_json::json;
use statefulset::kubernetes::{Cause, CauseName, Diagnosis, Evidence, Key, Kind};

use crate::world::{NOW, World, key, pod, web, web_with_claims};

const MINUTE: i64 = 60_000;

fn diagnosis(world: &World, evidence: &[String]) -> Diagnosis {
    let mut known = Evidence::new();
    for object in evidence {
        known.add(object.as_bytes()).expect("an object");
    }
    let found = world.cluster.diagnose(&key(), &known, NOW, MINUTE);
    found.expect("a good set")
}

fn event(reason: &str, message: &str) -> String {
    json!({
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"namespace": "default", "name": "web.1"},
        "involvedObject": {"kind": "StatefulSet", "namespace": "default", "name": "web"},
        "reason": reason,
        "message": message,
        "firstTimestamp": "2027-01-15T07:50:00Z",
        "lastTimestamp": "2027-01-15T07:50:10Z",
    })
    .to_string()
}

fn only(found: Diagnosis, name: CauseName) -> Cause {
    let mut named = found.causes.into_iter().filter(|it| it.name == name);
    let cause = named.next().expect("the cause");
    assert_eq!(named.next(), None);
    cause
}

#[test]
fn a_quota_that_asks_for_what_containers_do_not_say() {
    let (world, _) = World::with_set(&web());
    let told = |rest: &str| {
        let refused = format!(
            "create Pod web-0 in StatefulSet web failed error: pods \"web-0\" is forbidden: failed quota: tight: must specify {rest}"
        );
        let found = diagnosis(&world, &[event("FailedCreate", &refused)]);
        let cause = only(found, CauseName::QuotaExceeded);
        (cause.text, cause.cures[0].text.clone())
    };
    let (text, cure) = told("cpu for: nginx,proxy; memory for: nginx");
    assert_eq!(
        text,
        "the creation of web-0 is refused: the quota tight asks every container to say its cpu, memory; these do not: nginx, proxy"
    );
    assert_eq!(
        cure,
        "say cpu, memory in the pod template, or create a LimitRange with defaults for them"
    );
    // Older API servers do not say which containers.
    let (text, _) = told("cpu,memory");
    assert_eq!(
        text,
        "the creation of web-0 is refused: the quota tight asks every container to say its cpu, memory"
    );
}

#[test]
fn what_is_invalid_is_to_be_corrected_where_it_comes_from() {
    let long = "n".repeat(60);
    let cure = |name: &str, message: &str| {
        let mut set = web();
        set["metadata"]["name"] = json!(name);
        let (mut world, _) = World::with_set(&web());
        world.see(Kind::StatefulSet, &set);
        let refused = event("FailedCreate", message).replace("\"web\"", &format!("\"{name}\""));
        let mut known = Evidence::new();
        known.add(refused.as_bytes()).expect("an event");
        let key = Key::new("default", name);
        let found = world.cluster.diagnose(&key, &known, NOW, MINUTE);
        let cause = only(found.expect("a good set"), CauseName::InvalidObject);
        cause.cures[0].text.clone()
    };
    let claim = "Create Claim data-web-0 for Pod web-0 in StatefulSet web failed error: PersistentVolumeClaim \"data-web-0\" is invalid: metadata.labels: Invalid value: \"the database team\": a valid label must be an empty string";
    assert!(cure("web", claim).starts_with("correct the claim template"));
    let pod = "Create Pod web-0 in StatefulSet web failed error: Pod \"web-0\" is invalid: spec.containers[0].image: Required value";
    assert_eq!(cure("web", pod), "correct the pod template");
    let named = format!(
        "Create Pod {long}-0 in StatefulSet {long} failed error: Pod \"{long}-0\" is invalid: metadata.labels: Invalid value: \"{long}-5f79494798\": must be no more than 63 bytes"
    );
    assert!(cure(&long, &named).starts_with("create the set again under a shorter name"));
}

/// It adds all that differs between two pods, in Go's words, on many lines.
#[test]
fn a_refusal_is_told_in_one_line() {
    let (mut world, revision) = World::with_set(&web_with_claims());
    world.see(Kind::Pod, &pod("web-0", &revision));
    let refused = "update Pod web-0 in StatefulSet web failed error: Pod \"web-0\" is invalid: spec: Forbidden: pod updates may not change fields\n@@ -1,5 +1,41 @@\n {\n  \"Volumes\": [\n";
    let found = diagnosis(&world, &[event("FailedUpdate", refused)]);
    let cause = only(found, CauseName::ImmutableVolumes);
    let proof = cause.evidence.last().expect("a proof");
    let words: Vec<_> = refused.split_whitespace().collect();
    assert_eq!(
        proof.text.split(' ').collect::<Vec<_>>(),
        words,
        "one line: {}",
        proof.text
    );
    // Of a very long one the middle is left out.
    let long = format!("{refused}{}the end", "all that differs\n".repeat(1000));
    let found = diagnosis(&world, &[event("FailedUpdate", &long)]);
    let cause = only(found, CauseName::ImmutableVolumes);
    let text = &cause.evidence.last().expect("a proof").text;
    assert!(
        text.starts_with("update Pod web-0 in StatefulSet web"),
        "{text}"
    );
    assert!(text.contains(" … ") && text.ends_with("the end"), "{text}");
    assert!(text.len() < 1000, "{text}");
}

/// The set adopts a pod that gets the labels, and can never give it the volumes that it lacks.
#[test]
fn a_squatter_without_the_volumes_is_not_to_be_adopted() {
    let stranger = |volumes: serde_json::Value| {
        json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": "web-0", "namespace": "default", "uid": "stranger", "resourceVersion": "30"},
            "spec": {"containers": [{"name": "nginx", "image": "nginx"}], "volumes": volumes},
        })
    };
    let (mut world, _) = World::with_set(&web_with_claims());
    let mut cures = |volumes| {
        let pod = stranger(volumes);
        world.see(Kind::Pod, &pod);
        let found = diagnosis(&world, &[pod.to_string()]);
        let cause = only(found, CauseName::NameSquatter);
        cause
            .cures
            .into_iter()
            .flat_map(|it| it.commands)
            .collect::<Vec<_>>()
    };
    let delete = "kubectl delete pod web-0 -n default";
    assert_eq!(cures(json!([])), [delete]);
    let own = json!([{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}}]);
    let adopt = "kubectl label pod web-0 -n default app=web --overwrite";
    assert_eq!(cures(own), [adopt, delete]);
}
