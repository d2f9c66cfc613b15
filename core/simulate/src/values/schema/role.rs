//! Shapes of roles, and of who has them.

use super::meta::{LABEL_SELECTOR, OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const ROLE: Struct = Struct {
    name: "Role",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "rules",
            Type::List(&Type::Struct(&POLICY_RULE), Merge::Atomic),
        ),
    ],
};

pub(super) const CLUSTER_ROLE: Struct = Struct {
    name: "ClusterRole",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "rules",
            Type::List(&Type::Struct(&POLICY_RULE), Merge::Atomic),
        ),
        ("aggregationRule", Type::Struct(&AGGREGATION_RULE)),
    ],
};

pub(super) const POLICY_RULE: Struct = Struct {
    name: "PolicyRule",
    inline: &[],
    fields: &[
        ("verbs", Type::List(&Type::Text, Merge::Atomic)),
        ("apiGroups", Type::List(&Type::Text, Merge::Atomic)),
        ("resources", Type::List(&Type::Text, Merge::Atomic)),
        ("resourceNames", Type::List(&Type::Text, Merge::Atomic)),
        ("nonResourceURLs", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const AGGREGATION_RULE: Struct = Struct {
    name: "AggregationRule",
    inline: &[],
    fields: &[(
        "clusterRoleSelectors",
        Type::List(&Type::Struct(&LABEL_SELECTOR), Merge::Atomic),
    )],
};

pub(super) const ROLE_BINDING: Struct = Struct {
    name: "RoleBinding",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "subjects",
            Type::List(&Type::Struct(&SUBJECT), Merge::Atomic),
        ),
        ("roleRef", Type::Struct(&ROLE_REF)),
    ],
};

pub(super) const CLUSTER_ROLE_BINDING: Struct = Struct {
    name: "ClusterRoleBinding",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        (
            "subjects",
            Type::List(&Type::Struct(&SUBJECT), Merge::Atomic),
        ),
        ("roleRef", Type::Struct(&ROLE_REF)),
    ],
};

pub(super) const SUBJECT: Struct = Struct {
    name: "Subject",
    inline: &[],
    fields: &[
        ("kind", Type::Text),
        ("apiGroup", Type::Text),
        ("name", Type::Text),
        ("namespace", Type::Text),
    ],
};

pub(super) const ROLE_REF: Struct = Struct {
    name: "RoleRef",
    inline: &[],
    fields: &[
        ("apiGroup", Type::Text),
        ("kind", Type::Text),
        ("name", Type::Text),
    ],
};
