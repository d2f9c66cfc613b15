package e2e

import (
	"testing"

	"statefulset.internal/testbed/bed"
)

// limited is ours with no other rights than those of its manifests.
func (w *world) limited(roles []string, manifests []string, arguments ...string) {
	w.Helper()
	rights := w.entitle(bed.Ours, manifests...)
	for _, role := range roles {
		w.run("create clusterrolebinding limited-%s --clusterrole=%[1]s --user=%s", role, bed.Ours)
	}
	w.run("--namespace=kube-system create rolebinding limited --role=statefulset-controller-library --user=%s", bed.Ours)
	w.take(ours, append(append(rights, "--leader-elect=true"), arguments...)...)
}

// allowed says that nothing was refused for want of a right, and that something was asked at all.
func (w *world) allowed() {
	w.Helper()
	requests, err := w.plane.Requests(bed.Ours)
	w.must(err)
	if len(requests) < 20 {
		w.Errorf("only %d requests", len(requests))
	}
	for _, request := range requests {
		if request.Answer.Code == 403 {
			w.Errorf("refused: %s %s %s", request.Verb, request.Object.Resource, request.Object.Subresource)
		}
	}
}

// The manifests beside the controller give it what it needs. What they give too much cannot be seen here: each rule says what for.
func TestRights(t *testing.T) {
	long(t)
	t.Parallel()
	t.Run("upstream", func(t *testing.T) {
		t.Parallel()
		w := boot(t, nobody, bed.Options{})
		w.must(w.plane.Class("disks", false))
		w.limited([]string{"statefulset-controller-library"}, []string{"rbac.yaml"})
		retention := "  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Delete}\n  revisionHistoryLimit: 0"
		w.apply(manifest, "web", 3, "", retention)
		w.settle("web")
		for _, command := range []string{
			"set image sts/web web=web:2", "set image sts/web web=web:1", "set image sts/web web=web:3", "scale sts web --replicas=1", "scale sts web --replicas=2",
		} {
			w.run("%s", command)
			w.settle("web")
		}
		// Adoption, and the release of a pod whose labels no longer match.
		w.run("delete sts web --cascade=orphan --wait")
		w.apply(manifest, "web", 2, "", retention)
		w.settle("web")
		w.run("label pod web-0 app=other --overwrite")
		w.until("the release of web-0", func() bool { return len(w.pod("web-0").OwnerReferences) == 0 })
		w.run("delete pod web-0")
		w.settle("web")
		w.run("delete sts web --wait")
		w.gone("web")
		w.allowed()
	})
	t.Run("standalone", func(t *testing.T) {
		t.Parallel()
		w := boot(t, nobody, bed.Options{})
		w.limited([]string{"statefulset-controller-library", "statefulset-controller-library-standalone"},
			[]string{"rbac.yaml", "rbac-standalone.yaml"}, "--profile=standalone")
		w.run("apply -f stateful.yaml")
		w.settle("stateful")
		before := w.pod("stateful-0")
		w.run("annotate node %s statefulset.dev/draining=true", before.Spec.NodeName)
		w.run("cordon %s", before.Spec.NodeName)
		w.until("the eviction of stateful-0", func() bool { return w.renewed("stateful-0", before.UID) })
		w.settle("stateful")
		w.run("delete sts stateful --wait")
		w.gone("stateful")
		w.allowed()
	})
}
