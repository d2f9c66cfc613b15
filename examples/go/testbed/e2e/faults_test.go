package e2e

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"

	"statefulset.internal/testbed/bed"
)

// chance is the source of what happens at random; $SEED repeats it.
func chance(t *testing.T) *rand.Rand {
	t.Helper()
	seed := uint64(1)
	if text := os.Getenv("SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("SEED: %v", err)
		}
	}
	t.Logf("SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// A test of faults starts some sets, does to them what users do while the fault comes again and again, and then looks whether all
// of them reached their goal, and at what happened on the way.

// Killed: the controller dies at random moments, and comes back.
func TestKilled(t *testing.T) {
	t.Parallel()
	w := boot(t, ours, bed.Options{})
	random := chance(t)
	w.suffer(func(step int) {
		time.Sleep(time.Duration(random.IntN(1500)) * time.Millisecond)
		w.controller.Kill()
		w.take(ours)
	})
}

// Usurped: of two instances, the one that works is stopped in its tracks; the other takes over, and the first one wakes up as a
// leader that is none any more.
func TestUsurped(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, nobody, bed.Options{})
	election := []string{"--leader-elect-lease-duration=3s", "--leader-elect-renew-deadline=2s", "--leader-elect-retry-period=500ms"}
	var instances [2]*bed.Controller
	for i := range instances {
		var err error
		instances[i], err = w.plane.StartOurs(w.plane.URL, election...)
		w.must(err)
	}
	usurped := 0
	w.suffer(func(int) {
		usurped++
		// The lease is taken by force: whoever holds it learns of it when it wants to renew it.
		w.run(`patch lease -n kube-system statefulset-controller --type=merge -p '{"spec":{"holderIdentity":"usurper","leaseDurationSeconds":1}}'`)
		time.Sleep(4 * time.Second)
		for i, instance := range instances {
			if !instance.Alive() {
				var err error
				instances[i], err = w.plane.StartOurs(w.plane.URL, election...)
				w.must(err)
			}
		}
	})
	lease, err := w.plane.Client.CoordinationV1().Leases("kube-system").Get(w.Context(), bed.Ours, metav1.GetOptions{})
	w.must(err)
	t.Logf("the lease was taken by force %d times, and changed hands %d times", usurped, *lease.Spec.LeaseTransitions)
	if int(*lease.Spec.LeaseTransitions) < usurped/2 {
		t.Error("nobody took the lease back")
	}
}

// Outage: the API server, then its store, is killed and started again.
func TestOutage(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, ours, bed.Options{})
	w.suffer(func(step int) {
		time.Sleep(500 * time.Millisecond)
		switch {
		case step%2 == 1:
		case step%4 == 0:
			w.plane.KillAPIServer()
			w.must(w.plane.StartAPIServer())
		default:
			w.plane.KillEtcd()
			time.Sleep(time.Second)
			w.must(w.plane.StartEtcd())
		}
	})
}

// Refused: calls are refused, delayed, or carried out and not answered; watches break.
func TestRefused(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, nobody, bed.Options{})
	proxy, err := w.plane.Proxy(bed.Ours)
	w.must(err)
	t.Cleanup(proxy.Close)
	w.controller, err = w.plane.StartOurs(proxy.URL, "--leader-elect=false")
	w.must(err)
	random := chance(t)
	proxy.Spoil(func(r *http.Request) bed.Fault {
		if bed.Watching(r) {
			return bed.Fault{}
		}
		switch random.IntN(10) {
		case 0:
			return bed.Fault{Code: http.StatusInternalServerError}
		case 1:
			return bed.Fault{Code: http.StatusTooManyRequests}
		case 2:
			return bed.Fault{Code: 1, Late: true}
		case 3:
			return bed.Fault{Code: http.StatusInternalServerError, Late: true}
		case 4:
			return bed.Fault{Delay: time.Duration(random.IntN(700)) * time.Millisecond}
		}
		return bed.Fault{}
	})
	w.suffer(func(int) {
		time.Sleep(700 * time.Millisecond)
		proxy.Cut()
	})
}

