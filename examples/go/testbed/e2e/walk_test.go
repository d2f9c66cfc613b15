package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"

	"statefulset.internal/testbed/bed"
)

// The five walk-throughs, as a reader of the guides types them, with our controller in the place of the built-in one. What needs a
// container that really runs (nslookup, files in a volume, kill 1) is judged by what it rests on: addresses in the EndpointSlice, the
// claim and the volume behind it, restarts in place.

func TestWalkthroughs(t *testing.T) {
	t.Parallel()
	t.Run("default", func(t *testing.T) {
		t.Parallel()
		w := boot(t, ours, bed.Options{})
		for _, walk := range walks {
			if !t.Run(walk.name, func(t *testing.T) { inner := *w; inner.T = t; walk.walk(&inner) }) {
				return // what it left behind would spoil the next
			}
		}
	})
	t.Run("mysql", func(t *testing.T) {
		t.Parallel()
		walkMysql(boot(t, ours, bed.Options{Nodes: []string{"kube-node01", "kube-node02"}}))
	})
}

// Those that can follow each other on one control plane: sample-statefulset comes first, as it must find no default class.
var walks = []struct {
	name string
	walk func(*world)
}{
	{"sample-statefulset", walkSample},
	{"stateful", walkStateful},
	{"mehdb", walkMehdb},
	{"mysql-statefulset", walkMysqlStatefulset},
}

// S0: names, order, self-healing, headless service.
func walkStateful(w *world) {
	start := w.now()
	w.run("apply -f stateful.yaml")
	w.settle("stateful")
	w.shows("get sts", "NAME READY AGE", "stateful 3/3 *")
	w.shows("get po", "NAME READY STATUS RESTARTS AGE", "stateful-0 2/2 Running 0 *", "stateful-1 2/2 Running 0 *", "stateful-2 2/2 Running 0 *")
	w.shows("get svc stateful-svc", "NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE", "stateful-svc ClusterIP None <none> 80/TCP *")
	w.happened(start, startUp("stateful", 0, 2))
	w.resolves("stateful-svc", "stateful-0", "stateful-1", "stateful-2")

	before := w.pods()
	start = w.now()
	w.run("delete pod stateful-1")
	w.until("a new stateful-1", func() bool { return w.renewed("stateful-1", before[1].UID) })
	w.settle("stateful")
	w.happened(start, rollOut("stateful", 1, 1))
	for _, i := range []int{0, 2} {
		if now := w.pod(before[i].Name); now.UID != before[i].UID {
			w.Errorf("%s was replaced", now.Name)
		}
	}
	w.resolves("stateful-svc", "stateful-0", "stateful-1", "stateful-2")

	w.run("delete sts stateful")
	w.run("delete svc stateful-svc")
	w.gone("stateful")
}

// resolves waits until the addresses of a headless service are those of these pods, by name.
func (w *world) resolves(service string, pods ...string) {
	w.Helper()
	w.until("the addresses of "+service, func() bool {
		found := map[string]string{}
		for _, object := range w.record.Objects("EndpointSlice", w.namespace) {
			slice := as[discovery.EndpointSlice](object)
			if slice.Labels[discovery.LabelServiceName] != service {
				continue
			}
			for _, endpoint := range slice.Endpoints {
				if endpoint.Conditions.Ready != nil && *endpoint.Conditions.Ready && endpoint.Hostname != nil {
					found[*endpoint.Hostname] = endpoint.Addresses[0]
				}
			}
		}
		for _, name := range pods {
			if pod := w.pod(name); pod == nil || pod.Status.PodIP == "" || found[name] != pod.Status.PodIP {
				return false
			}
		}
		return len(found) == len(pods)
	})
}

// S1: a claim per pod by dynamic provisioning.
func walkMehdb(w *world) {
	start := w.now()
	w.run("apply -f mehdb.yaml")
	w.settle("mehdb")
	w.happened(start, startUp("mehdb", 0, 1))
	w.shows("get sts", "NAME READY AGE", "mehdb 2/2 *")
	volume := func(i int) string { return "pvc-" + string(w.claim(fmt.Sprintf("data-mehdb-%d", i)).UID) }
	w.shows("get pvc -l app=mehdb", "NAME STATUS VOLUME CAPACITY ACCESS MODES STORAGECLASS VOLUMEATTRIBUTESCLASS AGE",
		"data-mehdb-0 Bound "+volume(0)+" 1Gi RWO ebs <unset> *",
		"data-mehdb-1 Bound "+volume(1)+" 1Gi RWO ebs <unset> *")
	w.shows("get svc mehdb", "NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE", "mehdb ClusterIP None <none> 9876/TCP *")
	w.resolves("mehdb", "mehdb-0", "mehdb-1")
	w.run("delete -f mehdb.yaml")
	w.gone("mehdb")
	w.run("delete pvc -l app=mehdb")
}

