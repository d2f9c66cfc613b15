package printers

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	. "statefulset.internal/conformance/draw"
)

type object = map[string]any

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

// texts are what a field may say, by the type that it is in and its name, or by its name alone.
var texts = map[string][]string{
	"phase":                           {"Running", "Pending", "Succeeded", "Failed", "Unknown", "Active", "Terminating", "Bound", "Available", ""},
	"PodCondition.type":               {"Ready", "Initialized", "PodScheduled", "example.com/gate"},
	"PodCondition.reason":             {"", "SchedulingGated", "ContainersNotReady"},
	"PodStatus.reason":                {"", "NodeLost", "Evicted"},
	"NodeCondition.type":              {"Ready", "MemoryPressure"},
	"NodeAddress.type":                {"InternalIP", "ExternalIP", "Hostname"},
	"status":                          {"True", "False", "Unknown"},
	"ContainerStateWaiting.reason":    {"", "PodInitializing", "ContainerCreating", "CrashLoopBackOff"},
	"ContainerStateTerminated.reason": {"", "Completed", "Error", "OOMKilled"},
	"conditionType":                   {"example.com/gate", "example.com/other", "Ready"},
	"restartPolicy":                   {"Always"},
	"ServiceSpec.type":                {"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"},
	"ServiceSpec.clusterIP":           {"10.0.0.1", "None", "fd00::1"},
	"externalIPs":                     {"1.2.3.4", "1.2.3.5"},
	"podIP":                           {"1.1.1.1", "fd00::1"},
	"ip":                              {"1.1.1.1", "2.2.2.2", "fd00::1", ""},
	"hostname":                        {"", "lb.example.com", "a-rather-long-name.example.com"},
	"protocol":                        {"TCP", "UDP"},
	"accessModes":                     {"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"},
	"apiVersion":                      {"apps/v1", "v1", "example.com/v1"},
	"kind":                            {"StatefulSet", "Pod", "Deployment"},
	"message":                         {"", "started", " with spaces ", "two\nlines", "a\ttab", "größer als nötig"},
	"persistentVolumeReclaimPolicy":   {"Delete", "Retain"},
	"preemptionPolicy":                {"Never", "PreemptLowerPriority"},
	"JobCondition.type":               {"Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet"},
	"CertificateSigningRequestCondition.type": {"Approved", "Denied", "Failed"},
	"Condition.type":                    {"Issued", "Denied", "Failed", "Running", "Succeeded", "Ready"},
	"FlowSchemaCondition.type":          {"Dangling", "Other"},
	"Subject.kind":                      {"User", "Group", "ServiceAccount", "Other"},
	"LabelSelectorRequirement.key":      {"a", "b", "c"},
	"LabelSelectorRequirement.operator": {"In", "NotIn", "Exists", "DoesNotExist"},
}

// keys are those of maps.
var keys = map[string][]string{
	"labels":      {"node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/", "node-role.kubernetes.io/worker", "kubernetes.io/role", "app"},
	"annotations": {"ingressclass.kubernetes.io/is-default-class", "storageclass.kubernetes.io/is-default-class", "volume.beta.kubernetes.io/storage-class", "storageclass.beta.kubernetes.io/is-default-class"},
	"capacity":    {"storage", "cpu"},
	"hard":        {"cpu", "requests.cpu", "limits.cpu", "pods", "limits", "limits.memory"},
	"used":        {"cpu", "requests.cpu", "limits.cpu", "pods"},
}

// lasted are seconds. Each lies beside a border at which ages are told in another way.
var lasted = []int{0, 1, 59, 119, 120, 121, 180, 599, 600, 3600, 3 * 3600, 3*3600 + 60, 8*3600 - 1, 8 * 3600, 47 * 3600, 48 * 3600, 49 * 3600,
	8 * 86400, 700 * 86400, 729 * 86400, 731 * 86400, 800 * 86400, 8 * 365 * 86400, 9 * 365 * 86400, -1, -5}

// maker makes one object.
type maker struct {
	*Choices
	now time.Time
}

