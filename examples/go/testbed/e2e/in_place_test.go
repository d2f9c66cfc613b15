package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"

	"statefulset.internal/testbed/bed"
)

// Kubelets take their time, so that it is seen if somebody does not wait for them.
const slowly = `"kubelet.test/start": "150ms"`

// Pods are changed where they run, by controllers with no other rights than those of their manifests. Nobody deletes a pod, but where
// the last test says so.
func TestInPlace(t *testing.T) {
	t.Parallel()
	w := boot(t, nobody, bed.Options{})
	w.must(w.plane.Class("disks", false))
	w.limited([]string{"statefulset-controller-library"}, []string{"rbac.yaml"}, "--policies=annotations")
	rights := w.entitle(account, "plannedset.yaml", "rbac-plannedset.yaml")
	w.run("wait --for=condition=Established crd/plannedsets.statefulset.dev --timeout=60s")
	_, err := w.plane.StartOurs(w.plane.URL, append(rights, "--planned-sets", "--leader-elect=false")...)
	w.must(err)
	t.Run("ordered", func(t *testing.T) { inPlaceOrdered(w.in(t, "ordered")) })
	t.Run("parallel", func(t *testing.T) { inPlaceParallel(w.in(t, "parallel")) })
	t.Run("only", func(t *testing.T) { inPlaceOnly(w.in(t, "only")) })
	for name, test := range inPlaceAlready {
		t.Run(name, func(t *testing.T) { test(w.in(t, name)) })
	}
	w.allowed()
}

// resizable is the manifest with what its pods need.
func resizable(resources string) string {
	return strings.Replace(manifest, `image: "web:1"`, `image: "web:1", `+resources, 1)
}

// One pod after the other gets another image, labels at once and for nothing, other amounts of cpu without a restart. An image that
// cannot be had stops the rollout, and going back is enough.
func inPlaceOrdered(w *world) {
	w.apply(resizable("resources: {requests: {cpu: 100m}}"), "db", 3, slowly, "")
	w.run(`annotate sts db 'statefulset.dev/policies={"inPlace":"IfPossible"}'`)
	w.settle("db")
	before := w.places()

	w.Log("another image")
	start := w.now()
	w.run("set image sts/db web=web:2")
	w.settle("db")
	w.images("db", "web:2", "web:2", "web:2")
	w.restarted("db", 1, 1, 1)
	w.changedInOrder(start, "db-2", "db-1", "db-0")
	w.changedAtOnce(start, 1)
	w.completedLast(start, "db")

	w.Log("other labels")
	start = w.now()
	w.run(`patch sts db -p '{"spec":{"template":{"metadata":{"labels":{"tier":"data"}}}}}'`)
	w.until("the labels of all pods", func() bool {
		return !slices.ContainsFunc(w.pods(), func(pod *corev1.Pod) bool { return pod.Labels["tier"] != "data" })
	})
	w.settle("db")
	w.restarted("db", 1, 1, 1)
	w.changedAtOnce(start, 0)

	w.Log("more cpu")
	start = w.now()
	w.run("set resources sts db --requests=cpu=200m")
	w.settle("db")
	w.restarted("db", 1, 1, 1)
	w.given("db", "200m")
	w.changedInOrder(start, "db-2", "db-1", "db-0")
	w.changedAtOnce(start, 1)
	w.completedLast(start, "db")
	w.resized(3)

	w.Log("an image that cannot be had, and back")
	start = w.now()
	w.run("set image sts/db web=web:missing")
	w.until("db-2 to look for its image", func() bool { return w.cannotBePulled("db-2") })
	w.never("the rollout went on past a pod without its image", time.Second, func() bool {
		return w.pod("db-1").Spec.Containers[0].Image != "web:2" || !w.cannotBePulled("db-2")
	})
	w.restarted("db", 1, 1, 1)
	w.run("rollout undo sts/db")
	w.settle("db")
	w.images("db", "web:2", "web:2", "web:2")
	w.restarted("db", 1, 1, 2)
	w.changedInOrder(start, "db-2", "db-2")
	w.changedAtOnce(start, 1)
	w.stayed(before)

	w.Log("what needs other pods")
	start = w.now()
	w.run(`patch sts db -p '{"spec":{"template":{"spec":{"dnsPolicy":"Default"}}}}'`)
	w.settle("db")
	w.happened(start, rollOut("db", 2, 0))
}

