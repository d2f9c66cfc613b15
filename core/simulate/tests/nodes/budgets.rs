//! Disruption budgets, and evictions under them.

use statefulset::kubernetes::DRAINING;
use statefulset_simulate::{ApiError, ApiReason};

use crate::*;

fn budget(spec: &Value) -> Value {
    let mut budget = json!({"metadata": {"name": "budget"}, "spec": {"selector": {"matchLabels": {"app": "web"}}}});
    for (field, value) in spec.as_object().into_iter().flatten() {
        budget.put(&format!("/spec/{field}"), value.clone());
    }
    budget
}

/// A settled set of three under a budget.
fn with_budget(spec: &Value) -> World {
    let mut world = cluster(Profile::STANDALONE, &["a", "b", "c"]);
    create(&mut world, Kind::StatefulSet, set("web", 3));
    create(&mut world, Kind::PodDisruptionBudget, budget(spec));
    assert_eq!(world.settle(HOUR), Settled::Quiet);
    world
}

/// Expected, desired, healthy, allowed.
fn counts(world: &World) -> [i64; 4] {
    let budget = get(world, Kind::PodDisruptionBudget, "budget");
    [
        "expectedPods",
        "desiredHealthy",
        "currentHealthy",
        "disruptionsAllowed",
    ]
    .map(|field| {
        budget
            .int(&format!("/status/{field}"))
            .expect("it is counted")
    })
}

fn evict(world: &mut World, pod: &str) -> Result<(), ApiError> {
    world.quiesce();
    let done = world
        .store_mut()
        .evict("default", pod, &DeleteOptions::default());
    world.quiesce();
    done.map(drop)
}

const REFUSED: &str = "Cannot evict pod as it would violate the pod's disruption budget.";

fn refusal(world: &mut World, pod: &str) -> (ApiReason, String) {
    let error = evict(world, pod).expect_err("it is refused");
    (error.reason, error.message)
}

#[test]
fn budgets_are_counted_as_they_are_written() {
    for (spec, expected) in [
        (json!({"maxUnavailable": 1}), [3, 2, 3, 1]),
        (json!({"maxUnavailable": 0}), [3, 3, 3, 0]),
        (json!({"maxUnavailable": 5}), [3, 0, 3, 3]),
        (json!({"maxUnavailable": "34%"}), [3, 1, 3, 2]),
        (json!({"minAvailable": 2}), [3, 2, 3, 1]),
        (json!({"minAvailable": 4}), [3, 4, 3, 0]),
        (json!({"minAvailable": "50%"}), [3, 2, 3, 1]),
        (json!({"minAvailable": "100%"}), [3, 3, 3, 0]),
        (json!({"minAvailable": 1, "selector": {}}), [3, 1, 3, 2]),
        (
            json!({"minAvailable": 0, "selector": {"matchLabels": {"app": "other"}}}),
            [0, 0, 0, 0],
        ),
    ] {
        let world = with_budget(&spec);
        assert_eq!(counts(&world), expected, "{spec}");
        let budget = get(&world, Kind::PodDisruptionBudget, "budget");
        let allowed = expected[3] > 0;
        assert_eq!(budget.condition("DisruptionAllowed") == "True", allowed);
        let reason = if allowed {
            "SufficientPods"
        } else {
            "InsufficientPods"
        };
        assert_eq!(budget.text("/status/conditions/0/reason"), reason);
        assert_eq!(budget.int("/status/observedGeneration"), Some(1));
    }
    assert!(said(
        &with_budget(&json!({"selector": {"matchLabels": {"app": "no"}}})),
        "budget",
        "NoPods"
    ));
}

#[test]
fn what_the_set_wants_counts_and_not_what_is_there() {
    let mut world = with_budget(&json!({"maxUnavailable": 1}));
    world.break_image("nginx:1.13");
    edit(&mut world, Kind::StatefulSet, "web", |set| {
        set["spec"]["template"]["spec"]["containers"][0]["image"] = json!("nginx:1.13");
    });
    world.settle(HOUR);
    assert_eq!(counts(&world), [3, 2, 2, 0]);
    edit(&mut world, Kind::StatefulSet, "web", |set| {
        set.put("/spec/replicas", json!(10));
    });
    world.quiesce();
    assert_eq!(counts(&world), [10, 9, 2, 0]);
}

