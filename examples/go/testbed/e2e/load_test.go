package e2e

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"statefulset.internal/testbed/bed"
)

var (
	loadSets = flag.Int("load-sets", 200, "how many sets of ten pods TestLoad makes")
	loadPods = flag.Int("load-pods", 1000, "how many pods has the large set that it makes")
)

// What it costs: one controller after the other, each on a control plane that nobody used before, with the same limits. Nothing else runs
// meanwhile.
func TestLoad(t *testing.T) {
	long(t)
	var table strings.Builder
	lines := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(lines, "\ttime\trequests\tprocessor time\tmemory, peak\t")
	for _, who := range []side{ours, builtin} {
		t.Run(string(who), func(t *testing.T) {
			w := bootForLoad(t, who)
			for _, phase := range []struct {
				name string
				do   func()
			}{
				{fmt.Sprintf("%d sets of 10 pods: until all are ready", *loadSets), func() { w.makeSets(*loadSets, 10, appsv1.OrderedReadyPodManagement) }},
				{"rolled out", func() { w.rollOutAll() }},
				{"deleted", func() { w.deleteAll() }},
				{fmt.Sprintf("1 Parallel set of %d pods: until all are ready", *loadPods), func() { w.makeSets(1, *loadPods, appsv1.ParallelPodManagement) }},
				{"deleted", func() { w.deleteAll() }},
			} {
				before, err := w.controller.Usage()
				w.must(err)
				requests, err := w.plane.Requests(w.controller.User)
				w.must(err)
				begin := time.Now()
				phase.do()
				took := time.Since(begin)
				after, err := w.controller.Usage()
				w.must(err)
				now, err := w.plane.Requests(w.controller.User)
				w.must(err)
				row := fmt.Sprintf("%s: %s\t%.1f s\t%d\t%.2f s\t%d MiB\t", who, phase.name, took.Seconds(), len(now)-len(requests), (after.CPU - before.CPU).Seconds(), after.Peak>>20)
				fmt.Fprintln(lines, row)
				t.Log(row)
			}
		})
	}
	_ = lines.Flush()
	t.Logf("\n%s", table.String())
}

// bootForLoad is boot with many nodes, and a record of sets and pods alone.
func bootForLoad(t *testing.T, who side) *world {
	t.Helper()
	var options bed.Options
	for i := range 20 {
		options.Nodes = append(options.Nodes, fmt.Sprintf("node-%d", i))
	}
	// Twenty kubelets of one process on a busy machine may be late with their leases.
	options.NodeGrace = 40 * time.Second
	plane, err := bed.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(plane.Stop)
	w := &world{T: t, plane: plane, namespace: "default", patience: 10 * time.Minute}
	w.record, err = plane.Record("statefulsets", "pods")
	w.must(err)
	t.Cleanup(w.record.Stop)
	t.Cleanup(w.tellOnFailure)
	w.take(who)
	return w
}

func (w *world) makeSets(sets, replicas int, management appsv1.PodManagementPolicyType) {
	w.Helper()
	count := int32(replicas)
	generations := map[string]int64{}
	for i := range sets {
		labels := map[string]string{"set": fmt.Sprintf("load-%d", i)}
		set, err := w.plane.Client.AppsV1().StatefulSets(w.namespace).Create(context.Background(), &appsv1.StatefulSet{
			ObjectMeta: metav1.ObjectMeta{Name: labels["set"]},
			Spec: appsv1.StatefulSetSpec{
				Replicas:            &count,
				PodManagementPolicy: management,
				Selector:            &metav1.LabelSelector{MatchLabels: labels},
				Template: corev1.PodTemplateSpec{
					ObjectMeta: metav1.ObjectMeta{Labels: labels},
					Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "web", Image: "web:1"}}},
				},
			},
		}, metav1.CreateOptions{})
		w.must(err)
		generations[set.Name] = set.Generation
	}
	w.untilAll(generations)
}

// untilAll waits until all sets are settled in the generations named. It looks now and then: after each change would be half of the load.
func (w *world) untilAll(generations map[string]int64) {
	w.Helper()
	deadline := time.Now().Add(w.patience)
	for ; time.Now().Before(deadline); time.Sleep(250 * time.Millisecond) {
		count := 0
		for _, object := range w.record.Objects("StatefulSet", w.namespace) {
			if object.GetGeneration() >= generations[object.GetName()] && settled(as[appsv1.StatefulSet](object)) {
				count++
			}
		}
		if count == len(generations) {
			return
		}
	}
	w.Fatalf("the sets are not settled after %v", w.patience)
}

func (w *world) rollOutAll() {
	w.Helper()
	generations := map[string]int64{}
	patch := []byte(`{"spec":{"template":{"metadata":{"annotations":{"version":"2"}}}}}`)
	for _, object := range w.record.Objects("StatefulSet", w.namespace) {
		set, err := w.plane.Client.AppsV1().StatefulSets(w.namespace).Patch(context.Background(), object.GetName(), types.MergePatchType, patch, metav1.PatchOptions{})
		w.must(err)
		generations[set.Name] = set.Generation
	}
	w.untilAll(generations)
}

func (w *world) deleteAll() {
	w.Helper()
	w.must(w.plane.Client.AppsV1().StatefulSets(w.namespace).DeleteCollection(context.Background(), metav1.DeleteOptions{}, metav1.ListOptions{}))
	deadline := time.Now().Add(w.patience)
	for len(w.record.Objects("StatefulSet", w.namespace))+len(w.record.Objects("Pod", w.namespace)) > 0 {
		if time.Now().After(deadline) {
			w.Fatalf("not deleted after %v", w.patience)
		}
		time.Sleep(100 * time.Millisecond)
	}
}
