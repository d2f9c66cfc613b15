package conformance

import (
	"fmt"
	"maps"
	"slices"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	podutil "k8s.io/kubernetes/pkg/api/v1/pod"
)

// libraries are the versions that the library decides as, for hand-overs from and to the real controller.
var libraries = []string{
	"1.28.0", "1.28.4", "1.28", "1.29", "1.30", "1.31", "1.32", "1.33", "1.34.0", "1.34", "1.35.0", "1.35", "1.36", "1.37", "1.38",
}

// OtherWords is the one difference of versions that restarts pods when another version takes over: its revisions have
// other bytes, and it looks at nothing but those (rule K-11).
const OtherWords = "the text of revisions is another, and not compared by what it means"

// inHandOvers is what hand-overs can meet.
var inHandOvers = []string{
	"hand-over: to the library", "hand-over: to the real controller",
	"hand-over: to the library, another version", "hand-over: to the real controller, another version",
	"hand-over: in mid-rollout", "hand-over: with pods that are not ready", "hand-over: pods restart after it as they would have",
	"hand-over: up to date pods stay", "hand-over: " + OtherWords,
}

// HandOver lets one controller roll a set out anew, and another one take over in the middle of it: the library from the
// real one, or the real one from the library. No pod may then restart that would not have if the first had gone on, and
// no revision may be made. Gives what is not so, or nothing.
//
// The library decides as the real controller's version, or as another one. The only restarts that may come of that are
// those of [OtherWords], and then they have to come.
func HandOver(choices *Choices, gates Gates, seen Coverage) []string {
	other := gates
	as := "the same version"
	if choices.Once(2) {
		// What people have most, and all others.
		partner := "1.37"
		if !gates.isBefore(partner) {
			partner = "1.33"
		}
		other = GatesOf(Mostly(choices, 2, partner, libraries...), "")
		as = other.Kubernetes
	}
	first, second := hand{gates, true}, hand{other, false}
	to := "to the library"
	if choices.Once(2) {
		first, second, to = second, first, "to the real controller"
	}
	seen["hand-over: "+to]++
	if as != "the same version" {
		seen["hand-over: "+to+", another version"]++
	}
	h := newHandOver(choices, gates, seen)
	h.tell("%s, which decides as %s", to, as)
	if !h.settle(h.store, first) {
		seen["hand-over: in circles"]++
		return nil
	}
	h.edit()
	// The rollout has begun, and has not come to its end.
	for range 1 + h.Below(12) {
		h.pass(h.store, Pick(h.Choices, 1, 1, 10, 60, 4000))
		h.act(h.store, first)
		h.kubelet(h.store, h.Below(4))
	}
	found := append(h.over(first, second), h.failed...)
	if len(found) > 0 {
		found = append(found, h.told...)
	}
	return found
}

// hand is a controller, which begins anew each time that it looks.
type hand struct {
	gates Gates
	// Whether it is the real one.
	real bool
}

// rewords tells whether a set gets another revision when one hand takes over from another.
func rewords(from, to hand) bool {
	return from.gates.writesNullTimes() != to.gates.writesNullTimes() && !to.gates.SemanticRevisions
}

// handOver is a set whose controller changes.
type handOver struct {
	*generator
	store *Store
	seen  Coverage
	told  []string
	// What could not be done at all.
	failed []string
}

func newHandOver(choices *Choices, gates Gates, seen Coverage) *handOver {
	g := &generator{Choices: choices, Case: &Case{Gates: gates, Now: meta.NewTime(epoch)}}
	g.set()
	set := g.Set
	set.DeletionTimestamp, set.DeletionGracePeriodSeconds, set.Finalizers = nil, nil, nil
	set.Spec.Replicas = new(int32(2 + choices.Below(4)))
	if set.Spec.UpdateStrategy.Type == apps.RecreateStatefulSetStrategyType {
		// Not every version has it.
		set.Spec.UpdateStrategy = apps.StatefulSetUpdateStrategy{}
	}
	// Both revisions are wanted until the end.
	set.Spec.RevisionHistoryLimit = new(int32(10))
	g.normalize()
	return &handOver{generator: g, store: NewStore(g.Case), seen: seen}
}

func (h *handOver) tell(format string, values ...any) {
	h.told = append(h.told, "  "+fmt.Sprintf(format, values...))
}

// edit begins a rollout.
func (h *handOver) edit() {
	h.store.change(RefOf(h.Set), func(object Object) {
		set := object.(*apps.StatefulSet)
		set.Spec.Template = h.style.template(1)
		if h.Once(4) {
			set.Spec.Replicas = new(int32(1 + h.Below(6)))
		}
		set.Generation++
		h.Set = set
		h.normalize()
	})
	h.tell("the set is edited: %d replicas, partition and limit %v", *h.Set.Spec.Replicas, h.Set.Spec.UpdateStrategy.RollingUpdate)
}

