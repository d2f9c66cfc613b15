package e2e

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"statefulset.internal/testbed/bed"
)

// account is the user that the controller's manifests give rights to.
const account = "system:serviceaccount:kube-system:statefulset-controller-library"

var (
	plannedSets  = schema.GroupVersionResource{Group: "statefulset.dev", Version: "v1alpha1", Resource: "plannedsets"}
	statefulSets = schema.GroupVersionResource{Group: "apps", Version: "v1", Resource: "statefulsets"}
)

// entitle applies manifests of the controller, and gives the arguments with which it is no more than the service account in them.
func (w *world) entitle(account string, manifests ...string) []string {
	w.Helper()
	for _, name := range manifests {
		path, err := filepath.Abs("../../statefulset-controller/manifests/" + name)
		w.must(err)
		w.run("apply -f %s", path)
	}
	kubeconfig, err := w.plane.Kubeconfig(account, "system:authenticated")
	w.must(err)
	return []string{"--kubeconfig=" + kubeconfig}
}

// move makes an object of another resource of a set, as the controller's README tells: the set goes and its pods stay.
func (w *world) move(from, to schema.GroupVersionResource, kind, name string) {
	w.Helper()
	set, err := w.plane.Dynamic.Resource(from).Namespace(w.namespace).Get(w.Context(), name, metav1.GetOptions{})
	w.must(err)
	spec, _, err := unstructured.NestedMap(set.Object, "spec")
	w.must(err)
	delete(spec, "shutdown")
	moved, err := json.Marshal(map[string]any{
		"apiVersion": to.GroupVersion().String(), "kind": kind, "metadata": map[string]any{"name": name}, "spec": spec,
	})
	w.must(err)
	w.run("delete %s %s --cascade=orphan --wait", from.Resource, name)
	w.apply("%s", moved)
	w.run("wait --for=jsonpath={.status.readyReplicas}=%v %s %s --timeout=60s", spec["replicas"], to.Resource, name)
}

// identities are the pods, claims and revisions that there are.
func (w *world) identities() []string {
	w.Helper()
	w.now()
	var all []string
	for _, kind := range []string{"Pod", "PersistentVolumeClaim", "ControllerRevision"} {
		all = append(all, w.uids(kind)...)
	}
	return all
}

// A StatefulSet becomes a PlannedSet and a StatefulSet again. Both controllers are at work, and no pod notices.
func TestPlannedSets(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, builtin, bed.Options{})
	w.must(w.plane.Class("disks", false))
	rights := w.entitle(account, "plannedset.yaml", "rbac.yaml", "rbac-plannedset.yaml")
	w.run("wait --for=condition=Established crd/plannedsets.statefulset.dev --timeout=60s")
	_, err := w.plane.StartOurs(w.plane.URL, append(rights, "--planned-sets")...)
	w.must(err)

	w.apply(manifest, "web", 3, "", "  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}")
	w.settle("web")
	before := w.identities()
	w.move(statefulSets, plannedSets, "PlannedSet", "web")
	if now := w.identities(); !slices.Equal(now, before) {
		t.Fatalf("not the same on the way over:\n%q, before\n%q", now, before)
	}
	for _, pod := range w.pods() {
		if owner := metav1.GetControllerOf(pod); owner == nil || owner.Kind != "PlannedSet" {
			t.Errorf("%s belongs to %+v", pod.Name, owner)
		}
	}

	start := w.now()
	w.run(`patch plannedset web --type=merge -p '{"spec":{"replicas":4}}'`)
	w.until("web-3", func() bool { return ready(w.pod("web-3")) })
	w.happened(start, startUp("web", 3, 3))
	w.run("wait --for=jsonpath={.status.readyReplicas}=4 plannedset web --timeout=60s")
	before = w.identities()
	w.move(plannedSets, statefulSets, "StatefulSet", "web")
	w.settle("web")
	if now := w.identities(); !slices.Equal(now, before) {
		t.Fatalf("not the same on the way back:\n%q, before\n%q", now, before)
	}
	w.run("delete sts web --wait")
	w.gone("web")

	// What a StatefulSet cannot do: go in order.
	planned := strings.NewReplacer("apps/v1", "statefulset.dev/v1alpha1", "StatefulSet", "PlannedSet").Replace(manifest)
	w.apply(planned, "db", 3, "", "")
	w.run("wait --for=jsonpath={.status.readyReplicas}=3 plannedset db --timeout=60s")
	start = w.now()
	w.run("delete plannedset db --wait")
	w.now()
	w.until("the end of all pods", func() bool { return len(w.pods()) == 0 })
	w.happened(start, scaleIn("db", 2, 0))
}
