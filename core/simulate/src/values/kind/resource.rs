//! What is fixed for a kind.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// What is fixed for a kind: what it is called, and where its objects live. Two of the same group and kind are the same, even if
/// a CustomResourceDefinition has changed in the meantime.
#[derive(Debug)]
pub struct Resource {
    pub(crate) group: &'static str,
    pub(crate) kind: &'static str,
    pub(super) version: &'static str,
    pub(super) plural: &'static str,
    pub(super) short: &'static [&'static str],
    pub(super) scope: Scope,
    /// Where it is not the kind in lower case.
    pub(super) singular: Option<&'static str>,
    /// Other versions in which it may be written.
    pub(super) also: &'static [&'static str],
    /// Of a kind that a CustomResourceDefinition brings, what `get` shows: titles and paths.
    pub(crate) columns: &'static [(&'static str, &'static str)],
    pub(crate) is_custom: bool,
}

/// Where objects live.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scope {
    Cluster,
    Namespaced,
}

impl PartialEq for Resource {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Resource {}

impl PartialOrd for Resource {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Resource {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.group, self.kind).cmp(&(other.group, other.kind))
    }
}

impl Hash for Resource {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.group, self.kind).hash(state);
    }
}

impl Resource {
    pub(super) const fn new(
        group: &'static str,
        version: &'static str,
        kind: &'static str,
        plural: &'static str,
        short: &'static [&'static str],
        scope: Scope,
    ) -> Self {
        Self {
            group,
            kind,
            version,
            plural,
            short,
            scope,
            singular: None,
            also: &[],
            columns: &[],
            is_custom: false,
        }
    }

    /// The same, which may also be written in these versions.
    pub(super) const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    pub(super) fn singular(&self) -> String {
        let lower = || self.kind.to_ascii_lowercase();
        self.singular.map_or_else(lower, str::to_owned)
    }

    pub(super) fn is_served_as(&self, version: &str) -> bool {
        self.version == version || self.also.contains(&version)
    }

    /// Whether the API server counts changes of its spec: of custom resources, and of most kinds that controllers act on.
    pub(super) fn counts_changes(&self) -> bool {
        let counted = [
            "CronJob",
            "DaemonSet",
            "Deployment",
            "FlowSchema",
            "Ingress",
            "IngressClass",
            "Job",
            "MutatingAdmissionPolicy",
            "NetworkPolicy",
            "PriorityLevelConfiguration",
            "ReplicaSet",
            "ReplicationController",
            "ValidatingAdmissionPolicy",
        ];
        self.is_custom || counted.contains(&self.kind)
    }
}
