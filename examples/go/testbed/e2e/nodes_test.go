package e2e

import (
	"fmt"
	"testing"
	"time"

	"statefulset.internal/testbed/bed"
)

// Nodes that fall silent, and what becomes of their pods: nothing, until somebody says that the node is dead, or it comes back.
func TestNodes(t *testing.T) {
	long(t)
	t.Parallel()
	for _, end := range []struct {
		name string
		help func(w *world, node, pod string)
	}{
		{"comes back", func(w *world, node, _ string) { w.must(w.plane.ReviveNode(node)) }},
		{"removed", func(w *world, node, _ string) { w.run("delete node %s", node) }},
		{"out of service", func(w *world, node, _ string) {
			w.run("taint node %s node.kubernetes.io/out-of-service=nodeshutdown:NoExecute", node)
		}},
		{"forced", func(w *world, _, pod string) { w.run("delete pod %s --force --grace-period=0", pod) }},
	} {
		t.Run(end.name, func(t *testing.T) {
			t.Parallel()
			w := boot(t, ours, bed.Options{})
			w.patience = 3 * time.Minute
			w.must(w.plane.Class("disks", false))
			w.apply("%s", fmt.Sprintf(manifest, "web", 3, "", ""))
			w.settle("web")
			before := w.pods()
			pod := w.pod("web-1")
			node := pod.Spec.NodeName
			since := w.now()
			w.must(w.plane.SilenceNode(node))
			w.until("web-1 to be asked to stop", func() bool { return w.pod("web-1").DeletionTimestamp != nil })
			w.never("web-1 was replaced on a silent node", 5*time.Second, func() bool { return w.left("web-1", pod.UID) })
			end.help(w, node, "web-1")
			w.until("a new web-1", func() bool { return w.renewed("web-1", pod.UID) })
			w.settle("web")
			for _, old := range before {
				if now := w.pod(old.Name); old.Spec.NodeName != node && now.UID != old.UID {
					t.Errorf("%s was replaced, and its node was fine", old.Name)
				}
			}
			w.harmless(since)
		})
	}
}
