//! Sets that take turns (rule Y-4).

use super::*;

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
