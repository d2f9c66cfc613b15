package e2e

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// What the set's own rules, its nodes, its claims and its end hold back. An API server shows no object that cannot be read, so that
// cannot be shown here.
var ownRules = []scenario{
	{cause: "broken-revision", lay: func(w *world) {
		w.stand("")
		w.run(`patch sts web -p '{"spec":{"template":{"metadata":{"annotations":{"kubelet.test/crash":"true"}}}}}'`)
		w.until("web-2 to crash", func() bool { return w.runs("web-2") && !ready(w.pod("web-2")) })
		w.run("rollout undo sts/web")
		w.observed()
	}},
	{cause: "unhealthy-leaver", lay: func(w *world) {
		w.stand("")
		w.run("annotate pod web-1 web-2 kubelet.test/ready=false")
		w.until("two pods not to be ready", func() bool { return !ready(w.pod("web-1")) && !ready(w.pod("web-2")) })
		w.run("scale sts web --replicas=1")
		w.observed()
	}},
	{cause: "ready-since-missing", cure: 1, lay: func(w *world) {
		w.stand("  minReadySeconds: 1")
		w.run(`patch pod web-1 --subresource=status -p '{"status":{"conditions":[{"type":"Ready","lastTransitionTime":null}]}}'`)
	}},
	{cause: "terminating-claim", cure: 1, lay: func(w *world) {
		w.stand("")
		w.run(`patch pvc data-web-1 -p '{"metadata":{"finalizers":["example.com/backup"]}}'`)
		w.run("delete pvc data-web-1 --wait=false")
		w.run("delete pod web-1")
	}},
	{cause: "unbound-claim", lay: func(w *world) {
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
		w.until("the scheduler's word about web-0", func() bool { return w.hasNoNode("web-0") })
	}, person: func(w *world) {
		for _, name := range []string{"one", "two", "three"} {
			w.apply(`
apiVersion: v1
kind: PersistentVolume
metadata: {name: %[1]s}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: shelf, hostPath: {path: /%[1]s}}
`, name)
		}
	}},
	{cause: "name-squatter", lay: func(w *world) {
		w.run("run web-1 --image=nobody")
		w.apply(manifest, "web", 3, "", "")
		w.until("web-0 to be ready", func() bool { return ready(w.pod("web-0")) })
	}},
	{cause: "name-squatter", place: "name-of-its-own", lay: func(w *world) {
		w.stand("")
		w.run("label pod web-1 app-")
		w.until("the set to let go of web-1", func() bool { return len(w.pod("web-1").OwnerReferences) == 0 })
	}},
	{cause: "unknown-strategy", lay: func(w *world) {
		w.apply(manifest, "web", 3, "", "  updateStrategy: {type: Recreate}")
		w.until("the controller's complaint", func() bool {
			return slices.ContainsFunc(w.record.Objects("Event", w.namespace), func(e *unstructured.Unstructured) bool {
				return as[corev1.Event](e).Reason == "UnknownStrategy"
			})
		})
	}},
	{cause: "partition", verdict: "up-to-date", lay: func(w *world) {
		w.stand("  updateStrategy: {rollingUpdate: {partition: 2}}")
		w.run("set image sts/web web=web:2")
		w.settle("web")
	}},
	{cause: "on-delete", verdict: "up-to-date", times: 3, lay: func(w *world) {
		w.stand("  updateStrategy: {type: OnDelete}")
		w.run("set image sts/web web=web:2")
		w.observed()
	}},
	{cause: "no-node-fits", lay: func(w *world) {
		w.apply(inTemplate("nodeSelector: {disk: fast}"), "web", 3, "", "")
		w.until("the scheduler's word about web-0", func() bool { return w.hasNoNode("web-0") })
	}},
	{cause: "no-scheduler", cure: 1, lay: func(w *world) {
		w.apply(inTemplate("schedulerName: fair"), "web", 3, "", "")
	}, person: func(w *world) { w.apply(manifest, "web", 3, "", "") }},
	{cause: "unbound-claim", place: "claim-that-is-not-there", lay: func(w *world) {
		w.apply(inTemplate("volumes: [{name: certs, persistentVolumeClaim: {claimName: certs}}]"), "web", 1, "", "")
		w.until("the scheduler's word about web-0", func() bool { return w.hasNoNode("web-0") })
	}, person: func(w *world) {
		w.apply("%s", `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: certs}
spec: {accessModes: [ReadWriteOnce], storageClassName: disks, resources: {requests: {storage: 1Gi}}}
`)
	}},
	{cause: "service-missing", verdict: "up-to-date", lay: func(w *world) { w.stand("") }, person: func(w *world) {
		w.run("create service clusterip web --clusterip=None")
	}},
	{cause: "service-renamed", verdict: "up-to-date", lay: func(w *world) {
		w.stand("")
		w.run("delete sts web --cascade=orphan")
		w.apply(strings.Replace(manifest, "serviceName: web", "serviceName: other", 1), "web", 3, "", "")
		w.settle("web")
	}},
	{cause: "namespace-terminating", lay: func(w *world) {
		w.stand("")
		w.run(`patch pod web-2 -p '{"metadata":{"finalizers":["example.com/backup"]}}'`)
		w.run("delete namespace %s --wait=false", w.namespace)
	}, person: func(w *world) {
		w.run(`patch pod web-2 --type=merge -p '{"metadata":{"finalizers":null}}'`)
		w.run("wait --for=delete namespace/%s --timeout=60s", w.namespace)
		w.run("create namespace %s", w.namespace)
		w.apply(manifest, "web", 3, "", "")
	}},
	{cause: "scheduling-gate", cure: 1, lay: func(w *world) {
		w.apply(inTemplate("schedulingGates: [{name: example.com/licence}]"), "web", 1, "", "")
	}},
	{cause: "pod-finalizer", cure: 1, lay: func(w *world) {
		w.stand("")
		w.run(`patch pod web-2 -p '{"metadata":{"finalizers":["example.com/backup"]}}'`)
		// A kubelet that has ended what ran in the pod says so by this grace period; the simulated one leaves such a pod alone.
		w.run("delete pod web-2 --wait=false --force --grace-period=0")
	}},
	{cause: "set-finalizer", cure: 1, gone: true, lay: func(w *world) {
		w.stand("")
		w.run(`patch sts web --type=merge -p '{"metadata":{"finalizers":["example.com/backup"]}}'`)
		w.run("delete sts web --wait=false")
	}},
	{cause: "foreground-deletion", cure: 1, gone: true, lay: func(w *world) {
		w.stand("")
		w.run(`patch pod web-0 -p '{"metadata":{"finalizers":["example.com/backup"]}}'`)
		w.run("delete sts web --cascade=foreground --wait=false")
	}},
	{cause: "cordoned-node", verdict: "up-to-date", alone: true, lay: func(w *world) {
		w.stand("")
		w.run("cordon %s", w.pod("web-1").Spec.NodeName)
	}},
	{cause: "blocked-drain", verdict: "up-to-date", cure: 1, alone: true, lay: func(w *world) {
		w.stand("")
		w.run("create pdb all --selector=app=web --min-available=3")
		w.run("wait pdb/all --for=jsonpath={.status.currentHealthy}=3 --timeout=60s")
		w.run("cordon %s", w.pod("web-1").Spec.NodeName)
	}},
	{cause: "unreachable-node", cure: 1, alone: true, lay: func(w *world) {
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

// inTemplate is the manifest with one more line in the spec of its pods.
func inTemplate(line string) string {
	return strings.Replace(manifest, "      containers:", "      "+line+"\n      containers:", 1)
}

// observed waits until the controller has seen what the set asks for.
func (w *world) observed() {
	w.Helper()
	w.until("the controller to look", func() bool { return w.set("web").Status.ObservedGeneration == w.set("web").Generation })
}

func (w *world) runs(pod string) bool {
	return w.pod(pod) != nil && w.pod(pod).Status.Phase == corev1.PodRunning
}

// hasNoNode says whether the scheduler has looked at a pod and found no node.
func (w *world) hasNoNode(name string) bool {
	pod := w.pod(name)
	return pod != nil && slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
		return c.Type == corev1.PodScheduled && c.Status == corev1.ConditionFalse
	})
}
