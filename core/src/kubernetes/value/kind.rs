//! The kinds of objects that the planner reads and writes.

use std::fmt;
use std::format;
use std::string::String;

use crate::all::all;

/// A kind of object. The caller says it, because typed clients leave the kind out of the object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// `apps/v1`, unless the sets of a cluster are of [another resource](crate::kubernetes::SetResource).
    StatefulSet,
    /// `v1`
    Pod,
    /// `v1`
    PersistentVolumeClaim,
    /// `v1`, without a namespace
    PersistentVolume,
    /// `storage.k8s.io/v1`, without a namespace
    StorageClass,
    /// `v1`, without a namespace
    Node,
    /// `policy/v1`
    PodDisruptionBudget,
    /// `apps/v1`
    ControllerRevision,
    /// `v1`. Objects of this kind are accepted and ignored, because no decision depends on a Service, not even on the
    /// governing one.
    Service,
}

all!(
    /// All values.
    Kind {
        StatefulSet,
        Pod,
        PersistentVolumeClaim,
        PersistentVolume,
        StorageClass,
        Node,
        PodDisruptionBudget,
        ControllerRevision,
        Service,
    }
);

impl Kind {
    /// Its name, as in an object's `kind`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StatefulSet => "StatefulSet",
            Self::Pod => "Pod",
            Self::PersistentVolumeClaim => "PersistentVolumeClaim",
            Self::PersistentVolume => "PersistentVolume",
            Self::StorageClass => "StorageClass",
            Self::Node => "Node",
            Self::PodDisruptionBudget => "PodDisruptionBudget",
            Self::ControllerRevision => "ControllerRevision",
            Self::Service => "Service",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Group and version, as in an object's `apiVersion`.
    pub const fn api_version(self) -> &'static str {
        match self {
            Self::StatefulSet | Self::ControllerRevision => "apps/v1",
            Self::StorageClass => "storage.k8s.io/v1",
            Self::PodDisruptionBudget => "policy/v1",
            _ => "v1",
        }
    }

    /// The name of its resource, as in paths.
    pub const fn resource(self) -> &'static str {
        match self {
            Self::StatefulSet => "statefulsets",
            Self::Pod => "pods",
            Self::PersistentVolumeClaim => "persistentvolumeclaims",
            Self::PersistentVolume => "persistentvolumes",
            Self::StorageClass => "storageclasses",
            Self::Node => "nodes",
            Self::PodDisruptionBudget => "poddisruptionbudgets",
            Self::ControllerRevision => "controllerrevisions",
            Self::Service => "services",
        }
    }

    /// Whether its objects have a namespace.
    pub const fn is_namespaced(self) -> bool {
        !matches!(
            self,
            Self::PersistentVolume | Self::StorageClass | Self::Node
        )
    }

    /// The path of the collection, such as `/api/v1/namespaces/default/pods`.
    pub fn collection(self, namespace: &str) -> String {
        let namespace = self.is_namespaced().then_some(namespace);
        collection(self.api_version(), namespace, self.resource())
    }

    /// The path of one object.
    pub fn path(self, namespace: &str, name: &str) -> String {
        format!("{}/{name}", self.collection(namespace))
    }
}

/// The path of a collection of a resource.
pub(crate) fn collection(version: &str, namespace: Option<&str>, resource: &str) -> String {
    let root = if version.contains('/') { "apis" } else { "api" };
    match namespace {
        Some(namespace) => format!("/{root}/{version}/namespaces/{namespace}/{resource}"),
        None => format!("/{root}/{version}/{resource}"),
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
