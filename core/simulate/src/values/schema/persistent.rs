//! Shapes of volumes that outlive pods.

use super::driver::{
    AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE, AZURE_DISK_VOLUME_SOURCE, FC_VOLUME_SOURCE,
    FLOCKER_VOLUME_SOURCE, GCE_PERSISTENT_DISK_VOLUME_SOURCE, NFS_VOLUME_SOURCE,
    PHOTON_PERSISTENT_DISK_VOLUME_SOURCE, PORTWORX_VOLUME_SOURCE, QUOBYTE_VOLUME_SOURCE,
    VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE,
};
use super::meta::{OBJECT_META, OBJECT_REFERENCE, SECRET_REFERENCE, TYPE_META};
use super::placement::NODE_SELECTOR;
use super::volume::HOST_PATH_VOLUME_SOURCE;
use super::{Merge, Struct, Type};

pub(super) const PERSISTENT_VOLUME: Struct = Struct {
    name: "PersistentVolume",
    inline: &[&TYPE_META],
    fields: &[
        ("metadata", Type::Struct(&OBJECT_META)),
        ("spec", Type::Struct(&PERSISTENT_VOLUME_SPEC)),
        ("status", Type::Struct(&PERSISTENT_VOLUME_STATUS)),
    ],
};

pub(super) const PERSISTENT_VOLUME_SPEC: Struct = Struct {
    name: "PersistentVolumeSpec",
    inline: &[&PERSISTENT_VOLUME_SOURCE],
    fields: &[
        ("capacity", Type::Quantities),
        (
            "accessModes",
            Type::List(&Type::Named("v1.PersistentVolumeAccessMode"), Merge::Atomic),
        ),
        ("claimRef", Type::Struct(&OBJECT_REFERENCE)),
        (
            "persistentVolumeReclaimPolicy",
            Type::Named("v1.PersistentVolumeReclaimPolicy"),
        ),
        ("storageClassName", Type::Text),
        ("mountOptions", Type::List(&Type::Text, Merge::Atomic)),
        ("volumeMode", Type::Named("v1.PersistentVolumeMode")),
        ("nodeAffinity", Type::Struct(&VOLUME_NODE_AFFINITY)),
        ("volumeAttributesClassName", Type::Text),
    ],
};

pub(super) const PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "PersistentVolumeSource",
    inline: &[],
    fields: &[
        (
            "gcePersistentDisk",
            Type::Struct(&GCE_PERSISTENT_DISK_VOLUME_SOURCE),
        ),
        (
            "awsElasticBlockStore",
            Type::Struct(&AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE),
        ),
        ("hostPath", Type::Struct(&HOST_PATH_VOLUME_SOURCE)),
        (
            "glusterfs",
            Type::Struct(&GLUSTERFS_PERSISTENT_VOLUME_SOURCE),
        ),
        ("nfs", Type::Struct(&NFS_VOLUME_SOURCE)),
        ("rbd", Type::Struct(&RBD_PERSISTENT_VOLUME_SOURCE)),
        ("iscsi", Type::Struct(&ISCSI_PERSISTENT_VOLUME_SOURCE)),
        ("cinder", Type::Struct(&CINDER_PERSISTENT_VOLUME_SOURCE)),
        ("cephfs", Type::Struct(&CEPH_FS_PERSISTENT_VOLUME_SOURCE)),
        ("fc", Type::Struct(&FC_VOLUME_SOURCE)),
        ("flocker", Type::Struct(&FLOCKER_VOLUME_SOURCE)),
        ("flexVolume", Type::Struct(&FLEX_PERSISTENT_VOLUME_SOURCE)),
        (
            "azureFile",
            Type::Struct(&AZURE_FILE_PERSISTENT_VOLUME_SOURCE),
        ),
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
        ("portworxVolume", Type::Struct(&PORTWORX_VOLUME_SOURCE)),
        ("scaleIO", Type::Struct(&SCALE_IO_PERSISTENT_VOLUME_SOURCE)),
        ("local", Type::Struct(&LOCAL_VOLUME_SOURCE)),
        (
            "storageos",
            Type::Struct(&STORAGE_OS_PERSISTENT_VOLUME_SOURCE),
        ),
        ("csi", Type::Struct(&CSI_PERSISTENT_VOLUME_SOURCE)),
    ],
};

pub(super) const VOLUME_NODE_AFFINITY: Struct = Struct {
    name: "VolumeNodeAffinity",
    inline: &[],
    fields: &[("required", Type::Struct(&NODE_SELECTOR))],
};

