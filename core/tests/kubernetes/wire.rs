//! The JSON text of what goes in and comes out.

use serde_json::{Value, json};
use statefulset::kubernetes::wire::outcomes;
use statefulset::kubernetes::{
    Cluster, Evidence, Key, Kind, Outcome, PlanId, WireError, reconcile,
};
use statefulset::{Next, Profile};

use crate::world::{NOW, World, body, done, key, pod, web};

fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("it writes itself")
}

fn event(what: &str, kind: Kind, object: &Value) -> Vec<u8> {
    let mut object = object.clone();
    object["kind"] = kind.name().into();
    object["apiVersion"] = kind.api_version().into();
    json!({"type": what, "object": object})
        .to_string()
        .into_bytes()
}

/// The revision of `web()`, and its name.
fn revision() -> (Value, String) {
    let mut world = World::new(Profile::UPSTREAM);
    world.see(Kind::StatefulSet, &web());
    let revision = body(&world.plan().requests[0]);
    let name = revision["metadata"]["name"].as_str().expect("a name");
    (revision.clone(), name.to_string())
}

#[test]
fn a_plan_is_written_with_its_bodies_untouched() {
    let (mut world, revision) = World::with_set(&web());
    let mut unready = pod("web-0", &revision);
    unready["status"]["conditions"][0]["status"] = "False".into();
    world.see(Kind::Pod, &unready);
    let requests = world.plan();
    let view = requests.id.view;
    assert_eq!(
        text(&requests),
        format!(
            r#"{{"id":"{view}.{NOW}","requests":[],"waits":[{{"ordinal":0,"through":0,"reason":"health","gates":["pod-not-ready"],"on":{{"kind":"Pod","name":"web-0"}},"since":1795246620000}},{{"ordinal":1,"through":2,"reason":"scale-out","gates":["order"],"on":{{"kind":"Pod","name":"web-0"}}}}],"more":false}}"#
        )
    );

    let (world, _) = World::with_set(&web());
    let requests = world.plan();
    let written = text(&requests);
    let body = std::str::from_utf8(&requests.requests[0].body).expect("UTF-8");
    let head = format!(
        r#"{{"id":"{view}.{NOW}","requests":[{{"stage":4,"chain":0,"step":2,"duty":false,"reason":"scale-out","method":"POST","path":"/api/v1/namespaces/default/pods","contentType":"application/json","body":{body}}}],"#,
        view = requests.id.view,
    );
    assert!(written.starts_with(&head), "{written}\n{head}");
}

#[test]
fn deletions_say_that_nothing_to_delete_is_a_success() {
    let (mut world, revision) = World::with_set(&web());
    for ordinal in 0..5 {
        world.see(Kind::Pod, &pod(&format!("web-{ordinal}"), &revision));
    }
    let written: Value = serde_json::from_str(&text(&world.plan())).expect("JSON");
    let request = &written["requests"][0];
    assert_eq!(request["method"], "DELETE");
    assert_eq!(request["tolerates"], json!(["not-found"]));
}

#[test]
fn a_tail_is_written_with_its_events() {
    let (mut world, _) = World::with_set(&web());
    let requests = world.plan();
    let tail = world.finish(&requests, &done());
    let written: Value = serde_json::from_str(&text(&tail)).expect("JSON");
    assert_eq!(written["next"], "rest");
    assert_eq!(
        written["events"],
        json!([{"type": "Normal", "reason": "SuccessfulCreate",
                "message": "Create Pod web-0 in StatefulSet web successful"}])
    );
    let status = &written["requests"][0];
    assert_eq!(status["method"], "PATCH");
    assert_eq!(status["stage"], 0, "its place in the order, too");
}

#[test]
fn what_is_due_is_written_by_name() {
    let (world, _) = World::with_set(&web());
    assert_eq!(text(&world.cluster.due(NOW)), r#"{"sets":["default/web"]}"#);
}

#[test]
fn outcomes_are_read_in_words() {
    let read = outcomes(
        br#"[{"status":"done","resourceVersion":"17"},{"status":"not-found"},{"status":"already-exists"},
             {"status":"conflict"},{"status":"invalid","message":"no"},{"status":"failed","message":"down"},
             {"status":"not-tried"},{"status":"done"}]"#,
    );
    let version = |version: &str| Outcome::Done {
        resource_version: version.into(),
    };
    let expected = [
        version("17"),
        Outcome::NotFound,
        Outcome::AlreadyExists,
        Outcome::Conflict,
        Outcome::Invalid("no".into()),
        Outcome::Failed("down".into()),
        Outcome::NotTried,
        version(""),
    ];
    assert_eq!(read.as_deref(), Ok(expected.as_slice()));
}

