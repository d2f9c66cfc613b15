//! An example of each kind, and what becomes of it when it is changed.

use serde_json::{Value, json};
use statefulset_simulate::{Fields, Kind, Object, Store};

pub(crate) fn store() -> Store {
    Store::new(1_767_225_600_000, 7)
}

pub(crate) fn set() -> Value {
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

pub(crate) fn pod() -> Value {
    json!({"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i:1"}]}})
}

pub(crate) fn claim(name: &str) -> Value {
    json!({
        "metadata": {"name": name},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1024Mi"}}},
    })
}

pub(crate) fn volume() -> Value {
    json!({
        "metadata": {"name": "pv1"},
        "spec": {"accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}, "hostPath": {"path": "/d"}},
    })
}

pub(crate) fn class() -> Value {
    json!({"metadata": {"name": "fast"}, "provisioner": "example.com/disk"})
}

pub(crate) fn service() -> Value {
    json!({"metadata": {"name": "web"}, "spec": {"ports": [{"port": 80}], "selector": {"app": "web"}}})
}

pub(crate) fn budget() -> Value {
    json!({"metadata": {"name": "b"}, "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "web"}}}})
}

pub(crate) fn revision() -> Value {
    json!({"metadata": {"name": "web-1"}, "data": {"spec": {}}, "revision": 1})
}

fn workload(restarts: &str) -> Value {
    let pod = json!({"containers": [{"name": "c", "image": "i:1"}], "restartPolicy": restarts});
    let template = json!({"metadata": {"labels": {"app": "web"}}, "spec": pod});
    json!({"metadata": {"name": "web"}, "spec": {"selector": {"matchLabels": {"app": "web"}}, "template": template}})
}

pub(crate) fn example(kind: Kind) -> Value {
    match kind {
        Kind::StatefulSet => set(),
        Kind::Pod => pod(),
        Kind::PersistentVolumeClaim => claim("data"),
        Kind::PersistentVolume => volume(),
        Kind::StorageClass => class(),
        Kind::Service => service(),
        Kind::PodDisruptionBudget => budget(),
        Kind::ControllerRevision => revision(),
        Kind::RuntimeClass => json!({"metadata": {"name": "gvisor"}, "handler": "runsc"}),
        Kind::CustomResourceDefinition => json!({
            "metadata": {"name": "widgets.example.com"},
            "spec": {
                "group": "example.com", "scope": "Namespaced", "names": {"plural": "widgets", "kind": "Widget"},
                "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {"type": "object"}}}],
            },
        }),
        other => match other.name() {
            "Deployment" | "DaemonSet" | "ReplicaSet" => workload("Always"),
            "Job" => workload("Never"),
            "CronJob" => json!({
                "metadata": {"name": "nightly"},
                "spec": {"schedule": "0 0 * * *", "jobTemplate": {"spec": workload("OnFailure")["spec"]}},
            }),
            _ => json!({"metadata": {"name": other.singular()}}),
        },
    }
}

pub(crate) fn with(mut object: Value, pointer: &str, value: Value) -> Value {
    object.put(pointer, value);
    object
}

/// What kubectl shows when the example, changed so, is created.
pub(crate) fn refused(kind: Kind, pointer: &str, value: Value) -> String {
    let object = with(example(kind), pointer, value);
    match store().create(kind, "default", object) {
        Ok(made) => panic!("created: {made}"),
        Err(error) => error.shown(),
    }
}

/// What kubectl shows when the example, stored, is then changed so.
pub(crate) fn refused_later(kind: Kind, pointer: &str, value: Value) -> String {
    let mut store = store();
    let made = store.create(kind, "default", example(kind)).unwrap();
    let changed = with(Object::clone(&made), pointer, value);
    store.update(kind, changed).unwrap_err().shown()
}