#[test]
fn pods_of_nobody_and_of_unknown_controllers() {
    let mut world = with_budget(&json!({"maxUnavailable": 1}));
    create(&mut world, Kind::Pod, stray("alone", "a", false));
    world.settle(HOUR);
    assert_eq!(counts(&world), [3, 2, 4, 2]);
    create(&mut world, Kind::Pod, stray("agent-x", "a", true));
    world.settle(HOUR);
    let seen = get(&world, Kind::PodDisruptionBudget, "budget");
    assert_eq!(seen.int("/status/disruptionsAllowed"), Some(0));
    assert_eq!(seen.text("/status/conditions/0/reason"), "SyncFailed");
    let why = "CalculateExpectedPodCountFailed Failed to calculate the number of expected pods: daemonsets.apps does not \
               implement the scale subresource";
    assert!(said(&world, "budget", why));
}

#[test]
fn an_eviction_spends_the_budget_until_the_successor_is_ready() {
    let mut world = with_budget(&json!({"maxUnavailable": 1}));
    assert_eq!(evict(&mut world, "web-2"), Ok(()));
    assert_eq!(
        get(&world, Kind::Pod, "web-2").condition("DisruptionTarget"),
        "True"
    );
    assert_eq!(counts(&world), [3, 2, 2, 0]);
    assert_eq!(
        refusal(&mut world, "web-1"),
        (ApiReason::TooManyRequests, REFUSED.to_owned())
    );
    assert!(!terminates(&world, "web-1"));
    pass(&mut world, 10 * SECOND);
    assert_eq!(counts(&world), [3, 2, 3, 1]);
    assert_eq!(evict(&mut world, "web-1"), Ok(()));
}

#[test]
fn two_evictions_in_one_moment_do_not_spend_one_budget_twice() {
    let mut world = with_budget(&json!({"maxUnavailable": 1}));
    let store = world.store_mut();
    let options = DeleteOptions::default();
    assert!(store.evict("default", "web-2", &options).is_ok());
    let refused = store.evict("default", "web-1", &options);
    assert_eq!(
        refused.expect_err("nothing is left").reason,
        ApiReason::TooManyRequests
    );
}

#[test]
fn an_eviction_without_effect_gives_the_budget_back() {
    let mut world = with_budget(&json!({"maxUnavailable": 1}));
    // The pod is counted as disturbed although nobody deleted it: after two minutes it counts again.
    let mut seen = get(&world, Kind::PodDisruptionBudget, "budget");
    let now = seen.text("/metadata/creationTimestamp").to_owned();
    seen["status"]["disruptedPods"] = json!({"web-1": now});
    world
        .store_mut()
        .update_status(Kind::PodDisruptionBudget, seen)
        .expect("it can be changed");
    world.quiesce();
    assert_eq!(counts(&world), [3, 2, 2, 0]);
    pass(&mut world, 2 * MINUTE);
    assert_eq!(counts(&world), [3, 2, 3, 1]);
}

#[test]
fn who_is_asked_and_who_is_not() {
    // Pods that do not work yet, or any more, and those that go already.
    let mut world = with_budget(&json!({"maxUnavailable": 0}));
    world.break_image("broken");
    let broken = json!({"containers": [{"name": "c", "image": "broken"}]});
    create(&mut world, Kind::Pod, pod("pending", &broken));
    let errand = json!({"restartPolicy": "Never", "containers": [{"name": "c", "image": "busybox", "command": ["true"]}]});
    create(&mut world, Kind::Pod, pod("done", &errand));
    pass(&mut world, 10 * SECOND);
    for name in ["pending", "done"] {
        assert_eq!(evict(&mut world, name), Ok(()), "{name}");
    }
    assert_eq!(refusal(&mut world, "web-0").0, ApiReason::TooManyRequests);
    delete(&mut world, Kind::Pod, "web-0");
    assert_eq!(evict(&mut world, "web-0"), Ok(()));

    // No budget, no question; not there, not found; another one, a conflict.
    create(&mut world, Kind::Pod, {
        let mut free = pod("free", &json!({}));
        free["metadata"]["labels"]["app"] = json!("free");
        free
    });
    pass(&mut world, 10 * SECOND);
    let other = DeleteOptions {
        uid: Some("other".into()),
        ..DeleteOptions::default()
    };
    let conflict = world
        .store_mut()
        .evict("default", "free", &other)
        .expect_err("it is another pod");
    assert_eq!(conflict.reason, ApiReason::Conflict);
    assert_eq!(evict(&mut world, "free"), Ok(()));
    assert_eq!(refusal(&mut world, "nobody").0, ApiReason::NotFound);

    // Two budgets for one pod.
    let mut second = budget(&json!({"maxUnavailable": 3}));
    second["metadata"]["name"] = json!("second");
    create(&mut world, Kind::PodDisruptionBudget, second);
    let (reason, message) = refusal(&mut world, "web-1");
    assert_eq!(reason, ApiReason::InternalError);
    assert!(
        message.starts_with("This pod has more than one PodDisruptionBudget"),
        "{message}"
    );
}

