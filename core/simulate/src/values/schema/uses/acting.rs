//! The fields on which something acts.

use super::Fields;

pub(super) const ACTING: Fields = &[
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
        "name image command args ports envFrom env resources resizePolicy restartPolicy volumeMounts livenessProbe readinessProbe \
         startupProbe lifecycle securityContext",
    ),
    ("ContainerResizePolicy", "resourceName restartPolicy"),
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
         topologySpreadConstraints schedulingGates resources preemptionPolicy",
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
    (
        "PriorityClass",
        "metadata value globalDefault preemptionPolicy",
    ),
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
    ("VolumeAttachmentStatus", "attached"),
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