// As many pods at once as the set allows, and no more. Where a pod says that its container starts again for another amount of cpu, that
// is waited for. Pods that never ran need no restart.
func inPlaceParallel(w *world) {
	resources := "resources: {requests: {cpu: 100m}}, resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]"
	w.apply(strings.Replace(resizable(resources), "web:1", "web:missing", 1), "wide", 5, slowly, `  podManagementPolicy: Parallel
  updateStrategy: {rollingUpdate: {maxUnavailable: 2}}`)
	w.run(`annotate sts wide 'statefulset.dev/policies={"inPlace":"IfPossible"}'`)
	all := func(holds func(name string) bool) func() bool {
		return func() bool {
			for i := range 5 {
				if !holds(fmt.Sprintf("wide-%d", i)) {
					return false
				}
			}
			return true
		}
	}
	w.until("all pods to look for their image", all(w.cannotBePulled))
	before := w.places()
	w.run("set image sts/wide web=web:1")
	w.settle("wide")
	w.restarted("wide", 0, 0, 0, 0, 0)

	w.Log("another image")
	start := w.now()
	w.run("set image sts/wide web=web:2")
	w.settle("wide")
	w.restarted("wide", 1, 1, 1, 1, 1)
	w.changedAtOnce(start, 2)
	w.completedLast(start, "wide")

	w.Log("an image that cannot be had, and back")
	start = w.now()
	w.run("set image sts/wide web=web:missing")
	w.until("two pods to look for their image", func() bool { return w.cannotBePulled("wide-4") && w.cannotBePulled("wide-3") })
	w.never("the rollout went on past pods without their image", time.Second, func() bool {
		return w.pod("wide-2").Spec.Containers[0].Image != "web:2"
	})
	w.run("set image sts/wide web=web:3")
	w.settle("wide")
	w.restarted("wide", 2, 2, 2, 2, 2)
	w.changedAtOnce(start, 2)

	w.Log("more cpu, with a restart")
	start = w.now()
	w.run("set resources sts wide --requests=cpu=200m")
	w.settle("wide")
	w.given("wide", "200m")
	w.restarted("wide", 3, 3, 3, 3, 3)
	w.changedAtOnce(start, 2)
	w.completedLast(start, "wide")
	w.stayed(before)
}

// What no running pod can be given waits, and the set says so.
func inPlaceOnly(w *world) {
	planned := strings.NewReplacer("apps/v1", "statefulset.dev/v1alpha1", "StatefulSet", "PlannedSet").Replace(manifest)
	w.apply(planned, "db", 3, "", "  policies: {inPlace: Only}")
	w.run("wait --for=jsonpath={.status.readyReplicas}=3 plannedset db --timeout=60s")
	before := w.places()
	w.run(`patch plannedset db --type=merge -p '{"spec":{"template":{"spec":{"dnsPolicy":"Default"}}}}'`)
	w.run("wait '--for=jsonpath={.status.held}=not-in-place 0-2' plannedset db --timeout=60s")
	w.shows("get plannedset db", "NAME WANTED READY UPDATED HELD AGE", "db 3 3 not-in-place 0-2 *")
	// Somebody decides otherwise for one of them.
	w.run("delete pod db-2")
	w.run("wait '--for=jsonpath={.status.held}=not-in-place 0-1' plannedset db --timeout=60s")
	w.until("another db-2", func() bool { return ready(w.pod("db-2")) })
	if now := w.places(); now["db-0"] != before["db-0"] || now["db-1"] != before["db-1"] || now["db-2"] == before["db-2"] {
		w.Errorf("pods %v, before %v", now, before)
	}
	// What they are to run again is what they run.
	w.run(`patch plannedset db --type=merge -p '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirst"}}}}'`)
	w.run("wait '--for=jsonpath={.status.held}=not-in-place 2' plannedset db --timeout=60s")
}

