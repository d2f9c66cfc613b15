//! Shapes of definitions of custom resources.

use super::meta::{OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

const TEXTS: Type = Type::List(&Type::Text, Merge::Atomic);

pub(super) const CUSTOM_RESOURCE_DEFINITION: Struct = Struct {
    name: "CustomResourceDefinition",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&CUSTOM_RESOURCE_DEFINITION_SPEC)),
        ("status", Type::Any),
    ],
};

const CUSTOM_RESOURCE_DEFINITION_SPEC: Struct = Struct {
    name: "CustomResourceDefinitionSpec",
    inline: &[],
    fields: &[
        ("group", Type::Text),
        ("names", Type::Struct(&CUSTOM_RESOURCE_DEFINITION_NAMES)),
        ("scope", Type::Text),
        (
            "versions",
            Type::List(
                &Type::Struct(&CUSTOM_RESOURCE_DEFINITION_VERSION),
                Merge::Atomic,
            ),
        ),
        ("conversion", Type::Any),
        ("preserveUnknownFields", Type::Bool),
    ],
};

const CUSTOM_RESOURCE_DEFINITION_NAMES: Struct = Struct {
    name: "CustomResourceDefinitionNames",
    inline: &[],
    fields: &[
        ("plural", Type::Text),
        ("singular", Type::Text),
        ("shortNames", TEXTS),
        ("kind", Type::Text),
        ("listKind", Type::Text),
        ("categories", TEXTS),
    ],
};

const CUSTOM_RESOURCE_DEFINITION_VERSION: Struct = Struct {
    name: "CustomResourceDefinitionVersion",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("served", Type::Bool),
        ("storage", Type::Bool),
        ("deprecated", Type::Bool),
        ("deprecationWarning", Type::Text),
        ("schema", Type::Any),
        ("subresources", Type::Any),
        (
            "additionalPrinterColumns",
            Type::List(
                &Type::Struct(&CUSTOM_RESOURCE_COLUMN_DEFINITION),
                Merge::Atomic,
            ),
        ),
        ("selectableFields", Type::Any),
    ],
};

const CUSTOM_RESOURCE_COLUMN_DEFINITION: Struct = Struct {
    name: "CustomResourceColumnDefinition",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("type", Type::Text),
        ("format", Type::Text),
        ("description", Type::Text),
        ("priority", Type::Int32),
        ("jsonPath", Type::Text),
    ],
};
