//! Views that are too old, and which sets are due.

use serde_json::json;
use statefulset::kubernetes::{Cluster, Kind, Method, Outcome};
use statefulset::{Gate, Gates, Next, Profile};

use crate::world::{NOW, World, done, key, pod, web, web_with_claims};

fn gates(requests: &statefulset::kubernetes::Requests) -> Vec<Gates> {
    let wait = |action: &statefulset::Action| match action.what {
        statefulset::Do::Wait(wait) => Some(wait.gates),
        _ => None,
    };
    requests.waits.iter().filter_map(wait).collect()
}

#[test]
fn kinds_that_were_never_listed_give_waits() {
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    let set = web_with_claims().to_string();
    let mut unlisted = vec![Kind::ControllerRevision, Kind::Pod, Kind::StatefulSet];
    loop {
        cluster
            .apply(Kind::StatefulSet, set.as_bytes())
            .expect("a good set");
        let requests = cluster.plan(&key(), NOW).expect("a plan");
        let Some(kind) = unlisted.pop() else {
            // Claims alone are missing now.
            let gates = gates(&requests);
            let unknown = |it: &Gates| it.contains(Gate::ClaimsUnknown);
            assert!(gates.iter().any(unknown), "{gates:?}");
            assert!(
                !requests
                    .requests
                    .iter()
                    .any(|it| it.path.ends_with("/pods"))
            );
            break;
        };
        assert_eq!(requests.requests, []);
        assert_eq!(gates(&requests), [Gates::of(Gate::StaleView)]);
        cluster.begin_list(kind);
        cluster
            .apply(Kind::StatefulSet, set.as_bytes())
            .expect("a good set");
        cluster.end_list(kind, "10");
    }
}

#[test]
fn nothing_is_planned_before_ones_own_writes_are_seen() {
    let (mut world, revision) = World::with_set(&web());
    let requests = world.plan();
    let outcome = Outcome::Done {
        resource_version: "500".into(),
    };
    world.finish(&requests, &outcome);
    world.cluster.bookmark(Kind::Pod, "499");
    assert_eq!(gates(&world.plan()), [Gates::of(Gate::StaleView)]);
    let unfresh = world.plan();
    assert_eq!(world.finish(&unfresh, &done()).next, Next::Rest);
    assert!(!world.is_due());
    // Any news of the kind will do, even those of another set.
    let mut other = pod("other-0", &revision);
    other["metadata"]["ownerReferences"] = json!([]);
    other["metadata"]["resourceVersion"] = json!("500");
    world.see(Kind::Pod, &other);
    assert!(world.is_due(), "the view has caught up");
    assert_eq!(world.lines(), ["POST pods"]);
}

/// K-8
#[test]
fn without_read_your_writes_an_older_view_is_planned_on() {
    let profile = Profile {
        read_your_writes: false,
        ..Profile::UPSTREAM
    };
    let mut world = World::new(profile);
    world.see(Kind::StatefulSet, &web());
    let requests = world.plan();
    let outcome = Outcome::Done {
        resource_version: "500".into(),
    };
    world.finish(&requests, &outcome);
    let again = world.plan();
    let paths = |them: &statefulset::kubernetes::Requests| {
        let paths = them.requests.iter().map(|it| it.path.clone());
        paths.collect::<Vec<_>>()
    };
    assert_eq!(
        paths(&again),
        paths(&requests),
        "it does not know of its pod"
    );
}

