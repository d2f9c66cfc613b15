//! The queue of what is due, and what it says of a view that stays behind.

use serde_json::json;
use statefulset::kubernetes::{
    Awaited, Cluster, Evidence, Key, Kind, Outcome, PATIENCE, PlanId, Unseen,
};
use statefulset::{Do, Profile};

use crate::world::{NOW, World, done, key, pod, web, web_with_claims};

fn take(world: &mut World, now: i64) -> Vec<Key> {
    world.cluster.take_due(now).sets
}

#[test]
fn a_set_is_handed_out_once_and_stays_due_until_it_is_finished() {
    let (mut world, revision) = World::with_set(&web());
    assert_eq!(world.cluster.untaken_due(NOW).sets, [key()]);
    assert_eq!(take(&mut world, NOW), [key()]);
    assert_eq!(take(&mut world, NOW), []);
    assert!(world.is_due(), "it is in hand");
    let plan = world.plan();
    world.see(Kind::Pod, &pod("web-0", &revision));
    assert_eq!(take(&mut world, NOW), [], "one worker is enough");
    world.finish(&plan, &done());
    assert_eq!(take(&mut world, NOW), [key()], "it was touched meanwhile");
    let plan = world.plan();
    world.finish(&plan, &Outcome::Failed("no".into()));
    assert_eq!(take(&mut world, NOW), []);
    assert_eq!(take(&mut world, NOW + 5), [key()], "tried again");
    let nothing = PlanId { view: 0, now: 0 };
    world.cluster.finish(&key(), nothing, &[], NOW);
    assert_eq!(take(&mut world, NOW), [key()], "it was handed back");
    world
        .cluster
        .remove(Kind::StatefulSet, "default", "web", "");
    assert_eq!(world.cluster.due(NOW).sets, [], "it is gone");
    world.see(Kind::StatefulSet, &web());
    assert_eq!(take(&mut world, NOW), [key()], "another of its name");
}

/// The only thing that is awaited.
fn awaited(cluster: &Cluster, now: i64) -> Awaited {
    let mut awaited = cluster.due(now).awaited;
    assert_eq!(awaited.len(), 1, "{awaited:?}");
    awaited.remove(0)
}

#[test]
fn a_kind_that_was_never_listed_is_named_and_asked_for_again() {
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    for kind in [Kind::StatefulSet, Kind::ControllerRevision] {
        cluster.begin_list(kind);
        cluster.end_list(kind, "1");
    }
    let set = web().to_string();
    cluster
        .apply(Kind::StatefulSet, set.as_bytes())
        .expect("a set");
    let plan = cluster.plan(&key(), NOW).expect("a plan");
    let on = plan.blockers[0].as_ref().expect("something is waited for");
    assert_eq!(
        (on.kind, &*on.name, on.unseen),
        (Kind::Pod, "", Some(Unseen::List))
    );
    cluster.finish(&key(), plan.id, &[], NOW);
    let due = cluster.due(NOW);
    assert_eq!((due.sets, due.next), (vec![], Some(NOW + 30_000)));
    let it = awaited(&cluster, NOW);
    assert_eq!((&it.set, it.kind, it.since), (&key(), Kind::Pod, Some(NOW)));
    assert!(!it.is_late(NOW + 29_999) && it.is_late(NOW + 30_000));
    let text = "waiting for a complete list of the kind Pod: there was none yet (begin_list, then end_list)";
    assert_eq!(it.to_string(), text);
    // It comes back again and again, and says so with a hint.
    for now in [NOW + 30_000, NOW + 60_000] {
        assert_eq!(cluster.due(now).sets, [key()]);
        let told = cluster.explain(&key(), now).expect("a set");
        let waited = (now - NOW) / 1000;
        let hint = format!("(for {waited} s; the list may have failed: begin it again)");
        assert_eq!(told, format!("web: nothing is decided yet: {text} {hint}"));
        let plan = cluster.plan(&key(), now).expect("a plan");
        cluster.finish(&key(), plan.id, &[], now);
        assert_eq!(cluster.due(now).next, Some(now + 30_000));
    }
    cluster.begin_list(Kind::Pod);
    cluster.end_list(Kind::Pod, "5");
    let due = cluster.due(NOW + 60_000);
    assert_eq!((due.sets, due.awaited), (vec![key()], vec![]));
}

