package describe

import (
	"strings"

	"statefulset.internal/conformance/cluster/objects"
)

// read are the fields that kubectl describes, and those that what it describes follows from. Of other types, all are.
var read = map[string][]string{
	"ObjectMeta":                    {"creationTimestamp", "deletionTimestamp", "labels", "annotations", "ownerReferences", "finalizers"},
	"OwnerReference":                {"apiVersion", "kind", "name", "uid", "controller"},
	"PodSpec":                       {"containers", "initContainers", "ephemeralContainers", "nodeName", "readinessGates", "priority", "priorityClassName", "runtimeClassName", "serviceAccountName", "securityContext", "volumes", "nodeSelector", "tolerations", "topologySpreadConstraints", "resources", "schedulingGroup"},
	"PodSecurityContext":            {"seccompProfile"},
	"SecurityContext":               {"seccompProfile"},
	"TopologySpreadConstraint":      {"maxSkew", "topologyKey", "whenUnsatisfiable", "labelSelector"},
	"Container":                     {"name", "image", "restartPolicy", "ports", "command", "args", "resources", "livenessProbe", "readinessProbe", "startupProbe", "env", "envFrom", "volumeMounts", "volumeDevices", "securityContext"},
	"EphemeralContainerCommon":      {"name", "image", "command", "env"},
	"EphemeralContainer":            {},
	"Probe":                         {"initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"},
	"HTTPGetAction":                 {"scheme", "host", "port", "path"},
	"VolumeMount":                   {"name", "readOnly", "mountPath", "subPath"},
	"ResourceRequirements":          {"limits", "requests"},
	"EnvVarSource":                  {"fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef"},
	"ConfigMapVolumeSource":         {"name", "optional"},
	"SecretVolumeSource":            {"secretName", "optional"},
	"ConfigMapProjection":           {"name", "optional"},
	"SecretProjection":              {"name", "optional"},
	"ServiceAccountTokenProjection": {"expirationSeconds"},
	"DownwardAPIProjection":         {},
	"DownwardAPIVolumeSource":       {"items"},
	"VolumeProjection":              {"secret", "downwardAPI", "configMap", "serviceAccountToken"},
	"PodStatus":                     {"phase", "reason", "message", "hostIP", "startTime", "qosClass", "conditions", "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses", "podIP", "podIPs", "nominatedNodeName"},
	"PodCondition":                  {"type", "status"},
	"ContainerStatus":               {"name", "ready", "restartCount", "state", "lastState", "containerID", "imageID"},
	"StatefulSet":                   {"metadata", "spec", "status"},
	"StatefulSetSpec":               {"replicas", "template", "selector", "serviceName", "podManagementPolicy", "updateStrategy", "persistentVolumeClaimRetentionPolicy", "volumeClaimTemplates"},
	"PodTemplateSpec":               {"metadata", "spec"},
	"StatefulSetStatus":             {"replicas"},
	"Service":                       {"metadata", "spec", "status"},
	"ServiceStatus":                 {"loadBalancer"},
	"LoadBalancerIngress":           {"ip", "hostname", "ipMode"},
	"NodeSpec":                      {"unschedulable", "taints", "podCIDR", "podCIDRs", "providerID"},
	"NodeStatus":                    {"conditions", "addresses", "nodeInfo", "capacity", "allocatable"},
	"Taint":                         {"key", "value", "effect"},
	"PersistentVolumeClaimSpec":     {"volumeName", "storageClassName", "volumeMode", "accessModes", "resources", "dataSource"},
	"PersistentVolumeClaimStatus":   {"phase", "accessModes", "capacity", "conditions"},
	"PersistentVolumeSpec":          {"capacity", "accessModes", "persistentVolumeReclaimPolicy", "claimRef", "storageClassName", "volumeMode", "nodeAffinity"},
	"ObjectReference":               {"kind", "namespace", "name"},
	"NodeSelectorTerm":              {"matchExpressions"},
	"EndpointSlice":                 {"metadata", "addressType", "ports", "endpoints"},
	"Endpoint":                      {"addresses", "conditions", "hostname", "targetRef", "nodeName", "zone"},
	"EndpointPort":                  {"name", "port", "protocol"},
	"PodDisruptionBudgetSpec":       {"minAvailable", "maxUnavailable", "selector"},
	"PodDisruptionBudgetStatus":     {"disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"},
	"Secret":                        {"metadata", "data", "type"},
	"ConfigMap":                     {"metadata", "data", "binaryData"},
	"ServiceAccount":                {"metadata", "imagePullSecrets"},
	"PriorityClass":                 {"metadata", "value", "globalDefault", "preemptionPolicy", "description"},
	"ResourceQuota":                 {"metadata", "spec", "status"},
	"ResourceQuotaSpec":             {"scopes"},
	"Namespace":                     {"metadata", "status"},
	"Event":                         {"metadata", "involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "count", "type", "eventTime", "series", "reportingComponent"},
	"ValidatingWebhook":             {"name", "rules", "sideEffects", "timeoutSeconds"},
	"MutatingWebhook":               {"name", "rules", "sideEffects"},
}

// always are the fields that kubectl takes for granted: it would end in a crash where an API server had not filled them in.
const always = "PodStatus.qosClass StatefulSetSpec.replicas SeccompProfile.localhostProfile GRPCAction.service PodSchedulingGroup.podGroupName " +
	"ServiceAccountTokenProjection.expirationSeconds EndpointPort.name EndpointPort.port EndpointPort.protocol PriorityClass.preemptionPolicy " +
	"AzureDiskVolumeSource.kind AzureDiskVolumeSource.fsType AzureDiskVolumeSource.cachingMode AzureDiskVolumeSource.readOnly"

var words = objects.Words{
	Read:       read,
	Always:     map[string]bool{},
	Quantities: []string{"1Gi", "100m", "2", "0", "1536Mi", "250m", "3k", "1500m", "1M", "64Ki", "1500Ki", "12e6"},
	Texts: map[string][]string{
		"scopes":                            {"Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass"},
		"Secret.type":                       {"Opaque", "kubernetes.io/service-account-token"},
		"data.value":                        {"", "a", "two\nlines", "größer"},
		"ipFamilies":                        {"IPv4", "IPv6"},
		"message":                           {"", "started", " with spaces ", "größer als nötig", "it is said in\ntwo lines", "\x1b[31mred\r"},
		"annotations.value":                 {"true", "", "two\nlines", "ends\n", "a\n\nb\n\n", strings.Repeat("long ", 26), strings.Repeat("l", 138), strings.Repeat("l", 137) + "ö", strings.Repeat("x", 150) + "\ny"},
		"command":                           {"sh", "-c", "sleep 1\nsleep 2\n", ""},
		"args":                              {"a", "b c", "\n", "x\ty"},
		"EnvVar.name":                       {"A", "LONGER_NAME", "B"},
		"EnvVar.value":                      {"", "a", "one\ntwo", "ends\n"},
		"fieldPath":                         {"metadata.name", "metadata.namespace", "metadata.uid", "metadata.labels", "metadata.annotations", "metadata.labels['app']", "metadata.annotations['a']", "spec.nodeName", "status.podIP", "spec.serviceAccountName", "nonsense"},
		"ObjectFieldSelector.apiVersion":    {"v1", ""},
		"ResourceFieldSelector.resource":    {"limits.cpu", "limits.memory", "requests.cpu", "requests.memory", "limits.ephemeral-storage", "requests.ephemeral-storage", "requests.hugepages-2Mi", "nonsense"},
		"SeccompProfile.type":               {"RuntimeDefault", "Localhost", "Unconfined"},
		"Container.name":                    {"a", "b", "c"},
		"ContainerStatus.name":              {"a", "b", "c"},
		"HTTPGetAction.scheme":              {"HTTP", "HTTPS", ""},
		"HTTPGetAction.path":                {"/", "/healthz", "/a b?c=d", "", "relative"},
		"HTTPGetAction.host":                {"", "1.2.3.4", "fd00::1", "example.com"},
		"mountPath":                         {"/a", "/b", "/c/d", "/var/run"},
		"subPath":                           {"", "a", "a \"quoted\"", "größer"},
		"devicePath":                        {"/dev/a", "/dev/b"},
		"whenUnsatisfiable":                 {"DoNotSchedule", "ScheduleAnyway"},
		"effect":                            {"", "NoSchedule", "NoExecute"},
		"Toleration.operator":               {"Exists", "Equal", ""},
		"LabelSelectorRequirement.operator": {"In", "NotIn", "Exists", "DoesNotExist"},
		"NodeSelectorRequirement.operator":  {"In", "NotIn", "Exists", "DoesNotExist", "Gt"},
		"key":                               {"app", "zone", "example.com/a"},
		"values":                            {"a", "b", "c"},
		"qosClass":                          {"Guaranteed", "Burstable", "BestEffort"},
		"podManagementPolicy":               {"OrderedReady", "Parallel"},
		"ServiceSpec.externalName":          {"", "example.com"},
		"addresses":                         {"1.2.3.4", "fd00::1", "1.2.3.5"},
		"protocol":                          {"TCP", "UDP"},
		"PodStatus.phase":                   {"Running", "Pending", "Succeeded", "Failed"},
		"Event.type":                        {"Normal", "Warning"},
		"ownerReferences.kind":              {"StatefulSet", "Pod"},
	},
	Keys: map[string][]string{
		"data":        {"token", "a", "b.conf"},
		"annotations": {"a", "kubectl.kubernetes.io/last-applied-configuration", "example.com/b", "volume.beta.kubernetes.io/storage-class", "storageclass.kubernetes.io/is-default-class"},
		"capacity":    {"storage", "cpu", "memory", "pods"},
		"allocatable": {"ephemeral-storage", "pods", "hugepages-2Mi", "example.com/gpu", "hugepages-1Gi"},
		"limits":      {"cpu", "memory", "storage", "ephemeral-storage", "hugepages-2Mi"},
		"requests":    {"cpu", "memory", "storage", "ephemeral-storage", "hugepages-2Mi", "example.com/gpu"},
	},
}

func init() {
	for _, field := range strings.Fields(always) {
		words.Always[field] = true
	}
}

// beside are the pods that something else is described with.
var beside = objects.Words{
	Read: map[string][]string{
		"ObjectMeta":           {"creationTimestamp", "labels", "ownerReferences"},
		"OwnerReference":       {"kind", "uid", "controller"},
		"PodSpec":              {"containers", "initContainers", "nodeName", "volumes", "resources", "overhead"},
		"Container":            {"resources", "restartPolicy"},
		"ResourceRequirements": {"limits", "requests"},
		"VolumeSource":         {"persistentVolumeClaim"},
		"PodStatus":            {"phase"},
	},
	Texts: map[string][]string{
		"PodSpec.nodeName": {"it", "other"}, "claimName": {"it", "other"}, "PodStatus.phase": {"Running", "Pending", "Succeeded", "Failed"},
		"OwnerReference.uid": {"u-it", "u-other"}, "OwnerReference.kind": {"StatefulSet", "Pod"},
	},
	Keys:       map[string][]string{"limits": words.Keys["limits"], "requests": words.Keys["requests"], "overhead": {"cpu", "memory"}},
	Quantities: words.Quantities,
}
