//! What the API server fills in, and what it refuses, word for word.

mod examples;
mod pod;
mod resize;
mod service;
mod set;
mod storage;

use serde_json::json;
use statefulset_simulate::{Fields, Kind, Object, PatchType};

use examples::{example, pod, refused, refused_later, store};

#[test]
fn every_example_is_accepted_and_an_update_that_changes_nothing_writes_nothing() {
    for kind in Kind::built_in() {
        let mut store = store();
        let made = store.create(kind, "default", example(kind)).unwrap();
        let version = store.version();
        store.update(kind, Object::clone(&made)).unwrap();
        // As a client would send it again: without what the server has filled in.
        store
            .patch(
                kind,
                "default",
                made.name(),
                &example(kind),
                PatchType::Merge,
                false,
            )
            .unwrap();
        assert_eq!(store.version(), version, "{}", kind.name());
    }
}

#[test]
fn budgets_and_revisions() {
    for (pointer, value, shown) in [
        (
            "/spec/maxUnavailable",
            json!(1),
            "The PodDisruptionBudget \"b\" is invalid: spec: Invalid value: {\"maxUnavailable\":1,\"minAvailable\":1,\
             \"selector\":{\"matchLabels\":{\"app\":\"web\"}}}: minAvailable and maxUnavailable cannot be both set",
        ),
        (
            "/spec/minAvailable",
            json!("101%"),
            "The PodDisruptionBudget \"b\" is invalid: spec.minAvailable: Invalid value: \"101%\": must not be greater \
             than 100%",
        ),
        (
            "/spec/minAvailable",
            json!("half"),
            "The PodDisruptionBudget \"b\" is invalid: spec.minAvailable: Invalid value: \"half\": a valid percent \
             string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation \
             is '[0-9]+%')",
        ),
    ] {
        assert_eq!(refused(Kind::PodDisruptionBudget, pointer, value), shown);
    }
    assert_eq!(
        refused(Kind::ControllerRevision, "/revision", json!(-1)),
        "The ControllerRevision \"web-1\" is invalid: revision: Invalid value: -1: must be greater than or equal to 0"
    );
    assert_eq!(
        refused_later(Kind::ControllerRevision, "/data", json!({"a": 1})),
        "The ControllerRevision \"web-1\" is invalid: data: Invalid value: {\"a\":1}: field is immutable"
    );
}

#[test]
fn metadata_of_all_kinds() {
    let mut nameless = pod();
    nameless.take_away("/metadata/name");
    assert_eq!(
        store()
            .create(Kind::Pod, "default", nameless)
            .unwrap_err()
            .shown(),
        "The Pod \"\" is invalid: metadata.name: Required value: name or generateName is required"
    );
    for (kind, pointer, value, shown) in [
        (
            Kind::PersistentVolume,
            "/metadata/name",
            json!("PV"),
            "The PersistentVolume \"PV\" is invalid: metadata.name: Invalid value: \"PV\": a lowercase RFC 1123 \
             subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an \
             alphanumeric character (e.g. 'example.com', regex used for validation is \
             '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ),
        (
            Kind::Pod,
            "/metadata/annotations",
            json!({"a b": "c"}),
            "The Pod \"p\" is invalid: metadata.annotations: Invalid value: \"a b\": name part must consist of \
             alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. \
             'MyName',  or 'my.name',  or '123-abc', regex used for validation is \
             '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        ),
        (
            Kind::Pod,
            "/metadata/ownerReferences",
            json!([
                {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "a", "uid": "1", "controller": true},
                {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "b", "uid": "", "controller": true},
            ]),
            "The Pod \"p\" is invalid: \n\
             * metadata.ownerReferences[1].uid: Invalid value: \"\": must not be empty\n\
             * metadata.ownerReferences: Invalid value: [{\"apiVersion\":\"apps/v1\",\"controller\":true,\
             \"kind\":\"StatefulSet\",\"name\":\"a\",\"uid\":\"1\"},{\"apiVersion\":\"apps/v1\",\"controller\":true,\
             \"kind\":\"StatefulSet\",\"name\":\"b\",\"uid\":\"\"}]: Only one reference can have Controller set to true. \
             Found \"true\" in references for StatefulSet/a and StatefulSet/b",
        ),
    ] {
        assert_eq!(refused(kind, pointer, value), shown);
    }
}
