//! What the API server fills in, and what it refuses, word for word.

use serde_json::{Value, json};
use statefulset_simulate::{ApiError, Fields, Kind, Object, PatchType, Store};

fn store() -> Store {
    Store::new(1_767_225_600_000, 7)
}

fn set() -> Value {
    json!({
        "metadata": {"name": "web"},
        "spec": {
            "serviceName": "web",
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [{"name": "nginx", "image": "nginx:1.12"}]},
            },
            "volumeClaimTemplates": [claim("www")],
        },
    })
}

fn pod() -> Value {
    json!({"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i:1"}]}})
}

fn claim(name: &str) -> Value {
    json!({
        "metadata": {"name": name},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1024Mi"}}},
    })
}

fn volume() -> Value {
    json!({
        "metadata": {"name": "pv1"},
        "spec": {"accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}, "hostPath": {"path": "/d"}},
    })
}

fn class() -> Value {
    json!({"metadata": {"name": "fast"}, "provisioner": "example.com/disk"})
}

fn service() -> Value {
    json!({"metadata": {"name": "web"}, "spec": {"ports": [{"port": 80}], "selector": {"app": "web"}}})
}

fn budget() -> Value {
    json!({"metadata": {"name": "b"}, "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "web"}}}})
}

fn revision() -> Value {
    json!({"metadata": {"name": "web-1"}, "data": {"spec": {}}, "revision": 1})
}

fn example(kind: Kind) -> Value {
    match kind {
        Kind::StatefulSet => set(),
        Kind::Pod => pod(),
        Kind::PersistentVolumeClaim => claim("data"),
        Kind::PersistentVolume => volume(),
        Kind::StorageClass => class(),
        Kind::Service => service(),
        Kind::PodDisruptionBudget => budget(),
        Kind::ControllerRevision => revision(),
        other => json!({"metadata": {"name": other.singular()}}),
    }
}

fn with(mut object: Value, pointer: &str, value: Value) -> Value {
    object.put(pointer, value);
    object
}

/// What kubectl shows when the example, changed so, is created.
fn refused(kind: Kind, pointer: &str, value: Value) -> String {
    let object = with(example(kind), pointer, value);
    match store().create(kind, "default", object) {
        Ok(made) => panic!("created: {made}"),
        Err(error) => error.shown(),
    }
}

/// What kubectl shows when the example, stored, is then changed so.
fn refused_later(kind: Kind, pointer: &str, value: Value) -> String {
    let mut store = store();
    let made = store.create(kind, "default", example(kind)).unwrap();
    let changed = with(Object::clone(&made), pointer, value);
    store.update(kind, changed).unwrap_err().shown()
}

#[test]
fn every_example_is_accepted_and_an_update_that_changes_nothing_writes_nothing() {
    for kind in Kind::ALL {
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
            "The StatefulSet \"web.1\" is invalid: metadata.name: Invalid value: \"web.1\": a lowercase RFC 1123 label \
             must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric \
             character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
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

#[test]
fn claims() {
    for (pointer, value, shown) in [
        (
            "/spec/accessModes",
            json!([]),
            "The PersistentVolumeClaim \"data\" is invalid: spec.accessModes: Required value: at least 1 access mode is \
             required",
        ),
        (
            "/spec/resources",
            json!({}),
            "The PersistentVolumeClaim \"data\" is invalid: spec.resources[storage]: Required value",
        ),
        (
            "/spec/resources/requests/storage",
            json!("0"),
            "The PersistentVolumeClaim \"data\" is invalid: spec.resources[storage]: Invalid value: \"0\": must be \
             greater than zero",
        ),
        (
            "/spec/volumeMode",
            json!("Tape"),
            "The PersistentVolumeClaim \"data\" is invalid: spec.volumeMode: Unsupported value: \"Tape\": supported \
             values: \"Block\", \"Filesystem\"",
        ),
    ] {
        assert_eq!(refused(Kind::PersistentVolumeClaim, pointer, value), shown);
    }
    assert_eq!(
        refused_later(
            Kind::PersistentVolumeClaim,
            "/spec/accessModes",
            json!(["ReadOnlyMany"])
        ),
        "The PersistentVolumeClaim \"data\" is invalid: spec: Forbidden: spec is immutable after creation except \
         resources.requests and volumeAttributesClassName for bound claims"
    );
}

#[test]
fn a_claim_gets_the_default_class_only_where_it_names_none() {
    let default = |name: &str| {
        let mut class = class();
        class.put("/metadata/name", json!(name));
        class.put(
            "/metadata/annotations",
            json!({"storageclass.kubernetes.io/is-default-class": "true"}),
        );
        class
    };
    let mut store = store();
    store.create(Kind::StorageClass, "", class()).unwrap();
    let class_of = |store: &mut Store, name: &str, asked: Option<&str>| {
        let mut object = claim(name);
        if let Some(asked) = asked {
            object.put("/spec/storageClassName", json!(asked));
        }
        let made = store
            .create(Kind::PersistentVolumeClaim, "default", object)
            .unwrap();
        assert_eq!(
            made["metadata"]["finalizers"],
            json!(["kubernetes.io/pvc-protection"])
        );
        assert_eq!(made["status"], json!({"phase": "Pending"}));
        assert_eq!(made.text("/spec/volumeMode"), "Filesystem");
        assert_eq!(made.text("/spec/resources/requests/storage"), "1Gi");
        made.pointer("/spec/storageClassName").cloned()
    };
    assert_eq!(class_of(&mut store, "before", None), None);
    store
        .create(Kind::StorageClass, "", default("zeta"))
        .unwrap();
    store
        .create(Kind::StorageClass, "", default("alpha"))
        .unwrap();
    assert_eq!(class_of(&mut store, "none", None), Some(json!("alpha")));
    assert_eq!(class_of(&mut store, "empty", Some("")), Some(json!("")));
    assert_eq!(
        class_of(&mut store, "named", Some("fast")),
        Some(json!("fast"))
    );
}

#[test]
fn a_bound_claim_may_grow_where_its_class_allows_it() {
    let mut store = store();
    store.create(Kind::StorageClass, "", class()).unwrap();
    let object = with(claim("data"), "/spec/storageClassName", json!("fast"));
    let made = store
        .create(Kind::PersistentVolumeClaim, "default", object)
        .unwrap();
    let ask = |store: &mut Store, amount: &str| {
        let patch = json!({"spec": {"resources": {"requests": {"storage": amount}}}});
        let patched = store.patch(
            Kind::PersistentVolumeClaim,
            "default",
            "data",
            &patch,
            PatchType::Merge,
            false,
        );
        patched.map(|_| ()).map_err(|e| e.shown())
    };
    let immutable = "The PersistentVolumeClaim \"data\" is invalid: spec: Forbidden: spec is immutable after creation \
                     except resources.requests and volumeAttributesClassName for bound claims";
    assert_eq!(ask(&mut store, "2Gi"), Err(immutable.into()));
    let bound = with(
        Object::clone(&made),
        "/status",
        json!({"phase": "Bound", "capacity": {"storage": "1Gi"}}),
    );
    store
        .update_status(Kind::PersistentVolumeClaim, bound)
        .unwrap();
    assert_eq!(
        ask(&mut store, "2Gi"),
        Err(
            "Error from server (Forbidden): persistentvolumeclaims \"data\" is forbidden: only dynamically provisioned \
             pvc can be resized and the storageclass that provisions the pvc must support resize"
                .into()
        )
    );
    let patch = json!({"allowVolumeExpansion": true});
    store
        .patch(
            Kind::StorageClass,
            "",
            "fast",
            &patch,
            PatchType::Merge,
            false,
        )
        .unwrap();
    assert_eq!(ask(&mut store, "3Gi"), Ok(()));
    // Not yet given, so it may be taken back, but not below what is there.
    assert_eq!(ask(&mut store, "2Gi"), Ok(()));
    assert_eq!(
        ask(&mut store, "512Mi"),
        Err(
            "The PersistentVolumeClaim \"data\" is invalid: spec.resources.requests.storage: Forbidden: field can not \
             be less than status.capacity"
                .into()
        )
    );
}

#[test]
fn volumes_and_classes() {
    let made = store()
        .create(Kind::PersistentVolume, "", volume())
        .unwrap();
    assert_eq!(
        made["spec"],
        json!({
            "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"},
            "hostPath": {"path": "/d", "type": ""}, "persistentVolumeReclaimPolicy": "Retain",
            "volumeMode": "Filesystem",
        })
    );
    assert_eq!(
        made["metadata"]["finalizers"],
        json!(["kubernetes.io/pv-protection"])
    );
    for (pointer, value, shown) in [
        (
            "/spec/nfs",
            json!({"server": "s", "path": "/"}),
            "The PersistentVolume \"pv1\" is invalid: spec.nfs: Forbidden: may not specify more than 1 volume type",
        ),
        (
            "/spec/hostPath",
            Value::Null,
            "The PersistentVolume \"pv1\" is invalid: spec: Required value: must specify a volume type",
        ),
        (
            "/spec/capacity",
            json!({}),
            "The PersistentVolume \"pv1\" is invalid: spec.capacity: Required value",
        ),
        (
            "/spec/persistentVolumeReclaimPolicy",
            json!("Keep"),
            "The PersistentVolume \"pv1\" is invalid: spec.persistentVolumeReclaimPolicy: Unsupported value: \"Keep\": \
             supported values: \"Delete\", \"Recycle\", \"Retain\"",
        ),
    ] {
        assert_eq!(refused(Kind::PersistentVolume, pointer, value), shown);
    }
    assert_eq!(
        refused_later(
            Kind::PersistentVolume,
            "/spec/hostPath/path",
            json!("/other")
        ),
        "The PersistentVolume \"pv1\" is invalid: spec.persistentvolumesource: Forbidden: \
         spec.persistentvolumesource is immutable after creation"
    );
    let made = store().create(Kind::StorageClass, "", class()).unwrap();
    assert_eq!(made.text("/reclaimPolicy"), "Delete");
    assert_eq!(made.text("/volumeBindingMode"), "Immediate");
    assert_eq!(
        refused(Kind::StorageClass, "/provisioner", json!("")),
        "The StorageClass \"fast\" is invalid: provisioner: Required value"
    );
    assert_eq!(
        refused_later(Kind::StorageClass, "/provisioner", json!("other")),
        "The StorageClass \"fast\" is invalid: provisioner: Forbidden: updates to provisioner are forbidden."
    );
}

#[test]
fn services_get_an_address_of_their_own_and_keep_it() {
    let mut store = store();
    let made = store.create(Kind::Service, "default", service()).unwrap();
    let address = made.text("/spec/clusterIP").to_owned();
    assert!(address.starts_with("10.96."), "{address}");
    assert_eq!(
        made["spec"],
        json!({
            "clusterIP": address, "clusterIPs": [address], "internalTrafficPolicy": "Cluster",
            "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
            "ports": [{"port": 80, "protocol": "TCP", "targetPort": 80}],
            "selector": {"app": "web"}, "sessionAffinity": "None", "type": "ClusterIP",
        })
    );
    assert_eq!(made["status"], json!({"loadBalancer": {}}));

    let mut second = service();
    second.put("/metadata/name", json!("second"));
    second.put("/spec/clusterIP", json!(address));
    assert_eq!(
        store
            .create(Kind::Service, "default", second.clone())
            .unwrap_err()
            .shown(),
        format!(
            "The Service \"second\" is invalid: spec.clusterIPs: Invalid value: [\"{address}\"]: failed to allocate IP \
             {address}: provided IP is already allocated"
        )
    );
    second.put("/spec/clusterIP", json!("None"));
    let headless = store.create(Kind::Service, "default", second).unwrap();
    assert_eq!(headless["spec"]["clusterIPs"], json!(["None"]));

    let sent = with(service(), "/metadata/namespace", json!("default"));
    let other_port = with(sent.clone(), "/spec/ports", json!([{"port": 81}]));
    let replaced = store.update(Kind::Service, other_port).unwrap();
    assert_eq!(replaced.text("/spec/clusterIP"), address);
    assert_eq!(
        store
            .update(Kind::Service, with(sent, "/spec/clusterIP", json!("None")))
            .unwrap_err()
            .shown(),
        "The Service \"web\" is invalid: spec.clusterIPs[0]: Invalid value: [\"None\"]: may not change once set"
    );

    let open = with(service(), "/spec/type", json!("NodePort"));
    let open = with(open, "/metadata/name", json!("open"));
    let open = store.create(Kind::Service, "default", open).unwrap();
    assert_eq!(open.int("/spec/ports/0/nodePort"), Some(30000));
}

#[test]
fn services() {
    for (pointer, value, shown) in [
        (
            "/spec/ports",
            json!([]),
            "The Service \"web\" is invalid: spec.ports: Required value",
        ),
        (
            "/spec/ports",
            json!([{"port": 80}, {"port": 0, "name": "b"}]),
            "The Service \"web\" is invalid: \n\
             * spec.ports[0].name: Required value\n\
             * spec.ports[1].port: Invalid value: 0: must be between 1 and 65535, inclusive\n\
             * spec.ports[1].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive",
        ),
        (
            "/spec/type",
            json!("Clusterip"),
            "The Service \"web\" is invalid: spec.type: Unsupported value: \"Clusterip\": supported values: \
             \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
        ),
    ] {
        assert_eq!(refused(Kind::Service, pointer, value), shown);
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
