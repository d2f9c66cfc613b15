package e2e

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	admission "k8s.io/api/admission/v1"
	coordination "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"statefulset.internal/testbed/bed"
)

// What the API server refuses each time, and what nobody does.
var refusals = []scenario{
	{cause: "quota-exceeded", lay: func(w *world) {
		w.quota("pods=1")
		w.apply(manifest, "web", 2, "", "")
	}},
	{cause: "quota-exceeded", place: "quota-of-storage", lay: func(w *world) {
		w.quota("requests.storage=1536Mi")
		w.apply(manifest, "web", 2, "", "")
	}},
	{cause: "quota-exceeded", place: "quota-unspecified", lay: func(w *world) {
		w.quota("cpu=1,memory=1Gi")
		w.apply(manifest, "web", 2, "", "")
	}, person: func(w *world) {
		w.apply("%s", `
apiVersion: v1
kind: LimitRange
metadata: {name: usual}
spec: {limits: [{type: Container, defaultRequest: {cpu: 100m, memory: 16Mi}}]}
`)
	}},
	{cause: "webhook-refuses", cure: 1, lay: func(w *world) {
		w.webhook("https://127.0.0.1:1/", "")
		w.apply(manifest, "web", 3, "", "")
	}, person: func(w *world) {
		w.run("delete validatingwebhookconfiguration %s", w.namespace)
	}},
	{cause: "webhook-refuses", place: "webhook-denies", lay: func(w *world) {
		server := httptest.NewTLSServer(http.HandlerFunc(askForTeam))
		w.Cleanup(server.Close)
		certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
		w.webhook(server.URL, base64.StdEncoding.EncodeToString(certificate))
		w.apply(manifest, "web", 3, "", "")
	}, person: func(w *world) {
		w.run(`patch sts web -p '{"spec":{"template":{"metadata":{"labels":{"team":"blue"}}}}}'`)
	}},
	{cause: "service-account-missing", lay: func(w *world) {
		w.apply(inTemplate("serviceAccountName: robot"), "web", 3, "", "")
	}},
	{cause: "pod-security", cure: 1, lay: func(w *world) {
		w.run("label namespace %s pod-security.kubernetes.io/enforce=restricted", w.namespace)
		w.untilRefused()
		w.apply(manifest, "web", 3, "", "")
	}},
	{cause: "invalid-object", lay: func(w *world) {
		w.apply(strings.Replace(manifest, "{name: data}", "{name: data, labels: {owner: the database team}}", 1), "web", 3, "", "")
	}, person: func(w *world) {
		w.run("delete sts web --cascade=orphan")
		w.apply(manifest, "web", 3, "", "")
	}},
	{cause: "refused", lay: func(w *world) {
		w.apply(inTemplate("priorityClassName: gold"), "web", 3, "", "")
	}, person: func(w *world) { w.run("create priorityclass gold --value=1000") }},
	{cause: "immutable-volumes", times: 3, lay: func(w *world) {
		w.stand("")
		w.run("delete sts web --cascade=orphan")
		w.apply(manifest, "web", 3, "", `  - metadata: {name: more}
    spec: {accessModes: [ReadWriteOnce], storageClassName: disks, resources: {requests: {storage: 1Gi}}}`)
	}},
	{cause: "not-acted-on", alone: true, lay: func(w *world) {
		w.controller.Kill()
		// Controllers that are elected have one; that of the bed is alone.
		lease := &coordination.Lease{ObjectMeta: metav1.ObjectMeta{Name: bed.ControllerManager}}
		_, err := w.plane.Client.CoordinationV1().Leases(metav1.NamespaceSystem).Create(w.Context(), lease, metav1.CreateOptions{})
		w.must(err)
		w.apply(manifest, "web", 3, "", "")
	}, person: func(w *world) { w.take(builtin) }},
}

// quota limits the namespace, and waits until that is known.
func (w *world) quota(hard string) {
	w.Helper()
	w.run("create quota tight --hard=%s", hard)
	w.run("wait quota/tight --for=jsonpath={.status.hard} --timeout=60s")
}

// webhook lets a server have its say about new pods of the namespace, and waits until it is asked.
func (w *world) webhook(url, authority string) {
	w.Helper()
	w.apply(`
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: %[1]s}
webhooks:
- name: pods.example.com
  clientConfig: {url: %[2]q, caBundle: %[3]q}
  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %[1]s}}
  rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]
  sideEffects: None
  admissionReviewVersions: [v1]
`, w.namespace, url, authority)
	w.untilRefused()
}

// untilRefused waits until no pod may be created in the namespace.
func (w *world) untilRefused() {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), w.patience)
	defer cancel()
	for ctx.Err() == nil {
		if _, err := w.kubectl.Run(ctx, "run bait --image=bait --dry-run=server"); err != nil {
			break
		}
		time.Sleep(time.Second / 5)
	}
	w.must(ctx.Err())
}

// askForTeam is an admission webhook that wants pods to have a label.
func askForTeam(out http.ResponseWriter, in *http.Request) {
	var review admission.AdmissionReview
	var pod corev1.Pod
	if json.NewDecoder(in.Body).Decode(&review) != nil || json.Unmarshal(review.Request.Object.Raw, &pod) != nil {
		out.WriteHeader(http.StatusBadRequest)
		return
	}
	review.Response = &admission.AdmissionResponse{
		UID:     review.Request.UID,
		Allowed: pod.Labels["team"] != "",
		Result:  &metav1.Status{Message: "a pod must name its team"},
	}
	_ = json.NewEncoder(out).Encode(review)
}
