//! Shapes of volumes that a storage system has, one shape for each system.

use super::meta::LOCAL_OBJECT_REFERENCE;
use super::{
    Field,
    Type::{Fields, Flag, List, Map, Text, Whole},
    kept, nullable, omitted, pointer,
};

pub(super) const GCE_PERSISTENT_DISK_VOLUME_SOURCE: &[Field] = &[
    kept("pdName", Text),
    omitted("fsType", Text),
    omitted("partition", Whole),
    omitted("readOnly", Flag),
];

pub(super) const AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: &[Field] = &[
    kept("volumeID", Text),
    omitted("fsType", Text),
    omitted("partition", Whole),
    omitted("readOnly", Flag),
];

pub(super) const NFS_VOLUME_SOURCE: &[Field] = &[
    kept("server", Text),
    kept("path", Text),
    omitted("readOnly", Flag),
];

pub(super) const ISCSI_VOLUME_SOURCE: &[Field] = &[
    kept("targetPortal", Text),
    kept("iqn", Text),
    kept("lun", Whole),
    omitted("iscsiInterface", Text),
    omitted("fsType", Text),
    omitted("readOnly", Flag),
    omitted("portals", List(&Text)),
    omitted("chapAuthDiscovery", Flag),
    omitted("chapAuthSession", Flag),
    pointer("secretRef", Fields(LOCAL_OBJECT_REFERENCE)),
    pointer("initiatorName", Text),
];

pub(super) const GLUSTERFS_VOLUME_SOURCE: &[Field] = &[
    kept("endpoints", Text),
    kept("path", Text),
    omitted("readOnly", Flag),
];

pub(super) const RBD_VOLUME_SOURCE: &[Field] = &[
    kept("monitors", List(&Text)),
    kept("image", Text),
    omitted("fsType", Text),
    omitted("pool", Text),
    omitted("user", Text),
    omitted("keyring", Text),
    pointer("secretRef", Fields(LOCAL_OBJECT_REFERENCE)),
    omitted("readOnly", Flag),
];

pub(super) const FLEX_VOLUME_SOURCE: &[Field] = &[
    kept("driver", Text),
    omitted("fsType", Text),
    pointer("secretRef", Fields(LOCAL_OBJECT_REFERENCE)),
    omitted("readOnly", Flag),
    omitted("options", Map(&Text)),
];

pub(super) const CINDER_VOLUME_SOURCE: &[Field] = &[
    kept("volumeID", Text),
    omitted("fsType", Text),
    omitted("readOnly", Flag),
    pointer("secretRef", Fields(LOCAL_OBJECT_REFERENCE)),
];

pub(super) const CEPHFS_VOLUME_SOURCE: &[Field] = &[
    kept("monitors", List(&Text)),
    omitted("path", Text),
    omitted("user", Text),
    omitted("secretFile", Text),
    pointer("secretRef", Fields(LOCAL_OBJECT_REFERENCE)),
    omitted("readOnly", Flag),
];

pub(super) const FLOCKER_VOLUME_SOURCE: &[Field] =
    &[omitted("datasetName", Text), omitted("datasetUUID", Text)];

pub(super) const FC_VOLUME_SOURCE: &[Field] = &[
    omitted("targetWWNs", List(&Text)),
    pointer("lun", Whole),
    omitted("fsType", Text),
    omitted("readOnly", Flag),
    omitted("wwids", List(&Text)),
];

pub(super) const AZURE_FILE_VOLUME_SOURCE: &[Field] = &[
    kept("secretName", Text),
    kept("shareName", Text),
    omitted("readOnly", Flag),
];

pub(super) const VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: &[Field] = &[
    kept("volumePath", Text),
    omitted("fsType", Text),
    omitted("storagePolicyName", Text),
    omitted("storagePolicyID", Text),
];

pub(super) const QUOBYTE_VOLUME_SOURCE: &[Field] = &[
    kept("registry", Text),
    kept("volume", Text),
    omitted("readOnly", Flag),
    omitted("user", Text),
    omitted("group", Text),
    omitted("tenant", Text),
];

pub(super) const AZURE_DISK_VOLUME_SOURCE: &[Field] = &[
    kept("diskName", Text),
    kept("diskURI", Text),
    pointer("cachingMode", Text),
    pointer("fsType", Text),
    pointer("readOnly", Flag),
    pointer("kind", Text),
];

pub(super) const PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: &[Field] =
    &[kept("pdID", Text), omitted("fsType", Text)];

pub(super) const PORTWORX_VOLUME_SOURCE: &[Field] = &[
    kept("volumeID", Text),
    omitted("fsType", Text),
    omitted("readOnly", Flag),
];

pub(super) const SCALEIO_VOLUME_SOURCE: &[Field] = &[
    kept("gateway", Text),
    kept("system", Text),
    nullable("secretRef", Fields(LOCAL_OBJECT_REFERENCE)),
    omitted("sslEnabled", Flag),
    omitted("protectionDomain", Text),
    omitted("storagePool", Text),
    omitted("storageMode", Text),
    omitted("volumeName", Text),
    omitted("fsType", Text),
    omitted("readOnly", Flag),
];

pub(super) const STORAGEOS_VOLUME_SOURCE: &[Field] = &[
    omitted("volumeName", Text),
    omitted("volumeNamespace", Text),
    omitted("fsType", Text),
    omitted("readOnly", Flag),
    pointer("secretRef", Fields(LOCAL_OBJECT_REFERENCE)),
];

pub(super) const CSI_VOLUME_SOURCE: &[Field] = &[
    kept("driver", Text),
    pointer("readOnly", Flag),
    pointer("fsType", Text),
    omitted("volumeAttributes", Map(&Text)),
    pointer("nodePublishSecretRef", Fields(LOCAL_OBJECT_REFERENCE)),
];
