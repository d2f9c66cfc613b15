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

/// Whether the claim's class makes volumes for the node.
pub(crate) fn provisions_for(store: &Store, claim: &Object, node: &Object) -> bool {
    provisioner(store, claim).is_some()
        && of(store, claim).is_some_and(|class| {
            let terms = class.list("/allowedTopologies");
            terms.is_empty() || terms.iter().any(|term| topology_admits(term, node))
        })
}

/// Who makes the volumes of the claim's class.
pub(crate) fn provisioner<'a>(store: &'a Store, claim: &Object) -> Option<&'a str> {
    of(store, claim)
        .map(|class| class.text("/provisioner"))
        .filter(|it| !matches!(*it, "" | "kubernetes.io/no-provisioner"))
}

/// Whether a node has one of the values of each label. A term without labels admits none.
fn topology_admits(term: &Value, node: &Object) -> bool {
    let labels = term.list("/matchLabelExpressions");
    !labels.is_empty()
        && labels.iter().all(|label| {
            let has = node
                .pointer("/metadata/labels")
                .and_then(|it| it.get(label.text("/key")));
            has.is_some_and(|has| label.list("/values").contains(has))
        })
}

/// The class of claims that name none: the newest of those marked as default.
pub(crate) fn default(store: &Store) -> Option<&Rc<Object>> {
    let mark = "/metadata/annotations/storageclass.kubernetes.io~1is-default-class";
    store
        .list(Kind::StorageClass, None)
        .filter(|c| c.text(mark) == "true")
        .min_by_key(|c| (Reverse(c.text("/metadata/creationTimestamp")), c.name()))
}
