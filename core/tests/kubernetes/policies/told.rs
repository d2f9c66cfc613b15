//! What is told of policies: how the set stands, and its status (rule Y-7).

use super::*;

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
