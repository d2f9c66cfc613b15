//! Pods: what is filled in, and what may change while they run.

use serde_json::json;
use statefulset_simulate::{Fields, Kind, PatchType};

use crate::examples::{pod, refused, refused_later, store};

#[test]
fn a_pod_is_filled_in() {
    let mut store = store();
    let mut object = pod();
    object.put(
        "/spec/tolerations",
        json!([{"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5}]),
    );
    let made = store.create(Kind::Pod, "default", object).unwrap();
    assert_eq!(
        made["spec"],
        json!({
            "containers": [{
                "name": "c", "image": "i:1", "imagePullPolicy": "IfNotPresent", "resources": {},
                "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
            }],
            "dnsPolicy": "ClusterFirst", "enableServiceLinks": true, "preemptionPolicy": "PreemptLowerPriority",
            "priority": 0, "restartPolicy": "Always", "schedulerName": "default-scheduler", "securityContext": {},
            "serviceAccount": "default", "serviceAccountName": "default", "terminationGracePeriodSeconds": 30,
            "tolerations": [
                {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5},
                {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute",
                 "tolerationSeconds": 300},
            ],
        })
    );
    assert_eq!(
        made["status"],
        json!({"phase": "Pending", "qosClass": "BestEffort"})
    );
}

#[test]
fn pods_have_a_quality_of_service() {
    for (resources, class) in [
        (json!({}), "BestEffort"),
        (json!({"requests": {"cpu": "1"}}), "Burstable"),
        (
            json!({"limits": {"cpu": 1, "memory": "1024Mi"}}),
            "Guaranteed",
        ),
        (
            json!({"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "500m", "memory": "1Gi"}}),
            "Burstable",
        ),
        (json!({"limits": {"cpu": "1"}}), "Burstable"),
    ] {
        let mut object = pod();
        object["spec"]["containers"][0]["resources"] = resources.clone();
        let made = store().create(Kind::Pod, "default", object).unwrap();
        assert_eq!(made.text("/status/qosClass"), class, "{resources}");
    }
}

#[test]
fn pods() {
    let refused = |pointer, value| refused(Kind::Pod, pointer, value);
    for (pointer, value, shown) in [
        (
            "/spec/containers",
            json!([]),
            "The Pod \"p\" is invalid: spec.containers: Required value",
        ),
        (
            "/spec/containers",
            json!([{"name": "c", "image": "i", "volumeMounts": [{"name": "no", "mountPath": "/x"}]}]),
            "The Pod \"p\" is invalid: spec.containers[0].volumeMounts[0].name: Not found: \"no\"",
        ),
        (
            "/spec/restartPolicy",
            json!("Sometimes"),
            "The Pod \"p\" is invalid: spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \
             \"Always\", \"OnFailure\", \"Never\"",
        ),
        (
            "/metadata/labels/controller-revision-hash",
            json!("a-name-of-more-than-sixty-three-characters-is-too-long-for-a-label"),
            "The Pod \"p\" is invalid: metadata.labels: Invalid value: \
             \"a-name-of-more-than-sixty-three-characters-is-too-long-for-a-label\": must be no more than 63 bytes",
        ),
        (
            "/spec/containers",
            json!([{"name": "c", "image": "i", "resources": {"limits": {"cpu": "much"}}}]),
            "Error from server (BadRequest): Pod in version \"v1\" cannot be handled as a Pod: quantities must match \
             the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        ),
    ] {
        assert_eq!(refused(pointer, value), shown);
    }
}

#[test]
fn of_a_running_pod_little_may_change() {
    const SPEC: &str = "The Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than \
         `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` \
         (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it \
         was previously negative)";
    for (pointer, value, shown) in [
        ("/spec/hostname", json!("other"), SPEC),
        ("/spec/volumes", json!([{"name": "v"}]), SPEC),
        ("/spec/tolerations", json!([]), SPEC),
        (
            "/spec/containers",
            json!([{"name": "c", "image": "i"}, {"name": "d", "image": "i"}]),
            "The Pod \"p\" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers",
        ),
    ] {
        assert_eq!(refused_later(Kind::Pod, pointer, value), shown);
    }
    let mut store = store();
    store.create(Kind::Pod, "default", pod()).unwrap();
    let patch = json!({
        "metadata": {"labels": {"a": "b"}},
        "spec": {"containers": [{"name": "c", "image": "i:2"}], "activeDeadlineSeconds": 9},
    });
    let changed = store
        .patch(
            Kind::Pod,
            "default",
            "p",
            &patch,
            PatchType::Strategic,
            false,
        )
        .unwrap();
    assert_eq!(changed.text("/spec/containers/0/image"), "i:2");
    assert_eq!(changed.int("/metadata/generation"), Some(2));
}
