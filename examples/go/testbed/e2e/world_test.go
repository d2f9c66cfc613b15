package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"

	"statefulset.internal/testbed/bed"
)

// Whose StatefulSets a world's are.
type side string

const (
	ours    side = "ours"
	builtin side = "builtin"
	nobody  side = "nobody"
)

// A world is a control plane that a StatefulSet controller is at work on, all that happened there, and a user who types.
type world struct {
	*testing.T
	plane      *bed.Plane
	record     *bed.Recorder
	kubectl    *bed.KubectlUser
	controller *bed.Controller
	namespace  string
	patience   time.Duration
}

// boot starts a world; it ends with the test.
func boot(t *testing.T, who side, options bed.Options) *world {
	t.Helper()
	plane, err := bed.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(plane.Stop)
	w := &world{T: t, plane: plane, namespace: "default", patience: time.Minute}
	w.record, err = plane.Record()
	w.must(err)
	t.Cleanup(w.record.Stop)
	t.Cleanup(w.tellOnFailure)
	manifests, err := filepath.Abs("../../../manifests")
	w.must(err)
	w.kubectl, err = plane.Kubectl(manifests)
	w.must(err)
	w.take(who)
	if who == builtin && !testing.Short() {
		w.shadowed()
	}
	return w
}

// take starts a controller where there is none.
func (w *world) take(who side, arguments ...string) {
	w.Helper()
	var err error
	switch who {
	case ours:
		w.controller, err = w.plane.StartOurs(w.plane.URL, append([]string{"--leader-elect=false"}, arguments...)...)
	case builtin:
		w.controller, err = w.plane.StartBuiltin()
	}
	w.must(err)
}

// in is the same world, seen by another test in a namespace of its own.
func (w *world) in(t *testing.T, namespace string) *world {
	t.Helper()
	inner := *w
	inner.T, inner.namespace = t, namespace
	inner.must(w.plane.Namespace(namespace))
	kubectl := *w.kubectl
	kubectl.Namespace = namespace
	inner.kubectl = &kubectl
	return &inner
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// run types a command that must succeed, and returns what it printed.
func (w *world) run(command string, arguments ...any) string {
	w.Helper()
	command = fmt.Sprintf(command, arguments...)
	ctx, cancel := context.WithTimeout(w.Context(), w.patience)
	defer cancel()
	screen, err := w.kubectl.Run(ctx, command)
	w.Logf("$ %s\n%s", command, screen)
	if err != nil {
		w.Fatal(err)
	}
	return screen
}

// refused types a command that must fail and say why.
func (w *world) refused(why, command string, arguments ...any) {
	w.Helper()
	command = fmt.Sprintf(command, arguments...)
	ctx, cancel := context.WithTimeout(w.Context(), w.patience)
	defer cancel()
	screen, err := w.kubectl.Run(ctx, command)
	w.Logf("$ %s\n%s", command, screen)
	if err == nil || !strings.Contains(screen, why) {
		w.Fatalf("%s: expected to be refused with %q", command, why)
	}
}

// apply gives kubectl a manifest that is in no file.
func (w *world) apply(manifest string, arguments ...any) {
	w.Helper()
	file := filepath.Join(w.TempDir(), "manifest.yaml")
	w.must(os.WriteFile(file, fmt.Appendf(nil, manifest, arguments...), 0o600))
	w.run("apply -f %s", file)
}

// shows types a command and compares its table with these rows, field by field; * is any field, … what else there is in the row.
func (w *world) shows(command string, rows ...string) {
	w.Helper()
	screen := w.run("%s", command)
	lines := strings.Split(strings.TrimSpace(screen), "\n")
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "" })
	if len(lines) != len(rows) {
		w.Fatalf("%s: expected %d lines, found %d", command, len(rows), len(lines))
	}
	for i, line := range lines {
		if !alike(strings.Fields(rows[i]), strings.Fields(line)) {
			w.Fatalf("%s: expected %q, found %q", command, rows[i], line)
		}
	}
}

func alike(pattern, fields []string) bool {
	for i, want := range pattern {
		if want == "…" {
			return true
		}
		if i >= len(fields) || (want != "*" && want != fields[i]) {
			return false
		}
	}
	return len(pattern) == len(fields)
}

// until waits, by the record, until holds does.
func (w *world) until(what string, holds func() bool) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), w.patience)
	defer cancel()
	if err := w.record.Until(ctx, holds); err != nil {
		w.Fatalf("waited for %s: %v\n%s", what, err, strings.Join(w.tell(0), "\n"))
	}
}

