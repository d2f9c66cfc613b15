package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"

	"statefulset.internal/testbed/bed"
)

// The controllers in other languages, each in the place of the built-in one: that on kube-rs ($RUST_CONTROLLER), and that in C
// ($C_CONTROLLER), which knows no HTTP and gets its lines from a script ($C_SCRIPT).
var others = []struct {
	name  string
	words func(namespace string) []string
	walk  func(*world) // the long one
}{
	{"rust", func(namespace string) []string {
		return []string{os.Getenv("RUST_CONTROLLER"), "--namespace=" + namespace}
	}, walkSample},
	{"c", func(namespace string) []string {
		return []string{os.Getenv("C_SCRIPT"), os.Getenv("C_CONTROLLER"), namespace}
	}, playScaling},
}

// What a set goes through in order, as a reader of the first guide types it, beside an operator of another kind.
func TestOthers(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, nobody, bed.Options{})
	for _, other := range others {
		t.Run(other.name, func(t *testing.T) {
			t.Parallel()
			w := w.in(t, other.name)
			w.employ(other.name, w.plane.URL, other.words(w.namespace)...)
			walkStateful(w)
		})
	}
	t.Run("python", func(t *testing.T) {
		t.Parallel()
		playDatabase(w.in(t, "python"))
	})
}

// The long walk: scaling, policies, update strategies, partitions, lost pods and claims; then all watches are cut. The script sends one
// request after the other, so that "all at once", a part of the guide, is not to be seen of the controller in C.
func TestOthersAtLength(t *testing.T) {
	long(t)
	t.Parallel()
	for _, other := range others {
		t.Run(other.name, func(t *testing.T) {
			t.Parallel()
			w := boot(t, nobody, bed.Options{})
			proxy, err := w.plane.Proxy(other.name)
			w.must(err)
			t.Cleanup(proxy.Close)
			w.employ(other.name, proxy.URL, other.words(w.namespace)...)
			w.patience = 2 * time.Minute
			other.walk(w)
			playCut(w, proxy)
		})
	}
}

// employ starts a program as a controller; it speaks to the API at url as user, and finds kubectl in its PATH.
func (w *world) employ(user, url string, words ...string) {
	w.Helper()
	if words[0] == "" {
		w.Fatalf("there is no program for %s: `make e2e` builds what is needed", user)
	}
	kubeconfig, err := w.plane.KubeconfigAt(url, user)
	w.must(err)
	bin := w.TempDir()
	w.must(os.Symlink(os.Getenv("TESTBED"), filepath.Join(bin, bed.Kubectl)))
	environment := []string{"KUBECONFIG=" + kubeconfig, "PATH=" + bin + ":" + os.Getenv("PATH"), "HOME=" + w.TempDir()}
	process, err := bed.Run(w.plane.Dir, user, words[0], words[0], words[1:], environment)
	w.must(err)
	w.controller = &bed.Controller{Process: process, User: user}
	w.Cleanup(func() {
		process.Stop()
		if w.Failed() {
			w.Logf("--- %s\n%s", user, process.Tail(60))
		}
	})
}

// playScaling: out, in, a rollout, one that a partition holds back, and back again.
func playScaling(w *world) {
	w.must(w.plane.Class("disks", false))
	start := w.now()
	w.apply(manifest, "web", 2, "", "")
	w.settle("web")
	w.happened(start, startUp("web", 0, 1))
	start = w.now()
	w.run("scale sts web --replicas=4")
	w.settle("web")
	w.happened(start, startUp("web", 2, 3))
	start = w.now()
	w.run("scale sts web --replicas=3")
	w.settle("web")
	w.happened(start, scaleIn("web", 3, 3))
	start = w.now()
	w.run("set image sts/web web=web:2")
	w.settle("web")
	w.happened(start, rollOut("web", 2, 0))
	w.run(`patch sts web -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}}}}'`)
	start = w.now()
	w.run("set image sts/web web=web:3")
	w.settle("web")
	w.happened(start, rollOut("web", 2, 2))
	start = w.now()
	w.run("rollout undo sts/web")
	w.settle("web")
	w.happened(start, rollOut("web", 2, 2))
	w.run("delete sts web")
	w.gone("web")
	w.run("delete pvc --all")
	w.run("delete storageclass disks")
}

