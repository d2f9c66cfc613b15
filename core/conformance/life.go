package conformance

import (
	"fmt"
	"slices"
	"strings"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	podutil "k8s.io/kubernetes/pkg/api/v1/pod"
)

// Live lets a set live in two clusters. The same happens to both, but in one it is the real controller that reacts, and
// in the other the library; now and then the two change places. Whenever both have come to rest, the clusters must be the
// same. Gives what differs, or nothing.
//
// Also counts the times that they came to rest, and that they did not: some sets go round in circles (rule U-7).
func Live(choices *Choices, gates Gates) (found []string, rests, circles int) {
	g := &generator{Choices: choices, Case: &Case{Gates: gates, Now: meta.NewTime(epoch)}}
	g.set()
	g.Set.DeletionTimestamp, g.Set.DeletionGracePeriodSeconds, g.Set.Finalizers = nil, nil, nil
	g.normalize()
	life := &life{generator: g, clusters: [2]*Store{NewStore(g.Case), NewStore(g.Case)}}
	for range 40 {
		if found := life.step(); len(found) > 0 {
			return append(found, life.told...), life.rests, life.circles
		}
	}
	return nil, life.rests, life.circles
}

type life struct {
	*generator
	clusters [2]*Store
	// Which cluster the real controller has.
	theirs int
	// What has happened so far.
	told           []string
	rests, circles int
}

func (l *life) step() []string {
	l.happens()
	if l.Once(4) {
		l.theirs = 1 - l.theirs
		l.tell("the controllers change places")
	}
	restless := 0
	for i, store := range l.clusters {
		if !l.rest(store, i == l.theirs) {
			restless++
		}
	}
	// What never rests cannot be compared at rest.
	if restless == len(l.clusters) {
		l.circles++
		return nil
	}
	l.rests++
	if restless > 0 {
		return []string{"only one of the two comes to rest"}
	}
	return l.compare()
}

func (l *life) tell(format string, values ...any) {
	l.told = append(l.told, "  "+fmt.Sprintf(format, values...))
}

// rest lets a controller act until there is nothing left to do.
func (l *life) rest(store *Store, theirs_ bool) bool {
	for range 30 {
		c := l.seen(store)
		store.Writes = nil
		if theirs_ {
			theirs(c, store)
		} else if _, err := ours(c, store); err != nil {
			l.tell("ours refuses: %s", err)
			return false
		}
		changed := func(write Write) bool { return write.Error == "" && write.Object != Unchanged }
		if !slices.ContainsFunc(store.Writes, changed) {
			return true
		}
	}
	return false
}

// seen is a store as a case.
func (l *life) seen(store *Store) *Case {
	c := &Case{Gates: l.Gates, Now: l.Now}
	for _, object := range store.Objects() {
		switch object := object.(type) {
		case *core.Pod:
			c.Pods = append(c.Pods, object)
		case *core.PersistentVolumeClaim:
			c.Claims = append(c.Claims, object)
		case *apps.ControllerRevision:
			c.Revisions = append(c.Revisions, object)
		case *apps.StatefulSet:
			c.Set = object
		}
	}
	return c
}

func (l *life) compare() []string {
	texts := [2]map[Ref]string{{}, {}}
	for i, store := range l.clusters {
		for _, object := range store.Objects() {
			texts[i][Ref{KindOf(object), object.GetName()}] = canonical(object)
		}
	}
	their, our := texts[l.theirs], texts[1-l.theirs]
	var found []string
	for ref, text := range their {
		switch other, both := our[ref]; {
		case !both:
			found = append(found, fmt.Sprintf("only theirs: %s %s", ref.Kind, ref.Name))
		case other != text:
			found = append(found, fmt.Sprintf("%s %s: %s", ref.Kind, ref.Name, strings.Join(fields(text, other), "; ")))
		}
	}
	for ref := range our {
		if _, both := their[ref]; !both {
			found = append(found, fmt.Sprintf("only ours: %s %s", ref.Kind, ref.Name))
		}
	}
	slices.Sort(found)
	return found
}