// never watches for some time that holds does not.
func (w *world) never(what string, during time.Duration, holds func() bool) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), during)
	defer cancel()
	if err := w.record.Until(ctx, holds); err == nil {
		w.Fatalf("%s, and should not", what)
	}
}

func (w *world) set(name string) *appsv1.StatefulSet {
	return as[appsv1.StatefulSet](w.record.Object("StatefulSet", w.namespace, name))
}

func (w *world) pod(name string) *corev1.Pod {
	return as[corev1.Pod](w.record.Object("Pod", w.namespace, name))
}

// left says whether the pod of this name is not the one with this uid any more. A pod may go between two looks: one look must do.
func (w *world) left(name string, uid types.UID) bool {
	pod := w.pod(name)
	return pod == nil || pod.UID != uid
}

// renewed says whether there is another pod of this name than the one with this uid, and ready.
func (w *world) renewed(name string, uid types.UID) bool {
	pod := w.pod(name)
	return ready(pod) && pod.UID != uid
}

func (w *world) claim(name string) *corev1.PersistentVolumeClaim {
	return as[corev1.PersistentVolumeClaim](w.record.Object("PersistentVolumeClaim", w.namespace, name))
}

func (w *world) pods() []*corev1.Pod {
	var pods []*corev1.Pod
	for _, object := range w.record.Objects("Pod", w.namespace) {
		pods = append(pods, as[corev1.Pod](object))
	}
	return pods
}

// as is an object in its Go type, nil where there is none.
func as[T any](object *unstructured.Unstructured) *T {
	if object == nil {
		return nil
	}
	typed := new(T)
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, typed); err != nil {
		panic(err)
	}
	return typed
}

func ready(pod *corev1.Pod) bool {
	return pod != nil && pod.DeletionTimestamp == nil && slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
		return c.Type == corev1.PodReady && c.Status == corev1.ConditionTrue
	})
}

// settled says whether a set has as many pods as it should, all of them ready, and says so in its status. What an update strategy holds
// back is where it belongs: as many pods as a partition says, counted from the lowest one, whatever its ordinal.
func settled(set *appsv1.StatefulSet) bool {
	if set == nil {
		return false
	}
	status := set.Status
	if status.ObservedGeneration != set.Generation || status.Replicas != *set.Spec.Replicas ||
		status.ReadyReplicas != *set.Spec.Replicas || status.AvailableReplicas != *set.Spec.Replicas {
		return false
	}
	if set.Spec.UpdateStrategy.Type == appsv1.OnDeleteStatefulSetStrategyType || status.CurrentRevision == status.UpdateRevision {
		return true
	}
	var partition int32
	if rolling := set.Spec.UpdateStrategy.RollingUpdate; rolling != nil && rolling.Partition != nil {
		partition = *rolling.Partition
	}
	return partition > 0 && status.UpdatedReplicas >= *set.Spec.Replicas-partition
}

// now is the version of this moment; all that was written before has been seen.
func (w *world) now() uint64 {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), w.patience)
	defer cancel()
	version, err := w.record.CaughtUp(ctx)
	w.must(err)
	return version
}

// settle waits until a set is settled.
func (w *world) settle(name string) *appsv1.StatefulSet {
	w.Helper()
	w.now()
	w.until("set "+name, func() bool { return settled(w.set(name)) && w.stands(w.set(name)) })
	return w.set(name)
}

// stands says whether the pods of a set are there, and ready: a status tells of a lost pod only once the controller has looked.
func (w *world) stands(set *appsv1.StatefulSet) bool {
	var start int32
	if set.Spec.Ordinals != nil {
		start = set.Spec.Ordinals.Start
	}
	for i := range *set.Spec.Replicas {
		if !ready(w.pod(fmt.Sprintf("%s-%d", set.Name, start+i))) {
			return false
		}
	}
	return true
}

// gone waits until a set and all its pods are.
func (w *world) gone(name string) {
	w.Helper()
	w.now()
	w.until("the end of set "+name, func() bool { return w.set(name) == nil && len(w.pods()) == 0 })
}

// tellOnFailure writes down what the parts printed last, and what happened.
func (w *world) tellOnFailure() {
	if !w.Failed() {
		return
	}
	w.Log(w.plane.Tails(8))
	if w.controller != nil {
		w.Logf("--- %s\n%s", w.controller.Name, w.controller.Tail(30))
	}
}