func (m maker) structure(kind reflect.Type) object {
	made := object{}
	wanted, chosen := read[kind.Name()]
	for i := range kind.NumField() {
		field := kind.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "" && (field.Anonymous || strings.Contains(options, "inline")):
			if field.Type.Name() != "TypeMeta" {
				for name, value := range m.structure(field.Type) {
					made[name] = value
				}
			}
		case name == "" || name == "-" || chosen && !slices.Contains(wanted, name):
		case name == "metadata" || name == "spec" || name == "status" && kind.Kind() == reflect.Struct && field.Type.Kind() == reflect.Struct:
			made[name] = m.value(field.Type, kind.Name(), name)
		case m.Below(3) > 0:
			made[name] = m.value(field.Type, kind.Name(), name)
		}
	}
	switch kind.Name() {
	case "LabelSelectorRequirement":
		made["key"], made["operator"] = m.value(reflect.TypeFor[string](), kind.Name(), "key"), m.value(reflect.TypeFor[string](), kind.Name(), "operator")
		delete(made, "values")
		if operator := made["operator"]; operator == "In" || operator == "NotIn" {
			made["values"] = []any{Pick(m.Choices, "a", "b", ""), Pick(m.Choices, "a", "c")}[:1+m.Below(2)]
		}
	case "MetricSpec", "MetricStatus":
		// A metric has the source that its type names.
		source := Pick(m.Choices, "Resource", "ContainerResource", "Pods", "Object", "External", "Odd")
		made = object{"type": source}
		for i := range kind.NumField() {
			if field := kind.Field(i); field.Name == source {
				name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
				made[name] = m.value(field.Type, kind.Name(), name)
			}
		}
	}
	if kind.Name() == "ContainerState" && len(made) > 1 {
		// A container is in one state.
		all := slices.Sorted(maps.Keys(made))
		one := all[m.Below(len(all))]
		made = object{one: made[one]}
	}
	return made
}

func (m maker) value(kind reflect.Type, holder, name string) any {
	for kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	switch kind.Name() {
	case "Quantity":
		return Pick(m.Choices, "1Gi", "100m", "2", "0")
	case "Time":
		return m.now.Add(-time.Duration(lasted[m.Below(len(lasted))]) * time.Second).UTC().Format(time.RFC3339)
	case "MicroTime":
		return m.now.Add(-time.Duration(lasted[m.Below(len(lasted))]) * time.Second).UTC().Format("2006-01-02T15:04:05.000000Z07:00")
	case "IntOrString":
		return Pick[any](m.Choices, 1.0, "25%", 0.0)
	case "RawExtension", "FieldsV1":
		return object{}
	}
	switch kind.Kind() {
	case reflect.Bool:
		return m.Once(2)
	case reflect.String:
		for _, key := range []string{holder + "." + name, name} {
			if known, ok := texts[key]; ok {
				return known[m.Below(len(known))]
			}
		}
		return Pick(m.Choices, "a", "b", "c", "")
	case reflect.Map:
		made := object{}
		known, ok := keys[name]
		if !ok {
			known = []string{"a", "b", "c"}
		}
		for range m.Some(4, 3) {
			text := m.value(kind.Elem(), holder, "value")
			if name == "annotations" {
				text = Pick[any](m.Choices, "true", "false", "")
			}
			made[known[m.Below(len(known))]] = text
		}
		return made
	case reflect.Slice:
		if kind.Elem().Kind() == reflect.Uint8 {
			return "YQ=="
		}
		made := []any{}
		for range m.Some(5, 3) {
			made = append(made, m.value(kind.Elem(), holder, name))
		}
		return made
	case reflect.Struct:
		return m.structure(kind)
	}
	return Pick(m.Choices, 0.0, 1.0, 2.0, 80.0, 137.0)
}

// generate makes an object of a kind, as an API server would have stored it.
func generate(c *Choices, kind reflect.Type, now time.Time) object {
	made := maker{c, now}.structure(kind)
	metadata := made["metadata"].(object)
	metadata["name"] = "it"
	// At most one of the owners is the controller.
	controller := false
	owners, _ := metadata["ownerReferences"].([]any)
	for _, owner := range owners {
		if owner := owner.(object); owner["controller"] == true {
			owner["controller"] = !controller
			controller = true
		}
	}
	if spec, ok := made["spec"].(object); ok && kind.Name() == "Service" {
		if address, ok := spec["clusterIP"]; ok {
			spec["clusterIPs"] = []any{address}
		}
		if _, ok := spec["type"]; !ok {
			spec["type"] = "ClusterIP"
		}
		ports, _ := spec["ports"].([]any)
		for _, port := range ports {
			if port := port.(object); port["protocol"] == nil {
				port["protocol"] = "TCP"
			}
		}
	}
	if status, ok := made["status"].(object); ok && kind.Name() == "Pod" && status["podIP"] != nil {
		status["podIPs"] = []any{object{"ip": status["podIP"]}}
	}
	if spec, ok := made["spec"].(object); ok && kind.Name() == "CronJob" && spec["suspend"] == nil {
		spec["suspend"] = false
	}
	if plain[kind.Name()] && metadata["creationTimestamp"] == nil {
		metadata["creationTimestamp"] = now.UTC().Format(time.RFC3339)
	}
	if kind.Name() == "PriorityClass" && made["preemptionPolicy"] == nil {
		made["preemptionPolicy"] = "PreemptLowerPriority"
	}
	return made
}

// typed reads the object into its Go type.
func typed(made object, into any) error {
	text, err := json.Marshal(made)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	return nil
}
