package conformance

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	podutil "k8s.io/kubernetes/pkg/api/v1/pod"
)

// Coverage counts how often each thing was met.
type Coverage map[string]int

// Join adds another's counts.
func (v Coverage) Join(other Coverage) {
	for name, n := range other {
		v[name] += n
	}
}

// Table is all counts, one a line.
func (v Coverage) Table() string {
	var lines strings.Builder
	for _, name := range slices.Sorted(maps.Keys(v)) {
		fmt.Fprintf(&lines, "%9d  %s\n", v[name], name)
	}
	return lines.String()
}

// Missed are those of some things that were not met.
func (v Coverage) Missed(reachable []string) (missed []string) {
	for _, name := range reachable {
		if v[name] == 0 {
			missed = append(missed, name)
		}
	}
	return missed
}

// Reachable are the things that cases under these gates can meet.
func Reachable(gates Gates) []string {
	return slices.Concat(everywhere,
		map[bool][]string{true: withLimit, false: withoutLimit}[gates.MaxUnavailable],
		map[bool][]string{true: withRecreate, false: withoutRecreate}[gates.Recreate],
		map[bool][]string{true: withWords}[gates.SemanticRevisions])
}

var (
	everywhere = []string{
		"event ConflictingController", "event FailedCreate", "event FailedDelete", "event FailedUpdate",
		"event SuccessfulCreate", "event SuccessfulDelete", "event SuccessfulUpdate",
		"stop: a revision cannot be adopted", "stop: a pod cannot be claimed", "stop: the update revision cannot be written",
		"stop: the set is being deleted",
		"stop: an ended pod is deleted", "stop: an ended pod is going", "stop: a claim is stale", "stop: a pod is created",
		"stop: a pod cannot be created", "stop: a pod is terminating", "stop: a pod is not ready", "stop: a pod is not available",
		"stop: a pending pod's claim is going", "stop: a repair fails",
		"stop: a condemned pod is terminating", "stop: a condemned pod is broken", "stop: a condemned pod is deleted",
		"parallel: the first failure ends the batches",
		"rollout: on delete", "rollout: held by a partition", "rollout: all done",
		"claims: owned by the set", "claims: owned by the pod", "claims: owned by nobody", "claims: another controller", "claims: an earlier owner",
		"claims: an owner that is no controller",
		"history: created", "history: renumbered", "history: as it is", "history: a name is taken",
		"history: cut", "history: adopted",
		"pods: adopted", "pods: released", "pods: an odd name",
		"status: written", "status: as it is", "status: refused", "status: completed",
	}
	withLimit       = []string{"rollout: as many as the limit allows", "rollout: the limit is reached"}
	withoutLimit    = []string{"rollout: one at a time", "rollout: waits for one"}
	withRecreate    = []string{"recreate: old pods are deleted", "recreate: old pods are going", "recreate: completed"}
	withoutRecreate = []string{"event UnknownStrategy"}
	withWords       = []string{"history: the same in other words"}
	// What lives can meet.
	inLives = []string{"lives: at rest", "swap: at rest", "swap: in mid-rollout"}
	// What stories of old views can meet, with the gate.
	inLags = []string{
		"stale: both act", "stale: both wait", "stale: both wait, not seen: Pod", "stale: both wait, not seen: PersistentVolumeClaim",
		"stale: both wait, not seen: StatefulSet", "wanted: " + string(WaitsLonger),
	}
	// What stories of events can meet.
	inWakes = []string{
		"woken: both, by StatefulSet added", "woken: both, by StatefulSet changed", "woken: both, by StatefulSet shown again",
		"woken: both, by Pod added", "woken: both, by Pod changed", "woken: both, by Pod gone",
		"woken: nobody, by Pod added", "woken: nobody, by Pod changed", "woken: nobody, by Pod gone", "woken: nobody, by Pod shown again",
		"wanted: " + string(WokenByClaim), "wanted: " + string(WokenByRevision), "wanted: " + string(WokenByName),
		"wanted: " + string(WokenByNamesake), "wanted: " + string(NotByName), "wanted: " + string(NotWhenGone),
	}
)

// Add counts what a case and its outcome show.
func (v Coverage) Add(c *Case, theirs Outcome, verdict Verdict) {
	for _, difference := range verdict.Wanted {
		v["wanted: "+string(difference)]++
	}
	for _, event := range theirs.Events {
		v["event "+event.Reason]++
	}
	look := look{Coverage: v, Case: c, theirs: theirs, seen: map[string]bool{}}
	look.history()
	look.claims()
	look.pods()
	look.status()
	look.stops()
	for name := range look.seen {
		v[name]++
	}
}

// look is a look at one case.
type look struct {
	Coverage
	*Case
	theirs Outcome
	seen   map[string]bool
}

func (l *look) see(name string, really bool) {
	if really {
		l.seen[name] = true
	}
}

