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

// partings is how often a life ended since the clusters were not the same any more, for a wanted reason.
const partings = "lives: parted: " + string(TripOverItself)

// Live lets a set live in two clusters. The same happens to both, but in one it is the real controller that reacts, and
// in the other the library; now and then the two change places, and begin anew with what they find. Whenever both have
// come to rest, the clusters must be the same. Gives what differs, or nothing.
//
// Also counts the times that they came to rest, and that they did not: some sets go round in circles (rule U-7).
func Live(choices *Choices, gates Gates, seen Coverage) []string {
	g := &generator{Choices: choices, Case: &Case{Gates: gates, Now: meta.NewTime(epoch)}}
	g.set()
	g.Set.DeletionTimestamp, g.Set.DeletionGracePeriodSeconds, g.Set.Finalizers = nil, nil, nil
	g.normalize()
	l := newLife(g, seen)
	defer l.leave()
	for range 40 {
		if found := l.step(); len(found) > 0 {
			return append(found, l.told...)
		}
		if l.parted {
			break
		}
	}
	return nil
}

// life is a set's life in two clusters.
type life struct {
	*generator
	clusters [2]*Store
	// Which cluster the real controller has.
	theirs int
	bed    *bed
	seat   *seat
	// Whether the real controller has tripped over its own write in this step, and whether the clusters are not the same
	// since then.
	tripped, parted bool
	// What has happened so far.
	told   []string
	counts Coverage
}

// newLife begins with two clusters that are as the case says.
func newLife(g *generator, counts Coverage) *life {
	l := &life{generator: g, counts: counts, clusters: [2]*Store{NewStore(g.Case), NewStore(g.Case)}}
	g.Set = g.Set.DeepCopy()
	l.enter()
	return l
}

// enter lets both controllers begin, with what is there.
func (l *life) enter() {
	for _, store := range l.clusters {
		store.news, store.watched = nil, true
	}
	l.bed = newBed(l.Gates, l.clusters[l.theirs])
	var err error
	if l.seat, err = newSeat(l.Gates, l.clusters[1-l.theirs]); err != nil {
		panic(err)
	}
}

func (l *life) leave() {
	l.seat.close()
}

func (l *life) step() []string {
	l.happens()
	if l.Once(8) {
		l.swap()
	}
	// Without the gate, who acts on an old view does damage that nobody else must do.
	lags := l.Gates.ReadYourWrites && l.Once(4)
	l.tripped = false
	theirs, ours := l.rest(0, lags), l.rest(1, lags)
	// What never rests cannot be compared at rest.
	if !theirs && !ours {
		l.counts["lives: in circles"]++
		return nil
	}
	l.counts["lives: at rest"]++
	if theirs != ours {
		return []string{fmt.Sprintf("only one of the two comes to rest: theirs %t, ours %t", theirs, ours)}
	}
	found := l.compare()
	switch {
	case len(found) > 0 && l.tripped:
		// What it did not come to in that sync it did in the next, of another status: its pods may have another revision.
		l.counts[partings]++
		l.parted = true
		return nil
	case len(found) == 0 && l.Once(4):
		return l.swapAtRest()
	}
	return found
}

// swap lets the two controllers change places.
func (l *life) swap() {
	l.tell("the controllers change places")
	l.leave()
	l.theirs = 1 - l.theirs
	l.enter()
}

// swapAtRest lets them change places while there is nothing to do: then neither may do anything.
func (l *life) swapAtRest() (found []string) {
	revisions := map[string]bool{}
	for _, pod := range l.seen(l.clusters[0]).Pods {
		revisions[pod.Labels[apps.StatefulSetRevisionLabel]] = true
	}
	l.counts["swap: at rest"]++
	if len(revisions) > 1 {
		l.counts["swap: in mid-rollout"]++
	}
	l.swap()
	for which, outcome := range []Outcome{l.bed.sync(l.Set, l.Now.Time), l.seat.sync(l.Set, l.Now.Time)} {
		for _, write := range outcome.Writes {
			if changes(write) {
				l.counts["swap: something changed"]++
				who := []string{"theirs", "ours"}[which]
				found = append(found, fmt.Sprintf("%s changes something because the controllers changed places: %s", who, write.attempt))
			}
		}
	}
	return found
}

func changes(write Write) bool {
	return write.Error == "" && write.form != Unchanged
}

func (l *life) tell(format string, values ...any) {
	l.told = append(l.told, "  "+fmt.Sprintf(format, values...))
}

