//! Shapes of a pod's volumes that a storage system has.

use super::meta::LOCAL_OBJECT_REFERENCE;
use super::{Merge, Struct, Type};

pub(super) const GCE_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    name: "GCEPersistentDiskVolumeSource",
    inline: &[],
    fields: &[
        ("pdName", Type::Text),
        ("fsType", Type::Text),
        ("partition", Type::Int32),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Struct = Struct {
    name: "AWSElasticBlockStoreVolumeSource",
    inline: &[],
    fields: &[
        ("volumeID", Type::Text),
        ("fsType", Type::Text),
        ("partition", Type::Int32),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const GIT_REPO_VOLUME_SOURCE: Struct = Struct {
    name: "GitRepoVolumeSource",
    inline: &[],
    fields: &[
        ("repository", Type::Text),
        ("revision", Type::Text),
        ("directory", Type::Text),
    ],
};

pub(super) const NFS_VOLUME_SOURCE: Struct = Struct {
    name: "NFSVolumeSource",
    inline: &[],
    fields: &[
        ("server", Type::Text),
        ("path", Type::Text),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const ISCSI_VOLUME_SOURCE: Struct = Struct {
    name: "ISCSIVolumeSource",
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
        ("secretRef", Type::Struct(&LOCAL_OBJECT_REFERENCE)),
        ("initiatorName", Type::Text),
    ],
};

pub(super) const GLUSTERFS_VOLUME_SOURCE: Struct = Struct {
    name: "GlusterfsVolumeSource",
    inline: &[],
    fields: &[
        ("endpoints", Type::Text),
        ("path", Type::Text),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const RBD_VOLUME_SOURCE: Struct = Struct {
    name: "RBDVolumeSource",
    inline: &[],
    fields: &[
        ("monitors", Type::List(&Type::Text, Merge::Atomic)),
        ("image", Type::Text),
        ("fsType", Type::Text),
        ("pool", Type::Text),
        ("user", Type::Text),
        ("keyring", Type::Text),
        ("secretRef", Type::Struct(&LOCAL_OBJECT_REFERENCE)),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const FLEX_VOLUME_SOURCE: Struct = Struct {
    name: "FlexVolumeSource",
    inline: &[],
    fields: &[
        ("driver", Type::Text),
        ("fsType", Type::Text),
        ("secretRef", Type::Struct(&LOCAL_OBJECT_REFERENCE)),
        ("readOnly", Type::Bool),
        ("options", Type::Pairs),
    ],
};

pub(super) const CINDER_VOLUME_SOURCE: Struct = Struct {
    name: "CinderVolumeSource",
    inline: &[],
    fields: &[
        ("volumeID", Type::Text),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
        ("secretRef", Type::Struct(&LOCAL_OBJECT_REFERENCE)),
    ],
};

pub(super) const CEPH_FS_VOLUME_SOURCE: Struct = Struct {
    name: "CephFSVolumeSource",
    inline: &[],
    fields: &[
        ("monitors", Type::List(&Type::Text, Merge::Atomic)),
        ("path", Type::Text),
        ("user", Type::Text),
        ("secretFile", Type::Text),
        ("secretRef", Type::Struct(&LOCAL_OBJECT_REFERENCE)),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const FLOCKER_VOLUME_SOURCE: Struct = Struct {
    name: "FlockerVolumeSource",
    inline: &[],
    fields: &[("datasetName", Type::Text), ("datasetUUID", Type::Text)],
};

pub(super) const FC_VOLUME_SOURCE: Struct = Struct {
    name: "FCVolumeSource",
    inline: &[],
    fields: &[
        ("targetWWNs", Type::List(&Type::Text, Merge::Atomic)),
        ("lun", Type::Int32),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
        ("wwids", Type::List(&Type::Text, Merge::Atomic)),
    ],
};

pub(super) const AZURE_FILE_VOLUME_SOURCE: Struct = Struct {
    name: "AzureFileVolumeSource",
    inline: &[],
    fields: &[
        ("secretName", Type::Text),
        ("shareName", Type::Text),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Struct = Struct {
    name: "VsphereVirtualDiskVolumeSource",
    inline: &[],
    fields: &[
        ("volumePath", Type::Text),
        ("fsType", Type::Text),
        ("storagePolicyName", Type::Text),
        ("storagePolicyID", Type::Text),
    ],
};

pub(super) const QUOBYTE_VOLUME_SOURCE: Struct = Struct {
    name: "QuobyteVolumeSource",
    inline: &[],
    fields: &[
        ("registry", Type::Text),
        ("volume", Type::Text),
        ("readOnly", Type::Bool),
        ("user", Type::Text),
        ("group", Type::Text),
        ("tenant", Type::Text),
    ],
};

pub(super) const AZURE_DISK_VOLUME_SOURCE: Struct = Struct {
    name: "AzureDiskVolumeSource",
    inline: &[],
    fields: &[
        ("diskName", Type::Text),
        ("diskURI", Type::Text),
        ("cachingMode", Type::Named("v1.AzureDataDiskCachingMode")),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
        ("kind", Type::Named("v1.AzureDataDiskKind")),
    ],
};

pub(super) const PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    name: "PhotonPersistentDiskVolumeSource",
    inline: &[],
    fields: &[("pdID", Type::Text), ("fsType", Type::Text)],
};

pub(super) const PORTWORX_VOLUME_SOURCE: Struct = Struct {
    name: "PortworxVolumeSource",
    inline: &[],
    fields: &[
        ("volumeID", Type::Text),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const SCALE_IO_VOLUME_SOURCE: Struct = Struct {
    name: "ScaleIOVolumeSource",
    inline: &[],
    fields: &[
        ("gateway", Type::Text),
        ("system", Type::Text),
        ("secretRef", Type::Struct(&LOCAL_OBJECT_REFERENCE)),
        ("sslEnabled", Type::Bool),
        ("protectionDomain", Type::Text),
        ("storagePool", Type::Text),
        ("storageMode", Type::Text),
        ("volumeName", Type::Text),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
    ],
};

pub(super) const STORAGE_OS_VOLUME_SOURCE: Struct = Struct {
    name: "StorageOSVolumeSource",
    inline: &[],
    fields: &[
        ("volumeName", Type::Text),
        ("volumeNamespace", Type::Text),
        ("fsType", Type::Text),
        ("readOnly", Type::Bool),
        ("secretRef", Type::Struct(&LOCAL_OBJECT_REFERENCE)),
    ],
};

pub(super) const CSI_VOLUME_SOURCE: Struct = Struct {
    name: "CSIVolumeSource",
    inline: &[],
    fields: &[
        ("driver", Type::Text),
        ("readOnly", Type::Bool),
        ("fsType", Type::Text),
        ("volumeAttributes", Type::Pairs),
        (
            "nodePublishSecretRef",
            Type::Struct(&LOCAL_OBJECT_REFERENCE),
        ),
    ],
};
