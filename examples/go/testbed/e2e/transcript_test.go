package e2e

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/watch"

	"statefulset.internal/testbed/bed"
)

// tell puts into words what happened to the pods and claims of the world's namespace since version, in order:
//
//	+web-0         a pod was made
//	ready web-0    it became ready
//	-web-0         it was asked to stop
//	gone web-0     it is no more
//	claim x, gone claim x
func (w *world) tell(since uint64) []string {
	w.now()
	var lines []string
	pods := map[string]podState{}
	for _, change := range w.record.Changes(bed.In(w.namespace)) {
		var line string
		switch change.Kind() {
		case "Pod":
			line = podLine(pods, change)
		case "PersistentVolumeClaim":
			switch change.Type {
			case watch.Added:
				line = "claim " + change.Name()
			case watch.Deleted:
				line = "gone claim " + change.Name()
			}
		}
		if line != "" && change.Version > since {
			lines = append(lines, line)
		}
	}
	return lines
}

type podState struct{ ready, stopping bool }

// podLine is what a change means for its pod, empty where it means nothing.
func podLine(states map[string]podState, change bed.Change) string {
	pod := as[corev1.Pod](change.Object)
	was := states[change.UID()]
	now := podState{was.ready || ready(pod), pod.DeletionTimestamp != nil}
	states[change.UID()] = now
	switch {
	case change.Type == watch.Deleted:
		return "gone " + pod.Name
	case change.Type == watch.Added:
		return "+" + pod.Name
	case now.ready && !was.ready:
		return "ready " + pod.Name
	case now.stopping && !was.stopping:
		return "-" + pod.Name
	}
	return ""
}

// happened compares what happened to pods since version with these words, in this order.
func (w *world) happened(since uint64, words string) {
	w.Helper()
	want := strings.Split(strings.TrimSpace(words), ", ")
	found := slices.DeleteFunc(w.tell(since), func(line string) bool { return strings.Contains(line, "claim ") })
	if !slices.Equal(want, found) {
		w.Fatalf("expected  %s\nfound     %s", strings.Join(want, ", "), strings.Join(found, ", "))
	}
}

// startUp is what a set that starts in order looks like, from ordinal first to last.
func startUp(set string, first, last int) string {
	var words []string
	for i := first; i <= last; i++ {
		words = append(words, fmt.Sprintf("+%s-%d, ready %s-%d", set, i, set, i))
	}
	return strings.Join(words, ", ")
}

// scaleIn is how pods leave in order, from ordinal first down to last.
func scaleIn(set string, first, last int) string {
	var words []string
	for i := first; i >= last; i-- {
		words = append(words, fmt.Sprintf("-%s-%d, gone %s-%d", set, i, set, i))
	}
	return strings.Join(words, ", ")
}

// rollOut is how pods are replaced in order, from ordinal first down to last.
func rollOut(set string, first, last int) string {
	var words []string
	for i := first; i >= last; i-- {
		words = append(words, fmt.Sprintf("-%s-%d, gone %s-%d, +%s-%d, ready %s-%d", set, i, set, i, set, i, set, i))
	}
	return strings.Join(words, ", ")
}
