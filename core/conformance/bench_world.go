package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// Scene is a moment of a large set at which both controllers do the same: one thing, or nothing.
type Scene struct {
	Name string
	*Case
	// The pod that the one thing is done to.
	Victim string
}

// Scenes are a settled set of so many pods, a step of a rollout, and a pod that is missing. Their status is as the real
// controller has left it, so that nothing but the one thing is left to do.
func Scenes(gates Gates, pods int) []Scene {
	set := benchSet(int32(pods))
	c := &Case{Gates: gates, Now: meta.NewTime(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)), Set: set}
	c = settle(c, func(c *Case) {
		for i, pod := range c.Pods {
			c.Pods[i] = livePod(pod)
		}
		for _, claim := range c.Claims {
			claim.Status.Phase, claim.Spec.VolumeName = core.ClaimBound, "pvc-"+string(claim.UID)
			claim.Status.AccessModes, claim.Status.Capacity = claim.Spec.AccessModes, claim.Spec.Resources.Requests
		}
	})
	c.Set.Spec.PodManagementPolicy = apps.OrderedReadyPodManagement
	settled := settle(c, nil)
	last := fmt.Sprintf("web-%d", pods-1)

	rolled := *settled
	rolled.Set = settled.Set.DeepCopy()
	rolled.Set.Generation++
	rolled.Set.Spec.Template.Spec.Containers[0].Image = "registry.k8s.io/nginx-slim:0.25"
	whole := withoutEffect(&rolled, last)

	torn := *settled
	victim := fmt.Sprintf("web-%d", pods/2)
	torn.Pods = slices.DeleteFunc(slices.Clone(settled.Pods), func(pod *core.Pod) bool { return pod.Name == victim })
	missing := withoutEffect(&torn, victim)
	return []Scene{{"settled", settled, ""}, {"rollout step", whole, last}, {"missing pod", missing, victim}}
}

// settle lets the real controller work until it has nothing to do. After each time the world may change.
func settle(c *Case, change func(*Case)) *Case {
	for range 10 {
		store := NewStore(c)
		newBed(c.Gates, store).sync(c.Set, c.Now.Time)
		next := leftBy(c, store)
		if change != nil {
			change(next)
		}
		if len(store.Writes) == 0 {
			return next
		}
		c = next
	}
	panic("the set does not come to rest")
}

// withoutEffect lets the real controller work, and takes over all but what it does to pods.
func withoutEffect(c *Case, victim string) *Case {
	for range 10 {
		store := NewStore(c)
		newBed(c.Gates, store).sync(c.Set, c.Now.Time)
		next := leftBy(c, store)
		next.Pods, next.Claims = c.Pods, c.Claims
		c = next
		others := slices.DeleteFunc(slices.Clone(store.Writes), func(write Write) bool { return write.Ref == Ref{Pod, victim} })
		if len(others) == 0 {
			return c
		}
	}
	panic("there is always more to do")
}

func leftBy(c *Case, store *Store) *Case {
	next := &Case{Gates: c.Gates, Now: c.Now}
	for _, object := range store.Objects() {
		switch object := object.(type) {
		case *apps.StatefulSet:
			next.Set = object
		case *core.Pod:
			next.Pods = append(next.Pods, object)
		case *core.PersistentVolumeClaim:
			next.Claims = append(next.Claims, object)
		case *apps.ControllerRevision:
			next.Revisions = append(next.Revisions, object)
		}
	}
	return next
}

func benchSet(replicas int32) *apps.StatefulSet {
	labels := map[string]string{"app.kubernetes.io/name": "nginx", "app.kubernetes.io/instance": "web"}
	probe := &core.Probe{ProbeHandler: core.ProbeHandler{HTTPGet: &core.HTTPGetAction{Path: "/"}}}
	probe.HTTPGet.Port.IntVal = 80
	set := &apps.StatefulSet{ObjectMeta: meta.ObjectMeta{Name: "web", Namespace: namespace, UID: "0d5c8e9a-52c1-4d36-8d3a-2f6f0b7a9d11", ResourceVersion: "1", Generation: 1}}
	set.Spec = apps.StatefulSetSpec{Replicas: &replicas, ServiceName: "nginx", PodManagementPolicy: apps.ParallelPodManagement, Selector: &meta.LabelSelector{MatchLabels: labels}}
	set.Spec.Template.Labels = labels
	set.Spec.Template.Spec.Containers = []core.Container{{
		Name: "nginx", Image: "registry.k8s.io/nginx-slim:0.24", Ports: []core.ContainerPort{{ContainerPort: 80, Name: "web"}},
		VolumeMounts: []core.VolumeMount{{Name: "www", MountPath: "/usr/share/nginx/html"}}, ReadinessProbe: probe,
	}}
	set.Spec.VolumeClaimTemplates = []core.PersistentVolumeClaim{{ObjectMeta: meta.ObjectMeta{Name: "www"}, Spec: core.PersistentVolumeClaimSpec{
		AccessModes: []core.PersistentVolumeAccessMode{core.ReadWriteOnce}, Resources: core.VolumeResourceRequirements{Requests: core.ResourceList{core.ResourceStorage: resource.MustParse("1Gi")}}}}}
	legacyscheme.Scheme.Default(set)
	return set
}

