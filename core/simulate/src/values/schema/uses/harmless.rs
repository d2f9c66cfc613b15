//! The fields from which nothing that can be seen here would follow, by the reason.

use super::Fields;

pub(super) const UNSTARTED: Fields = &[
    ("Container", "workingDir stdin stdinOnce tty"),
    (
        "EphemeralContainerCommon",
        "workingDir stdin stdinOnce tty resizePolicy",
    ),
    ("EnvVar", "value"),
    ("EnvFromSource", "prefix"),
    ("EnvVarSource", "fieldRef resourceFieldRef"),
    ("ObjectFieldSelector", "apiVersion fieldPath"),
    ("ResourceFieldSelector", "containerName resource divisor"),
    (
        "PodSpec",
        "automountServiceAccountToken shareProcessNamespace enableServiceLinks hostUsers os",
    ),
    ("ServiceAccount", "automountServiceAccountToken"),
    ("PodOS", "name"),
    ("Probe", "timeoutSeconds"),
    (
        "SecurityContext",
        "seLinuxOptions windowsOptions runAsUser runAsGroup readOnlyRootFilesystem procMount appArmorProfile",
    ),
    (
        "PodSecurityContext",
        "seLinuxOptions windowsOptions runAsUser runAsGroup supplementalGroups supplementalGroupsPolicy sysctls appArmorProfile \
         seLinuxChangePolicy",
    ),
    ("Capabilities", "add"),
    ("SELinuxOptions", "user role type level"),
    (
        "WindowsSecurityContextOptions",
        "gmsaCredentialSpecName gmsaCredentialSpec runAsUserName hostProcess",
    ),
    ("SeccompProfile", "localhostProfile"),
    ("AppArmorProfile", "type localhostProfile"),
    ("Sysctl", "name value"),
];

pub(super) const UNSENT: Fields = &[
    ("HTTPGetAction", "path host scheme httpHeaders protocol"),
    ("HTTPHeader", "name value"),
    ("TCPSocketAction", "host"),
    ("GRPCAction", "service mode"),
    ("PodSpec", "hostAliases"),
    ("HostAlias", "ip hostnames"),
    (
        "ServiceSpec",
        "sessionAffinity sessionAffinityConfig externalTrafficPolicy internalTrafficPolicy trafficDistribution \
         loadBalancerSourceRanges healthCheckNodePort",
    ),
    ("SessionAffinityConfig", "clientIP"),
    ("ClientIPConfig", "timeoutSeconds"),
    ("ServicePort", "appProtocol"),
    ("EndpointPort", "appProtocol"),
    ("EndpointHints", "forZones forNodes"),
    ("ForZone", "name"),
    ("ForNode", "name"),
    (
        "ValidatingWebhook",
        "sideEffects timeoutSeconds admissionReviewVersions",
    ),
    (
        "MutatingWebhook",
        "sideEffects timeoutSeconds admissionReviewVersions reinvocationPolicy",
    ),
    ("WebhookClientConfig", "caBundle"),
    ("ServiceReference", "port"),
];

pub(super) const UNOWNED: Fields = &[
    ("Container", "volumeDevices"),
    ("EphemeralContainerCommon", "volumeDevices"),
    ("VolumeDevice", "name devicePath"),
    (
        "VolumeMount",
        "recursiveReadOnly mountPropagation bindMountOptions",
    ),
    ("PodSecurityContext", "fsGroup fsGroupChangePolicy"),
    ("SecretVolumeSource", "defaultMode defaultUser"),
    ("ConfigMapVolumeSource", "defaultMode defaultUser"),
    ("DownwardAPIVolumeSource", "items defaultMode defaultUser"),
    (
        "DownwardAPIVolumeFile",
        "path fieldRef resourceFieldRef mode user",
    ),
    ("KeyToPath", "mode user"),
    ("ProjectedVolumeSource", "defaultMode defaultUser"),
    ("VolumeProjection", "downwardAPI serviceAccountToken"),
    ("DownwardAPIProjection", "items"),
    (
        "ServiceAccountTokenProjection",
        "audience expirationSeconds path user",
    ),
    ("EmptyDirVolumeSource", "medium sizeLimit mode"),
    ("HostPathVolumeSource", "path type"),
    ("VolumeSource", "downwardAPI"),
    ("PersistentVolumeSpec", "mountOptions"),
    ("StorageClass", "mountOptions parameters"),
    ("VolumeResourceRequirements", "limits"),
];

pub(super) const UNBUILT: Fields = &[
    (
        "VolumeSource",
        "gcePersistentDisk awsElasticBlockStore nfs iscsi rbd cinder fc flexVolume azureFile azureDisk vsphereVolume portworxVolume \
         csi image",
    ),
    (
        "PersistentVolumeSource",
        "gcePersistentDisk awsElasticBlockStore iscsi rbd cinder cephfs fc flexVolume azureFile vsphereVolume azureDisk \
         portworxVolume glusterfs",
    ),
    ("LocalVolumeSource", "path fsType"),
    (
        "GCEPersistentDiskVolumeSource",
        "pdName fsType partition readOnly",
    ),
    (
        "AWSElasticBlockStoreVolumeSource",
        "volumeID fsType partition readOnly",
    ),
    ("NFSVolumeSource", "server path readOnly"),
    (
        "ISCSIVolumeSource",
        "targetPortal iqn lun iscsiInterface fsType readOnly portals chapAuthDiscovery chapAuthSession secretRef initiatorName",
    ),
    (
        "ISCSIPersistentVolumeSource",
        "targetPortal iqn lun iscsiInterface fsType readOnly portals chapAuthDiscovery chapAuthSession secretRef initiatorName",
    ),
    (
        "RBDVolumeSource",
        "monitors image fsType pool user keyring secretRef readOnly",
    ),
    (
        "RBDPersistentVolumeSource",
        "monitors image fsType pool user keyring secretRef readOnly",
    ),
    (
        "FlexVolumeSource",
        "driver fsType secretRef readOnly options",
    ),
    (
        "FlexPersistentVolumeSource",
        "driver fsType secretRef readOnly options",
    ),
    ("CinderVolumeSource", "volumeID fsType readOnly secretRef"),
    (
        "CinderPersistentVolumeSource",
        "volumeID fsType readOnly secretRef",
    ),
    (
        "CephFSPersistentVolumeSource",
        "monitors path user secretFile secretRef readOnly",
    ),
    ("FCVolumeSource", "targetWWNs lun fsType readOnly wwids"),
    ("AzureFileVolumeSource", "secretName shareName readOnly"),
    (
        "AzureFilePersistentVolumeSource",
        "secretName shareName readOnly secretNamespace",
    ),
    (
        "VsphereVirtualDiskVolumeSource",
        "volumePath fsType storagePolicyName storagePolicyID",
    ),
    (
        "AzureDiskVolumeSource",
        "diskName diskURI cachingMode fsType readOnly kind",
    ),
    ("PortworxVolumeSource", "volumeID fsType readOnly"),
    (
        "CSIVolumeSource",
        "driver readOnly fsType volumeAttributes nodePublishSecretRef",
    ),
    (
        "CSIPersistentVolumeSource",
        "readOnly fsType volumeAttributes controllerPublishSecretRef nodeStageSecretRef nodePublishSecretRef \
         controllerExpandSecretRef nodeExpandSecretRef",
    ),
    (
        "GlusterfsPersistentVolumeSource",
        "endpoints path readOnly endpointsNamespace",
    ),
    ("SecretReference", "name namespace"),
];
