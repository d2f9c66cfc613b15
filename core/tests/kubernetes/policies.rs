//! Policies as sets say them: fields, annotations, labels and groups (rules Y-1 to Y-6).

use serde_json::{Value, json};
use statefulset::kubernetes::{
    CauseName, Cluster, Evidence, Key, Kind, ObjectError, Outcome, PATIENCE, POLICIES_ANNOTATION,
    RANK_LABEL, SetResource, Verdict, Weight, validate_stateful_set,
};
use statefulset::{PolicySource, Profile};

use crate::world::{NOW, World, body, claim, key, line, owner, pod, web, web_with_claims};

const ANNOTATED: Profile = Profile {
    policies: PolicySource::Annotations,
    ..Profile::UPSTREAM
};

/// A Parallel set that asks for something in its annotation.
fn asking(policies: &Value) -> Value {
    let mut set = web();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    ask(&mut set, policies);
    set
}

fn ask(set: &mut Value, policies: &Value) {
    set["metadata"]["annotations"][POLICIES_ANNOTATION] = policies.to_string().into();
}

fn made(world: &World) -> Vec<String> {
    let requests = world.plan().requests;
    let pods = requests.iter().filter(|it| it.path.ends_with("/pods"));
    pods.map(|it| body(it)["metadata"]["name"].as_str().unwrap().into())
        .collect()
}

fn deleted(world: &World) -> Vec<String> {
    let lines = world.lines();
    let deletions = lines
        .iter()
        .filter_map(|it| it.strip_prefix("DELETE pods/"));
    deletions.map(Into::into).collect()
}

fn refused(set: &Value, profile: Profile) -> ObjectError {
    let mut cluster = Cluster::new(profile);
    let error = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
    error.expect_err("a mistake")
}

