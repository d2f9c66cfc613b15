//! Shapes of a pod's volumes.

use super::claim::PERSISTENT_VOLUME_CLAIM_TEMPLATE;
use super::driver::{
    AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE, AZURE_DISK_VOLUME_SOURCE, AZURE_FILE_VOLUME_SOURCE,
    CEPHFS_VOLUME_SOURCE, CINDER_VOLUME_SOURCE, CSI_VOLUME_SOURCE, FC_VOLUME_SOURCE,
    FLEX_VOLUME_SOURCE, FLOCKER_VOLUME_SOURCE, GCE_PERSISTENT_DISK_VOLUME_SOURCE,
    GLUSTERFS_VOLUME_SOURCE, ISCSI_VOLUME_SOURCE, NFS_VOLUME_SOURCE,
    PHOTON_PERSISTENT_DISK_VOLUME_SOURCE, PORTWORX_VOLUME_SOURCE, QUOBYTE_VOLUME_SOURCE,
    RBD_VOLUME_SOURCE, SCALEIO_VOLUME_SOURCE, STORAGEOS_VOLUME_SOURCE,
    VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE,
};
use super::projection::{
    CONFIG_MAP_VOLUME_SOURCE, DOWNWARD_API_VOLUME_SOURCE, PROJECTED_VOLUME_SOURCE,
    SECRET_VOLUME_SOURCE,
};
use super::{
    Field,
    Type::{Fields, Flag, Quantity, Text, Whole},
    kept, omitted, pointer,
};

const HOST_PATH_VOLUME_SOURCE: &[Field] = &[kept("path", Text), pointer("type", Text)];

const EMPTY_DIR_VOLUME_SOURCE: &[Field] = &[
    omitted("medium", Text),
    pointer("sizeLimit", Quantity),
    pointer("mode", Whole),
];

const GIT_REPO_VOLUME_SOURCE: &[Field] = &[
    kept("repository", Text),
    omitted("revision", Text),
    omitted("directory", Text),
];

const PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: &[Field] =
    &[kept("claimName", Text), omitted("readOnly", Flag)];

const EPHEMERAL_VOLUME_SOURCE: &[Field] = &[pointer(
    "volumeClaimTemplate",
    Fields(PERSISTENT_VOLUME_CLAIM_TEMPLATE),
)];

const IMAGE_VOLUME_SOURCE: &[Field] = &[omitted("reference", Text), omitted("pullPolicy", Text)];

pub(super) const VOLUME: &[Field] = &[
    kept("name", Text),
    pointer("hostPath", Fields(HOST_PATH_VOLUME_SOURCE)),
    pointer("emptyDir", Fields(EMPTY_DIR_VOLUME_SOURCE)),
    pointer(
        "gcePersistentDisk",
        Fields(GCE_PERSISTENT_DISK_VOLUME_SOURCE),
    ),
    pointer(
        "awsElasticBlockStore",
        Fields(AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE),
    ),
    pointer("gitRepo", Fields(GIT_REPO_VOLUME_SOURCE)),
    pointer("secret", Fields(SECRET_VOLUME_SOURCE)),
    pointer("nfs", Fields(NFS_VOLUME_SOURCE)),
    pointer("iscsi", Fields(ISCSI_VOLUME_SOURCE)),
    pointer("glusterfs", Fields(GLUSTERFS_VOLUME_SOURCE)),
    pointer(
        "persistentVolumeClaim",
        Fields(PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE),
    ),
    pointer("rbd", Fields(RBD_VOLUME_SOURCE)),
    pointer("flexVolume", Fields(FLEX_VOLUME_SOURCE)),
    pointer("cinder", Fields(CINDER_VOLUME_SOURCE)),
    pointer("cephfs", Fields(CEPHFS_VOLUME_SOURCE)),
    pointer("flocker", Fields(FLOCKER_VOLUME_SOURCE)),
    pointer("downwardAPI", Fields(DOWNWARD_API_VOLUME_SOURCE)),
    pointer("fc", Fields(FC_VOLUME_SOURCE)),
    pointer("azureFile", Fields(AZURE_FILE_VOLUME_SOURCE)),
    pointer("configMap", Fields(CONFIG_MAP_VOLUME_SOURCE)),
    pointer("vsphereVolume", Fields(VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE)),
    pointer("quobyte", Fields(QUOBYTE_VOLUME_SOURCE)),
    pointer("azureDisk", Fields(AZURE_DISK_VOLUME_SOURCE)),
    pointer(
        "photonPersistentDisk",
        Fields(PHOTON_PERSISTENT_DISK_VOLUME_SOURCE),
    ),
    pointer("projected", Fields(PROJECTED_VOLUME_SOURCE)),
    pointer("portworxVolume", Fields(PORTWORX_VOLUME_SOURCE)),
    pointer("scaleIO", Fields(SCALEIO_VOLUME_SOURCE)),
    pointer("storageos", Fields(STORAGEOS_VOLUME_SOURCE)),
    pointer("csi", Fields(CSI_VOLUME_SOURCE)),
    pointer("ephemeral", Fields(EPHEMERAL_VOLUME_SOURCE)),
    pointer("image", Fields(IMAGE_VOLUME_SOURCE)),
];