// over hands over, and lets the first controller go on in a cluster that is the same.
func (h *handOver) over(first, second hand) []string {
	before := h.pods(h.store)
	update := h.update(h.store)
	revisions := map[string]bool{}
	for name, pod := range before {
		revision := pod.Labels[apps.StatefulSetRevisionLabel]
		revisions[revision] = true
		h.tell("%s is at %s, ready: %t, going: %t", name, revision, podutil.IsPodReady(pod), pod.DeletionTimestamp != nil)
		if !podutil.IsPodReady(pod) {
			h.seen["hand-over: with pods that are not ready"]++
		}
	}
	if len(revisions) > 1 {
		h.seen["hand-over: in mid-rollout"]++
	}
	known := h.revisions(h.store)
	twin := &Store{now: h.store.now, objects: maps.Clone(h.store.objects), made: maps.Clone(h.store.made), version: h.store.version}
	if !h.settle(twin, first) || !h.settle(h.store, second) {
		h.seen["hand-over: in circles"]++
		return nil
	}
	if rewords(first, second) {
		if h.update(h.store) == update {
			return []string{"the update revision is the same, although " + OtherWords}
		}
		h.seen["hand-over: "+OtherWords]++
		return nil
	}
	var found []string
	if now := h.update(h.store); now != update {
		found = append(found, fmt.Sprintf("the update revision was %s and is %s", update, now))
	}
	for name := range h.revisions(h.store) {
		if !known[name] {
			found = append(found, fmt.Sprintf("the revision %s is new", name))
		}
	}
	would, did := h.gone(twin, before), h.gone(h.store, before)
	for name, pod := range before {
		switch {
		case did[name] && !would[name]:
			found = append(found, fmt.Sprintf("%s is restarted, and would not have been", name))
		case would[name] && !did[name]:
			found = append(found, fmt.Sprintf("%s is not restarted, and would have been", name))
		case did[name]:
			h.seen["hand-over: pods restart after it as they would have"]++
		case pod.Labels[apps.StatefulSetRevisionLabel] == update:
			h.seen["hand-over: up to date pods stay"]++
		}
	}
	slices.Sort(found)
	return found
}

func (h *handOver) update(store *Store) string {
	return store.objects[RefOf(h.Set)].(*apps.StatefulSet).Status.UpdateRevision
}

func (h *handOver) revisions(store *Store) map[string]bool {
	names := map[string]bool{}
	for ref := range store.objects {
		if ref.Kind == Revision {
			names[ref.Name] = true
		}
	}
	return names
}

func (h *handOver) pods(store *Store) map[string]*core.Pod {
	pods := map[string]*core.Pod{}
	for ref, object := range store.objects {
		if pod, ok := object.(*core.Pod); ok {
			pods[ref.Name] = pod
		}
	}
	return pods
}

// gone are those of some pods that are no longer there, or that others have taken the places of.
func (h *handOver) gone(store *Store, before map[string]*core.Pod) map[string]bool {
	now, gone := h.pods(store), map[string]bool{}
	for name, pod := range before {
		gone[name] = now[name] == nil || now[name].UID != pod.UID
	}
	return gone
}

// settle lets a controller act until nothing is left to do. False if that never happens (rule U-7).
func (h *handOver) settle(store *Store, hand hand) bool {
	for quiet, rounds := 0, 0; quiet < 2; rounds++ {
		if rounds > 150 {
			return false
		}
		h.pass(store, 4000)
		store.Writes = nil
		h.act(store, hand)
		if changed := slices.ContainsFunc(store.Writes, changes); h.kubelet(store, 0) || changed {
			quiet = 0
		} else {
			quiet++
		}
	}
	return true
}

// pass lets time pass, up to a full second: the real controller's pauses have taken a part of the last one.
func (h *handOver) pass(store *Store, seconds int) {
	time.Sleep(time.Duration(seconds)*time.Second + h.Now.Add(time.Second).Sub(time.Now()))
	h.Now = meta.NewTime(time.Now())
	store.now = h.Now.Time
}

// kubelet lets pods start and end, all but one in so many of them, if that is not 0. Tells whether anything has happened.
func (h *handOver) kubelet(store *Store, late int) (happened bool) {
	pods := h.pods(store)
	for _, name := range slices.Sorted(maps.Keys(pods)) {
		pod, ref := pods[name], Ref{Pod, name}
		switch {
		case late > 0 && h.Once(late):
		case pod.DeletionTimestamp != nil:
			store.remove(ref)
			happened = true
		case !podutil.IsPodReady(pod):
			store.change(ref, func(object Object) {
				pod := object.(*core.Pod)
				pod.Status.Phase = core.PodRunning
				pod.Status.Conditions = []core.PodCondition{{Type: core.PodReady, Status: core.ConditionTrue, LastTransitionTime: h.Now}}
			})
			happened = true
		}
	}
	return happened
}

// act lets a controller look at the set once.
func (h *handOver) act(store *Store, hand hand) {
	if !hand.real {
		seat, err := newSeat(hand.gates, store)
		if err != nil {
			h.failed = append(h.failed, err.Error())
			return
		}
		defer seat.close()
		if refused := seat.sync(h.Set, h.Now.Time).Refused; refused != "" {
			h.failed = append(h.failed, "the library refuses: "+refused)
		}
		return
	}
	for _, write := range Theirs(caseOf(hand.gates, h.Now, store.Objects())).Writes {
		if err := repeat(store, write); err != nil {
			h.failed = append(h.failed, fmt.Sprintf("%s %s %s cannot be repeated: %v", write.Verb, write.Kind, write.Name, err))
		}
	}
}

// repeat does to a store what was done to one that held the same: a judge has a store of its own.
func repeat(store *Store, write Write) error {
	if !changes(write) {
		return nil
	}
	switch write.Verb {
	case Create:
		_, err := store.Create(write.Object)
		return err
	case Update, UpdateStatus:
		_, err := store.Update(write.Verb, write.Ref, func(Object) (Object, error) {
			object := outline(write.Object)
			object.SetUID("")
			object.SetResourceVersion("")
			return object, nil
		})
		return err
	case Delete:
		return store.Delete(write.Ref, nil)
	}
	return nil
}