#[test]
fn a_deletion_of_ones_own_is_waited_for_until_the_pod_is_seen_to_go() {
    let mut set = web();
    set["spec"]["replicas"] = json!(1);
    let (mut world, revision) = World::with_set(&set);
    for name in ["web-0", "web-1"] {
        world.see(Kind::Pod, &pod(name, &revision));
    }
    let requests = world.plan();
    assert_eq!(world.lines(), ["DELETE pods/web-1"]);
    world.finish(&requests, &done());
    // The set grows again while the deletion has not been seen: web-1 only looks as if it were there to stay.
    set["spec"]["replicas"] = json!(3);
    set["metadata"]["resourceVersion"] = json!("11");
    world.see(Kind::StatefulSet, &set);
    assert_eq!(gates(&world.plan()), [Gates::of(Gate::StaleView)]);
    let mut going = pod("web-1", &revision);
    going["metadata"]["resourceVersion"] = json!("21");
    going["metadata"]["deletionTimestamp"] = json!("2026-11-21T07:37:00Z");
    world.see(Kind::Pod, &going);
    assert_eq!(gates(&world.plan())[0], Gates::of(Gate::PodTerminating));
    let cluster = &mut world.cluster;
    cluster.remove(Kind::Pod, "default", "web-1", "uid-of-web-1");
    assert_eq!(world.lines(), ["POST pods"]);
}

#[test]
fn a_plan_asked_for_twice_is_the_same_and_changes_nothing() {
    let (world, _) = World::with_set(&web_with_claims());
    let before = world.cluster.due(NOW);
    assert_eq!(world.plan(), world.plan());
    assert_eq!(world.cluster.due(NOW), before);
}

#[test]
fn a_set_stays_due_until_it_is_finished_and_comes_back_when_touched() {
    let (mut world, revision) = World::with_set(&web_with_claims());
    assert!(world.is_due());
    let requests = world.plan();
    assert!(world.is_due(), "planning is not doing");
    // Something happens between plan and finish.
    world.see(Kind::Pod, &pod("web-0", &revision));
    world.finish(&requests, &done());
    assert!(world.is_due(), "the plan did not know of the pod");
    let requests = world.plan();
    world.finish(&requests, &done());
    assert!(!world.is_due());
    world.see(Kind::PersistentVolumeClaim, &crate::world::claim(0));
    assert!(world.is_due(), "claims wake their set");
    let requests = world.plan();
    world.finish(&requests, &done());
    world.see(Kind::Pod, &pod("web-0", &revision));
    assert!(!world.is_due(), "the same again is no news");
}

#[test]
fn an_old_plan_only_asks_for_another_look() {
    let (mut world, revision) = World::with_set(&web());
    let old = world.plan();
    world.see(Kind::Pod, &pod("web-0", &revision));
    let new = world.plan();
    assert_ne!(old.id, new.id);
    let tail = world.finish(&old, &done());
    assert_eq!((tail.requests.len(), tail.next), (0, Next::Again));
    assert!(world.is_due());
}

#[test]
fn failures_come_back_after_longer_and_longer_pauses() {
    let (mut world, _) = World::with_set(&web());
    let mut now = NOW;
    for pause in [5, 10, 20, 40] {
        let requests = world.cluster.plan(&key(), now).expect("a plan");
        let outcomes = [Outcome::Failed("no".into())];
        let tail = world.cluster.finish(&key(), requests.id, &outcomes, now);
        assert_eq!(tail.next, Next::Retry);
        let due = world.cluster.due(now);
        assert_eq!((due.sets, due.next), (vec![], Some(now + pause)));
        now += pause;
        assert_eq!(world.cluster.due(now).sets, [key()]);
    }
}

#[test]
fn the_status_is_waited_for_where_its_write_is_reported() {
    let (mut world, _) = World::with_set(&web());
    let requests = world.plan();
    let tail = world.finish(&requests, &done());
    assert_eq!(tail.requests[0].method, Method::Patch);
    let outcome = Outcome::Done {
        resource_version: "700".into(),
    };
    world.cluster.settle(&key(), requests.id, &[outcome], NOW);
    assert_eq!(gates(&world.plan()), [Gates::of(Gate::StaleView)]);
    world.cluster.bookmark(Kind::StatefulSet, "700");
    assert_eq!(world.lines(), ["POST pods"]);
    let requests = world.plan();
    world.finish(&requests, &done());
    world
        .cluster
        .settle(&key(), requests.id, &[Outcome::Conflict], NOW);
    assert_eq!(world.cluster.due(NOW + 5).sets, [key()], "tried again");
}
