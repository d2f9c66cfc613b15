package conformance

import (
	"fmt"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

const (
	setUID   = types.UID("11111111-1111-4111-8111-111111111111")
	otherUID = types.UID("22222222-2222-4222-8222-222222222222")
)

// epoch is when all cases play: the moment at which the clock of a test bubble stands still.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Generate makes a case of choices. Its objects are as an API server would return them.
func Generate(c *Choices, gates Gates) *Case {
	g := &generator{Choices: c, Case: &Case{Gates: gates, Now: meta.NewTime(epoch)}}
	g.set()
	g.revisions()
	g.pods()
	g.claims()
	g.status()
	g.faults()
	return g.Case
}

type generator struct {
	*Choices
	*Case
	uids int
	// What the templates of all revisions have in common.
	style style
	// Which of them the set has.
	newest int
	// The bytes of those that have been asked for.
	data map[int][]byte
}

func (g *generator) uid() types.UID {
	g.uids++
	return types.UID(fmt.Sprintf("00000000-0000-4000-8000-%012d", g.uids))
}

func (g *generator) ago(seconds int) meta.Time {
	return meta.NewTime(epoch.Add(-time.Duration(seconds) * time.Second))
}

func (g *generator) set() {
	spec := apps.StatefulSetSpec{
		Replicas:             new(int32(Pick(g.Choices, 1, 0, 2, 3, 3, 4, 5, 9))),
		Selector:             &meta.LabelSelector{MatchLabels: map[string]string{"app": "web"}},
		ServiceName:          Pick(g.Choices, "", "serving"),
		PodManagementPolicy:  Pick(g.Choices, apps.OrderedReadyPodManagement, apps.ParallelPodManagement),
		UpdateStrategy:       g.strategy(),
		MinReadySeconds:      int32(Pick(g.Choices, 0, 0, 10, 3600)),
		RevisionHistoryLimit: new(int32(Pick(g.Choices, 10, 10, 0, 1, 2, g.lowestLimit()))),
	}
	if start := Mostly(g.Choices, 3, 0, 1, 3); start > 0 {
		spec.Ordinals = &apps.StatefulSetOrdinals{Start: int32(start)}
	}
	if g.Once(8) {
		spec.Selector.MatchExpressions = []meta.LabelSelectorRequirement{
			{Key: "tier", Operator: meta.LabelSelectorOpNotIn, Values: []string{"back"}},
		}
	}
	keep := func() apps.PersistentVolumeClaimRetentionPolicyType {
		return Pick(g.Choices, apps.RetainPersistentVolumeClaimRetentionPolicyType, apps.DeletePersistentVolumeClaimRetentionPolicyType)
	}
	if g.Once(2) {
		spec.PersistentVolumeClaimRetentionPolicy = &apps.StatefulSetPersistentVolumeClaimRetentionPolicy{WhenDeleted: keep(), WhenScaled: keep()}
	}
	g.style = g.newStyle()
	for _, name := range []string{"data", "log"}[:Pick(g.Choices, 0, 1, 1, 2)] {
		spec.VolumeClaimTemplates = append(spec.VolumeClaimTemplates, g.claimTemplate(name))
	}
	spec.Template = g.style.template(0)
	set := &apps.StatefulSet{
		TypeMeta: meta.TypeMeta{APIVersion: "apps/v1", Kind: "StatefulSet"},
		ObjectMeta: meta.ObjectMeta{
			Name:              Mostly(g.Choices, 6, "web", "db-1", "a", "a-set-with-a-very-long-name-that-leaves-hardly-any-room"),
			Namespace:         namespace,
			UID:               setUID,
			ResourceVersion:   "900",
			Generation:        int64(1 + g.Below(3)),
			CreationTimestamp: g.ago(7200),
			Annotations:       Mostly(g.Choices, 4, nil, map[string]string{"note": "a <b> & c", "other": ""}),
		},
		Spec: spec,
	}
	if g.Once(15) {
		set.DeletionTimestamp = new(g.ago(5))
		set.DeletionGracePeriodSeconds = new(int64(0))
		set.Finalizers = []string{Pick(g.Choices, "foregroundDeletion", "orphan")}
	}
	g.Set = set
}

// lowestLimit is one below zero, where the controller can bear it: those before 1.29.13 panic.
func (g *generator) lowestLimit() int {
	if g.Gates.isBefore("1.30") {
		return 3
	}
	return -1
}

func (g *generator) strategy() apps.StatefulSetUpdateStrategy {
	rolling := apps.RollingUpdateStatefulSetStrategyType
	switch g.Below(8) {
	default:
		return apps.StatefulSetUpdateStrategy{}
	case 1, 2, 3:
		percent := func(text string) *intstr.IntOrString { return new(intstr.FromString(text)) }
		number := func(n int32) *intstr.IntOrString { return new(intstr.FromInt32(n)) }
		return apps.StatefulSetUpdateStrategy{Type: rolling, RollingUpdate: &apps.RollingUpdateStatefulSetStrategy{
			Partition:      new(int32(Pick(g.Choices, 0, 0, 1, 2, 3, 100))),
			MaxUnavailable: Pick(g.Choices, nil, number(1), number(2), number(3), percent("1%"), percent("50%"), percent("70%"), percent("100%")),
		}}
	case 4, 5:
		return apps.StatefulSetUpdateStrategy{Type: rolling}
	case 6:
		return apps.StatefulSetUpdateStrategy{Type: apps.OnDeleteStatefulSetStrategyType}
	case 7:
		// Stored while its gate was on.
		if g.Gates.hasRecreate() && (g.Gates.Recreate || g.Once(10)) {
			return apps.StatefulSetUpdateStrategy{Type: apps.RecreateStatefulSetStrategyType}
		}
		return apps.StatefulSetUpdateStrategy{}
	}
}

// normalize makes the set what an API server would have made of it.
func (g *generator) normalize() {
	legacyscheme.Scheme.Default(g.Set)
}

func (g *generator) status() {
	status := &g.Set.Status
	revision := func() string {
		names := []string{""}
		for _, revision := range g.Revisions {
			names = append(names, revision.Name)
		}
		return Pick(g.Choices, "gone", names...)
	}
	if len(g.Revisions) > 0 {
		last := g.Revisions[len(g.Revisions)-1].Name
		status.UpdateRevision = last
		status.CurrentRevision = Pick(g.Choices, last, g.Revisions[0].Name, g.Revisions[0].Name)
	}
	if g.Once(8) {
		status.CurrentRevision = revision()
		status.UpdateRevision = revision()
	}
	status.ObservedGeneration = max(0, g.Set.Generation-int64(Mostly(g.Choices, 3, 0, 1, 2, -1)))
	for _, counter := range []*int32{&status.Replicas, &status.ReadyReplicas, &status.AvailableReplicas, &status.CurrentReplicas, &status.UpdatedReplicas} {
		*counter = int32(g.Below(5))
	}
	status.CollisionCount = Mostly(g.Choices, 3, nil, new(int32(0)), new(int32(1)), new(int32(3)))
	g.conditions()
	if g.Once(3) {
		// As the real controller left it.
		settled := *g.Case
		for _, write := range Theirs(&settled).Writes {
			if set, ok := write.Object.(*apps.StatefulSet); ok && write.Verb == UpdateStatus && write.Error == "" {
				set.Status.DeepCopyInto(status)
			}
		}
		if g.Once(8) {
			status.CollisionCount = nil
		}
	}
}

func (g *generator) conditions() {
	if !g.Once(6) {
		return
	}
	condition := func(name apps.StatefulSetConditionType, status core.ConditionStatus, reason, message string) apps.StatefulSetCondition {
		return apps.StatefulSetCondition{Type: name, Status: status, Reason: reason, Message: message, LastTransitionTime: g.ago(600)}
	}
	foreign := condition("Foreign", core.ConditionTrue, "Somebody", "has said something")
	progressing := Mostly(g.Choices, 20, Pick(g.Choices,
		condition("Progressing", core.ConditionTrue, "RecreateInProgress", "Deleting old revision pods"),
		condition("Progressing", core.ConditionTrue, "RecreateInProgress", "Waiting for new-revision pods to be created"),
		condition("Progressing", core.ConditionFalse, "RecreateCompleted", "All pods recreated successfully"),
	), condition("Progressing", core.ConditionUnknown, "Odd", "nonsense"))
	g.Set.Status.Conditions = Pick(g.Choices,
		[]apps.StatefulSetCondition{progressing},
		[]apps.StatefulSetCondition{foreign},
		[]apps.StatefulSetCondition{foreign, progressing},
	)
}

func (g *generator) faults() {
	if !g.Once(3) {
		return
	}
	for range 1 + g.Below(2) {
		fault := g.fault()
		if aims := g.aims(); len(aims) > 0 && g.Once(2) {
			fault = aims[g.Below(len(aims))]
		}
		g.Faults = append(g.Faults, fault)
	}
}

// aims are failures of what is likely to be tried.
func (g *generator) aims() (aims []Fault) {
	failure := Pick(g.Choices, Broken, Conflict, Missing, Invalid)
	aim := func(verb Verb, kind Kind, name string) { aims = append(aims, Fault{verb, kind, name, failure}) }
	phases := map[string]core.PodPhase{}
	for _, pod := range g.Pods {
		phases[pod.Name] = pod.Status.Phase
	}
	claims := map[string]bool{}
	for _, claim := range g.Claims {
		claims[claim.Name] = true
	}
	start, end := g.firstOrdinal(), g.firstOrdinal()+int(*g.Set.Spec.Replicas)
	for ordinal := max(0, start-2); ordinal < end+2; ordinal++ {
		pod := fmt.Sprintf("%s-%d", g.Set.Name, ordinal)
		wanted := ordinal >= start && ordinal < end
		phase, there := phases[pod]
		if there && (!wanted || phase == core.PodFailed || phase == core.PodSucceeded) {
			aim(Delete, Pod, pod)
		}
		for _, template := range g.Set.Spec.VolumeClaimTemplates {
			claim := template.Name + "-" + pod
			switch {
			case there && !wanted && claims[claim]:
				aim(Update, Claim, claim)
			case wanted && !claims[claim] && (!there || phase == core.PodPending):
				aim(Create, Claim, claim)
			}
		}
	}
	for _, revision := range g.Revisions {
		if revision.Name == g.revisionName(g.newest, 0) {
			aim(Update, Revision, revision.Name)
		}
	}
	aim(Create, Revision, g.revisionName(g.newest, 0))
	return aims
}

func (g *generator) fault() Fault {
	name := func() string {
		return fmt.Sprintf("%s-%d", g.Set.Name, g.Below(int(*g.Set.Spec.Replicas)+3))
	}
	failure := Pick(g.Choices, Broken, Conflict, Missing, Invalid)
	switch g.Below(12) {
	default:
		return Fault{Create, Pod, name(), Mostly(g.Choices, 4, failure, Exists)}
	case 1, 2:
		return Fault{Delete, Pod, name(), failure}
	case 3:
		return Fault{Update, Pod, name(), failure}
	case 4, 5:
		return Fault{Create, Claim, Pick(g.Choices, "data-", "log-") + name(), Mostly(g.Choices, 4, failure, Exists)}
	case 6, 7:
		return Fault{Update, Claim, Pick(g.Choices, "data-", "log-") + name(), failure}
	case 8:
		return Fault{UpdateStatus, Set, g.Set.Name, failure}
	case 9:
		return Fault{Guard, Set, g.Set.Name, failure}
	case 10, 11:
		revision := g.revisionName(0, 0)
		if len(g.Revisions) > 0 {
			revision = Pick(g.Choices, revision, g.Revisions[g.Below(len(g.Revisions))].Name)
		}
		return Fault{Pick(g.Choices, Create, Update, Delete), Revision, revision, failure}
	}
}