// S2: scaling, policies, update strategies, lost disks, deletion.
func walkSample(w *world) {
	const set = "sample-statefulset"
	start := w.now()
	w.run("apply -f sample.yaml")
	w.until("an event about the claim", func() bool {
		return slices.ContainsFunc(w.record.Changes(bed.Of("Event"), bed.In(w.namespace)), func(c bed.Change) bool {
			return as[corev1.Event](c.Object).Reason == "FailedScheduling"
		})
	})
	w.shows("get po", "NAME READY STATUS RESTARTS AGE", set+"-0 0/1 Pending 0 *")
	w.shows("get pvc", "NAME STATUS VOLUME CAPACITY ACCESS MODES STORAGECLASS VOLUMEATTRIBUTESCLASS AGE", "www-"+set+"-0 Pending <unset> *")
	w.contains("describe pod "+set+"-0", "pod has unbound immediate PersistentVolumeClaims")

	w.run("apply -f disks.yaml")
	w.settle(set)
	w.happened(start, startUp(set, 0, 2))

	// Scaling, out and in; there are no more disks than three, so a default class comes to help.
	w.must(w.plane.Class("local", true))
	start = w.now()
	w.run("scale sts %s --replicas=5", set)
	w.settle(set)
	w.happened(start, startUp(set, 3, 4))
	start = w.now()
	w.run("scale sts %s --replicas=2", set)
	w.settle(set)
	w.happened(start, scaleIn(set, 4, 2))
	for i := range 5 {
		if claim := w.claim(fmt.Sprintf("www-%s-%d", set, i)); claim == nil || claim.Status.Phase != corev1.ClaimBound {
			w.Errorf("claim %d is not bound", i)
		}
	}
	start = w.now()
	w.run("apply -f sample-five.yaml")
	w.settle(set)
	w.happened(start, startUp(set, 2, 4))

	// The policy is immutable: the set is made anew. All at once, in and out.
	w.refused("is invalid: spec", `patch sts %s -p '{"spec":{"podManagementPolicy":"Parallel"}}'`, set)
	w.run("delete sts %s", set)
	w.gone(set)
	w.run("apply -f sample-parallel.yaml")
	w.settle(set)
	start = w.now()
	w.run("set image sts/%s nginx-container=nginx:1.13", set)
	w.settle(set)
	w.happened(start, rollOut(set, 2, 0))
	start = w.now()
	w.run("scale sts %s --replicas=0", set)
	w.until("no pods", func() bool { return len(w.pods()) == 0 })
	// Kubelets that take their time make "at once" visible.
	w.run(`patch sts %s -p '{"spec":{"replicas":3,"template":{"metadata":{"annotations":{"kubelet.test/start":"500ms","kubelet.test/stop":"500ms"}}}}}'`, set)
	w.settle(set)
	w.run("scale sts %s --replicas=0", set)
	w.until("no pods", func() bool { return len(w.pods()) == 0 })
	w.together(start, "+++ready ready ready ---gone gone gone ")

	// OnDelete: what is deleted comes back new, the rest stays.
	w.run("delete sts %s", set)
	w.gone(set)
	w.run("apply -f sample-ondelete.yaml")
	w.settle(set)
	w.run("set image sts/%s nginx-container=nginx:1.13", set)
	w.until("the update to be seen", func() bool {
		return w.set(set).Status.UpdateRevision != w.set(set).Status.CurrentRevision
	})
	start = w.now()
	w.run("delete pod %s-1", set)
	w.settle(set)
	w.happened(start, rollOut(set, 1, 1))
	w.images(set, "nginx:1.12", "nginx:1.13", "nginx:1.12")

	// A partition, and then none.
	w.run(`patch sts %s -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":2}}}}'`, set)
	start = w.now()
	w.run("set image sts/%s nginx-container=nginx:1.14", set)
	w.contains("rollout status sts/"+set, "partitioned roll out complete: 1 new pods have been updated...")
	w.settle(set)
	w.images(set, "nginx:1.12", "nginx:1.13", "nginx:1.14")
	w.run("delete pod %s-0", set)
	w.settle(set)
	w.images(set, "nginx:1.12", "nginx:1.13", "nginx:1.14")
	start = w.now()
	w.run(`patch sts %s -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}'`, set)
	w.run("rollout status sts/%s", set)
	w.settle(set)
	w.happened(start, rollOut(set, 1, 0))
	w.images(set, "nginx:1.14", "nginx:1.14", "nginx:1.14")
	start = w.now()
	w.run("rollout undo sts/%s", set)
	w.settle(set)
	w.happened(start, rollOut(set, 2, 0))
	w.images(set, "nginx:1.13", "nginx:1.13", "nginx:1.13")

	// A container dies and is started in place; a pod dies and is made anew, on the same claim.
	first := w.pod(set + "-0")
	w.run("annotate pod %s-0 kubelet.test/restarts=1", set)
	w.until("a restart", func() bool {
		statuses := w.pod(set + "-0").Status.ContainerStatuses
		return len(statuses) > 0 && statuses[0].RestartCount == 1
	})
	if w.pod(set+"-0").UID != first.UID {
		w.Errorf("%s-0 was replaced", set)
	}
	claim := w.claim("www-" + set + "-0")
	w.run("delete pod %s-0", set)
	w.settle(set)
	if pod := w.pod(set + "-0"); pod.UID == first.UID || pod.Status.ContainerStatuses[0].RestartCount != 0 {
		w.Errorf("%s-0 was not replaced", set)
	}

	// Claims outlive the set, and are used again.
	w.run("delete sts %s", set)
	w.gone(set)
	w.run("apply -f sample.yaml")
	w.settle(set)
	if now := w.claim("www-" + set + "-0"); now.UID != claim.UID || now.Spec.VolumeName != claim.Spec.VolumeName {
		w.Errorf("the claim of %s-0 changed", set)
	}

	// Without set and claims, a volume made by hand has nobody who can delete it; a provisioned one goes.
	provisioned, byHand := w.claim("www-"+set+"-4").Spec.VolumeName, claim.Spec.VolumeName
	w.run("delete -f sample.yaml")
	w.gone(set)
	w.run("delete pvc -l app=sample-app")
	w.until("the end of provisioned volumes", func() bool { return w.record.Object("PersistentVolume", "", provisioned) == nil })
	w.until("the failure of a volume made by hand", func() bool {
		return as[corev1.PersistentVolume](w.record.Object("PersistentVolume", "", byHand)).Status.Phase == corev1.VolumeFailed
	})
	w.run("delete -f disks.yaml")
	w.run("delete storageclass local")
}

