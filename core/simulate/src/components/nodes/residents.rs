//! Which pods are on which node.

use std::collections::BTreeMap;

use super::{Name, Pods};
use crate::values::object::{Fields, Object};

/// The pods of each node, also of nodes that are gone.
#[derive(Debug, Default)]
pub(super) struct Residents {
    by_node: BTreeMap<String, Pods>,
    by_pod: BTreeMap<Name, String>,
}

impl Residents {
    pub(super) fn follow(&mut self, name: &Name, pod: &Object, gone: bool) {
        if let Some(node) = self.by_pod.remove(name)
            && let Some(pods) = self.by_node.get_mut(&node)
        {
            pods.remove(name);
            if pods.is_empty() {
                self.by_node.remove(&node);
            }
        }
        let node = pod.text("/spec/nodeName");
        if !gone && !node.is_empty() {
            let pods = self.by_node.entry(node.to_owned()).or_default();
            pods.insert(name.clone());
            self.by_pod.insert(name.clone(), node.to_owned());
        }
    }

    /// The pods of one node, by name.
    pub(super) fn of(&self, node: &str) -> impl Iterator<Item = &Name> {
        self.by_node.get(node).into_iter().flatten()
    }
}
