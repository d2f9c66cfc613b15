package conformance

import "strings"

// manifestField is a field of a StatefulSet and the values that it may be given.
type manifestField struct {
	path  string
	value func(*Choices) any
}

// wordFields are a field that is one of these. The empty text and nothing at all are always among them.
func wordFields(path string, known ...string) manifestField {
	known = append(known, "", "Odd")
	return manifestField{path, func(c *Choices) any {
		if c.Once(10) {
			return nil
		}
		return known[c.Below(len(known))]
	}}
}

func numberFields(path string, known ...int) manifestField {
	return manifestField{path, func(c *Choices) any {
		if c.Once(10) {
			return nil
		}
		return known[c.Below(len(known))]
	}}
}

func flagFields(path string) manifestField { return valueFields(path, true, false, nil) }

func valueFields(path string, known ...any) manifestField {
	return manifestField{path, func(c *Choices) any { return fresh(known[c.Below(len(known))]) }}
}

// fresh is a copy, so that a change of one set is none of the table.
func fresh(value any) any {
	if value == nil {
		return nil
	}
	return copyOf(map[string]any{"it": value})["it"]
}

type object = map[string]any

type list = []any

var (
	long63  = strings.Repeat("a", 64)
	long253 = strings.Repeat("a", 60) + strings.Repeat(".b", 100)
)

func nameFields(path string) manifestField {
	return wordFields(path, "web", "other", "a.b", "Web", "-a", "a-", "a_b", "a b", long63, long253, "1", "a..b", "example.com/a")
}

func keyFields(path string) manifestField {
	return wordFields(path, "app", "example.com/app", "/app", "a/b/c", "Example/app", "-a", "a b", long63, "example.com/", long253+"/a", "a..b/c", "kubernetes.io/hostname")
}

func labelFields(path string) manifestField {
	return valueFields(path, object{"app": "web"}, object{"app": "web", "tier": "db"}, object{"app": "other"}, object{}, nil, object{"a b": "web"}, object{"app": "-"},
		object{"app": long63}, object{"a/b/c": "", "app": "web"}, object{"/x": "y"}, object{"app": ""})
}

func selectorFields(path string) []manifestField {
	at := path + "/matchExpressions/0/"
	return []manifestField{
		labelFields(path + "/matchLabels"),
		valueFields(path, object{}, nil, object{"matchLabels": object{"app": "web"}}, object{"matchLabels": object{"tier": "db"}}),
		keyFields(at + "key"), wordFields(at+"operator", "In", "NotIn", "Exists", "DoesNotExist", "Gt", "in"),
		valueFields(at+"values", list{"web"}, list{}, nil, list{"web", "db"}, list{"a b"}, list{""}),
	}
}

func quantityFields(path string) manifestField {
	return valueFields(path, "1Gi", "1024Mi", "0", "-1", "1", 2, "1.5", "0.0001", "1e3", "1E3", "+5", "+1Gi", "010Mi", "100m", "1500m", "3Ki", "1.5Gi", "99Ei", "12n", "1000k", "0.5Gi", "1e-3")
}

func amountFields(path string) []manifestField {
	var all []manifestField
	for _, name := range []string{"cpu", "memory", "ephemeral-storage", "storage", "pods", "hugepages-2Mi", "hugepages-odd", "example.com~gpu", "kubernetes.io~x", "requests.example.com~x", "odd", "a b"} {
		for _, kind := range []string{"limits", "requests"} {
			all = append(all, quantityFields(path+"/"+kind+"/"+name))
		}
	}
	return append(all, valueFields(path, object{}, nil), valueFields(path+"/claims", list{object{"name": "gpu"}}, list{object{"name": "gpu"}, object{"name": "gpu"}}, list{object{"name": ""}},
		list{object{"name": "gpu", "request": "a"}, object{"name": "gpu", "request": "a"}}, list{object{"name": "gpu", "request": "A"}, object{"name": "gpu"}}))
}

func probeFields(path string) []manifestField {
	all := []manifestField{valueFields(path, object{}, nil, object{"exec": object{"command": list{"true"}}}, object{"httpGet": object{"port": 80}})}
	for _, field := range []string{"initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold", "terminationGracePeriodSeconds"} {
		all = append(all, numberFields(path+"/"+field, 1, 0, -1, 2))
	}
	return append(append(all, handlerFields(path)...), numberFields(path+"/grpc/port", 80, 0, -1, 70000), wordFields(path+"/grpc/service", "s"))
}

