//! Shapes of a pod's volumes.

use super::driver::{
    AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE, AZURE_DISK_VOLUME_SOURCE, AZURE_FILE_VOLUME_SOURCE,
    CEPH_FS_VOLUME_SOURCE, CINDER_VOLUME_SOURCE, CSI_VOLUME_SOURCE, FC_VOLUME_SOURCE,
    FLEX_VOLUME_SOURCE, FLOCKER_VOLUME_SOURCE, GCE_PERSISTENT_DISK_VOLUME_SOURCE,
    GIT_REPO_VOLUME_SOURCE, GLUSTERFS_VOLUME_SOURCE, ISCSI_VOLUME_SOURCE, NFS_VOLUME_SOURCE,
    PHOTON_PERSISTENT_DISK_VOLUME_SOURCE, PORTWORX_VOLUME_SOURCE, QUOBYTE_VOLUME_SOURCE,
    RBD_VOLUME_SOURCE, SCALE_IO_VOLUME_SOURCE, STORAGE_OS_VOLUME_SOURCE,
    VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE,
};
use super::meta::OBJECT_META;
use super::projection::{
    CONFIG_MAP_VOLUME_SOURCE, DOWNWARD_API_VOLUME_SOURCE, PROJECTED_VOLUME_SOURCE,
    SECRET_VOLUME_SOURCE,
};
use super::storage::PERSISTENT_VOLUME_CLAIM_SPEC;
use super::{Struct, Type};

pub(super) const VOLUME: Struct = Struct {
    name: "Volume",
    inline: &[&VOLUME_SOURCE],
    fields: &[("name", Type::Text)],
};

pub(super) const VOLUME_SOURCE: Struct = Struct {
    name: "VolumeSource",
    inline: &[],
    fields: &[
        ("hostPath", Type::Struct(&HOST_PATH_VOLUME_SOURCE)),
        ("emptyDir", Type::Struct(&EMPTY_DIR_VOLUME_SOURCE)),
        (
            "gcePersistentDisk",
            Type::Struct(&GCE_PERSISTENT_DISK_VOLUME_SOURCE),
        ),
        (
            "awsElasticBlockStore",
            Type::Struct(&AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE),
        ),
        ("gitRepo", Type::Struct(&GIT_REPO_VOLUME_SOURCE)),
        ("secret", Type::Struct(&SECRET_VOLUME_SOURCE)),
        ("nfs", Type::Struct(&NFS_VOLUME_SOURCE)),
        ("iscsi", Type::Struct(&ISCSI_VOLUME_SOURCE)),
        ("glusterfs", Type::Struct(&GLUSTERFS_VOLUME_SOURCE)),
        (
            "persistentVolumeClaim",
            Type::Struct(&PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE),
        ),
        ("rbd", Type::Struct(&RBD_VOLUME_SOURCE)),
        ("flexVolume", Type::Struct(&FLEX_VOLUME_SOURCE)),
        ("cinder", Type::Struct(&CINDER_VOLUME_SOURCE)),
        ("cephfs", Type::Struct(&CEPH_FS_VOLUME_SOURCE)),
        ("flocker", Type::Struct(&FLOCKER_VOLUME_SOURCE)),
        ("downwardAPI", Type::Struct(&DOWNWARD_API_VOLUME_SOURCE)),
        ("fc", Type::Struct(&FC_VOLUME_SOURCE)),
        ("azureFile", Type::Struct(&AZURE_FILE_VOLUME_SOURCE)),
        ("configMap", Type::Struct(&CONFIG_MAP_VOLUME_SOURCE)),
        (
            "vsphereVolume",
            Type::Struct(&VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE),
        ),
        ("quobyte", Type::Struct(&QUOBYTE_VOLUME_SOURCE)),
        ("azureDisk", Type::Struct(&AZURE_DISK_VOLUME_SOURCE)),
        (
            "photonPersistentDisk",
            Type::Struct(&PHOTON_PERSISTENT_DISK_VOLUME_SOURCE),
        ),
        ("projected", Type::Struct(&PROJECTED_VOLUME_SOURCE)),
        ("portworxVolume", Type::Struct(&PORTWORX_VOLUME_SOURCE)),
        ("scaleIO", Type::Struct(&SCALE_IO_VOLUME_SOURCE)),
        ("storageos", Type::Struct(&STORAGE_OS_VOLUME_SOURCE)),
        ("csi", Type::Struct(&CSI_VOLUME_SOURCE)),
        ("ephemeral", Type::Struct(&EPHEMERAL_VOLUME_SOURCE)),
        ("image", Type::Struct(&IMAGE_VOLUME_SOURCE)),
    ],
};

pub(super) const HOST_PATH_VOLUME_SOURCE: Struct = Struct {
    name: "HostPathVolumeSource",
    inline: &[],
    fields: &[
        ("path", Type::Text),
        ("type", Type::Named("v1.HostPathType")),
    ],
};

pub(super) const EMPTY_DIR_VOLUME_SOURCE: Struct = Struct {
    name: "EmptyDirVolumeSource",
    inline: &[],
    fields: &[
        ("medium", Type::Named("v1.StorageMedium")),
        ("sizeLimit", Type::Quantity),
        ("mode", Type::Int32),
    ],
};

pub(super) const PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Struct = Struct {
    name: "PersistentVolumeClaimVolumeSource",
    inline: &[],
    fields: &[("claimName", Type::Text), ("readOnly", Type::Bool)],
};

pub(super) const EPHEMERAL_VOLUME_SOURCE: Struct = Struct {
    name: "EphemeralVolumeSource",
    inline: &[],
    fields: &[(
        "volumeClaimTemplate",
        Type::Struct(&PERSISTENT_VOLUME_CLAIM_TEMPLATE),
    )],
};

pub(super) const PERSISTENT_VOLUME_CLAIM_TEMPLATE: Struct = Struct {
    name: "PersistentVolumeClaimTemplate",
    inline: &[],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&PERSISTENT_VOLUME_CLAIM_SPEC)),
    ],
};

pub(super) const IMAGE_VOLUME_SOURCE: Struct = Struct {
    name: "ImageVolumeSource",
    inline: &[],
    fields: &[
        ("reference", Type::Text),
        ("pullPolicy", Type::Named("v1.PullPolicy")),
    ],
};
