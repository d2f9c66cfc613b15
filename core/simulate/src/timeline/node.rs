//! A node, as a timeline sees it.

use serde_json::Value;

use crate::values::object::{Fields, Object};

/// What a node is at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct NodeState {
    /// `True`, `False` or `Unknown`.
    pub ready: String,
    pub cordoned: bool,
    pub draining: bool,
    /// `key:effect`
    pub taints: Vec<String>,
}

impl NodeState {
    pub(super) fn of(node: &Object) -> Self {
        let taint = |taint: &Value| format!("{}:{}", taint.text("/key"), taint.text("/effect"));
        let draining = node
            .pointer("/metadata/annotations")
            .and_then(|all| all.get(statefulset::kubernetes::DRAINING));
        Self {
            ready: node.condition("Ready").into(),
            cordoned: node.flag("/spec/unschedulable"),
            draining: draining.and_then(Value::as_str) == Some("true"),
            taints: node.list("/spec/taints").iter().map(taint).collect(),
        }
    }

    /// Whether it reports that it is ready.
    pub(super) fn is_ready(&self) -> bool {
        self.ready == "True"
    }

    /// All of it, in words.
    pub(super) fn words(&self) -> String {
        let ready = match &*self.ready {
            "True" => "ready",
            "Unknown" => "does not report",
            _ => "not ready",
        };
        let mut words = vec![ready.to_owned()];
        words.extend(self.cordoned.then(|| "cordoned".into()));
        words.extend(self.draining.then(|| "draining".into()));
        words.extend(self.taints.iter().cloned());
        words.join(", ")
    }
}
