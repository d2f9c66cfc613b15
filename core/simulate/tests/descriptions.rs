//! What `describe` prints, where it once printed something else than kubectl.

use serde_json::{Value, json};
use statefulset_simulate::{Kind, judged};

/// Thu, 01 Jan 2026 00:10:00 +0000
const NOW: i64 = 1_767_225_600_000 + 600_000;

/// What is printed of the first of these objects.
fn described(kind: Kind, objects: &[Value]) -> String {
    let text = |field: &str| objects[0]["metadata"][field].as_str().unwrap_or("");
    judged::describe(objects, (kind, text("namespace"), text("name")), NOW, NOW)
}

/// An object of a kind with a name, and with more.
fn object(kind: Kind, name: &str, mut more: Value) -> Value {
    more["kind"] = kind.name().into();
    more["apiVersion"] = kind.api_version().into();
    more["metadata"]["name"] = name.into();
    more["metadata"]["uid"] = format!("u-{name}").into();
    if kind.is_namespaced() {
        more["metadata"]["namespace"] = "default".into();
    }
    more
}

/// The text with one space where columns make it several: the widths of columns are left to the judge.
fn squeezed(text: &str) -> String {
    let mut squeezed = text.to_owned();
    while squeezed.contains("  ") {
        squeezed = squeezed.replace("  ", " ");
    }
    squeezed
}

#[track_caller]
fn assert_has(text: &str, part: &str) {
    assert!(
        squeezed(text).contains(&squeezed(part)),
        "{text}\nhas no\n{part}"
    );
}

#[test]
fn a_long_annotation_is_cut_and_a_line_break_at_its_end_is_dropped_once() {
    let annotations = json!({"a": "x".repeat(140), "b": "one\n\n", "c": "y".repeat(137)});
    let map = object(
        Kind::ConfigMap,
        "m",
        json!({"metadata": {"annotations": annotations}}),
    );
    let (x, y) = ("x".repeat(138), "y".repeat(137));
    let expected = format!(
        "Annotations:  a:\n                {x}...\n              b:\n                one\n                \n              c: {y}\n"
    );
    assert_has(&described(Kind::ConfigMap, &[map]), &expected);
}

#[test]
fn what_is_not_said_of_a_pod_is_not_printed() {
    let text = described(Kind::Pod, &[object(Kind::Pod, "p", json!({"spec": {}}))]);
    assert_has(&text, "Name: p\nNamespace: default\nNode: <none>\n");
    assert_has(&text, "\nContainers: <none>\n");
}

#[test]
fn a_pod_says_where_it_may_go_and_what_it_waits_for() {
    let pod = json!({
        "spec": {
            "priority": 7, "priorityClassName": "high", "runtimeClassName": "sandbox",
            "securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "p.json"}},
            "readinessGates": [{"conditionType": "example.com/gate"}],
            "resources": {"limits": {"cpu": "1"}},
            "tolerations": [{"key": "b", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5}, {"key": "b", "value": "x"},
                {"operator": "Exists"}],
            "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule",
                "labelSelector": {"matchLabels": {"app": "web"}}}],
        },
        "status": {"nominatedNodeName": "n"},
    });
    let text = described(Kind::Pod, &[object(Kind::Pod, "p", pod)]);
    for part in [
        "Priority:             7\nPriority Class Name:  high\nRuntime Class Name:   sandbox\n",
        "SeccompProfile:       Localhost\nLocalhostProfile:     p.json\n",
        "NominatedNodeName:    n\nResources:\n  Limits:\n    cpu:  1\n",
        "Readiness Gates:\n  Type               Status\n  example.com/gate   <none> \n",
        "op=Exists\n                              b:NoExecute op=Exists for 5s\n                              b=x\n",
        "Topology Spread Constraints:  zone:DoNotSchedule when max skew 1 is exceeded for selector app=web\n",
    ] {
        assert_has(&text, part);
    }
}

