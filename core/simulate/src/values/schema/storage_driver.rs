//! Shapes of drivers of storage, and of what they can change.

use super::meta::{OBJECT_META, TYPE_META};
use super::{Merge, Struct, Type};

pub(super) const CSI_DRIVER: Struct = Struct {
    name: "CSIDriver",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&CSI_DRIVER_SPEC)),
    ],
};

pub(super) const CSI_DRIVER_SPEC: Struct = Struct {
    name: "CSIDriverSpec",
    inline: &[],
    fields: &[
        ("attachRequired", Type::Bool),
        ("podInfoOnMount", Type::Bool),
        (
            "volumeLifecycleModes",
            Type::List(&Type::Named("v1.VolumeLifecycleMode"), Merge::Atomic),
        ),
        ("storageCapacity", Type::Bool),
        ("fsGroupPolicy", Type::Named("v1.FSGroupPolicy")),
        (
            "tokenRequests",
            Type::List(&Type::Struct(&TOKEN_REQUEST), Merge::Atomic),
        ),
        ("requiresRepublish", Type::Bool),
        ("seLinuxMount", Type::Bool),
        ("nodeAllocatableUpdatePeriodSeconds", Type::Int64),
        ("serviceAccountTokenInSecrets", Type::Bool),
        ("preventPodSchedulingIfMissing", Type::Bool),
    ],
};

pub(super) const TOKEN_REQUEST: Struct = Struct {
    name: "TokenRequest",
    inline: &[],
    fields: &[("audience", Type::Text), ("expirationSeconds", Type::Int64)],
};

pub(super) const VOLUME_ATTRIBUTES_CLASS: Struct = Struct {
    name: "VolumeAttributesClass",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("driverName", Type::Text),
        ("parameters", Type::Pairs),
    ],
};