// A kubelet starts nothing again that runs already as it is told to, and nobody is to wait for that.
var inPlaceAlready = map[string]func(*world){
	"image-by-hand": func(w *world) {
		w.runsInPlace("db")
		w.run("set image pod/db-2 web=web:2")
		w.until("db-2 to run what somebody wrote on it", func() bool { return runsAsTold(w.pod("db-2")) && w.pod("db-2").Generation == 2 })
		w.run("set image sts/db web=web:2")
		w.settle("db")
		w.restarted("db", 1, 1, 1)
	},
	"cpu-by-hand": func(w *world) {
		w.runsInPlace("db")
		w.run(`patch pod db-2 --subresource=resize -p '{"spec":{"containers":[{"name":"web","resources":{"requests":{"cpu":"200m"}}}]}}'`)
		w.until("db-2 to get what somebody wrote on it", func() bool { return runsAsTold(w.pod("db-2")) && w.pod("db-2").Generation == 2 })
		w.run("set resources sts db --requests=cpu=200m")
		w.settle("db")
		w.restarted("db", 1, 1, 1)
	},
	"undone-unseen": func(w *world) {
		w.runsInPlace("db")
		node := w.pod("db-2").Spec.NodeName
		w.must(w.plane.SilenceNode(node))
		w.run("set image sts/db web=web:2")
		w.until("db-2 to be told", func() bool { return w.pod("db-2").Spec.Containers[0].Image == "web:2" })
		w.run("rollout undo sts/db")
		w.until("db-2 to be told otherwise", func() bool { return w.pod("db-2").Spec.Containers[0].Image == "web:1" })
		w.must(w.plane.ReviveNode(node))
		w.settle("db")
	},
}

// runsInPlace makes a set whose containers start again for another amount of cpu.
func (w *world) runsInPlace(set string) {
	w.Helper()
	w.apply(resizable("resources: {requests: {cpu: 100m}}, resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]"), set, 3, "", "")
	w.run(`annotate sts %s 'statefulset.dev/policies={"inPlace":"IfPossible"}'`, set)
	w.settle(set)
}

// places are the pods by name, each the one that it is.
func (w *world) places() map[string]types.UID {
	w.Helper()
	w.now()
	places := map[string]types.UID{}
	for _, pod := range w.pods() {
		places[pod.Name] = pod.UID
	}
	return places
}

// stayed says that all pods are those that they were.
func (w *world) stayed(before map[string]types.UID) {
	w.Helper()
	for _, change := range w.record.Changes(bed.In(w.namespace), bed.Of("Pod")) {
		if change.Type == watch.Deleted || change.Object.GetDeletionTimestamp() != nil || before[change.Name()] != change.Object.GetUID() {
			w.Errorf("%s, and nobody was to go: %v", change, before)
		}
	}
}

// restarted compares how often the container of each pod was started again.
func (w *world) restarted(set string, want ...int32) {
	w.Helper()
	for i, want := range want {
		name := fmt.Sprintf("%s-%d", set, i)
		if status := w.pod(name).Status.ContainerStatuses[0]; status.RestartCount != want {
			w.Errorf("%s was started again %d times, and not %d", name, status.RestartCount, want)
		}
	}
}

// given says that all pods have been asked for, been promised and got this much cpu.
func (w *world) given(set, cpu string) {
	w.Helper()
	for _, pod := range w.pods() {
		status := pod.Status.ContainerStatuses[0]
		if status.Resources == nil {
			w.Fatalf("%s of %s says nothing of its resources", pod.Name, set)
		}
		for _, amounts := range []corev1.ResourceList{pod.Spec.Containers[0].Resources.Requests, status.AllocatedResources, status.Resources.Requests} {
			if amounts.Cpu().String() != cpu {
				w.Errorf("%s has %s cpu, and not %s", pod.Name, amounts.Cpu(), cpu)
			}
		}
	}
}

