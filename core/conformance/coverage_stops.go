package conformance

import (
	"slices"
	"strconv"
	"strings"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	podutil "k8s.io/kubernetes/pkg/api/v1/pod"
)

// stops finds out where the sync ended, by looking at the pods in the order in which it does.
func (l *look) stops() {
	if l.Set.DeletionTimestamp != nil {
		l.see("E8 the set is being deleted", true)
		return
	}
	l.sort()
	if l.parallel() {
		l.together()
	} else if l.slots() || l.leavers() {
		return
	}
	l.rollout()
}

func (l *look) parallel() bool {
	return l.Set.Spec.PodManagementPolicy == apps.ParallelPodManagement
}

func (l *look) start() int {
	if l.Set.Spec.Ordinals == nil {
		return 0
	}
	return int(l.Set.Spec.Ordinals.Start)
}

func (l *look) replicas() int { return int(*l.Set.Spec.Replicas) }

// sort puts the set's pods into their places.
func (l *look) sort() {
	l.wanted = map[int]*core.Pod{}
	for _, pod := range l.Pods {
		digits, ours := strings.CutPrefix(pod.Name, l.Set.Name+"-")
		ordinal, err := strconv.ParseUint(digits, 10, 31)
		if !ours || err != nil || !meta.IsControlledBy(pod, l.Set) {
			continue
		}
		if index := int(ordinal) - l.start(); index >= 0 && index < l.replicas() {
			l.wanted[index] = pod
		} else {
			l.condemned = append(l.condemned, pod)
		}
	}
}

func (l *look) available(pod *core.Pod) bool {
	return podutil.IsPodAvailable(pod, l.Set.Spec.MinReadySeconds, l.Now)
}

func ended(pod *core.Pod) bool {
	return pod.Status.Phase == core.PodFailed || pod.Status.Phase == core.PodSucceeded
}

func called(name string) func(Write) bool {
	return func(write Write) bool { return write.Name == name }
}

func (l *look) podName(index int) string {
	return l.Set.Name + "-" + strconv.Itoa(l.start()+index)
}

// ofPod tells whether a write is to a claim of a pod.
func ofPod(name string) func(Write) bool {
	return func(write Write) bool { return podOfClaim(write.Name) == name }
}

func both(a, b func(Write) bool) func(Write) bool {
	return func(write Write) bool { return a(write) && b(write) }
}

// slots tells whether the sync ended at a wanted pod.
func (l *look) slots() bool {
	for index := range l.replicas() {
		pod, name := l.wanted[index], l.podName(index)
		fails := func(verb Verb, kind Kind, really func(Write) bool) bool {
			return l.theirs.Failed && l.wrote(verb, kind, both(failed, really))
		}
		switch {
		case pod == nil:
			made := l.wrote(Create, Pod, both(done, called(name)))
			l.see("E13 a pod is made", made)
			l.see("E12 a pod cannot be made", fails(Create, Pod, called(name)))
			l.see("E12 a claim cannot be made", fails(Create, Claim, ofPod(name)))
			l.see("E12 the owners of a new pod's claim cannot be put right", fails(Update, Claim, ofPod(name)))
			l.see("E10 a claim is stale", !made && !l.theirs.Failed)
			l.see("G-41 a claim that was there", made && l.hasClaim(name))
		case ended(pod):
			l.see("E9 an ended pod is going", pod.DeletionTimestamp != nil)
			l.see("E9 an ended pod is deleted", l.wrote(Delete, Pod, both(done, called(name))))
			l.see("E9 an ended pod cannot be deleted", fails(Delete, Pod, called(name)))
			l.see("G-11 a succeeded pod is recycled", pod.Status.Phase == core.PodSucceeded && pod.DeletionTimestamp == nil)
		case pod.Status.Phase == core.PodPending && l.theirs.Failed:
			l.see("E14 a pending pod's claim is going", strings.Contains(l.theirs.Problem, "is being deleted"))
			l.see("E14 a pending pod's claim cannot be made", fails(Create, Claim, ofPod(name)))
		case pod.DeletionTimestamp != nil:
			l.see("E15 a pod is terminating", true)
		case pod.Status.Phase != core.PodRunning || !podutil.IsPodReady(pod):
			l.see("E16 a pod is not ready", true)
			l.see("G-13 a lost claim comes back", l.wrote(Create, Claim, both(done, ofPod(name))))
			for higher := index + 1; higher < l.replicas(); higher++ {
				l.see("G-11 a failed pod behind a broken one", l.wanted[higher] != nil && ended(l.wanted[higher]))
			}
		case !l.available(pod):
			l.see("E17 a pod is not available", true)
			l.see("G-56 ready since nobody knows when", slices.ContainsFunc(pod.Status.Conditions, func(condition core.PodCondition) bool {
				return condition.Type == core.PodReady && condition.LastTransitionTime.IsZero()
			}))
		default:
			if fails(Update, Pod, called(name)) {
				l.see("E18 a repair fails", true)
				return true
			}
			continue
		}
		return true
	}
	return false
}

