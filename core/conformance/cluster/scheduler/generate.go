package scheduler

import (
	"fmt"

	core "k8s.io/api/core/v1"
	policy "k8s.io/api/policy/v1"
	storage "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	. "statefulset.internal/conformance/draw"
)

const (
	zone   = core.LabelTopologyZone
	region = core.LabelTopologyRegion
	host   = core.LabelHostname
)

// Generate makes a small cluster in which much is in the way, as an API server would have stored it.
func Generate(c *Choices) *Case {
	made := &Case{}
	for _, name := range []string{"default", "other", "third"} {
		labels := map[string]string{core.LabelMetadataName: name}
		if name != "default" {
			labels["team"] = Pick(c, "a", "b")
		}
		made.Namespaces = append(made.Namespaces, &core.Namespace{ObjectMeta: object("", name, labels)})
	}
	for number := range c.Some(5, 6) {
		made.Nodes = append(made.Nodes, node(c, fmt.Sprintf("n%d", number+1)))
	}
	hasClaims := c.Once(2)
	rare := Pick(c, 8, 4, 2)
	if hasClaims {
		addStorage(c, made)
	}
	for number := range c.Some(7, 6) {
		pod := pod(c, fmt.Sprintf("old-%d", number), hasClaims, rare+1)
		pod.Spec.NodeName = fmt.Sprintf("n%d", 1+c.Below(5))
		pod.Status.Phase = Mostly(c, 8, core.PodRunning, core.PodPending, core.PodSucceeded, core.PodFailed)
		if c.Once(8) {
			now := meta.Unix(1767225600, 0)
			pod.DeletionTimestamp = &now
		}
		// No two at once: of those that began together any is as good.
		began := meta.Unix(1767225600-int64(c.Below(100)*10+number), 0)
		pod.Status.StartTime = &began
		made.Pods = append(made.Pods, pod)
	}
	for number := range 1 + c.Below(2) {
		pod := pod(c, fmt.Sprintf("new-%d", number), hasClaims, rare)
		pod.Status.Phase = core.PodPending
		if c.Once(30) {
			pod.Spec.SchedulingGates = []core.PodSchedulingGate{{Name: "example.com/gate"}}
		}
		if c.Once(2) {
			*pod.Spec.Priority = 100
		}
		if c.Once(10) {
			pod.Spec.PreemptionPolicy = new(core.PreemptNever)
		}
		made.Pods = append(made.Pods, pod)
	}
	for number := range c.Some(2, 3) {
		made.Budgets = append(made.Budgets, budget(c, fmt.Sprintf("budget-%d", number)))
	}
	return made
}

// budget covers some pods, and lets some of them go.
func budget(c *Choices, name string) *policy.PodDisruptionBudget {
	budget := &policy.PodDisruptionBudget{ObjectMeta: object(Pick(c, "default", "other", "third"), name, nil)}
	budget.Spec.Selector = labelSelector(c)
	budget.Status.DisruptionsAllowed = int32(c.Below(3))
	if c.Once(4) {
		budget.Status.DisruptedPods = map[string]meta.Time{fmt.Sprintf("old-%d", c.Below(7)): meta.Unix(1767225600, 0)}
	}
	return budget
}

func object(namespace, name string, labels map[string]string) meta.ObjectMeta {
	return meta.ObjectMeta{
		Namespace: namespace, Name: name, Labels: labels, UID: types.UID(namespace + "/" + name), ResourceVersion: "1",
		CreationTimestamp: meta.Unix(1767225600, 0),
	}
}

func node(c *Choices, name string) *core.Node {
	labels := map[string]string{}
	if !c.Once(15) {
		labels[host] = name
	}
	if value := Pick(c, "a", "b", "c", ""); value != "" {
		labels[zone] = value
	}
	if value := Pick(c, "", "r1", "r2"); value != "" {
		labels[region] = value
	}
	if value := Pick(c, "", "ssd", "hdd"); value != "" {
		labels["disk"] = value
	}
	if value := Pick(c, "", "4", "16"); value != "" {
		labels["cores"] = value
	}
	node := &core.Node{ObjectMeta: object("", name, labels)}
	if c.Once(10) {
		// The node controller adds the taint at once.
		node.Spec.Unschedulable = true
		node.Spec.Taints = append(node.Spec.Taints, core.Taint{Key: core.TaintNodeUnschedulable, Effect: core.TaintEffectNoSchedule})
	}
	if c.Once(4) {
		node.Spec.Taints = append(node.Spec.Taints, taint(c))
		if c.Once(3) {
			node.Spec.Taints = append(node.Spec.Taints, taint(c))
		}
	}
	has := core.ResourceList{}
	give := func(name core.ResourceName, amount string) {
		if amount != "" {
			has[name] = resource.MustParse(amount)
		}
	}
	give(core.ResourceCPU, Pick(c, "4", "1", "500m", "0", ""))
	give(core.ResourceMemory, Pick(c, "8Gi", "1Gi", "512Mi", "1000M"))
	give(core.ResourceEphemeralStorage, Pick(c, "100Gi", "1Gi", ""))
	give(core.ResourcePods, Mostly(c, 5, "110", "3", "2", "1", "0", ""))
	give("example.com/gpu", Pick(c, "", "1", "2"))
	give("hugepages-2Mi", Pick(c, "", "4Mi"))
	give("attachable-volumes-csi-"+driver, Pick(c, "", "1", "2", "3", "0"))
	node.Status.Allocatable = has
	node.Status.Capacity = has
	return node
}