func handlerFields(path string) []manifestField {
	return []manifestField{
		valueFields(path+"/exec", object{}, object{"command": list{}}, object{"command": list{"a"}}, nil),
		valueFields(path+"/tcpSocket/port", 80, 0, "http", "", "-a", "0", "a--b", strings.Repeat("a", 16), 65536),
		valueFields(path+"/httpGet/port", 80, 0, "http", "Http", -1),
		wordFields(path+"/httpGet/path", "/", "x"), wordFields(path+"/httpGet/scheme", "HTTP", "HTTPS", "http"),
		valueFields(path+"/httpGet/httpHeaders", list{object{"name": "A", "value": "b"}}, list{object{"name": "a b", "value": ""}}, list{object{"name": ""}}),
	}
}

func containerFields(path string) []manifestField {
	all := []manifestField{
		nameFields(path + "/name"),
		wordFields(path+"/image", "nginx", "nginx:latest", "nginx:1.27", "nginx@sha256:"+strings.Repeat("a", 64), "Nginx", " ", "a:5000/b", "nginx:latest@sha256:"+strings.Repeat("a", 64), "localhost/x", "a//b", strings.Repeat("a", 64)),
		wordFields(path+"/imagePullPolicy", "Always", "IfNotPresent", "Never"),
		wordFields(path+"/terminationMessagePolicy", "File", "FallbackToLogsOnError"), wordFields(path+"/terminationMessagePath", "/x"),
		wordFields(path+"/restartPolicy", "Always", "Never", "OnFailure"),
		valueFields(path+"/restartPolicyRules", list{object{"action": "Restart", "exitCodes": object{"operator": "In", "values": list{1}}}}, list{object{"action": "Odd"}},
			list{object{"action": "RestartAllContainers", "exitCodes": object{"operator": "Odd"}}}, list{}),
		valueFields(path+"/resizePolicy", list{object{"resourceName": "cpu", "restartPolicy": "NotRequired"}}, list{object{"resourceName": "cpu", "restartPolicy": "RestartContainer"}, object{"resourceName": "cpu", "restartPolicy": "Odd"}},
			list{object{"resourceName": "disk", "restartPolicy": ""}}, list{object{"resourceName": "", "restartPolicy": "NotRequired"}}),
		valueFields(path+"/lifecycle", object{}, object{"preStop": object{}}, object{"postStart": object{"sleep": object{"seconds": 5}}}, object{"preStop": object{"sleep": object{"seconds": 50}}},
			object{"preStop": object{"sleep": object{"seconds": -1}, "exec": object{"command": list{"a"}}}}, nil),
	}
	for place := range 2 {
		port := path + "/ports/" + string(rune('0'+place))
		all = append(all,
			wordFields(port+"/name", "http", "metrics", "-a", "0", "a--b", "HTTP", strings.Repeat("a", 16)), numberFields(port+"/containerPort", 80, 0, -1, 65536, 443),
			numberFields(port+"/hostPort", 80, 0, -1, 65536, 443), wordFields(port+"/protocol", "TCP", "UDP", "SCTP"), wordFields(port+"/hostIP", "10.0.0.1"))
		variable := path + "/env/" + string(rune('0'+place))
		all = append(all,
			wordFields(variable+"/name", "A", "a=b", "1", "ä", "a b", "..", "\t"), wordFields(variable+"/value", "x"),
			valueFields(variable+"/valueFrom", object{}, nil, object{"fieldRef": object{"fieldPath": "metadata.name"}}, object{"fieldRef": object{"fieldPath": "metadata.name"}, "secretKeyRef": object{"name": "a", "key": "b"}}),
			valueFields(variable+"/valueFrom/fieldRef", object{"fieldPath": "metadata.labels['a']"}, object{"fieldPath": "metadata.annotations['A b']"}, object{"fieldPath": "spec.host"}, object{"fieldPath": "status.phase"},
				object{"fieldPath": "odd"}, object{"fieldPath": "spec.x['a']"}, object{"fieldPath": "metadata.name", "apiVersion": "v2"}, object{"fieldPath": ""}, object{"fieldPath": "['a']"}, object{"fieldPath": "metadata.labels['']"}),
			valueFields(variable+"/valueFrom/resourceFieldRef", object{"resource": "limits.cpu"}, object{"resource": "limits.cpu", "divisor": "1m"}, object{"resource": "limits.cpu", "divisor": "2"}, object{"resource": "requests.memory", "divisor": "1Mi"},
				object{"resource": "requests.memory", "divisor": "1024Ki"}, object{"resource": "limits.hugepages-2Mi", "divisor": "3"}, object{"resource": "odd"}, object{"resource": ""}, object{"resource": "limits.ephemeral-storage", "divisor": "0"}),
			valueFields(variable+"/valueFrom/configMapKeyRef", object{"name": "a", "key": "b"}, object{"name": "", "key": ""}, object{"name": "A", "key": "a b"}, object{"name": "a", "key": ".."}, object{"name": "a", "key": "..x"}, object{"name": "a", "key": "."}),
			valueFields(variable+"/valueFrom/fileKeyRef", object{"volumeName": "empty", "path": "a", "key": "A"}, object{"volumeName": "secret", "path": "../a", "key": "="}, object{}, object{"volumeName": "A", "path": "a", "key": "A"}))
		mount := path + "/volumeMounts/" + string(rune('0'+place))
		all = append(all,
			wordFields(mount+"/name", "data", "log", "empty", "secret"), wordFields(mount+"/mountPath", "/data", "/a", "b"), wordFields(mount+"/subPath", "a", "/a", "../a", "a/../b", "..a"),
			wordFields(mount+"/subPathExpr", "$(A)", "/a", "..", "a"), wordFields(mount+"/mountPropagation", "None", "HostToContainer", "Bidirectional"), flagFields(mount+"/readOnly"),
			wordFields(mount+"/recursiveReadOnly", "Disabled", "Enabled", "IfPossible"))
		device := path + "/volumeDevices/" + string(rune('0'+place))
		all = append(all, wordFields(device+"/name", "data", "log", "empty"), wordFields(device+"/devicePath", "/dev/a", "/data", "..", "/a/../b"))
		source := path + "/envFrom/" + string(rune('0'+place))
		all = append(all, wordFields(source+"/prefix", "A_", "a=", "1"), valueFields(source+"/configMapRef", object{"name": "a"}, object{"name": ""}, object{"name": "A"}, object{"name": "a-"}, nil), valueFields(source+"/secretRef", object{"name": "a"}, object{"name": ""}, object{"name": "A."}, nil))
	}
	for _, probe := range []string{"livenessProbe", "readinessProbe", "startupProbe"} {
		all = append(all, probeFields(path+"/"+probe)...)
	}
	for _, hook := range []string{"preStop", "postStart"} {
		all = append(all, handlerFields(path+"/lifecycle/"+hook)...)
	}
	all = append(all, amountFields(path+"/resources")...)
	context := path + "/securityContext"
	return append(append(all, profileFields(context)...), flagFields(context+"/privileged"), flagFields(context+"/allowPrivilegeEscalation"), wordFields(context+"/procMount", "Default", "Unmasked"), numberFields(context+"/runAsUser", 0, -1, 1<<31),
		numberFields(context+"/runAsGroup", 0, -1, 1<<31), valueFields(context+"/capabilities", object{"add": list{"CAP_SYS_ADMIN"}}, object{"add": list{"SYS_ADMIN"}}, object{}))
}

