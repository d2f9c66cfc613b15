package statefulset_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"statefulset.internal/statefulset"
)

const web = "default/web"

func withSet(t *testing.T) *server {
	t.Helper()
	s := newServer(t)
	var object map[string]any
	s.must(json.Unmarshal([]byte(webSet), &object))
	s.keep("/apis/apps/v1/namespaces/default/statefulsets/web", object)
	return s
}

func TestFromNothingToReady(t *testing.T) {
	s := withSet(t)
	s.rest()
	want := []string{
		"POST /apis/apps/v1/namespaces/default/controllerrevisions",
		"POST /api/v1/namespaces/default/pods",
		"PATCH /apis/apps/v1/namespaces/default/statefulsets/web/status",
		"POST /api/v1/namespaces/default/pods",
		"PATCH /apis/apps/v1/namespaces/default/statefulsets/web/status",
	}
	if !slices.Equal(s.sent[:5], want) {
		t.Errorf("sent\n%s\nwant\n%s", strings.Join(s.sent, "\n"), strings.Join(want, "\n"))
	}
	wantEvents := []string{
		"Normal SuccessfulCreate Create Pod web-0 in StatefulSet web successful",
		"Normal SuccessfulCreate Create Pod web-1 in StatefulSet web successful",
	}
	if !slices.Equal(s.events, wantEvents) {
		t.Errorf("events %q", s.events)
	}
	status := s.objects["/apis/apps/v1/namespaces/default/statefulsets/web"]["status"].(map[string]any)
	if status["readyReplicas"] != 2.0 {
		t.Errorf("status %v", status)
	}
	sentences, err := s.cluster.Explain(web, noon)
	if err != nil || sentences != "web: up to date, nothing to do" {
		t.Errorf("%q, %v", sentences, err)
	}
}

func TestAPlanIsReadInFull(t *testing.T) {
	s := withSet(t)
	requests, err := s.cluster.Plan(web, noon)
	s.must(err)
	if again, err := s.cluster.Plan(web, noon); err != nil || again.ID != requests.ID || len(again.List) != 2 {
		t.Errorf("asking twice gives %+v, %v", again, err)
	}
	revision, pod := requests.List[0], requests.List[1]
	if revision.Reason != 0 || pod.Reason != statefulset.ReasonScaleOut || pod.Duty ||
		pod.ContentType != "application/json" || revision.Stage >= pod.Stage {
		t.Errorf("%+v", requests.List)
	}
	if len(requests.Waits) != 1 {
		t.Fatalf("%+v", requests.Waits)
	}
	wait := requests.Waits[0]
	if wait.Ordinal != 1 || wait.Through != 1 || wait.Reason != statefulset.ReasonScaleOut ||
		!wait.Gates.Has(statefulset.GateOrder) || wait.OnKind != "Pod" || wait.OnName != "web-0" {
		t.Errorf("%+v", wait)
	}
}

// What encoding/json would write as <a, the library wrote otherwise; neither may touch the other's.
func TestBodiesAreNotWrittenAgain(t *testing.T) {
	s := withSet(t)
	requests, err := s.cluster.Plan(web, noon)
	s.must(err)
	body := requests.List[1].Body
	written, err := json.Marshal(requests.List[1].Body)
	s.must(err)
	if !bytes.Contains(body, []byte(`"<a&b>"`)) || bytes.Equal(body, written) {
		t.Errorf("%s", body)
	}
}

// A failure stops what follows it, and is told.
func TestAFailureStopsLaterStages(t *testing.T) {
	s := withSet(t)
	s.refuse = func(request statefulset.Request) (statefulset.Response, bool) {
		return statefulset.Failed(errors.New("connection refused")), strings.HasSuffix(request.Path, "revisions")
	}
	_, tail := s.turn(web)
	if len(s.sent) != 1 || tail.Next != statefulset.NextRetry {
		t.Errorf("sent %q, next %s", s.sent, tail.Next)
	}
	due, err := s.cluster.Due(noon)
	if err != nil || len(due.Sets) != 0 || !due.Next.After(noon) || !due.Retrying {
		t.Errorf("%+v, %v", due, err)
	}
}

