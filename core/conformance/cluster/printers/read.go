package printers

import (
	"reflect"
	"strings"

	"statefulset.internal/conformance/cluster/objects"
	"statefulset.internal/conformance/draw"
)

var words = objects.Words{
	Read:       read,
	Quantities: []string{"1Gi", "100m", "2", "0"},
	Texts: map[string][]string{
		"JobCondition.type":                       {"Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet"},
		"CertificateSigningRequestCondition.type": {"Approved", "Denied", "Failed"},
		"Condition.type":                          {"Issued", "Denied", "Failed", "Running", "Succeeded", "Ready"},
		"FlowSchemaCondition.type":                {"Dangling", "Other"},
		"Subject.kind":                            {"User", "Group", "ServiceAccount", "Other"},
		"LabelSelectorRequirement.key":            {"a", "b", "c"},
		"LabelSelectorRequirement.operator":       {"In", "NotIn", "Exists", "DoesNotExist"},
	},
	Keys: map[string][]string{
		"annotations": {"ingressclass.kubernetes.io/is-default-class", "storageclass.kubernetes.io/is-default-class", "volume.beta.kubernetes.io/storage-class", "storageclass.beta.kubernetes.io/is-default-class"},
	},
	Shape: shape,
}

// shape makes what kubectl takes for granted.
func shape(m objects.Maker, kind reflect.Type, made objects.Object) {
	switch kind.Name() {
	case "LabelSelectorRequirement":
		for _, name := range []string{"key", "operator"} {
			made[name] = m.Value(reflect.TypeFor[string](), kind.Name(), name)
		}
		delete(made, "values")
		if operator := made["operator"]; operator == "In" || operator == "NotIn" {
			made["values"] = []any{draw.Pick(m.Choices, "a", "b", ""), draw.Pick(m.Choices, "a", "c")}[:1+m.Below(2)]
		}
	case "MetricSpec", "MetricStatus":
		// A metric has the source that its type names.
		source := draw.Pick(m.Choices, "Resource", "ContainerResource", "Pods", "Object", "External", "Odd")
		clear(made)
		made["type"] = source
		if field, ok := kind.FieldByName(source); ok {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			made[name] = m.Value(field.Type, kind.Name(), name)
		}
	case "CronJobSpec":
		if made["suspend"] == nil {
			made["suspend"] = false
		}
	}
}

// read are the fields of a type that kubectl's columns are made of. Of other types, all are.
var read = map[string][]string{
	"ObjectMeta":                     {"creationTimestamp", "deletionTimestamp", "labels", "annotations", "ownerReferences"},
	"OwnerReference":                 {"apiVersion", "kind", "name", "uid", "controller"},
	"PodSpec":                        {"containers", "initContainers", "nodeName", "readinessGates"},
	"Container":                      {"name", "image", "restartPolicy"},
	"PodStatus":                      {"phase", "reason", "conditions", "containerStatuses", "initContainerStatuses", "podIP", "podIPs", "nominatedNodeName"},
	"PodCondition":                   {"type", "status", "reason"},
	"ContainerStatus":                {"name", "ready", "started", "restartCount", "state", "lastState"},
	"StatefulSet":                    {"metadata", "spec", "status"},
	"StatefulSetSpec":                {"replicas", "template"},
	"PodTemplateSpec":                {"spec"},
	"StatefulSetStatus":              {"replicas", "readyReplicas"},
	"Service":                        {"metadata", "spec", "status"},
	"ServiceSpec":                    {"type", "clusterIP", "externalIPs", "externalName", "ports", "selector"},
	"ServicePort":                    {"port", "nodePort", "protocol"},
	"ServiceStatus":                  {"loadBalancer"},
	"LoadBalancerIngress":            {"ip", "hostname"},
	"NodeSpec":                       {"unschedulable"},
	"NodeStatus":                     {"conditions", "addresses", "nodeInfo"},
	"NodeSystemInfo":                 {"kubeletVersion", "osImage", "kernelVersion", "containerRuntimeVersion", "architecture"},
	"PersistentVolumeSpec":           {"capacity", "accessModes", "persistentVolumeReclaimPolicy", "claimRef", "storageClassName", "volumeAttributesClassName", "volumeMode"},
	"ObjectReference":                {"kind", "namespace", "name", "fieldPath"},
	"PersistentVolumeClaimSpec":      {"volumeName", "storageClassName", "volumeAttributesClassName", "volumeMode"},
	"PersistentVolumeClaimStatus":    {"phase", "accessModes", "capacity"},
	"StorageClass":                   {"metadata", "provisioner", "reclaimPolicy", "volumeBindingMode", "allowVolumeExpansion"},
	"ControllerRevision":             {"metadata", "revision"},
	"EndpointSlice":                  {"metadata", "addressType", "ports", "endpoints"},
	"Endpoint":                       {"addresses"},
	"EndpointPort":                   {"name", "port"},
	"PodDisruptionBudgetSpec":        {"minAvailable", "maxUnavailable"},
	"PodDisruptionBudgetStatus":      {"disruptionsAllowed"},
	"Secret":                         {"metadata", "data", "type"},
	"ServiceAccount":                 {"metadata", "secrets"},
	"VolumeAttachmentSource":         {"persistentVolumeName"},
	"ResourceQuota":                  {"metadata", "status"},
	"ValidatingWebhookConfiguration": {"metadata", "webhooks"},
	"ValidatingWebhook":              {"name"},
	"MutatingWebhookConfiguration":   {"metadata", "webhooks"},
	"MutatingWebhook":                {"name"},
	"Namespace":                      {"metadata", "status"},
	"NamespaceStatus":                {"phase"},
	"Event":                          {"metadata", "involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "count", "type", "eventTime", "series", "reportingComponent", "reportingInstance"},
	"PriorityClass":                  {"metadata", "value", "globalDefault", "preemptionPolicy"},
	"DeploymentSpec":                 {"replicas", "selector", "template"},
	"ReplicaSetSpec":                 {"replicas", "selector", "template"},
	"ReplicationControllerSpec":      {"replicas", "selector", "template"},
	"DaemonSetSpec":                  {"selector", "template"},
	"PodTemplate":                    {"metadata", "template"},
	"JobSpec":                        {"completions", "parallelism", "selector", "suspend", "template"},
	"JobStatus":                      {"conditions", "startTime", "completionTime", "succeeded"},
	"HorizontalPodAutoscalerSpec":    {"scaleTargetRef", "minReplicas", "maxReplicas", "metrics"},
	"HorizontalPodAutoscalerStatus":  {"currentMetrics", "currentReplicas"},
	"ResourceClaim":                  {"metadata", "status"},
	"ResourceSliceSpec":              {"nodeName", "driver", "pool"},
	"AllocationResult":               {"allocationTimestamp"},
}
