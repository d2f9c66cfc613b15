package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"statefulset.internal/testbed/bed"
)

// The built-in controller makes a set and rolls half of it out; ours goes on; then the other way round. Beside it, the same under
// the built-in controller alone. Nothing is replaced but by the rollouts, and the objects are the same in the end.
func TestHandover(t *testing.T) {
	t.Parallel()
	var worlds [2]*world
	var group sync.WaitGroup
	for i := range worlds {
		group.Go(func() {
			worlds[i] = boot(t, builtin, bed.Options{})
			worlds[i].must(worlds[i].plane.Class("disks", false))
		})
	}
	group.Wait()
	handed, alone := worlds[0], worlds[1]
	if handed == nil || alone == nil {
		t.FailNow()
	}
	for i, w := range worlds {
		group.Go(func() { playHandover(w, i == 0) })
	}
	group.Wait()
	for _, kind := range []string{"StatefulSet", "Pod", "PersistentVolumeClaim", "ControllerRevision"} {
		ours, theirs := handed.bare(kind), alone.bare(kind)
		if len(ours) == 0 {
			t.Errorf("no %s to compare", kind)
		}
		if text := difference(ours, theirs); text != "" {
			t.Errorf("%s differ\n%s", kind, text)
		}
	}
}

// playHandover rolls a set out twice; in the middle of each rollout the controllers change, where they do at all.
func playHandover(w *world, change bool) {
	slowly := `"kubelet.test/start": "700ms"`
	w.apply("%s", fmt.Sprintf(manifest, "web", 4, slowly, ""))
	w.settle("web")
	for i, next := range []side{ours, builtin} {
		since := w.now()
		claims := w.uids("PersistentVolumeClaim")
		w.run("set image sts/web web=web:%d", i+2)
		w.until("half of a rollout", func() bool { return slices.Contains(w.tell(since), "ready web-2") })
		if change {
			w.controller.Kill()
			revisions := w.uids("ControllerRevision")
			w.take(next)
			w.settle("web")
			if now := w.uids("ControllerRevision"); !slices.Equal(now, revisions) {
				w.Errorf("revisions changed when %s took over: %v, before %v", next, now, revisions)
			}
		}
		w.settle("web")
		w.happened(since, rollOut("web", 3, 0))
		if now := w.uids("PersistentVolumeClaim"); !slices.Equal(now, claims) {
			w.Errorf("claims changed when %s took over: %v, before %v", next, now, claims)
		}
	}
}

// Ours, which decides as 1.33, makes a set and rolls half of it out, and the built-in controller goes on. That one rolls half
// of it out again, and ours goes on, which decides as 1.36. Revisions have another text from 1.34 on.
func TestHandoverBetweenVersions(t *testing.T) {
	t.Parallel()
	w := boot(t, nobody, bed.Options{})
	w.must(w.plane.Class("disks", false))
	w.take(ours, "--kubernetes=1.33")
	w.apply("%s", fmt.Sprintf(manifest, "web", 3, `"kubelet.test/start": "700ms"`, ""))
	w.settle("web")
	for i, takes := range []func(){
		func() { w.take(builtin) },
		func() { w.take(ours, "--kubernetes=1.36") },
	} {
		since := w.now()
		w.run("set image sts/web web=web:%d", i+2)
		w.until("half of a rollout", func() bool { return slices.Contains(w.tell(since), "ready web-2") })
		w.controller.Kill()
		revisions := w.uids("ControllerRevision")
		takes()
		w.settle("web")
		if now := w.uids("ControllerRevision"); !slices.Equal(now, revisions) {
			w.Errorf("revisions changed at hand-over %d: %v, before %v", i, now, revisions)
		}
		w.happened(since, rollOut("web", 2, 0))
	}
	texts := 0
	for _, revision := range w.record.Objects("ControllerRevision", w.namespace) {
		text, err := json.Marshal(revision.Object["data"])
		w.must(err)
		if strings.Contains(string(text), `"creationTimestamp":null`) {
			texts++
		}
	}
	if texts < 2 {
		w.Errorf("%d revisions have the text of 1.33, and 2 were made by its rules", texts)
	}
}

func (w *world) uids(kind string) []string {
	var uids []string
	for _, object := range w.record.Objects(kind, w.namespace) {
		uids = append(uids, object.GetName()+" "+string(object.GetUID()))
	}
	return uids
}

// bare are all objects of a kind, one field a line, without what no two runs have in common: uids and what is made of them, times,
// versions, the node and the address that a pod got, the name of its token's volume. Who wrote a field is named differently: our
// controller has a name of its own.
func (w *world) bare(kind string) []string {
	var lines []string
	for _, object := range w.record.Objects(kind, w.namespace) {
		strip(object.GetName(), object.Object, &lines)
	}
	return lines
}

func strip(path string, value any, lines *[]string) {
	switch value := value.(type) {
	case map[string]any:
		var keys []string
		for key := range value {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			switch {
			case slices.Contains([]string{"uid", "containerID", "resourceVersion", "managedFields", "creationTimestamp", "lastTransitionTime", "startTime", "startedAt",
				"nodeName", "podIP", "podIPs", "hostIP", "hostIPs", "volumeName", "kubectl.kubernetes.io/last-applied-configuration"}, key):
			default:
				strip(path+"."+key, value[key], lines)
			}
		}
	case []any:
		for i, item := range value {
			strip(fmt.Sprintf("%s[%d]", path, i), item, lines)
		}
	default:
		text, _ := json.Marshal(value)
		line := path + " = " + string(text)
		if name := strings.Index(line, "kube-api-access-"); name >= 0 {
			line = line[:name] + "kube-api-access"
		}
		*lines = append(*lines, line)
	}
}