// The server's own words say what became of a request.
func TestAnswersInHTTP(t *testing.T) {
	s := withSet(t)
	status := `{"kind":"Status","reason":"Forbidden","message":"pods is forbidden: quota"}`
	s.refuse = func(request statefulset.Request) (statefulset.Response, bool) {
		return statefulset.Response{HTTP: 403, Body: []byte(status)}, strings.HasSuffix(request.Path, "/pods")
	}
	s.turn(web)
	want := "Warning FailedCreate Create Pod web-0 in StatefulSet web failed error: pods is forbidden: quota"
	if !slices.Equal(s.events, []string{want}) {
		t.Errorf("%q", s.events)
	}
	// A proxy's page is no JSON, and no reason to give up.
	s = withSet(t)
	s.refuse = func(request statefulset.Request) (statefulset.Response, bool) {
		return statefulset.Response{HTTP: 502, Body: []byte("<html>")}, strings.HasSuffix(request.Path, "/pods")
	}
	s.turn(web)
	if len(s.events) != 1 || !strings.Contains(s.events[0], "502") {
		t.Errorf("%q", s.events)
	}
}

// Sets are due by name.
func TestManySets(t *testing.T) {
	s := newServer(t)
	for i, name := range []string{"b", "c", "a"} {
		set := strings.Replace(webSet, `"name": "web"`, fmt.Sprintf("%q: %q", "name", name), 1)
		set = strings.Replace(set, "u-1", fmt.Sprint("u-", i), 1)
		s.must(s.cluster.Apply(statefulset.KindStatefulSet, []byte(set)))
	}
	due, err := s.cluster.Due(noon)
	if want := []string{"default/a", "default/b", "default/c"}; err != nil || !slices.Equal(due.Sets, want) {
		t.Errorf("%q, %v", due.Sets, err)
	}
}

func TestWatchEvents(t *testing.T) {
	s := newServer(t)
	s.must(s.cluster.Watch(fmt.Appendf(nil, `{"type":"ADDED","object":%s}`, webSet)))
	due, err := s.cluster.Due(noon)
	if err != nil || !slices.Equal(due.Sets, []string{web}) {
		t.Errorf("%+v, %v", due, err)
	}
	s.must(s.cluster.Bookmark(statefulset.KindPod, "20"))
	s.must(s.cluster.Remove(statefulset.KindStatefulSet, web, "u-1"))
	if _, err := s.cluster.Plan(web, noon); !errors.Is(err, statefulset.ErrNoSuchSet) {
		t.Errorf("%v", err)
	}

	var wrong *statefulset.InputError
	err = s.cluster.Watch([]byte(`{"type":"ERROR","object":{"message":"too old"}}`))
	if !errors.As(err, &wrong) || wrong.Code != statefulset.CodeBadJSON || wrong.List != statefulset.ListArgument ||
		wrong.Field != "event" || !strings.Contains(wrong.Message, "too old") {
		t.Errorf("%+v", err)
	}
}

// A bad object is named; the rest goes on.
func TestBadObjects(t *testing.T) {
	s := withSet(t)
	err := s.cluster.Apply(statefulset.KindPod, []byte(`{"metadata":{"name":"web-1","namespace":"default","uid":7}}`))
	var bad *statefulset.ObjectError
	if !errors.As(err, &bad) || bad.Kind != statefulset.KindPod ||
		!strings.HasPrefix(bad.Message, "Pod default/web-1: metadata.uid: ") {
		t.Fatalf("%v", err)
	}
	requests, err := s.cluster.Plan(web, noon)
	if err != nil || len(requests.List) == 0 {
		t.Errorf("%+v, %v", requests, err)
	}
}

