package conformance

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"statefulset.internal/statefulset"
)

// The wanted differences in which event makes which set due.
const (
	// A set's claims decide whether its pods can be made, and nothing else may ever happen that wakes it (G-04).
	WokenByClaim Difference = "a set is woken by its claims"
	// The same holds for its history.
	WokenByRevision Difference = "a set is woken by its revisions"
	// A pod that has the name of one of the set's own stands in its way, whosever it is.
	WokenByName Difference = "a set is woken by whatever pod has a name of its pods"
	// An owner is looked up by its name; the plan sees to it that it is another one.
	WokenByNamesake Difference = "a set is woken by a pod of an earlier set of its name"
	// Whoever controls it, and whatever its labels are: the set could not adopt a pod of such a name.
	NotByName Difference = "a set is not woken by a pod without a controller whose name it would not give"
	// There is nothing to do for a set that is gone.
	NotWhenGone Difference = "a set that is gone is not looked at"
)

// Wake lets things happen to the objects of several sets, and compares which sets are to be looked at because of each.
// Gives what differs, or nothing.
func Wake(choices *Choices, gates Gates, seen Coverage) []string {
	// Nothing that is planned here is carried out, so that nobody may wait to see it.
	gates.ReadYourWrites = false
	w := &wake{Choices: choices, counts: seen, uids: map[string]types.UID{}}
	store := NewStore(&Case{Gates: gates, Now: meta.NewTime(epoch)})
	for _, name := range []string{"web", "web-1", "db"} {
		store.put(w.set(name))
	}
	store.watched = true
	seat, err := newSeat(gates, store)
	if err != nil {
		return []string{"ours refuses: " + err.Error()}
	}
	defer seat.close()
	w.store, w.seat, w.bed = store, seat, newBed(gates, store)
	if err := w.settle(); err != nil {
		return []string{"ours refuses: " + err.Error()}
	}
	for range 15 {
		w.something()
		for _, news := range store.news {
			if found := w.compare(news); len(found) > 0 {
				return append(found, w.told...)
			}
		}
		store.news = nil
	}
	return nil
}

type wake struct {
	*Choices
	store  *Store
	bed    *bed
	seat   *seat
	counts Coverage
	told   []string
	uids   map[string]types.UID
}

// compare shows something to both.
func (w *wake) compare(news News) (found []string) {
	w.told = append(w.told, fmt.Sprintf("  %s %s -> %s", news.Kind, describe(news.Before), describe(news.Now)))
	w.bed.woken = map[string]bool{}
	w.bed.see(news)
	if err := w.seat.see(news); err != nil {
		return []string{"ours refuses: " + err.Error()}
	}
	due, err := w.seat.cluster.Due(epoch)
	if err != nil {
		return []string{"ours refuses: " + err.Error()}
	}
	for _, key := range slices.Sorted(maps.Keys(w.bed.woken)) {
		difference := w.onlyTheirs(news, key)
		switch {
		case slices.Contains(due.Sets, key):
			w.counts["woken: both, by "+happened(news)]++
		case difference == "":
			found = append(found, "only theirs is woken: "+key)
		default:
			w.counts["wanted: "+string(difference)]++
		}
	}
	if news.Kind == Set && news.Now == nil {
		// The real controller is woken, and finds nothing.
		w.counts["E2 the set is gone"]++
		if outcome := w.bed.sync(news.Before, epoch); outcome.Failed || len(outcome.Writes) > 0 {
			found = append(found, "theirs does something for a set that is gone: "+outcome.Problem)
		}
	}
	for _, key := range due.Sets {
		difference := w.onlyOurs(news, key)
		switch {
		case w.bed.woken[key]:
		case difference == "":
			found = append(found, "only ours is woken: "+key)
		default:
			w.counts["wanted: "+string(difference)]++
		}
	}
	if len(due.Sets)+len(w.bed.woken) == 0 {
		w.counts["woken: nobody, by "+happened(news)]++
	}
	if err := w.settle(); err != nil {
		found = append(found, "ours refuses: "+err.Error())
	}
	return found
}