#[test]
fn a_container_says_where_its_variables_come_from() {
    let container = json!({
        "name": "c", "image": "i",
        "command": ["sh", "a\n"],
        "resources": {"limits": {"memory": "1Gi"}},
        "readinessProbe": {"httpGet": {"host": "fd00::1", "port": 80, "path": "/a b", "scheme": "HTTPS"}},
        "livenessProbe": {"grpc": {"port": 9, "service": "s"}},
        "envFrom": [{"prefix": "P_", "secretRef": {"name": "s", "optional": true}}],
        "env": [
            {"name": "A", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}},
            {"name": "B", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory", "divisor": "1Mi"}}},
            {"name": "C", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}},
            {"name": "D", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}},
            {"name": "E", "value": "one\ntwo"},
        ],
        "volumeMounts": [{"name": "z", "mountPath": "/a"}, {"name": "b", "mountPath": "/a", "subPath": "\"q\""}],
        "volumeDevices": [{"name": "d", "devicePath": "/dev/a"}],
    });
    let pod = object(Kind::Pod, "p", json!({"spec": {"containers": [container]}}));
    let text = described(Kind::Pod, &[pod]);
    for part in [
        "    Command:\n      sh\n      a\n      \n",
        "grpc <pod>:9 s delay=0s timeout=0s",
        "http-get https://[fd00::1]:80/a%20b delay=0s",
        "    Environment Variables from:\n      s  Secret with prefix 'P_'  Optional: true\n",
        "      A:  p (v1:metadata.name)\n      B:  1024 (limits.memory)\n      C:  node allocatable (limits.cpu)\n",
        "      D:  <set to the key 'k' in secret 's'>  Optional: false\n      E:  one\n          two\n",
        "    Mounts:\n      /a from z (rw)\n      /a from b (rw,path=\"\\\"q\\\"\")\n    Devices:\n      /dev/a from d\n",
    ] {
        assert_has(&text, part);
    }
}

#[test]
fn volumes_come_from_everywhere() {
    let volumes = json!([
        {"name": "a", "hostPath": {"path": "/a"}},
        {"name": "b", "projected": {"sources": [{"configMap": {"name": "m"}}, {"serviceAccountToken": {"expirationSeconds": 3600}}]}},
        {"name": "c", "ephemeral": {"volumeClaimTemplate": {"metadata": {"labels": {"x": "y"}}, "spec": {"storageClassName": "fast"}}}},
        {"name": "d", "csi": {"driver": "d", "volumeAttributes": {"k": "v"}}},
        {"name": "e", "iscsi": {"iqn": "q", "lun": 2, "portals": ["p", "q"]}},
        {"name": "f"},
    ]);
    let pod = object(Kind::Pod, "p", json!({"spec": {"volumes": volumes}}));
    let text = described(Kind::Pod, &[pod]);
    for part in [
        "    HostPathType:  <none>\n",
        "    ConfigMapName:           m\n    Optional:                false\n    TokenExpirationSeconds:  3600\n",
        "    StorageClass:  fast\n    Volume:        \n    Labels:            x=y\n    Annotations:       <none>\n",
        "    VolumeAttributes:      k=v\n",
        "    Lun:                2\n    ISCSIInterface      \n",
        "    Portals:            [p q]\n",
        "    SecretRef:          nil\n",
        "  f:\n  <unknown>\n",
    ] {
        assert_has(&text, part);
    }
}

#[test]
fn a_set_keeps_its_allowance_to_itself_without_a_partition() {
    let spec = json!({
        "selector": {"matchLabels": {"b": "1"}, "matchExpressions": [{"key": "a", "operator": "In", "values": ["y", "x"]}]},
        "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 2}},
        "template": {"spec": {"priorityClassName": "high"}},
    });
    let text = described(
        Kind::StatefulSet,
        &[object(Kind::StatefulSet, "web", json!({"spec": spec}))],
    );
    assert!(!text.contains("MaxUnavailable"), "{text}");
    assert!(!text.contains("Service Name"), "{text}");
    assert_has(
        &text,
        "CreationTimestamp:  Mon, 01 Jan 0001 00:00:00 +0000\n",
    );
    assert_has(&text, "Selector:           a in (x,y),b=1\n");
    assert_has(&text, "  Priority Class Name:  high\n");
}

#[test]
fn a_claim_is_used_by_pods_that_have_ended_and_once_by_each_volume() {
    let claim = json!({"metadata": {"deletionTimestamp": "2026-01-01T00:09:00Z"}, "spec": {"volumeName": "v"}});
    let volume = json!({"persistentVolumeClaim": {"claimName": "c"}});
    let pod = json!({"spec": {"volumes": [volume, volume]}, "status": {"phase": "Failed"}});
    let text = described(
        Kind::PersistentVolumeClaim,
        &[
            object(Kind::PersistentVolumeClaim, "c", claim),
            object(Kind::Pod, "p", pod),
        ],
    );
    assert_has(&text, "Status:        Terminating (lasts 60s)\n");
    assert_has(&text, "Capacity:      0\n");
    assert_has(&text, "Used By:       p\n               p\n");
}