// contains types a command whose output contains text.
func (w *world) contains(command, text string) {
	w.Helper()
	if screen := w.run("%s", command); !strings.Contains(screen, text) {
		w.Fatalf("%s: expected %q in its output", command, text)
	}
}

// images compares the images that the set's pods run.
func (w *world) images(set string, want ...string) {
	w.Helper()
	var found []string
	for _, pod := range w.pods() {
		found = append(found, pod.Spec.Containers[0].Image)
	}
	if !slices.Equal(want, found) {
		w.Fatalf("the pods of %s: expected %v, found %v", set, want, found)
	}
}

// together compares the last of what happened to pods since version with these words, whichever pods they are about.
func (w *world) together(since uint64, words string) {
	w.Helper()
	var found strings.Builder
	for _, line := range w.tell(since) {
		if word, name, _ := strings.Cut(line, " "); name != "" {
			found.WriteString(word + " ")
		} else {
			found.WriteString(line[:1])
		}
	}
	if !strings.HasSuffix(found.String(), words) {
		w.Fatalf("expected %s, found %s", words, found.String())
	}
}

// S4: scaling, per-pod DNS, deletion.
func walkMysqlStatefulset(w *world) {
	const set = "mysql-statefulset"
	w.must(w.plane.Class("default", true))
	start := w.now()
	w.run("apply -f mysql-statefulset.yaml")
	w.settle(set)
	w.happened(start, startUp(set, 0, 2))
	w.shows("get pods -l app=mysql", "NAME READY STATUS RESTARTS AGE", set+"-0 1/1 Running 0 *", set+"-1 1/1 Running 0 *", set+"-2 1/1 Running 0 *")
	w.resolves("mysql-headless", set+"-0", set+"-1", set+"-2")
	start = w.now()
	w.run("scale statefulset %s --replicas=5", set)
	w.settle(set)
	w.happened(start, startUp(set, 3, 4))
	// Before 1.35 events begin with a small letter.
	w.contains("describe sts "+set, "reate Pod mysql-statefulset-0 in StatefulSet mysql-statefulset successful")
	w.run("delete statefulset %s", set)
	w.gone(set)
	rows := []string{"NAME STATUS VOLUME CAPACITY ACCESS MODES STORAGECLASS VOLUMEATTRIBUTESCLASS AGE"}
	for i := range 5 {
		rows = append(rows, fmt.Sprintf("mysql-data-%s-%d Bound * 1Gi RWO default <unset> *", set, i))
	}
	w.shows("get pvc", rows...)
	w.run("delete -f mysql-statefulset.yaml --ignore-not-found")
	w.run("delete pvc --all")
	w.run("delete storageclass default")
}