func taint(c *Choices) core.Taint {
	taint := core.Taint{
		Key:    Pick(c, "dedicated", "gpu", core.TaintNodeUnschedulable, core.TaintNodeNotReady),
		Effect: Pick(c, core.TaintEffectNoSchedule, core.TaintEffectNoExecute, core.TaintEffectPreferNoSchedule),
	}
	if taint.Key == "dedicated" || taint.Key == "gpu" {
		taint.Value = Pick(c, "", "db", "3")
	}
	return taint
}

// pod is a pod without a node. Each of the demands that it may have is there once in `rare` times two.
func pod(c *Choices, name string, hasClaims bool, rare int) *core.Pod {
	namespace := Mostly(c, 5, "default", "other", "third")
	labels := map[string]string{}
	if value := Pick(c, "web", "db", ""); value != "" {
		labels["app"] = value
	}
	if value := Pick(c, "", "front", "back"); value != "" {
		labels["tier"] = value
	}
	pod := &core.Pod{ObjectMeta: object(namespace, name, labels)}
	spec := &pod.Spec
	spec.SchedulerName = core.DefaultSchedulerName
	spec.Priority = new(int32)
	if c.Once(30) {
		*spec.Priority = Pick[int32](c, 10, -10)
	}
	often := func() bool { return c.Once(2 * rare) }
	for number := range 1 + c.Below(2) {
		spec.Containers = append(spec.Containers, container(c, fmt.Sprintf("c%d", number), rare))
	}
	if often() {
		for number := range 1 + c.Below(3) {
			starting := container(c, fmt.Sprintf("i%d", number), rare)
			if c.Once(2) {
				starting.RestartPolicy = new(core.ContainerRestartPolicyAlways)
			}
			spec.InitContainers = append(spec.InitContainers, starting)
		}
	}
	if c.Once(15) {
		spec.Overhead = amounts(c)
	}
	if c.Once(15) {
		spec.Resources = &core.ResourceRequirements{Requests: podAmounts(c)}
	}
	if often() {
		spec.NodeSelector = map[string]string{Pick(c, "disk", zone, host): Pick(c, "ssd", "a", "n1")}
	}
	if often() {
		spec.Affinity = &core.Affinity{NodeAffinity: &core.NodeAffinity{}}
		if !c.Once(5) {
			spec.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution = nodeSelector(c, true)
		}
		if c.Once(3) {
			spec.Affinity.NodeAffinity.PreferredDuringSchedulingIgnoredDuringExecution = []core.PreferredSchedulingTerm{{
				Weight: 1, Preference: nodeTerm(c, false),
			}}
		}
	}
	affinity := func() *core.Affinity {
		if spec.Affinity == nil {
			spec.Affinity = &core.Affinity{}
		}
		return spec.Affinity
	}
	if often() {
		affinity().PodAffinity = &core.PodAffinity{RequiredDuringSchedulingIgnoredDuringExecution: podTerms(c)}
	}
	if often() {
		affinity().PodAntiAffinity = &core.PodAntiAffinity{RequiredDuringSchedulingIgnoredDuringExecution: podTerms(c)}
	}
	if often() {
		seen := map[string]bool{}
		for range 1 + c.Below(3) {
			spread := spread(c)
			// The API server refuses a second one.
			key := spread.TopologyKey + string(spread.WhenUnsatisfiable)
			if !seen[key] {
				spec.TopologySpreadConstraints = append(spec.TopologySpreadConstraints, spread)
			}
			seen[key] = true
		}
	}
	if often() {
		for range 1 + c.Below(2) {
			spec.Tolerations = append(spec.Tolerations, toleration(c))
		}
	}
	if hasClaims && c.Once(rare) {
		for number := range 1 + c.Below(2) {
			spec.Volumes = append(spec.Volumes, core.Volume{
				Name: fmt.Sprintf("v%d", number),
				VolumeSource: core.VolumeSource{PersistentVolumeClaim: &core.PersistentVolumeClaimVolumeSource{
					ClaimName: fmt.Sprintf("c%d", c.Below(5)),
				}},
			})
		}
	}
	if c.Once(6) {
		spec.Volumes = append(spec.Volumes, core.Volume{
			Name: "scratch", VolumeSource: core.VolumeSource{EmptyDir: &core.EmptyDirVolumeSource{}},
		})
	}
	return pod
}

