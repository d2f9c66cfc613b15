//! What the subresource `resize` of a pod takes, and what it refuses.

use serde_json::{Value, json};
use statefulset::{Profile, Version};
use statefulset_simulate::{Fields, Kind, Object, Options, PatchType, World};

fn pod() -> Value {
    json!({
        "metadata": {"name": "p"},
        "spec": {
            "initContainers": [
                {"name": "init", "image": "i:1", "resources": {"requests": {"cpu": "1"}}},
                {"name": "side", "image": "i:1", "restartPolicy": "Always", "resources": {"requests": {"cpu": "1"}}},
            ],
            "containers": [{
                "name": "c", "image": "i:1", "resources": {
                    "requests": {"cpu": "1", "memory": "1Gi", "ephemeral-storage": "1Gi"},
                    "limits": {"memory": "2Gi"},
                },
            }],
        },
    })
}

/// What comes of a pod after this request in a cluster of this version, or what kubectl shows of the refusal.
fn resized(version: Version, pod: Value, patch: &Value) -> Result<Object, String> {
    let mut world = World::new(Options {
        profile: Profile::upstream(version),
        ..Options::default()
    });
    let store = world.store_mut();
    store.create(Kind::Pod, "default", pod).expect("in order");
    let (kind, how) = (Kind::Pod, PatchType::Strategic);
    let resized = store.resize(kind, "default", "p", patch, how);
    resized
        .map(|it| Object::clone(&it))
        .map_err(|error| error.shown())
}

fn containers(change: &Value) -> Value {
    json!({"spec": {"containers": [change]}})
}

fn init(change: &Value) -> Value {
    json!({"spec": {"initContainers": [change]}})
}

#[test]
fn requests_and_limits_of_processors_and_memory_change() {
    let patch = containers(&json!({
        "name": "c", "resources": {"requests": {"cpu": "2000m", "memory": "3Gi"}, "limits": {"memory": "4Gi"}},
    }));
    let after = resized(Version::V1_33, pod(), &patch).unwrap();
    assert_eq!(
        after["spec"]["containers"][0]["resources"],
        json!({
            "requests": {"cpu": "2", "memory": "3Gi", "ephemeral-storage": "1Gi"}, "limits": {"memory": "4Gi"},
        })
    );
    assert_eq!(after.int("/metadata/generation"), Some(2));
    let side = init(&json!({"name": "side", "resources": {"requests": {"cpu": "2"}}}));
    assert!(resized(Version::V1_33, pod(), &side).is_ok());
    // The same as before is no change.
    let same = containers(&json!({"name": "c", "resources": {"requests": {"cpu": "1"}}}));
    let after = resized(Version::V1_37, pod(), &same).unwrap();
    assert_eq!(after.int("/metadata/generation"), Some(1));
}

#[test]
fn all_else_is_refused() {
    let only = "spec: Forbidden: only cpu and memory resources are mutable";
    for (version, patch, shown) in [
        (
            Version::V1_37,
            containers(
                &json!({"name": "c", "resources": {"requests": {"ephemeral-storage": "2Gi"}}}),
            ),
            only,
        ),
        (
            Version::V1_37,
            containers(&json!({"name": "c", "resizePolicy": [
                {"resourceName": "cpu", "restartPolicy": "RestartContainer"},
            ]})),
            only,
        ),
        (
            Version::V1_37,
            containers(&json!({"name": "c", "resources": {"requests": {"cpu": null}}})),
            "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed",
        ),
        (
            Version::V1_37,
            containers(&json!({"name": "c", "resources": {"limits": null}})),
            "spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed",
        ),
        (
            Version::V1_37,
            containers(&json!({"name": "d", "image": "i:1"})),
            "spec.containers: Forbidden: containers may not be added or removed on resize",
        ),
        (
            Version::V1_37,
            init(&json!({"name": "side", "resources": {"requests": {"ephemeral-storage": "2"}}})),
            "spec.initContainers[1]: Forbidden: only cpu and memory resources for init or sidecar containers are mutable",
        ),
        (
            Version::V1_37,
            containers(&json!({"name": "c", "resources": {"requests": {"memory": "3Gi"}}})),
            "spec.containers[0].resources.requests: Invalid value: \"3Gi\": must be less than or equal to memory limit of 2Gi",
        ),
        (
            Version::V1_33,
            containers(&json!({"name": "c", "resources": {"limits": {"memory": "1Gi"}}})),
            "spec.containers[0].resources.limits[memory]: Forbidden: memory limits cannot be decreased unless resizePolicy is \
             RestartContainer",
        ),
        (
            Version::V1_35,
            init(&json!({"name": "init", "resources": {"requests": {"cpu": "2"}}})),
            "spec: Forbidden: resources for non-sidecar init containers are immutable",
        ),
    ] {
        let refused = resized(version, pod(), &patch).expect_err(shown);
        assert_eq!(refused, format!("The Pod \"p\" is invalid: {shown}"));
    }
}

#[test]
fn less_memory_is_taken_since_1_34_and_before_where_the_container_restarts() {
    let less = containers(&json!({"name": "c", "resources": {"limits": {"memory": "1Gi"}}}));
    assert!(resized(Version::V1_34, pod(), &less).is_ok());
    let mut restarting = pod();
    restarting["spec"]["containers"][0]["resizePolicy"] =
        json!([{"resourceName": "memory", "restartPolicy": "RestartContainer"}]);
    assert!(resized(Version::V1_33, restarting, &less).is_ok());
}

#[test]
fn init_containers_are_resized_since_1_36() {
    let patch = init(&json!({"name": "init", "resources": {"requests": {"cpu": "2"}}}));
    let after = resized(Version::V1_36, pod(), &patch).unwrap();
    assert_eq!(
        after["spec"]["initContainers"][0]["resources"]["requests"]["cpu"],
        "2"
    );
}

#[test]
fn the_quality_of_service_stays() {
    let mut object = pod();
    object["spec"].take_away("/initContainers");
    object["spec"]["containers"][0]["resources"] =
        json!({"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"cpu": "1", "memory": "1Gi"}});
    let patch = containers(&json!({"name": "c", "resources": {"limits": {"cpu": "2"}}}));
    let refused = resized(Version::V1_37, object, &patch).unwrap_err();
    assert_eq!(
        refused,
        "The Pod \"p\" is invalid: spec: Invalid value: \"Guaranteed\": Pod QOS Class may not change as a result of resizing"
    );
}

#[test]
fn resources_of_a_pod_as_a_whole_came_later() {
    let whole = || {
        let mut object = pod();
        object["spec"]["resources"] = json!({"requests": {"cpu": "4", "memory": "4Gi"}});
        object
    };
    let patch = json!({"spec": {"resources": {"requests": {"cpu": "5"}}}});
    for (version, shown) in [
        (
            Version::V1_34,
            ": Forbidden: pods with pod-level resources cannot be resized",
        ),
        (
            Version::V1_35,
            ": Forbidden: resize of pods with pod-level resources is forbidden when \
             InPlacePodLevelResourcesVerticalScalingEnabled feature gate is disabled",
        ),
    ] {
        let refused = resized(version, whole(), &patch).expect_err(shown);
        assert_eq!(refused, format!("The Pod \"p\" is invalid: {shown}"));
    }
    let after = resized(Version::V1_36, whole(), &patch).unwrap();
    assert_eq!(after["spec"]["resources"]["requests"]["cpu"], "5");
}