func profileFields(context string) []manifestField {
	local := []any{object{"type": "Localhost"}, object{"type": "RuntimeDefault"}, object{"type": "Odd"}, object{"type": ""}, object{"type": "Localhost", "localhostProfile": "a"}, object{"type": "Localhost", "localhostProfile": "/../a"},
		object{"type": "Unconfined", "localhostProfile": "a"}, object{"type": "Localhost", "localhostProfile": " a"}, object{"type": "Localhost", "localhostProfile": ""}, nil}
	return []manifestField{valueFields(context+"/seccompProfile", local...), valueFields(context+"/appArmorProfile", local...)}
}

func volumeFields(path string) []manifestField {
	files := []any{list{object{"key": "a", "path": "b"}}, list{object{"key": "", "path": ""}}, list{object{"key": "a", "path": "../b", "mode": 512}}, list{object{"key": "a", "path": "/b", "mode": -1}}, list{object{"key": "a", "path": "..b", "mode": 511}}}
	downward := []any{list{object{"path": "a", "fieldRef": object{"fieldPath": "metadata.labels"}}}, list{object{"path": "", "fieldRef": object{"fieldPath": "spec.nodeName"}}}, list{object{"path": "/a"}},
		list{object{"path": "a", "resourceFieldRef": object{"resource": "limits.cpu", "divisor": "1000m"}}}, list{object{"path": "a", "mode": 512, "fieldRef": object{"fieldPath": "metadata.name"}, "resourceFieldRef": object{"resource": "limits.cpu", "containerName": "main"}}}}
	var all []manifestField
	for place, name := range []string{"empty", "secret", "data"} {
		volume := path + "/" + string(rune('0'+place))
		all = append(all,
			wordFields(volume+"/name", name, "data", "empty", "A", "a.b", long63),
			valueFields(volume+"/emptyDir", object{}, object{"sizeLimit": "1024Mi"}, object{"sizeLimit": "-1"}, object{"medium": "Memory"}, nil),
			valueFields(volume+"/hostPath", object{"path": "/a"}, object{"path": ""}, object{"path": "/../a", "type": "Odd"}, object{"path": "/a", "type": "Directory"}, nil),
			valueFields(volume+"/secret", object{"secretName": "a"}, object{}, object{"secretName": "a", "defaultMode": 512}, nil), valueFields(volume+"/secret/items", files...),
			valueFields(volume+"/configMap", object{"name": "a"}, object{}, object{"name": "a", "defaultMode": -1}, nil), valueFields(volume+"/configMap/items", files...),
			valueFields(volume+"/persistentVolumeClaim", object{"claimName": "a"}, object{"claimName": ""}, nil),
			valueFields(volume+"/nfs", object{"server": "a", "path": "/b"}, object{"server": "", "path": ""}, object{"server": "a", "path": "b"}),
			valueFields(volume+"/downwardAPI", object{}, object{"defaultMode": 1000}, nil), valueFields(volume+"/downwardAPI/items", downward...),
			valueFields(volume+"/csi", object{"driver": "a.b"}, object{"driver": ""}, object{"driver": "A_"}, object{"driver": "a", "nodePublishSecretRef": object{"name": ""}}, object{"driver": long63, "nodePublishSecretRef": object{"name": "A"}}),
			valueFields(volume+"/image", object{"reference": "nginx"}, object{}, object{"reference": "nginx:1", "pullPolicy": "Odd"}),
			valueFields(volume+"/ephemeral", object{}, object{"volumeClaimTemplate": object{"metadata": object{"labels": object{"a": "b"}}, "spec": object{"accessModes": list{"ReadWriteOnce"}, "resources": object{"requests": object{"storage": "1024Mi"}}}}},
				object{"volumeClaimTemplate": object{"metadata": object{"name": "x", "labels": object{"a": "-"}}, "spec": object{}}}, nil),
			valueFields(volume+"/projected", object{}, object{"sources": list{}}, object{"defaultMode": 512}, object{"sources": list{object{"serviceAccountToken": object{"path": "a"}}, object{"secret": object{"name": ""}, "configMap": object{"name": "a"}}}},
				object{"sources": list{object{"serviceAccountToken": object{"path": "../a", "expirationSeconds": 599}}, object{"serviceAccountToken": object{"path": "", "expirationSeconds": 1 << 33}}}},
				object{"sources": list{object{"secret": object{"name": "a", "items": files[0]}}, object{"configMap": object{"name": "b", "items": files[0]}}, object{"downwardAPI": object{"items": downward[0]}}, object{"downwardAPI": object{"items": downward[0]}}}}))
	}
	for place := range 2 {
		all = append(all, storageFields(path+"/"+string(rune('0'+place)))...)
	}
	return append(all, certificateFields(path+"/1/projected/sources")...)
}

