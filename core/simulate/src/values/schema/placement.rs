//! Shapes of what says on which nodes a pod may run.

use super::meta::LABEL_SELECTOR;
use super::{Merge, Struct, Type};

pub(super) const AFFINITY: Struct = Struct {
    name: "Affinity",
    inline: &[],
    fields: &[
        ("nodeAffinity", Type::Struct(&NODE_AFFINITY)),
        ("podAffinity", Type::Struct(&POD_AFFINITY)),
        ("podAntiAffinity", Type::Struct(&POD_ANTI_AFFINITY)),
    ],
};

pub(super) const NODE_AFFINITY: Struct = Struct {
    name: "NodeAffinity",
    inline: &[],
    fields: &[
        (
            "requiredDuringSchedulingIgnoredDuringExecution",
            Type::Struct(&NODE_SELECTOR),
        ),
        (
            "preferredDuringSchedulingIgnoredDuringExecution",
            Type::List(&Type::Struct(&PREFERRED_SCHEDULING_TERM), Merge::Atomic),
        ),
    ],
};

pub(super) const NODE_SELECTOR: Struct = Struct {
    name: "NodeSelector",
    inline: &[],
    fields: &[(
        "nodeSelectorTerms",
        Type::List(&Type::Struct(&NODE_SELECTOR_TERM), Merge::Atomic),
    )],
};

pub(super) const NODE_SELECTOR_TERM: Struct = Struct {
    name: "NodeSelectorTerm",
    inline: &[],
    fields: &[
        (
            "matchExpressions",
            Type::List(&Type::Struct(&NODE_SELECTOR_REQUIREMENT), Merge::Atomic),
        ),
        (
            "matchFields",
            Type::List(&Type::Struct(&NODE_SELECTOR_REQUIREMENT), Merge::Atomic),
        ),
    ],
};

pub(super) const NODE_SELECTOR_REQUIREMENT: Struct = Struct {
    name: "NodeSelectorRequirement",
    inline: &[],
    fields: &[
        ("key", Type::Text),
        ("operator", Type::Named("v1.NodeSelectorOperator")),
        ("values", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const PREFERRED_SCHEDULING_TERM: Struct = Struct {
    name: "PreferredSchedulingTerm",
    inline: &[],
    fields: &[
        ("weight", Type::Int32),
        ("preference", Type::Struct(&NODE_SELECTOR_TERM)),
    ],
};

pub(super) const POD_AFFINITY: Struct = Struct {
    name: "PodAffinity",
    inline: &[],
    fields: &[
        (
            "requiredDuringSchedulingIgnoredDuringExecution",
            Type::List(&Type::Struct(&POD_AFFINITY_TERM), Merge::Atomic),
        ),
        (
            "preferredDuringSchedulingIgnoredDuringExecution",
            Type::List(&Type::Struct(&WEIGHTED_POD_AFFINITY_TERM), Merge::Atomic),
        ),
    ],
};

pub(super) const POD_ANTI_AFFINITY: Struct = Struct {
    name: "PodAntiAffinity",
    inline: &[],
    fields: &[
        (
            "requiredDuringSchedulingIgnoredDuringExecution",
            Type::List(&Type::Struct(&POD_AFFINITY_TERM), Merge::Atomic),
        ),
        (
            "preferredDuringSchedulingIgnoredDuringExecution",
            Type::List(&Type::Struct(&WEIGHTED_POD_AFFINITY_TERM), Merge::Atomic),
        ),
    ],
};

pub(super) const POD_AFFINITY_TERM: Struct = Struct {
    name: "PodAffinityTerm",
    inline: &[],
    fields: &[
        ("labelSelector", Type::Struct(&LABEL_SELECTOR)),
        ("namespaces", Type::List(&Type::Text, Merge::Atomic)),
        ("topologyKey", Type::Text),
        ("namespaceSelector", Type::Struct(&LABEL_SELECTOR)),
        ("matchLabelKeys", Type::List(&Type::Text, Merge::Atomic)),
        ("mismatchLabelKeys", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const WEIGHTED_POD_AFFINITY_TERM: Struct = Struct {
    name: "WeightedPodAffinityTerm",
    inline: &[],
    fields: &[
        ("weight", Type::Int32),
        ("podAffinityTerm", Type::Struct(&POD_AFFINITY_TERM)),
    ],
};

pub(super) const TOLERATION: Struct = Struct {
    name: "Toleration",
    inline: &[],
    fields: &[
        ("key", Type::Text),
        ("operator", Type::Named("v1.TolerationOperator")),
        ("value", Type::Text),
        ("effect", Type::Named("v1.TaintEffect")),
        ("tolerationSeconds", Type::Int64),
    ],
};

pub(super) const TOPOLOGY_SPREAD_CONSTRAINT: Struct = Struct {
    name: "TopologySpreadConstraint",
    inline: &[],
    fields: &[
        ("maxSkew", Type::Int32),
        ("topologyKey", Type::Text),
        (
            "whenUnsatisfiable",
            Type::Named("v1.UnsatisfiableConstraintAction"),
        ),
        ("labelSelector", Type::Struct(&LABEL_SELECTOR)),
        ("minDomains", Type::Int32),
        ("nodeAffinityPolicy", Type::Named("v1.NodeInclusionPolicy")),
        ("nodeTaintsPolicy", Type::Named("v1.NodeInclusionPolicy")),
        ("matchLabelKeys", Type::List(&Type::Text, Merge::Atomic)),
    ],
};
