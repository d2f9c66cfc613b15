//! Policies as sets say them: fields, annotations, labels and groups (rules Y-1 to Y-6).

mod dialects;
mod groups;
mod in_place;
mod marks;
mod tempo;
mod told;

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
        (
            json!({"paceSeconds": "soon"}),
            "paceSeconds: expected a number of seconds, found \"soon\"",
        ),
        (
            json!({"deadline": {"afterSeconds": 0}}),
            "deadline.afterSeconds: expected a number of seconds of at least 1, found 0",
        ),
        (
            json!({"deadline": {"then": "Halt"}}),
            "deadline: missing field `afterSeconds`",
        ),
        (
            json!({"deadline": {"afterSeconds": 60, "then": "Stop"}}),
            "deadline.then: expected one of Report, Halt, Suggest, found \"Stop\"",
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
