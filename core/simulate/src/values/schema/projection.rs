//! Shapes of volumes whose files are objects and facts of the cluster.

use super::environment::{OBJECT_FIELD_SELECTOR, RESOURCE_FIELD_SELECTOR};
use super::meta::{LABEL_SELECTOR, LOCAL_OBJECT_REFERENCE};
use super::{Merge, Struct, Type};

pub(super) const SECRET_VOLUME_SOURCE: Struct = Struct {
    name: "SecretVolumeSource",
    inline: &[],
    fields: &[
        ("secretName", Type::Text),
        (
            "items",
            Type::List(&Type::Struct(&KEY_TO_PATH), Merge::Atomic),
        ),
        ("defaultMode", Type::Int32),
        ("optional", Type::Bool),
        ("defaultUser", Type::Int64),
    ],
};

pub(super) const CONFIG_MAP_VOLUME_SOURCE: Struct = Struct {
    name: "ConfigMapVolumeSource",
    inline: &[&LOCAL_OBJECT_REFERENCE],
    fields: &[
        (
            "items",
            Type::List(&Type::Struct(&KEY_TO_PATH), Merge::Atomic),
        ),
        ("defaultMode", Type::Int32),
        ("optional", Type::Bool),
        ("defaultUser", Type::Int64),
    ],
};

pub(super) const DOWNWARD_API_VOLUME_SOURCE: Struct = Struct {
    name: "DownwardAPIVolumeSource",
    inline: &[],
    fields: &[
        (
            "items",
            Type::List(&Type::Struct(&DOWNWARD_API_VOLUME_FILE), Merge::Atomic),
        ),
        ("defaultMode", Type::Int32),
        ("defaultUser", Type::Int64),
    ],
};

pub(super) const DOWNWARD_API_VOLUME_FILE: Struct = Struct {
    name: "DownwardAPIVolumeFile",
    inline: &[],
    fields: &[
        ("path", Type::Text),
        ("fieldRef", Type::Struct(&OBJECT_FIELD_SELECTOR)),
        ("resourceFieldRef", Type::Struct(&RESOURCE_FIELD_SELECTOR)),
        ("mode", Type::Int32),
        ("user", Type::Int64),
    ],
};

pub(super) const KEY_TO_PATH: Struct = Struct {
    name: "KeyToPath",
    inline: &[],
    fields: &[
        ("key", Type::Text),
        ("path", Type::Text),
        ("mode", Type::Int32),
        ("user", Type::Int64),
    ],
};

pub(super) const PROJECTED_VOLUME_SOURCE: Struct = Struct {
    name: "ProjectedVolumeSource",
    inline: &[],
    fields: &[
        (
            "sources",
            Type::List(&Type::Struct(&VOLUME_PROJECTION), Merge::Atomic),
        ),
        ("defaultMode", Type::Int32),
        ("defaultUser", Type::Int64),
    ],
};

pub(super) const VOLUME_PROJECTION: Struct = Struct {
    name: "VolumeProjection",
    inline: &[],
    fields: &[
        ("secret", Type::Struct(&SECRET_PROJECTION)),
        ("downwardAPI", Type::Struct(&DOWNWARD_API_PROJECTION)),
        ("configMap", Type::Struct(&CONFIG_MAP_PROJECTION)),
        (
            "serviceAccountToken",
            Type::Struct(&SERVICE_ACCOUNT_TOKEN_PROJECTION),
        ),
        (
            "clusterTrustBundle",
            Type::Struct(&CLUSTER_TRUST_BUNDLE_PROJECTION),
        ),
        ("podCertificate", Type::Struct(&POD_CERTIFICATE_PROJECTION)),
    ],
};

pub(super) const SECRET_PROJECTION: Struct = Struct {
    name: "SecretProjection",
    inline: &[&LOCAL_OBJECT_REFERENCE],
    fields: &[
        (
            "items",
            Type::List(&Type::Struct(&KEY_TO_PATH), Merge::Atomic),
        ),
        ("optional", Type::Bool),
    ],
};

pub(super) const CONFIG_MAP_PROJECTION: Struct = Struct {
    name: "ConfigMapProjection",
    inline: &[&LOCAL_OBJECT_REFERENCE],
    fields: &[
        (
            "items",
            Type::List(&Type::Struct(&KEY_TO_PATH), Merge::Atomic),
        ),
        ("optional", Type::Bool),
    ],
};

pub(super) const DOWNWARD_API_PROJECTION: Struct = Struct {
    name: "DownwardAPIProjection",
    inline: &[],
    fields: &[(
        "items",
        Type::List(&Type::Struct(&DOWNWARD_API_VOLUME_FILE), Merge::Atomic),
    )],
};

pub(super) const SERVICE_ACCOUNT_TOKEN_PROJECTION: Struct = Struct {
    name: "ServiceAccountTokenProjection",
    inline: &[],
    fields: &[
        ("audience", Type::Text),
        ("expirationSeconds", Type::Int64),
        ("path", Type::Text),
        ("user", Type::Int64),
    ],
};

pub(super) const CLUSTER_TRUST_BUNDLE_PROJECTION: Struct = Struct {
    name: "ClusterTrustBundleProjection",
    inline: &[],
    fields: &[
        ("name", Type::Text),
        ("signerName", Type::Text),
        ("labelSelector", Type::Struct(&LABEL_SELECTOR)),
        ("optional", Type::Bool),
        ("path", Type::Text),
        ("user", Type::Int64),
    ],
};

pub(super) const POD_CERTIFICATE_PROJECTION: Struct = Struct {
    name: "PodCertificateProjection",
    inline: &[],
    fields: &[
        ("signerName", Type::Text),
        ("keyType", Type::Text),
        ("maxExpirationSeconds", Type::Int32),
        ("credentialBundlePath", Type::Text),
        ("keyPath", Type::Text),
        ("certificateChainPath", Type::Text),
        ("userAnnotations", Type::Pairs),
        ("user", Type::Int64),
    ],
};
