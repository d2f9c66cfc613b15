//! Manifests as a host without an API server takes them.

use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{
    FieldError, default_stateful_set, validate_stateful_set, validate_stateful_set_update,
};

use crate::world::{web, web_with_claims};

fn texts(errors: &[FieldError]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn defaults_are_those_of_the_api() {
    let mut set = json!({"metadata": {"name": "web"}, "spec": {
        "selector": {}, "template": {"spec": {
            "serviceAccountName": "robot",
            "containers": [{
                "name": "a", "image": "registry:5000/nginx",
                "ports": [{"containerPort": 80}],
                "resources": {"limits": {"memory": "1024Mi", "cpu": 1}},
                "livenessProbe": {"httpGet": {"port": 80}},
            }],
            "volumes": [{"name": "v"}, {"name": "c", "configMap": {"name": "c"}}],
        }},
        "volumeClaimTemplates": [{"metadata": {"name": "www"}, "spec": {"resources": {"requests": {"storage": "1024Mi"}}}}],
    }});
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    let expected = json!({"metadata": {"name": "web"}, "spec": {
        "replicas": 1,
        "podManagementPolicy": "OrderedReady",
        "revisionHistoryLimit": 10,
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0, "maxUnavailable": 1}},
        "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
        "serviceName": "",
        "selector": {}, "template": {"metadata": {}, "spec": {
            "serviceAccountName": "robot", "serviceAccount": "robot",
            "dnsPolicy": "ClusterFirst", "restartPolicy": "Always", "schedulerName": "default-scheduler",
            "securityContext": {}, "terminationGracePeriodSeconds": 30,
            "containers": [{
                "name": "a", "image": "registry:5000/nginx", "imagePullPolicy": "Always",
                "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
                "ports": [{"containerPort": 80, "protocol": "TCP"}],
                "resources": {"limits": {"memory": "1Gi", "cpu": "1"}},
                "livenessProbe": {
                    "httpGet": {"port": 80, "path": "/", "scheme": "HTTP"},
                    "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
                },
            }],
            "volumes": [{"name": "v", "emptyDir": {}}, {"name": "c", "configMap": {"name": "c", "defaultMode": 420}}],
        }},
        "volumeClaimTemplates": [{
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "www"},
            "spec": {"volumeMode": "Filesystem", "resources": {"requests": {"storage": "1Gi"}}},
            "status": {"phase": "Pending"},
        }],
    }, "status": {"replicas": 0, "availableReplicas": 0}});
    assert_eq!(set, expected);
    let once = set.clone();
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    assert_eq!(set, once, "a second time changes nothing");
}

/// A set with this template and these fields of its specification, as an API server stores it.
fn stored(template: &Value, more: &Value) -> Value {
    let mut set = json!({"metadata": {"name": "web"}, "spec": {"template": {"spec": template}}});
    for (field, value) in more.as_object().expect("fields") {
        set["spec"][field] = value.clone();
    }
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    set
}

/// Rule K-10.
#[test]
fn what_says_nothing_is_not_stored() {
    let plain = stored(
        &json!({
            "containers": [{"name": "a", "image": "a:1", "volumeMounts": [{"name": "v", "mountPath": "/v"}], "env": [{"name": "E"}]}],
            "securityContext": {"fsGroup": 1001},
        }),
        &json!({}),
    );
    let wordy = stored(
        &json!({
            "hostNetwork": false, "hostIPC": false, "nodeName": "", "nodeSelector": {}, "volumes": [], "noSuchField": 1,
            "containers": [{
                "name": "a", "image": "a:1", "args": [], "stdin": false, "volumeDevices": [],
                "volumeMounts": [{"name": "v", "mountPath": "/v", "readOnly": false, "subPath": ""}],
                "env": [{"name": "E", "value": ""}],
                "resources": {"limits": {}, "requests": null},
            }],
            "securityContext": {"fsGroup": 1001, "supplementalGroups": [], "sysctls": []},
        }),
        &json!({"minReadySeconds": 0, "volumeClaimTemplates": [], "serviceName": null}),
    );
    assert_eq!(wordy, plain);
}

