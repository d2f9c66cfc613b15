package conformance

import (
	"slices"
	"strings"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	podutil "k8s.io/kubernetes/pkg/api/v1/pod"
)

// gotchas looks for what surprises people, where no early stop tells of it.
func (l *look) gotchas() {
	spec, status, deleting := l.Set.Spec, l.Set.Status, l.Set.DeletionTimestamp != nil
	orphans := slices.ContainsFunc(l.Revisions, func(revision *apps.ControllerRevision) bool { return meta.GetControllerOf(revision) == nil })
	historic := l.wrote(Create, Revision, done) || l.wrote(Update, Revision, done) || l.wrote(Delete, Revision, done)
	refused := l.seen["E6 the update revision cannot be made"] || l.seen["E6 the update revision cannot be renumbered"]
	l.see("G-05 a deleted set with an orphaned revision", deleting && orphans && strings.Contains(l.theirs.Problem, "adopt ControllerRevision"))
	l.see("G-07 the history is cut without its two revisions", refused && l.wrote(Delete, Revision, done))
	l.see("G-58 a deleted set's history", deleting && historic)
	l.see("G-33 a current revision that is gone", status.CurrentRevision != "" && !slices.ContainsFunc(l.Revisions, func(revision *apps.ControllerRevision) bool {
		return revision.Name == status.CurrentRevision
	}))
	l.see(belowZero, *spec.RevisionHistoryLimit < 0 && len(l.Revisions) > 1)
	l.see("G-31 a collision count that is not written", status.CollisionCount == nil && l.seen["status: as it is"])
	l.see("G-32 completed before it is available", l.seen["status: completed"] && l.published(func(status apps.StatefulSetStatus) bool {
		return status.AvailableReplicas < status.Replicas
	}))
	l.see("G-29 counters below zero", l.published(func(status apps.StatefulSetStatus) bool { return status.CurrentReplicas < 0 }))
	l.see("G-60 pods that count and are of no use", l.published(func(status apps.StatefulSetStatus) bool {
		return status.Replicas == *spec.Replicas && status.ReadyReplicas < status.Replicas
	}))
	l.see("G-43 an owner spelled oddly", hasOddSpelling(l.Case))
	l.see("G-10 digits beyond all limits", hasPlaceless(l.Case))
	told := map[string]bool{}
	for _, event := range l.theirs.Events {
		told[event.Reason] = true
	}
	asked := map[attempt]int{}
	for _, write := range l.theirs.Writes {
		asked[write.attempt]++
		l.see("G-28 a second write", asked[write.attempt] > 1)
		l.see("G-23 nothing is deleted, successfully", write.Verb == Delete && write.Kind == Pod && write.Error == "NotFound" && told["SuccessfulDelete"])
		l.see("G-19 an update that changes nothing", write.Kind == Pod && write.form == Unchanged && told["SuccessfulUpdate"])
		l.see("G-21 volumes that cannot be put right", write.Kind == Pod && write.Verb == Update && write.Error == "Invalid")
		l.see("G-06 a squatter", write.Kind == Pod && write.Verb == Create && write.Error == "AlreadyExists" && l.hasPod(write.Name))
		switch object := write.Object.(type) {
		case *apps.ControllerRevision:
			hash := object.Labels["controller.kubernetes.io/hash"]
			l.see("G-35 a hash label of another name", write.Verb == Create && done(write) && !strings.HasSuffix(object.Name, "-"+hash))
			l.see("G-37 another's revision with equal data", write.Verb == Create && write.Error == "AlreadyExists" && !l.theirs.Failed && l.hasEqual(object))
		case *core.Pod:
			if write.Verb == Create && done(write) {
				l.made(object, told)
			}
		}
	}
	for _, pod := range l.Pods {
		if !meta.IsControlledBy(pod, l.Set) {
			continue
		}
		l.see("G-09 available without running", pod.Status.Phase != core.PodRunning && podutil.IsPodReady(pod))
		l.see("G-57 a pod without a revision", pod.Labels[apps.StatefulSetRevisionLabel] == "")
	}
	l.see("G-59 another controller's claim", l.seen["claims: another controller"])
	retains := spec.PersistentVolumeClaimRetentionPolicy == nil || spec.PersistentVolumeClaimRetentionPolicy.WhenScaled == apps.RetainPersistentVolumeClaimRetentionPolicyType
	for _, claim := range l.Claims {
		lost := slices.ContainsFunc(claim.OwnerReferences, func(owner meta.OwnerReference) bool {
			return owner.Kind == string(Pod) && owner.Name == podOfClaim(claim.Name)
		})
		l.see("G-45 a claim that is lost already", retains && lost && l.wrote(Create, Pod, both(done, called(podOfClaim(claim.Name)))))
	}
}

// made looks at a pod that was made.
func (l *look) made(pod *core.Pod, told map[string]bool) {
	revision, status, strategy := pod.Labels[apps.StatefulSetRevisionLabel], l.Set.Status, l.Set.Spec.UpdateStrategy
	update := revision == l.update()
	l.see("G-15 on delete: a pod is made at the update revision", strategy.Type == apps.OnDeleteStatefulSetStrategyType && update && status.CurrentRevision != revision)
	l.see("G-16 without a block: a pod is made at the current revision", strategy.RollingUpdate == nil && revision == status.CurrentRevision && !update)
	l.see("G-18 a pod is made and an update told of", slices.ContainsFunc(l.theirs.Events, func(event Event) bool {
		return event.Reason == "FailedUpdate" && strings.Contains(event.Message, "Pod "+pod.Name+" ")
	}))
}

// update is the update revision that was published, or is still.
func (l *look) update() string {
	update := l.Set.Status.UpdateRevision
	l.published(func(status apps.StatefulSetStatus) bool {
		update = status.UpdateRevision
		return true
	})
	return update
}

func (l *look) hasPod(name string) bool {
	return slices.ContainsFunc(l.Pods, func(pod *core.Pod) bool { return pod.Name == name })
}

func (l *look) hasEqual(made *apps.ControllerRevision) bool {
	return slices.ContainsFunc(l.Revisions, func(revision *apps.ControllerRevision) bool {
		return revision.Name == made.Name && string(revision.Data.Raw) == string(made.Data.Raw)
	})
}
