package conformance

import (
	"fmt"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// pods makes the pods that there are, wanted and others.
func (g *generator) pods() {
	start, wanted := g.firstOrdinal(), int(*g.Set.Spec.Replicas)
	first := max(0, start-g.Below(3))
	end := start + wanted + Mostly(g.Choices, 2, 0, 1, 2, 3)
	// How often a pod is not as it should be.
	trouble := Pick(g.Choices, 40, 10, 4, 2)
	for ordinal := first; ordinal < end; ordinal++ {
		if g.Once(trouble) && g.Once(2) {
			continue
		}
		g.pod(fmt.Sprintf("%s-%d", g.Set.Name, ordinal), ordinal, trouble)
	}
	if g.Once(12) {
		ordinal := start + g.Below(wanted+2)
		name := Pick(g.Choices, fmt.Sprintf("%s-0%d", g.Set.Name, ordinal), g.Set.Name+"-99999999999", g.Set.Name+"-x", "other-1", g.Set.Name+"-1-1")
		g.pod(name, ordinal, trouble)
	}
}

func (g *generator) firstOrdinal() int {
	if g.Set.Spec.Ordinals == nil {
		return 0
	}
	return int(g.Set.Spec.Ordinals.Start)
}

func (g *generator) pod(name string, ordinal, trouble int) {
	template := g.style.template(0)
	labels := map[string]string{
		"app":                                Mostly(g.Choices, 20*trouble, "web", "stranger"),
		"apps.kubernetes.io/pod-index":       fmt.Sprint(ordinal),
		"statefulset.kubernetes.io/pod-name": Mostly(g.Choices, 3*trouble, name, "somebody", ""),
	}
	if revision := g.revisionOfPod(trouble); revision != "" {
		labels["controller-revision-hash"] = revision
	}
	pod := &core.Pod{
		TypeMeta: meta.TypeMeta{APIVersion: "v1", Kind: "Pod"},
		ObjectMeta: meta.ObjectMeta{
			Name:              name,
			Namespace:         namespace,
			UID:               g.uid(),
			ResourceVersion:   fmt.Sprint(300 + g.uids),
			CreationTimestamp: g.ago(5000),
			Labels:            labels,
			OwnerReferences:   g.owner(Set, g.Set.Name, setUID, 6*trouble),
		},
		Spec: core.PodSpec{Containers: template.Spec.Containers, Hostname: name},
	}
	for _, claim := range g.Set.Spec.VolumeClaimTemplates {
		source := &core.PersistentVolumeClaimVolumeSource{ClaimName: fmt.Sprintf("%s-%s-%d", claim.Name, g.Set.Name, ordinal)}
		volume := core.Volume{Name: claim.Name, VolumeSource: core.VolumeSource{PersistentVolumeClaim: source}}
		switch {
		case !g.Once(6 * trouble):
		case g.Once(2):
			source.ClaimName = Pick(g.Choices, "elsewhere", fmt.Sprintf("%s-%s-0%d", claim.Name, g.Set.Name, ordinal))
		case g.Once(2):
			volume.VolumeSource = core.VolumeSource{EmptyDir: &core.EmptyDirVolumeSource{}}
		default:
			continue
		}
		pod.Spec.Volumes = append(pod.Spec.Volumes, volume)
	}
	pod.Spec.Volumes = append(pod.Spec.Volumes, core.Volume{Name: "scratch", VolumeSource: core.VolumeSource{EmptyDir: &core.EmptyDirVolumeSource{}}})
	g.condition(pod, trouble)
	if g.Once(2 * trouble) {
		pod.DeletionTimestamp = new(g.ago(Pick(g.Choices, 5, 0, -30)))
		pod.DeletionGracePeriodSeconds = new(int64(30))
	}
	g.Pods = append(g.Pods, pod)
}

func (g *generator) revisionOfPod(trouble int) string {
	if g.Once(4*trouble) || len(g.Revisions) == 0 {
		return Pick(g.Choices, "", "unknown", g.revisionName(g.newest, 0))
	}
	// Mostly the newest.
	return g.Revisions[len(g.Revisions)-1-min(g.Below(3), g.Below(len(g.Revisions)))].Name
}

func (g *generator) condition(pod *core.Pod, trouble int) {
	ready := core.PodCondition{Type: core.PodReady, Status: core.ConditionTrue, LastTransitionTime: g.ago(4000)}
	pod.Status.Phase = core.PodRunning
	if g.Once(trouble) {
		pod.Status.Phase = Pick(g.Choices, core.PodRunning, core.PodPending, core.PodPending, core.PodFailed, core.PodSucceeded, core.PodUnknown)
		ready.Status = Mostly(g.Choices, 4, core.ConditionFalse, core.ConditionTrue, core.ConditionUnknown)
	}
	if g.Once(trouble) {
		ready.LastTransitionTime = Pick(g.Choices, g.ago(3600), g.ago(10), g.ago(9), g.ago(11), g.ago(0), g.ago(-5), meta.Time{})
	}
	scheduled := core.PodCondition{Type: core.PodScheduled, Status: core.ConditionTrue, LastTransitionTime: g.ago(4500)}
	pod.Status.Conditions = Mostly(g.Choices, 10*trouble, []core.PodCondition{scheduled, ready}, []core.PodCondition{scheduled}, nil)
}

func (g *generator) claimTemplate(name string) core.PersistentVolumeClaim {
	claim := core.PersistentVolumeClaim{
		ObjectMeta: meta.ObjectMeta{Name: name},
		Spec: core.PersistentVolumeClaimSpec{
			AccessModes: []core.PersistentVolumeAccessMode{core.ReadWriteOnce},
			Resources:   core.VolumeResourceRequirements{Requests: core.ResourceList{"storage": resource.MustParse("1Gi")}},
		},
	}
	if g.Once(4) {
		claim.Labels = Pick(g.Choices, map[string]string{"app": "mine", "tier": "disk"}, map[string]string{})
		claim.Annotations = Pick(g.Choices, nil, map[string]string{"note": "kept"})
		claim.Finalizers = Pick(g.Choices, nil, []string{"example.com/hold"})
		claim.Namespace = Pick(g.Choices, "", "ignored")
		claim.Spec.StorageClassName = Pick(g.Choices, nil, new("fast"), new(""))
	}
	return claim
}

// claims makes the claims that there are.
func (g *generator) claims() {
	start, wanted := g.firstOrdinal(), int(*g.Set.Spec.Replicas)
	trouble := Pick(g.Choices, 40, 10, 4, 2)
	for _, template := range g.Set.Spec.VolumeClaimTemplates {
		for ordinal := max(0, start-2); ordinal < start+wanted+3; ordinal++ {
			pod := fmt.Sprintf("%s-%d", g.Set.Name, ordinal)
			podUID, exists := g.uidOfPod(pod)
			if exists && g.Once(trouble) || !exists && !g.Once(2) {
				continue
			}
			claim := template.DeepCopy()
			claim.TypeMeta = meta.TypeMeta{APIVersion: "v1", Kind: "PersistentVolumeClaim"}
			claim.Name, claim.Namespace = template.Name+"-"+pod, namespace
			claim.UID = g.uid()
			claim.ResourceVersion = fmt.Sprint(500 + g.uids)
			claim.CreationTimestamp = g.ago(5000)
			claim.OwnerReferences = g.claimOwners(pod, podUID, trouble)
			claim.Status.Phase = core.ClaimBound
			claim.Spec.VolumeName = "pv-" + claim.Name
			if g.Once(3 * trouble) {
				claim.DeletionTimestamp = new(g.ago(5))
				claim.Finalizers = append(slices.Clone(claim.Finalizers), "kubernetes.io/pvc-protection")
			}
			g.Claims = append(g.Claims, claim)
		}
	}
}

func (g *generator) uidOfPod(name string) (types.UID, bool) {
	for _, pod := range g.Pods {
		if pod.Name == name {
			return pod.UID, true
		}
	}
	return "", false
}

func (g *generator) claimOwners(pod string, podUID types.UID, trouble int) []meta.OwnerReference {
	reference := func(version, kind, name string, uid types.UID, controller *bool) meta.OwnerReference {
		return meta.OwnerReference{APIVersion: version, Kind: kind, Name: name, UID: uid, Controller: controller, BlockOwnerDeletion: controller}
	}
	set := func(uid types.UID, controller *bool) meta.OwnerReference {
		return reference("apps/v1", "StatefulSet", g.Set.Name, uid, controller)
	}
	if podUID == "" {
		podUID = otherUID
	}
	yes, no := new(true), new(false)
	uid := func(digit string) types.UID {
		return types.UID(strings.Repeat(digit, 8) + "-2222-4222-8222-222222222222")
	}
	all := []meta.OwnerReference{
		set(setUID, yes),
		reference("v1", "Pod", pod, podUID, yes),
		set(setUID, nil),
		set(uid("3"), yes),
		set(uid("3"), nil),
		reference("v1", "Pod", pod, podUID, no),
		reference("v1", "Pod", pod, uid("4"), yes),
		reference("v1", "Pod", pod, uid("4"), nil),
		reference("example.com/v1", "Keeper", "keeper", uid("5"), yes),
		reference("example.com/v1", "Keeper", "keeper", uid("5"), nil),
		reference("v1", "Pod", "another", uid("6"), nil),
		reference("apps/v1beta1", "StatefulSet", g.Set.Name, setUID, yes),
	}
	if !g.Once(trouble) {
		// None, or one of the two usual ones.
		return all[:g.Below(2)]
	}
	var owners []meta.OwnerReference
	for range g.Below(4) {
		owner := all[g.Below(len(all)-1)]
		if g.Once(300) {
			owner = all[len(all)-1]
		}
		// An API server takes one controller, and hardly anybody names an object or a uid twice.
		clashes := func(other meta.OwnerReference) bool {
			both := owner.Controller != nil && other.Controller != nil && *owner.Controller && *other.Controller
			same := owner.APIVersion == other.APIVersion && owner.Kind == other.Kind && owner.Name == other.Name
			return both || same || owner.UID == other.UID
		}
		if !slices.ContainsFunc(owners, clashes) {
			owners = append(owners, owner)
		}
	}
	return owners
}
