//! Sets that are objects of a resource of one's own (rule K-9).

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{
    Cluster, Evidence, Kind, Outcome, PATIENCE, Request, Requests, SetResource,
    validate_stateful_set,
};

use crate::world::{NOW, World, body, claim, done, key, line, owner, pod, web, web_with_claims};

const VERSION: &str = "example.org/v1";

fn planned_sets() -> Cluster {
    let resource = SetResource::new(VERSION, "PlannedSet", "plannedsets").expect("a resource");
    Cluster::of(Profile::UPSTREAM, resource)
}

/// A StatefulSet as an object of the resource, with nothing filled in.
fn planned(stateful_set: &Value) -> Value {
    let mut set = stateful_set.clone();
    set["apiVersion"] = VERSION.into();
    set["kind"] = "PlannedSet".into();
    let spec = set["spec"].as_object_mut().expect("a spec");
    spec.retain(|field, _| {
        [
            "replicas",
            "serviceName",
            "selector",
            "template",
            "volumeClaimTemplates",
        ]
        .contains(&field.as_str())
    });
    let container = json!({"name": "nginx", "image": "nginx:1.12"});
    spec["template"]["spec"] = json!({"containers": [container]});
    set
}

fn planned_owner() -> Value {
    let mut owner = owner("PlannedSet", "web", "set-1");
    owner["apiVersion"] = VERSION.into();
    owner
}

/// A world with the set and its revision.
fn with_set(set: &Value) -> (World, String) {
    let mut world = World::of(planned_sets());
    let name = world.introduce(&planned(set));
    (world, name)
}

fn posted(requests: &Requests, to: &str) -> Value {
    let request = requests.requests.iter().find(|it| it.path.ends_with(to));
    body(request.expect(to))
}

#[test]
fn requests_and_references_name_the_resource() {
    let mut world = World::of(planned_sets());
    world.see(Kind::StatefulSet, &planned(&web()));
    let requests = world.plan();
    for made in ["/controllerrevisions", "/pods"] {
        let made = posted(&requests, made);
        assert_eq!(
            made["metadata"]["ownerReferences"],
            json!([planned_owner()])
        );
    }
    let tail = world.finish(&requests, &done());
    let sent: Vec<String> = tail.requests.iter().map(line).collect();
    assert_eq!(sent, ["PATCH /apis/example.org/v1/plannedsets/web/status"]);
    let told: Vec<&str> = tail.events.iter().map(|it| &*it.message).collect();
    assert_eq!(told, ["Create Pod web-0 in PlannedSet web successful"]);
}

/// What is moved from one kind to the other keeps its revisions, and with them its pods.
#[test]
fn the_same_template_gives_the_same_revision() {
    let mut theirs = World::new(Profile::UPSTREAM);
    theirs.see(Kind::StatefulSet, &web());
    let mut ours = World::of(planned_sets());
    ours.see(Kind::StatefulSet, &planned(&web()));
    let [theirs, ours] = [theirs, ours].map(|world| {
        let revision = posted(&world.plan(), "/controllerrevisions");
        (
            revision["metadata"]["name"].clone(),
            revision["data"].clone(),
        )
    });
    assert_eq!(ours, theirs);
}

#[test]
fn orphans_are_adopted_and_the_pods_of_namesakes_are_not() {
    let mut elsewhere = planned_owner();
    elsewhere["apiVersion"] = "example.com/v1".into();
    let mut later = planned_owner();
    later["apiVersion"] = "example.org/v2".into();
    let adoption = [
        "PATCH /apis/example.org/v1/plannedsets/web",
        "PATCH pods/web-0",
    ];
    for (owners, expected) in [
        (json!([]), &adoption[..]),
        (json!([planned_owner()]), &[]),
        (json!([later]), &[]),
        (json!([elsewhere]), &[]),
        (json!([owner("StatefulSet", "web", "set-1")]), &[]),
    ] {
        let (mut world, revision) = with_set(&web());
        let mut pod = pod("web-0", &revision);
        pod["metadata"]["ownerReferences"] = owners.clone();
        world.see(Kind::Pod, &pod);
        let lines = world.lines();
        let about = lines.iter().filter(|line| line.starts_with("PATCH"));
        assert_eq!(about.collect::<Vec<_>>(), expected, "{owners}");
    }
    let (mut world, revision) = with_set(&web());
    let mut orphan = pod("web-0", &revision);
    orphan["metadata"]["ownerReferences"] = json!([]);
    world.see(Kind::Pod, &orphan);
    let adopts = |it: &&Request| it.path.ends_with("/pods/web-0");
    let adopted = body(world.plan().requests.iter().find(adopts).expect("adoption"));
    assert_eq!(
        adopted["metadata"]["ownerReferences"],
        json!([planned_owner()])
    );
}