func container(c *Choices, name string, rare int) core.Container {
	container := core.Container{Name: name, Image: "web:1"}
	if c.Once(rare) {
		container.Resources.Requests = amounts(c)
	}
	if c.Once(3 * rare) {
		port := core.ContainerPort{
			ContainerPort: 80,
			HostPort:      Pick[int32](c, 80, 8080, 0),
			Protocol:      Mostly(c, 4, core.ProtocolTCP, core.ProtocolUDP),
			HostIP:        Pick(c, "", "0.0.0.0", "127.0.0.1", "10.0.0.1"),
		}
		container.Ports = append(container.Ports, port)
	}
	return container
}

func amounts(c *Choices) core.ResourceList {
	list := podAmounts(c)
	if amount := Pick(c, "", "", "", "1Gi", "200Gi"); amount != "" {
		list[core.ResourceEphemeralStorage] = resource.MustParse(amount)
	}
	if amount := Pick(c, "", "", "", "", "1", "2", "0"); amount != "" {
		list["example.com/gpu"] = resource.MustParse(amount)
	}
	return list
}

// podAmounts are of what may also be asked for the pod as a whole.
func podAmounts(c *Choices) core.ResourceList {
	list := core.ResourceList{}
	for _, one := range []struct {
		name    core.ResourceName
		amounts []string
	}{
		{core.ResourceCPU, []string{"100m", "", "500m", "1", "3", "1500m", "0"}},
		{core.ResourceMemory, []string{"", "128Mi", "512Mi", "1Gi", "0.5", "1000M", "1500m"}},
		{"hugepages-2Mi", []string{"", "", "", "", "2Mi", "4Mi"}},
	} {
		if amount := one.amounts[c.Below(len(one.amounts))]; amount != "" {
			list[one.name] = resource.MustParse(amount)
		}
	}
	return list
}

func nodeSelector(c *Choices, mayBeEmpty bool) *core.NodeSelector {
	selector := &core.NodeSelector{}
	for range 1 + c.Below(2) {
		selector.NodeSelectorTerms = append(selector.NodeSelectorTerms, nodeTerm(c, mayBeEmpty))
	}
	return selector
}

func nodeTerm(c *Choices, mayBeEmpty bool) core.NodeSelectorTerm {
	var term core.NodeSelectorTerm
	if mayBeEmpty && c.Once(20) {
		return term
	}
	if !c.Once(4) {
		for range 1 + c.Below(2) {
			term.MatchExpressions = append(term.MatchExpressions, nodeRequirement(c))
		}
	}
	if c.Once(4) || len(term.MatchExpressions) == 0 {
		for range Mostly(c, 4, 1, 2) {
			term.MatchFields = append(term.MatchFields, core.NodeSelectorRequirement{
				Key:      meta.ObjectNameField,
				Operator: Pick(c, core.NodeSelectorOpIn, core.NodeSelectorOpNotIn),
				Values:   []string{Pick(c, "n1", "n2", "gone")},
			})
		}
	}
	return term
}

func nodeRequirement(c *Choices) core.NodeSelectorRequirement {
	requirement := core.NodeSelectorRequirement{
		Key: Pick(c, "disk", zone, host, region, "cores"),
		Operator: Pick(c, core.NodeSelectorOpIn, core.NodeSelectorOpNotIn, core.NodeSelectorOpExists,
			core.NodeSelectorOpDoesNotExist, core.NodeSelectorOpGt, core.NodeSelectorOpLt),
	}
	switch requirement.Operator {
	case core.NodeSelectorOpIn, core.NodeSelectorOpNotIn:
		for range 1 + c.Below(2) {
			requirement.Values = append(requirement.Values, Pick(c, "ssd", "hdd", "a", "b", "n1", "r1", "4"))
		}
	case core.NodeSelectorOpGt, core.NodeSelectorOpLt:
		requirement.Values = []string{Pick(c, "4", "8", "0")}
	}
	return requirement
}

