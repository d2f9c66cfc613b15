//! What the simulator does with each field that it stores.
//!
//! A field that an object may have and on which nothing here acts is told when it is applied, unless nothing could follow from
//! it. This table says which field is which: a test walks through all shapes and finds each field in it once.

/// What the simulator does with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Use {
    /// Something acts on it, or on what is in it.
    Acts,
    /// Nothing acts on it, and nothing that can be seen here would follow from it, for this reason.
    Harmless(&'static str),
    /// It is stored, and that is all.
    Idle,
}

use Use::{Acts, Harmless, Idle};

/// Fields by the names of their types, a line for each type.
type Fields = &'static [(&'static str, &'static str)];

const NO_PROCESSES: Use =
    Harmless("no real process runs, so nothing depends on how it is started and what it may do");
const NO_TRAFFIC: Use =
    Harmless("nothing is sent over the network; names are resolved, that is all");
const NO_FILES: Use = Harmless(
    "files are there, but nobody owns them, counts their bytes or looks at how they are mounted",
);
const NO_DISKS: Use =
    Harmless("a volume of any storage system is taken to be there, and to be the same everywhere");
const PULLED: Use = Harmless("every image can be pulled, unless a story breaks it");
const FOR_PEOPLE: Use = Harmless("it is there for people and for other programs to read");
const ONE_VERSION: Use =
    Harmless("each kind is stored in one version, in which every rule means it");
const WRITTEN_HERE: Use = Harmless("the cluster writes it itself, whatever was applied");

pub(super) const USES: &[(Use, Fields)] = &[
    (Acts, ACTING),
    (NO_PROCESSES, UNSTARTED),
    (NO_TRAFFIC, UNSENT),
    (NO_FILES, UNOWNED),
    (NO_DISKS, UNBUILT),
    (
        PULLED,
        &[
            ("Container", "imagePullPolicy"),
            ("EphemeralContainerCommon", "imagePullPolicy"),
            ("ImageVolumeSource", "pullPolicy reference"),
            ("PodSpec", "imagePullSecrets"),
            ("ServiceAccount", "imagePullSecrets"),
        ],
    ),
    (
        FOR_PEOPLE,
        &[
            (
                "Container",
                "terminationMessagePath terminationMessagePolicy",
            ),
            (
                "EphemeralContainerCommon",
                "terminationMessagePath terminationMessagePolicy",
            ),
            ("Event", "eventTime series action related"),
            ("EventSource", "host"),
            ("EventSeries", "count lastObservedTime"),
            ("PriorityClass", "description"),
            ("ServiceAccount", "secrets"),
            ("ObjectReference", "fieldPath"),
            ("CustomResourceColumnDefinition", "type format description"),
        ],
    ),
    (ONE_VERSION, &[("Rule", "apiVersions")]),
    (
        WRITTEN_HERE,
        &[
            ("CSIPersistentVolumeSource", "volumeHandle"),
            ("ObjectMeta", "selfLink managedFields"),
            (
                "ManagedFieldsEntry",
                "manager operation apiVersion time fieldsType fieldsV1 subresource",
            ),
            ("Endpoint", "deprecatedTopology hints"),
            (
                "NodeSpec",
                "podCIDR podCIDRs providerID configSource externalID",
            ),
            (
                "NodeStatus",
                "daemonEndpoints images volumesInUse volumesAttached runtimeHandlers features declaredFeatures nodeInfo phase config",
            ),
            (
                "PersistentVolumeStatus",
                "lastPhaseTransitionTime message reason",
            ),
            (
                "PersistentVolumeClaimStatus",
                "allocatedResources allocatedResourceStatuses currentVolumeAttributesClassName modifyVolumeStatus healthStatus",
            ),
            (
                "PodStatus",
                "nominatedNodeName ephemeralContainerStatuses resize resourceClaimStatuses extendedResourceClaimStatus \
             allocatedResources nodeAllocatableResourceClaimStatuses volumeHealth message reason resources",
            ),
        ],
    ),
    (Idle, IDLE),
];