/// A set whose pods are all there, at the revision before the one that it makes now.
fn rolling(profile: Profile, policies: &Value, label: impl Fn(&mut Value)) -> World {
    let set = asking(policies);
    let (mut world, before) = World::with_profile(profile, &set);
    for ordinal in 0..3 {
        let mut pod = pod(&format!("web-{ordinal}"), &before);
        label(&mut pod);
        world.see(Kind::Pod, &pod);
    }
    let mut next = set;
    next["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
    next["status"]["currentRevision"] = before.into();
    next["metadata"]["resourceVersion"] = "50".into();
    world.introduce(&next);
    world
}

#[test]
fn a_stateful_set_asks_in_its_annotation_where_the_profile_lets_it() {
    let set = asking(&json!({"excluded": [{"first": 1}], "scaleOutLimit": "100%"}));
    for (profile, expected) in [
        (Profile::UPSTREAM, ["web-0", "web-1", "web-2"]),
        (ANNOTATED, ["web-0", "web-2", "web-3"]),
        (Profile::ZONES, ["web-0", "web-2", "web-3"]),
    ] {
        let (world, _) = World::with_profile(profile, &set);
        assert_eq!(made(&world), expected, "{:?}", profile.policies);
    }
}

#[test]
fn a_set_of_ones_own_resource_asks_in_a_field() {
    let resource = SetResource::new("example.org/v1", "PlannedSet", "plannedsets").unwrap();
    let mut set = web();
    set["kind"] = "PlannedSet".into();
    set["apiVersion"] = "example.org/v1".into();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    set["spec"]["policies"] = json!({"excluded": [{"first": 0, "last": 1}], "paused": null});
    let mut world = World::of(Cluster::of(Profile::UPSTREAM, resource.clone()));
    world.introduce(&set);
    assert_eq!(made(&world), ["web-2", "web-3", "web-4"]);
    // What the annotation says counts for StatefulSets only.
    ask(&mut set, &json!({"paused": ["All"]}));
    let mut world = World::of(Cluster::of(ANNOTATED, resource));
    world.introduce(&set);
    assert_eq!(made(&world), ["web-2", "web-3", "web-4"]);
}

/// Nothing is decided for a set whose wishes cannot be read: it must not be taken for one that wishes nothing.
#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let last = "an ordinal from 0 to 2147483647";
    for (policies, problem) in [
        (
            json!({"exclude": []}),
            "exclude: unknown field `exclude`, expected one of",
        ),
        (
            json!({"excluded": [{"first": -1}]}),
            &*format!("excluded[0].first: expected {last}, found -1"),
        ),
        (
            json!({"excluded": [{"first": 2}, {"first": 4, "last": 3}]}),
            "excluded[1].last: expected an ordinal from 4 on, found 3",
        ),
        (
            json!({"excluded": [{"first": 4, "last": 6}, {"first": 1}, {"first": 5}]}),
            "excluded[2]: expected ordinals that no other item excludes, but item 0 excludes 5 as well",
        ),
        (
            json!({"excluded": [{"first": 0, "last": 2_147_483_648_u32}]}),
            &*format!("excluded[0].last: expected {last}, found 2147483648"),
        ),
        (
            json!({"excluded": [{"last": 3}]}),
            "excluded[0]: missing field `first`",
        ),
        (
            json!({"paused": ["Rollout", "Rolout"]}),
            "paused[1]: expected one of Creation, ScaleIn, Rollout, Repair, Replacement, All, found \"Rolout\"",
        ),
        (
            json!({"ranked": true}),
            "ranked: expected one of Off, Order, Tiers, found true",
        ),
        (
            json!({"scaleInLimit": "050%"}),
            "scaleInLimit: expected a number of pods",
        ),
        (
            json!({"scaleOutLimit": 0}),
            "scaleOutLimit: expected a number of pods of at least 1, or a percentage from 1% to 100%, found 0",
        ),
        (
            json!({"scaleInLimit": "101%"}),
            "scaleInLimit: expected a number of pods of at least 1, or a percentage from 1% to 100%, found \"101%\"",
        ),
        (
            json!({"repair": {"afterSeconds": -5}}),
            "repair.afterSeconds: expected a number of seconds, found -5",
        ),
        (
            json!({"repair": {"beyondBudget": "all"}}),
            "repair.beyondBudget: expected a number of pods or Unlimited, found \"all\"",
        ),
        (json!({"group": ""}), "group: expected the name of a group"),
        (json!([]), "invalid type"),
    ] {
        let error = refused(&asking(&policies), ANNOTATED);
        assert_eq!(
            error.path,
            format!("metadata.annotations[{POLICIES_ANNOTATION}]")
        );
        assert!(
            error.problem.contains(problem),
            "{policies}: {}",
            error.problem
        );
        // The same in a field, and for those who ask before it is stored.
        let mut own = asking(&policies);
        own["kind"] = "PlannedSet".into();
        own["spec"]["policies"] = policies.clone();
        let wrong = validate_stateful_set(&own, &Profile::UPSTREAM);
        let [wrong] = &wrong[..] else {
            panic!("{policies}: {wrong:?}");
        };
        assert!(wrong.path.starts_with("spec.policies"), "{}", wrong.path);
        let place = problem.split(": ").next().unwrap();
        assert!(
            place.contains(' ') || wrong.path.ends_with(place),
            "{wrong}"
        );
    }
    let mut set = web();
    set["metadata"]["annotations"][POLICIES_ANNOTATION] = "paused: [All]".into();
    assert!(
        refused(&set, ANNOTATED)
            .problem
            .starts_with("expected value")
    );
    let [wrong] = &validate_stateful_set(&set, &ANNOTATED)[..] else {
        panic!("one mistake");
    };
    assert_eq!(
        wrong.path,
        format!("metadata.annotations[{POLICIES_ANNOTATION}]")
    );
    assert_eq!(validate_stateful_set(&set, &Profile::UPSTREAM), []);
}

