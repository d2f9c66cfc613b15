package statefulset_test

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"testing"
	"time"

	"statefulset.internal/statefulset"
)

// server is as much of an API server as a set needs: it keeps what is created, shows it to a cluster, and its pods are
// ready at once.
type server struct {
	t       *testing.T
	cluster *statefulset.Cluster
	objects map[string]map[string]any
	version int
	sent    []string
	events  []string
	// refuse gives the response to a request that is not to succeed.
	refuse func(statefulset.Request) (statefulset.Response, bool)
}

var kinds = map[string]statefulset.Kind{
	"statefulsets":        statefulset.KindStatefulSet,
	"pods":                statefulset.KindPod,
	"controllerrevisions": statefulset.KindControllerRevision,
}

func newServer(t *testing.T) *server {
	t.Helper()
	return newServerOf(t, statefulset.Upstream())
}

// newServerOf is one whose cluster decides as a profile says.
func newServerOf(t *testing.T, profile statefulset.Profile) *server {
	t.Helper()
	cluster, err := statefulset.NewCluster(profile)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cluster.Close() })
	s := &server{t: t, cluster: cluster, objects: map[string]map[string]any{}}
	for _, kind := range []statefulset.Kind{
		statefulset.KindStatefulSet, statefulset.KindPod, statefulset.KindPersistentVolumeClaim,
		statefulset.KindControllerRevision,
	} {
		s.must(cluster.BeginList(kind))
		s.must(cluster.EndList(kind, "1"))
	}
	return s
}

func (s *server) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// keep stores an object and shows it.
func (s *server) keep(at string, object map[string]any) []byte {
	s.t.Helper()
	meta := object["metadata"].(map[string]any)
	s.version++
	meta["resourceVersion"] = fmt.Sprint(100 + s.version)
	if meta["uid"] == nil {
		meta["uid"] = fmt.Sprintf("uid-%d", s.version)
		meta["creationTimestamp"] = noon.Format(time.RFC3339)
	}
	s.objects[at] = object
	text, err := json.Marshal(object)
	s.must(err)
	s.must(s.cluster.Apply(kinds[path.Base(path.Dir(at))], text))
	return text
}

// send carries a request out.
func (s *server) send(request statefulset.Request) statefulset.Response {
	s.t.Helper()
	s.sent = append(s.sent, request.Method+" "+request.Path)
	if s.refuse != nil {
		if response, refused := s.refuse(request); refused {
			return response
		}
	}
	var body map[string]any
	s.must(json.Unmarshal(request.Body, &body))
	switch request.Method {
	case "POST":
		meta := body["metadata"].(map[string]any)
		meta["namespace"] = "default"
		if strings.HasSuffix(request.Path, "/pods") {
			since := noon.Add(-time.Minute).Format(time.RFC3339)
			body["status"] = map[string]any{"phase": "Running", "conditions": []any{
				map[string]any{"type": "Ready", "status": "True", "lastTransitionTime": since},
			}}
		}
		object := s.keep(request.Path+"/"+meta["name"].(string), body)
		return statefulset.Response{HTTP: 201, Body: object}
	case "PATCH":
		at := strings.TrimSuffix(request.Path, "/status")
		object := s.objects[at]
		object["status"] = merged(object["status"], body["status"])
		return statefulset.Response{HTTP: 200, Body: s.keep(at, object)}
	}
	s.t.Fatalf("the test knows nothing of %s %s", request.Method, request.Path)
	return statefulset.Response{}
}

// merged is what a merge patch makes of a value.
func merged(value, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	fields, _ := value.(map[string]any)
	if fields == nil {
		fields = map[string]any{}
	}
	for key, change := range changes {
		if change == nil {
			delete(fields, key)
		} else {
			fields[key] = merged(fields[key], change)
		}
	}
	return fields
}

// all sends what may be sent.
func (s *server) all(set string, plan statefulset.PlanID, requests []statefulset.Request) []statefulset.Response {
	s.t.Helper()
	responses := make([]statefulset.Response, 0, len(requests))
	for i, request := range requests {
		may, err := s.cluster.MayTry(set, plan, i, responses)
		s.must(err)
		var response statefulset.Response
		if may {
			response = s.send(request)
		}
		responses = append(responses, response)
	}
	return responses
}

// turn looks at a set once.
func (s *server) turn(set string) (statefulset.Requests, statefulset.Tail) {
	s.t.Helper()
	requests, err := s.cluster.Plan(set, noon)
	s.must(err)
	responses := s.all(set, requests.ID, requests.List)
	tail, err := s.cluster.Finish(set, requests.ID, responses, noon)
	s.must(err)
	for _, event := range tail.Events {
		s.events = append(s.events, event.Type+" "+event.Reason+" "+event.Message)
	}
	s.must(s.cluster.Settle(set, requests.ID, s.all(set, requests.ID, tail.Requests), noon))
	return requests, tail
}

// rest looks at sets until none is due.
func (s *server) rest() {
	s.t.Helper()
	for range 20 {
		due, err := s.cluster.Due(noon)
		s.must(err)
		if len(due.Sets) == 0 {
			return
		}
		for _, set := range due.Sets {
			s.turn(set)
		}
	}
	s.t.Fatalf("no rest after\n%s", strings.Join(s.sent, "\n"))
}