func podTerms(c *Choices) (terms []core.PodAffinityTerm) {
	for range Mostly(c, 4, 1, 2) {
		term := core.PodAffinityTerm{
			TopologyKey:   Pick(c, host, zone, region, "disk"),
			LabelSelector: labelSelector(c),
		}
		if c.Once(6) {
			term.Namespaces = []string{Pick(c, "default", "other", "nowhere")}
		}
		if c.Once(6) {
			term.NamespaceSelector = Pick(c, &meta.LabelSelector{}, &meta.LabelSelector{MatchLabels: map[string]string{"team": "a"}},
				&meta.LabelSelector{MatchExpressions: []meta.LabelSelectorRequirement{{Key: "team", Operator: meta.LabelSelectorOpDoesNotExist}}})
		}
		terms = append(terms, term)
	}
	return terms
}

func labelSelector(c *Choices) *meta.LabelSelector {
	switch c.Below(8) {
	case 0, 1, 2, 3:
		return &meta.LabelSelector{MatchLabels: map[string]string{"app": Pick(c, "web", "db")}}
	case 4:
		return &meta.LabelSelector{}
	case 5:
		return nil
	default:
		requirement := meta.LabelSelectorRequirement{
			Key: Pick(c, "app", "tier"),
			Operator: Pick(c, meta.LabelSelectorOpIn, meta.LabelSelectorOpNotIn, meta.LabelSelectorOpExists,
				meta.LabelSelectorOpDoesNotExist),
		}
		if requirement.Operator == meta.LabelSelectorOpIn || requirement.Operator == meta.LabelSelectorOpNotIn {
			requirement.Values = []string{Pick(c, "web", "front"), Pick(c, "db", "back")}
		}
		selector := &meta.LabelSelector{MatchExpressions: []meta.LabelSelectorRequirement{requirement}}
		if c.Once(3) {
			selector.MatchLabels = map[string]string{"tier": "front"}
		}
		return selector
	}
}

func spread(c *Choices) core.TopologySpreadConstraint {
	spread := core.TopologySpreadConstraint{
		MaxSkew:           Pick[int32](c, 1, 2),
		TopologyKey:       Pick(c, zone, host, region),
		WhenUnsatisfiable: Mostly(c, 4, core.DoNotSchedule, core.ScheduleAnyway),
		LabelSelector:     labelSelector(c),
	}
	if spread.WhenUnsatisfiable == core.DoNotSchedule && c.Once(4) {
		spread.MinDomains = new(Pick[int32](c, 1, 2, 3))
	}
	policy := func() *core.NodeInclusionPolicy {
		if c.Once(3) {
			return new(Pick(c, core.NodeInclusionPolicyHonor, core.NodeInclusionPolicyIgnore))
		}
		return nil
	}
	spread.NodeAffinityPolicy, spread.NodeTaintsPolicy = policy(), policy()
	return spread
}

func toleration(c *Choices) core.Toleration {
	toleration := core.Toleration{
		Key:      Pick(c, "dedicated", "gpu", core.TaintNodeUnschedulable, core.TaintNodeNotReady, ""),
		Operator: Pick(c, core.TolerationOpExists, core.TolerationOpEqual, ""),
		Effect:   Pick(c, "", core.TaintEffectNoSchedule, core.TaintEffectNoExecute, core.TaintEffectPreferNoSchedule),
	}
	if toleration.Key == "" {
		toleration.Operator = core.TolerationOpExists
	}
	if toleration.Operator != core.TolerationOpExists {
		toleration.Value = Pick(c, "", "db", "3")
	}
	return toleration
}

// addStorage adds classes, volumes and claims in every state of binding.
func addStorage(c *Choices, made *Case) {
	class := func(name, provisioner string, mode storage.VolumeBindingMode) {
		class := &storage.StorageClass{ObjectMeta: object("", name, nil), Provisioner: provisioner, VolumeBindingMode: &mode}
		class.ReclaimPolicy = new(core.PersistentVolumeReclaimDelete)
		made.Classes = append(made.Classes, class)
	}
	class("now", driver, storage.VolumeBindingImmediate)
	class("later", driver, storage.VolumeBindingWaitForFirstConsumer)
	class("local", "kubernetes.io/no-provisioner", storage.VolumeBindingWaitForFirstConsumer)
	if c.Once(4) {
		for range 1 + c.Below(2) {
			key := Pick(c, zone, host)
			made.Classes[1].AllowedTopologies = append(made.Classes[1].AllowedTopologies, core.TopologySelectorTerm{
				MatchLabelExpressions: []core.TopologySelectorLabelRequirement{{Key: key, Values: []string{Pick(c, "a", "n1"), Pick(c, "b", "n2")}}},
			})
		}
	}
	for number := range c.Some(4, 6) {
		made.Volumes = append(made.Volumes, volume(c, fmt.Sprintf("free-%d", number)))
	}
	for number := range c.Some(5, 8) {
		addClaim(c, made, fmt.Sprintf("c%d", number))
	}
}