func TestReconcile(t *testing.T) {
	kinds := []statefulset.Kind{
		statefulset.KindStatefulSet, statefulset.KindPod, statefulset.KindControllerRevision,
	}
	pod := `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-7","namespace":"default","uid":"u-7"},"spec":5}`
	objects := []byte("[" + webSet + "," + pod + "]")
	answer, err := statefulset.Reconcile(statefulset.Upstream(), web, kinds, objects, noon)
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Requests.List) != 2 || len(answer.Tail.Events) != 1 || answer.Tail.Next != statefulset.NextRest {
		t.Errorf("%+v", answer)
	}
	if len(answer.Errors) != 1 || !strings.HasPrefix(answer.Errors[0], "Pod default/web-7: ") {
		t.Errorf("%q", answer.Errors)
	}
	// Pods that were not shown may be there all the same.
	answer, err = statefulset.Reconcile(statefulset.Upstream(), web, kinds[:1], objects, noon)
	if err != nil || len(answer.Requests.List) != 0 || len(answer.Requests.Waits) != 1 {
		t.Errorf("%+v, %v", answer, err)
	}
}

func TestClosed(t *testing.T) {
	cluster, err := statefulset.NewCluster(statefulset.Upstream())
	if err != nil {
		t.Fatal(err)
	}
	if err := cluster.Close(); err != nil {
		t.Fatal(err)
	}
	_, plan := cluster.Plan(web, noon)
	_, due := cluster.Due(noon)
	for _, err := range []error{plan, due, cluster.Apply(statefulset.KindPod, nil), cluster.Close()} {
		if !errors.Is(err, statefulset.ErrClosed) {
			t.Errorf("%v", err)
		}
	}
}

