//! What is there when a cluster begins.

use serde_json::json;

use super::Options;
use crate::instant;
use crate::kind::Kind;
use crate::object::Fields;
use crate::store::Store;

/// Makes the nodes and, where there is a provisioner, the default storage class.
pub(super) fn found(store: &mut Store, options: &Options) {
    for (i, name) in options.nodes.iter().enumerate() {
        let node = node(name, i, &instant::rfc3339(options.start));
        make(store, Kind::Node, node);
    }
    if options.provisioner {
        let class = json!({
            "metadata": {
                "name": "standard",
                "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
            },
            "provisioner": "simulate/disk",
            "reclaimPolicy": "Delete",
            "volumeBindingMode": "Immediate",
        });
        make(store, Kind::StorageClass, class);
    }
}

/// A name that the API server would refuse makes no node: the list of nodes is the caller's word.
fn make(store: &mut Store, kind: Kind, object: serde_json::Value) {
    let status = object.pointer("/status").cloned();
    if let Ok(made) = store.create(kind, "", object) {
        store.edit(kind, "", made.name(), |object| {
            if let Some(status) = status {
                object.put("/status", status);
            }
        });
    }
}

fn node(name: &str, index: usize, now: &str) -> serde_json::Value {
    let condition = |kind: &str, status: &str, reason: &str, message: &str| {
        json!({
            "type": kind, "status": status, "reason": reason, "message": message,
            "lastHeartbeatTime": now, "lastTransitionTime": now,
        })
    };
    let room = json!({"cpu": "8", "memory": "32Gi", "pods": "110"});
    json!({
        "metadata": {
            "name": name,
            "labels": {
                "kubernetes.io/arch": "amd64",
                "kubernetes.io/hostname": name,
                "kubernetes.io/os": "linux",
            },
        },
        "spec": {},
        "status": {
            "addresses": [
                {"type": "InternalIP", "address": format!("192.168.{}.{}", index / 250, index % 250 + 1)},
                {"type": "Hostname", "address": name},
            ],
            "allocatable": room,
            "capacity": room,
            "conditions": [
                condition("MemoryPressure", "False", "KubeletHasSufficientMemory",
                    "kubelet has sufficient memory available"),
                condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
            ],
            "nodeInfo": {
                "architecture": "amd64", "bootID": "", "containerRuntimeVersion": "simulate", "kernelVersion": "",
                "kubeProxyVersion": "", "kubeletVersion": "v1.37.0", "machineID": "", "operatingSystem": "linux",
                "osImage": "", "systemUUID": "",
            },
        },
    })
}
