package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// count sums the samples of a metric whose labels contain a text.
func (c *started) count(name, labels string) float64 {
	_, text := c.get("/metrics")
	sum := 0.0
	for line := range strings.Lines(text) {
		if sample, value, _ := strings.Cut(strings.TrimSpace(line), "} "); strings.HasPrefix(sample, name+"{") && strings.Contains(sample, labels) {
			var number float64
			_, _ = fmt.Sscan(value, &number)
			sum += number
		}
	}
	return sum
}

const (
	disagreements = namespace + "_shadow_disagreements_total"
	agreements    = namespace + "_shadow_agreements_total"
)

// The part of the built-in controller is played by this one.
func TestShadow(t *testing.T) {
	s := newAPIServer(t)
	shadow := start(t, s, "--shadow", "--shadow-grace=3s")
	eventually(t, "everything", func() bool { code, _ := shadow.get("/readyz"); return code == http.StatusOK })
	s.lock.Lock()
	if len(s.sent) > 0 {
		t.Errorf("a shadow sends %q", s.sent)
	}
	s.lock.Unlock()
	theirs := start(t, s, "--leader-elect=false")
	s.add("web")
	eventually(t, "three ready pods", s.isReady("web"))
	eventually(t, "agreement", func() bool { return shadow.count(agreements, `what="create pods"`) == 3 })

	// Somebody takes a pod away, and it comes back.
	s.lock.Lock()
	s.remove("/api/v1/namespaces/default/pods/web-1")
	s.lock.Unlock()
	eventually(t, "agreement", func() bool { return shadow.count(agreements, `what="create pods"`) == 4 })
	time.Sleep(5 * time.Second)
	if n := shadow.count(disagreements, ""); n != 0 {
		t.Errorf("%v disagreements", n)
	}

	// A pod that the set should not have.
	s.lock.Lock()
	stray := read(fmt.Appendf(nil, `{"metadata": {"name": "web-7", "namespace": "default", "labels": {"app": "web"}, "ownerReferences": [
		{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web", "uid": %q, "controller": true}]}, "spec": {"containers": []}}`,
		s.objects[sets+"web"]["metadata"].(map[string]any)["uid"]))
	s.put("ADDED", "/api/v1/namespaces/default/pods/web-7", stray)
	s.lock.Unlock()
	eventually(t, "a disagreement", func() bool { return shadow.count(disagreements, `side="theirs",what="create pods"`) == 1 })

	// A set that nobody looks after.
	theirs.end()
	s.add("idle")
	eventually(t, "a disagreement", func() bool { return shadow.count(disagreements, `side="ours",what="create pods"`) == 1 })
	shadow.end()
}

// Before 1.37 one pod is replaced at a time whatever maxUnavailable says. A shadow that asks the API server knows it. 1.36
// writes revisions as 1.37 does, which 1.33 does not, so that nothing else differs.
func TestShadowOfAnOlderCluster(t *testing.T) {
	s := newAPIServer(t)
	s.kubernetes = "v1.36.2-gke.100"
	theirs := start(t, s, "--leader-elect=false")
	set := webSet("web")
	spec := set["spec"].(map[string]any)
	spec["podManagementPolicy"] = "Parallel"
	spec["updateStrategy"].(map[string]any)["rollingUpdate"].(map[string]any)["maxUnavailable"] = 2
	s.lock.Lock()
	s.put("ADDED", sets+"web", set)
	s.lock.Unlock()
	eventually(t, "three ready pods", s.isReady("web"))

	same := start(t, s, "--shadow", "--shadow-grace=2s")
	other := start(t, s, "--shadow", "--shadow-grace=2s", "--kubernetes=1.37")
	for _, shadow := range []*started{same, other} {
		eventually(t, "everything", func() bool { code, _ := shadow.get("/readyz"); return code == http.StatusOK })
	}
	s.lock.Lock()
	s.broken = true
	pod := spec["template"].(map[string]any)["spec"].(map[string]any)
	pod["containers"].([]any)[0].(map[string]any)["image"] = "nginx:2"
	s.put("MODIFIED", sets+"web", merged(s.objects[sets+"web"], map[string]any{"spec": spec}).(map[string]any))
	s.lock.Unlock()
	eventually(t, "agreement", func() bool { return same.count(agreements, `what="delete pods"`) == 1 })
	eventually(t, "a disagreement", func() bool { return other.count(disagreements, `side="ours",what="delete pods"`) == 1 })
	if n := same.count(disagreements, ""); n != 0 {
		t.Errorf("%v disagreements about what 1.36 does", n)
	}
	theirs.end()
	same.end()
	other.end()
}

func TestWhatEventsTell(t *testing.T) {
	for message, want := range map[string]deed{
		"create Pod web-0 in StatefulSet web successful":                     {what: createPods, name: "default/web-0"},
		"delete Pod web-0 in StatefulSet web successful":                     {what: deletePods, name: "default/web-0"},
		"create Claim www-web-0 Pod web-0 in StatefulSet web success":        {what: createClaims, name: "default/www-web-0"},
		"update Pod web-0 in StatefulSet web successful":                     {},
		"PersistentVolumeClaim www-web-0 has a conflicting OwnerReference …": {},
	} {
		got, tells := toldOf("default", message)
		if tells != (want.what != "") || tells && got != want {
			t.Errorf("%s: %+v", message, got)
		}
	}
}