// livePod is a pod as a cluster shows it once it runs, with all that others than the controller write into it.
func livePod(pod *core.Pod) *core.Pod {
	if pod.Spec.NodeName != "" {
		return pod
	}
	since := meta.NewTime(time.Date(2026, 11, 21, 7, 37, 0, 0, time.UTC))
	token := "kube-api-access-x7v2p"
	pod.Spec.NodeName = "node-007.example.com"
	pod.Spec.Containers[0].VolumeMounts = append(pod.Spec.Containers[0].VolumeMounts, core.VolumeMount{Name: token, MountPath: "/var/run/secrets/kubernetes.io/serviceaccount", ReadOnly: true})
	pod.Spec.Volumes = append(pod.Spec.Volumes, core.Volume{Name: token, VolumeSource: core.VolumeSource{Projected: &core.ProjectedVolumeSource{DefaultMode: new(int32(420)), Sources: []core.VolumeProjection{
		{ServiceAccountToken: &core.ServiceAccountTokenProjection{ExpirationSeconds: new(int64(3607)), Path: "token"}},
		{ConfigMap: &core.ConfigMapProjection{LocalObjectReference: core.LocalObjectReference{Name: "kube-root-ca.crt"}, Items: []core.KeyToPath{{Key: "ca.crt", Path: "ca.crt"}}}},
		{DownwardAPI: &core.DownwardAPIProjection{Items: []core.DownwardAPIVolumeFile{{FieldRef: &core.ObjectFieldSelector{APIVersion: "v1", FieldPath: "metadata.namespace"}, Path: "namespace"}}}},
	}}}})
	for _, key := range []string{"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"} {
		pod.Spec.Tolerations = append(pod.Spec.Tolerations, core.Toleration{Effect: core.TaintEffectNoExecute, Key: key, Operator: core.TolerationOpExists, TolerationSeconds: new(int64(300))})
	}
	pod.Spec.ServiceAccountName, pod.Spec.DeprecatedServiceAccount, pod.Spec.EnableServiceLinks = "default", "default", new(true)
	fields := `{"f:status":{"f:conditions":{`
	for _, kind := range []core.PodConditionType{core.PodReadyToStartContainers, core.PodInitialized, core.PodReady, core.ContainersReady, core.PodScheduled} {
		pod.Status.Conditions = append(pod.Status.Conditions, core.PodCondition{Type: kind, Status: core.ConditionTrue, LastTransitionTime: since})
		fields += fmt.Sprintf(`"k:{\"type\":\"%s\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},`, kind)
	}
	fields += `"f:x":{}},"f:containerStatuses":{},"f:hostIP":{},"f:phase":{},"f:podIP":{},"f:podIPs":{},"f:startTime":{}}}`
	pod.ManagedFields = []meta.ManagedFieldsEntry{{Manager: "kubelet", Operation: meta.ManagedFieldsOperationUpdate, APIVersion: "v1", Time: &since, FieldsType: "FieldsV1", FieldsV1: meta.NewFieldsV1(fields), Subresource: "status"}}
	pod.Status.Phase, pod.Status.HostIP, pod.Status.PodIP, pod.Status.QOSClass, pod.Status.StartTime = core.PodRunning, "10.0.0.7", "10.244.1.17", core.PodQOSBestEffort, &since
	pod.Status.PodIPs = []core.PodIP{{IP: pod.Status.PodIP}}
	pod.Status.ContainerStatuses = []core.ContainerStatus{{
		Name: "nginx", Ready: true, Started: new(true), Image: pod.Spec.Containers[0].Image, State: core.ContainerState{Running: &core.ContainerStateRunning{StartedAt: since}},
		ImageID:     "registry.k8s.io/nginx-slim@sha256:0e1b4a6f3d8f0c6c5a8e9b7d2c4f1a3b5d7e9f0a1b2c3d4e5f60718293a4b5c6",
		ContainerID: "containerd://4f5e6d7c8b9a0f1e2d3c4b5a69788796a5b4c3d2e1f0a9b8c7d6e5f403122130",
	}}
	return pod
}

// wireText is an object as an API server sends it.
func wireText(object Object) []byte {
	text, err := json.Marshal(object)
	if err != nil {
		panic(err)
	}
	return text
}

// flipped is a pod whose readiness has changed.
func flipped(pod *core.Pod, version int) *core.Pod {
	pod = pod.DeepCopy()
	pod.ResourceVersion = fmt.Sprint(version)
	for i := range pod.Status.Conditions {
		if condition := &pod.Status.Conditions[i]; condition.Type == core.PodReady {
			if condition.Status == core.ConditionTrue {
				condition.Status = core.ConditionFalse
			} else {
				condition.Status = core.ConditionTrue
			}
		}
	}
	return pod
}