func placementFields(path string) []manifestField {
	var all []manifestField
	all = append(all, labelFields(path+"/nodeSelector"))
	for place := range 2 {
		toleration := path + "/tolerations/" + string(rune('0'+place))
		all = append(all, keyFields(toleration+"/key"), wordFields(toleration+"/operator", "Exists", "Equal", "Lt"), wordFields(toleration+"/value", "a", "a b"), wordFields(toleration+"/effect", "NoSchedule", "PreferNoSchedule", "NoExecute"), numberFields(toleration+"/tolerationSeconds", 1, -1, 0))
		spread := path + "/topologySpreadConstraints/" + string(rune('0'+place))
		all = append(all, numberFields(spread+"/maxSkew", 1, 0, -1), keyFields(spread+"/topologyKey"), wordFields(spread+"/whenUnsatisfiable", "DoNotSchedule", "ScheduleAnyway"), numberFields(spread+"/minDomains", 1, 0, -1),
			wordFields(spread+"/nodeAffinityPolicy", "Honor", "Ignore"), wordFields(spread+"/nodeTaintsPolicy", "Honor", "Ignore"), valueFields(spread+"/matchLabelKeys", list{"app"}, list{"a b"}, list{"app", "app"}, list{}))
		all = append(all, selectorFields(spread+"/labelSelector")...)
	}
	required, preferred := "/requiredDuringSchedulingIgnoredDuringExecution", "/preferredDuringSchedulingIgnoredDuringExecution/0"
	for _, kind := range []string{"podAffinity", "podAntiAffinity"} {
		for _, term := range []string{required + "/0", preferred + "/podAffinityTerm"} {
			term := path + "/affinity/" + kind + term
			all = append(all, keyFields(term+"/topologyKey"), valueFields(term+"/namespaces", list{"default"}, list{"A"}, list{""}), valueFields(term+"/matchLabelKeys", list{"app"}, list{"a b"}), valueFields(term+"/mismatchLabelKeys", list{"app"}, list{"tier"}))
			all = append(append(all, selectorFields(term+"/labelSelector")...), selectorFields(term+"/namespaceSelector")...)
		}
		all = append(all, numberFields(path+"/affinity/"+kind+preferred+"/weight", 1, 0, 101, 100))
	}
	node := path + "/affinity/nodeAffinity"
	all = append(all, valueFields(node+required, object{}, object{"nodeSelectorTerms": list{}}, object{"nodeSelectorTerms": list{object{}}}, nil), numberFields(node+preferred+"/weight", 1, 0, 101, 100))
	for _, term := range []string{required + "/nodeSelectorTerms/0", preferred + "/preference"} {
		for _, kind := range []string{"matchExpressions", "matchFields"} {
			requirement := node + term + "/" + kind + "/0"
			all = append(all, wordFields(requirement+"/key", "app", "a b", "metadata.name"), wordFields(requirement+"/operator", "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"), valueFields(requirement+"/values", list{"a"}, list{}, list{"a", "b"}, list{"a b"}, nil))
		}
	}
	return all
}

