//! Shapes of policies of admission and where they hold.

use super::meta::{CONDITION, LABEL_SELECTOR, OBJECT_META, TYPE_META};
use super::webhook::{MATCH_CONDITION, RULE_WITH_OPERATIONS};
use super::{Merge, Struct, Type};

pub(super) const MUTATING_ADMISSION_POLICY: Struct = Struct {
    name: "MutatingAdmissionPolicy",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&MUTATING_ADMISSION_POLICY_SPEC)),
    ],
};

pub(super) const MUTATING_ADMISSION_POLICY_SPEC: Struct = Struct {
    name: "MutatingAdmissionPolicySpec",
    inline: &[],
    fields: &[
        ("paramKind", Type::Struct(&PARAM_KIND)),
        ("matchConstraints", Type::Struct(&MATCH_RESOURCES)),
        (
            "variables",
            Type::List(&Type::Struct(&VARIABLE), Merge::Atomic),
        ),
        (
            "mutations",
            Type::List(&Type::Struct(&MUTATION), Merge::Atomic),
        ),
        ("failurePolicy", Type::Named("v1.FailurePolicyType")),
        (
            "matchConditions",
            Type::List(&Type::Struct(&MATCH_CONDITION), Merge::Key("name")),
        ),
        (
            "reinvocationPolicy",
            Type::Named("v1.ReinvocationPolicyType"),
        ),
    ],
};

pub(super) const PARAM_KIND: Struct = Struct {
    name: "ParamKind",
    inline: &[],
    fields: &[("apiVersion", Type::Text), ("kind", Type::Text)],
};

pub(super) const MATCH_RESOURCES: Struct = Struct {
    name: "MatchResources",
    inline: &[],
    fields: &[
        ("namespaceSelector", Type::Struct(&LABEL_SELECTOR)),
        ("objectSelector", Type::Struct(&LABEL_SELECTOR)),
        (
            "resourceRules",
            Type::List(&Type::Struct(&NAMED_RULE_WITH_OPERATIONS), Merge::Atomic),
        ),
        (
            "excludeResourceRules",
            Type::List(&Type::Struct(&NAMED_RULE_WITH_OPERATIONS), Merge::Atomic),
        ),
        ("matchPolicy", Type::Named("v1.MatchPolicyType")),
    ],
};

pub(super) const NAMED_RULE_WITH_OPERATIONS: Struct = Struct {
    name: "NamedRuleWithOperations",
    inline: &[&RULE_WITH_OPERATIONS],
    fields: &[("resourceNames", Type::List(&Type::Text, Merge::Atomic))],
};

pub(super) const VARIABLE: Struct = Struct {
    name: "Variable",
    inline: &[],
    fields: &[("name", Type::Text), ("expression", Type::Text)],
};

pub(super) const MUTATION: Struct = Struct {
    name: "Mutation",
    inline: &[],
    fields: &[
        ("patchType", Type::Named("v1.PatchType")),
        ("applyConfiguration", Type::Struct(&APPLY_CONFIGURATION)),
        ("jsonPatch", Type::Struct(&JSON_PATCH)),
    ],
};

pub(super) const APPLY_CONFIGURATION: Struct = Struct {
    name: "ApplyConfiguration",
    inline: &[],
    fields: &[("expression", Type::Text)],
};

pub(super) const JSON_PATCH: Struct = Struct {
    name: "JSONPatch",
    inline: &[],
    fields: &[("expression", Type::Text)],
};

pub(super) const MUTATING_ADMISSION_POLICY_BINDING: Struct = Struct {
    name: "MutatingAdmissionPolicyBinding",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "spec",
            Type::Struct(&MUTATING_ADMISSION_POLICY_BINDING_SPEC),
        ),
    ],
};

pub(super) const MUTATING_ADMISSION_POLICY_BINDING_SPEC: Struct = Struct {
    name: "MutatingAdmissionPolicyBindingSpec",
    inline: &[],
    fields: &[
        ("policyName", Type::Text),
        ("paramRef", Type::Struct(&PARAM_REF)),
        ("matchResources", Type::Struct(&MATCH_RESOURCES)),
    ],
};

