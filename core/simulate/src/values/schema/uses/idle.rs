//! The fields that are stored, and that is all.

use super::Fields;

pub(super) const IDLE: Fields = &[
    ("Container", "restartPolicyRules"),
    ("EphemeralContainerCommon", "restartPolicyRules"),
    ("ContainerRestartRule", "action exitCodes"),
    ("ContainerRestartRuleOnExitCodes", "operator values"),
    ("ResourceRequirements", "claims"),
    ("ResourceClaim", "name request"),
    ("VolumeMount", "subPathExpr"),
    ("EnvVarSource", "fileKeyRef"),
    ("FileKeySelector", "volumeName path key optional"),
    ("Lifecycle", "stopSignal"),
    (
        "PodSpec",
        "dnsPolicy dnsConfig setHostnameAsFQDN resourceClaims hostnameOverride schedulingGroup evictionResponders",
    ),
    ("PodDNSConfig", "nameservers searches options"),
    ("PodDNSConfigOption", "name value"),
    (
        "PodResourceClaim",
        "name resourceClaimName resourceClaimTemplateName",
    ),
    ("PodSchedulingGroup", "podGroupName"),
    ("EvictionResponder", "name priority"),
    (
        "NodeAffinity",
        "preferredDuringSchedulingIgnoredDuringExecution",
    ),
    (
        "PodAffinity",
        "preferredDuringSchedulingIgnoredDuringExecution",
    ),
    (
        "PodAntiAffinity",
        "preferredDuringSchedulingIgnoredDuringExecution",
    ),
    ("VolumeProjection", "clusterTrustBundle podCertificate"),
    (
        "ClusterTrustBundleProjection",
        "name signerName labelSelector optional path user",
    ),
    (
        "PodCertificateProjection",
        "signerName keyType maxExpirationSeconds credentialBundlePath keyPath certificateChainPath userAnnotations user",
    ),
    // Drivers that no cluster has any more: a pod with such a volume would not start there.
    (
        "VolumeSource",
        "gitRepo glusterfs cephfs flocker quobyte photonPersistentDisk scaleIO storageos",
    ),
    (
        "PersistentVolumeSource",
        "flocker quobyte photonPersistentDisk scaleIO storageos",
    ),
    ("GitRepoVolumeSource", "repository revision directory"),
    ("GlusterfsVolumeSource", "endpoints path readOnly"),
    (
        "CephFSVolumeSource",
        "monitors path user secretFile secretRef readOnly",
    ),
    ("FlockerVolumeSource", "datasetName datasetUUID"),
    (
        "QuobyteVolumeSource",
        "registry volume readOnly user group tenant",
    ),
    ("PhotonPersistentDiskVolumeSource", "pdID fsType"),
    (
        "ScaleIOVolumeSource",
        "gateway system secretRef sslEnabled protectionDomain storagePool storageMode volumeName fsType readOnly",
    ),
    (
        "ScaleIOPersistentVolumeSource",
        "gateway system secretRef sslEnabled protectionDomain storagePool storageMode volumeName fsType readOnly",
    ),
    (
        "StorageOSVolumeSource",
        "volumeName volumeNamespace fsType readOnly secretRef",
    ),
    (
        "StorageOSPersistentVolumeSource",
        "volumeName volumeNamespace fsType readOnly secretRef",
    ),
    ("NodeSpec", "podPreemptionPolicy"),
    ("NodePodPreemptionPolicy", "disableResizePreemption"),
    ("ResourceQuotaSpec", "scopes scopeSelector"),
    ("ScopeSelector", "matchExpressions"),
    (
        "ScopedResourceSelectorRequirement",
        "scopeName operator values",
    ),
    (
        "ServiceSpec",
        "externalIPs loadBalancerIP loadBalancerClass",
    ),
    ("PersistentVolumeClaimSpec", "dataSource dataSourceRef"),
    ("ValidatingWebhook", "matchPolicy matchConditions"),
    ("MutatingWebhook", "matchPolicy matchConditions"),
    ("MatchCondition", "name expression"),
    ("Rule", "scope"),
    (
        "CustomResourceDefinitionSpec",
        "conversion preserveUnknownFields",
    ),
    ("CustomResourceDefinitionNames", "categories"),
    (
        "CustomResourceDefinitionVersion",
        "schema subresources deprecated deprecationWarning selectableFields",
    ),
];