func claimFields(path string) []manifestField {
	spec := path + "/spec"
	all := []manifestField{
		nameFields(path + "/metadata/name"), labelFields(path + "/metadata/labels"), wordFields(path+"/status/phase", "Bound", "Pending"), wordFields(path+"/kind", "PersistentVolumeClaim"), wordFields(path+"/apiVersion", "v1"),
		valueFields(path+"/metadata/annotations", object{"a b": "c"}, object{"a": "b"}, nil),
		valueFields(spec+"/accessModes", list{"ReadWriteOnce"}, list{}, nil, list{"ReadWriteOncePod", "ReadWriteOnce"}, list{"ReadWriteOncePod"}, list{"Odd", "ReadOnlyMany"}, list{"ReadWriteMany", "ReadWriteOncePod"}, list{"Odd", "ReadWriteOncePod"}),
		quantityFields(spec + "/resources/requests/storage"), quantityFields(spec + "/resources/limits/storage"), valueFields(spec+"/resources", object{}, nil, object{"requests": object{}}),
		nameFields(spec + "/storageClassName"), nameFields(spec + "/volumeAttributesClassName"), wordFields(spec+"/volumeMode", "Block", "Filesystem"), wordFields(spec+"/volumeName", "a", "A"),
		valueFields(spec+"/dataSource", object{"kind": "PersistentVolumeClaim", "name": "a"}, object{"kind": "VolumeSnapshot", "name": "a", "apiGroup": "snapshot.storage.k8s.io"}, object{"kind": "Odd", "name": ""}, object{"kind": "", "name": "a", "apiGroup": "A_"}, object{}, nil),
		valueFields(spec+"/dataSourceRef", object{"kind": "PersistentVolumeClaim", "name": "a"}, object{"kind": "VolumeSnapshot", "name": "a", "apiGroup": "snapshot.storage.k8s.io"}, object{"kind": "VolumeSnapshot", "name": "a", "apiGroup": "snapshot.storage.k8s.io", "namespace": "b"},
			object{"kind": "Odd", "name": "", "namespace": "B"}, object{"kind": "PersistentVolumeClaim", "name": "b", "namespace": ""}, nil),
	}
	return append(all, selectorFields(spec+"/selector")...)
}