pub(super) const PERSISTENT_VOLUME_STATUS: Struct = Struct {
    name: "PersistentVolumeStatus",
    inline: &[],
    fields: &[
        ("phase", Type::Named("v1.PersistentVolumePhase")),
        ("message", Type::Text),
        ("reason", Type::Text),
        ("lastPhaseTransitionTime", Type::Time),
    ],
};

pub(super) const LOCAL_VOLUME_SOURCE: Struct = Struct {
    name: "LocalVolumeSource",
    inline: &[],
    fields: &[("path", Type::Text), ("fsType", Type::Text)],
};

pub(super) const GLUSTERFS_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "GlusterfsPersistentVolumeSource",
    inline: &[],
    fields: &[
        ("endpoints", Type::Text),
        ("path", Type::Text),
        ("readOnly", Type::Bool),
        ("endpointsNamespace", Type::Text),
    ],
};

pub(super) const RBD_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "RBDPersistentVolumeSource",
    inline: &[],
    fields: &[
        ("monitors", Type::List(&Type::Text, Merge::Atomic)),
        ("image", Type::Text),
        ("fsType", Type::Text),
        ("pool", Type::Text),
        ("user", Type::Text),
        ("keyring", Type::Text),
        ("secretRef", Type::Struct(&SECRET_REFERENCE)),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const ISCSI_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "ISCSIPersistentVolumeSource",
    inline: &[],
    fields: &[
        ("targetPortal", Type::Text),
        ("iqn", Type::Text),
        ("lun", Type::Int32),
        ("iscsiInterface", Type::Text),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
        ("portals", Type::List(&Type::Text, Merge::Atomic)),
        ("chapAuthDiscovery", Type::Bool),
        ("chapAuthSession", Type::Bool),
        ("secretRef", Type::Struct(&SECRET_REFERENCE)),
        ("initiatorName", Type::Text),
    ],
};

pub(super) const CINDER_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "CinderPersistentVolumeSource",
    inline: &[],
    fields: &[
        ("volumeID", Type::Text),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
        ("secretRef", Type::Struct(&SECRET_REFERENCE)),
    ],
};

pub(super) const CEPH_FS_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "CephFSPersistentVolumeSource",
    inline: &[],
    fields: &[
        ("monitors", Type::List(&Type::Text, Merge::Atomic)),
        ("path", Type::Text),
        ("user", Type::Text),
        ("secretFile", Type::Text),
        ("secretRef", Type::Struct(&SECRET_REFERENCE)),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const FLEX_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "FlexPersistentVolumeSource",
    inline: &[],
    fields: &[
        ("driver", Type::Text),
        ("fsType", Type::Text),
        ("secretRef", Type::Struct(&SECRET_REFERENCE)),
        ("readOnly", Type::Bool),
        ("options", Type::Pairs),
    ],
};

pub(super) const AZURE_FILE_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "AzureFilePersistentVolumeSource",
    inline: &[],
    fields: &[
        ("secretName", Type::Text),
        ("shareName", Type::Text),
        ("readOnly", Type::Bool),
        ("secretNamespace", Type::Text),
    ],
};

pub(super) const SCALE_IO_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "ScaleIOPersistentVolumeSource",
    inline: &[],
    fields: &[
        ("gateway", Type::Text),
        ("system", Type::Text),
        ("secretRef", Type::Struct(&SECRET_REFERENCE)),
        ("sslEnabled", Type::Bool),
        ("protectionDomain", Type::Text),
        ("storagePool", Type::Text),
        ("storageMode", Type::Text),
        ("volumeName", Type::Text),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const STORAGE_OS_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "StorageOSPersistentVolumeSource",
    inline: &[],
    fields: &[
        ("volumeName", Type::Text),
        ("volumeNamespace", Type::Text),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
        ("secretRef", Type::Struct(&OBJECT_REFERENCE)),
    ],
};

pub(super) const CSI_PERSISTENT_VOLUME_SOURCE: Struct = Struct {
    name: "CSIPersistentVolumeSource",
    inline: &[],
    fields: &[
        ("driver", Type::Text),
        ("volumeHandle", Type::Text),
        ("readOnly", Type::Bool),
        ("fsType", Type::Text),
        ("volumeAttributes", Type::Pairs),
        (
            "controllerPublishSecretRef",
            Type::Struct(&SECRET_REFERENCE),
        ),
        ("nodeStageSecretRef", Type::Struct(&SECRET_REFERENCE)),
        ("nodePublishSecretRef", Type::Struct(&SECRET_REFERENCE)),
        ("controllerExpandSecretRef", Type::Struct(&SECRET_REFERENCE)),
        ("nodeExpandSecretRef", Type::Struct(&SECRET_REFERENCE)),
    ],
};
