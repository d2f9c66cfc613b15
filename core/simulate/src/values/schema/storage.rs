//! Shapes of claims and classes.

use super::meta::{
    LABEL_SELECTOR, OBJECT_META, TYPE_META, TYPED_LOCAL_OBJECT_REFERENCE, TYPED_OBJECT_REFERENCE,
};
use super::persistent::PERSISTENT_VOLUME_SPEC;
use super::{Merge, Struct, Type};

pub(super) const PERSISTENT_VOLUME_CLAIM: Struct = Struct {
    name: "PersistentVolumeClaim",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&PERSISTENT_VOLUME_CLAIM_SPEC)),
        ("status", Type::Struct(&PERSISTENT_VOLUME_CLAIM_STATUS)),
    ],
};

pub(super) const PERSISTENT_VOLUME_CLAIM_SPEC: Struct = Struct {
    name: "PersistentVolumeClaimSpec",
    inline: &[],
    fields: &[
        (
            "accessModes",
            Type::List(&Type::Named("v1.PersistentVolumeAccessMode"), Merge::Atomic),
        ),
        ("selector", Type::Struct(&LABEL_SELECTOR)),
        ("resources", Type::Struct(&VOLUME_RESOURCE_REQUIREMENTS)),
        ("volumeName", Type::Text),
        ("storageClassName", Type::Text),
        ("volumeMode", Type::Named("v1.PersistentVolumeMode")),
        ("dataSource", Type::Struct(&TYPED_LOCAL_OBJECT_REFERENCE)),
        ("dataSourceRef", Type::Struct(&TYPED_OBJECT_REFERENCE)),
        ("volumeAttributesClassName", Type::Text),
    ],
};

pub(super) const VOLUME_RESOURCE_REQUIREMENTS: Struct = Struct {
    name: "VolumeResourceRequirements",
    inline: &[],
    fields: &[("limits", Type::Quantities), ("requests", Type::Quantities)],
};

pub(super) const PERSISTENT_VOLUME_CLAIM_STATUS: Struct = Struct {
    name: "PersistentVolumeClaimStatus",
    inline: &[],
    fields: &[
        ("phase", Type::Named("v1.PersistentVolumeClaimPhase")),
        (
            "accessModes",
            Type::List(&Type::Named("v1.PersistentVolumeAccessMode"), Merge::Atomic),
        ),
        ("capacity", Type::Quantities),
        ("conditions", Type::List(&Type::Any, Merge::Key("type"))),
        ("allocatedResources", Type::Quantities),
        ("allocatedResourceStatuses", Type::Pairs),
        ("currentVolumeAttributesClassName", Type::Text),
        ("modifyVolumeStatus", Type::Any),
        ("healthStatus", Type::Open(&HEALTH)),
    ],
};

pub(super) const STORAGE_CLASS: Struct = Struct {
    name: "StorageClass",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("provisioner", Type::Text),
        ("parameters", Type::Pairs),
        (
            "reclaimPolicy",
            Type::Named("v1.PersistentVolumeReclaimPolicy"),
        ),
        ("mountOptions", Type::List(&Type::Text, Merge::Atomic)),
        ("allowVolumeExpansion", Type::Bool),
        ("volumeBindingMode", Type::Named("v1.VolumeBindingMode")),
        (
            "allowedTopologies",
            Type::List(&Type::Struct(&TOPOLOGY_SELECTOR_TERM), Merge::Atomic),
        ),
    ],
};

pub(super) const TOPOLOGY_SELECTOR_TERM: Struct = Struct {
    name: "TopologySelectorTerm",
    inline: &[],
    fields: &[(
        "matchLabelExpressions",
        Type::List(
            &Type::Struct(&TOPOLOGY_SELECTOR_LABEL_REQUIREMENT),
            Merge::Atomic,
        ),
    )],
};

pub(super) const TOPOLOGY_SELECTOR_LABEL_REQUIREMENT: Struct = Struct {
    name: "TopologySelectorLabelRequirement",
    inline: &[],
    fields: &[
        ("key", Type::Text),
        ("values", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const VOLUME_ATTACHMENT: Struct = Struct {
    name: "VolumeAttachment",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&VOLUME_ATTACHMENT_SPEC)),
        ("status", Type::Open(&VOLUME_ATTACHMENT_STATUS)),
    ],
};

const VOLUME_ATTACHMENT_STATUS: Struct = Struct {
    name: "VolumeAttachmentStatus",
    inline: &[],
    fields: &[("attached", Type::Bool)],
};

pub(super) const VOLUME_ATTACHMENT_SPEC: Struct = Struct {
    name: "VolumeAttachmentSpec",
    inline: &[],
    fields: &[
        ("attacher", Type::Text),
        ("source", Type::Struct(&VOLUME_ATTACHMENT_SOURCE)),
        ("nodeName", Type::Text),
    ],
};

pub(super) const VOLUME_ATTACHMENT_SOURCE: Struct = Struct {
    name: "VolumeAttachmentSource",
    inline: &[],
    fields: &[
        ("persistentVolumeName", Type::Text),
        ("inlineVolumeSpec", Type::Struct(&PERSISTENT_VOLUME_SPEC)),
    ],
};

const HEALTH: Struct = Struct {
    name: "VolumeHealthStatus",
    inline: &[],
    fields: &[(
        "healthConditions",
        Type::List(&Type::Any, Merge::Key("status")),
    )],
};