#[test]
fn claims_that_were_never_listed_are_waited_for_until_they_are_even_if_there_are_none() {
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    for kind in [Kind::StatefulSet, Kind::ControllerRevision, Kind::Pod] {
        cluster.begin_list(kind);
        cluster.end_list(kind, "1");
    }
    let set = web_with_claims().to_string();
    cluster
        .apply(Kind::StatefulSet, set.as_bytes())
        .expect("a set");
    let plan = cluster.plan(&key(), NOW).expect("a plan");
    let unseen = plan
        .blockers
        .iter()
        .flatten()
        .find(|it| it.unseen.is_some());
    let unseen = unseen.expect("claims are waited for");
    assert_eq!(unseen.kind, Kind::PersistentVolumeClaim);
    let told = cluster.explain(&key(), NOW).expect("a set");
    assert!(
        told.contains("list of the kind PersistentVolumeClaim"),
        "{told}"
    );
    let outcomes = vec![done(); plan.requests.len()];
    cluster.finish(&key(), plan.id, &outcomes, NOW);
    assert_eq!(awaited(&cluster, NOW).kind, Kind::PersistentVolumeClaim);
    assert!(cluster.due(NOW).next.is_some());
    cluster.begin_list(Kind::PersistentVolumeClaim);
    cluster.end_list(Kind::PersistentVolumeClaim, "5");
    let due = cluster.due(NOW);
    assert_eq!((due.sets, due.awaited), (vec![key()], vec![]));
}

#[test]
fn a_write_that_was_never_seen_is_named() {
    let (mut world, _) = World::with_set(&web());
    let plan = world.plan();
    let written = Outcome::Done {
        resource_version: "812".into(),
    };
    world.finish(&plan, &written);
    world.cluster.bookmark(Kind::Pod, "805");
    let plan = world.plan();
    let on = plan.blockers[0].as_ref().expect("a pod");
    let unseen = Unseen::Write {
        created: true,
        version: 812,
        seen: 805,
    };
    assert_eq!(
        (on.kind, &*on.name, on.unseen),
        (Kind::Pod, "web-0", Some(unseen))
    );
    let Do::Wait(wait) = plan.waits[0].what else {
        panic!("a wait");
    };
    assert_eq!(wait.since, Some(NOW));
    world.finish(&plan, &done());
    let text = "waiting to see our own write: pod web-0 was created at resource version 812, the pod watch is at 805";
    assert_eq!(awaited(&world.cluster, NOW).to_string(), text);
    // The watch goes on, and not far enough.
    world.cluster.bookmark(Kind::Pod, "811");
    let Unseen::Write { seen, .. } = awaited(&world.cluster, NOW).unseen else {
        panic!("a write");
    };
    assert_eq!(seen, 811);
    let told = world.cluster.explain(&key(), NOW + 45_000).expect("a set");
    let hint = "(for 45 s; the pod watch may have died: list the kind again)";
    let told = told.strip_suffix(hint).expect("a hint");
    assert_eq!(
        told,
        format!(
            "web: nothing is decided yet: {} ",
            text.replace("805", "811")
        )
    );
    let found = world
        .cluster
        .diagnose(&key(), &Evidence::new(), NOW, PATIENCE)
        .expect("a set")
        .waits;
    assert_eq!(found[0].since, Some(NOW));
    assert!(
        found[0].text.contains("pod web-0 was created"),
        "{}",
        found[0].text
    );
    world.cluster.bookmark(Kind::Pod, "812");
    assert!(world.is_due());
}

#[test]
fn a_deletion_that_was_never_seen_is_named() {
    let mut set = web();
    set["spec"]["replicas"] = json!(1);
    let (mut world, revision) = World::with_set(&set);
    for name in ["web-0", "web-1"] {
        world.see(Kind::Pod, &pod(name, &revision));
    }
    let plan = world.plan();
    world.finish(&plan, &done());
    world.see(Kind::Pod, &{
        let mut other = pod("web-0", &revision);
        other["metadata"]["resourceVersion"] = json!("40");
        other
    });
    let plan = world.plan();
    world.finish(&plan, &done());
    let text = awaited(&world.cluster, NOW).to_string();
    assert!(
        text.starts_with("waiting to see our own deletion: pod web-1 was deleted or evicted"),
        "{text}"
    );
    let cluster = &mut world.cluster;
    cluster.remove(Kind::Pod, "default", "web-1", "");
    assert!(world.is_due());
}