// suffer plays a story of three sets, with the fault coming between and during its steps, and judges what happened.
func (w *world) suffer(fault func(step int)) {
	w.Helper()
	w.patience = 3 * time.Minute
	w.must(w.plane.Class("disks", false))
	since := w.now()
	slowly := `"kubelet.test/start": "150ms", "kubelet.test/stop": "100ms"`
	w.apply("%s", strings.Join([]string{
		fmt.Sprintf(manifest, "ordered", 4, slowly, ""),
		fmt.Sprintf(manifest, "parallel", 6, slowly, "  podManagementPolicy: Parallel"),
		fmt.Sprintf(manifest, "pair", 2, slowly, "  minReadySeconds: 1"),
	}, "---"))
	sets := []string{"ordered", "parallel", "pair"}
	for step, command := range []string{
		"",
		"set image sts --all web=web:2",
		"scale sts --all --replicas=6",
		"delete pod ordered-1 parallel-0 pair-0 --wait=false --ignore-not-found",
		"set image sts --all web=web:3",
		"scale sts --all --replicas=3",
	} {
		if command != "" {
			w.insist(command)
		}
		for i := range 2 {
			fault(2*step + i)
		}
	}
	for _, set := range sets {
		w.settle(set)
		if set := w.set(set); *set.Spec.Replicas != 3 || set.Status.CurrentRevision != set.Status.UpdateRevision {
			w.Errorf("%s is not where it should be: %+v", set.Name, set.Status)
		}
	}
	w.harmless(since)
}

// insist types a command again until it succeeds: the API server may be away.
func (w *world) insist(command string) {
	w.Helper()
	deadline := time.Now().Add(w.patience)
	for {
		screen, err := w.kubectl.Run(w.Context(), command)
		w.Logf("$ %s\n%s", command, screen)
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			w.Fatal(err)
		}
		time.Sleep(300 * time.Millisecond)
	}
}

// harmless judges by the record what must hold whatever goes wrong: a pod that ran vanished only after it had been asked to stop, so
// that no two of one identity could run; in order means in order; no claim and no volume was lost.
func (w *world) harmless(since uint64) {
	w.Helper()
	w.must(w.record.Err())
	stopping := map[string]bool{}
	alive := map[string]string{}
	for _, change := range w.record.Changes(func(c bed.Change) bool { return c.Namespace() == w.namespace || c.Kind() == "PersistentVolume" }) {
		switch change.Kind() {
		case "Pod":
			pod := as[corev1.Pod](change.Object)
			if change.Type == watch.Added {
				if uid := alive[pod.Name]; uid != "" {
					w.Errorf("%s was made while the one before was there", pod.Name)
				}
				alive[pod.Name] = change.UID()
			}
			if change.Type == watch.Deleted {
				if pod.Spec.NodeName != "" && pod.Status.Phase == corev1.PodRunning && !stopping[change.UID()] {
					w.Errorf("%s vanished while it ran", change)
				}
				delete(alive, pod.Name)
			}
			stopping[change.UID()] = stopping[change.UID()] || pod.DeletionTimestamp != nil
		case "PersistentVolumeClaim", "PersistentVolume":
			if change.Type == watch.Deleted && change.Version > since {
				w.Errorf("%s was lost", change)
			}
		}
	}
	requests, err := w.plane.Requests(bed.Ours)
	w.must(err)
	for _, request := range requests {
		// Of a controller that is killed while it sends, the API server may get half a request: it refuses that.
		if request.Answer.Code/100 != 2 {
			continue
		}
		if request.Verb == "delete" && request.Object.Resource == "pods" && !strings.Contains(string(request.Body), "uid") {
			w.Errorf("%s was deleted without a uid: %q", request.Object.Name, request.Body)
		}
		if strings.Contains(string(request.Body), `"gracePeriodSeconds":0`) {
			w.Errorf("%s was deleted by force: %s", request.Object.Name, request.Body)
		}
	}
}

// TestRest: a controller whose sets are at their goal asks for nothing but the renewal of its lease.
func TestRest(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, nobody, bed.Options{})
	var err error
	w.controller, err = w.plane.StartOurs(w.plane.URL)
	w.must(err)
	w.must(w.plane.Class("disks", false))
	for i := range 20 {
		w.apply("%s", fmt.Sprintf(manifest, fmt.Sprintf("web%d", i), 3, "", ""))
	}
	for i := range 20 {
		w.settle(fmt.Sprintf("web%d", i))
	}
	time.Sleep(3 * time.Second)
	before, err := w.plane.Requests(bed.Ours)
	w.must(err)
	time.Sleep(20 * time.Second)
	after, err := w.plane.Requests(bed.Ours)
	w.must(err)
	leases := 0
	for _, request := range after[len(before):] {
		if request.Object.Resource == "leases" {
			leases++
			continue
		}
		// A watch that has come to its end is begun again.
		if request.Verb != "watch" {
			t.Errorf("at rest: %s %+v", request.Verb, request.Object)
		}
	}
	t.Logf("in 20 s of rest with 20 sets: %d requests, %d of them about the lease", len(after)-len(before), leases)
	if leases == 0 {
		t.Error("no lease was renewed: the requests are not counted")
	}
}