func happened(news News) string {
	switch {
	case news.Before == nil:
		return string(news.Kind) + " added"
	case news.Now == nil:
		return string(news.Kind) + " gone"
	case news.Before == news.Now:
		return string(news.Kind) + " shown again"
	default:
		return string(news.Kind) + " changed"
	}
}

func describe(object Object) string {
	if object == nil {
		return "nothing"
	}
	owners := []string{}
	for _, owner := range object.GetOwnerReferences() {
		owners = append(owners, fmt.Sprintf("%s %s %s %s %t", owner.APIVersion, owner.Kind, owner.Name, owner.UID, *owner.Controller))
	}
	return fmt.Sprintf("%s (%s) %v of %v, terminating: %t", object.GetName(), object.GetUID(), object.GetLabels(), owners, object.GetDeletionTimestamp() != nil)
}

// named tells whether either the object that was or that is may have a name that the set would give to a pod.
func named(news News, set string) bool {
	for _, object := range []Object{news.Before, news.Now} {
		if object != nil {
			if parts := podName.FindStringSubmatch(object.GetName()); parts != nil && parts[1] == set {
				return true
			}
		}
	}
	return false
}

func (w *wake) onlyTheirs(news News, key string) Difference {
	_, name, _ := strings.Cut(key, "/")
	if _, there := w.store.objects[Ref{Set, name}]; !there && news.Kind == Set {
		return NotWhenGone
	}
	if news.Kind == Pod && news.Now != nil && meta.GetControllerOf(news.Now) == nil && !named(news, name) {
		return NotByName
	}
	return ""
}

func (w *wake) onlyOurs(news News, key string) Difference {
	_, name, _ := strings.Cut(key, "/")
	switch {
	case news.Kind == Claim:
		return WokenByClaim
	case news.Kind == Revision:
		return WokenByRevision
	case news.Kind == Pod && named(news, name):
		return WokenByName
	}
	for _, object := range []Object{news.Before, news.Now} {
		if object == nil || news.Kind != Pod {
			continue
		}
		owner := meta.GetControllerOf(object)
		if owner != nil && owner.Kind == string(Set) && owner.Name == name && owner.UID != w.uids[name] {
			return WokenByNamesake
		}
	}
	return ""
}

