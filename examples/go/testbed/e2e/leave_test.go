package e2e

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"statefulset.internal/testbed/bed"
)

// The program that moves a member's data away before it leaves takes its time, refuses once, and is killed on the way. The member
// goes when its data are gone and no sooner, and it is taken back when it is wanted again.
func TestLeave(t *testing.T) {
	long(t)
	t.Parallel()
	executable := os.Getenv("DECOMMISSION")
	if executable == "" {
		t.Fatal("DECOMMISSION must be the path of the program of examples/go: `make e2e` builds it")
	}
	w := boot(t, builtin, bed.Options{})
	w.must(w.plane.Class("disks", false))
	rights := w.entitle(account, "plannedset.yaml", "rbac.yaml", "rbac-plannedset.yaml")
	w.run("wait --for=condition=Established crd/plannedsets.statefulset.dev --timeout=60s")
	_, err := w.plane.StartOurs(w.plane.URL, append(rights, "--planned-sets")...)
	w.must(err)
	kubeconfig, err := w.plane.Kubeconfig("decommission")
	w.must(err)
	starts := 0
	start := func(needs int) *bed.Process {
		w.Helper()
		starts++
		process, err := bed.Run(w.plane.Dir, fmt.Sprintf("decommission-%d", starts), executable, "decommission", []string{
			"--kubeconfig=" + kubeconfig, "--namespace=" + w.namespace, "--selector=app=db", "--every=200ms", "--parts=10", fmt.Sprintf("--needs=%d", needs),
		}, nil)
		w.must(err)
		return process
	}
	annotation := func(name string) string {
		pod := w.pod("db-2")
		if pod == nil {
			return ""
		}
		return pod.Annotations[name]
	}
	asked := func(word string) bool {
		return strings.HasPrefix(annotation("statefulset.dev/prepare"), word+" ")
	}
	// StatefulSets are none of its business: the built-in controller looks after this one.
	w.apply(manifest, "web", 1, "", "")
	w.settle("web")
	planned := strings.NewReplacer("apps/v1", "statefulset.dev/v1alpha1", "StatefulSet", "PlannedSet").Replace(manifest)
	w.apply(planned, "db", 3, "", "")
	w.run("wait --for=jsonpath={.status.readyReplicas}=3 plannedset db --timeout=60s")
	w.run(`patch plannedset db --type=merge -p '{"spec":{"policies":{"ask":["ScaleIn"]}}}'`)

	// It refuses, because too few would be left.
	program := start(3)
	w.run("scale plannedset db --replicas=2")
	w.until("the member is asked, and held", func() bool { return asked("leave") && annotation("statefulset.dev/hold") == "ScaleIn" })
	w.run("wait '--for=jsonpath={.status.held}=held 2' plannedset db --timeout=60s")
	program.Kill()

	// It lets it go now, and dies when it has moved some of the data.
	program = start(2)
	part := func(from int) func() bool {
		return func() bool {
			var moved int
			_, err := fmt.Sscan(annotation("example.org/moved"), &moved)
			return err == nil && moved >= from
		}
	}
	w.until("some of the data are moved", part(3))
	program.Kill()

	// The member is wanted again: what was moved comes back.
	w.run("scale plannedset db --replicas=3")
	w.until("the member is told that it stays", func() bool { return asked("stay") })
	if pod := w.pod("db-2"); pod == nil || pod.DeletionTimestamp != nil {
		t.Fatal("the member has left although its data had not been moved")
	}
	program = start(2)
	w.until("the member is back", func() bool {
		return asked("stay") && annotation("statefulset.dev/prepared") == annotation("statefulset.dev/prepare")
	})

	// In earnest, with one more death on the way: the next program goes on where the last one stopped.
	w.run("scale plannedset db --replicas=2")
	w.until("some of the data are moved again", part(3))
	program.Kill()
	before := annotation("example.org/moved")
	if !asked("leave") || before == "" {
		t.Fatalf("asked %q, moved %q", annotation("statefulset.dev/prepare"), before)
	}
	start(2)
	w.until("the member has left", func() bool { return w.pod("db-2") == nil })
	for _, change := range w.record.Changes(bed.In(w.namespace)) {
		if change.Kind() != "Pod" || change.Name() != "db-2" || change.Object.GetDeletionTimestamp() == nil {
			continue
		}
		if moved := change.Object.GetAnnotations()["example.org/moved"]; !strings.HasPrefix(moved, "10 leave ") {
			t.Errorf("the member is deleted, and of its data is moved %q", moved)
		}
	}
	w.run("get pvc data-db-2")
}
