package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const sets = "/apis/apps/v1/namespaces/default/statefulsets/"

// webSet is a set of three pods, as an API server keeps it.
func webSet(name string) map[string]any {
	return read(fmt.Appendf(nil, `{
  "metadata": {"name": %q, "namespace": "default", "generation": 1},
  "spec": {
    "replicas": 3, "serviceName": "web", "revisionHistoryLimit": 10, "podManagementPolicy": "OrderedReady",
    "selector": {"matchLabels": {"app": %[1]q}},
    "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}},
    "template": {"metadata": {"labels": {"app": %[1]q}}, "spec": {"containers": [{"name": "web", "image": "nginx"}]}}
  }
}`, name))
}

func (s *apiServer) add(name string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.put("ADDED", sets+name, webSet(name))
}

// started is a controller that runs.
type started struct {
	t       *testing.T
	address string
	stop    context.CancelFunc
	ended   chan error
}

// start runs a controller as its command line would.
func start(t *testing.T, s *apiServer, arguments ...string) *started {
	t.Helper()
	config := filepath.Join(t.TempDir(), "kubeconfig")
	text := fmt.Sprintf(`{"apiVersion": "v1", "kind": "Config", "current-context": "c",
		"contexts": [{"name": "c", "context": {"cluster": "c"}}], "clusters": [{"name": "c", "cluster": {"server": %q}}]}`, s.URL)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	options, err := parse(append([]string{
		"--kubeconfig=" + config, "--metrics-bind-address=" + address, "--kube-api-qps=1000", "--kube-api-burst=1000",
	}, arguments...))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	c := &started{t: t, address: address, stop: stop, ended: make(chan error, 1)}
	go func() { c.ended <- run(ctx, options) }()
	t.Cleanup(stop)
	return c
}

// end stops it in order.
func (c *started) end() {
	c.t.Helper()
	c.stop()
	select {
	case err := <-c.ended:
		if err != nil {
			c.t.Error(err)
		}
	case <-time.After(20 * time.Second):
		c.t.Fatal("it does not stop")
	}
}

func (c *started) get(path string) (int, string) {
	response, err := http.Get("http://" + c.address + path)
	if err != nil {
		return 0, err.Error()
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(body)
}

// eventually waits for something to become true.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 3000 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("not seen: %s", what)
}

func (s *apiServer) isReady(set string) func() bool {
	return func() bool { return s.status(set)["readyReplicas"] == 3.0 }
}

func TestFromNothingToReadyAndStopped(t *testing.T) {
	s := newAPIServer(t)
	s.add("web")
	c := start(t, s, "--log-format=json", "--verbose")
	eventually(t, "three ready pods", s.isReady("web"))
	var pods []string
	for _, sent := range s.sentSoFar() {
		if strings.HasPrefix(sent, "POST") {
			pods = append(pods, sent)
		}
	}
	want := []string{
		"POST /apis/apps/v1/namespaces/default/controllerrevisions",
		"POST /api/v1/namespaces/default/pods", "POST /api/v1/namespaces/default/pods", "POST /api/v1/namespaces/default/pods",
	}
	if !slices.Equal(pods, want) {
		t.Errorf("%q", pods)
	}
	eventually(t, "the events", func() bool {
		s.lock.Lock()
		defer s.lock.Unlock()
		return slices.Contains(s.told, "Normal SuccessfulCreate Create Pod web-2 in StatefulSet web successful")
	})
	for _, path := range []string{"/healthz", "/readyz"} {
		if code, text := c.get(path); code != http.StatusOK {
			t.Errorf("%s: %d %s", path, code, text)
		}
	}
	_, metrics := c.get("/metrics")
	for _, want := range []string{
		`statefulset_controller_actions_total{action="create pods",outcome="done",reason="scale-out"} 3`,
		`statefulset_controller_syncs_total{result="done"}`,
		`statefulset_controller_queue_depth 0`,
		`statefulset_controller_plan_duration_seconds_count`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s in\n%s", want, metrics)
		}
	}
	lease := "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/statefulset-controller"
	holder := func() any {
		s.lock.Lock()
		defer s.lock.Unlock()
		spec, _ := s.objects[lease]["spec"].(map[string]any)
		return spec["holderIdentity"]
	}
	if holder() == nil || holder() == "" {
		t.Errorf("nobody holds the lease")
	}
	c.end()
	if said := holder(); said != nil && said != "" {
		t.Errorf("%s still holds the lease", said)
	}
}

// A pod that somebody takes away comes back, whatever became of the watches in the meantime.
func TestWatchesThatEnd(t *testing.T) {
	for _, listsOnly := range []bool{false, true} {
		t.Run(fmt.Sprint("listsOnly=", listsOnly), func(t *testing.T) {
			s := newAPIServer(t)
			s.listsOnly = listsOnly
			s.add("web")
			c := start(t, s, "--leader-elect=false")
			eventually(t, "three ready pods", s.isReady("web"))
			pod := "/api/v1/namespaces/default/pods/web-1"
			uid := func() any {
				s.lock.Lock()
				defer s.lock.Unlock()
				meta, _ := s.objects[pod]["metadata"].(map[string]any)
				return meta["uid"]
			}
			for _, forgetful := range []bool{false, true} {
				before := uid()
				s.lock.Lock()
				s.remove(pod)
				for watch := range s.watches {
					// What it has not shown yet is lost.
					for len(watch.lines) > 0 {
						<-watch.lines
					}
				}
				s.lock.Unlock()
				if forgetful {
					s.forget()
				}
				s.cut()
				eventually(t, "another pod", func() bool { now := uid(); return now != nil && now != before })
			}
			c.end()
		})
	}
}

