//! StatefulSets: what is filled in, what may change, and which statuses are possible.

use serde_json::{Value, json};
use statefulset_simulate::{ApiError, Fields, Kind, Object};

use crate::examples::{refused, refused_later, revision, set, store, with};

#[test]
fn statefulsets() {
    let refused = |pointer, value| refused(Kind::StatefulSet, pointer, value);
    for (pointer, value, shown) in [
        (
            "/spec/replicas",
            json!(-1),
            "The StatefulSet \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        ),
        (
            "/spec/replcas",
            json!(3),
            "Error from server (BadRequest): StatefulSet in version \"v1\" cannot be handled as a StatefulSet: strict \
             decoding error: unknown field \"spec.replcas\"",
        ),
        (
            "/spec/template/spec/containers",
            json!([{"name": "c", "image": "i", "imagePulPolicy": "Always", "prts": []}]),
            "Error from server (BadRequest): StatefulSet in version \"v1\" cannot be handled as a StatefulSet: strict \
             decoding error: unknown field \"spec.template.spec.containers[0].imagePulPolicy\", unknown field \
             \"spec.template.spec.containers[0].prts\"",
        ),
        (
            "/spec/replicas",
            json!("3"),
            "Error from server (BadRequest): StatefulSet in version \"v1\" cannot be handled as a StatefulSet: json: \
             cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32",
        ),
        (
            "/spec/replicas",
            json!(2_147_483_648_u32),
            "Error from server (BadRequest): StatefulSet in version \"v1\" cannot be handled as a StatefulSet: json: \
             cannot unmarshal number 2147483648 into Go struct field StatefulSetSpec.spec.replicas of type int32",
        ),
        (
            "/spec/template/spec/containers",
            json!([{"name": "c", "image": "i", "env": [{"name": "A", "value": 1}]}]),
            "Error from server (BadRequest): StatefulSet in version \"v1\" cannot be handled as a StatefulSet: json: \
             cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string",
        ),
        (
            "/metadata/labels",
            json!({"a": 1}),
            "Error from server (BadRequest): StatefulSet in version \"v1\" cannot be handled as a StatefulSet: json: \
             cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
        ),
        (
            "/spec/updateStrategy",
            json!({"type": "Recreate"}),
            "The StatefulSet \"web\" is invalid: spec.updateStrategy: Invalid value: {\"Type\":\"Recreate\",\"RollingUpdate\":null}: must be \
             'RollingUpdate' or 'OnDelete'",
        ),
        (
            "/metadata/name",
            json!("web.1"),
            "The StatefulSet \"web.1\" is invalid: metadata.name: Invalid value: \"web.1\": must not contain dots",
        ),
        (
            "/spec/template/metadata/labels/bad",
            json!("-x"),
            "The StatefulSet \"web\" is invalid: spec.template.labels: Invalid value: \"-x\": a valid label must be an \
             empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \
             alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is \
             '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        ),
        (
            "/spec",
            json!({"replicas": -1, "selector": {"matchLabels": {"app": "web"}}, "minReadySeconds": -2, "template": {
                "metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}}),
            "The StatefulSet \"web\" is invalid: \n\
             * spec.replicas: Invalid value: -1: must be greater than or equal to 0\n\
             * spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0",
        ),
    ] {
        assert_eq!(refused(pointer, value), shown);
    }
    assert_eq!(
        refused_later(
            Kind::StatefulSet,
            "/spec/podManagementPolicy",
            json!("Parallel")
        ),
        "The StatefulSet \"web\" is invalid: spec.podManagementPolicy: Invalid value: \"Parallel\": field is immutable"
    );
}

#[test]
fn null_is_as_good_as_absent_but_not_in_the_data_of_a_revision() {
    let object = with(
        set(),
        "/spec/template/metadata/creationTimestamp",
        Value::Null,
    );
    let object = with(object, "/spec/replicas", Value::Null);
    let made = store()
        .create(Kind::StatefulSet, "default", object)
        .unwrap();
    assert_eq!(
        made["spec"]["template"]["metadata"],
        json!({"labels": {"app": "web"}})
    );
    assert_eq!(made.int("/spec/replicas"), Some(1));

    let data = json!({"spec": {"template": {"metadata": {"creationTimestamp": null}}}});
    let object = with(revision(), "/data", data.clone());
    let made = store()
        .create(Kind::ControllerRevision, "default", object)
        .unwrap();
    assert_eq!(made["data"], data);
}

#[test]
fn the_status_of_a_set_must_be_possible() {
    let mut store = store();
    let made = store.create(Kind::StatefulSet, "default", set()).unwrap();
    assert_eq!(
        made["status"],
        json!({"availableReplicas": 0, "replicas": 0})
    );
    let mut publish = |status: Value| -> Result<(), ApiError> {
        let object = with(Object::clone(&made), "/status", status);
        let object = with(object, "/metadata/resourceVersion", json!(""));
        store.update_status(Kind::StatefulSet, object).map(|_| ())
    };
    assert_eq!(
        publish(json!({"replicas": 1, "readyReplicas": 2, "currentReplicas": -1}))
            .unwrap_err()
            .shown(),
        "The StatefulSet \"web\" is invalid: \n\
         * status.currentReplicas: Invalid value: -1: must be greater than or equal to 0\n\
         * status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas"
    );
    publish(json!({"replicas": 1, "collisionCount": 2})).unwrap();
    assert_eq!(
        publish(json!({"replicas": 1, "collisionCount": 1}))
            .unwrap_err()
            .shown(),
        "The StatefulSet \"web\" is invalid: status.collisionCount: Invalid value: 1: cannot be decremented"
    );
}
