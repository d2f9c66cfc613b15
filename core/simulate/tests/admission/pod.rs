//! Pods: what is filled in, and what may change while they run.

use serde_json::json;
use statefulset_simulate::{Fields, Kind, Object, PatchType};

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
        (
            "/spec/tolerations",
            json!([]),
            "The Pod \"p\" is invalid: spec.tolerations: Forbidden: existing toleration can not be modified except its \
             tolerationSeconds",
        ),
        (
            "/spec/containers",
            json!([{"name": "c", "image": "i:2 "}]),
            "The Pod \"p\" is invalid: \n\
             * spec.containers[0].image: Invalid value: \"i:2 \": must not have leading or trailing whitespace\n\
             * spec.containers[0].image: Invalid value: \"i:2 \": must not have leading or trailing whitespace",
        ),
        (
            "/spec/containers",
            json!([{"name": "c", "image": "i:1", "resources": {"requests": {"cpu": "1"}}}]),
            SPEC,
        ),
        (
            "/spec/containers",
            json!([{"name": "c", "image": "i:1", "env": [{"name": "A", "value": "1"}]}]),
            SPEC,
        ),
        (
            "/spec/activeDeadlineSeconds",
            json!(-1),
            "The Pod \"p\" is invalid: \n\
             * spec.activeDeadlineSeconds: Invalid value: -1: must be between 1 and 2147483647, inclusive\n\
             * spec.activeDeadlineSeconds: Invalid value: -1: must be between 0 and 2147483647, inclusive",
        ),
        (
            "/spec/schedulingGates",
            json!([{"name": "a/b"}]),
            "The Pod \"p\" is invalid: spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new \
             scheduling gate 'a/b'",
        ),
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

#[test]
fn a_deadline_comes_nearer_and_does_not_go() {
    let change = |from: i64, to: serde_json::Value| {
        let mut store = store();
        let mut object = pod();
        object.put("/spec/activeDeadlineSeconds", json!(from));
        store.create(Kind::Pod, "default", object).unwrap();
        let patch = json!({"spec": {"activeDeadlineSeconds": to}});
        let (kind, how) = (Kind::Pod, PatchType::Merge);
        let changed = store.patch(kind, "default", "p", &patch, how, false);
        changed.map_err(|error| error.shown())
    };
    assert!(change(9, json!(8)).is_ok());
    for (to, shown) in [
        (
            json!(10),
            "Invalid value: 10: must be less than or equal to previous value",
        ),
        (
            json!(null),
            "Invalid value: null: must not update from a positive integer to nil value",
        ),
    ] {
        let shown = format!("The Pod \"p\" is invalid: spec.activeDeadlineSeconds: {shown}");
        assert_eq!(change(9, to).unwrap_err(), shown);
    }
}

#[test]
fn a_toleration_is_added_and_its_time_may_change() {
    let mut store = store();
    let made = store.create(Kind::Pod, "default", pod()).unwrap();
    let mut tolerations = made.list("/spec/tolerations").to_vec();
    tolerations[0].put("/tolerationSeconds", json!(5));
    tolerations.push(json!({"key": "a", "operator": "Exists"}));
    let mut changed = Object::clone(&made);
    changed.put("/spec/tolerations", json!(tolerations));
    let changed = store.update(Kind::Pod, changed).unwrap();
    assert_eq!(changed.list("/spec/tolerations").len(), 3);
}
