package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"statefulset.internal/testbed/bed"
)

// What `sts explain` ($STS) says of a set that the built-in controller has been led into a trap with. One of the twelve cannot be laid
// here: an API server shows no object that cannot be read.
//
// With CAPTURE=folder what kubectl printed is kept there, without what does not matter; examples/sts/tests/captured is made so.
func TestExplain(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, builtin, bed.Options{APIServer: []string{"--feature-gates=StatefulSetRecreateStrategy=true"}})
	w.must(w.plane.Class("disks", false))
	t.Run("up to date", func(t *testing.T) {
		w := w.in(t, "goal")
		w.stand("")
		screen, code := w.explain(w.everything())
		if first, _, _ := strings.Cut(screen, "\n"); first != "goal/web: up to date: 3 of 3 ready" || code != 0 {
			t.Errorf("exit code %d:\n%s", code, screen)
		}
	})
	for _, trap := range traps {
		t.Run(trap.name, func(t *testing.T) {
			w := w.in(t, trap.name)
			w.patience = 2 * time.Minute
			trap.lay(w)
			w.now()
			dump := w.everything()
			w.capture(trap.name, dump)
			w.judge(trap, dump)
		})
	}
}

// A trap, and what ends it.
type trap struct {
	name, cure string
	onPurpose  bool
	lay        func(*world) // leads the set web into it
}

// Those that disturb nodes come last.
var traps = []trap{
	{"broken-revision", "kubectl delete pod -n broken-revision web-2", false, func(w *world) {
		w.stand("")
		w.run(`patch sts web -p '{"spec":{"template":{"metadata":{"annotations":{"kubelet.test/crash":"true"}}}}}'`)
		w.until("web-2 to crash", func() bool { return w.runs("web-2") && !ready(w.pod("web-2")) })
		w.run("rollout undo sts/web")
		w.observed()
	}},
	{"unhealthy-leaver", "kubectl delete pod -n unhealthy-leaver web-2", false, func(w *world) {
		w.stand("")
		w.run("annotate pod web-1 web-2 kubelet.test/ready=false")
		w.until("two pods not to be ready", func() bool { return !ready(w.pod("web-1")) && !ready(w.pod("web-2")) })
		w.run("scale sts web --replicas=1")
		w.observed()
	}},
	{"ready-since-missing", "set minReadySeconds to 0", false, func(w *world) {
		w.stand("  minReadySeconds: 1")
		w.run(`patch pod web-1 --subresource=status -p '{"status":{"conditions":[{"type":"Ready","lastTransitionTime":null}]}}'`)
	}},
	{"terminating-claim", "kubectl describe pvc -n terminating-claim data-web-1", false, func(w *world) {
		w.stand("")
		w.run(`patch pvc data-web-1 -p '{"metadata":{"finalizers":["example.com/backup"]}}'`)
		w.run("delete pvc data-web-1 --wait=false")
		w.run("delete pod web-1")
	}},
	{"unbound-claim", "create a volume that fits, or give its storage class a provisioner", false, func(w *world) {
		w.apply("%s", `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: shelf}
provisioner: kubernetes.io/no-provisioner
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: small}
spec: {capacity: {storage: 512Mi}, accessModes: [ReadWriteOnce], storageClassName: shelf, hostPath: {path: /small}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: fast}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: fast, hostPath: {path: /fast}}
`)
		w.apply(strings.Replace(manifest, "disks", "shelf", 1), "web", 3, "", "")
		w.until("the scheduler's word about web-0", func() bool {
			pod := w.pod("web-0")
			return pod != nil && slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
				return c.Type == corev1.PodScheduled && c.Status == corev1.ConditionFalse
			})
		})
	}},
	{"name-squatter", "kubectl get pod -n name-squatter web-1 -o yaml", false, func(w *world) {
		w.run("run web-1 --image=nobody")
		w.apply(manifest, "web", 3, "", "")
		w.until("web-0 to be ready", func() bool { return ready(w.pod("web-0")) })
	}},
	{"unknown-strategy", "switch on the feature gate StatefulSetRecreateStrategy", false, func(w *world) {
		w.apply(manifest, "web", 3, "", "  updateStrategy: {type: Recreate}")
		w.until("the controller's complaint", func() bool {
			return slices.ContainsFunc(w.record.Objects("Event", w.namespace), func(e *unstructured.Unstructured) bool {
				return as[corev1.Event](e).Reason == "UnknownStrategy"
			})
		})
	}},
	{"partition", "lower the partition", true, func(w *world) {
		w.stand("  updateStrategy: {rollingUpdate: {partition: 2}}")
		w.run("set image sts/web web=web:2")
		w.settle("web")
	}},
	{"on-delete", "delete the pods by hand", true, func(w *world) {
		w.stand("  updateStrategy: {type: OnDelete}")
		w.run("set image sts/web web=web:2")
		w.observed()
	}},
	{"blocked-drain", "let another pod of the budget become ready", false, func(w *world) {
		w.stand("")
		w.run("create pdb all --selector=app=web --min-available=3")
		w.run("wait pdb/all --for=jsonpath={.status.currentHealthy}=3 --timeout=60s")
		w.run("cordon %s", w.pod("web-1").Spec.NodeName)
	}},
	{"unreachable-node", "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute", false, func(w *world) {
		w.run("uncordon --selector=kubernetes.io/os=linux")
		w.stand("")
		w.must(w.plane.SilenceNode(w.pod("web-1").Spec.NodeName))
		w.until("web-1 to be asked to stop", func() bool { return w.pod("web-1").DeletionTimestamp != nil })
	}},
}

