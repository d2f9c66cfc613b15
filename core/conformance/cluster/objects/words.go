package objects

import "reflect"

// Words say what the objects of one judge consist of.
type Words struct {
	// Read are the fields of a type that are made. Of types that are not in it, all are.
	Read map[string][]string
	// Always are the fields that an API server leaves in no object out, as `Type.field`.
	Always map[string]bool
	// Texts and Keys stand above those that all judges share.
	Texts, Keys map[string][]string
	Quantities  []string
	// Shape puts the fields of a struct right that depend on each other. It may be nil.
	Shape func(m Maker, kind reflect.Type, made Object)
}

// one are the types of which an object has one field.
var one = map[string]bool{"ContainerState": true, "VolumeSource": true, "PersistentVolumeSource": true, "EnvVarSource": true, "VolumeProjection": true, "ProbeHandler": true}

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
	"annotations.value":               {"true", "false", ""},
	"preemptionPolicy":                {"Never", "PreemptLowerPriority"},
}

// keys are those of maps.
var keys = map[string][]string{
	"labels":      {"node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/", "node-role.kubernetes.io/worker", "kubernetes.io/role", "app"},
	"annotations": {"storageclass.kubernetes.io/is-default-class", "volume.beta.kubernetes.io/storage-class", "storageclass.beta.kubernetes.io/is-default-class"},
	"capacity":    {"storage", "cpu"},
	"hard":        {"cpu", "requests.cpu", "limits.cpu", "pods", "limits", "limits.memory"},
	"used":        {"cpu", "requests.cpu", "limits.cpu", "pods"},
}
