//! What is there when a cluster begins.

use serde_json::json;

use super::Options;
use crate::components::kubelet::node::register;
use crate::store::Store;
use crate::values::kind::Kind;

/// Makes the nodes and, where there is a provisioner, the default storage class.
pub(super) fn found(store: &mut Store, options: &Options) {
    for name in &options.nodes {
        register(store, name);
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