// What the API server refuses is tried again, and told.
func TestRefusals(t *testing.T) {
	s := newAPIServer(t)
	refused := 0
	s.refuse = func(method, at string) int {
		if method == http.MethodPost && strings.HasSuffix(at, "/pods") && refused < 3 {
			refused++
			return http.StatusForbidden
		}
		return 0
	}
	s.add("web")
	c := start(t, s, "--leader-elect=false")
	eventually(t, "three ready pods", s.isReady("web"))
	eventually(t, "the event", func() bool {
		s.lock.Lock()
		defer s.lock.Unlock()
		return slices.ContainsFunc(s.told, func(told string) bool { return strings.HasPrefix(told, "Warning FailedCreate") })
	})
	_, metrics := c.get("/metrics")
	if want := `actions_total{action="create pods",outcome="refused",reason="scale-out"} 3`; !strings.Contains(metrics, want) {
		t.Errorf("no %s in\n%s", want, metrics)
	}
	c.end()
}

// A PlannedSet needs no more than a StatefulSet's manifest; what an API server fills into that is filled in.
func TestPlannedSets(t *testing.T) {
	const path = "/apis/statefulset.dev/v1alpha1/namespaces/default/plannedsets/web"
	s := newAPIServer(t)
	set := webSet("web")
	spec := set["spec"].(map[string]any)
	for _, field := range []string{"revisionHistoryLimit", "podManagementPolicy", "updateStrategy"} {
		delete(spec, field)
	}
	s.lock.Lock()
	s.put("ADDED", path, set)
	s.lock.Unlock()
	c := start(t, s, "--planned-sets")
	eventually(t, "three ready pods", func() bool {
		s.lock.Lock()
		defer s.lock.Unlock()
		status, _ := s.objects[path]["status"].(map[string]any)
		return status["readyReplicas"] == 3.0
	})
	eventually(t, "the event", func() bool {
		s.lock.Lock()
		defer s.lock.Unlock()
		return slices.Contains(s.told, "Normal SuccessfulCreate Create Pod web-2 in PlannedSet web successful")
	})
	s.lock.Lock()
	meta := s.objects[path]["metadata"].(map[string]any)
	if finalizers := fmt.Sprint(meta["finalizers"]); finalizers != "[statefulset.dev/ordered-shutdown]" {
		t.Errorf("finalizers %s", finalizers)
	}
	for _, pod := range []string{"web-0", "web-1", "web-2"} {
		owners := fmt.Sprint(s.objects["/api/v1/namespaces/default/pods/"+pod]["metadata"].(map[string]any)["ownerReferences"])
		if !strings.Contains(owners, "apiVersion:statefulset.dev/v1alpha1") || !strings.Contains(owners, "kind:PlannedSet") {
			t.Errorf("%s is owned by %s", pod, owners)
		}
	}
	if s.objects["/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/plannedset-controller"] == nil {
		t.Error("no lease of its own")
	}
	s.lock.Unlock()
	c.end()
}

func TestCommandLines(t *testing.T) {
	for _, wrong := range [][]string{
		{"--profile=x"}, {"--shutdown=x"}, {"--workers=0"}, {"--selector=a in"}, {"--log-format=x"}, {"x"}, {"--x"},
		{"--kubernetes=1.27"}, {"--policies=kruise"}, {"--kubernetes=latest"}, {"--kubernetes=1.33", "--planned-sets"},
	} {
		if _, err := parse(wrong); err == nil {
			t.Errorf("%q is accepted", wrong)
		}
	}
	a, err := parse([]string{"--selector=shard=a"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := parse([]string{"--selector=shard=b"})
	if err != nil {
		t.Fatal(err)
	}
	if a.leaseName == b.leaseName {
		t.Errorf("both hold %s", a.leaseName)
	}
}

func TestActionNames(t *testing.T) {
	var requests []struct{ Method, Path string }
	text := `[{"Method":"POST","Path":"/api/v1/namespaces/default/pods"},
		{"Method":"PATCH","Path":"/apis/apps/v1/namespaces/default/statefulsets/web/status"},
		{"Method":"POST","Path":"/api/v1/namespaces/default/pods/web-0/eviction"},
		{"Method":"PATCH","Path":"/api/v1/nodes/n"}]`
	if err := json.Unmarshal([]byte(text), &requests); err != nil {
		t.Fatal(err)
	}
	want := []string{"create pods", "patch statefulsets/status", "create pods/eviction", "patch nodes"}
	for i, request := range requests {
		if got := actionOf(request.Method, request.Path); got != want[i] {
			t.Errorf("%q, want %q", got, want[i])
		}
	}
}