func volume(c *Choices, name string) *core.PersistentVolume {
	volume := &core.PersistentVolume{ObjectMeta: object("", name, nil)}
	volume.Spec = core.PersistentVolumeSpec{
		Capacity:    core.ResourceList{core.ResourceStorage: resource.MustParse(Pick(c, "1Gi", "2Gi", "5Gi"))},
		AccessModes: []core.PersistentVolumeAccessMode{Mostly(c, 5, core.ReadWriteOnce, core.ReadWriteMany, core.ReadWriteOncePod)},
		PersistentVolumeSource: core.PersistentVolumeSource{
			CSI: &core.CSIPersistentVolumeSource{Driver: driver, VolumeHandle: name},
		},
		StorageClassName: Mostly(c, 5, "local", "later", "now"),
		VolumeMode:       new(Mostly(c, 10, core.PersistentVolumeFilesystem, core.PersistentVolumeBlock)),
	}
	volume.Status.Phase = Mostly(c, 10, core.VolumeAvailable, core.VolumeReleased, core.VolumeFailed, core.VolumePending)
	if c.Once(2) {
		volume.Spec.NodeAffinity = &core.VolumeNodeAffinity{Required: nodeSelector(c, false)}
	}
	if c.Once(5) {
		volume.Labels = map[string]string{zone: Pick(c, "a", "b", "a__b")}
	}
	if c.Once(15) {
		volume.Labels = map[string]string{Pick(c, region, core.LabelFailureDomainBetaRegion): Pick(c, "r1", "r2")}
	}
	return volume
}

func addClaim(c *Choices, made *Case, name string) {
	claim := &core.PersistentVolumeClaim{ObjectMeta: object("default", name, nil)}
	claim.Annotations = map[string]string{}
	claim.Spec = core.PersistentVolumeClaimSpec{
		AccessModes:      []core.PersistentVolumeAccessMode{Mostly(c, 4, core.ReadWriteOnce, core.ReadWriteMany, core.ReadWriteOncePod)},
		StorageClassName: new(Pick(c, "later", "local", "now", "none", "")),
		VolumeMode:       new(core.PersistentVolumeFilesystem),
	}
	claim.Spec.Resources.Requests = core.ResourceList{core.ResourceStorage: resource.MustParse(Pick(c, "1Gi", "2Gi", "5Gi"))}
	claim.Status.Phase = core.ClaimPending
	made.Claims = append(made.Claims, claim)
	if c.Once(15) {
		now := meta.Unix(1767225600, 0)
		claim.DeletionTimestamp = &now
		claim.Finalizers = []string{"kubernetes.io/pvc-protection"}
	}
	if c.Once(8) {
		claim.Annotations["volume.kubernetes.io/selected-node"] = Pick(c, "n1", "n2", "gone")
	}
	switch c.Below(4) {
	case 0, 1:
		bind(claim, volume(c, "of-"+name), made)
		if c.Once(10) {
			// Its volume is gone.
			made.Volumes = made.Volumes[:len(made.Volumes)-1]
			if c.Once(2) {
				claim.Status.Phase = core.ClaimLost
			}
		}
	case 2:
		if c.Once(6) {
			// A volume is there for it, and not bound yet.
			volume := volume(c, "of-"+name)
			volume.Spec.ClaimRef = &core.ObjectReference{Kind: "PersistentVolumeClaim", Namespace: "default", Name: name, UID: claim.UID}
			made.Volumes = append(made.Volumes, volume)
		}
	}
	if len(claim.Annotations) == 0 {
		claim.Annotations = nil
	}
}

func bind(claim *core.PersistentVolumeClaim, volume *core.PersistentVolume, made *Case) {
	claim.Annotations["pv.kubernetes.io/bind-completed"] = "yes"
	claim.Spec.VolumeName = volume.Name
	claim.Status.Phase = core.ClaimBound
	volume.Spec.ClaimRef = &core.ObjectReference{
		Kind: "PersistentVolumeClaim", Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID,
	}
	volume.Status.Phase = core.VolumeBound
	made.Volumes = append(made.Volumes, volume)
}