/// Rule K-10.
#[test]
fn an_optional_field_is_stored_as_it_was_given() {
    let optional = json!({
        "automountServiceAccountToken": false, "terminationGracePeriodSeconds": 0, "runtimeClassName": "",
        "containers": [{"name": "a", "securityContext": {"privileged": false, "runAsUser": 0}}],
    });
    let set = stored(&optional, &json!({"replicas": 0}));
    assert_eq!(set["spec"]["replicas"], 0);
    let pod = &set["spec"]["template"]["spec"];
    for field in [
        "automountServiceAccountToken",
        "terminationGracePeriodSeconds",
        "runtimeClassName",
    ] {
        assert_eq!(pod[field], optional[field], "{field}");
    }
    assert_eq!(
        pod["containers"][0]["securityContext"],
        optional["containers"][0]["securityContext"]
    );
}

/// Rule K-10.
#[test]
fn what_is_always_stored_is_there() {
    let set = stored(
        &json!({
            "containers": [{"env": [{"name": "CPUS", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}}]}],
            "volumes": [
                {"name": "info", "downwardAPI": {"items": [{"path": "m", "resourceFieldRef": {"resource": "limits.memory"}}]}},
                {"name": "all", "projected": {"sources": []}},
            ],
        }),
        &json!({"volumeClaimTemplates": [{"spec": {"dataSource": {"kind": "PersistentVolumeClaim", "name": "a"}}}]}),
    );
    assert_eq!(set["spec"]["serviceName"], "");
    let pod = &set["spec"]["template"]["spec"];
    let container = &pod["containers"][0];
    assert_eq!(
        (&container["name"], &container["resources"]),
        (&json!(""), &json!({}))
    );
    let reference = &container["env"][0]["valueFrom"]["resourceFieldRef"];
    assert_eq!(
        *reference,
        json!({"resource": "limits.cpu", "divisor": "0"})
    );
    let reference = &pod["volumes"][0]["downwardAPI"]["items"][0]["resourceFieldRef"];
    assert_eq!(
        *reference,
        json!({"resource": "limits.memory", "divisor": "0"})
    );
    // A list that is required, and a pointer, have no other way to say that there is nothing.
    assert_eq!(pod["volumes"][1]["projected"]["sources"], json!(null));
    assert_eq!(
        pod["volumes"][1]["projected"]
            .as_object()
            .map(serde_json::Map::len),
        Some(2)
    );
    let claim = &set["spec"]["volumeClaimTemplates"][0]["spec"];
    assert_eq!(
        claim["dataSource"],
        json!({"apiGroup": null, "kind": "PersistentVolumeClaim", "name": "a"})
    );
    // Only in a claim of its own is one of the two copied to the other.
    assert_eq!(claim.get("dataSourceRef"), None);
}

/// Rule K-10.
#[test]
fn null_is_absent_in_fields_and_zero_in_maps_and_lists() {
    let mut set = json!({
        "metadata": {"annotations": {"x": null}, "labels": null},
        "spec": {"replicas": null, "template": {"metadata": {"labels": {"tier": null}, "creationTimestamp": null}, "spec": {
            "nodeSelector": {"disk": null}, "hostname": null,
            "containers": [{"args": ["--config", null], "command": null, "resources": {"limits": {"cpu": null}}}],
        }}},
    });
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    assert_eq!(set["metadata"], json!({"annotations": {"x": ""}}));
    assert_eq!(set["spec"]["replicas"], 1);
    let template = &set["spec"]["template"];
    assert_eq!(template["metadata"], json!({"labels": {"tier": ""}}));
    assert_eq!(template["spec"]["nodeSelector"], json!({"disk": ""}));
    assert_eq!(template["spec"].get("hostname"), None);
    let container = &template["spec"]["containers"][0];
    assert_eq!(container["args"], json!(["--config", ""]));
    assert_eq!(container.get("command"), None);
    assert_eq!(container["resources"], json!({"limits": {"cpu": "0"}}));
}

/// Rule K-10.
#[test]
fn a_whole_number_has_one_spelling_and_so_has_a_moment() {
    let set = stored(
        &json!({"containers": [{"ports": [{"containerPort": 80.0}], "livenessProbe": {"httpGet": {"port": 8e1}}}]}),
        &json!({"replicas": 2.0, "minReadySeconds": 1e1, "revisionHistoryLimit": 0.5}),
    );
    let spec = &set["spec"];
    assert_eq!(
        (&spec["replicas"], &spec["minReadySeconds"]),
        (&json!(2), &json!(10))
    );
    assert_eq!(
        spec["revisionHistoryLimit"],
        json!(0.5),
        "what is no such number is complained of"
    );
    let container = &spec["template"]["spec"]["containers"][0];
    assert_eq!(container["ports"][0]["containerPort"], json!(80));
    assert_eq!(container["livenessProbe"]["httpGet"]["port"], json!(80));
    let mut set = json!({"metadata": {"creationTimestamp": "2030-01-01T02:00:00.75+02:00"}});
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    assert_eq!(set["metadata"]["creationTimestamp"], "2030-01-01T00:00:00Z");
}

