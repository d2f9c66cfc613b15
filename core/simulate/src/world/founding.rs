//! What is there when a cluster begins.

use serde_json::json;

use super::Options;
use crate::components::kubelet::node::{Addresses, register};
use crate::store::Store;
use crate::values::instant;
use crate::values::kind::Kind;

/// Makes the namespaces that every cluster has, the nodes and, where there is a provisioner, the default storage class.
pub(super) fn found(store: &mut Store, options: &Options) {
    let begin = json!(instant::rfc3339(store.now()));
    for (at, name) in ["default", "kube-node-lease", "kube-public", "kube-system"]
        .iter()
        .enumerate()
    {
        let namespace = json!({
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {
                "name": name,
                "uid": format!("00000000-0000-4000-8000-00000000000{at}"),
                "creationTimestamp": begin,
                "labels": {"kubernetes.io/metadata.name": name},
            },
            "spec": {"finalizers": ["kubernetes"]},
            "status": {"phase": "Active"},
        });
        store.put_back(Kind::Namespace, namespace);
    }
    let mut addresses = Addresses::default();
    for name in &options.nodes {
        register(store, name, &mut addresses);
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
        // Nothing in it can be refused.
        let _made = store.create(Kind::StorageClass, "", class);
    }
}