// happens is what people, kubelets, collectors and time do.
func (l *life) happens() {
	passed := time.Duration(Pick(l.Choices, 1, 1, 10, 60, 4000)) * time.Second
	// The real controller's pauses have taken a part of the last second.
	time.Sleep(passed + l.Now.Add(time.Second).Sub(time.Now()))
	l.Now = meta.NewTime(time.Now())
	for _, store := range l.clusters {
		store.now = l.Now.Time
	}
	if l.Once(3) {
		l.edit()
	}
	// Both clusters are the same: one tells what there is.
	c := l.seen(l.clusters[0])
	mood := Pick(l.Choices, 20, 20, 20, 3)
	for _, pod := range c.Pods {
		ref := Ref{Pod, pod.Name}
		switch {
		case pod.DeletionTimestamp != nil:
			if !l.Once(3) {
				l.remove(ref)
			}
		case !podutil.IsPodReady(pod) && !l.Once(mood):
			l.become(ref, core.PodRunning, true)
		case l.Once(2 * mood):
			l.become(ref, Pick(l.Choices, core.PodRunning, core.PodFailed, core.PodSucceeded), false)
		case l.Once(20):
			l.tell("%s is deleted", pod.Name)
			l.both(func(store *Store) {
				pod := store.objects[ref].(*core.Pod)
				pod.DeletionTimestamp = new(l.Now)
			})
		case l.Once(40):
			l.tell("%s loses its owner", pod.Name)
			l.both(func(store *Store) { store.objects[ref].SetOwnerReferences(nil) })
		}
	}
	l.collect(c)
	if l.Once(15) && len(c.Claims) > 0 {
		l.remove(Ref{Claim, c.Claims[l.Below(len(c.Claims))].Name})
	}
	if l.Once(25) && len(c.Revisions) > 0 {
		l.remove(Ref{Revision, c.Revisions[l.Below(len(c.Revisions))].Name})
	}
}

func (l *life) both(change func(*Store)) {
	for _, store := range l.clusters {
		change(store)
	}
}

func (l *life) remove(ref Ref) {
	l.tell("%s %s is gone", ref.Kind, ref.Name)
	l.both(func(store *Store) { delete(store.objects, ref) })
}

func (l *life) become(ref Ref, phase core.PodPhase, ready bool) {
	l.tell("%s is %s, ready: %t", ref.Name, phase, ready)
	l.both(func(store *Store) {
		pod := store.objects[ref].(*core.Pod)
		pod.Status.Phase = phase
		status := map[bool]core.ConditionStatus{true: core.ConditionTrue, false: core.ConditionFalse}[ready]
		pod.Status.Conditions = []core.PodCondition{{Type: core.PodReady, Status: status, LastTransitionTime: l.Now}}
	})
}

// collect takes claims away whose owners are gone.
func (l *life) collect(c *Case) {
	alive := map[types.UID]bool{c.Set.UID: true}
	for _, pod := range c.Pods {
		_, there := l.clusters[0].objects[Ref{Pod, pod.Name}]
		alive[pod.UID] = there
	}
	for _, claim := range c.Claims {
		dead := func(owner meta.OwnerReference) bool { return !alive[owner.UID] }
		if len(claim.OwnerReferences) > 0 && !slices.ContainsFunc(claim.OwnerReferences, func(owner meta.OwnerReference) bool { return !dead(owner) }) {
			l.remove(Ref{Claim, claim.Name})
		}
	}
}

// edit changes what is wanted.
func (l *life) edit() {
	set := l.clusters[0].objects[Ref{Set, l.Set.Name}].(*apps.StatefulSet)
	spec := set.Spec.DeepCopy()
	switch l.Below(7) {
	default:
		spec.Template = l.style.template(l.Below(4))
	case 1:
		spec.Replicas = new(int32(l.Below(6)))
	case 2:
		spec.UpdateStrategy = l.strategy()
	case 3:
		spec.MinReadySeconds = int32(Pick(l.Choices, 0, 10, 3600))
	case 4:
		spec.Ordinals = &apps.StatefulSetOrdinals{Start: int32(l.Below(3))}
	case 5:
		policy := func() apps.PersistentVolumeClaimRetentionPolicyType {
			return Pick(l.Choices, apps.RetainPersistentVolumeClaimRetentionPolicyType, apps.DeletePersistentVolumeClaimRetentionPolicyType)
		}
		spec.PersistentVolumeClaimRetentionPolicy = &apps.StatefulSetPersistentVolumeClaimRetentionPolicy{WhenDeleted: policy(), WhenScaled: policy()}
	case 6:
		spec.RevisionHistoryLimit = new(int32(l.Below(3)))
	}
	l.Set.Spec = *spec
	l.normalize()
	l.tell("the set is edited: %d replicas, %s, partition and limit %v", *spec.Replicas, spec.Template.Spec.Containers[0].Image, spec.UpdateStrategy.RollingUpdate)
	l.both(func(store *Store) {
		set := store.objects[Ref{Set, l.Set.Name}].(*apps.StatefulSet)
		l.Set.Spec.DeepCopyInto(&set.Spec)
		set.Generation++
	})
}
