package e2e

import (
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"statefulset.internal/testbed/bed"
)

// A rollout takes its time between two pods. One that does not get on says so in time, and whichever controller looks after it.
func TestPaceAndDeadline(t *testing.T) {
	t.Parallel()
	w := boot(t, nobody, bed.Options{})
	w.must(w.plane.Class("disks", false))
	w.take(ours, "--policies=annotations")
	t.Run("pace", func(t *testing.T) { keepsPace(w.in(t, "pace")) })
	t.Run("deadline", func(t *testing.T) { missesDeadline(w.in(t, "deadline")) })
}

func keepsPace(w *world) {
	const pace = 3 * time.Second
	w.apply(manifest, "db", 3, "", "")
	w.run(`annotate sts db 'statefulset.dev/policies={"paceSeconds":3}'`)
	w.settle("db")
	start := w.now()
	w.run("set image sts/db web=web:2")
	w.settle("db")
	w.happened(start, rollOut("db", 2, 0))
	deletions := w.deletions()
	if len(deletions) != 3 {
		w.Fatalf("%d deletions", len(deletions))
	}
	var noted []time.Time
	for _, change := range w.record.Changes(bed.In(w.namespace), bed.Of("StatefulSet"), bed.After(start)) {
		condition := w.condition(as[appsv1.StatefulSet](change.Object), "statefulset.dev/Disrupted")
		if condition == nil {
			continue
		}
		if at := condition.LastTransitionTime.Time; len(noted) == 0 || !noted[len(noted)-1].Equal(at) {
			noted = append(noted, at)
		}
	}
	if len(noted) != 3 {
		w.Fatalf("the set noted disruptions at %v", noted)
	}
	for i := range 2 {
		if deletions[i+1].Before(noted[i].Add(pace)) {
			w.Errorf("a pod went at %s, and the one before at %s", deletions[i+1], noted[i])
		}
		// A controller notes the moment at which it decided. A request takes its time, but not as long as this.
		if apart := deletions[i+1].Sub(deletions[i]); apart < pace-time.Second {
			w.Errorf("two pods went %s apart", apart)
		}
	}
}

func missesDeadline(w *world) {
	const deadline = 3 * time.Second
	w.apply(manifest, "db", 3, "", "")
	w.run(`annotate sts db 'statefulset.dev/policies={"deadline":{"afterSeconds":3,"then":"Halt"}}'`)
	w.settle("db")
	w.until("the rollout to be complete", func() bool { return w.progressing("db", corev1.ConditionFalse, "RolloutCompleted") })
	start := w.now()
	w.run(`patch sts db -p '{"spec":{"template":{"metadata":{"annotations":{"kubelet.test/ready":"false"}}}}}'`)

	// The time goes on where another controller takes over.
	var since metav1.Time
	w.until("the set to wait for a pod", func() bool {
		condition := w.condition(w.set("db"), "statefulset.dev/Waiting")
		if condition == nil || !w.runs("db-2") {
			return false
		}
		since = condition.LastTransitionTime
		return true
	})
	w.controller.Kill()
	w.take(ours, "--policies=annotations")
	w.until("the rollout to be overdue", func() bool { return w.progressing("db", corev1.ConditionFalse, "ProgressDeadlineExceeded") })
	overdue := w.condition(w.set("db"), "Progressing").LastTransitionTime
	if overdue.Before(&metav1.Time{Time: since.Add(deadline)}) {
		w.Errorf("overdue at %s, and it has waited since %s", overdue, since)
	}
	if now := w.condition(w.set("db"), "statefulset.dev/Waiting"); now == nil || !now.LastTransitionTime.Equal(&since) {
		w.Errorf("waits since %v, and not since %s", now, since)
	}

	// It stays overdue for yet another one, which has looked when it has seen a change.
	w.controller.Kill()
	w.run(`patch sts db --type=merge -p '{"spec":{"revisionHistoryLimit":7}}'`)
	w.now()
	w.take(ours, "--policies=annotations")
	w.until("another controller to look", func() bool { return w.set("db").Status.ObservedGeneration == w.set("db").Generation })
	if now := w.condition(w.set("db"), "Progressing"); !w.progressing("db", corev1.ConditionFalse, "ProgressDeadlineExceeded") || !now.LastTransitionTime.Equal(&overdue) {
		w.Errorf("it is %v, and was overdue at %s", now, overdue)
	}
	w.happened(start, "-db-2, gone db-2, +db-2")

	// Back to what ran; in order, the broken pod is left to a person.
	w.run("rollout undo sts/db")
	w.run("delete pod db-2")
	w.settle("db")
	w.until("the rollout to be complete again", func() bool { return w.progressing("db", corev1.ConditionFalse, "RolloutCompleted") })
}

// deletions are the moments at which the API server was asked to delete pods of the namespace.
func (w *world) deletions() []time.Time {
	w.Helper()
	requests, err := w.plane.Requests(bed.Ours)
	w.must(err)
	var moments []time.Time
	for _, request := range requests {
		if request.Verb == "delete" && request.Object.Resource == "pods" && request.Object.Namespace == w.namespace && request.Answer.Code == 200 {
			moments = append(moments, request.At)
		}
	}
	return moments
}

func (w *world) condition(set *appsv1.StatefulSet, name string) *appsv1.StatefulSetCondition {
	for _, condition := range set.Status.Conditions {
		if string(condition.Type) == name {
			return &condition
		}
	}
	return nil
}

func (w *world) progressing(set string, status corev1.ConditionStatus, reason string) bool {
	condition := w.condition(w.set(set), "Progressing")
	return condition != nil && condition.Status == status && condition.Reason == reason
}
