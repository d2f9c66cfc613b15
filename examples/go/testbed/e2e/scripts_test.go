package e2e

import (
	"fmt"
	"slices"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
)

// A script is what somebody types, and what must be seen whoever the controller is. Each is played in a namespace of its own.
type script struct {
	name string
	play func(*world)
}

var scripts = []script{
	{"matrix", playMatrix},
	{"orphans", playOrphans},
	{"adoption", playAdoption},
	{"history", playHistory},
	{"broken", playBroken},
	{"hundred", playHundred},
}

// playMatrix: policies, update strategies, partitions, maxUnavailable and retention in all combinations. Each value of each of them meets
// ordinals that start at 0, and ones that start above it.
func playMatrix(w *world) {
	var manifests []string
	var names []string
	for _, management := range []string{"OrderedReady", "Parallel"} {
		for i, strategy := range strategies() {
			for j, retention := range retentions() {
				start := (i + j) % 2 * 3
				name := fmt.Sprintf("%s-%d-%d-%d", strings.ToLower(management[:1]), i, j, start)
				names = append(names, name)
				manifests = append(manifests, fmt.Sprintf(manifest, name, 3, "", strings.Join([]string{
					"  podManagementPolicy: " + management,
					"  updateStrategy: " + strategy,
					"  persistentVolumeClaimRetentionPolicy: " + retention,
					fmt.Sprintf("  ordinals: {start: %d}", start),
				}, "\n")))
			}
		}
	}
	w.patience = 10 * time.Minute
	w.apply("%s", strings.Join(manifests, "---"))
	all := func(what string) {
		w.Helper()
		w.until(what, func() bool {
			return !slices.ContainsFunc(names, func(name string) bool { return !settled(w.set(name)) })
		})
	}
	all("all sets")
	w.run("set image sts --all web=web:2")
	all("all rollouts")
	w.run("scale sts --all --replicas=4")
	all("all sets with one more")
	w.run("scale sts --all --replicas=2")
	all("all sets with two fewer")
	w.run("delete sts --all")
	w.until("the end of all sets", func() bool { return len(w.record.Objects("StatefulSet", w.namespace))+len(w.pods()) == 0 })
	// What is left of the four claims that each set had: those that neither policy gave up.
	left := []int{4, 2, 0, 0}
	w.until("the end of claims", func() bool {
		found := map[string]int{}
		for _, claim := range w.record.Objects("PersistentVolumeClaim", w.namespace) {
			found[setOf(strings.TrimPrefix(claim.GetName(), "data-"))]++
		}
		return !slices.ContainsFunc(names, func(name string) bool {
			retention := strings.Split(name, "-")[2][0] - '0'
			return found[name] != left[retention]
		})
	})
}

func strategies() []string {
	all := []string{"{type: OnDelete}", "{type: RollingUpdate}"}
	for _, partition := range []int{0, 2, 5} {
		for _, unavailable := range []string{"", ", maxUnavailable: 2", `, maxUnavailable: "50%"`} {
			all = append(all, fmt.Sprintf("{type: RollingUpdate, rollingUpdate: {partition: %d%s}}", partition, unavailable))
		}
	}
	return all
}

func retentions() []string {
	var all []string
	for _, deleted := range []string{"Retain", "Delete"} {
		for _, scaled := range []string{"Retain", "Delete"} {
			all = append(all, fmt.Sprintf("{whenDeleted: %s, whenScaled: %s}", deleted, scaled))
		}
	}
	return all
}

// playOrphans: a set is deleted without its pods, and made again; it takes them back as they are.
func playOrphans(w *world) {
	text := fmt.Sprintf(manifest, "web", 3, "", "")
	w.apply("%s", text)
	w.settle("web")
	before, since := w.pods(), w.now()
	w.run("delete sts web --cascade=orphan")
	w.until("orphans", func() bool {
		return w.set("web") == nil && !slices.ContainsFunc(w.pods(), func(pod *corev1.Pod) bool { return len(pod.OwnerReferences) > 0 })
	})
	w.apply("%s", text)
	set := w.settle("web")
	w.until("adoption", func() bool {
		return !slices.ContainsFunc(w.pods(), func(pod *corev1.Pod) bool {
			return len(pod.OwnerReferences) != 1 || pod.OwnerReferences[0].UID != set.UID
		})
	})
	if lines := w.tell(since); len(lines) != 0 {
		w.Errorf("orphans were not left alone: %v", lines)
	}
	for i, pod := range w.pods() {
		if pod.UID != before[i].UID {
			w.Errorf("%s was replaced", pod.Name)
		}
	}
	w.run("delete sts web")
	w.gone("web")
}