#[test]
fn a_set_that_has_become_unreadable_is_left_alone_until_it_is_mended() {
    let good = asking(&json!({"paused": ["Creation"]}));
    let (mut world, _) = World::with_profile(ANNOTATED, &good);
    let mut bad = asking(&json!({"paused": ["Creations"]}));
    bad["metadata"]["resourceVersion"] = "60".into();
    let applied = world
        .cluster
        .apply(Kind::StatefulSet, bad.to_string().as_bytes());
    assert!(applied.is_err());
    assert_eq!(
        world.cluster.plan(&key(), NOW).unwrap_err(),
        applied.unwrap_err()
    );
    assert!(!world.is_due());
    let mut mended = asking(&json!({}));
    mended["metadata"]["resourceVersion"] = "61".into();
    world.see(Kind::StatefulSet, &mended);
    assert_eq!(made(&world), ["web-0", "web-1", "web-2"]);
}

#[test]
fn exclusions_that_leave_no_room_are_refused() {
    let mut set = asking(&json!({"excluded": [{"first": 1, "last": 2_147_483_647}]}));
    let error = refused(&set, ANNOTATED);
    assert_eq!(
        error.path,
        format!("metadata.annotations[{POLICIES_ANNOTATION}]")
    );
    assert!(error.problem.contains("leave room"), "{error}");
    let [wrong] = &validate_stateful_set(&set, &ANNOTATED)[..] else {
        panic!("one mistake");
    };
    assert_eq!(wrong.path, error.path);
    set["spec"]["replicas"] = 1.into();
    World::with_profile(ANNOTATED, &set);
}

#[test]
fn an_offline_member_keeps_its_claims() {
    let mut set = web_with_claims();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    set["spec"]["persistentVolumeClaimRetentionPolicy"] =
        json!({"whenDeleted": "Retain", "whenScaled": "Delete"});
    for (keep, owners) in [(true, 0), (false, 1)] {
        ask(
            &mut set,
            &json!({"excluded": [{"first": 1, "keepClaims": keep}]}),
        );
        let (mut world, revision) = World::with_profile(ANNOTATED, &set);
        for ordinal in 0..4 {
            let mut pod = pod(&format!("web-{ordinal}"), &revision);
            let volume = json!({"name": "www", "persistentVolumeClaim": {"claimName": format!("www-web-{ordinal}")}});
            pod["spec"]["volumes"] = json!([volume]);
            world.see(Kind::Pod, &pod);
            world.see(Kind::PersistentVolumeClaim, &claim(ordinal));
        }
        let lines = world.lines();
        let about = |line: &&String| line.contains("persistentvolumeclaims/www-web-1");
        assert_eq!(lines.iter().filter(about).count(), owners, "{lines:?}");
        assert_eq!(deleted(&world), ["web-1"]);
    }
}

/// Pod 0 leads, and goes last; pod 1 says nothing that can be understood, and goes last, too.
#[test]
fn labels_give_ranks() {
    let label = |pod: &mut Value| {
        let name = pod["metadata"]["name"].clone();
        if name != "web-1" {
            let rank = if name == "web-0" { "5" } else { "1" };
            pod["metadata"]["labels"][RANK_LABEL] = rank.into();
        }
    };
    let world = rolling(ANNOTATED, &json!({"ranked": "Order"}), label);
    assert_eq!(deleted(&world), ["web-2"]);
    let world = rolling(Profile::UPSTREAM, &json!({"ranked": "Order"}), label);
    assert_eq!(deleted(&world), ["web-2"]);
    // The other way round, which ordinals alone would never give.
    let worst_first = |pod: &mut Value| {
        let first = pod["metadata"]["name"] == "web-0";
        pod["metadata"]["labels"][RANK_LABEL] = if first { "0" } else { "leader" }.into();
    };
    let mut world = rolling(ANNOTATED, &json!({"ranked": "Order"}), worst_first);
    assert_eq!(deleted(&world), ["web-0"]);
    let found = world
        .cluster
        .diagnose(&key(), &Evidence::new(), NOW, PATIENCE)
        .unwrap();
    let unread = found
        .causes
        .iter()
        .filter(|it| it.name == CauseName::RankUnreadable);
    let pods: Vec<u32> = unread.map(|it| it.first).collect();
    assert_eq!(pods, [1]);
    // A label that changes is looked at.
    let mut other = pod("web-2", "web-1");
    other["metadata"]["labels"][RANK_LABEL] = "0".into();
    other["metadata"]["resourceVersion"] = "70".into();
    world.see(Kind::Pod, &other);
    assert_eq!(deleted(&world), ["web-2"]);
}