#[test]
fn outcomes_are_read_as_the_api_server_answers() {
    let read = outcomes(
        br#"[{"http":201,"body":{"kind":"Pod","metadata":{"name":"web-0","resourceVersion":"18"}}},
             {"http":404},
             {"http":409,"body":{"kind":"Status","reason":"AlreadyExists"}},
             {"http":409,"body":{"kind":"Status","reason":"Conflict"}},
             {"http":422,"body":{"kind":"Status","message":"no such field"}},
             {"http":503}]"#,
    );
    let expected = [
        Outcome::Done {
            resource_version: "18".into(),
        },
        Outcome::NotFound,
        Outcome::AlreadyExists,
        Outcome::Conflict,
        Outcome::Invalid("no such field".into()),
        Outcome::Failed("the server answered with HTTP status 503".into()),
    ];
    assert_eq!(read.as_deref(), Ok(expected.as_slice()));
}

#[test]
fn outcomes_that_cannot_be_read_say_where() {
    let problem = |json: &str| {
        outcomes(json.as_bytes())
            .expect_err("it is wrong")
            .to_string()
    };
    assert_eq!(
        problem(r#"[{"status":"done"},{"status":"fine"}]"#),
        "[1].status: unknown variant `fine`, expected one of `done`, `not-found`, `already-exists`, `conflict`, \
         `invalid`, `failed`, `not-tried` at line 1 column 35"
    );
    assert_eq!(problem("[{}]"), "[0]: expected one of `status` and `http`");
    assert_eq!(
        problem(r#"[{"status":"done","http":200}]"#),
        "[0]: expected one of `status` and `http`"
    );
    assert_eq!(
        problem(r#"[{"status":"done","resource_version":"1"}]"#),
        "[0].resource_version: unknown field `resource_version`, expected one of `status`, `resourceVersion`, \
         `message`, `http`, `body` at line 1 column 36"
    );
    assert_eq!(
        problem("[] []"),
        ".: trailing characters at line 1 column 4"
    );
}

#[test]
fn a_plan_s_name_is_read_back() {
    for now in [NOW, -3] {
        let id = PlanId { view: 7, now };
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    for odd in ["", "7", "7.", ".7", "-1.7", "7.8.9"] {
        assert!(odd.parse::<PlanId>().is_err(), "{odd}");
    }
}

#[test]
fn a_watch_s_events_are_taken_in() {
    let kinds = [Kind::StatefulSet, Kind::Pod, Kind::ControllerRevision];
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    let (mut revision, revision_name) = revision();
    for kind in kinds {
        cluster.begin_list(kind);
    }
    revision["metadata"]["resourceVersion"] = "11".into();
    revision["metadata"]["uid"] = "revision-1".into();
    let events = [
        event("ADDED", Kind::StatefulSet, &web()),
        event("ADDED", Kind::ControllerRevision, &revision),
        event("ADDED", Kind::Pod, &pod("web-0", &revision_name)),
    ];
    for event in events {
        cluster.watch(&event).expect("a good event");
    }
    // Nothing has been listed completely yet.
    assert_eq!(cluster.plan(&key(), NOW).expect("a plan").requests, []);
    for kind in kinds {
        let bookmark = json!({"metadata": {
            "resourceVersion": "30",
            "annotations": {"k8s.io/initial-events-end": "true"},
        }});
        let bookmark = event("BOOKMARK", kind, &bookmark);
        cluster.watch(&bookmark).expect("a good event");
    }
    let paths = |cluster: &Cluster| -> Vec<String> {
        let requests = cluster.plan(&key(), NOW).expect("a plan").requests;
        requests.into_iter().map(|it| it.path).collect()
    };
    // Pod 0 is ready, so pod 1 is made.
    assert_eq!(paths(&cluster), ["/api/v1/namespaces/default/pods"]);
    let before = cluster.explain(&key(), NOW).expect("sentences");
    assert!(before.starts_with("web-1: create the pod"), "{before}");
    let gone = event("DELETED", Kind::Pod, &pod("web-0", &revision_name));
    cluster.watch(&gone).expect("a good event");
    let after = cluster.explain(&key(), NOW).expect("sentences");
    assert!(after.starts_with("web-0: create the pod"), "{after}");
}

#[test]
fn events_that_cannot_be_taken_in_say_where() {
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    let mut problem = |json: &str| {
        let error = cluster.watch(json.as_bytes()).expect_err("it is wrong");
        error.to_string()
    };
    assert_eq!(
        problem(r#"{"type":"GONE","object":{}}"#),
        "type: expected ADDED, MODIFIED, DELETED, BOOKMARK or ERROR, found \"GONE\""
    );
    assert_eq!(
        problem(r#"{"type":"ADDED","object":{}}"#),
        "object.kind: is missing"
    );
    assert!(
        problem(r#"{"type":"ADDED","object":{"kind":"Deployment"}}"#)
            .starts_with("object.kind: expected one of StatefulSet, Pod,")
    );
    assert_eq!(
        problem(r#"{"type":"ADDED","object":{"kind":"Pod","apiVersion":"v2"}}"#),
        "object.apiVersion: expected \"v1\", found \"v2\""
    );
    assert!(
        problem(r#"{"type":"ADDED","object":{"kind":"Pod","metadata":7}}"#)
            .starts_with("object.metadata: invalid type: integer `7`")
    );
    assert_eq!(
        problem(
            r#"{"type":"ERROR","object":{"kind":"Status","message":"too old resource version"}}"#
        ),
        "object: the watch has ended: too old resource version"
    );
    let broken = r#"{"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-1","namespace":"default"}}}"#;
    let error = cluster.watch(broken.as_bytes());
    assert!(matches!(error, Err(WireError::Object(_))), "{error:?}");
}

/// A list is no object, though each of its items could be taken for a field.
#[test]
fn a_list_does_not_stand_for_an_object() {
    let (mut world, revision) = World::with_set(&web());
    world.see(Kind::Pod, &pod("web-0", &revision));
    let before = world.cluster.explain(&key(), NOW).expect("sentences");
    let refused = |world: &mut World, event: &Value| {
        let error = world.cluster.watch(event.to_string().as_bytes());
        let error = error.expect_err("it is no event").to_string();
        error.split_once(" at line").expect("a place").0.to_owned()
    };
    let expected = "invalid type: sequence, expected an object";
    let listed = json!(["default", "web-0", "uid-web-0", "900", {}]);
    let object = json!(["v1", "Pod", listed, null]);
    assert_eq!(
        refused(&mut world, &json!(["DELETED", object])),
        format!(".: {expected}")
    );
    assert_eq!(
        refused(&mut world, &json!({"type": "DELETED", "object": object})),
        format!("object: {expected}")
    );
    let named = json!({"apiVersion": "v1", "kind": "Pod", "metadata": listed});
    assert_eq!(
        refused(&mut world, &json!({"type": "DELETED", "object": named})),
        format!("object.metadata: {expected}")
    );
    assert_eq!(world.cluster.explain(&key(), NOW), Ok(before));
    let problem = |error: WireError| error.to_string();
    let given = json!([object]).to_string();
    let error = reconcile(Profile::UPSTREAM, &key(), &Kind::ALL, given.as_bytes(), NOW);
    let error = error.map_err(problem).expect_err("a list");
    assert!(error.starts_with(&format!("[0]: {expected}")), "{error}");
    let error = outcomes(br#"[["done", "7"]]"#);
    let error = error.map_err(problem).expect_err("a list");
    assert!(error.starts_with(&format!("[0]: {expected}")), "{error}");
}

#[test]
fn a_caller_without_requests_may_ask_what_to_try() {
    let mut set = web();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    let (mut world, _) = World::with_set(&set);
    let requests = world.plan();
    let id = requests.id;
    let failed = Outcome::Failed("down".into());
    for outcomes in [
        vec![],
        vec![done()],
        vec![failed.clone()],
        vec![done(), failed],
    ] {
        for index in 0..4 {
            let asked = world.cluster.may_try(&key(), id, index, &outcomes);
            assert_eq!(asked, requests.may_try(index, &outcomes), "{index}");
        }
    }
    let other = PlanId { view: 0, now: 0 };
    assert!(!world.cluster.may_try(&key(), other, 0, &[]));
    let tail = world.finish(&requests, &done());
    assert_eq!(tail.requests.len(), 1);
    assert!(world.cluster.may_try(&key(), id, 0, &[]));
    assert!(!world.cluster.may_try(&key(), id, 1, &[done()]));
}

#[test]
fn a_conclusion_changes_nothing() {
    let (mut world, _) = World::with_set(&web());
    let requests = world.plan();
    let outcomes = vec![done(); requests.requests.len()];
    let told = world.cluster.conclude(&key(), requests.id, &outcomes, NOW);
    assert!(world.is_due());
    assert_eq!(told, world.finish(&requests, &done()));
    assert!(!world.is_due());
}

#[test]
fn one_look_gives_the_requests_and_the_status() {
    let (revision, revision_name) = revision();
    let named = |kind: Kind, mut object: Value| {
        object["kind"] = kind.name().into();
        object["apiVersion"] = kind.api_version().into();
        object["metadata"]["resourceVersion"] = "12".into();
        object
    };
    let mut revision = named(Kind::ControllerRevision, revision);
    revision["metadata"]["uid"] = "revision-1".into();
    let pods =
        json!({"kind": "PodList", "apiVersion": "v1", "items": [pod("web-0", &revision_name)]});
    let others = json!({"kind": "List", "items": [
        named(Kind::StatefulSet, web()),
        revision,
        {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"name": "other"}},
    ]});
    let objects = json!([pods, others]).to_string();
    let kinds = [Kind::StatefulSet, Kind::Pod, Kind::ControllerRevision];
    let look = |set: &str, kinds: &[Kind], objects: &str| {
        let set = Key::from(set);
        reconcile(Profile::UPSTREAM, &set, kinds, objects.as_bytes(), NOW)
    };
    let answer = look("default/web", &kinds, &objects).expect("a plan");
    assert_eq!(answer.requests.requests.len(), 1);
    assert_eq!(answer.tail.next, Next::Rest);
    let written: Value = serde_json::from_str(&text(&answer)).expect("JSON");
    assert_eq!(written["requests"][0]["body"]["metadata"]["name"], "web-1");
    let status = &written["tail"]["requests"][0]["body"]["status"];
    assert_eq!(status["readyReplicas"], 1);
    assert!(written.get("errors").is_none() && written.get("id").is_none());

    let unknown = look("default/web", &kinds[..1], &objects).expect("a plan");
    assert_eq!(unknown.requests.requests, []);
    let missing = look("default/other", &kinds, &objects).expect_err("no such set");
    assert_eq!(
        missing.to_string(),
        "StatefulSet default/other: .: there is no such set"
    );
    let nameless = look("default/web", &kinds, r#"[{"items":[{"metadata":{}}]}]"#);
    assert_eq!(
        nameless.expect_err("no kind").to_string(),
        "[0].items[0].kind: is missing"
    );
}

#[test]
fn evidence_is_read_in_every_form() {
    for (good, is_empty) in [
        ("[]", true),
        (" [ ]", true),
        (r#"{"kind":"Anything","metadata":{"name":"at-all"}}"#, true),
        (r#"{"kind":"Pod","metadata":{"name":"web-0"}}"#, false),
        (
            r#"{"kind":"PodList","items":[{"metadata":{"name":"web-0"}}]}"#,
            false,
        ),
        (
            r#"[{"kind":"List","items":[]},{"kind":"Event","regarding":{}}]"#,
            false,
        ),
    ] {
        let mut evidence = Evidence::new();
        evidence.add(good.as_bytes()).expect(good);
        assert_eq!(evidence.is_empty(), is_empty, "{good}");
    }
}

#[test]
fn evidence_that_cannot_be_read_says_where() {
    for (bad, place) in [
        ("", ".: EOF"),
        ("{} {}", ".: trailing characters"),
        ("7", ".: invalid type: integer `7`, expected an object"),
        (r#"{"kind":7}"#, "kind: invalid type: integer `7`"),
        ("[{},[]]", "[1]: invalid type: sequence, expected an object"),
        (
            r#"[{},{"metadata":{"name":7}}]"#,
            "[1].metadata.name: invalid type",
        ),
        (
            r#"[{"items":[{},{"kind":7}]}]"#,
            "[0].items[1].kind: invalid type",
        ),
        (r#"{"items":[1]}"#, "items[0]: invalid type: integer `1`"),
    ] {
        let error = Evidence::new().add(bad.as_bytes()).expect_err(bad);
        assert!(error.to_string().starts_with(place), "{bad}: {error}");
    }
}

/// Lists in lists are no lists of objects, and reading them takes no stack.
#[test]
fn evidence_may_be_nested_as_deep_as_it_likes() {
    let deep = r#"{"items":["#.repeat(100_000) + &"]}".repeat(100_000);
    let mut evidence = Evidence::new();
    evidence.add(deep.as_bytes()).expect("an object");
    assert!(evidence.is_empty());
}
