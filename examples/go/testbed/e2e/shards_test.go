package e2e

import (
	"testing"

	"statefulset.internal/testbed/bed"
)

// Two instances share the sets by their labels; a set that changes its label changes hands.
func TestShards(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, nobody, bed.Options{})
	w.must(w.plane.Class("disks", false))
	created := func(shard *bed.Controller) float64 {
		count, err := shard.Counted("statefulset_controller_actions_total", func(labels map[string]string) bool {
			return labels["action"] == "create pods" && labels["outcome"] == "done"
		})
		w.must(err)
		return count
	}
	shards := map[string]*bed.Controller{}
	for _, name := range []string{"a", "b"} {
		// Each has a lease of its own, so both lead.
		shard, err := w.plane.StartOurs(w.plane.URL, "--selector=shard="+name)
		w.must(err)
		shards[name] = shard
		w.apply(manifest, "web-"+name, 2, "", "")
		w.run("label sts web-%s shard=%[1]s", name)
	}
	for name, shard := range shards {
		w.settle("web-" + name)
		if n := created(shard); n != 2 {
			t.Errorf("shard %s created %v pods", name, n)
		}
	}
	w.run("label sts web-a shard=b --overwrite")
	w.run("scale sts web-a --replicas=3")
	w.settle("web-a")
	if a, b := created(shards["a"]), created(shards["b"]); a != 2 || b != 3 {
		t.Errorf("a created %v pods, b %v", a, b)
	}
}