// Readers run side by side, and one that changes the cluster waits until it is alone.
func TestOneClusterManyGoroutines(t *testing.T) {
	s := withSet(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				requests, err := s.cluster.Plan(web, noon)
				if err != nil || len(requests.List) != 2 {
					t.Errorf("%+v, %v", requests, err)
				}
				due, err := s.cluster.Due(noon)
				if err != nil || !slices.Equal(due.Sets, []string{web}) {
					t.Errorf("%+v, %v", due, err)
				}
				// Another goroutine may have planned meanwhile, from a later view.
				if _, err := s.cluster.MayTry(web, requests.ID, 0, nil); err != nil {
					t.Error(err)
				}
			}
		})
		group.Go(func() {
			for range 50 {
				if err := s.cluster.Bookmark(statefulset.KindPod, "7"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// A set in hand is not handed out twice, stays due, and comes back if something happened to it meanwhile.
func TestTakeDue(t *testing.T) {
	s := withSet(t)
	take := func(expected ...string) {
		t.Helper()
		due, err := s.cluster.TakeDue(noon)
		s.must(err)
		if !slices.Equal(due.Sets, expected) {
			t.Errorf("%v instead of %v", due.Sets, expected)
		}
	}
	take(web)
	take()
	due, err := s.cluster.Due(noon)
	s.must(err)
	if !slices.Equal(due.Sets, []string{web}) {
		t.Errorf("a set in hand is due: %+v", due)
	}
	plan, err := s.cluster.Plan(web, noon)
	s.must(err)
	responses := make([]statefulset.Response, len(plan.List))
	for i := range responses {
		responses[i] = statefulset.Response{Status: "done"}
	}
	_, err = s.cluster.Finish(web, plan.ID, responses, noon)
	s.must(err)
	take()
	_, err = s.cluster.Finish(web, statefulset.PlanID{}, nil, noon)
	s.must(err)
	take(web)
}

// What is never seen is named, and the caller is told when to come back.
func TestAwaited(t *testing.T) {
	cluster, err := statefulset.NewCluster(statefulset.Upstream())
	if err != nil {
		t.Fatal(err)
	}
	defer cluster.Close()
	s := withSet(t)
	s.must(cluster.Apply(statefulset.KindStatefulSet, []byte(webSet)))
	plan, err := cluster.Plan(web, noon)
	s.must(err)
	if wait := plan.Waits[0]; wait.OnKind != "StatefulSet" || wait.OnName != "" || wait.Unseen != statefulset.UnseenList {
		t.Errorf("%+v", wait)
	}
	_, err = cluster.Finish(web, plan.ID, nil, noon)
	s.must(err)
	due, err := cluster.Due(noon)
	s.must(err)
	expected := statefulset.Awaited{
		Set: web, Kind: "StatefulSet", Unseen: statefulset.UnseenList, Since: noon,
		Text: "waiting for a complete list of the kind StatefulSet: there was none yet (begin_list, then end_list)",
	}
	if len(due.Awaited) != 1 || due.Awaited[0] != expected || !due.Next.Equal(noon.Add(30*time.Second)) {
		t.Errorf("%+v", due)
	}
	if expected.IsLate(noon.Add(29*time.Second)) || !expected.IsLate(due.Next) {
		t.Error("30 s are late")
	}

	plan, err = s.cluster.Plan(web, noon)
	s.must(err)
	responses := make([]statefulset.Response, len(plan.List))
	for i := range responses {
		responses[i] = statefulset.Response{Status: "done", ResourceVersion: "812"}
	}
	_, err = s.cluster.Finish(web, plan.ID, responses, noon)
	s.must(err)
	s.must(s.cluster.Bookmark(statefulset.KindControllerRevision, "812"))
	s.must(s.cluster.Bookmark(statefulset.KindPod, "805"))
	told, err := s.cluster.Explain(web, noon.Add(45*time.Second))
	s.must(err)
	const text = "waiting to see our own write: pod web-0 was created at resource version 812, the pod watch is at 805"
	if !strings.HasPrefix(told, "web: nothing is decided yet: "+text+" (for 45 s; the pod watch may have died") {
		t.Error(told)
	}
	plan, err = s.cluster.Plan(web, noon)
	s.must(err)
	wait := plan.Waits[0]
	if wait.OnName != "web-0" || wait.Unseen != statefulset.UnseenWrite || wait.Version != 812 || wait.Seen != 805 ||
		!wait.Since.Equal(noon) {
		t.Errorf("%+v", wait)
	}
}

// Sets may be objects of a resource of one's own.
func TestClusterOf(t *testing.T) {
	resource := statefulset.SetResource{APIVersion: "example.org/v1", Kind: "PlannedSet", Plural: "plannedsets"}
	cluster, err := statefulset.NewClusterOf(statefulset.Upstream(), resource)
	if err != nil {
		t.Fatal(err)
	}
	defer cluster.Close()
	for _, kind := range kinds {
		if err := errors.Join(cluster.BeginList(kind), cluster.EndList(kind, "1")); err != nil {
			t.Fatal(err)
		}
	}
	set := strings.NewReplacer("apps/v1", "example.org/v1", "StatefulSet", "PlannedSet").Replace(webSet)
	if err := cluster.Watch(fmt.Appendf(nil, `{"type":"ADDED","object":%s}`, set)); err != nil {
		t.Fatal(err)
	}
	requests, err := cluster.Plan(web, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, request := range requests.List {
		if !bytes.Contains(request.Body, []byte(`"apiVersion":"example.org/v1","blockOwnerDeletion":true,"controller":true,"kind":"PlannedSet"`)) {
			t.Errorf("%s", request.Body)
		}
	}
	if err := cluster.Watch(fmt.Appendf(nil, `{"type":"ADDED","object":%s}`, webSet)); err == nil {
		t.Error("a StatefulSet is taken for a set")
	}

	// Messages call a set what it is.
	var unreadable *statefulset.ObjectError
	err = cluster.Apply(statefulset.KindStatefulSet, []byte(strings.Replace(set, `"spec"`, `"specs"`, 1)))
	if !errors.As(err, &unreadable) || unreadable.Kind != statefulset.KindStatefulSet || !strings.HasPrefix(err.Error(), "PlannedSet default/web: ") {
		t.Errorf("%+v", err)
	}
	if _, err := cluster.Plan("default/other", noon); err == nil || !strings.Contains(err.Error(), "PlannedSet default/other: ") {
		t.Errorf("%v", err)
	}

	var wrong *statefulset.InputError
	_, err = statefulset.NewClusterOf(statefulset.Upstream(), statefulset.SetResource{APIVersion: "v1", Kind: "Pod", Plural: "pods"})
	if !errors.As(err, &wrong) || wrong.Code != statefulset.CodeNotAName || wrong.Field != "kind" {
		t.Errorf("%+v", err)
	}
}