// resized says how many pods of the namespace were resized.
func (w *world) resized(want int) {
	w.Helper()
	requests, err := w.plane.Requests(bed.Ours)
	w.must(err)
	found := 0
	for _, request := range requests {
		if request.Object.Subresource == "resize" && request.Object.Namespace == w.namespace && request.Answer.Code == 200 {
			found++
		}
	}
	if found != want {
		w.Errorf("%d pods were resized, and not %d", found, want)
	}
}

func (w *world) cannotBePulled(name string) bool {
	pod := w.pod(name)
	return pod != nil && slices.ContainsFunc(pod.Status.ContainerStatuses, func(status corev1.ContainerStatus) bool {
		return status.State.Waiting != nil && status.State.Waiting.Reason == "ImagePullBackOff" && !status.Ready
	})
}

// runsAsTold says whether a pod runs what stands in it, by what its kubelet says.
func runsAsTold(pod *corev1.Pod) bool {
	for _, container := range pod.Spec.Containers {
		if !slices.ContainsFunc(pod.Status.ContainerStatuses, func(status corev1.ContainerStatus) bool {
			return status.Name == container.Name && status.Image == container.Image
		}) {
			return false
		}
	}
	return ready(pod) && pod.Status.ObservedGeneration >= pod.Generation && !slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
		return c.Type == corev1.PodResizeInProgress && c.Status == corev1.ConditionTrue
	})
}

// changedAtOnce compares the number of pods that did not run as told, at its height since version, with a limit that is not to be
// exceeded. Pods are sure to reach it where it is 1.
func (w *world) changedAtOnce(since uint64, limit int) {
	w.Helper()
	w.now()
	changing, most := map[string]bool{}, 0
	for _, change := range w.record.Changes(bed.In(w.namespace), bed.Of("Pod"), bed.After(since)) {
		if runsAsTold(as[corev1.Pod](change.Object)) {
			delete(changing, change.Name())
		} else {
			changing[change.Name()] = true
		}
		most = max(most, len(changing))
	}
	if most > limit || most == 0 && limit > 0 {
		w.Errorf("%d pods were changing at once, and not %d", most, limit)
	}
}

// changedInOrder compares the order in which pods were told to run something else since version.
func (w *world) changedInOrder(since uint64, want ...string) {
	w.Helper()
	w.now()
	last, found := map[string]int64{}, []string(nil)
	for _, change := range w.record.Changes(bed.In(w.namespace), bed.Of("Pod")) {
		generation := change.Object.GetGeneration()
		if change.Version > since && generation > last[change.Name()] {
			found = append(found, change.Name())
		}
		last[change.Name()] = generation
	}
	if !slices.Equal(found, want) {
		w.Errorf("told in the order %v, and not %v", found, want)
	}
}

// completedLast says that the set called its rollout complete once since version, and no pod was changing then.
func (w *world) completedLast(since uint64, name string) {
	w.Helper()
	w.now()
	changing, updating := map[string]bool{}, false
	for _, change := range w.record.Changes(bed.In(w.namespace), bed.After(since)) {
		switch change.Kind() {
		case "Pod":
			changing[change.Name()] = !runsAsTold(as[corev1.Pod](change.Object))
		case "StatefulSet":
			status := as[appsv1.StatefulSet](change.Object).Status
			if status.CurrentRevision != status.UpdateRevision {
				updating = true
				continue
			}
			for pod, changes := range changing {
				if updating && changes {
					w.Errorf("%s is complete at version %d, and %s is not", name, change.Version, pod)
				}
			}
		}
	}
	if !updating {
		w.Errorf("%s has never said that it updates", name)
	}
}
