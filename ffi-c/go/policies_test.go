package statefulset_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"statefulset.internal/statefulset"
)

// rollingSet is three parallel pods, old ones, of a set that is at a newer revision.
func rollingSet(policies statefulset.Policies) (statefulset.Desired, statefulset.Observed) {
	desired := statefulset.Desired{
		Replicas: 3, Management: statefulset.Parallel, CurrentRevision: 1, UpdateRevision: 2, Policies: policies,
	}
	var pods []statefulset.Pod
	for ordinal := range uint32(3) {
		pods = append(pods, statefulset.Pod{Ordinal: ordinal, Phase: statefulset.PhaseRunning, Ready: true, Revision: 1})
	}
	return desired, statefulset.Observed{Fresh: true, Pods: pods}
}

func TestPolicies(t *testing.T) {
	none, limit := uint32(0), statefulset.Limit{Kind: statefulset.LimitCount, Value: 1}
	type set func(*statefulset.Desired, *statefulset.Observed)
	alone := func(*statefulset.Desired, *statefulset.Observed) {}
	for name, test := range map[string]struct {
		policies statefulset.Policies
		change   set
		want     string
	}{
		"none":   {statefulset.Policies{}, alone, "delete-pod 2 (rollout)\nwait 0-1 (rollout): max-unavailable"},
		"paused": {statefulset.Policies{Paused: statefulset.PausedRollout}, alone, "wait 0-2 (rollout): paused"},
		"group":  {statefulset.Policies{Allowance: &none}, alone, "wait 0-2 (rollout): group"},
		"tiers": {
			statefulset.Policies{Ranked: statefulset.RankedTiers, LowestFirst: true},
			func(_ *statefulset.Desired, observed *statefulset.Observed) { observed.Pods[0].Rank = 1 },
			"delete-pod 1 (rollout)\nwait 0 (rollout): max-unavailable,earlier-rank\nwait 2 (rollout): max-unavailable",
		},
		"excluded": {
			statefulset.Policies{Excluded: []statefulset.Exclusion{{First: 1, Last: 1}}, StandInFirst: true},
			func(desired *statefulset.Desired, _ *statefulset.Observed) { desired.UpdateRevision = 1 },
			"create-pod 3 (scale-out)\nwait 1 (scale-in): excluded",
		},
		"scale-out": {
			statefulset.Policies{ScaleOutLimit: limit},
			func(_ *statefulset.Desired, observed *statefulset.Observed) { observed.Pods = nil },
			"create-pod 0 (scale-out)\nwait 1-2 (scale-out): scale-limit",
		},
		"scale-in": {
			statefulset.Policies{ScaleInLimit: limit},
			func(desired *statefulset.Desired, _ *statefulset.Observed) { desired.Replicas = 0 },
			"delete-pod 2 (scale-in)\nwait 0-1 (scale-in): scale-limit",
		},
		"in place": {
			statefulset.Policies{InPlace: statefulset.InPlaceIfPossible},
			func(_ *statefulset.Desired, observed *statefulset.Observed) {
				for i := range observed.Pods {
					observed.Pods[i].Change = statefulset.ChangeInPlace
				}
			},
			"update-in-place 2 (rollout)\nwait 0-1 (rollout): max-unavailable",
		},
		"only in place": {
			statefulset.Policies{InPlace: statefulset.InPlaceOnly},
			func(_ *statefulset.Desired, observed *statefulset.Observed) {
				observed.Pods[2].Revision, observed.Pods[2].Changing = 2, true
			},
			"wait 0-1 (rollout): max-unavailable,not-in-place\nwait 2 (health): pod-changing",
		},
		"pace": {
			statefulset.Policies{Pace: time.Minute},
			func(desired *statefulset.Desired, _ *statefulset.Observed) {
				desired.Published = &statefulset.Status{
					CurrentRevision: 1, UpdateRevision: 2, DisruptedAt: time.UnixMilli(1).Add(time.Hour - time.Second),
				}
			},
			"wait 0-2 (rollout): pace",
		},
		"deadline": {
			statefulset.Policies{Deadline: &statefulset.Deadline{After: time.Minute, Then: statefulset.OverdueHalt}},
			func(desired *statefulset.Desired, observed *statefulset.Observed) {
				desired.Published = &statefulset.Status{
					CurrentRevision: 1, UpdateRevision: 2, ProgressedAt: time.UnixMilli(1),
				}
				observed.Pods[2].Ready, observed.Pods[2].Revision = false, 2
			},
			"wait 0-1 (rollout): deadline\nwait 2 (health): pod-not-ready",
		},
		"repair": {
			statefulset.Policies{Repair: &statefulset.Repair{After: time.Minute, Ordered: true}},
			func(desired *statefulset.Desired, observed *statefulset.Observed) {
				desired.Management = statefulset.OrderedReady
				observed.Pods = observed.Pods[:1]
				observed.Pods[0].Ready, observed.Pods[0].ReadySince = false, time.UnixMilli(1)
			},
			"delete-pod 0 (broken-revision)\nwait 1-2 (scale-out): order",
		},
	} {
		t.Run(name, func(t *testing.T) {
			desired, observed := rollingSet(test.policies)
			test.change(&desired, &observed)
			decision, err := statefulset.Plan(desired, observed, time.UnixMilli(1).Add(time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			if got := in(decision); got != test.want {
				t.Errorf("%s, and not %s", got, test.want)
			}
		})
	}
}

func TestBadPolicies(t *testing.T) {
	for field, policies := range map[string]statefulset.Policies{
		"first":           {Excluded: []statefulset.Exclusion{{First: 1, Last: 3}, {First: 3, Last: 4}}},
		"paused":          {Paused: statefulset.PausedAll + 1},
		"scale_out_limit": {ScaleOutLimit: statefulset.Limit{Kind: statefulset.LimitPercent, Value: 101}},
		"in_place":        {InPlace: statefulset.InPlaceOnly + 1},
		"pace_ms":         {Pace: -time.Second},
		"repair_after_ms": {Repair: &statefulset.Repair{After: -time.Second}},
	} {
		desired, observed := rollingSet(policies)
		_, err := statefulset.Plan(desired, observed, time.UnixMilli(1))
		var input *statefulset.InputError
		if !errors.As(err, &input) || input.Field != field {
			t.Errorf("%s: %v", field, err)
		} else if field == "first" && (input.List != statefulset.ListExclusions || input.Index != 1 || input.Code != statefulset.CodeDisorder) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// A set that is overdue says in its status that it is, and where to go back to.
func TestOverdue(t *testing.T) {
	deadline := statefulset.Deadline{After: time.Minute, Then: statefulset.OverdueSuggest}
	desired, observed := rollingSet(statefulset.Policies{Deadline: &deadline})
	observed.Pods[2].Ready, observed.Pods[2].Revision = false, 2
	begun := time.UnixMilli(1).UTC()
	first, err := statefulset.Plan(desired, observed, begun)
	if err != nil || first.Suggests != nil || !first.Status.ProgressedAt.Equal(begun) || !first.NextWake.Equal(begun.Add(time.Minute)) {
		t.Fatalf("%+v, %v", first, err)
	}
	desired.Published = &first.Status
	late, err := statefulset.Plan(desired, observed, first.NextWake)
	if err != nil || late.Suggests == nil || *late.Suggests != 1 || late.Status.Progressing != statefulset.ProgressOverdue {
		t.Fatalf("%+v, %v", late, err)
	}
}

func TestAllot(t *testing.T) {
	desired, observed := rollingSet(statefulset.Policies{})
	idle, err := statefulset.MemberOf(desired, observed, time.UnixMilli(1))
	if err != nil || idle != (statefulset.Member{Outdated: 3}) {
		t.Fatalf("%+v, %v", idle, err)
	}
	busy := statefulset.Member{Unavailable: 1}
	for _, test := range []struct {
		members []statefulset.Member
		want    []uint32
	}{
		{nil, []uint32{}},
		{[]statefulset.Member{idle, idle}, []uint32{math.MaxUint32, 0}},
		{[]statefulset.Member{idle, busy}, []uint32{0, math.MaxUint32}},
		{[]statefulset.Member{busy, busy}, []uint32{0, 0}},
	} {
		if got := statefulset.Allot(test.members); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, and not %v", test.members, got, test.want)
		}
	}
}

// What a set asks for in its annotation counts where the profile says so, and what cannot be read is refused with its place.
func TestPoliciesInAnAnnotation(t *testing.T) {
	annotated := func(policies string) []byte {
		text, err := json.Marshal(policies)
		if err != nil {
			t.Fatal(err)
		}
		annotations := fmt.Sprintf(`"metadata": {"annotations": {"statefulset.dev/policies": %s}, `, text)
		return []byte(strings.Replace(webSet, `"metadata": {"name": "web",`, annotations+`"name": "web",`, 1))
	}
	asking := statefulset.Upstream()
	asking.Policies = statefulset.PoliciesAnnotations
	for name, test := range map[string]struct {
		profile statefulset.Profile
		want    string
	}{
		"upstream":    {statefulset.Upstream(), "web-0"},
		"annotations": {asking, "web-1"},
		"zones":       {statefulset.Zones(), "web-1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServerOf(t, test.profile)
			s.must(s.cluster.Apply(statefulset.KindStatefulSet, annotated(`{"excluded": [{"first": 0}]}`)))
			requests, err := s.cluster.Plan(web, noon)
			s.must(err)
			if body := string(requests.List[1].Body); !strings.Contains(body, `"name":"`+test.want+`"`) {
				t.Errorf("no %s in %s", test.want, body)
			}
		})
	}
	s := newServerOf(t, asking)
	err := s.cluster.Apply(statefulset.KindStatefulSet, annotated(`{"exclude": []}`))
	if err == nil || !strings.Contains(err.Error(), "metadata.annotations[statefulset.dev/policies]: exclude: unknown field") {
		t.Error(err)
	}
	if statefulset.Kruise().Policies != statefulset.PoliciesKruise || statefulset.PingCAP().Policies != statefulset.PoliciesPingCAP {
		t.Error("profiles are mixed up")
	}
}