// manifestFields are all fields that are changed. Those of the set itself stand there several times, so that they are not
// lost among those of the template.
var manifestFields = func() []manifestField {
	var own []manifestField
	own = append(own,
		nameFields("metadata/name"), nameFields("metadata/namespace"), labelFields("metadata/labels"), valueFields("metadata/annotations", object{"a b": "c"}, object{"A": "b"}, object{"a": strings.Repeat("x", 256<<10)}, nil), wordFields("metadata/uid", "u", "v"),
		valueFields("metadata/ownerReferences", list{object{"apiVersion": "v1", "kind": "Pod", "name": "a", "uid": "b"}}, list{object{"apiVersion": "a/b/c", "kind": "", "name": "", "uid": ""}}, list{object{"apiVersion": "v1", "kind": "Event", "name": "a", "uid": "b"}},
			list{object{"apiVersion": "v1", "kind": "A", "name": "a", "uid": "a", "controller": true}, object{"apiVersion": "v1", "kind": "B", "name": "b", "uid": "b", "controller": true}}, list{object{"apiVersion": "", "kind": "A", "name": "a", "uid": "a"}}, list{object{"apiVersion": "a/", "kind": "A", "name": "a", "uid": "a"}}),
		valueFields("metadata/finalizers", list{"example.com/a"}, list{"odd"}, list{"orphan", "foregroundDeletion"}, list{"a b/c"}, list{"kubernetes"}, list{"", "orphan"}, nil),
		valueFields("metadata/deletionTimestamp", "2030-01-01T00:00:00Z"), nameFields("metadata/generateName"),
		numberFields("spec/replicas", 1, 0, -1, 5, 1<<31-1), numberFields("spec/minReadySeconds", 0, 1, -1), numberFields("spec/revisionHistoryLimit", 10, 0, -1), numberFields("spec/ordinals/start", 0, 1, -1), valueFields("spec/ordinals", object{}, nil),
		wordFields("spec/podManagementPolicy", "OrderedReady", "Parallel"), nameFields("spec/serviceName"),
		wordFields("spec/persistentVolumeClaimRetentionPolicy/whenDeleted", "Retain", "Delete"), wordFields("spec/persistentVolumeClaimRetentionPolicy/whenScaled", "Retain", "Delete"), valueFields("spec/persistentVolumeClaimRetentionPolicy", object{}, nil),
		wordFields("spec/updateStrategy/type", "RollingUpdate", "OnDelete", "Recreate"), valueFields("spec/updateStrategy/rollingUpdate", object{}, nil, object{"partition": 1}), valueFields("spec/updateStrategy", object{}, nil, object{"type": "RollingUpdate"}),
		numberFields("spec/updateStrategy/rollingUpdate/partition", 0, 1, -1, 1<<31-1), valueFields("spec/updateStrategy/rollingUpdate/maxUnavailable", 1, 0, -1, "10%", "0%", "101%", "-1%", "%", "5", "a%", "00%", "+1%", "0", nil, "99999999999%"),
		labelFields("spec/template/metadata/labels"), valueFields("spec/template", object{}, nil), valueFields("spec/template/spec/containers", list{}, nil),
		wordFields("spec/template/spec/restartPolicy", "Always", "Never", "OnFailure"), numberFields("spec/template/spec/activeDeadlineSeconds", 1, 0, -1, 1<<31),
	)
	own = append(own, selectorFields("spec/selector")...)
	own = append(append(own, claimFields("spec/volumeClaimTemplates/0")...), claimFields("spec/volumeClaimTemplates/1")...)
	pod := "spec/template/spec"
	var template []manifestField
	template = append(template,
		valueFields("spec/template/metadata/annotations", object{"a b": "c"}, object{"controller.kubernetes.io/pod-deletion-cost": "1"}, object{"controller.kubernetes.io/pod-deletion-cost": "+1"}, object{"controller.kubernetes.io/pod-deletion-cost": "01"},
			object{"controller.kubernetes.io/pod-deletion-cost": "-5"}, object{"controller.kubernetes.io/pod-deletion-cost": "x"}, object{"controller.kubernetes.io/pod-deletion-cost": ""}, object{"seccomp.security.alpha.kubernetes.io/pod": "odd"}, nil),
		wordFields(pod+"/dnsPolicy", "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"), numberFields(pod+"/terminationGracePeriodSeconds", 30, 0, -1), flagFields(pod+"/hostNetwork"), flagFields(pod+"/hostPID"), flagFields(pod+"/hostIPC"), flagFields(pod+"/hostUsers"), flagFields(pod+"/shareProcessNamespace"),
		nameFields(pod+"/serviceAccountName"), nameFields(pod+"/serviceAccount"), nameFields(pod+"/nodeName"), nameFields(pod+"/priorityClassName"), nameFields(pod+"/runtimeClassName"), nameFields(pod+"/hostname"), nameFields(pod+"/subdomain"), nameFields(pod+"/hostnameOverride"), flagFields(pod+"/setHostnameAsFQDN"), nameFields(pod+"/schedulerName"),
		wordFields(pod+"/preemptionPolicy", "PreemptLowerPriority", "Never"), wordFields(pod+"/os/name", "linux", "windows"),
		valueFields(pod+"/hostAliases", list{object{"ip": "10.0.0.1", "hostnames": list{"a"}}}, list{object{"ip": "010.0.0.1", "hostnames": list{"A"}}}, list{object{"ip": "::ffff:1.2.3.4"}}, list{object{"ip": "fe80::1%eth0"}}, list{object{"ip": ""}}),
		valueFields(pod+"/dnsConfig", object{}, nil, object{"nameservers": list{"1.2.3.4"}}, object{"nameservers": list{"1", "2", "3", "::1"}}, object{"searches": list{".", "a.b.", "_a.b", "A", "a_b", ""}}, object{"options": list{object{"name": ""}, object{"name": "ndots"}}}),
		valueFields(pod+"/readinessGates", list{object{"conditionType": "example.com/a"}}, list{object{"conditionType": "a b"}}, list{object{"conditionType": ""}}), valueFields(pod+"/schedulingGates", list{object{"name": "a"}}, list{object{"name": "a"}, object{"name": "a"}}, list{object{"name": ""}}),
		valueFields(pod+"/imagePullSecrets", list{object{"name": "a"}}, list{object{}}), quantityFields(pod+"/overhead/cpu"), quantityFields(pod+"/overhead/odd"),
		valueFields(pod+"/resourceClaims", list{object{"name": "gpu", "resourceClaimName": "a"}}, list{object{"name": "GPU"}}),
		valueFields(pod+"/ephemeralContainers", list{object{"name": "debug", "image": "busybox"}}, list{object{"name": ""}}), quantityFields(pod+"/resources/limits/cpu"),
	)
	context := pod + "/securityContext"
	template = append(append(template, profileFields(context)...), numberFields(context+"/fsGroup", 0, -1, 1<<31), numberFields(context+"/runAsUser", 0, -1), numberFields(context+"/runAsGroup", 0, -1), valueFields(context+"/supplementalGroups", list{0}, list{1, -1}), wordFields(context+"/fsGroupChangePolicy", "Always", "OnRootMismatch"),
		wordFields(context+"/supplementalGroupsPolicy", "Merge", "Strict"), wordFields(context+"/seLinuxChangePolicy", "MountOption", "Recursive"), valueFields(context, object{}, nil),
		valueFields(context+"/sysctls", list{object{"name": "net.core.x", "value": "1"}}, list{object{"name": "kernel.shm_rmid_forced"}, object{"name": "kernel.shm_rmid_forced"}}, list{object{"name": ""}}, list{object{"name": "A.b"}}, list{object{"name": "net/core/x.y"}}))
	for _, name := range []string{"containers/0", "containers/1", "initContainers/0", "initContainers/1"} {
		template = append(template, containerFields(pod+"/"+name)...)
	}
	template = append(append(template, volumeFields(pod+"/volumes")...), placementFields(pod)...)
	all := template
	for range len(template) / len(own) {
		all = append(all, own...)
	}
	return all
}()
