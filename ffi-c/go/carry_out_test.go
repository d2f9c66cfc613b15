package statefulset_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"statefulset.internal/statefulset"
)

// journal is what was begun, and how much of it at once.
type journal struct {
	lock      sync.Mutex
	lines     []string
	now, most int
}

func (l *journal) begin(line string) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.lines = append(l.lines, line)
	l.now++
	l.most = max(l.most, l.now)
}

func (l *journal) end() {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.now--
}

// wide is a set whose pods may start beside each other, after the first.
func wide() (statefulset.Desired, statefulset.Observed) {
	desired := statefulset.Desired{
		Replicas: 3, Templates: 1, CurrentRevision: 1, UpdateRevision: 1, Management: statefulset.Parallel,
	}
	return desired, statefulset.Observed{Fresh: true, Claims: []statefulset.Claim{}}
}

func TestActionsAreCarriedOutInOrder(t *testing.T) {
	desired, observed := wide()
	var done journal
	conclusion, err := statefulset.CarryOut(t.Context(), desired, observed, time.UnixMilli(0), 1,
		func(_ context.Context, action statefulset.Action) statefulset.Outcome {
			done.begin(fmt.Sprint(action.Kind, " ", action.Ordinal))
			defer done.end()
			if len(done.lines) == 3 {
				return statefulset.OutcomeFailed
			}
			return statefulset.OutcomeDone
		})
	if err != nil || conclusion.Next != statefulset.NextRetry {
		t.Fatal(conclusion, err)
	}
	expected := []string{"create-claim 0", "create-pod 0", "create-claim 1", "create-claim 2", "create-pod 2"}
	if !slices.Equal(done.lines, expected) || done.most != 1 {
		t.Error(done.lines, done.most)
	}
}

func TestChainsRunSideBySide(t *testing.T) {
	desired, observed := wide()
	for limit, most := range map[int]int{0: 2, 1: 1, 2: 2, 7: 2} {
		var done journal
		// Of the second stage each waits for the other, if both may run.
		var both sync.WaitGroup
		both.Add(2)
		act := func(_ context.Context, action statefulset.Action) statefulset.Outcome {
			done.begin(fmt.Sprint(action.Kind, " ", action.Ordinal))
			defer done.end()
			if limit != 1 && action.Kind == statefulset.ActionCreateClaim && action.Ordinal > 0 {
				both.Done()
				both.Wait()
			}
			return statefulset.OutcomeDone
		}
		conclusion, err := statefulset.CarryOut(t.Context(), desired, observed, time.UnixMilli(0), limit, act)
		if err != nil || !conclusion.Publish || conclusion.Next != statefulset.NextRest {
			t.Fatal(conclusion, err)
		}
		if len(done.lines) != 6 || done.most != most {
			t.Errorf("limit %d: %v, %d at once", limit, done.lines, done.most)
		}
		for _, ordinal := range "012" {
			claim := slices.Index(done.lines, "create-claim "+string(ordinal))
			if pod := slices.Index(done.lines, "create-pod "+string(ordinal)); claim > pod {
				t.Errorf("limit %d: %v", limit, done.lines)
			}
		}
	}
}

func TestCancellingBeginsNothingMore(t *testing.T) {
	desired, observed := wide()
	ctx, cancel := context.WithCancel(t.Context())
	var done journal
	conclusion, err := statefulset.CarryOut(ctx, desired, observed, time.UnixMilli(0), 0,
		func(context.Context, statefulset.Action) statefulset.Outcome {
			done.begin("one")
			cancel()
			return statefulset.OutcomeDone
		})
	if err != nil || conclusion.Next != statefulset.NextAgain || len(done.lines) != 1 {
		t.Error(conclusion, err, done.lines)
	}
}

// seen is a cluster of nothing but the set.
func seen(t *testing.T) *statefulset.Cluster {
	t.Helper()
	cluster, err := statefulset.NewCluster(statefulset.Upstream())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cluster.Close() })
	for _, kind := range []statefulset.Kind{
		statefulset.KindStatefulSet, statefulset.KindPod, statefulset.KindPersistentVolumeClaim,
		statefulset.KindControllerRevision,
	} {
		err := cluster.BeginList(kind)
		if kind == statefulset.KindStatefulSet && err == nil {
			err = cluster.Apply(kind, []byte(webSet))
		}
		if err == nil {
			err = cluster.EndList(kind, "10")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return cluster
}

func TestATurnIsOneCall(t *testing.T) {
	cluster := seen(t)
	var sent journal
	send := func(_ context.Context, request statefulset.Request) statefulset.Response {
		sent.begin(request.Method + " " + request.Path[strings.LastIndex(request.Path, "/")+1:])
		defer sent.end()
		return statefulset.Response{HTTP: 201, Body: []byte(`{"metadata":{"resourceVersion":"12"}}`)}
	}
	tail, err := cluster.CarryOut(t.Context(), web, noon, 0, send)
	if err != nil || tail.Next != statefulset.NextRest || len(tail.Events) != 1 {
		t.Fatal(tail, err)
	}
	if expected := []string{"POST controllerrevisions", "POST pods", "PATCH status"}; !slices.Equal(sent.lines, expected) {
		t.Error(sent.lines)
	}
	if due, err := cluster.Due(noon); err != nil || len(due.Sets) > 0 {
		t.Error(due, err)
	}
	if _, err := cluster.CarryOut(t.Context(), "default/other", noon, 0, send); err == nil {
		t.Error("there is no such set")
	}
}

func TestWhatDependsOnAFailureIsNotSent(t *testing.T) {
	for _, response := range []statefulset.Response{
		{},
		{HTTP: 500},
		{HTTP: 404},
		{Status: statefulset.StatusNotTried},
		{Status: statefulset.StatusConflict},
		{Status: statefulset.StatusAlreadyExists},
		statefulset.Failed(fmt.Errorf("no room")),
	} {
		cluster := seen(t)
		var sent journal
		_, err := cluster.CarryOut(t.Context(), web, noon, 1,
			func(_ context.Context, request statefulset.Request) statefulset.Response {
				sent.begin(request.Path)
				return response
			})
		if err != nil || len(sent.lines) != 1 {
			t.Error(response, sent.lines, err)
		}
	}
}

// A manifest as people write it is told how it is completed.
func TestAManifestWithoutDefaultsNamesTheCallThatFillsThemIn(t *testing.T) {
	cluster, err := statefulset.NewCluster(statefulset.Upstream())
	if err != nil {
		t.Fatal(err)
	}
	defer cluster.Close()
	bare := strings.Replace(webSet, `"revisionHistoryLimit": 10,`, "", 1)
	err = cluster.Apply(statefulset.KindStatefulSet, []byte(bare))
	if err == nil || !strings.HasSuffix(err.Error(), "pass it through `normalize` first") {
		t.Fatal(err)
	}
	complete, err := statefulset.Normalize(statefulset.Upstream(), []byte(bare))
	if err != nil {
		t.Fatal(err)
	}
	if err := cluster.Apply(statefulset.KindStatefulSet, complete); err != nil {
		t.Error(err)
	}
}
