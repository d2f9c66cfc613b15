//! Shapes of the API server's flows of requests and their priorities.

use super::meta::{OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const FLOW_SCHEMA: Struct = Struct {
    name: "FlowSchema",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&FLOW_SCHEMA_SPEC)),
        ("status", Type::Struct(&FLOW_SCHEMA_STATUS)),
    ],
};

pub(super) const FLOW_SCHEMA_SPEC: Struct = Struct {
    name: "FlowSchemaSpec",
    inline: &[],
    fields: &[
        (
            "priorityLevelConfiguration",
            Type::Struct(&PRIORITY_LEVEL_CONFIGURATION_REFERENCE),
        ),
        ("matchingPrecedence", Type::Int32),
        (
            "distinguisherMethod",
            Type::Struct(&FLOW_DISTINGUISHER_METHOD),
        ),
        (
            "rules",
            Type::List(&Type::Struct(&POLICY_RULES_WITH_SUBJECTS), Merge::Atomic),
        ),
    ],
};

pub(super) const PRIORITY_LEVEL_CONFIGURATION_REFERENCE: Struct = Struct {
    name: "PriorityLevelConfigurationReference",
    inline: &[],
    fields: &[("name", Type::Text)],
};

pub(super) const FLOW_DISTINGUISHER_METHOD: Struct = Struct {
    name: "FlowDistinguisherMethod",
    inline: &[],
    fields: &[("type", Type::Named("v1.FlowDistinguisherMethodType"))],
};

pub(super) const POLICY_RULES_WITH_SUBJECTS: Struct = Struct {
    name: "PolicyRulesWithSubjects",
    inline: &[],
    fields: &[
        (
            "subjects",
            Type::List(&Type::Struct(&FLOW_SUBJECT), Merge::Atomic),
        ),
        (
            "resourceRules",
            Type::List(&Type::Struct(&RESOURCE_POLICY_RULE), Merge::Atomic),
        ),
        (
            "nonResourceRules",
            Type::List(&Type::Struct(&NON_RESOURCE_POLICY_RULE), Merge::Atomic),
        ),
    ],
};

pub(super) const FLOW_SUBJECT: Struct = Struct {
    name: "Subject",
    inline: &[],
    fields: &[
        ("kind", Type::Named("v1.SubjectKind")),
        ("user", Type::Struct(&USER_SUBJECT)),
        ("group", Type::Struct(&GROUP_SUBJECT)),
        ("serviceAccount", Type::Struct(&SERVICE_ACCOUNT_SUBJECT)),
    ],
};

pub(super) const USER_SUBJECT: Struct = Struct {
    name: "UserSubject",
    inline: &[],
    fields: &[("name", Type::Text)],
};

pub(super) const GROUP_SUBJECT: Struct = Struct {
    name: "GroupSubject",
    inline: &[],
    fields: &[("name", Type::Text)],
};

pub(super) const SERVICE_ACCOUNT_SUBJECT: Struct = Struct {
    name: "ServiceAccountSubject",
    inline: &[],
    fields: &[("namespace", Type::Text), ("name", Type::Text)],
};

pub(super) const RESOURCE_POLICY_RULE: Struct = Struct {
    name: "ResourcePolicyRule",
    inline: &[],
    fields: &[
        ("verbs", Type::List(&Type::Text, Merge::Atomic)),
        ("apiGroups", Type::List(&Type::Text, Merge::Atomic)),
        ("resources", Type::List(&Type::Text, Merge::Atomic)),
        ("clusterScope", Type::Bool),
        ("namespaces", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const NON_RESOURCE_POLICY_RULE: Struct = Struct {
    name: "NonResourcePolicyRule",
    inline: &[],
    fields: &[
        ("verbs", Type::List(&Type::Text, Merge::Atomic)),
        ("nonResourceURLs", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const FLOW_SCHEMA_STATUS: Struct = Struct {
    name: "FlowSchemaStatus",
    inline: &[],
    fields: &[(
        "conditions",
        Type::List(&Type::Struct(&FLOW_SCHEMA_CONDITION), Merge::Key("type")),
    )],
};

pub(super) const FLOW_SCHEMA_CONDITION: Struct = Struct {
    name: "FlowSchemaCondition",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.FlowSchemaConditionType")),
        ("status", Type::Named("v1.ConditionStatus")),
        ("lastTransitionTime", Type::Time),
        ("reason", Type::Text),
        ("message", Type::Text),
    ],
};

pub(super) const PRIORITY_LEVEL_CONFIGURATION: Struct = Struct {
    name: "PriorityLevelConfiguration",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&PRIORITY_LEVEL_CONFIGURATION_SPEC)),
        ("status", Type::Struct(&PRIORITY_LEVEL_CONFIGURATION_STATUS)),
    ],
};

pub(super) const PRIORITY_LEVEL_CONFIGURATION_SPEC: Struct = Struct {
    name: "PriorityLevelConfigurationSpec",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.PriorityLevelEnablement")),
        (
            "limited",
            Type::Struct(&LIMITED_PRIORITY_LEVEL_CONFIGURATION),
        ),
        ("exempt", Type::Struct(&EXEMPT_PRIORITY_LEVEL_CONFIGURATION)),
    ],
};

pub(super) const LIMITED_PRIORITY_LEVEL_CONFIGURATION: Struct = Struct {
    name: "LimitedPriorityLevelConfiguration",
    inline: &[],
    fields: &[
        ("nominalConcurrencyShares", Type::Int32),
        ("limitResponse", Type::Struct(&LIMIT_RESPONSE)),
        ("lendablePercent", Type::Int32),
        ("borrowingLimitPercent", Type::Int32),
    ],
};

pub(super) const LIMIT_RESPONSE: Struct = Struct {
    name: "LimitResponse",
    inline: &[],
    fields: &[
        ("type", Type::Named("v1.LimitResponseType")),
        ("queuing", Type::Struct(&QUEUING_CONFIGURATION)),
    ],
};

pub(super) const QUEUING_CONFIGURATION: Struct = Struct {
    name: "QueuingConfiguration",
    inline: &[],
    fields: &[
        ("queues", Type::Int32),
        ("handSize", Type::Int32),
        ("queueLengthLimit", Type::Int32),
    ],
};

pub(super) const EXEMPT_PRIORITY_LEVEL_CONFIGURATION: Struct = Struct {
    name: "ExemptPriorityLevelConfiguration",
    inline: &[],
    fields: &[
        ("nominalConcurrencyShares", Type::Int32),
        ("lendablePercent", Type::Int32),
    ],
};

pub(super) const PRIORITY_LEVEL_CONFIGURATION_STATUS: Struct = Struct {
    name: "PriorityLevelConfigurationStatus",
    inline: &[],
    fields: &[(
        "conditions",
        Type::List(
            &Type::Struct(&PRIORITY_LEVEL_CONFIGURATION_CONDITION),
            Merge::Key("type"),
        ),
    )],
};

pub(super) const PRIORITY_LEVEL_CONFIGURATION_CONDITION: Struct = Struct {
    name: "PriorityLevelConfigurationCondition",
    inline: &[],
    fields: &[
        (
            "type",
            Type::Named("v1.PriorityLevelConfigurationConditionType"),
        ),
        ("status", Type::Named("v1.ConditionStatus")),
        ("lastTransitionTime", Type::Time),
        ("reason", Type::Text),
        ("message", Type::Text),
    ],
};
