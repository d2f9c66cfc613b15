//! Shapes of admission webhooks.

use super::meta::{LABEL_SELECTOR, OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const VALIDATING_WEBHOOK_CONFIGURATION: Struct = Struct {
    name: "ValidatingWebhookConfiguration",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "webhooks",
            Type::List(&Type::Struct(&VALIDATING_WEBHOOK), Merge::Key("name")),
        ),
    ],
};

pub(super) const VALIDATING_WEBHOOK: Struct = Struct {
    name: "ValidatingWebhook",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("clientConfig", Type::Struct(&WEBHOOK_CLIENT_CONFIG)),
        (
            "rules",
            Type::List(&Type::Struct(&RULE_WITH_OPERATIONS), Merge::Atomic),
        ),
        ("failurePolicy", Type::Named("v1.FailurePolicyType")),
        ("matchPolicy", Type::Named("v1.MatchPolicyType")),
        ("namespaceSelector", Type::Struct(&LABEL_SELECTOR)),
        ("objectSelector", Type::Struct(&LABEL_SELECTOR)),
        ("sideEffects", Type::Named("v1.SideEffectClass")),
        ("timeoutSeconds", Type::Int32),
        (
            "admissionReviewVersions",
            Type::List(&Type::Text, Merge::Atomic),
        ),
        (
            "matchConditions",
            Type::List(&Type::Struct(&MATCH_CONDITION), Merge::Key("name")),
        ),
    ],
};

pub(super) const MUTATING_WEBHOOK_CONFIGURATION: Struct = Struct {
    name: "MutatingWebhookConfiguration",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "webhooks",
            Type::List(&Type::Struct(&MUTATING_WEBHOOK), Merge::Key("name")),
        ),
    ],
};

pub(super) const MUTATING_WEBHOOK: Struct = Struct {
    name: "MutatingWebhook",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("clientConfig", Type::Struct(&WEBHOOK_CLIENT_CONFIG)),
        (
            "rules",
            Type::List(&Type::Struct(&RULE_WITH_OPERATIONS), Merge::Atomic),
        ),
        ("failurePolicy", Type::Named("v1.FailurePolicyType")),
        ("matchPolicy", Type::Named("v1.MatchPolicyType")),
        ("namespaceSelector", Type::Struct(&LABEL_SELECTOR)),
        ("objectSelector", Type::Struct(&LABEL_SELECTOR)),
        ("sideEffects", Type::Named("v1.SideEffectClass")),
        ("timeoutSeconds", Type::Int32),
        (
            "admissionReviewVersions",
            Type::List(&Type::Text, Merge::Atomic),
        ),
        (
            "reinvocationPolicy",
            Type::Named("v1.ReinvocationPolicyType"),
        ),
        (
            "matchConditions",
            Type::List(&Type::Struct(&MATCH_CONDITION), Merge::Key("name")),
        ),
    ],
};

pub(super) const WEBHOOK_CLIENT_CONFIG: Struct = Struct {
    name: "WebhookClientConfig",
    inline: &[],
    fields: &[
        ("url", Type::Text),
        ("service", Type::Struct(&SERVICE_REFERENCE)),
        ("caBundle", Type::Text),
    ],
};

pub(super) const SERVICE_REFERENCE: Struct = Struct {
    name: "ServiceReference",
    inline: &[],
    fields: &[
        ("namespace", Type::Text),
        ("name", Type::Text),
        ("path", Type::Text),
        ("port", Type::Int32),
    ],
};

pub(super) const RULE_WITH_OPERATIONS: Struct = Struct {
    name: "RuleWithOperations",
    inline: &[&RULE],
    fields: &[(
        "operations",
        Type::List(&Type::Named("v1.OperationType"), Merge::Atomic),
    )],
};

pub(super) const RULE: Struct = Struct {
    name: "Rule",
    inline: &[],
    fields: &[
        ("apiGroups", Type::List(&Type::Text, Merge::Atomic)),
        ("apiVersions", Type::List(&Type::Text, Merge::Atomic)),
        ("resources", Type::List(&Type::Text, Merge::Atomic)),
        ("scope", Type::Named("v1.ScopeType")),
    ],
};

pub(super) const MATCH_CONDITION: Struct = Struct {
    name: "MatchCondition",
    inline: &[],
    fields: &[("name", Type::Text), ("expression", Type::Text)],
};