// playCut: all of the controller's watches, and whatever it asks for, are cut three times in the middle of a rollout; the rollout goes on
// where it was.
func playCut(w *world, proxy *bed.Proxy) {
	w.must(w.plane.Class("disks", false))
	w.apply(manifest, "web", 3, "", "")
	w.settle("web")
	since, before := w.now(), w.pods()
	w.run(`patch sts web -p '{"spec":{"template":{"metadata":{"annotations":{"kubelet.test/start":"1s"}}}}}'`)
	for _, old := range slices.Backward(before) {
		w.until("a new "+old.Name, func() bool { return w.left(old.Name, old.UID) })
		proxy.Cut()
	}
	w.settle("web")
	w.happened(since, rollOut("web", 2, 0))
	w.harmless(since)
	// What went while nobody looked is known to be gone.
	w.run("delete sts web")
	w.gone("web")
}

// playDatabase: the operator of examples/python/database ($KOPF runs it) makes a database, scales it, and lets no primary go before
// another member has taken over.
func playDatabase(w *world) {
	w.patience = 2 * time.Minute
	folder, err := filepath.Abs("../../../python/database")
	w.must(err)
	w.must(w.plane.Class("ledgers", true))
	w.run("apply -f %s", filepath.Join(folder, "crd.yaml"))
	w.run("wait --for=condition=established crd/databases.example.com")
	w.employ("python", w.plane.URL, os.Getenv("KOPF"), "run", "--namespace="+w.namespace, filepath.Join(folder, "handlers.py"))
	start := w.now()
	w.run("apply -f %s", filepath.Join(folder, "database.yaml"))
	members := func(ordinals int) bool {
		pods := w.pods()
		return len(pods) == ordinals && !slices.ContainsFunc(pods, func(pod *corev1.Pod) bool { return !ready(pod) })
	}
	w.until("three members", func() bool { return members(3) })
	w.happened(start, startUp("ledger", 0, 2))
	w.run("scale db ledger --replicas=4")
	w.until("a fourth member", func() bool { return members(4) })

	// The primary is to leave: it stays until another one has taken over.
	w.run("label pod ledger-3 %s=primary", role)
	w.run("scale db ledger --replicas=3")
	w.handOver("ledger-3", "ledger-0")
	w.until("three members", func() bool { return members(3) })

	// The primary is the last in a rollout, and is no exception.
	start = w.now()
	w.run(`patch db ledger --type=merge -p '{"spec":{"image":"postgres:18"}}'`)
	w.handOver("ledger-0", "ledger-1")
	w.until("new members", func() bool {
		return members(3) && !slices.ContainsFunc(w.pods(), func(pod *corev1.Pod) bool { return pod.Spec.Containers[0].Image != "postgres:18" })
	})
	w.happened(start, rollOut("ledger", 2, 0))
	w.run("wait db/ledger --for=jsonpath={.status.readyReplicas}=3 --timeout=60s")
	w.run("wait db/ledger '--for=jsonpath={.status.message}=ledger: up to date, nothing to do' --timeout=60s")
	w.run("delete db ledger")
	w.until("the end of the members", func() bool { return len(w.pods()) == 0 })
	if claims := w.record.Objects("PersistentVolumeClaim", w.namespace); len(claims) != 4 {
		w.Errorf("expected 4 claims, found %d", len(claims))
	}
}

// The words in which the operator and whatever runs beside the database understand each other.
const (
	role       = "example.com/role"
	switchOver = "example.com/switch-over"
)

// handOver waits until a primary is asked to give its part up, lets another one take it, and compares the order.
func (w *world) handOver(from, to string) {
	w.Helper()
	leaver := w.pod(from).UID
	w.until("a switch-over to be asked for", func() bool { return w.pod(from).Annotations[switchOver] != "" })
	w.never(from+" left as the primary", 5*time.Second, func() bool { return w.pod(from) == nil || w.pod(from).DeletionTimestamp != nil })
	since := w.now()
	w.run("label pod %s %s=primary", to, role)
	w.run("label pod %s %s-", from, role)
	w.until(from+" to leave", func() bool { return w.left(from, leaver) })
	for _, change := range w.record.Changes(bed.Of("Pod"), bed.In(w.namespace), func(c bed.Change) bool { return c.UID() == string(leaver) }) {
		pod := as[corev1.Pod](change.Object)
		if pod.DeletionTimestamp != nil && (change.Version <= since || pod.Labels[role] == "primary") {
			w.Errorf("%s was asked to stop while it was the primary", change)
		}
	}
}