/// Rules K-9 and K-10.
#[test]
fn of_a_resource_of_ones_own_the_rest_is_its_own_affair() {
    let given = json!({
        "apiVersion": "example.com/v1", "kind": "PlannedSet",
        "spec": {"shutdown": "Ordered", "minReadySeconds": 0, "other": 1}, "status": {"observed": 0},
    });
    let mut set = given.clone();
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    assert_eq!(
        (&set["spec"]["shutdown"], &set["status"]),
        (&json!("Ordered"), &given["status"])
    );
    assert_eq!(
        (set["spec"].get("minReadySeconds"), set["spec"].get("other")),
        (None, None)
    );
    set["apiVersion"] = json!("apps/v1");
    set["kind"] = json!("StatefulSet");
    default_stateful_set(&mut set, &Profile::UPSTREAM);
    assert_eq!(set["spec"].get("shutdown"), None);
}

#[test]
fn a_strategy_that_is_named_without_a_block_stays_without() {
    for (given, expected) in [
        (
            json!({"type": "RollingUpdate"}),
            json!({"type": "RollingUpdate"}),
        ),
        (json!({"type": "OnDelete"}), json!({"type": "OnDelete"})),
        // It would be refused there, but an API server has no block without a partition.
        (
            json!({"type": "OnDelete", "rollingUpdate": {"maxUnavailable": 2}}),
            json!({"type": "OnDelete", "rollingUpdate": {"partition": 0, "maxUnavailable": 2}}),
        ),
        (
            json!({"rollingUpdate": {"partition": 2}}),
            json!({"type": "RollingUpdate", "rollingUpdate": {"partition": 2, "maxUnavailable": 1}}),
        ),
    ] {
        let mut set = json!({"spec": {"updateStrategy": given}});
        default_stateful_set(&mut set, &Profile::UPSTREAM);
        assert_eq!(set["spec"]["updateStrategy"], expected);
    }
    let mut nothing = json!([]);
    default_stateful_set(&mut nothing, &Profile::UPSTREAM);
    assert_eq!(nothing, json!([]));
}

#[test]
fn images_without_a_tag_are_always_pulled() {
    for (image, expected) in [
        ("nginx", "Always"),
        ("nginx:latest", "Always"),
        ("nginx:1.12", "IfNotPresent"),
        ("host:5000/nginx", "Always"),
        ("host:5000/nginx:1", "IfNotPresent"),
        ("nginx@sha256:0123", "IfNotPresent"),
    ] {
        let mut set = json!({"spec": {"template": {"spec": {"containers": [{"image": image}]}}}});
        default_stateful_set(&mut set, &Profile::UPSTREAM);
        let policy = &set["spec"]["template"]["spec"]["containers"][0]["imagePullPolicy"];
        assert_eq!(policy, expected, "{image}");
    }
}

#[test]
fn good_manifests_pass() {
    assert_eq!(validate_stateful_set(&web(), &Profile::UPSTREAM), []);
    assert_eq!(
        validate_stateful_set(&web_with_claims(), &Profile::UPSTREAM),
        []
    );
}