// settle looks at every set that is due, as if all that was planned had been done.
func (w *wake) settle() error {
	for range 5 {
		due, err := w.seat.cluster.Due(epoch)
		if err != nil || len(due.Sets) == 0 {
			return err
		}
		for _, set := range due.Sets {
			plan, err := w.seat.cluster.Plan(set, epoch)
			if err != nil {
				return err
			}
			if _, err := w.seat.cluster.Finish(set, plan.ID, allDone(len(plan.List)), epoch); err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("some set is due again and again")
}

func allDone(requests int) []statefulset.Response {
	return slices.Repeat([]statefulset.Response{{Status: statefulset.StatusDone}}, requests)
}

// set is a set, with a uid of its own each time.
func (w *wake) set(name string) *apps.StatefulSet {
	labels := map[string]string{"app": Pick(w.Choices, name, "web")}
	w.uids[name] = types.UID(fmt.Sprintf("%08d-1111-4111-8111-111111111111", len(w.Made)))
	set := &apps.StatefulSet{
		ObjectMeta: meta.ObjectMeta{Name: name, Namespace: namespace, UID: w.uids[name], Generation: 1},
		Spec: apps.StatefulSetSpec{
			Replicas: new(int32(2)), Selector: &meta.LabelSelector{MatchLabels: labels},
			PodManagementPolicy:  Pick(w.Choices, apps.OrderedReadyPodManagement, apps.ParallelPodManagement),
			MinReadySeconds:      int32(Pick(w.Choices, 0, 10)),
			VolumeClaimTemplates: []core.PersistentVolumeClaim{{ObjectMeta: meta.ObjectMeta{Name: "data"}}},
			Template: core.PodTemplateSpec{
				ObjectMeta: meta.ObjectMeta{Labels: labels},
				Spec:       core.PodSpec{Containers: []core.Container{{Name: "app", Image: "app"}}},
			},
		},
	}
	g := generator{Case: &Case{Set: set}}
	g.normalize()
	return set
}

// something happens to some object.
func (w *wake) something() {
	name := Pick(w.Choices, "web", "web-1", "db")
	ref := Ref{Pick(w.Choices, Pod, Pod, Pod, Set, Claim, Revision), name}
	switch ref.Kind {
	case Pod:
		ref.Name = Mostly(w.Choices, 6, name+Pick(w.Choices, "-0", "-1", "-7"), name+"-00", name+"-x", "stranger-0", name+"-99999999999")
	case Claim:
		ref.Name = Mostly(w.Choices, 6, "data-"+name+"-0", "log-"+name+"-0", "stranger")
	case Revision:
		ref.Name = name + "-abc"
	}
	before, there := w.store.objects[ref]
	switch {
	case there && w.Once(4):
		w.store.remove(ref)
	case there && w.Once(4):
		// As a list shows it again.
		w.store.report(News{ref.Kind, before, before, w.store.version})
	case there && ref.Kind == Set && !w.Once(4):
		w.store.change(ref, func(object Object) { object.SetGeneration(object.GetGeneration() + 1) })
	case ref.Kind == Set:
		w.store.put(w.set(name))
	default:
		w.store.put(w.member(ref, name, before))
	}
}

// member is an object that may belong to a set.
func (w *wake) member(ref Ref, set string, before Object) Object {
	object := ref.Kind.New()
	object.SetName(ref.Name)
	object.SetNamespace(namespace)
	object.SetUID(types.UID(fmt.Sprintf("%08d-2222-4222-8222-222222222222", len(w.Made))))
	if before != nil && !w.Once(8) {
		object = outline(before)
	}
	if before == nil || w.Once(3) {
		object.SetLabels(map[string]string{"app": Pick(w.Choices, set, "web", "other")})
	}
	if before == nil || w.Once(3) {
		object.SetOwnerReferences(w.owners(set))
	}
	if w.Once(6) {
		object.SetDeletionTimestamp(new(meta.NewTime(epoch)))
	}
	switch object := object.(type) {
	case *core.Pod:
		object.Status.Phase = core.PodRunning
		ready := Pick(w.Choices, core.ConditionTrue, core.ConditionFalse)
		object.Status.Conditions = []core.PodCondition{{Type: core.PodReady, Status: ready, LastTransitionTime: meta.NewTime(epoch)}}
	case *apps.ControllerRevision:
		object.Revision++
		plain := generator{style: style{plain: true, labels: map[string]string{"app": "web"}}}
		object.Data.Raw = plain.revisionData(0)
	case *core.PersistentVolumeClaim:
		object.Status.Phase = Pick(w.Choices, core.ClaimPending, core.ClaimBound)
	}
	return object
}

func (w *wake) owners(set string) []meta.OwnerReference {
	owner := meta.OwnerReference{APIVersion: "apps/v1", Kind: string(Set), Name: set, UID: w.uids[set], Controller: new(true)}
	switch w.Below(8) {
	default:
		return []meta.OwnerReference{owner}
	case 1:
		return nil
	case 2:
		owner.UID = otherUID
	case 3:
		owner.Kind = "ReplicaSet"
	case 4:
		owner.APIVersion = "example.com/v1"
	case 5:
		owner.Controller = new(false)
	case 6:
		owner.Name = Pick(w.Choices, "db", "web", "web-1", "nobody")
	}
	return []meta.OwnerReference{owner}
}
