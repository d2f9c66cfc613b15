//! Shapes of nodes, namespaces and what is configured in them.

use super::meta::{LOCAL_OBJECT_REFERENCE, OBJECT_META, OBJECT_REFERENCE, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const NAMESPACE: Struct = Struct {
    name: "Namespace",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&NAMESPACE_SPEC)),
        ("status", Type::Open(&NAMESPACE_STATUS)),
    ],
};

pub(super) const NAMESPACE_SPEC: Struct = Struct {
    name: "NamespaceSpec",
    inline: &[],
    fields: &[(
        "finalizers",
        Type::List(&Type::Named("v1.FinalizerName"), Merge::Atomic),
    )],
};

pub(super) const NODE: Struct = Struct {
    name: "Node",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&NODE_SPEC)),
        ("status", Type::Struct(&NODE_STATUS)),
    ],
};

pub(super) const NODE_SPEC: Struct = Struct {
    name: "NodeSpec",
    inline: &[],
    fields: &[
        ("podCIDR", Type::Text),
        ("podCIDRs", Type::List(&Type::Text, Merge::Set)),
        ("providerID", Type::Text),
        ("unschedulable", Type::Bool),
        ("taints", Type::List(&Type::Struct(&TAINT), Merge::Atomic)),
        ("configSource", Type::Any),
        ("externalID", Type::Text),
        (
            "podPreemptionPolicy",
            Type::Struct(&NODE_POD_PREEMPTION_POLICY),
        ),
    ],
};

const NODE_POD_PREEMPTION_POLICY: Struct = Struct {
    name: "NodePodPreemptionPolicy",
    inline: &[],
    fields: &[(
        "disableResizePreemption",
        Type::List(&Type::Text, Merge::Atomic),
    )],
};

pub(super) const TAINT: Struct = Struct {
    name: "Taint",
    inline: &[],
    fields: &[
        ("key", Type::Text),
        ("value", Type::Text),
        ("effect", Type::Named("v1.TaintEffect")),
        ("timeAdded", Type::Time),
    ],
};

pub(super) const NODE_STATUS: Struct = Struct {
    name: "NodeStatus",
    inline: &[],
    fields: &[
        ("capacity", Type::Quantities),
        ("allocatable", Type::Quantities),
        ("phase", Type::Named("v1.NodePhase")),
        ("conditions", Type::List(&Type::Any, Merge::Key("type"))),
        ("addresses", Type::List(&Type::Any, Merge::Key("type"))),
        ("daemonEndpoints", Type::Any),
        ("nodeInfo", Type::Any),
        ("images", Type::List(&Type::Any, Merge::Atomic)),
        (
            "volumesInUse",
            Type::List(&Type::Named("v1.UniqueVolumeName"), Merge::Atomic),
        ),
        ("volumesAttached", Type::List(&Type::Any, Merge::Atomic)),
        ("config", Type::Any),
        ("runtimeHandlers", Type::List(&Type::Any, Merge::Atomic)),
        ("features", Type::Any),
        ("declaredFeatures", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const SECRET: Struct = Struct {
    name: "Secret",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("immutable", Type::Bool),
        ("data", Type::Bytes),
        ("stringData", Type::Pairs),
        ("type", Type::Named("v1.SecretType")),
    ],
};

pub(super) const CONFIG_MAP: Struct = Struct {
    name: "ConfigMap",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("immutable", Type::Bool),
        ("data", Type::Pairs),
        ("binaryData", Type::Bytes),
    ],
};

pub(super) const SERVICE_ACCOUNT: Struct = Struct {
    name: "ServiceAccount",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "secrets",
            Type::List(&Type::Struct(&OBJECT_REFERENCE), Merge::Key("name")),
        ),
        (
            "imagePullSecrets",
            Type::List(&Type::Struct(&LOCAL_OBJECT_REFERENCE), Merge::Atomic),
        ),
        ("automountServiceAccountToken", Type::Bool),
    ],
};

pub(super) const EVENT: Struct = Struct {
    name: "Event",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("involvedObject", Type::Struct(&OBJECT_REFERENCE)),
        ("reason", Type::Text),
        ("message", Type::Text),
        ("source", Type::Struct(&EVENT_SOURCE)),
        ("firstTimestamp", Type::Time),
        ("lastTimestamp", Type::Time),
        ("count", Type::Int32),
        ("type", Type::Text),
        ("eventTime", Type::Time),
        ("series", Type::Struct(&EVENT_SERIES)),
        ("action", Type::Text),
        ("related", Type::Struct(&OBJECT_REFERENCE)),
        ("reportingComponent", Type::Text),
        ("reportingInstance", Type::Text),
    ],
};

pub(super) const EVENT_SOURCE: Struct = Struct {
    name: "EventSource",
    inline: &[],
    fields: &[("component", Type::Text), ("host", Type::Text)],
};

pub(super) const EVENT_SERIES: Struct = Struct {
    name: "EventSeries",
    inline: &[],
    fields: &[("count", Type::Int32), ("lastObservedTime", Type::Time)],
};

const NAMESPACE_STATUS: Struct = Struct {
    name: "NamespaceStatus",
    inline: &[],
    fields: &[("conditions", Type::List(&Type::Any, Merge::Key("type")))],
};