pub(super) const PARAM_REF: Struct = Struct {
    name: "ParamRef",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("namespace", Type::Text),
        ("selector", Type::Struct(&LABEL_SELECTOR)),
        (
            "parameterNotFoundAction",
            Type::Named("v1.ParameterNotFoundActionType"),
        ),
    ],
};

pub(super) const VALIDATING_ADMISSION_POLICY: Struct = Struct {
    name: "ValidatingAdmissionPolicy",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&VALIDATING_ADMISSION_POLICY_SPEC)),
        ("status", Type::Struct(&VALIDATING_ADMISSION_POLICY_STATUS)),
    ],
};

pub(super) const VALIDATING_ADMISSION_POLICY_SPEC: Struct = Struct {
    name: "ValidatingAdmissionPolicySpec",
    inline: &[],
    fields: &[
        ("paramKind", Type::Struct(&PARAM_KIND)),
        ("matchConstraints", Type::Struct(&MATCH_RESOURCES)),
        (
            "validations",
            Type::List(&Type::Struct(&VALIDATION), Merge::Atomic),
        ),
        ("failurePolicy", Type::Named("v1.FailurePolicyType")),
        (
            "auditAnnotations",
            Type::List(&Type::Struct(&AUDIT_ANNOTATION), Merge::Atomic),
        ),
        (
            "matchConditions",
            Type::List(&Type::Struct(&MATCH_CONDITION), Merge::Key("name")),
        ),
        (
            "variables",
            Type::List(&Type::Struct(&VARIABLE), Merge::Key("name")),
        ),
    ],
};

pub(super) const VALIDATION: Struct = Struct {
    name: "Validation",
    inline: &[],
    fields: &[
        ("expression", Type::Text),
        ("message", Type::Text),
        ("reason", Type::Named("v1.StatusReason")),
        ("messageExpression", Type::Text),
    ],
};

pub(super) const AUDIT_ANNOTATION: Struct = Struct {
    name: "AuditAnnotation",
    inline: &[],
    fields: &[("key", Type::Text), ("valueExpression", Type::Text)],
};

pub(super) const VALIDATING_ADMISSION_POLICY_STATUS: Struct = Struct {
    name: "ValidatingAdmissionPolicyStatus",
    inline: &[],
    fields: &[
        ("observedGeneration", Type::Int64),
        ("typeChecking", Type::Struct(&TYPE_CHECKING)),
        (
            "conditions",
            Type::List(&Type::Struct(&CONDITION), Merge::Atomic),
        ),
    ],
};

pub(super) const TYPE_CHECKING: Struct = Struct {
    name: "TypeChecking",
    inline: &[],
    fields: &[(
        "expressionWarnings",
        Type::List(&Type::Struct(&EXPRESSION_WARNING), Merge::Atomic),
    )],
};

pub(super) const EXPRESSION_WARNING: Struct = Struct {
    name: "ExpressionWarning",
    inline: &[],
    fields: &[("fieldRef", Type::Text), ("warning", Type::Text)],
};

pub(super) const VALIDATING_ADMISSION_POLICY_BINDING: Struct = Struct {
    name: "ValidatingAdmissionPolicyBinding",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "spec",
            Type::Struct(&VALIDATING_ADMISSION_POLICY_BINDING_SPEC),
        ),
    ],
};

pub(super) const VALIDATING_ADMISSION_POLICY_BINDING_SPEC: Struct = Struct {
    name: "ValidatingAdmissionPolicyBindingSpec",
    inline: &[],
    fields: &[
        ("policyName", Type::Text),
        ("paramRef", Type::Struct(&PARAM_REF)),
        ("matchResources", Type::Struct(&MATCH_RESOURCES)),
        (
            "validationActions",
            Type::List(&Type::Named("v1.ValidationAction"), Merge::Atomic),
        ),
    ],
};