// rest lets a controller act until there is nothing left to do: the real one, or the library. Where views lag, of some
// kinds it does not see its own writes at once. The real one waits for its own writes of all kinds but revisions, of which
// an old view makes it cut what it needs, and write it anew; the library waits for those, too (rule K-8).
func (l *life) rest(which int, lags bool) bool {
	store := l.clusters[(l.theirs+which)%2]
	for round := range 40 {
		late := Kind("")
		if lags && round%2 == 1 && round < 8 {
			late = Kinds[(round/2+int(l.Now.Unix()))%len(Kinds)]
		}
		if which == 0 && late == Revision {
			late = ""
		}
		l.deliver(which, func(kind Kind) bool { return kind != late })
		var outcome Outcome
		if which == 0 {
			outcome = l.bed.sync(l.Set, l.Now.Time)
			l.tripped = l.tripped || tripsOverItself(outcome)
		} else if outcome = l.seat.sync(l.Set, l.Now.Time); outcome.Refused != "" {
			l.tell("ours refuses: %s", outcome.Refused)
			return false
		}
		if len(store.news) == 0 && !slices.ContainsFunc(outcome.Writes, changes) {
			return true
		}
	}
	return false
}

// tripsOverItself tells whether a write of the real controller has failed whose like had passed in the same sync.
func tripsOverItself(theirs Outcome) bool {
	r := reconciled{theirs: theirs}
	r.onceEach()
	return len(r.trips) > 0
}

// deliver shows the real controller, or the library, what happened to objects of these kinds.
func (l *life) deliver(which int, kinds func(Kind) bool) {
	store := l.clusters[(l.theirs+which)%2]
	var late []News
	for _, news := range store.news {
		switch {
		case !kinds(news.Kind):
			late = append(late, news)
		case which == 0:
			l.bed.see(news)
		default:
			if err := l.seat.see(news); err != nil {
				panic(err)
			}
		}
	}
	store.news = late
}

// seen is a store as a case.
func (l *life) seen(store *Store) *Case {
	return caseOf(l.Gates, l.Now, store.Objects())
}

// caseOf is a case with these objects.
func caseOf(gates Gates, now meta.Time, objects []Object) *Case {
	c := &Case{Gates: gates, Now: now}
	for _, object := range objects {
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
	their, our := l.clusters[l.theirs].objects, l.clusters[1-l.theirs].objects
	var found []string
	for ref, object := range their {
		switch other, both := our[ref]; {
		case !both:
			found = append(found, fmt.Sprintf("only theirs: %s %s", ref.Kind, ref.Name))
		case formOf(object) != formOf(other):
			found = append(found, fmt.Sprintf("%s %s: %s", ref.Kind, ref.Name, strings.Join(fields(textOf(object), textOf(other)), "; ")))
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

// pass lets time pass, up to a full second: the real controller's pauses have taken a part of the last one.
func (l *life) pass(passed time.Duration) {
	time.Sleep(passed + l.Now.Add(time.Second).Sub(time.Now()))
	l.Now = meta.NewTime(time.Now())
	for _, store := range l.clusters {
		store.now = l.Now.Time
	}
}

// happens is what people, kubelets, collectors and time do.
func (l *life) happens() {
	l.pass(time.Duration(Pick(l.Choices, 1, 1, 10, 60, 4000)) * time.Second)
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
				store.change(ref, func(object Object) { object.SetDeletionTimestamp(new(l.Now)) })
			})
		case l.Once(40):
			l.tell("%s loses its owner", pod.Name)
			l.both(func(store *Store) {
				store.change(ref, func(object Object) { object.SetOwnerReferences(nil) })
			})
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
	l.both(func(store *Store) { store.remove(ref) })
}

func (l *life) become(ref Ref, phase core.PodPhase, ready bool) {
	l.tell("%s is %s, ready: %t", ref.Name, phase, ready)
	status := map[bool]core.ConditionStatus{true: core.ConditionTrue, false: core.ConditionFalse}[ready]
	conditions := []core.PodCondition{{Type: core.PodReady, Status: status, LastTransitionTime: l.Now}}
	l.both(func(store *Store) {
		store.change(ref, func(object Object) {
			pod := object.(*core.Pod)
			pod.Status.Phase, pod.Status.Conditions = phase, conditions
		})
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
		store.change(RefOf(l.Set), func(object Object) {
			set := object.(*apps.StatefulSet)
			set.Spec = *l.Set.Spec.DeepCopy()
			set.Generation++
		})
	})
}