// S3: a pre-made volume, take-over between nodes, node failure.
func walkMysql(w *world) {
	w.patience = 3 * time.Minute
	w.run("apply -f pv1.yaml")
	w.run("apply -f mysql.yaml")
	w.settle("mysql")
	w.shows("get sts,po", "NAME READY AGE", "statefulset.apps/mysql 1/1 *", "NAME READY STATUS RESTARTS AGE", "pod/mysql-0 1/1 Running 0 *")
	w.shows("get pv", "NAME CAPACITY ACCESS MODES RECLAIM POLICY STATUS CLAIM STORAGECLASS VOLUMEATTRIBUTESCLASS REASON AGE",
		"pv1 1Gi RWO Delete Bound default/pvc-mysql-0 standard <unset> *")
	claim := w.claim("pvc-mysql-0").UID
	w.run("delete -f mysql.yaml")
	w.gone("mysql")
	w.shows("get pvc", "NAME STATUS VOLUME CAPACITY ACCESS MODES STORAGECLASS VOLUMEATTRIBUTESCLASS AGE", "pvc-mysql-0 Bound pv1 1Gi RWO standard <unset> *")
	w.run("apply -f mysql.yaml")
	w.settle("mysql")

	// Cordoned and drained: the pod moves, once.
	old := w.pod("mysql-0").Spec.NodeName
	w.run("cordon %s", old)
	if pod := w.pod("mysql-0"); !ready(pod) {
		w.Error("a cordon disturbed the pod")
	}
	start := w.now()
	w.run("drain %s --ignore-daemonsets", old)
	w.settle("mysql")
	w.happened(start, rollOut("mysql", 0, 0))
	now := w.pod("mysql-0").Spec.NodeName
	if now == old {
		w.Errorf("mysql-0 is still on %s", now)
	}
	w.run("uncordon %s", old)

	// A budget that allows nothing.
	w.run("apply -f mysql-pdb.yaml")
	w.refused("Cannot evict pod as it would violate the pod's disruption budget.", "drain %s --ignore-daemonsets --timeout=6s", now)
	if pod := w.pod("mysql-0"); !ready(pod) {
		w.Error("a refused eviction disturbed the pod")
	}
	w.run("uncordon %s", now)
	w.run("delete -f mysql-pdb.yaml")

	// The node falls silent: nothing replaces the pod, until the node is removed.
	silent := w.pod("mysql-0")
	w.must(w.plane.SilenceNode(now))
	w.until("the pod to be asked to stop", func() bool { return w.pod("mysql-0").DeletionTimestamp != nil })
	w.shows("get po", "NAME READY STATUS RESTARTS AGE", "mysql-0 1/1 Terminating 0 *")
	w.never("a pod was replaced on a silent node", 5*time.Second, func() bool { return w.left("mysql-0", silent.UID) })
	w.run("delete node %s", now)
	w.until("a new mysql-0", func() bool { return w.renewed("mysql-0", silent.UID) })
	w.settle("mysql")
	if pod := w.pod("mysql-0"); pod.Spec.NodeName != old {
		w.Errorf("mysql-0 is on %s, which was removed", pod.Spec.NodeName)
	}
	if w.claim("pvc-mysql-0").UID != claim {
		w.Error("the claim changed")
	}
}
