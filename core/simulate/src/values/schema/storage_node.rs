//! Shapes of what storage there is on each node.

use super::meta::{LABEL_SELECTOR, OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const CSI_NODE: Struct = Struct {
    name: "CSINode",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&CSI_NODE_SPEC)),
        ("status", Type::Struct(&CSI_NODE_STATUS)),
    ],
};

pub(super) const CSI_NODE_SPEC: Struct = Struct {
    name: "CSINodeSpec",
    inline: &[],
    fields: &[(
        "drivers",
        Type::List(&Type::Struct(&CSI_NODE_DRIVER), Merge::Key("name")),
    )],
};

pub(super) const CSI_NODE_DRIVER: Struct = Struct {
    name: "CSINodeDriver",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("nodeID", Type::Text),
        ("topologyKeys", Type::List(&Type::Text, Merge::Atomic)),
        ("allocatable", Type::Struct(&VOLUME_NODE_RESOURCES)),
    ],
};

pub(super) const VOLUME_NODE_RESOURCES: Struct = Struct {
    name: "VolumeNodeResources",
    inline: &[],
    fields: &[("count", Type::Int32)],
};

pub(super) const CSI_NODE_STATUS: Struct = Struct {
    name: "CSINodeStatus",
    inline: &[],
    fields: &[(
        "storageHealth",
        Type::List(&Type::Struct(&STORAGE_HEALTH), Merge::Key("name")),
    )],
};

pub(super) const STORAGE_HEALTH: Struct = Struct {
    name: "StorageHealth",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        (
            "healthConditions",
            Type::List(&Type::Struct(&STORAGE_HEALTH_CONDITION), Merge::Atomic),
        ),
    ],
};

pub(super) const STORAGE_HEALTH_CONDITION: Struct = Struct {
    name: "StorageHealthCondition",
    inline: &[],
    fields: &[
        ("status", Type::Named("v1.StorageHealthStatusType")),
        ("reason", Type::Text),
        ("message", Type::Text),
        ("accessMode", Type::Named("v1.PersistentVolumeAccessMode")),
        ("volumeMode", Type::Named("v1.PersistentVolumeMode")),
        ("lastTransitionTime", Type::Time),
    ],
};

pub(super) const CSI_STORAGE_CAPACITY: Struct = Struct {
    name: "CSIStorageCapacity",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("nodeTopology", Type::Struct(&LABEL_SELECTOR)),
        ("storageClassName", Type::Text),
        ("capacity", Type::Quantity),
        ("maximumVolumeSize", Type::Quantity),
    ],
};
