//! Objects as an API server sends them, managed fields and all.

use serde_json::{Value, json};
use statefulset::kubernetes::default_stateful_set;

/// Name of the revision that the set's template makes.
pub(crate) const REVISION: &str = "web-59c8db9897";
const SET_UID: &str = "0d5c8e9a-52c1-4d36-8d3a-2f6f0b7a9d11";

fn template() -> Value {
    json!({
        "metadata": {"labels": {"app.kubernetes.io/name": "nginx", "app.kubernetes.io/instance": "web"}},
        "spec": {
            "containers": [{
                "name": "nginx",
                "image": "registry.k8s.io/nginx-slim:0.24",
                "ports": [{"containerPort": 80, "name": "web", "protocol": "TCP"}],
                "volumeMounts": [{"name": "www", "mountPath": "/usr/share/nginx/html"}],
                "readinessProbe": {
                    "httpGet": {"path": "/", "port": 80, "scheme": "HTTP"},
                    "failureThreshold": 3, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 1,
                },
            }],
        },
    })
}

pub(crate) fn set(replicas: u32) -> String {
    let mut set = json!({
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": {"name": "web", "namespace": "default", "uid": SET_UID, "resourceVersion": "1", "generation": 1},
        "spec": {
            "replicas": replicas,
            "serviceName": "nginx",
            "selector": {"matchLabels": {"app.kubernetes.io/name": "nginx", "app.kubernetes.io/instance": "web"}},
            "template": template(),
            "volumeClaimTemplates": [{
                "metadata": {"name": "www"},
                "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
            }],
        },
    });
    default_stateful_set(&mut set, &statefulset::Profile::UPSTREAM);
    set.to_string()
}

pub(crate) fn pod(ordinal: u32, version: u64, ready: bool) -> String {
    let name = format!("web-{ordinal}");
    let since = "2026-11-21T07:37:00Z";
    let status = if ready { "True" } else { "False" };
    let condition = |kind: &str, status: &str| json!({"type": kind, "status": status, "lastProbeTime": null, "lastTransitionTime": since});
    let mut spec = template()["spec"].take();
    let token = "kube-api-access-x7v2p";
    spec["containers"][0]["volumeMounts"]
        .as_array_mut()
        .expect("mounts")
        .push(json!({"name": token, "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "readOnly": true}));
    let more = json!({
        "dnsPolicy": "ClusterFirst", "enableServiceLinks": true, "hostname": name, "subdomain": "nginx",
        "nodeName": format!("node-{:03}.example.com", ordinal % 100), "preemptionPolicy": "PreemptLowerPriority",
        "priority": 0, "restartPolicy": "Always", "schedulerName": "default-scheduler", "securityContext": {},
        "serviceAccount": "default", "serviceAccountName": "default", "terminationGracePeriodSeconds": 30,
        "tolerations": [
            {"effect": "NoExecute", "key": "node.kubernetes.io/not-ready", "operator": "Exists", "tolerationSeconds": 300},
            {"effect": "NoExecute", "key": "node.kubernetes.io/unreachable", "operator": "Exists", "tolerationSeconds": 300},
        ],
        "volumes": [
            {"name": "www", "persistentVolumeClaim": {"claimName": format!("www-{name}")}},
            {"name": token, "projected": {"defaultMode": 420, "sources": [
                {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
                {"configMap": {"items": [{"key": "ca.crt", "path": "ca.crt"}], "name": "kube-root-ca.crt"}},
                {"downwardAPI": {"items": [{"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}, "path": "namespace"}]}},
            ]}},
        ],
    });
    for (field, value) in more.as_object().expect("fields") {
        spec[field] = value.clone();
    }
    let managed = json!({"manager": "kubelet", "operation": "Update", "apiVersion": "v1", "time": since, "fieldsType": "FieldsV1",
        "subresource": "status", "fieldsV1": {"f:status": {"f:conditions": {
            "k:{\"type\":\"ContainersReady\"}": {".": {}, "f:lastProbeTime": {}, "f:lastTransitionTime": {}, "f:status": {}, "f:type": {}},
            "k:{\"type\":\"Initialized\"}": {".": {}, "f:lastProbeTime": {}, "f:lastTransitionTime": {}, "f:status": {}, "f:type": {}},
            "k:{\"type\":\"Ready\"}": {".": {}, "f:lastProbeTime": {}, "f:lastTransitionTime": {}, "f:status": {}, "f:type": {}},
        }, "f:containerStatuses": {}, "f:hostIP": {}, "f:phase": {}, "f:podIP": {}, "f:podIPs": {}, "f:startTime": {}}}});
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": name,
            "generateName": "web-",
            "namespace": "default",
            "uid": format!("{:08x}-5c1f-4b7e-9a4e-3d2c1b0a{ordinal:04x}", ordinal.wrapping_mul(2_654_435_761)),
            "resourceVersion": version.to_string(),
            "creationTimestamp": since,
            "labels": {
                "app.kubernetes.io/name": "nginx",
                "app.kubernetes.io/instance": "web",
                "apps.kubernetes.io/pod-index": ordinal.to_string(),
                "controller-revision-hash": REVISION,
                "statefulset.kubernetes.io/pod-name": name,
            },
            "ownerReferences": [{
                "apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web", "uid": SET_UID, "controller": true,
                "blockOwnerDeletion": true,
            }],
            "managedFields": [managed],
        },
        "spec": spec,
        "status": {
            "phase": "Running",
            "conditions": [
                condition("PodReadyToStartContainers", "True"), condition("Initialized", "True"), condition("Ready", status),
                condition("ContainersReady", status), condition("PodScheduled", "True"),
            ],
            "containerStatuses": [{
                "name": "nginx", "ready": ready, "restartCount": 0, "started": true,
                "image": "registry.k8s.io/nginx-slim:0.24",
                "imageID": "registry.k8s.io/nginx-slim@sha256:0e1b4a6f3d8f0c6c5a8e9b7d2c4f1a3b5d7e9f0a1b2c3d4e5f60718293a4b5c6",
                "containerID": "containerd://4f5e6d7c8b9a0f1e2d3c4b5a69788796a5b4c3d2e1f0a9b8c7d6e5f403122130",
                "state": {"running": {"startedAt": since}}, "lastState": {},
            }],
            "hostIP": "10.0.0.7", "podIP": "10.244.1.17", "podIPs": [{"ip": "10.244.1.17"}], "qosClass": "BestEffort",
            "startTime": since,
        },
    })
    .to_string()
}

pub(crate) fn claim(ordinal: u32) -> String {
    let uid = format!(
        "{:08x}-6e2a-4c8d-8b3f-1a2b3c4d{ordinal:04x}",
        ordinal.wrapping_mul(2_246_822_519)
    );
    json!({
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {
            "name": format!("www-web-{ordinal}"),
            "namespace": "default",
            "uid": uid,
            "resourceVersion": "1",
            "labels": {"app.kubernetes.io/name": "nginx", "app.kubernetes.io/instance": "web"},
            "annotations": {
                "pv.kubernetes.io/bind-completed": "yes",
                "pv.kubernetes.io/bound-by-controller": "yes",
                "volume.kubernetes.io/selected-node": format!("node-{:03}.example.com", ordinal % 100),
            },
        },
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1Gi"}},
            "storageClassName": "standard",
            "volumeMode": "Filesystem",
            "volumeName": format!("pvc-{uid}"),
        },
        "status": {"phase": "Bound", "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}},
    })
    .to_string()
}