// playAdoption: a pod that somebody made by hand is taken in where it fits the set by name and labels, and left alone where it does not.
func playAdoption(w *world) {
	pod := func(name, app string) string {
		return fmt.Sprintf(`apiVersion: v1
kind: Pod
metadata: {name: %s, labels: {app: %s}}
spec:
  containers: [{name: web, image: "web:0", volumeMounts: [{name: data, mountPath: /data}]}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data-%[1]s}}]
`, name, app)
	}
	w.apply("%s", pod("web-1", "web")+"---\n"+pod("web-9", "web")+"---\n"+pod("other-0", "other"))
	w.apply("%s", fmt.Sprintf(manifest, "web", 2, "", ""))
	w.settle("web")
	// One is above the replicas, the other is of no revision.
	w.until("web-9 to go and web-1 to be rolled out", func() bool {
		pod := w.pod("web-1")
		return w.pod("web-9") == nil && ready(pod) && pod.Labels[appsv1.ControllerRevisionHashLabelKey] == w.set("web").Status.UpdateRevision
	})
	set := w.settle("web")
	if pod := w.pod("other-0"); len(pod.OwnerReferences) != 0 {
		w.Error("other-0 was adopted")
	}
	for _, name := range []string{"web-0", "web-1"} {
		if owners := w.pod(name).OwnerReferences; len(owners) != 1 || owners[0].UID != set.UID {
			w.Errorf("%s is not the set's", name)
		}
	}
	w.run("delete sts web")
	w.run("delete pod other-0")
	w.gone("web")
}

// playHistory: rollouts, how many of them are remembered, and the way back.
func playHistory(w *world) {
	w.apply("%s", fmt.Sprintf(manifest, "web", 2, "", "  revisionHistoryLimit: 2"))
	w.settle("web")
	for i := 2; i <= 5; i++ {
		w.run("set image sts/web web=web:%d", i)
		w.settle("web")
	}
	w.until("old revisions to be forgotten", func() bool { return len(w.record.Objects("ControllerRevision", w.namespace)) == 3 })
	w.shows("rollout history sts/web", "statefulset.apps/web", "REVISION CHANGE-CAUSE", "3 <none>", "4 <none>", "5 <none>")
	since := w.now()
	w.run("rollout undo sts/web")
	w.settle("web")
	w.happened(since, rollOut("web", 1, 0))
	w.images("web", "web:4", "web:4")
	w.until("the old revision to be the newest", func() bool {
		newest := int64(0)
		for _, object := range w.record.Objects("ControllerRevision", w.namespace) {
			newest = max(newest, as[appsv1.ControllerRevision](object).Revision)
		}
		return newest == 6
	})
	w.run("rollout undo sts/web --to-revision=3")
	w.settle("web")
	w.images("web", "web:3", "web:3")
	w.run("delete sts web")
	w.gone("web")
}

// playBroken: a rollout whose pods never become ready stops where it is; the right template alone does not free it, a hand must.
func playBroken(w *world) {
	w.apply("%s", fmt.Sprintf(manifest, "web", 3, "", ""))
	w.settle("web")
	since := w.now()
	w.run(`patch sts web -p '{"spec":{"template":{"metadata":{"annotations":{"kubelet.test/ready":"false"}}}}}'`)
	w.until("the broken pod", func() bool {
		return w.pod("web-2") != nil && w.pod("web-2").Status.Phase == corev1.PodRunning && !ready(w.pod("web-2"))
	})
	w.never("the rollout went on past a broken pod", time.Second, func() bool { return w.pod("web-1") == nil || w.pod("web-1").DeletionTimestamp != nil })
	w.run(`patch sts web -p '{"spec":{"template":{"metadata":{"annotations":{"kubelet.test/ready":"true"}}}}}'`)
	w.never("the broken pod was replaced", time.Second, func() bool { return w.pod("web-2") == nil || w.pod("web-2").DeletionTimestamp != nil })
	w.run("delete pod web-2")
	w.settle("web")
	w.happened(since, "-web-2, gone web-2, +web-2, -web-2, gone web-2, +web-2, ready web-2, "+rollOut("web", 1, 0))
	// A pod that ends is made anew.
	since = w.now()
	w.run("annotate pod web-1 kubelet.test/phase=Failed")
	w.until("web-1 to be replaced", func() bool { return len(w.tell(since)) >= 4 })
	w.settle("web")
	w.run("delete sts web")
	w.gone("web")
}

// playHundred: from one pod to a hundred and back, in order and at once.
func playHundred(w *world) {
	w.patience = 10 * time.Minute
	for name, management := range map[string]string{"ordered": "OrderedReady", "parallel": "Parallel"} {
		w.apply("%s", fmt.Sprintf(manifest, name, 1, "", "  podManagementPolicy: "+management))
		w.settle(name)
	}
	for _, replicas := range []int{100, 1} {
		since := w.now()
		w.run("scale sts ordered --replicas=%d", replicas)
		w.settle("ordered")
		if replicas == 100 {
			w.happened(since, startUp("ordered", 1, 99))
		} else {
			w.happened(since, scaleIn("ordered", 99, 1))
		}
		w.run("scale sts parallel --replicas=%d", replicas)
		w.settle("parallel")
	}
	w.run("delete sts ordered parallel")
	w.until("the end of both", func() bool { return len(w.pods()) == 0 })
}