const ACTING: Fields = &[
    ("TypeMeta", "kind apiVersion"),
    (
        "ObjectMeta",
        "name generateName namespace uid resourceVersion generation creationTimestamp deletionTimestamp \
         deletionGracePeriodSeconds labels annotations ownerReferences finalizers",
    ),
    (
        "OwnerReference",
        "apiVersion kind name uid controller blockOwnerDeletion",
    ),
    ("LabelSelector", "matchLabels matchExpressions"),
    ("LabelSelectorRequirement", "key operator values"),
    ("LocalObjectReference", "name"),
    (
        "ObjectReference",
        "kind namespace name uid apiVersion resourceVersion",
    ),
    ("TypedLocalObjectReference", "apiGroup kind name"),
    ("TypedObjectReference", "apiGroup kind name namespace"),
    ("StatefulSet", "metadata spec status"),
    (
        "StatefulSetSpec",
        "replicas selector template volumeClaimTemplates serviceName podManagementPolicy updateStrategy revisionHistoryLimit \
         minReadySeconds persistentVolumeClaimRetentionPolicy ordinals",
    ),
    ("StatefulSetUpdateStrategy", "type rollingUpdate"),
    (
        "RollingUpdateStatefulSetStrategy",
        "partition maxUnavailable",
    ),
    (
        "StatefulSetPersistentVolumeClaimRetentionPolicy",
        "whenDeleted whenScaled",
    ),
    ("StatefulSetOrdinals", "start"),
    (
        "StatefulSetStatus",
        "observedGeneration replicas readyReplicas currentReplicas updatedReplicas currentRevision updateRevision collisionCount \
         conditions availableReplicas",
    ),
    ("ControllerRevision", "metadata data revision"),
    ("Namespace", "metadata spec status"),
    ("NamespaceSpec", "finalizers"),
    ("Node", "metadata spec status"),
    ("NodeSpec", "unschedulable taints"),
    ("Taint", "key value effect timeAdded"),
    ("NodeStatus", "capacity allocatable conditions addresses"),
    ("Secret", "metadata data stringData type immutable"),
    ("ConfigMap", "metadata data binaryData immutable"),
    ("ServiceAccount", "metadata"),
    (
        "Event",
        "metadata involvedObject reason message source firstTimestamp lastTimestamp count type reportingComponent reportingInstance",
    ),
    ("EventSource", "component"),
    (
        "Container",
        "name image command args ports envFrom env resources restartPolicy volumeMounts livenessProbe readinessProbe startupProbe \
         lifecycle securityContext",
    ),
    ("EphemeralContainer", "targetContainerName"),
    (
        "EphemeralContainerCommon",
        "name image command args ports envFrom env resources restartPolicy volumeMounts livenessProbe readinessProbe startupProbe \
         lifecycle securityContext",
    ),
    (
        "ContainerPort",
        "name hostPort containerPort protocol hostIP",
    ),
    ("ResourceRequirements", "limits requests"),
    ("VolumeMount", "name readOnly mountPath subPath"),
    ("EnvFromSource", "configMapRef secretRef"),
    ("ConfigMapEnvSource", "optional"),
    ("SecretEnvSource", "optional"),
    ("EnvVar", "name valueFrom"),
    ("EnvVarSource", "configMapKeyRef secretKeyRef"),
    ("ConfigMapKeySelector", "key optional"),
    ("SecretKeySelector", "key optional"),
    ("PersistentVolume", "metadata spec status"),
    (
        "PersistentVolumeSpec",
        "capacity accessModes claimRef persistentVolumeReclaimPolicy storageClassName volumeMode nodeAffinity \
         volumeAttributesClassName",
    ),
    ("PersistentVolumeSource", "csi local hostPath nfs"),
    ("CSIPersistentVolumeSource", "driver"),
    ("VolumeNodeAffinity", "required"),
    ("PersistentVolumeStatus", "phase"),
    ("Affinity", "nodeAffinity podAffinity podAntiAffinity"),
    (
        "NodeAffinity",
        "requiredDuringSchedulingIgnoredDuringExecution",
    ),
    ("NodeSelector", "nodeSelectorTerms"),
    ("NodeSelectorTerm", "matchExpressions matchFields"),
    ("NodeSelectorRequirement", "key operator values"),
    ("PreferredSchedulingTerm", "weight preference"),
    (
        "PodAffinity",
        "requiredDuringSchedulingIgnoredDuringExecution",
    ),
    (
        "PodAntiAffinity",
        "requiredDuringSchedulingIgnoredDuringExecution",
    ),
    (
        "PodAffinityTerm",
        "labelSelector namespaces topologyKey namespaceSelector matchLabelKeys mismatchLabelKeys",
    ),
    ("WeightedPodAffinityTerm", "weight podAffinityTerm"),
    ("Toleration", "key operator value effect tolerationSeconds"),
    (
        "TopologySpreadConstraint",
        "maxSkew topologyKey whenUnsatisfiable labelSelector minDomains nodeAffinityPolicy nodeTaintsPolicy matchLabelKeys",
    ),
    ("Pod", "metadata spec status"),
    ("PodTemplateSpec", "metadata spec"),
    (
        "PodSpec",
        "volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds \
         nodeSelector serviceAccountName serviceAccount nodeName hostNetwork hostPID hostIPC securityContext hostname subdomain \
         affinity schedulerName tolerations priorityClassName priority readinessGates runtimeClassName overhead \
         topologySpreadConstraints schedulingGates resources",
    ),
    ("PodReadinessGate", "conditionType"),
    ("PodSchedulingGate", "name"),
    (
        "PodStatus",
        "observedGeneration phase conditions hostIP hostIPs podIP podIPs startTime initContainerStatuses containerStatuses qosClass",
    ),
    ("PodDisruptionBudget", "metadata spec status"),
    (
        "PodDisruptionBudgetSpec",
        "minAvailable selector maxUnavailable unhealthyPodEvictionPolicy",
    ),
    (
        "PodDisruptionBudgetStatus",
        "observedGeneration disruptedPods disruptionsAllowed currentHealthy desiredHealthy expectedPods conditions",
    ),
    ("ResourceQuota", "metadata spec status"),
    ("ResourceQuotaSpec", "hard"),
    ("LimitRange", "metadata spec"),
    ("LimitRangeSpec", "limits"),
    (
        "LimitRangeItem",
        "type max min default defaultRequest maxLimitRequestRatio",
    ),
    ("PriorityClass", "metadata value globalDefault"),
    ("RuntimeClass", "metadata handler overhead scheduling"),
    ("Overhead", "podFixed"),
    ("Scheduling", "nodeSelector tolerations"),
    (
        "Probe",
        "initialDelaySeconds periodSeconds successThreshold failureThreshold terminationGracePeriodSeconds",
    ),
    ("ProbeHandler", "exec httpGet tcpSocket grpc"),
    ("Lifecycle", "postStart preStop"),
    ("LifecycleHandler", "exec httpGet tcpSocket sleep"),
    ("ExecAction", "command"),
    ("HTTPGetAction", "port"),
    ("TCPSocketAction", "port"),
    ("GRPCAction", "port"),
    ("SleepAction", "seconds"),
    ("SecretVolumeSource", "secretName items optional"),
    ("ConfigMapVolumeSource", "items optional"),
    ("KeyToPath", "key path"),
    ("ProjectedVolumeSource", "sources"),
    ("VolumeProjection", "secret configMap"),
    ("SecretProjection", "items optional"),
    ("ConfigMapProjection", "items optional"),
    (
        "SecurityContext",
        "capabilities privileged runAsNonRoot allowPrivilegeEscalation seccompProfile",
    ),
    ("PodSecurityContext", "runAsNonRoot seccompProfile"),
    ("Capabilities", "drop"),
    ("SeccompProfile", "type"),
    ("Service", "metadata spec status"),
    (
        "ServiceSpec",
        "ports selector clusterIP clusterIPs type externalName publishNotReadyAddresses ipFamilies ipFamilyPolicy",
    ),
    ("ServicePort", "name protocol port targetPort nodePort"),
    ("ServiceSpec", "allocateLoadBalancerNodePorts"),
    ("EndpointSlice", "metadata addressType endpoints ports"),
    (
        "Endpoint",
        "addresses conditions hostname targetRef nodeName zone",
    ),
    ("EndpointConditions", "ready serving terminating"),
    ("EndpointPort", "name protocol port"),
    ("PersistentVolumeClaim", "metadata spec status"),
    (
        "PersistentVolumeClaimSpec",
        "accessModes selector resources volumeName storageClassName volumeMode volumeAttributesClassName",
    ),
    ("VolumeResourceRequirements", "requests"),
    (
        "PersistentVolumeClaimStatus",
        "phase accessModes capacity conditions",
    ),
    (
        "StorageClass",
        "metadata provisioner reclaimPolicy allowVolumeExpansion volumeBindingMode allowedTopologies",
    ),
    ("TopologySelectorTerm", "matchLabelExpressions"),
    ("TopologySelectorLabelRequirement", "key values"),
    ("VolumeAttachment", "metadata spec status"),
    ("VolumeAttachmentSpec", "attacher source nodeName"),
    (
        "VolumeAttachmentSource",
        "persistentVolumeName inlineVolumeSpec",
    ),
    ("Volume", "name"),
    (
        "VolumeSource",
        "hostPath emptyDir secret persistentVolumeClaim configMap projected ephemeral",
    ),
    ("PersistentVolumeClaimVolumeSource", "claimName readOnly"),
    ("EphemeralVolumeSource", "volumeClaimTemplate"),
    ("PersistentVolumeClaimTemplate", "metadata spec"),
    ("ValidatingWebhookConfiguration", "metadata webhooks"),
    (
        "ValidatingWebhook",
        "name clientConfig rules failurePolicy namespaceSelector objectSelector",
    ),
    ("MutatingWebhookConfiguration", "metadata webhooks"),
    (
        "MutatingWebhook",
        "name clientConfig rules failurePolicy namespaceSelector objectSelector",
    ),
    ("WebhookClientConfig", "url service"),
    ("ServiceReference", "namespace name path"),
    ("RuleWithOperations", "operations"),
    ("Rule", "apiGroups resources"),
    ("CustomResourceDefinition", "metadata spec status"),
    ("CustomResourceDefinitionSpec", "group names scope versions"),
    (
        "CustomResourceDefinitionNames",
        "plural singular shortNames kind listKind",
    ),
    (
        "CustomResourceDefinitionVersion",
        "name served storage additionalPrinterColumns",
    ),
    ("CustomResourceColumnDefinition", "name jsonPath priority"),
];

