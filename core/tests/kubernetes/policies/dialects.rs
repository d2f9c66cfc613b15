//! The fields and annotations that other projects have (rules Y-5 and Y-6).

use super::*;

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