/// A pod of a namesake holds the name all the same.
#[test]
fn the_name_of_a_foreign_pod_is_taken() {
    let (mut world, revision) = with_set(&web());
    let mut foreign = pod("web-0", &revision);
    foreign["metadata"]["ownerReferences"] = json!([owner("StatefulSet", "web", "set-1")]);
    world.see(Kind::Pod, &foreign);
    let requests = world.plan();
    assert!(requests.requests.is_empty(), "{:?}", world.lines());
    let tail = world.finish(&requests, &Outcome::AlreadyExists);
    assert!(tail.events.is_empty());
}

#[test]
fn claims_are_owned_by_the_resource() {
    let mut set = planned(&web_with_claims());
    set["spec"]["persistentVolumeClaimRetentionPolicy"] = json!({"whenDeleted": "Delete"});
    let mut world = World::of(planned_sets());
    let revision = world.introduce(&set);
    let mut pod = pod("web-0", &revision);
    pod["metadata"]["ownerReferences"] = json!([planned_owner()]);
    pod["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": "www-web-0"}}]);
    world.see(Kind::Pod, &pod);
    let mut claim = claim(0);
    // A StatefulSet of the same name is not the set.
    let stateful = owner("StatefulSet", "web", "set-1");
    for (owners, writes) in [
        (json!([]), true),
        (json!([planned_owner()]), false),
        (
            json!([{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web", "uid": "set-0"}]),
            true,
        ),
        // It has a controller already.
        (json!([stateful]), false),
    ] {
        world.renew(&mut claim);
        claim["metadata"]["ownerReferences"] = owners.clone();
        world.see(Kind::PersistentVolumeClaim, &claim);
        let requests = world.plan();
        let about = |it: &&Request| it.path.ends_with("/www-web-0");
        let patch = requests.requests.iter().find(about).map(body);
        assert_eq!(patch.is_some(), writes, "{owners}: {patch:?}");
        if let Some(patch) = patch {
            let references = patch["metadata"]["ownerReferences"].as_array();
            let references = references.expect("a list");
            assert!(references.contains(&planned_owner()), "{patch}");
        }
    }
}

/// A StatefulSet has no such field, a set of one's own may have it.
#[test]
fn each_set_says_how_it_is_shut_down() {
    let holds = |world: &World| {
        let requests = world.plan().requests;
        let sets = requests.iter().filter(|it| it.path.ends_with("/web"));
        sets.map(body)
            .any(|it| it["metadata"]["finalizers"].is_array())
    };
    for (shutdown, ordered) in [
        (json!("Ordered"), true),
        (json!("Background"), false),
        (json!(null), false),
    ] {
        let mut set = planned(&web());
        set["spec"]["shutdown"] = shutdown.clone();
        let mut world = World::of(planned_sets());
        world.introduce(&set);
        assert_eq!(holds(&world), ordered, "{shutdown}");
        let mut set = web();
        set["spec"]["shutdown"] = shutdown.clone();
        let (world, _) = World::with_set(&set);
        assert!(!holds(&world), "a StatefulSet with {shutdown}");
    }
    let mut set = planned(&web());
    set["spec"]["shutdown"] = json!("Slow");
    let error = planned_sets().apply(Kind::StatefulSet, set.to_string().as_bytes());
    assert_eq!(
        error.expect_err("no such word").to_string(),
        r#"PlannedSet default/web: spec.shutdown: expected Ordered or Background, found "Slow""#
    );
}

/// For people, sets are called what they are; programs go on to read [`Kind::StatefulSet`].
#[test]
fn everything_that_people_read_names_the_resource_s_kind() {
    let mut cluster = planned_sets();
    let mut told: Vec<String> = Vec::new();
    // An object that cannot be read, on whichever way.
    let broken = json!({"apiVersion": VERSION, "kind": "PlannedSet", "metadata": {"name": "web", "namespace": "default"}});
    let error = cluster.apply(Kind::StatefulSet, broken.to_string().as_bytes());
    let error = error.expect_err("it has no spec");
    assert_eq!(error.kind, Kind::StatefulSet);
    assert_eq!(&*error.kind_name, "PlannedSet");
    told.push(error.to_string());
    let error = cluster.plan(&key(), NOW).expect_err("it was set aside");
    told.push(error.to_string());
    let event = json!({"type": "ADDED", "object": broken}).to_string();
    told.push(
        cluster
            .watch(event.as_bytes())
            .expect_err("the same")
            .to_string(),
    );
    // No set of that name.
    cluster.remove(Kind::StatefulSet, "default", "web", "");
    let gone = cluster.plan(&key(), NOW).expect_err("there is none");
    assert_eq!(
        gone.to_string(),
        "PlannedSet default/web: .: there is no such set"
    );
    told.push(gone.to_string());
    // A list that never came.
    let mut set = planned(&web());
    set["spec"]["updateStrategy"] = json!({"type": "Recreate"});
    cluster
        .apply(Kind::StatefulSet, set.to_string().as_bytes())
        .expect("a set");
    let requests = cluster.plan(&key(), NOW).expect("a plan");
    cluster.finish(&key(), requests.id, &[] as &[Outcome], NOW);
    let explained = cluster.explain(&key(), NOW).expect("sentences");
    assert!(
        explained.contains("list of the kind PlannedSet"),
        "{explained}"
    );
    told.push(explained);
    let [awaited] = &cluster.due(NOW).awaited[..] else {
        panic!("the sets are awaited");
    };
    assert_eq!(awaited.kind, Kind::StatefulSet);
    told.push(awaited.to_string());
    let diagnosis = cluster
        .diagnose(&key(), &Evidence::new(), NOW, PATIENCE)
        .expect("a diagnosis");
    told.push(serde_json::to_string(&diagnosis).expect("JSON"));
    // A strategy that is switched off is told of in an event.
    let mut world = World::of(planned_sets());
    world.introduce(&set);
    let requests = world.plan();
    let tail = world.finish(&requests, &done());
    assert_eq!(tail.events.len(), 1);
    told.extend(tail.events.into_iter().map(|it| it.message));
    // What an API server would refuse.
    let mut wrong = planned(&web());
    wrong["spec"]["selector"] = json!({});
    wrong["spec"]["template"]["spec"]["activeDeadlineSeconds"] = 1.into();
    for error in validate_stateful_set(&wrong, &Profile::UPSTREAM) {
        told.push(error.to_string());
    }
    for text in told {
        // The names of a gate and of a command are none of a set's.
        let plain = text.replace("StatefulSetRecreateStrategy", "");
        assert!(!plain.to_lowercase().contains("statefulset"), "{text}");
    }
}

#[test]
fn the_watch_knows_sets_by_their_own_kind() {
    let mut cluster = planned_sets();
    let event = |object: &Value| json!({"type": "ADDED", "object": object}).to_string();
    let error = cluster.watch(event(&web()).as_bytes());
    let error = error.expect_err("no StatefulSets here").to_string();
    assert!(error.contains("expected one of PlannedSet, Pod"), "{error}");
    let mut old = planned(&web());
    old["apiVersion"] = "example.org/v0".into();
    let error = cluster.watch(event(&old).as_bytes());
    let error = error.expect_err("another version").to_string();
    assert_eq!(
        error,
        r#"object.apiVersion: expected "example.org/v1", found "example.org/v0""#
    );
    let good = cluster.watch(event(&planned(&web())).as_bytes());
    good.expect("a set");
    assert!(cluster.plan(&key(), NOW).is_ok());
}

#[test]
fn a_resource_has_names_that_fit_into_a_path() {
    for (version, kind, plural, field) in [
        ("", "PlannedSet", "plannedsets", "api_version"),
        ("/v1", "PlannedSet", "plannedsets", "api_version"),
        ("a/b/v1", "PlannedSet", "plannedsets", "api_version"),
        ("example.org/v1", "", "plannedsets", "kind"),
        ("example.org/v1", "Planned Set", "plannedsets", "kind"),
        ("example.org/v1", "PlannedSet", "planned/sets", "plural"),
        ("v1", "Pod", "pods", "kind"),
    ] {
        let error = SetResource::new(version, kind, plural).expect_err(field);
        assert_eq!(error.field, field);
    }
    let same = SetResource::new("apps/v1", "StatefulSet", "statefulsets");
    assert_eq!(same, Ok(SetResource::default()));
    let pods = SetResource::new("example.org/v1", "Pod", "pods").expect("a namesake");
    assert_eq!(
        pods.path("a", "b"),
        "/apis/example.org/v1/namespaces/a/pods/b"
    );
}