func (l *look) hasClaim(pod string) bool {
	return slices.ContainsFunc(l.Claims, func(claim *core.PersistentVolumeClaim) bool { return podOfClaim(claim.Name) == pod })
}

// together looks at what the sync did to wanted pods all at once.
func (l *look) together() {
	l.see("G-08 parallel: the first failure ends the batches", l.theirs.Failed && l.wrote(Create, Pod, failed))
	for index := range l.replicas() {
		pod, name := l.wanted[index], l.podName(index)
		tried := l.wrote(Create, Pod, called(name)) || l.wrote(Create, Claim, ofPod(name))
		switch {
		case pod == nil:
			l.see("E10 parallel: a claim is stale", !l.theirs.Failed && !tried && l.hasClaim(name))
			continue
		case ended(pod):
			l.see("E9 parallel: an ended pod is deleted", l.wrote(Delete, Pod, both(done, called(name))))
		}
		saved := l.wrote(Update, Claim, both(done, ofPod(name)))
		l.see("G-44 parallel: a leaving pod's claim is saved", pod.DeletionTimestamp != nil && saved)
		l.see("G-14 parallel: a broken pod is put right", !podutil.IsPodReady(pod) && (saved || l.wrote(Update, Pod, both(done, called(name)))))
		l.see("E18 parallel: a repair fails", l.theirs.Failed && l.wrote(Update, Pod, both(failed, called(name))))
	}
}

// leavers tells whether the sync ended at a pod that is not wanted.
func (l *look) leavers() bool {
	if len(l.condemned) == 0 {
		return false
	}
	for _, pod := range l.condemned {
		l.see("E19 the owners of a condemned pod's claim cannot be put right", l.theirs.Failed && l.wrote(Update, Claim, both(failed, ofPod(pod.Name))))
	}
	broken := 0
	for _, pod := range l.condemned {
		if !podutil.IsPodReady(pod) {
			broken++
		}
	}
	deleted := l.wrote(Delete, Pod, done)
	refused := l.wrote(Delete, Pod, failed)
	going := slices.ContainsFunc(l.condemned, func(pod *core.Pod) bool { return pod.DeletionTimestamp != nil })
	idle := !deleted && !refused && !l.theirs.Failed
	l.see("E22 a condemned pod is deleted", deleted)
	l.see("E22 a condemned pod cannot be deleted", refused)
	l.see("E20 a condemned pod is terminating", idle && going)
	l.see("E21 a condemned pod is broken", idle && !going)
	l.see("G-22 two broken condemned pods", idle && !going && broken > 1)
	return true
}

func (l *look) rollout() {
	strategy := l.Set.Spec.UpdateStrategy
	deletions := 0
	for _, write := range l.theirs.Writes {
		if write.Kind == Pod && write.Verb == Delete {
			deletions++
		}
	}
	switch strategy.Type {
	case apps.OnDeleteStatefulSetStrategyType:
		l.see("E23 on delete", true)
		return
	case apps.RecreateStatefulSetStrategyType:
		l.see("recreate: old pods are deleted", deletions > 0)
		l.see("recreate: old pods are going", deletions == 0 && l.progress("", "Deleting old revision pods"))
		return
	}
	old, unavailable, floor, broken, percent := 0, 0, 0, 0, false
	if block := strategy.RollingUpdate; block != nil {
		floor = int(*block.Partition)
		percent = block.MaxUnavailable != nil && block.MaxUnavailable.StrVal != ""
	}
	held := false
	for index := range l.replicas() {
		pod := l.wanted[index]
		if pod == nil || !l.available(pod) || pod.DeletionTimestamp != nil {
			unavailable++
		}
		if pod == nil || pod.Labels[apps.StatefulSetRevisionLabel] == l.Set.Status.UpdateRevision {
			continue
		}
		if index < floor {
			held = true
			continue
		}
		old++
		l.see("rollout: an old pod is going already", pod.DeletionTimestamp != nil)
		if !l.available(pod) && l.wrote(Delete, Pod, both(done, called(pod.Name))) {
			broken++
		}
	}
	l.see("rollout: held by a partition", held && deletions == 0)
	l.see("rollout: a partition beyond the replicas", floor > l.replicas() && held)
	l.see("G-17 a partition counts from the first ordinal", l.start() > 0 && floor > 0 && deletions > 0)
	l.see("E24 all is done", old == 0 && !held && len(l.condemned) == 0 && unavailable == 0)
	l.see("E24 a deletion fails", l.theirs.Failed && l.wrote(Delete, Pod, failed))
	l.see("rollout: as many as the limit allows", deletions > 1)
	l.see("rollout: one at a time", deletions == 1 && old > 0)
	l.see("G-01 parallel: broken old pods beyond the limit", l.parallel() && broken > 1)
	l.see("G-24 a percentage", percent && deletions > 0)
	waits := old > 0 && deletions == 0 && unavailable > 0
	l.see("rollout: the limit is reached", waits)
	l.see("rollout: waits for one", waits)
}