// stand makes a set of three pods, with more lines in its spec, and waits until it is settled.
func (w *world) stand(more string) {
	w.Helper()
	w.apply(manifest, "web", 3, "", more)
	w.settle("web")
}

// observed waits until the controller has seen what the set asks for.
func (w *world) observed() {
	w.Helper()
	w.until("the controller to look", func() bool { return w.set("web").Status.ObservedGeneration == w.set("web").Generation })
}

func (w *world) runs(pod string) bool {
	return w.pod(pod) != nil && w.pod(pod).Status.Phase == corev1.PodRunning
}

// everything is what the tool asks its users for.
func (w *world) everything() string {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), w.patience)
	defer cancel()
	screen, err := w.kubectl.Type(ctx, "get", "sts,po,pvc,pv,sc,no,pdb,controllerrevisions", "-A", "-o", "json")
	w.must(err)
	return screen
}

// explain gives the dump to the tool, which does not wait until a young trap has grown old.
func (w *world) explain(dump string, flags ...string) (screen string, code int) {
	w.Helper()
	command := exec.CommandContext(w.Context(), os.Getenv("STS"), append([]string{"explain", "--namespace", w.namespace, "--patience=0"}, flags...)...)
	command.Stdin = strings.NewReader(dump)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	output, err := command.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.Fatal(err)
	}
	if complaints.Len() > 0 {
		w.Errorf("sts explain complains: %s", complaints.String())
	}
	return string(output), command.ProcessState.ExitCode()
}

// judge compares what the tool says of a trap, in words and for scripts.
func (w *world) judge(trap trap, dump string) {
	w.Helper()
	want := 1
	if trap.onPurpose {
		want = 0
	}
	screen, code := w.explain(dump)
	w.Log(screen)
	named := strings.Contains(screen, "  trap  "+trap.name+": ") && strings.Contains(screen, "        to end it: ") && strings.Contains(screen, trap.cure)
	if !named || code != want {
		w.Errorf("expected %s, %q and exit code %d, found %d and\n%s", trap.name, trap.cure, want, code, screen)
	}
	screen, code = w.explain(dump, "--output=json")
	var report struct {
		Sets []struct {
			Stuck bool
			Traps []struct {
				Name, Cure string
				OnPurpose  bool
			}
		}
	}
	w.must(json.Unmarshal([]byte(screen), &report))
	found := len(report.Sets) == 1 && report.Sets[0].Stuck == !trap.onPurpose && len(report.Sets[0].Traps) == 1
	if !found || report.Sets[0].Traps[0].Name != trap.name || report.Sets[0].Traps[0].OnPurpose != trap.onPurpose || code != want {
		w.Errorf("expected one trap %s and exit code %d, found %d and\n%s", trap.name, want, code, screen)
	}
}

// capture keeps a dump, as one object a line.
func (w *world) capture(name, dump string) {
	w.Helper()
	folder := os.Getenv("CAPTURE")
	if folder == "" {
		return
	}
	var list unstructured.UnstructuredList
	w.must(json.Unmarshal([]byte(dump), &list))
	var kept []string
	for _, item := range list.Items {
		if namespace := item.GetNamespace(); namespace != "" && namespace != w.namespace {
			continue
		}
		claimant, _, _ := unstructured.NestedString(item.Object, "spec", "claimRef", "namespace")
		if claimant != "" && claimant != w.namespace {
			continue
		}
		trim(&item)
		line, err := json.Marshal(item.Object)
		w.must(err)
		kept = append(kept, string(line))
	}
	text := `{"apiVersion":"v1","kind":"List","items":[` + "\n" + strings.Join(kept, ",\n") + "\n]}\n"
	w.must(os.WriteFile(filepath.Join(folder, name+".json"), []byte(text), 0o644))
}

// keep leaves nothing but these fields of a part of an object.
func keep(object *unstructured.Unstructured, part string, fields ...string) {
	all, _, _ := unstructured.NestedMap(object.Object, part)
	maps.DeleteFunc(all, func(field string, _ any) bool { return !slices.Contains(fields, field) })
	_ = unstructured.SetNestedMap(object.Object, all, part)
}

// trim takes away what says nothing about a set.
func trim(object *unstructured.Unstructured) {
	object.SetManagedFields(nil)
	annotations := object.GetAnnotations()
	delete(annotations, corev1.LastAppliedConfigAnnotation)
	object.SetAnnotations(annotations)
	if len(annotations) == 0 {
		object.SetAnnotations(nil)
	}
	switch object.GetKind() {
	case "Pod":
		keep(object, "spec", "containers", "hostname", "nodeName", "subdomain", "volumes")
		keep(object, "status", "conditions", "containerStatuses", "phase")
		// What every pod has is left out of its containers and volumes.
		for _, list := range []string{"containers", "volumes"} {
			items, _, _ := unstructured.NestedSlice(object.Object, "spec", list)
			items = slices.DeleteFunc(items, func(item any) bool { return item.(map[string]any)["projected"] != nil })
			for _, item := range items {
				maps.DeleteFunc(item.(map[string]any), func(field string, _ any) bool {
					return !slices.Contains([]string{"image", "name", "persistentVolumeClaim"}, field)
				})
			}
			_ = unstructured.SetNestedSlice(object.Object, items, "spec", list)
		}
	case "Node":
		keep(object, "metadata", "creationTimestamp", "name", "resourceVersion", "uid")
		keep(object, "spec", "taints", "unschedulable")
		keep(object, "status", "conditions")
		conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
		conditions = slices.DeleteFunc(conditions, func(c any) bool { return c.(map[string]any)["type"] != "Ready" })
		_ = unstructured.SetNestedSlice(object.Object, conditions, "status", "conditions")
	}
}