/// One zone at a time, and the next as soon as the one before is whole.
#[test]
fn a_group_is_disturbed_in_one_place_at_a_time() {
    for (profile, label) in [(ANNOTATED, false), (Profile::ZONES, true)] {
        let mut world = World::new(profile);
        let zone = |name: &str, image: &str, before: &str| {
            let text = web().to_string().replace("\"web\"", &format!("\"{name}\""));
            let mut set: Value = serde_json::from_str(&text).unwrap();
            set["metadata"]["uid"] = name.into();
            set["spec"]["podManagementPolicy"] = "Parallel".into();
            set["spec"]["template"]["spec"]["containers"][0]["image"] = image.into();
            if label {
                set["metadata"]["labels"]["rollout-group"] = "db".into();
            } else {
                ask(&mut set, &json!({"group": "db"}));
            }
            set["metadata"]["resourceVersion"] = Value::Null;
            if !before.is_empty() {
                set["status"] =
                    json!({"currentRevision": before, "replicas": 3, "observedGeneration": 1});
            }
            set
        };
        let member = |set: &str, ordinal: u32, revision: &str, ready: bool| {
            let mut pod = pod(&format!("{set}-{ordinal}"), revision);
            pod["metadata"]["labels"]["app"] = set.into();
            pod["metadata"]["ownerReferences"] = json!([owner("StatefulSet", set, set)]);
            pod["metadata"]["resourceVersion"] = Value::Null;
            pod["metadata"]["uid"] = format!("{set}-{ordinal}-{revision}").into();
            if !ready {
                pod["status"]["conditions"][0]["status"] = "False".into();
            }
            pod
        };
        let zones = ["zone-a", "zone-b"];
        let revision = |world: &World, set: &str| -> Value {
            let plan = world.cluster.plan(&Key::new("default", set), NOW).unwrap();
            let mut posts = plan
                .requests
                .iter()
                .filter(|it| it.path.ends_with("/controllerrevisions"));
            body(posts.next().expect("a revision"))
        };
        for set in zones {
            world.see(Kind::StatefulSet, &zone(set, "nginx:1", ""));
            let old = revision(&world, set);
            let old_name = old["metadata"]["name"].as_str().unwrap();
            world.see(Kind::ControllerRevision, &old);
            for ordinal in 0..3 {
                world.see(Kind::Pod, &member(set, ordinal, old_name, true));
            }
            world.see(Kind::StatefulSet, &zone(set, "nginx:2", old_name));
            let new = revision(&world, set);
            world.see(Kind::ControllerRevision, &new);
        }
        let going = |world: &World| -> Vec<String> {
            let mut lines = Vec::new();
            for set in zones {
                let plan = world.cluster.plan(&Key::new("default", set), NOW).unwrap();
                let plan = plan.requests.iter().map(line);
                lines.extend(plan.filter_map(|it| it.strip_prefix("DELETE pods/").map(Into::into)));
            }
            lines
        };
        assert_eq!(going(&world), ["zone-a-2"]);
        let held = world.cluster.diagnose(
            &Key::new("default", "zone-b"),
            &Evidence::new(),
            NOW,
            PATIENCE,
        );
        let held = held.unwrap();
        assert_eq!(held.causes[0].name, CauseName::GroupDisturbed, "{held}");
        assert!(held.causes[0].text.contains("zone-a"), "{held}");
        for set in zones.map(|it| Key::new("default", it)) {
            let plan = world.cluster.plan(&set, NOW).unwrap();
            let skipped = vec![Outcome::NotTried; plan.requests.len()];
            world.cluster.finish(&set, plan.id, &skipped, NOW);
        }
        let second = Key::new("default", "zone-b");
        assert!(!world.cluster.due(NOW).sets.contains(&second));
        // News of one set are news for the others.
        world.see(Kind::Pod, &member("zone-a", 0, "an-old-one", false));
        assert!(world.cluster.due(NOW).sets.contains(&second));
        assert_eq!(going(&world), ["zone-a-0"]);
        // Both zones have a pod that is not available: no available one goes.
        world.see(Kind::Pod, &member("zone-b", 2, "an-old-one", false));
        assert_eq!(going(&world), ["zone-a-0", "zone-b-2"]);
        // The first one is whole again: it waits for the second one, which was disturbed by somebody else.
        world.see(Kind::Pod, &member("zone-a", 0, "an-old-one", true));
        assert_eq!(going(&world), ["zone-b-2"]);
    }
}