func (l *look) wrote(verb Verb, kind Kind, really func(Write) bool) bool {
	return slices.ContainsFunc(l.theirs.Writes, func(write Write) bool {
		return write.Verb == verb && write.Kind == kind && really(write)
	})
}

// published tells whether a status was asked for that is so.
func (l *look) published(really func(apps.StatefulSetStatus) bool) bool {
	return l.wrote(UpdateStatus, Set, func(write Write) bool {
		set, ok := write.Object.(*apps.StatefulSet)
		return ok && really(set.Status)
	})
}

// progress tells whether the condition of an update was asked for, with a reason or a message.
func (l *look) progress(reason, message string) bool {
	return l.published(func(status apps.StatefulSetStatus) bool {
		return slices.ContainsFunc(status.Conditions, func(condition apps.StatefulSetCondition) bool {
			return reason != "" && condition.Reason == reason || message != "" && condition.Message == message
		})
	})
}

func done(write Write) bool   { return write.Error == "" }
func failed(write Write) bool { return write.Error != "" }

func (l *look) history() {
	orphan := map[string]bool{}
	for _, revision := range l.Revisions {
		orphan[revision.Name] = meta.GetControllerOf(revision) == nil
	}
	adopts := func(write Write) bool { return orphan[write.Name] }
	created := l.wrote(Create, Revision, done)
	renumbered := l.wrote(Update, Revision, func(write Write) bool { return done(write) && !adopts(write) })
	l.see("history: created", created)
	l.see("history: renumbered", renumbered)
	l.see("history: adopted", l.wrote(Update, Revision, func(write Write) bool { return done(write) && adopts(write) }))
	l.see("history: cut", l.wrote(Delete, Revision, done))
	l.see("history: a name is taken", l.wrote(Create, Revision, func(write Write) bool { return write.Error == "AlreadyExists" }))
	l.see("stop: a revision cannot be adopted", strings.Contains(l.theirs.Problem, "adopt ControllerRevision"))
	l.see("stop: the update revision cannot be written", l.wrote(Create, Revision, func(write Write) bool { return failed(write) && write.Error != "AlreadyExists" }))
	if len(l.Revisions) == 0 || created || renumbered || l.theirs.Failed {
		return
	}
	ours := patchOf(l.Set.Spec.Template)
	exact := slices.ContainsFunc(l.Revisions, func(revision *apps.ControllerRevision) bool { return string(revision.Data.Raw) == string(ours) })
	l.see("history: as it is", exact)
	l.see("history: the same in other words", !exact)
}

func (l *look) claims() {
	for _, write := range l.theirs.Writes {
		if write.Kind != Claim || write.Verb != Update {
			continue
		}
		var owners []meta.OwnerReference
		if write.Object != nil {
			owners = write.Object.GetOwnerReferences()
		}
		l.see("claims: owned by nobody", len(owners) == 0)
		for _, owner := range owners {
			l.see("claims: owned by the set", owner.UID == setUID)
			l.see("claims: owned by the pod", owner.Kind == string(Pod) && owner.Name == podOfClaim(write.Name))
		}
	}
	for _, claim := range l.Claims {
		for _, owner := range claim.OwnerReferences {
			controls := owner.Controller != nil && *owner.Controller
			l.see("claims: another controller", owner.Kind == "Keeper" && controls)
			l.see("claims: an earlier owner", owner.Kind == string(Set) && owner.UID != setUID)
			l.see("claims: an owner that is no controller", owner.UID == setUID && !controls)
		}
	}
}

func (l *look) pods() {
	for _, pod := range l.Pods {
		orphan := meta.GetControllerOf(pod) == nil
		updated := l.wrote(Update, Pod, func(write Write) bool { return done(write) && write.Name == pod.Name })
		l.see("pods: adopted", orphan && updated)
		l.see("pods: released", pod.Labels["app"] != "web" && updated)
		l.see("pods: an odd name", podName.MatchString(pod.Name) && strings.HasPrefix(pod.Name, l.Set.Name+"-0") && pod.Name != l.Set.Name+"-0")
	}
	l.see("stop: a pod cannot be claimed", strings.Contains(l.theirs.Problem, "adopt Pod"))
}

func (l *look) status() {
	l.see("status: written", l.wrote(UpdateStatus, Set, done))
	l.see("status: refused", l.wrote(UpdateStatus, Set, failed))
	l.see("status: as it is", !l.theirs.Failed && !l.wrote(UpdateStatus, Set, func(Write) bool { return true }))
	current := l.Set.Status.CurrentRevision
	l.see("status: completed", l.published(func(status apps.StatefulSetStatus) bool {
		return current != "" && status.CurrentRevision != current
	}))
	l.see("recreate: completed", l.progress("RecreateCompleted", ""))
}

// stops finds out where the sync ended, by looking at the pods in the order in which it does.
func (l *look) stops() {
	spec := l.Set.Spec
	if l.Set.DeletionTimestamp != nil {
		l.see("stop: the set is being deleted", true)
		return
	}
	if spec.PodManagementPolicy == apps.ParallelPodManagement {
		l.see("parallel: the first failure ends the batches", l.theirs.Failed && l.wrote(Create, Pod, failed))
	} else if l.slots() || l.condemned() {
		return
	}
	l.rollout()
}

