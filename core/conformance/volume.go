package conformance

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/component-helpers/storage/volume"
	"sigs.k8s.io/yaml"
	"statefulset.internal/statefulset"
)

// VolumeCase is one claim that has no volume yet, and the volumes that there are. A class that waits for a pod is bound
// once the claim has a node.
type VolumeCase struct {
	Claim   *core.PersistentVolumeClaim `json:"claim"`
	Volumes []*core.PersistentVolume    `json:"volumes,omitempty"`
	// The node that the scheduler has chosen; none if it has not.
	Node string `json:"node,omitempty"`
}

// YAML is the case as a file that can be read.
func (c *VolumeCase) YAML() string {
	text, err := yaml.Marshal(c)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// The wanted differences in the choice of a volume.
const (
	// The first of several volumes of equal size, where the real one's order is random.
	EqualVolumes Difference = "of volumes of equal size the choice is by what they are, then by name; upstream takes any"
	// Which of several volumes that are reserved for one claim it gets, or whether one that is out of reach keeps it from all,
	// depends on the order in which upstream lists them.
	ReservedTwice Difference = "several volumes are reserved for one claim: upstream takes whichever comes first"
)

const lateClass = "late"

// GenerateVolumes makes such a case.
func GenerateVolumes(c *Choices) *VolumeCase {
	quantity := func(text string) core.ResourceList {
		return core.ResourceList{core.ResourceStorage: resource.MustParse(text)}
	}
	sizes := []string{"1Gi", "2Gi", "1073741825", "512Mi", "1G", "0", "5Gi"}
	size := func() core.ResourceList { return quantity(sizes[c.Below(len(sizes))]) }
	text := func(in int, known ...string) *string {
		if !c.Once(in) {
			return nil
		}
		return &known[c.Below(len(known))]
	}
	modes := func() []core.PersistentVolumeAccessMode {
		all := []core.PersistentVolumeAccessMode{core.ReadWriteOnce, core.ReadOnlyMany, core.ReadWriteMany, core.ReadWriteOncePod}
		some := []core.PersistentVolumeAccessMode{all[Mostly(c, 3, 0, 1, 2, 3)]}
		for c.Once(4) {
			some = append(some, all[c.Below(4)])
		}
		return some
	}
	mode := func() *core.PersistentVolumeMode {
		switch c.Below(8) {
		case 6:
			return new(core.PersistentVolumeFilesystem)
		case 7:
			return new(core.PersistentVolumeBlock)
		}
		return nil
	}
	late := c.Once(2)
	class := func() *string {
		if late {
			return new(Mostly(c, 6, lateClass, "", "other"))
		}
		return text(2, "fast", "", "other")
	}
	claim := &core.PersistentVolumeClaim{ObjectMeta: meta.ObjectMeta{Name: "data-web-0", Namespace: "default", UID: "claim"}}
	claim.Labels = map[string]string{"app": "web"}
	claim.Spec = core.PersistentVolumeClaimSpec{AccessModes: modes(), VolumeMode: mode(), StorageClassName: class(), VolumeAttributesClassName: text(6, "gold", ""), Resources: core.VolumeResourceRequirements{Requests: size()}}
	if c.Once(4) {
		claim.Spec.Selector = &meta.LabelSelector{MatchLabels: map[string]string{"tier": "db"}}
		if c.Once(3) {
			claim.Spec.Selector.MatchExpressions = []meta.LabelSelectorRequirement{{Key: "zone", Operator: Pick(c, meta.LabelSelectorOpExists, meta.LabelSelectorOpDoesNotExist)}}
		}
	}
	claim.Status.Phase = core.ClaimPending
	theCase := &VolumeCase{Claim: claim}
	if late && !c.Once(4) {
		theCase.Node = Pick(c, "a", "b", "c", "d")
		claim.Annotations = map[string]string{"volume.kubernetes.io/selected-node": theCase.Node}
	}
	for i := range c.Below(9) {
		pv := &core.PersistentVolume{ObjectMeta: meta.ObjectMeta{Name: fmt.Sprintf("pv-%d", i), UID: "v"}}
		pv.Spec = core.PersistentVolumeSpec{Capacity: size(), AccessModes: modes(), VolumeMode: mode(), VolumeAttributesClassName: text(6, "gold", "")}
		if name := class(); name != nil {
			pv.Spec.StorageClassName = *name
		}
		if c.Once(10) {
			pv.Annotations = map[string]string{"volume.beta.kubernetes.io/storage-class": "fast"}
		}
		pv.Status.Phase = Mostly(c, 5, core.VolumeAvailable, core.VolumePending, core.VolumeReleased, core.VolumeBound, core.VolumeFailed)
		if c.Once(3) {
			pv.Labels = map[string]string{"tier": Pick(c, "db", "web")}
			if c.Once(3) {
				pv.Labels["zone"] = "x"
			}
		}
		if c.Once(4) {
			pv.Spec.ClaimRef = &core.ObjectReference{Namespace: Mostly(c, 6, "default", "other"), Name: Mostly(c, 4, claim.Name, "data-web-1"), UID: Pick(c, claim.UID, "", "stale")}
		}
		if c.Once(12) {
			pv.DeletionTimestamp = &meta.Time{Time: time.Unix(1, 0).UTC()}
			pv.Finalizers = []string{"kubernetes.io/pv-protection"}
		}
		if c.Once(3) {
			pv.Spec.NodeAffinity = affinity(c)
		}
		theCase.Volumes = append(theCase.Volumes, pv)
	}
	return theCase
}

// affinity is one of any shape: mostly a disk of one machine or of one zone, else terms with any requirements, few of
// which are not well formed.
func affinity(c *Choices) *core.VolumeNodeAffinity {
	terms := func(some ...core.NodeSelectorTerm) *core.VolumeNodeAffinity {
		return &core.VolumeNodeAffinity{Required: &core.NodeSelector{NodeSelectorTerms: some}}
	}
	of := func(key string, operator core.NodeSelectorOperator, values ...string) core.NodeSelectorRequirement {
		return core.NodeSelectorRequirement{Key: key, Operator: operator, Values: values}
	}
	all := func(requirements ...core.NodeSelectorRequirement) core.NodeSelectorTerm {
		return core.NodeSelectorTerm{MatchExpressions: requirements}
	}
	switch c.Below(8) {
	case 0:
		return terms(all(of(core.LabelHostname, core.NodeSelectorOpIn, Pick(c, "a", "b", "gone"))))
	case 1, 2:
		return terms(all(of(core.LabelTopologyZone, core.NodeSelectorOpIn, Pick(c, "north", "south", "gone"))))
	case 3:
		if c.Once(2) {
			return &core.VolumeNodeAffinity{}
		}
		return terms()
	}
	requirement := func() core.NodeSelectorRequirement {
		key := Pick(c, core.LabelTopologyZone, core.LabelTopologyZone, "cores", "cores", core.LabelHostname, "ssd", core.LabelFailureDomainBetaZone)
		if c.Once(20) {
			key = Pick(c, "", "no key", "Example.com/x", "-")
		}
		text := func() string { return Pick(c, "north", "south", "a", "b", "4", "8", "") }
		switch operator := Pick(c, core.NodeSelectorOpIn, core.NodeSelectorOpNotIn, core.NodeSelectorOpExists, core.NodeSelectorOpDoesNotExist, core.NodeSelectorOpGt, core.NodeSelectorOpLt); {
		case c.Once(20):
			return of(key, Pick(c, operator, operator, "", "Near", "in"), Pick(c, "north", "no value", "-1", "+8"))
		case operator == core.NodeSelectorOpIn || operator == core.NodeSelectorOpNotIn:
			values := []string{text()}
			for c.Once(2) {
				values = append(values, text())
			}
			return of(key, operator, values...)
		case operator == core.NodeSelectorOpGt || operator == core.NodeSelectorOpLt:
			return of(key, operator, Mostly(c, 8, "4", "5", "8", "0", "08", "9223372036854775808", "north"))
		default:
			return of(key, operator)
		}
	}
	var some []core.NodeSelectorTerm
	for some == nil || c.Once(3) {
		var term core.NodeSelectorTerm
		for c.Once(2) || (len(term.MatchExpressions) == 0 && !c.Once(20)) {
			term.MatchExpressions = append(term.MatchExpressions, requirement())
		}
		for c.Once(12) {
			name := of("metadata.name", Pick(c, core.NodeSelectorOpIn, core.NodeSelectorOpNotIn, core.NodeSelectorOpExists), Pick(c, "a", "b"))
			if c.Once(4) {
				name.Values = append(name.Values, "c")
			}
			term.MatchFields = append(term.MatchFields, name)
		}
		some = append(some, term)
	}
	return terms(some...)
}

// nodeNames are the nodes: two zones of two, and cores and disks to ask for.
var nodeNames = []string{"a", "b", "c", "d"}

func nodeNamed(name string) *core.Node {
	labels := map[string]string{core.LabelHostname: name}
	switch name {
	case "a":
		labels[core.LabelTopologyZone], labels["cores"], labels["ssd"] = "north", "4", ""
	case "b":
		labels[core.LabelTopologyZone], labels["cores"] = "north", "8"
	case "c":
		labels[core.LabelTopologyZone], labels["cores"], labels[core.LabelFailureDomainBetaZone] = "south", "16", "south"
	case "d":
		labels[core.LabelTopologyZone], labels["cores"] = "south", "few"
	}
	node := &core.Node{ObjectMeta: meta.ObjectMeta{Name: name, UID: "n", Labels: labels}}
	node.Status.Conditions = []core.NodeCondition{{Type: core.NodeReady, Status: core.ConditionTrue}}
	return node
}

// TheirVolume is the volume that upstream binds: the scheduler if there is a node, which asks FindMatchingVolume about all
// volumes; or else the binder, which asks it about those with the same access modes, fewest modes first.
func TheirVolume(c *VolumeCase) (string, error) {
	late := c.Claim.Spec.StorageClassName != nil && *c.Claim.Spec.StorageClassName == lateClass
	var chosen *core.PersistentVolume
	var err error
	if c.Node != "" && late {
		chosen, err = volume.FindMatchingVolume(c.Claim, c.Volumes, nodeNamed(c.Node), nil, late, true)
	} else {
		for _, group := range byModes(c) {
			if chosen, err = volume.FindMatchingVolume(c.Claim, group, nil, nil, late, true); err != nil || chosen != nil {
				break
			}
		}
	}
	if chosen == nil {
		return "", err
	}
	return chosen.Name, err
}

// byModes are the volumes that offer what the claim asks for, those with the same modes together.
func byModes(c *VolumeCase) [][]*core.PersistentVolume {
	groups := map[string][]*core.PersistentVolume{}
	for _, pv := range c.Volumes {
		if volume.CheckAccessModes(c.Claim, pv) {
			modes := slices.Compact(slices.Sorted(slices.Values(pv.Spec.AccessModes)))
			name := fmt.Sprint(len(modes), modes)
			groups[name] = append(groups[name], pv)
		}
	}
	var sorted [][]*core.PersistentVolume
	for _, group := range groups {
		sorted = append(sorted, group)
	}
	slices.SortFunc(sorted, func(a, b []*core.PersistentVolume) int {
		modes := func(group []*core.PersistentVolume) int {
			return len(slices.Compact(slices.Sorted(slices.Values(group[0].Spec.AccessModes))))
		}
		return cmp.Or(cmp.Compare(modes(a), modes(b)), cmp.Compare(a[0].Name, b[0].Name))
	})
	return sorted
}

// OurVolume is the volume that the library binds in the profile without other controllers.
func OurVolume(c *VolumeCase) (string, error) {
	cluster, err := statefulset.NewCluster(statefulset.Standalone())
	if err != nil {
		return "", err
	}
	defer cluster.Close()
	set := setWithClaim(c.Claim)
	waits := storage.VolumeBindingWaitForFirstConsumer
	objects := map[statefulset.Kind][]any{
		statefulset.KindStatefulSet:           {set},
		statefulset.KindPersistentVolumeClaim: {c.Claim},
		statefulset.KindStorageClass:          {&storage.StorageClass{ObjectMeta: meta.ObjectMeta{Name: lateClass}, VolumeBindingMode: &waits}},
	}
	for _, pv := range c.Volumes {
		objects[statefulset.KindPersistentVolume] = append(objects[statefulset.KindPersistentVolume], pv)
	}
	for _, name := range nodeNames {
		objects[statefulset.KindNode] = append(objects[statefulset.KindNode], nodeNamed(name))
	}
	for _, kind := range []statefulset.Kind{statefulset.KindStatefulSet, statefulset.KindPod, statefulset.KindPersistentVolumeClaim, statefulset.KindControllerRevision, statefulset.KindPersistentVolume, statefulset.KindStorageClass, statefulset.KindNode, statefulset.KindPodDisruptionBudget} {
		if err := cluster.BeginList(kind); err != nil {
			return "", err
		}
		for _, object := range objects[kind] {
			text, err := json.Marshal(object)
			if err != nil {
				return "", err
			}
			if err := cluster.Apply(kind, text); err != nil {
				return "", err
			}
		}
		if err := cluster.EndList(kind, "1"); err != nil {
			return "", err
		}
	}
	plan, err := cluster.Plan("default/web", time.Unix(1000, 0))
	if err != nil {
		return "", err
	}
	for _, request := range plan.List {
		if name, ok := strings.CutPrefix(request.Path, "/api/v1/persistentvolumes/"); ok {
			return name, nil
		}
	}
	return "", nil
}

// setWithClaim is a set of one pod whose claim template is that of the claim.
func setWithClaim(claim *core.PersistentVolumeClaim) *apps.StatefulSet {
	labels := map[string]string{"app": "web"}
	set := &apps.StatefulSet{ObjectMeta: meta.ObjectMeta{Name: "web", Namespace: "default", UID: "set", Generation: 1, ResourceVersion: "1", Finalizers: []string{"statefulset.dev/ordered-shutdown"}}}
	set.Spec.Replicas, set.Spec.RevisionHistoryLimit = new(int32(1)), new(int32(10))
	set.Spec.Selector = &meta.LabelSelector{MatchLabels: labels}
	set.Spec.PodManagementPolicy, set.Spec.UpdateStrategy.Type = apps.OrderedReadyPodManagement, apps.RollingUpdateStatefulSetStrategyType
	set.Spec.Template = core.PodTemplateSpec{ObjectMeta: meta.ObjectMeta{Labels: labels}, Spec: core.PodSpec{Containers: []core.Container{{Name: "main", Image: "nginx"}}}}
	set.Spec.VolumeClaimTemplates = []core.PersistentVolumeClaim{{ObjectMeta: meta.ObjectMeta{Name: "data"}, Spec: claim.Spec}}
	return set
}

// CompareVolumes says how the choices differ, if they do, and which wanted difference explains it.
func CompareVolumes(c *VolumeCase, theirs, ours string) (problem string, wanted Difference) {
	if theirs == ours {
		return "", ""
	}
	find := func(name string) *core.PersistentVolume {
		i := slices.IndexFunc(c.Volumes, func(pv *core.PersistentVolume) bool { return pv.Name == name })
		if i < 0 {
			return nil
		}
		return c.Volumes[i]
	}
	left, right := find(theirs), find(ours)
	own := 0
	for _, pv := range c.Volumes {
		if pv.Spec.ClaimRef != nil && volume.IsVolumeBoundToClaim(pv, c.Claim) {
			own++
		}
	}
	if own > 1 {
		return "", ReservedTwice
	}
	if left != nil && right != nil {
		reserved := func(pv *core.PersistentVolume) bool { return pv.Spec.ClaimRef != nil }
		modes := func(pv *core.PersistentVolume) int {
			return len(slices.Compact(slices.Sorted(slices.Values(pv.Spec.AccessModes))))
		}
		equal := left.Spec.Capacity.Storage().Cmp(*right.Spec.Capacity.Storage()) == 0 || reserved(left)
		if reserved(left) == reserved(right) && equal && (c.Node != "" || modes(left) == modes(right)) {
			return "", EqualVolumes
		}
		// Between groups with equally many modes the order is any.
		if c.Node == "" && modes(left) == modes(right) && !slices.Equal(slices.Compact(slices.Sorted(slices.Values(left.Spec.AccessModes))), slices.Compact(slices.Sorted(slices.Values(right.Spec.AccessModes)))) {
			return "", EqualVolumes
		}
	}
	return fmt.Sprintf("theirs takes %q, ours %q", theirs, ours), ""
}
