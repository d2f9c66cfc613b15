//! A pod, as a timeline sees it.

use statefulset::Ordinal;

use crate::values::object::{Fields, Object};
use crate::values::pod;

/// Which pod: those of a set by ordinal, all others by name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct PodKey {
    pub namespace: String,
    /// The set, or the pod's own name where it belongs to none.
    pub family: String,
    pub ordinal: Option<i64>,
}

impl PodKey {
    pub(super) fn of(pod: &Object) -> Self {
        let set = pod
            .controller()
            .filter(|owner| owner.text("/kind") == "StatefulSet")
            .map(|owner| owner.text("/name"));
        let member = set.and_then(|set| {
            let ordinal = pod.name().strip_prefix(set)?.strip_prefix('-')?;
            Some((set, ordinal.parse().ok()?))
        });
        let (family, ordinal) = match member {
            Some((set, ordinal)) => (set, Some(ordinal)),
            None => (pod.name(), None),
        };
        Self {
            namespace: pod.namespace().into(),
            family: family.into(),
            ordinal,
        }
    }

    /// The pod of a set with this ordinal.
    pub(super) fn member(namespace: &str, set: &str, ordinal: Ordinal) -> Self {
        Self {
            namespace: namespace.into(),
            family: set.into(),
            ordinal: Some(i64::from(ordinal)),
        }
    }

    /// Its name.
    pub(super) fn name(&self) -> String {
        match self.ordinal {
            Some(ordinal) => format!("{}-{ordinal}", self.family),
            None => self.family.clone(),
        }
    }
}

/// How far a pod has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Stage {
    /// It has no node.
    Pending,
    /// It has a node and has not been ready yet.
    Starting,
    /// It is ready.
    Ready,
    /// It was ready, or has ended.
    Unready,
    /// It has been asked to go.
    Terminating,
}

/// What a pod is at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PodState {
    pub stage: Stage,
    pub revision: String,
    pub node: String,
    pub uid: String,
    /// As `get` shows it.
    pub status: String,
}

impl PodState {
    /// `before` is what was known of the name.
    pub(super) fn of(pod: &Object, before: Option<&Self>) -> Self {
        let uid = pod.uid();
        let has_been_ready = before.is_some_and(|before| {
            before.uid == uid && matches!(before.stage, Stage::Ready | Stage::Unready)
        });
        let over = matches!(pod.text("/status/phase"), "Succeeded" | "Failed");
        let stage = if pod.is_terminating() {
            Stage::Terminating
        } else if pod.condition("Ready") == "True" {
            Stage::Ready
        } else if over || has_been_ready {
            Stage::Unready
        } else if pod.text("/spec/nodeName").is_empty() {
            Stage::Pending
        } else {
            Stage::Starting
        };
        let label = "/metadata/labels/controller-revision-hash";
        Self {
            stage,
            revision: pod.text(label).into(),
            node: pod.text("/spec/nodeName").into(),
            uid: uid.into(),
            status: pod::status(pod),
        }
    }
}