func (l *look) byOrdinal() (slots map[int]*core.Pod, condemned []*core.Pod) {
	slots = map[int]*core.Pod{}
	first := 0
	if l.Set.Spec.Ordinals != nil {
		first = int(l.Set.Spec.Ordinals.Start)
	}
	for _, pod := range l.Pods {
		var ordinal int
		if _, err := fmt.Sscanf(pod.Name, l.Set.Name+"-%d", &ordinal); err != nil || !meta.IsControlledBy(pod, l.Set) {
			continue
		}
		if index := ordinal - first; index >= 0 && index < int(*l.Set.Spec.Replicas) {
			slots[index] = pod
		} else {
			condemned = append(condemned, pod)
		}
	}
	return slots, condemned
}

func (l *look) available(pod *core.Pod) bool {
	return podutil.IsPodAvailable(pod, l.Set.Spec.MinReadySeconds, l.Now)
}

// slots tells whether the sync ended at a wanted pod.
func (l *look) slots() bool {
	slots, _ := l.byOrdinal()
	for index := range int(*l.Set.Spec.Replicas) {
		pod := slots[index]
		switch {
		case pod == nil:
			created := l.wrote(Create, Pod, done)
			l.see("stop: a pod is created", created)
			l.see("stop: a pod cannot be created", l.theirs.Failed)
			l.see("stop: a claim is stale", !created && !l.theirs.Failed)
		case pod.Status.Phase == core.PodFailed || pod.Status.Phase == core.PodSucceeded:
			l.see("stop: an ended pod is going", pod.DeletionTimestamp != nil)
			l.see("stop: an ended pod is deleted", pod.DeletionTimestamp == nil)
		case pod.Status.Phase == core.PodPending && l.theirs.Failed:
			l.see("stop: a pending pod's claim is going", strings.Contains(l.theirs.Problem, "is being deleted"))
		case pod.DeletionTimestamp != nil:
			l.see("stop: a pod is terminating", true)
		case pod.Status.Phase != core.PodRunning || !podutil.IsPodReady(pod):
			l.see("stop: a pod is not ready", true)
		case !l.available(pod):
			l.see("stop: a pod is not available", true)
		default:
			if l.theirs.Failed && l.wrote(Update, Pod, func(write Write) bool { return failed(write) && write.Name == pod.Name }) {
				l.see("stop: a repair fails", true)
				return true
			}
			continue
		}
		return true
	}
	return false
}

// condemned tells whether the sync ended at a pod that is not wanted.
func (l *look) condemned() bool {
	_, condemned := l.byOrdinal()
	if len(condemned) == 0 {
		return false
	}
	deleted := l.wrote(Delete, Pod, func(Write) bool { return true })
	going := slices.ContainsFunc(condemned, func(pod *core.Pod) bool { return pod.DeletionTimestamp != nil })
	l.see("stop: a condemned pod is deleted", deleted)
	l.see("stop: a condemned pod is terminating", !deleted && going)
	l.see("stop: a condemned pod is broken", !deleted && !going)
	return true
}

func (l *look) rollout() {
	strategy := l.Set.Spec.UpdateStrategy
	slots, condemned := l.byOrdinal()
	deletions := 0
	for _, write := range l.theirs.Writes {
		if write.Kind == Pod && write.Verb == Delete {
			deletions++
		}
	}
	switch strategy.Type {
	case apps.OnDeleteStatefulSetStrategyType:
		l.see("rollout: on delete", true)
		return
	case apps.RecreateStatefulSetStrategyType:
		l.see("recreate: old pods are deleted", deletions > 0)
		l.see("recreate: old pods are going", deletions == 0 && l.progress("", "Deleting old revision pods"))
		return
	}
	old, unavailable, floor := 0, 0, 0
	if strategy.RollingUpdate != nil {
		floor = int(*strategy.RollingUpdate.Partition)
	}
	held := false
	for index := range int(*l.Set.Spec.Replicas) {
		pod := slots[index]
		if pod == nil || !l.available(pod) || pod.DeletionTimestamp != nil {
			unavailable++
		}
		if pod != nil && pod.Labels[apps.StatefulSetRevisionLabel] != l.Set.Status.UpdateRevision {
			if index >= floor {
				old++
			} else {
				held = true
			}
		}
	}
	l.see("rollout: held by a partition", held && deletions == 0)
	l.see("rollout: all done", old == 0 && !held && len(condemned) == 0 && unavailable == 0)
	l.see("rollout: as many as the limit allows", deletions > 1)
	l.see("rollout: one at a time", deletions == 1 && old > 0)
	waits := old > 0 && deletions == 0 && unavailable > 0
	l.see("rollout: the limit is reached", waits)
	l.see("rollout: waits for one", waits)
}