#[test]
fn a_volume_and_a_class_say_where_they_may_be_used() {
    let spec = json!({
        "capacity": {"storage": "1Gi"},
        "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "zone", "operator": "Exists"}]}]}},
        "rbd": {"image": "i", "secretRef": {"name": "s"}},
    });
    let volume = object(Kind::PersistentVolume, "v", json!({"spec": spec}));
    let text = described(Kind::PersistentVolume, &[volume]);
    assert_has(
        &text,
        "Node Affinity:     \n  Required Terms:  \n    Term 0:        zone exists\n",
    );
    assert_has(
        &text,
        "    SecretRef:     &SecretReference{Name:s,Namespace:,}\n",
    );
    let class = json!({
        "metadata": {"annotations": {"a": "b", "c": "d"}},
        "mountOptions": ["ro"],
        "allowVolumeExpansion": false,
        "allowedTopologies": [{"matchLabelExpressions": [{"key": "zone", "values": ["a", "b"]}]}],
    });
    let text = described(
        Kind::StorageClass,
        &[object(Kind::StorageClass, "s", class)],
    );
    for part in [
        "Annotations:           a=b,c=d\n",
        "AllowVolumeExpansion:  False\nMountOptions:\n  ro\n",
        "AllowedTopologies:  \n  Term 0:           zone in [a, b]\n",
    ] {
        assert_has(&text, part);
    }
}

#[test]
fn a_service_says_how_it_is_reached() {
    let spec = json!({
        "type": "LoadBalancer", "externalIPs": ["1.2.3.4"], "externalTrafficPolicy": "Local",
        "ports": [{"name": "http", "port": 80, "nodePort": 30080, "protocol": "TCP", "targetPort": 8080}],
    });
    let status = json!({"loadBalancer": {"ingress": [{"ip": "9.9.9.9", "ipMode": "VIP"}]}});
    let service = object(Kind::Service, "s", json!({"spec": spec, "status": status}));
    let text = described(Kind::Service, std::slice::from_ref(&service));
    for part in [
        "External IPs:             1.2.3.4\n",
        "LoadBalancer Ingress:     9.9.9.9 (VIP)\n",
        "NodePort:                 http  30080/TCP\nEndpoints:                <none>\n",
        "External Traffic Policy:  Local\n",
    ] {
        assert_has(&text, part);
    }
    let slice = object(
        Kind::EndpointSlice,
        "s-1",
        json!({
            "metadata": {"labels": {"kubernetes.io/service-name": "s"}},
            "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}],
            "endpoints": [{"addresses": ["fd00::1"]}, {"addresses": ["1.1.1.1"]}, {"addresses": ["1.1.1.2"]},
                {"addresses": ["1.1.1.3"], "conditions": {"ready": false}}],
        }),
    );
    let text = described(Kind::Service, &[service, slice.clone()]);
    assert_has(
        &text,
        "[fd00::1]:8080,1.1.1.1:8080,1.1.1.2:8080 + 0 more...\n",
    );
    let text = described(Kind::EndpointSlice, &[slice]);
    assert_has(
        &text,
        "  Name  Port  Protocol\n  ----  ----  --------\n  http  8080  TCP\n",
    );
    assert_has(&text, "    Conditions:\n      Ready:    false\n");
}

#[test]
fn a_node_adds_up_what_its_pods_ask_for() {
    let node = object(
        Kind::Node,
        "n",
        json!({
            "spec": {"podCIDR": "10.0.0.0/24", "taints": [{"key": "b", "effect": "NoSchedule"}, {"key": "c", "effect": "NoExecute"}]},
            "status": {"capacity": {"cpu": "2", "memory": "4Gi", "ephemeral-storage": "1Gi", "example.com/gpu": "2"}},
        }),
    );
    let pod = json!({"spec": {"nodeName": "n", "containers": [{"resources": {
        "requests": {"cpu": "1", "memory": "1Gi", "ephemeral-storage": "1Mi", "example.com/gpu": "1"}}}]}});
    let event = |uid: &str, at: &str, message: &str| {
        object(
            Kind::Event,
            message,
            json!({
                "involvedObject": {"kind": "Node", "name": "n", "uid": uid}, "type": "Normal", "reason": "R", "message": message,
                "source": {"component": "kubelet"}, "firstTimestamp": at, "lastTimestamp": at,
            }),
        )
    };
    let text = described(
        Kind::Node,
        &[
            node,
            object(Kind::Pod, "p", pod),
            event("u-n", "2026-01-01T00:09:50Z", "late"),
            event("n", "2026-01-01T00:09:00Z", "early"),
        ],
    );
    for part in [
        "Taints:             c:NoExecute\n                    b:NoSchedule\n",
        "PodCIDR:                      10.0.0.0/24\n",
        "  cpu                1 (50%)      0 (0%)\n  memory             1Gi (25%)    0 (0%)\n  \
         ephemeral-storage  1Mi (0%)     0 (0%)\n  example.com/gpu    1            0\n",
        "  Normal  R       60s   kubelet  early\n  Normal  R       10s   kubelet  late\n",
    ] {
        assert_has(&text, part);
    }
}