const UNSTARTED: Fields = &[
    ("Container", "workingDir stdin stdinOnce tty resizePolicy"),
    (
        "EphemeralContainerCommon",
        "workingDir stdin stdinOnce tty resizePolicy",
    ),
    ("ContainerResizePolicy", "resourceName restartPolicy"),
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

const UNSENT: Fields = &[
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

const UNOWNED: Fields = &[
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

const UNBUILT: Fields = &[
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

const IDLE: Fields = &[
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
        "dnsPolicy dnsConfig setHostnameAsFQDN preemptionPolicy resourceClaims hostnameOverride schedulingGroup evictionResponders",
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
    ("PriorityClass", "preemptionPolicy"),
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

/// Values of idle fields that say what is so anyway.
pub(super) const USUAL: &[(&str, &str, &[&str])] = &[
    (
        "PodSpec",
        "dnsPolicy",
        &["ClusterFirst", "ClusterFirstWithHostNet", "Default"],
    ),
    (
        "PodSpec",
        "preemptionPolicy",
        &["Never", "PreemptLowerPriority"],
    ),
    (
        "PriorityClass",
        "preemptionPolicy",
        &["Never", "PreemptLowerPriority"],
    ),
    ("ValidatingWebhook", "matchPolicy", &["Equivalent"]),
    ("MutatingWebhook", "matchPolicy", &["Equivalent"]),
    ("Rule", "scope", &["*"]),
];

/// Values of acting fields on which nothing acts.
pub(super) const UNUSUAL: &[(&str, &str, &str)] = &[
    (
        "TopologySpreadConstraint",
        "whenUnsatisfiable",
        "ScheduleAnyway",
    ),
    (
        "PersistentVolumeSpec",
        "persistentVolumeReclaimPolicy",
        "Recycle",
    ),
];