#[test]
fn a_budget_that_nobody_has_counted_yet_refuses() {
    let mut world = with_budget(&json!({"maxUnavailable": 1}));
    edit(&mut world, Kind::PodDisruptionBudget, "budget", |b| {
        b.put("/spec/maxUnavailable", json!(3));
    });
    let refused = world
        .store_mut()
        .evict("default", "web-0", &DeleteOptions::default());
    assert_eq!(
        refused.expect_err("it is refused").message,
        "The disruption budget budget is still being processed by the server."
    );
    assert_eq!(evict(&mut world, "web-0"), Ok(()));
}

/// Whether an unready pod of three is let go, and how many of the others are unready beside it.
fn unready_goes(policy: Option<&str>, others_unready: usize, allowance: i64) -> bool {
    let mut world = cluster(Profile::STANDALONE, &["a"]);
    for i in 0..3 {
        let probe = json!({"containers": [{
            "name": "c", "image": "nginx:1.12",
            "readinessProbe": {"exec": {"command": ["check"]}, "failureThreshold": 1},
        }]});
        create(&mut world, Kind::Pod, pod(&format!("p-{i}"), &probe));
    }
    let mut spec = json!({"minAvailable": allowance});
    if let Some(policy) = policy {
        spec["unhealthyPodEvictionPolicy"] = json!(policy);
    }
    create(&mut world, Kind::PodDisruptionBudget, budget(&spec));
    world.settle(HOUR);
    for i in 0..=others_unready {
        world.fail_probe("default", &format!("p-{i}"));
    }
    world.settle(HOUR);
    assert!(!is_ready(&world, "p-0"));
    evict(&mut world, "p-0").is_ok()
}

#[test]
fn unready_pods_go_where_the_others_suffice_or_where_they_always_may() {
    for (policy, others_unready, least, goes) in [
        (None, 0, 2, true),
        (Some("IfHealthyBudget"), 0, 2, true),
        (None, 1, 2, false),
        (Some("IfHealthyBudget"), 1, 2, false),
        (Some("AlwaysAllow"), 1, 2, true),
        (Some("AlwaysAllow"), 2, 3, true),
        // Nothing desired is no health to rely on: the budget is asked.
        (None, 2, 0, false),
    ] {
        assert_eq!(
            unready_goes(policy, others_unready, least),
            goes,
            "{policy:?} {others_unready} {least}"
        );
    }
}

#[test]
fn the_library_drains_a_node_as_far_as_the_budget_allows() {
    let mut world = with_budget(&json!({"maxUnavailable": 0}));
    let node = node_of(&world, "web-1");
    let before = uid(&world, "web-1");
    edit(&mut world, Kind::Node, &node, |node| {
        node.put("/spec/unschedulable", json!(true));
        node["metadata"]["annotations"][DRAINING] = json!("true");
    });
    pass(&mut world, HOUR);
    assert_eq!(uid(&world, "web-1"), before);
    assert!(is_ready(&world, "web-1"));
    let explained = world
        .diagnose("default", "web")
        .expect("the set is there")
        .to_string();
    assert!(explained.contains("budget"), "{explained}");

    edit(&mut world, Kind::PodDisruptionBudget, "budget", |b| {
        b.put("/spec/maxUnavailable", json!(1));
    });
    pass(&mut world, MINUTE);
    assert_ne!(uid(&world, "web-1"), before);
    assert_ne!(node_of(&world, "web-1"), node);
    assert!(is_ready(&world, "web-1"));
}
