//! Shapes of migrations of stored objects.

use super::meta::{CONDITION, OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const STORAGE_VERSION_MIGRATION: Struct = Struct {
    name: "StorageVersionMigration",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&STORAGE_VERSION_MIGRATION_SPEC)),
        ("status", Type::Struct(&STORAGE_VERSION_MIGRATION_STATUS)),
    ],
};

pub(super) const STORAGE_VERSION_MIGRATION_SPEC: Struct = Struct {
    name: "StorageVersionMigrationSpec",
    inline: &[],
    fields: &[("resource", Type::Struct(&GROUP_RESOURCE))],
};

pub(super) const GROUP_RESOURCE: Struct = Struct {
    name: "GroupResource",
    inline: &[],
    fields: &[("group", Type::Text), ("resource", Type::Text)],
};

pub(super) const STORAGE_VERSION_MIGRATION_STATUS: Struct = Struct {
    name: "StorageVersionMigrationStatus",
    inline: &[],
    fields: &[
        (
            "conditions",
            Type::List(&Type::Struct(&CONDITION), Merge::Key("type")),
        ),
        ("resourceVersion", Type::Text),
    ],
};
