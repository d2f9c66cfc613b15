package scheduler

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-logr/logr"
	core "k8s.io/api/core/v1"
	"k8s.io/klog/v2"

	"statefulset.internal/conformance/cluster"
	"statefulset.internal/conformance/draw"
)

// Which nodes can take a pod, and the words in which a scheduler says that none can.
func TestScheduler(t *testing.T) {
	klog.SetLogger(logr.Discard())
	ctx, cancel := context.WithCancel(klog.NewContext(context.Background(), logr.Discard()))
	defer cancel()
	theirs, err := NewTheirs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	judge := &judge{theirs, cluster.Ask(t), cluster.Counts{}}
	cluster.Run(t, "the scheduler", judge)
	fmt.Print(judge.counts)
}

type judge struct {
	theirs *Theirs
	ours   *cluster.Ours
	counts cluster.Counts
}

func (j *judge) Differ(choices *draw.Choices) (differences []string, text string) {
	c := Generate(choices)
	text = c.String()
	theirs, err := j.theirs.Judge(c)
	if err != nil {
		return []string{"theirs: " + err.Error()}, text
	}
	for i, pod := range c.pending() {
		var ours Verdict
		question := map[string]any{"about": "schedule", "objects": c.objects(), "namespace": pod.Namespace, "name": pod.Name}
		if err := j.ours.Ask(question, &ours); err != nil {
			return []string{"ours: " + err.Error()}, text
		}
		differences = append(differences, j.compare(c, pod, theirs[i], ours)...)
	}
	return differences, text
}

func (j *judge) compare(c *Case, pod *core.Pod, theirs, ours Verdict) (differences []string) {
	differ := func(what string, theirs, ours any) {
		differences = append(differences, fmt.Sprintf("%s: %s: theirs %v, ours %v", pod.Name, what, theirs, ours))
	}
	switch {
	case theirs.Waits != ours.Waits:
		differ("waits", theirs.Waits, ours.Waits)
	case !slices.Equal(theirs.Fit, ours.Fit):
		differ("nodes", fmt.Sprintf("%q %q", theirs.Fit, theirs.Message), fmt.Sprintf("%q %q", ours.Fit, ours.Message))
	case len(theirs.Choices)+len(ours.Choices) > 0 && !reflect.DeepEqual(theirs.Choices, ours.Choices):
		differ("who leaves", fmt.Sprintf("%v %q", theirs.Choices, theirs.Message), fmt.Sprintf("%v %q", ours.Choices, ours.Message))
	case len(theirs.Choices) > 0 && !slices.Contains(theirs.Rooms, ours.Rooms[0]):
		differ("which node they leave", theirs.Rooms, ours.Rooms)
	case len(theirs.Choices) > 0 && firstSentence(theirs.Message) == firstSentence(ours.Message):
		// Of several nodes that are as good the real scheduler takes any.
	case theirs.Message != ours.Message:
		differ("message", fmt.Sprintf("\n%q", theirs.Message), fmt.Sprintf("\n%q", ours.Message))
	}
	switch {
	case theirs.Waits:
		j.counts["waits"]++
	case len(theirs.Choices) > 0:
		j.counts["fits nowhere, and others leave for it"]++
	case theirs.Message != "":
		j.counts["fits nowhere"]++
	case len(theirs.Fit) == 1:
		j.counts["fits on one node"]++
	case len(ours.Best) == 1 && slices.Contains(theirs.Best, ours.Best[0]):
		j.counts["fits on several nodes, and gets one of the best"]++
	default:
		j.counts["fits on several nodes, and would get another one"]++
	}
	return differences
}

// firstSentence is what stands before the scheduler tells how it tried to make room.
func firstSentence(message string) string {
	sentence, _, _ := strings.Cut(message, " preemption: ")
	return sentence
}
