//! Storage classes.

use std::cmp::Reverse;
use std::rc::Rc;

use serde_json::Value;

use crate::store::Store;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Name of the claim's or volume's class; `None` where it leaves that to the default.
pub(crate) fn name(object: &Object) -> Option<&str> {
    let annotation = "/metadata/annotations/volume.beta.kubernetes.io~1storage-class";
    object
        .pointer(annotation)
        .or_else(|| object.pointer("/spec/storageClassName"))
        .and_then(|name| name.as_str())
}

/// The claim's class, where it names one that exists.
pub(crate) fn of<'a>(store: &'a Store, claim: &Object) -> Option<&'a Rc<Object>> {
    store.get(Kind::StorageClass, "", name(claim)?)
}

/// Whether the claim's volume is chosen together with the node of its first pod.
pub(crate) fn is_delayed(store: &Store, claim: &Object) -> bool {
    of(store, claim).is_some_and(|c| c.text("/volumeBindingMode") == "WaitForFirstConsumer")
}

/// Whether the claim's class makes volumes.
pub(crate) fn has_provisioner(store: &Store, claim: &Object) -> bool {
    of(store, claim).is_some_and(|c| c.text("/provisioner") != "kubernetes.io/no-provisioner")
}

/// Whether the claim's class makes volumes for this node.
pub(crate) fn provisions_at(store: &Store, claim: &Object, node: &Object) -> bool {
    let topologies = of(store, claim).map_or(&[][..], |class| class.list("/allowedTopologies"));
    let admits = |topology: &Value| {
        let mut labels = topology.list("/matchLabelExpressions").iter();
        labels.all(|it| {
            let label = node
                .pointer("/metadata/labels")
                .and_then(|labels| labels.get(it.text("/key")));
            label.is_some_and(|label| it.list("/values").contains(label))
        })
    };
    has_provisioner(store, claim) && (topologies.is_empty() || topologies.iter().any(admits))
}

/// The class of claims that name none: the newest of those marked as default.
pub(crate) fn default(store: &Store) -> Option<&Rc<Object>> {
    let mark = "/metadata/annotations/storageclass.kubernetes.io~1is-default-class";
    store
        .list(Kind::StorageClass, None)
        .filter(|c| c.text(mark) == "true")
        .min_by_key(|c| (Reverse(c.text("/metadata/creationTimestamp")), c.name()))
}