#[test]
fn the_dialect_of_openkruise() {
    let resource =
        SetResource::new("apps.kruise.io/v1beta1", "StatefulSet", "statefulsets").unwrap();
    let kruise = |spec: &Value| {
        let mut set = web();
        set["apiVersion"] = "apps.kruise.io/v1beta1".into();
        set["spec"]["podManagementPolicy"] = "Parallel".into();
        for (name, value) in spec.as_object().unwrap() {
            set["spec"][name] = value.clone();
        }
        set
    };
    let world = |spec: &Value| {
        let mut world = World::of(Cluster::of(Profile::KRUISE, resource.clone()));
        world.introduce(&kruise(spec));
        world
    };
    let spec = json!({"reserveOrdinals": [1, "3-4", "4", 3], "replicas": 3});
    assert_eq!(made(&world(&spec)), ["web-0", "web-2", "web-5"]);
    let spec = json!({"scaleStrategy": {"maxUnavailable": 2}});
    assert_eq!(made(&world(&spec)), ["web-0", "web-1"]);
    let paused = json!({"updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"paused": true, "minReadySeconds": 7}}});
    let facts = |spec: &Value| {
        let world = world(spec);
        let facts = world.cluster.with_facts(&key(), NOW, |desired, _| {
            (
                desired.policies.paused,
                desired.policies.ranked,
                desired.min_ready,
            )
        });
        facts.unwrap()
    };
    assert_eq!(facts(&paused).0, statefulset::Paused::ROLLOUT);
    assert_eq!(facts(&paused).2, 7_000);
    // OpenKruise takes a list that it cannot read for an empty one.
    for (ordinals, path) in [
        (json!([1, "x"]), "spec.reserveOrdinals[1]"),
        (json!(["4-3"]), "spec.reserveOrdinals[0]"),
        (json!([-1]), "spec.reserveOrdinals[0]"),
    ] {
        let mut cluster = Cluster::of(Profile::KRUISE, resource.clone());
        let set = kruise(&json!({"reserveOrdinals": ordinals}));
        let error = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
        assert_eq!(error.unwrap_err().path, path);
    }
    let strategy = |ranks: Value| {
        json!({"updateStrategy": {"type": "RollingUpdate",
            "rollingUpdate": {"unorderedUpdate": {"priorityStrategy": ranks}}}})
    };
    let ranks = |ranks: Value, labels: &[(&str, &str)]| -> Vec<u32> {
        let mut world = world(&strategy(ranks));
        for (ordinal, (key, value)) in (0..).zip(labels) {
            let mut pod = pod(&format!("web-{ordinal}"), "web-1");
            pod["metadata"]["ownerReferences"][0]["apiVersion"] = "apps.kruise.io/v1beta1".into();
            pod["metadata"]["labels"][*key] = (*value).into();
            world.see(Kind::Pod, &pod);
        }
        let facts = world.cluster.with_facts(&key(), NOW, |_, observed| {
            observed.pods.iter().map(|pod| pod.rank).collect()
        });
        facts.unwrap()
    };
    let weights = json!({"weightPriority": [
        {"weight": 50, "matchSelector": {"matchLabels": {"role": "spare"}}},
        {"weight": 30, "matchSelector": {"matchExpressions": [{"key": "role", "operator": "Exists"}]}},
    ]});
    let found = ranks(
        weights,
        &[("role", "leader"), ("role", "spare"), ("other", "x")],
    );
    assert!(found[1] < found[0] && found[0] < found[2], "{found:?}");
    let keys = json!({"orderPriority": [{"orderedKey": "first"}, {"orderedKey": "second"}]});
    let found = ranks(
        keys,
        &[
            ("second", "a-9"),
            ("first", "3"),
            ("first", "db-12"),
            ("other", "x"),
        ],
    );
    assert!(
        found[3] < found[2] && found[2] < found[1] && found[1] < found[0],
        "{found:?}"
    );
}

#[test]
fn the_dialect_of_pingcap() {
    let mut set = web();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    set["metadata"]["annotations"] = json!({"delete-slots": "[1, 1, 7]"});
    let (world, _) = World::with_profile(Profile::PINGCAP, &set);
    assert_eq!(made(&world), ["web-0", "web-2", "web-3"]);
    set["metadata"]["annotations"]["paused-reconcile"] = "true".into();
    let (world, _) = World::with_profile(Profile::PINGCAP, &set);
    assert_eq!(made(&world), [""; 0]);
    let found = world
        .cluster
        .diagnose(&key(), &Evidence::new(), NOW, PATIENCE)
        .unwrap();
    assert_eq!(found.verdict, Verdict::InProgress);
    assert_eq!(found.causes[0].name, CauseName::Paused);
    // PingCAP's takes a list that it cannot read for an empty one, and a negative slot for one pod more.
    for (slots, problem) in [
        (
            "1,2",
            "expected a list of ordinals such as [1,3], found \"1,2\"",
        ),
        (
            "[1,-2]",
            "[1]: expected an ordinal from 0 to 2147483647, found -2",
        ),
    ] {
        set["metadata"]["annotations"]["delete-slots"] = slots.into();
        let error = refused(&set, Profile::PINGCAP);
        assert_eq!(error.path, "metadata.annotations[delete-slots]");
        assert_eq!(error.problem, problem);
    }
}

/// A pause is somebody's wish, however long it lasts.
#[test]
fn what_is_paused_is_not_stuck() {
    let world = rolling(ANNOTATED, &json!({"paused": ["Rollout"]}), |_| ());
    assert_eq!(deleted(&world), [""; 0]);
    let later = NOW + 1000 * PATIENCE;
    let found = world
        .cluster
        .diagnose(&key(), &Evidence::new(), later, PATIENCE)
        .unwrap();
    assert_eq!(found.verdict, Verdict::UpToDate, "{found}");
    let paused = found
        .causes
        .iter()
        .find(|it| it.name == CauseName::Paused)
        .unwrap();
    assert_eq!(paused.weight, Weight::Choice);
    assert!(paused.text.contains("the rollout is paused"), "{found}");
}

#[test]
fn who_is_excluded_and_who_stands_in_is_told() {
    let set = asking(&json!({"excluded": [{"first": 1}]}));
    let (mut world, revision) = World::with_profile(ANNOTATED, &set);
    for ordinal in [0, 2, 3] {
        world.see(Kind::Pod, &pod(&format!("web-{ordinal}"), &revision));
    }
    let found = world
        .cluster
        .diagnose(&key(), &Evidence::new(), NOW, PATIENCE)
        .unwrap();
    let told = found
        .causes
        .iter()
        .find(|it| it.name == CauseName::Excluded)
        .unwrap();
    assert_eq!(told.text, "web-1 is excluded, and web-3 stands in");
    assert_eq!(found.verdict, Verdict::UpToDate, "{found}");
}

/// The field changes with what is held back, and nothing else has to change for that.
#[test]
fn the_status_of_ones_own_resource_says_what_is_held() {
    let resource = SetResource::new("example.org/v1", "PlannedSet", "plannedsets").unwrap();
    let mut set = web();
    set["kind"] = "PlannedSet".into();
    set["apiVersion"] = "example.org/v1".into();
    set["spec"]["podManagementPolicy"] = "Parallel".into();
    set["spec"]["policies"] = json!({"paused": ["Creation"], "excluded": [{"first": 1}]});
    let mut world = World::of(Cluster::of(Profile::UPSTREAM, resource));
    world.introduce(&set);
    let status = |world: &mut World| -> Vec<Value> {
        let plan = world.plan();
        let tail = world.finish(
            &plan,
            &Outcome::Done {
                resource_version: String::new(),
            },
        );
        tail.requests
            .iter()
            .map(|it| body(it)["status"].clone())
            .collect()
    };
    let first = status(&mut world);
    assert_eq!(first[0]["held"], "paused 0 2-3");
    set["status"] = first[0].clone();
    // What is null in a patch is not there afterwards.
    set["status"]
        .as_object_mut()
        .unwrap()
        .retain(|_, it| !it.is_null());
    set["metadata"]["resourceVersion"] = "60".into();
    world.see(Kind::StatefulSet, &set);
    assert_eq!(status(&mut world), [Value::Null; 0]);
    set["spec"]["policies"]["excluded"] = json!([{"first": 0}]);
    set["metadata"]["resourceVersion"] = "61".into();
    world.see(Kind::StatefulSet, &set);
    assert_eq!(status(&mut world), [json!({"held": "paused 1-3"})]);
    set["status"]["held"] = "paused 1-3".into();
    set["spec"]["policies"]["paused"] = json!([]);
    set["metadata"]["resourceVersion"] = "62".into();
    world.see(Kind::StatefulSet, &set);
    let last = status(&mut world);
    let about: Vec<&Value> = last.iter().filter_map(|it| it.get("held")).collect();
    assert_eq!(about, [&Value::Null]);
}

/// Each plan looks at the other set, too.
#[test]
fn sets_of_a_group_can_be_planned_side_by_side() {
    let mut world = World::new(ANNOTATED);
    let names = ["zone-a", "zone-b", "zone-c"];
    for name in names {
        let text = web().to_string().replace("\"web\"", &format!("\"{name}\""));
        let mut set: Value = serde_json::from_str(&text).unwrap();
        set["metadata"]["uid"] = name.into();
        ask(&mut set, &json!({"group": "db"}));
        world.see(Kind::StatefulSet, &set);
    }
    let cluster = &world.cluster;
    std::thread::scope(|scope| {
        for name in names.into_iter().cycle().take(6) {
            scope.spawn(move || {
                for _ in 0..50 {
                    cluster.plan(&Key::new("default", name), NOW).unwrap();
                }
            });
        }
    });
}

/// Two sets of a group, of which both have something to replace.
fn zones(first: &Value) -> World {
    let mut world = World::new(ANNOTATED);
    for (name, policies) in [("web", first), ("zoo", &json!({"group": "db"}))] {
        let own = |value: &Value| -> Value {
            let text = value.to_string().replace("\"web\"", &format!("\"{name}\""));
            serde_json::from_str(&text.replace("\"web-", &format!("\"{name}-"))).unwrap()
        };
        let mut set = web();
        ask(&mut set, policies);
        let mut set = own(&set);
        set["metadata"]["uid"] = name.into();
        let key = Key::new("default", name);
        let revision = |world: &World| {
            let plan = world.cluster.plan(&key, NOW).unwrap();
            let mut made = plan
                .requests
                .iter()
                .filter(|it| it.path.ends_with("/controllerrevisions"));
            body(made.next().unwrap())
        };
        world.see(Kind::StatefulSet, &set);
        let before = revision(&world);
        world.see(Kind::ControllerRevision, &before);
        let before = before["metadata"]["name"].as_str().unwrap();
        for ordinal in 0..3 {
            let mut pod = own(&pod(&format!("web-{ordinal}"), "?"));
            pod["metadata"]["labels"]["controller-revision-hash"] = before.into();
            pod["metadata"]["ownerReferences"][0]["uid"] = name.into();
            world.see(Kind::Pod, &pod);
        }
        set["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
        set["status"]["currentRevision"] = before.into();
        set["metadata"]["resourceVersion"] = "50".into();
        world.see(Kind::StatefulSet, &set);
        let after = revision(&world);
        world.see(Kind::ControllerRevision, &after);
    }
    world
}

fn goes_on(world: &World, set: &str) -> bool {
    let plan = world.cluster.plan(&Key::new("default", set), NOW).unwrap();
    plan.requests
        .iter()
        .any(|it| line(it).starts_with("DELETE pods/"))
}

#[test]
fn a_member_that_is_paused_leaves_its_turn_to_the_others() {
    for (policies, own, other) in [
        (json!({"group": "db"}), true, false),
        (json!({"group": "db", "paused": ["Rollout"]}), false, true),
        (json!({"group": "db", "paused": ["All"]}), false, true),
    ] {
        let world = zones(&policies);
        assert_eq!(goes_on(&world, "web"), own, "{policies}");
        assert_eq!(goes_on(&world, "zoo"), other, "{policies}");
    }
}

/// What nobody can tell about a set may be that it is disturbed.
#[test]
fn a_member_that_cannot_be_read_holds_its_group() {
    for policies in [
        json!({"group": "db", "paused": ["Rollouts"]}),
        json!({"group": "db", "excluded": [{"first": 0, "last": 2_147_483_647}]}),
    ] {
        let mut world = zones(&json!({"group": "db", "paused": ["All"]}));
        assert!(goes_on(&world, "zoo"));
        let mut set = web();
        ask(&mut set, &policies);
        set["metadata"]["resourceVersion"] = "70".into();
        set["metadata"]["uid"] = "web".into();
        world
            .cluster
            .apply(Kind::StatefulSet, set.to_string().as_bytes())
            .unwrap_err();
        assert!(!goes_on(&world, "zoo"), "{policies}");
        let found =
            world
                .cluster
                .diagnose(&Key::new("default", "zoo"), &Evidence::new(), NOW, PATIENCE);
        let found = found.unwrap();
        let told = found
            .causes
            .iter()
            .find(|it| it.name == CauseName::GroupDisturbed)
            .unwrap();
        assert!(told.text.ends_with("it is the turn of web"), "{found}");
        assert_eq!(found.verdict, Verdict::InProgress, "{found}");
        world
            .cluster
            .remove(Kind::StatefulSet, "default", "web", "");
        assert!(goes_on(&world, "zoo"));
    }
}

/// A set that serves less than it should is not at its goal, whoever wants that; but nobody has to mend it.
#[test]
fn a_missing_pod_that_a_pause_keeps_away_is_neither_up_to_date_nor_stuck() {
    let set = asking(&json!({"paused": ["Creation"]}));
    let (mut world, revision) = World::with_profile(ANNOTATED, &set);
    for ordinal in 0..2 {
        world.see(Kind::Pod, &pod(&format!("web-{ordinal}"), &revision));
    }
    let later = NOW + 1000 * PATIENCE;
    let found = world
        .cluster
        .diagnose(&key(), &Evidence::new(), later, PATIENCE)
        .unwrap();
    assert_eq!(
        (found.verdict, found.at_goal),
        (Verdict::InProgress, false),
        "{found}"
    );
}

#[test]
fn what_is_paused_is_told_of_the_pods_that_it_is_about() {
    let world = rolling(
        ANNOTATED,
        &json!({"paused": ["Rollout"], "excluded": [{"first": 1, "last": 2}]}),
        |_| (),
    );
    let found = world
        .cluster
        .diagnose(&key(), &Evidence::new(), NOW, PATIENCE)
        .unwrap();
    let paused = found
        .causes
        .iter()
        .find(|it| it.name == CauseName::Paused)
        .unwrap();
    assert!(paused.text.starts_with("web-0: "), "{found}");
}
