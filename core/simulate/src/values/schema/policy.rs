//! Shapes of budgets, quotas, ranges and classes of pods.

use super::meta::{LABEL_SELECTOR, OBJECT_META, TYPE_META};
use super::placement::TOLERATION;
use super::{Merge, Struct, Type};

pub(super) const POD_DISRUPTION_BUDGET: Struct = Struct {
    name: "PodDisruptionBudget",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&POD_DISRUPTION_BUDGET_SPEC)),
        ("status", Type::Struct(&POD_DISRUPTION_BUDGET_STATUS)),
    ],
};

pub(super) const POD_DISRUPTION_BUDGET_SPEC: Struct = Struct {
    name: "PodDisruptionBudgetSpec",
    inline: &[],
    fields: &[
        ("minAvailable", Type::IntOrText),
        ("selector", Type::Whole(&LABEL_SELECTOR)),
        ("maxUnavailable", Type::IntOrText),
        (
            "unhealthyPodEvictionPolicy",
            Type::Named("v1.UnhealthyPodEvictionPolicyType"),
        ),
    ],
};

pub(super) const POD_DISRUPTION_BUDGET_STATUS: Struct = Struct {
    name: "PodDisruptionBudgetStatus",
    inline: &[],
    fields: &[
        ("observedGeneration", Type::Int64),
        ("disruptedPods", Type::Any),
        ("disruptionsAllowed", Type::Int32),
        ("currentHealthy", Type::Int32),
        ("desiredHealthy", Type::Int32),
        ("expectedPods", Type::Int32),
        ("conditions", Type::List(&Type::Any, Merge::Key("type"))),
    ],
};

pub(super) const RESOURCE_QUOTA: Struct = Struct {
    name: "ResourceQuota",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&RESOURCE_QUOTA_SPEC)),
        ("status", Type::Any),
    ],
};

pub(super) const RESOURCE_QUOTA_SPEC: Struct = Struct {
    name: "ResourceQuotaSpec",
    inline: &[],
    fields: &[
        ("hard", Type::Quantities),
        (
            "scopes",
            Type::List(&Type::Named("v1.ResourceQuotaScope"), Merge::Atomic),
        ),
        ("scopeSelector", Type::Struct(&SCOPE_SELECTOR)),
    ],
};

pub(super) const SCOPE_SELECTOR: Struct = Struct {
    name: "ScopeSelector",
    inline: &[],
    fields: &[(
        "matchExpressions",
        Type::List(
            &Type::Struct(&SCOPED_RESOURCE_SELECTOR_REQUIREMENT),
            Merge::Atomic,
        ),
    )],
};

pub(super) const SCOPED_RESOURCE_SELECTOR_REQUIREMENT: Struct = Struct {
    name: "ScopedResourceSelectorRequirement",
    inline: &[],
    fields: &[
        ("scopeName", Type::Named("v1.ResourceQuotaScope")),
        ("operator", Type::Named("v1.ScopeSelectorOperator")),
        ("values", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const LIMIT_RANGE: Struct = Struct {
    name: "LimitRange",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&LIMIT_RANGE_SPEC)),
    ],
};

pub(super) const LIMIT_RANGE_SPEC: Struct = Struct {
    name: "LimitRangeSpec",
    inline: &[],
    fields: &[(
        "limits",
        Type::List(&Type::Struct(&LIMIT_RANGE_ITEM), Merge::Atomic),
    )],
};

pub(super) const LIMIT_RANGE_ITEM: Struct = Struct {
    name: "LimitRangeItem",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.LimitType")),
        ("max", Type::Quantities),
        ("min", Type::Quantities),
        ("default", Type::Quantities),
        ("defaultRequest", Type::Quantities),
        ("maxLimitRequestRatio", Type::Quantities),
    ],
};

pub(super) const PRIORITY_CLASS: Struct = Struct {
    name: "PriorityClass",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("value", Type::Int32),
        ("globalDefault", Type::Bool),
        ("description", Type::Text),
        ("preemptionPolicy", Type::Named("v1.PreemptionPolicy")),
    ],
};

pub(super) const RUNTIME_CLASS: Struct = Struct {
    name: "RuntimeClass",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("handler", Type::Text),
        ("overhead", Type::Struct(&OVERHEAD)),
        ("scheduling", Type::Struct(&SCHEDULING)),
    ],
};

pub(super) const OVERHEAD: Struct = Struct {
    name: "Overhead",
    inline: &[],
    fields: &[("podFixed", Type::Quantities)],
};

pub(super) const SCHEDULING: Struct = Struct {
    name: "Scheduling",
    inline: &[],
    fields: &[
        ("nodeSelector", Type::Pairs),
        (
            "tolerations",
            Type::List(&Type::Struct(&TOLERATION), Merge::Atomic),
        ),
    ],
};
