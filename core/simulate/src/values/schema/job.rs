//! Shapes of the rules by which a job ends and is placed.

use super::{Merge, Struct, Type};

pub(super) const SUCCESS_POLICY: Struct = Struct {
    name: "SuccessPolicy",
    inline: &[],
    fields: &[(
        "rules",
        Type::List(&Type::Struct(&SUCCESS_POLICY_RULE), Merge::Atomic),
    )],
};

pub(super) const SUCCESS_POLICY_RULE: Struct = Struct {
    name: "SuccessPolicyRule",
    inline: &[],
    fields: &[
        ("succeededIndexes", Type::Text),
        ("succeededCount", Type::Int32),
    ],
};

pub(super) const JOB_SCHEDULING_CONFIGURATION: Struct = Struct {
    name: "JobSchedulingConfiguration",
    inline: &[],
    fields: &[
        (
            "schedulingPolicy",
            Type::Struct(&WORKLOAD_POD_GROUP_SCHEDULING_POLICY),
        ),
        (
            "schedulingConstraints",
            Type::Struct(&WORKLOAD_POD_GROUP_SCHEDULING_CONSTRAINTS),
        ),
        (
            "disruptionMode",
            Type::Struct(&WORKLOAD_POD_GROUP_DISRUPTION_MODE),
        ),
        (
            "resourceClaims",
            Type::List(
                &Type::Struct(&WORKLOAD_POD_GROUP_RESOURCE_CLAIM),
                Merge::Key("name"),
            ),
        ),
    ],
};

pub(super) const WORKLOAD_POD_GROUP_SCHEDULING_POLICY: Struct = Struct {
    name: "WorkloadPodGroupSchedulingPolicy",
    inline: &[],
    fields: &[
        (
            "basic",
            Type::Struct(&WORKLOAD_POD_GROUP_BASIC_SCHEDULING_POLICY),
        ),
        (
            "gang",
            Type::Struct(&WORKLOAD_POD_GROUP_GANG_SCHEDULING_POLICY),
        ),
    ],
};

pub(super) const WORKLOAD_POD_GROUP_BASIC_SCHEDULING_POLICY: Struct = Struct {
    name: "WorkloadPodGroupBasicSchedulingPolicy",
    inline: &[],
    fields: &[],
};

pub(super) const WORKLOAD_POD_GROUP_GANG_SCHEDULING_POLICY: Struct = Struct {
    name: "WorkloadPodGroupGangSchedulingPolicy",
    inline: &[],
    fields: &[("minCount", Type::Int32)],
};

pub(super) const WORKLOAD_POD_GROUP_SCHEDULING_CONSTRAINTS: Struct = Struct {
    name: "WorkloadPodGroupSchedulingConstraints",
    inline: &[],
    fields: &[(
        "topology",
        Type::List(&Type::Struct(&TOPOLOGY_CONSTRAINT), Merge::Atomic),
    )],
};

pub(super) const TOPOLOGY_CONSTRAINT: Struct = Struct {
    name: "TopologyConstraint",
    inline: &[],
    fields: &[("key", Type::Text)],
};

pub(super) const WORKLOAD_POD_GROUP_DISRUPTION_MODE: Struct = Struct {
    name: "WorkloadPodGroupDisruptionMode",
    inline: &[],
    fields: &[
        (
            "single",
            Type::Struct(&WORKLOAD_POD_GROUP_SINGLE_DISRUPTION_MODE),
        ),
        ("all", Type::Struct(&WORKLOAD_POD_GROUP_ALL_DISRUPTION_MODE)),
    ],
};

pub(super) const WORKLOAD_POD_GROUP_SINGLE_DISRUPTION_MODE: Struct = Struct {
    name: "WorkloadPodGroupSingleDisruptionMode",
    inline: &[],
    fields: &[],
};

pub(super) const WORKLOAD_POD_GROUP_ALL_DISRUPTION_MODE: Struct = Struct {
    name: "WorkloadPodGroupAllDisruptionMode",
    inline: &[],
    fields: &[],
};

pub(super) const WORKLOAD_POD_GROUP_RESOURCE_CLAIM: Struct = Struct {
    name: "WorkloadPodGroupResourceClaim",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("resourceClaimName", Type::Text),
        ("resourceClaimTemplateName", Type::Text),
    ],
};

pub(super) const POD_FAILURE_POLICY: Struct = Struct {
    name: "PodFailurePolicy",
    inline: &[],
    fields: &[(
        "rules",
        Type::List(&Type::Struct(&POD_FAILURE_POLICY_RULE), Merge::Atomic),
    )],
};

pub(super) const POD_FAILURE_POLICY_RULE: Struct = Struct {
    name: "PodFailurePolicyRule",
    inline: &[],
    fields: &[
        ("action", Type::Named("v1.PodFailurePolicyAction")),
        (
            "onExitCodes",
            Type::Struct(&POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT),
        ),
        (
            "onPodConditions",
            Type::List(
                &Type::Struct(&POD_FAILURE_POLICY_ON_POD_CONDITIONS_PATTERN),
                Merge::Atomic,
            ),
        ),
    ],
};

pub(super) const POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT: Struct = Struct {
    name: "PodFailurePolicyOnExitCodesRequirement",
    inline: &[],
    fields: &[
        ("containerName", Type::Text),
        (
            "operator",
            Type::Named("v1.PodFailurePolicyOnExitCodesOperator"),
        ),
        ("values", Type::List(&Type::Int32, Merge::Atomic)),
    ],
};

pub(super) const POD_FAILURE_POLICY_ON_POD_CONDITIONS_PATTERN: Struct = Struct {
    name: "PodFailurePolicyOnPodConditionsPattern",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.PodConditionType")),
        ("status", Type::Named("v1.ConditionStatus")),
    ],
};
