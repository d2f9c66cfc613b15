//! Shapes of metadata, selectors and references.

use super::{Merge, Struct, Type};

pub(super) const TYPE_META: Struct = Struct {
    name: "TypeMeta",
    inline: &[],
    fields: &[("kind", Type::Text), ("apiVersion", Type::Text)],
};

pub(super) const OBJECT_META: Struct = Struct {
    name: "ObjectMeta",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("generateName", Type::Text),
        ("namespace", Type::Text),
        ("selfLink", Type::Text),
        ("uid", Type::Named("types.UID")),
        ("resourceVersion", Type::Text),
        ("generation", Type::Int64),
        ("creationTimestamp", Type::Time),
        ("deletionTimestamp", Type::Time),
        ("deletionGracePeriodSeconds", Type::Int64),
        ("labels", Type::Pairs),
        ("annotations", Type::Pairs),
        (
            "ownerReferences",
            Type::List(&Type::Struct(&OWNER_REFERENCE), Merge::Key("uid")),
        ),
        ("finalizers", Type::List(&Type::Text, Merge::Set)),
        (
            "managedFields",
            Type::List(&Type::Struct(&MANAGED_FIELDS_ENTRY), Merge::Atomic),
        ),
    ],
};

pub(super) const OWNER_REFERENCE: Struct = Struct {
    name: "OwnerReference",
    inline: &[],
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("name", Type::Text),
        ("uid", Type::Named("types.UID")),
        ("controller", Type::Bool),
        ("blockOwnerDeletion", Type::Bool),
    ],
};

pub(super) const MANAGED_FIELDS_ENTRY: Struct = Struct {
    name: "ManagedFieldsEntry",
    inline: &[],
    fields: &[
        ("manager", Type::Text),
        ("operation", Type::Named("v1.ManagedFieldsOperationType")),
        ("apiVersion", Type::Text),
        ("time", Type::Time),
        ("fieldsType", Type::Text),
        ("fieldsV1", Type::Any),
        ("subresource", Type::Text),
    ],
};

pub(super) const LABEL_SELECTOR: Struct = Struct {
    name: "LabelSelector",
    inline: &[],
    fields: &[
        ("matchLabels", Type::Pairs),
        (
            "matchExpressions",
            Type::List(&Type::Struct(&LABEL_SELECTOR_REQUIREMENT), Merge::Atomic),
        ),
    ],
};

pub(super) const LABEL_SELECTOR_REQUIREMENT: Struct = Struct {
    name: "LabelSelectorRequirement",
    inline: &[],
    fields: &[
        ("key", Type::Text),
        ("operator", Type::Named("v1.LabelSelectorOperator")),
        ("values", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const LOCAL_OBJECT_REFERENCE: Struct = Struct {
    name: "LocalObjectReference",
    inline: &[],
    fields: &[("name", Type::Text)],
};

pub(super) const OBJECT_REFERENCE: Struct = Struct {
    name: "ObjectReference",
    inline: &[],
    fields: &[
        ("kind", Type::Text),
        ("namespace", Type::Text),
        ("name", Type::Text),
        ("uid", Type::Named("types.UID")),
        ("apiVersion", Type::Text),
        ("resourceVersion", Type::Text),
        ("fieldPath", Type::Text),
    ],
};

pub(super) const SECRET_REFERENCE: Struct = Struct {
    name: "SecretReference",
    inline: &[],
    fields: &[("name", Type::Text), ("namespace", Type::Text)],
};

pub(super) const TYPED_LOCAL_OBJECT_REFERENCE: Struct = Struct {
    name: "TypedLocalObjectReference",
    inline: &[],
    fields: &[
        ("apiGroup", Type::Text),
        ("kind", Type::Text),
        ("name", Type::Text),
    ],
};

pub(super) const TYPED_OBJECT_REFERENCE: Struct = Struct {
    name: "TypedObjectReference",
    inline: &[],
    fields: &[
        ("apiGroup", Type::Text),
        ("kind", Type::Text),
        ("name", Type::Text),
        ("namespace", Type::Text),
    ],
};

pub(super) const CONDITION: Struct = Struct {
    name: "Condition",
    inline: &[],
    fields: &[
        ("type", Type::Text),
        ("status", Type::Named("v1.ConditionStatus")),
        ("observedGeneration", Type::Int64),
        ("lastTransitionTime", Type::Time),
        ("reason", Type::Text),
        ("message", Type::Text),
    ],
};

pub(super) const RAW_EXTENSION: Struct = Struct {
    name: "RawExtension",
    inline: &[],
    fields: &[],
};
