package statefulset_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"statefulset.internal/statefulset"
)

const (
	oldRevision statefulset.Revision = 1
	newRevision statefulset.Revision = 2
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// ready is a pod at the old revision, running and ready for an hour.
func ready(ordinal uint32) statefulset.Pod {
	return statefulset.Pod{
		Ordinal: ordinal, Phase: statefulset.PhaseRunning, Revision: oldRevision,
		Ready: true, ReadySince: noon.Add(-time.Hour),
	}
}

func bound(ordinal uint32) statefulset.Claim {
	return statefulset.Claim{
		Ordinal: ordinal, Phase: statefulset.ClaimBound, Modes: statefulset.ReadWriteOnce,
	}
}

// settled is a set of so many pods with a claim each, up to date.
func settled(replicas uint32) (statefulset.Desired, statefulset.Observed) {
	desired := statefulset.Desired{
		Generation: 1, Replicas: replicas, Templates: 1,
		CurrentRevision: oldRevision, UpdateRevision: oldRevision,
	}
	observed := statefulset.Observed{Fresh: true, Claims: []statefulset.Claim{}}
	for ordinal := range replicas {
		observed.Pods = append(observed.Pods, ready(ordinal))
		observed.Claims = append(observed.Claims, bound(ordinal))
	}
	return desired, observed
}

func plan(t *testing.T, desired statefulset.Desired, observed statefulset.Observed) statefulset.Decision {
	t.Helper()
	decision, err := statefulset.Plan(desired, observed, noon)
	if err != nil {
		t.Fatal(err)
	}
	return decision
}

// in is what the actions say of themselves.
func in(decision statefulset.Decision) string {
	var lines []string
	for _, action := range decision.Actions {
		lines = append(lines, action.String())
	}
	return strings.Join(lines, "\n")
}

func TestNothingThere(t *testing.T) {
	desired, _ := settled(3)
	decision := plan(t, desired, statefulset.Observed{Fresh: true, Claims: []statefulset.Claim{}})
	want := "create-claim 0 (scale-out)\ncreate-pod 0 (scale-out)\nwait 1-2 (scale-out): order"
	if in(decision) != want {
		t.Errorf("got\n%s\nwant\n%s", in(decision), want)
	}
	claim, pod := decision.Actions[0], decision.Actions[1]
	if claim.Stage != pod.Stage || claim.Step >= pod.Step || pod.Revision != oldRevision {
		t.Errorf("the claim comes before its pod: %+v, %+v", claim, pod)
	}
	if !decision.Publish || decision.Status.ObservedGeneration != 1 || decision.Status.Ready != 0 {
		t.Errorf("status %+v", decision.Status)
	}
}

func TestAtItsGoal(t *testing.T) {
	desired, observed := settled(3)
	decision := plan(t, desired, observed)
	if len(decision.Actions) != 0 || decision.More || !decision.NextWake.IsZero() {
		t.Errorf("something to do: %+v", decision)
	}
	want := statefulset.Status{
		ObservedGeneration: 1, Replicas: 3, Ready: 3, Available: 3, Current: 3, Updated: 3,
		CurrentRevision: oldRevision, UpdateRevision: oldRevision,
	}
	if !decision.Publish || decision.Status != want {
		t.Errorf("status %+v, want %+v", decision.Status, want)
	}

	desired.Published = &decision.Status
	if again := plan(t, desired, observed); again.Publish {
		t.Errorf("published already: %+v", again.Status)
	}
}

func TestStaleView(t *testing.T) {
	desired, observed := settled(3)
	observed.Fresh = false
	decision := plan(t, desired, observed)
	if in(decision) != "wait 0-2 (stale-view): stale-view" {
		t.Fatal(in(decision))
	}
	if wait := decision.Actions[0].Wait; wait.On != statefulset.OnView || wait.Entry.Known() {
		t.Errorf("%+v", wait)
	}
}

func TestTimeEndsAWait(t *testing.T) {
	desired, observed := settled(2)
	desired.MinReady = 90 * time.Minute
	decision := plan(t, desired, observed)
	// Ready since 11:00, so available at 12:30.
	until := noon.Add(30 * time.Minute)
	if len(decision.Actions) == 0 {
		t.Fatal("nothing to wait for")
	}
	wait := decision.Actions[0].Wait
	if !wait.Gates.Has(statefulset.GatePodNotAvailable) || !wait.Until.Equal(until) || !decision.NextWake.Equal(until) {
		t.Errorf("%+v, next wake %s", wait, decision.NextWake)
	}
	if wait.Until.Location() != time.UTC {
		t.Errorf("the answer depends on where it is given: %s", wait.Until)
	}
	if wait.On != statefulset.OnPod || wait.Entry.Int() != 0 || !wait.Since.Equal(noon.Add(-time.Hour)) {
		t.Errorf("%+v", wait)
	}
	if again, err := statefulset.Plan(desired, observed, until); err != nil || len(again.Actions) != 0 {
		t.Errorf("%v %v", again.Actions, err)
	}
}

// A part of a millisecond counts in full: nothing becomes available early.
func TestShortDurationsAreNotZero(t *testing.T) {
	desired, observed := settled(1)
	observed.Pods[0].ReadySince = noon
	desired.MinReady = time.Nanosecond
	if decision := plan(t, desired, observed); !decision.NextWake.Equal(noon.Add(time.Millisecond)) {
		t.Errorf("next wake %s", decision.NextWake)
	}
	desired.MinReady = -time.Nanosecond
	var wrong *statefulset.InputError
	_, err := statefulset.Plan(desired, observed, noon)
	if !errors.As(err, &wrong) || wrong.Code != statefulset.CodeNegative || wrong.Field != "min_ready_ms" {
		t.Errorf("%+v", err)
	}
}

func TestClaimOwners(t *testing.T) {
	desired, observed := settled(2)
	desired.WhenDeleted = statefulset.KeepDelete
	decision := plan(t, desired, observed)
	var claims []int
	for _, action := range decision.Actions {
		if action.Kind != statefulset.ActionSetClaimOwner {
			continue
		}
		claims = append(claims, action.Claim.Int())
		if action.Owner != statefulset.ClaimOwnerSet || action.Pod.Known() {
			t.Errorf("%+v", action)
		}
	}
	if !slices.Equal(claims, []int{0, 1}) {
		t.Error(in(decision))
	}
}

func TestStandalone(t *testing.T) {
	profile := statefulset.Standalone()
	if profile.UnreachableAfter != 5*time.Minute || !profile.BindClaims || profile.Shutdown != statefulset.ShutdownOrdered {
		t.Errorf("%+v", profile)
	}
	desired, observed := settled(1)
	desired.Profile = &profile

	observed.Claims[0].Phase = statefulset.ClaimPending
	observed.Claims[0].Request = 1 << 30
	observed.Volumes = []statefulset.Volume{{
		Capacity: 1 << 30, Matches: math.MaxUint64, Phase: statefulset.VolumeAvailable, Modes: statefulset.ReadWriteOnce,
	}}
	decision := plan(t, desired, observed)
	if len(decision.Actions) == 0 {
		t.Fatal("nothing to bind")
	}
	action := decision.Actions[0]
	if action.Kind != statefulset.ActionBindClaim || action.Claim.Int() != 0 || action.Volume.Int() != 0 {
		t.Error(in(decision))
	}

	_, observed = settled(1)
	observed.Pods[0].Node = statefulset.At(1)
	observed.Nodes = []statefulset.Node{
		{State: statefulset.NodeReady},
		{State: statefulset.NodeFenced, Since: noon.Add(-time.Minute)},
	}
	decision = plan(t, desired, observed)
	action = decision.Actions[0]
	if action.Kind != statefulset.ActionForceDeletePod || action.Pod.Int() != 0 || action.Node.Int() != 1 {
		t.Error(in(decision))
	}
}

func TestDryRun(t *testing.T) {
	profile := statefulset.Upstream()
	profile.MaxActions = 0
	desired, observed := settled(3)
	desired.Profile = &profile
	observed.Pods = nil
	if decision := plan(t, desired, observed); len(decision.Actions) != 0 || !decision.More {
		t.Errorf("%+v", decision)
	}
}

// What the buffers are too small for, they grow for; what they held before is gone.
func TestPlannerOverAndOver(t *testing.T) {
	var planner statefulset.Planner
	for _, replicas := range []uint32{1, 900, 2, 0, 900} {
		desired, observed := settled(replicas)
		observed.Pods, observed.Claims = nil, []statefulset.Claim{}
		desired.Management = statefulset.Parallel
		kept, err := planner.Plan(&desired, &observed, noon)
		if err != nil {
			t.Fatal(err)
		}
		fresh := plan(t, desired, observed)
		if in(kept) != in(fresh) || kept.Status != fresh.Status || kept.More != fresh.More {
			t.Errorf("%d replicas: got\n%s\nwant\n%s", replicas, in(kept), in(fresh))
		}
	}
}

// Every argument that breaks its contract gives an error that says where.
func TestInputErrors(t *testing.T) {
	type change func(*statefulset.Desired, *statefulset.Observed)
	tests := []struct {
		name  string
		spoil change
		want  statefulset.InputError
	}{
		{"phase", func(_ *statefulset.Desired, seen *statefulset.Observed) { seen.Pods[1].Phase = 9 },
			statefulset.InputError{Code: statefulset.CodeUnknownNumber, List: statefulset.ListPods, Index: 1, Field: "phase"}},
		{"ordinals", func(want *statefulset.Desired, _ *statefulset.Observed) { want.Start = statefulset.MaxOrdinal },
			statefulset.InputError{Code: statefulset.CodeOverflow, List: statefulset.ListDesired, Field: "start"}},
		{"twin claims", func(_ *statefulset.Desired, seen *statefulset.Observed) { seen.Claims[2].Ordinal = 0 },
			statefulset.InputError{Code: statefulset.CodeDuplicate, List: statefulset.ListClaims, Index: 2, Field: "ordinal"}},
		{"template", func(_ *statefulset.Desired, seen *statefulset.Observed) { seen.Claims[1].Template = 1 },
			statefulset.InputError{
				Code: statefulset.CodeNoSuchEntry, List: statefulset.ListClaims, Index: 1, Field: "template_index",
			}},
		{"node", func(_ *statefulset.Desired, seen *statefulset.Observed) { seen.Pods[2].Node = statefulset.At(-1) },
			statefulset.InputError{Code: statefulset.CodeNoSuchEntry, List: statefulset.ListPods, Index: 2, Field: "node"}},
		{"rolling", func(want *statefulset.Desired, _ *statefulset.Observed) {
			want.Strategy, want.Rolling.Partition = statefulset.StrategyOnDelete, 1
		},
			statefulset.InputError{Code: statefulset.CodeReserved, List: statefulset.ListDesired, Field: "partition"}},
		{"reach", func(_ *statefulset.Desired, seen *statefulset.Observed) {
			seen.Volumes = []statefulset.Volume{{Reach: 1}}
		},
			statefulset.InputError{Code: statefulset.CodeReserved, List: statefulset.ListVolumes, Field: "reach"}},
		{"node of a group", func(_ *statefulset.Desired, seen *statefulset.Observed) {
			seen.Nodes, seen.Reach = []statefulset.Node{{}}, []statefulset.Reach{{Node: 0}, {Node: 1}}
		},
			statefulset.InputError{Code: statefulset.CodeNoSuchEntry, List: statefulset.ListReach, Index: 1, Field: "node"}},
		{"negative", func(want *statefulset.Desired, _ *statefulset.Observed) { want.MinReady = -time.Second },
			statefulset.InputError{Code: statefulset.CodeNegative, List: statefulset.ListDesired, Field: "min_ready_ms"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			desired, observed := settled(3)
			test.spoil(&desired, &observed)
			_, err := statefulset.Plan(desired, observed, noon)
			var got *statefulset.InputError
			if !errors.As(err, &got) {
				t.Fatalf("no InputError: %v", err)
			}
			if got.Message == "" {
				t.Error("no message")
			}
			got.Message = ""
			if *got != test.want {
				t.Errorf("got %+v, want %+v", *got, test.want)
			}
		})
	}
}

// Any goroutine may plan at any time; the race detector watches.
func TestManyAtOnce(t *testing.T) {
	var group sync.WaitGroup
	for worker := range uint32(8) {
		group.Go(func() {
			desired, observed := settled(worker + 1)
			observed.Pods = observed.Pods[:worker]
			want, err := statefulset.Plan(desired, observed, noon)
			if err != nil {
				t.Error(err)
				return
			}
			for range 200 {
				got, err := statefulset.Plan(desired, observed, noon)
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v, %v; want %+v", got, err, want)
					return
				}
			}
		})
	}
	group.Wait()
}

func TestAllocations(t *testing.T) {
	var planner statefulset.Planner
	desired, observed := settled(100)
	desired.UpdateRevision = newRevision
	allocations := testing.AllocsPerRun(100, func() {
		if _, err := planner.Plan(&desired, &observed, noon); err != nil {
			t.Error(err)
		}
	})
	if allocations != 0 {
		t.Errorf("%v allocations", allocations)
	}
}

// What a version changes are its gates; what the profile does of other controllers' tasks stays.
func TestFollowing(t *testing.T) {
	profile := statefulset.Standalone().Following(statefulset.Kubernetes133)
	old := statefulset.UpstreamOf(statefulset.Kubernetes133)
	if profile.Kubernetes != old.Kubernetes || profile.MaxUnavailable || profile.SemanticRevisions || profile.ReadYourWrites {
		t.Errorf("%+v", profile)
	}
	if profile.Following(statefulset.Standalone().Kubernetes) != statefulset.Standalone() {
		t.Errorf("%+v", profile)
	}
	if statefulset.Upstream().Following(statefulset.Kubernetes138) != statefulset.UpstreamOf(statefulset.Kubernetes138) {
		t.Error("1.38 is not what it is")
	}
}