#[test]
fn what_the_api_server_refuses_is_refused_in_its_words() {
    const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    let name = |value: &str| format!("Invalid value: \"{value}\": {LABEL}");
    let long = "a".repeat(64);
    let cases: Vec<(&str, Value, &str, String)> = vec![
        ("/metadata/name", json!("Web"), "metadata.name", name("Web")),
        ("/metadata/name", json!("a.b"), "metadata.name", "Invalid value: \"a.b\": must not contain dots".into()),
        ("/metadata/name", json!(long), "metadata.name", format!("Invalid value: \"{long}\": must be no more than 63 characters")),
        ("/metadata/namespace", json!(""), "metadata.namespace", "Required value".into()),
        ("/spec/replicas", json!(-1), "spec.replicas", "Invalid value: -1: must be greater than or equal to 0".into()),
        ("/spec/replicas", json!("3"), "spec.replicas", "Invalid value: \"3\": must be an integer".into()),
        ("/spec/selector", json!({}), "spec.selector", "Invalid value: {}: empty selector is invalid for statefulset".into()),
        ("/spec/selector", json!({"matchLabels": {"app": "x"}}), "spec.template.metadata.labels", "Invalid value: {\"app\":\"web\"}: `selector` does not match template `labels`".into()),
        ("/spec/revisionHistoryLimit", json!("ten"), "spec.revisionHistoryLimit", "Invalid value: \"ten\": must be an integer".into()),
        ("/spec/podManagementPolicy", json!("Random"), "spec.podManagementPolicy", "Invalid value: \"Random\": must be 'OrderedReady' or 'Parallel'".into()),
        ("/spec/podManagementPolicy", json!(""), "spec.podManagementPolicy", "Required value".into()),
        ("/spec/updateStrategy", json!({"type": "Now"}), "spec.updateStrategy", "Invalid value: {\"Type\":\"Now\",\"RollingUpdate\":null}: must be 'RollingUpdate' or 'OnDelete'".into()),
        ("/spec/updateStrategy", json!({"type": "OnDelete", "rollingUpdate": {}}), "spec.updateStrategy.rollingUpdate", "Invalid value: {\"Partition\":0,\"MaxUnavailable\":null}: only allowed for updateStrategy 'RollingUpdate'".into()),
        ("/spec/updateStrategy/rollingUpdate/partition", json!(-2), "spec.updateStrategy.rollingUpdate.partition", "Invalid value: -2: must be greater than or equal to 0".into()),
        ("/spec/updateStrategy/rollingUpdate/maxUnavailable", json!(0), "spec.updateStrategy.rollingUpdate.maxUnavailable", "Invalid value: 0: cannot be 0".into()),
        ("/spec/updateStrategy/rollingUpdate/maxUnavailable", json!("0%"), "spec.updateStrategy.rollingUpdate.maxUnavailable", "Invalid value: \"0%\": cannot be 0".into()),
        ("/spec/updateStrategy/rollingUpdate/maxUnavailable", json!("101%"), "spec.updateStrategy.rollingUpdate.maxUnavailable", "Invalid value: \"101%\": must not be greater than 100%".into()),
        ("/spec/persistentVolumeClaimRetentionPolicy/whenScaled", json!("Keep"), "spec.persistentVolumeClaimRetentionPolicy.whenScaled", "Unsupported value: \"Keep\": supported values: \"Retain\", \"Delete\"".into()),
        ("/spec/serviceName", json!("Bad_"), "spec.serviceName", name("Bad_")),
        ("/spec/template/spec/restartPolicy", json!("Never"), "spec.template.spec.restartPolicy", "Unsupported value: \"Never\": supported values: \"Always\"".into()),
        ("/spec/template/spec/containers", json!([]), "spec.template.spec.containers", "Required value".into()),
        ("/spec/template/spec/containers/0/image", json!(""), "spec.template.spec.containers[0].image", "Required value".into()),
        ("/spec/template/spec/containers/0/name", json!("A b"), "spec.template.spec.containers[0].name", name("A b")),
        ("/spec/volumeClaimTemplates/0/spec/accessModes", json!([]), "spec.volumeClaimTemplates[0].spec.accessModes", "Required value: at least 1 access mode is required".into()),
        ("/spec/volumeClaimTemplates/0/spec/accessModes", json!(["RWO"]), "spec.volumeClaimTemplates[0].spec.accessModes", "Unsupported value: \"RWO\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"".into()),
        ("/spec/volumeClaimTemplates/0/spec/resources", json!({}), "spec.volumeClaimTemplates[0].spec.resources[storage]", "Required value".into()),
        ("/spec/volumeClaimTemplates/0/spec/resources/requests/storage", json!("0"), "spec.volumeClaimTemplates[0].spec.resources[storage]", "Invalid value: \"0\": must be greater than zero".into()),
    ];
    for (pointer, value, path, message) in cases {
        let mut set = web_with_claims();
        *set.pointer_mut(pointer).expect(pointer) = value;
        let errors = texts(&validate_stateful_set(&set, &Profile::UPSTREAM));
        assert_eq!(errors, [format!("{path}: {message}")], "{pointer}");
    }
    let mut set = web();
    set["spec"]["selector"].take();
    assert_eq!(
        texts(&validate_stateful_set(&set, &Profile::UPSTREAM)),
        [
            "spec.selector: Required value",
            "spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: `selector` does not match template `labels`",
        ]
    );
    let mut set = web();
    set["spec"]["minReadySeconds"] = json!(-1);
    set["spec"]["ordinals"] = json!({"start": -1});
    let pod = &mut set["spec"]["template"]["spec"];
    pod["activeDeadlineSeconds"] = json!(5);
    pod["containers"][0]["volumeMounts"] = json!([{"name": "www", "mountPath": "/a"}]);
    pod["containers"][0]["ports"] = json!([{"containerPort": 70000, "protocol": "TCP"}]);
    pod["containers"][0]["readinessProbe"] = json!({"periodSeconds": 1});
    assert_eq!(
        texts(&validate_stateful_set(&set, &Profile::UPSTREAM)),
        [
            "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0",
            "spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0",
            "spec.template.spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
            "spec.template.spec.containers[0].volumeMounts[0].name: Not found: \"www\"",
            "spec.template.spec.containers[0].readinessProbe: Required value: must specify a handler type",
            "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported",
        ]
    );
    assert!(!validate_stateful_set(&json!(null), &Profile::UPSTREAM).is_empty());
}

#[test]
fn each_field_that_may_not_change_has_its_own_error() {
    let old = web_with_claims();
    for (pointer, value, expected) in [
        ("/spec/replicas", json!(7), vec![]),
        ("/spec/updateStrategy", json!({"type": "OnDelete"}), vec![]),
        ("/spec/revisionHistoryLimit", json!(3), vec![]),
        (
            "/spec/template/spec/containers/0/image",
            json!("nginx:2"),
            vec![],
        ),
        // The same claim template as somebody wrote it at first.
        ("/spec/volumeClaimTemplates/0/status", json!(null), vec![]),
        (
            "/spec/podManagementPolicy",
            json!("Parallel"),
            vec!["spec.podManagementPolicy: Invalid value: \"Parallel\": field is immutable"],
        ),
        (
            "/spec/serviceName",
            json!("other"),
            vec!["spec.serviceName: Invalid value: \"other\": field is immutable"],
        ),
        (
            "/spec/replicas",
            json!(-7),
            vec!["spec.replicas: Invalid value: -7: must be greater than or equal to 0"],
        ),
        (
            "/metadata/name",
            json!("other"),
            vec!["metadata.name: Invalid value: \"other\": field is immutable"],
        ),
    ] {
        let mut new = old.clone();
        *new.pointer_mut(pointer).expect(pointer) = value;
        default_stateful_set(&mut new, &Profile::UPSTREAM);
        let errors = texts(&validate_stateful_set_update(
            &old,
            &new,
            &Profile::UPSTREAM,
        ));
        assert_eq!(errors, expected, "{pointer}");
    }
    // The server fills in the old one's namespace, unless that has none either.
    let mut nowhere = old.clone();
    nowhere["metadata"]["namespace"] = json!(null);
    for (old, expected) in [(&old, 0), (&nowhere, 1)] {
        let errors = texts(&validate_stateful_set_update(
            old,
            &nowhere,
            &Profile::UPSTREAM,
        ));
        assert_eq!(errors.len(), expected, "{errors:?}");
    }
    let mut prefixed = old.clone();
    prefixed["metadata"]["name"] = json!(null);
    prefixed["metadata"]["generateName"] = json!("web");
    let errors = validate_stateful_set_update(&old, &prefixed, &Profile::UPSTREAM);
    let required = "metadata.name: Required value: name or generateName is required";
    let immutable = "metadata.name: Invalid value: \"\": field is immutable";
    assert_eq!(texts(&errors), [required, immutable]);
    let mut new = old.clone();
    new["spec"]["volumeClaimTemplates"][0]["spec"]["resources"]["requests"]["storage"] =
        json!("2Gi");
    new["spec"]["selector"]["matchLabels"]["more"] = json!("x");
    new["spec"]["template"]["metadata"]["labels"]["more"] = json!("x");
    let errors = texts(&validate_stateful_set_update(
        &old,
        &new,
        &Profile::UPSTREAM,
    ));
    let starts = [
        "spec.selector: Invalid value: ",
        "spec.volumeClaimTemplates: Invalid value: ",
    ];
    assert_eq!(errors.len(), 2);
    for (error, start) in errors.iter().zip(starts) {
        assert!(
            error.starts_with(start) && error.ends_with(": field is immutable"),
            "{error}"
        );
    }
}