#[test]
fn events_are_about_an_object_of_this_kind_and_say_who_told_them() {
    let event = |name: &str, kind: &str, more: Value| {
        let mut event = object(Kind::Event, name, more);
        event["involvedObject"] = json!({"kind": kind, "name": "web", "namespace": "default", "uid": "u-web", "fieldPath": "spec.x"});
        event
    };
    let series = json!({
        "message": "again", "reportingComponent": "r", "eventTime": "2026-01-01T00:08:00.000000Z",
        "series": {"count": 3, "lastObservedTime": "2026-01-01T00:09:00.000000Z"},
    });
    let set = object(Kind::StatefulSet, "web", json!({"spec": {}}));
    let text = described(
        Kind::StatefulSet,
        &[
            set,
            event("a", "StatefulSet", series),
            event("b", "Other", json!({"message": "of another"})),
        ],
    );
    assert_has(&text, "60s (x3 over 2m)  r     spec.x: again\n");
    assert!(!text.contains("of another"), "{text}");
}

#[test]
fn any_other_object_is_told_in_the_order_of_its_fields() {
    let revision = object(
        Kind::ControllerRevision,
        "r",
        json!({"metadata": {"managedFields": [{"manager": "m"}]}, "data": {"hostIP": null, "podIPs": [1]}}),
    );
    let text = described(Kind::ControllerRevision, &[revision]);
    assert_has(
        &text,
        "API Version:  apps/v1\nData:\n  Host IP:  <nil>\n  Pod I Ps:\n    1\nKind:  ControllerRevision\nMetadata:\n  Resource Version: 1\n  UID: u-r\n",
    );
    assert!(!text.contains("Managed"), "{text}");
}

#[test]
fn a_namespace_says_how_much_is_left_in_it() {
    let quota = |hard: &str, used: &str| {
        let amounts = json!({"hard": {"memory": hard}, "used": {"memory": used}});
        let mut quota = object(
            Kind::ResourceQuota,
            "q",
            json!({"spec": {"scopes": ["BestEffort"]}, "status": amounts}),
        );
        quota["metadata"]["namespace"] = "n".into();
        quota
    };
    let namespace = object(Kind::Namespace, "n", json!({"status": {"phase": "Active"}}));
    let text = described(Kind::Namespace, &[namespace, quota("1Gi", "100m")]);
    assert_has(
        &text,
        "Resource Quotas\n  Name:    q\n  Scopes:  BestEffort\n  * Matches all pods",
    );
    assert_has(&text, "  memory    100m  1Gi\n\nNo LimitRange resource.\n");
    let text = described(Kind::ResourceQuota, &[quota("1Gi", "100m")]);
    assert_has(&text, "memory      1     1Gi\n");
    assert!(!text.contains("Events"), "{text}");
}

#[test]
fn secrets_keep_what_they_hold_and_maps_show_it() {
    let secret = object(
        Kind::Secret,
        "s",
        json!({"type": "Opaque", "data": {"password": "c2VjcmV0"}}),
    );
    let text = described(Kind::Secret, &[secret]);
    assert_has(&text, "\nType:  Opaque\n\nData\n====\npassword:  6 bytes\n");
    let map = object(
        Kind::ConfigMap,
        "m",
        json!({"data": {"a": "b\nc"}, "binaryData": {"x": "YQ=="}}),
    );
    let text = described(Kind::ConfigMap, &[map]);
    assert_has(
        &text,
        "\nData\n====\na:\n----\nb\nc\n\n\nBinaryData\n====\nx: 1 bytes\n\n",
    );
}
