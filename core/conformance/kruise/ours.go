package kruise

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/intstr"
	"statefulset.internal/statefulset"
)

// Outcome is what came of a moment.
type Outcome struct {
	Writes []Write
	// Status is nil if none is published.
	Status *Status
	// Problem is an error, in words.
	Problem string
}

// Write is what is done to a pod.
type Write struct {
	// "create", "delete" or "update".
	Verb     string
	Ordinal  int32
	Revision string
	// Why, and in which stage; only the library says so.
	reason statefulset.Reason
	stage  uint32
}

func (w Write) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %d %s", w.Verb, w.Ordinal, w.Revision))
}

// same tells whether two writes are the same, whatever is behind them.
func (w Write) same(other Write) bool {
	return w.Verb == other.Verb && w.Ordinal == other.Ordinal && w.Revision == other.Revision
}

var numbers = map[string]statefulset.Revision{"older": 1, "old": 2, "new": 3}

func nameOf(revision statefulset.Revision) string {
	for name, number := range numbers {
		if number == revision {
			return name
		}
	}
	panic(fmt.Errorf("no revision has the number %d", revision))
}

// Ours asks the library what to do. Reserved ordinals that are not well formed are taken for none.
func Ours(m *Moment) Outcome { return m.plan(statefulset.Kruise()) }

func (m *Moment) plan(profile statefulset.Profile) Outcome {
	now := time.Now()
	desired := m.desired()
	desired.Profile = &profile
	decision, err := statefulset.Plan(desired, statefulset.Observed{Fresh: true, Pods: m.facts(now)}, now)
	if err != nil {
		return Outcome{Problem: err.Error()}
	}
	var outcome Outcome
	for _, action := range decision.Actions {
		write := Write{Ordinal: int32(action.Ordinal), reason: action.Reason, stage: action.Stage}
		switch action.Kind {
		case statefulset.ActionWait:
			continue
		case statefulset.ActionCreatePod:
			write.Verb, write.Revision = "create", nameOf(action.Revision)
		case statefulset.ActionDeletePod:
			write.Verb = "delete"
		case statefulset.ActionUpdatePod:
			write.Verb = "update"
		default:
			write.Verb = action.Kind.String()
		}
		outcome.Writes = append(outcome.Writes, write)
	}
	if decision.Publish {
		outcome.Status = &Status{
			Replicas:        int32(decision.Status.Replicas),
			Ready:           int32(decision.Status.Ready),
			Available:       int32(decision.Status.Available),
			Current:         int32(decision.Status.Current),
			Updated:         int32(decision.Status.Updated),
			CurrentRevision: nameOf(decision.Status.CurrentRevision),
		}
	}
	return outcome
}

func (m *Moment) desired() statefulset.Desired {
	desired := statefulset.Desired{
		Generation:      generation,
		Replicas:        uint32(m.Replicas),
		Start:           uint32(m.Start),
		CurrentRevision: numbers[m.current()],
		UpdateRevision:  numbers["new"],
	}
	if m.Parallel {
		desired.Management = statefulset.Parallel
	}
	if m.OnDelete {
		desired.Strategy = statefulset.StrategyOnDelete
	}
	if m.Deleted {
		desired.Deletion = statefulset.DeletionWithPods
	}
	if status := m.Status; status != nil {
		desired.Published = &statefulset.Status{
			ObservedGeneration: generation,
			Replicas:           uint32(status.Replicas),
			Ready:              uint32(status.Ready),
			Available:          uint32(status.Available),
			Current:            uint32(status.Current),
			Updated:            uint32(status.Updated),
			CurrentRevision:    numbers[status.CurrentRevision],
			UpdateRevision:     numbers["new"],
		}
	}
	desired.Policies.Excluded = m.excluded()
	desired.Policies.ScaleOutLimit = limitOf(m.ScaleMaxUnavailable)
	rolling := m.RollingUpdate
	if rolling == nil {
		desired.Rolling.Absent = desired.Strategy == statefulset.StrategyRollingUpdate
		return desired
	}
	desired.Rolling.Partition = uint32(rolling.Partition)
	desired.Rolling.MaxUnavailable = limitOf(rolling.MaxUnavailable)
	desired.MinReady = time.Duration(rolling.MinReadySeconds) * time.Second
	if rolling.Paused {
		desired.Policies.Paused = statefulset.PausedRollout
	}
	if rolling.Unordered != nil {
		desired.Policies.Ranked = statefulset.RankedOrder
	}
	return desired
}

// excluded are the reserved ordinals in order and without overlaps.
func (m *Moment) excluded() (excluded []statefulset.Exclusion) {
	ranges, _ := m.reserved()
	slices.SortFunc(ranges, func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, each := range ranges {
		first, last := uint32(each[0]), uint32(each[1])
		if end := len(excluded) - 1; end >= 0 && excluded[end].Last >= first {
			excluded[end].Last = max(excluded[end].Last, last)
			continue
		}
		excluded = append(excluded, statefulset.Exclusion{First: first, Last: last})
	}
	return excluded
}

func limitOf(limit *intstr.IntOrString) statefulset.Limit {
	if limit == nil {
		return statefulset.Limit{}
	}
	if percent, is := strings.CutSuffix(limit.StrVal, "%"); is {
		share, err := strconv.ParseUint(percent, 10, 32)
		if err != nil {
			panic(err)
		}
		return statefulset.Limit{Kind: statefulset.LimitPercent, Value: uint32(share)}
	}
	return statefulset.Limit{Kind: statefulset.LimitCount, Value: uint32(limit.IntVal)}
}

// facts are the pods as the library is shown them.
func (m *Moment) facts(now time.Time) (facts []statefulset.Pod) {
	ranks := m.ranks()
	for i, pod := range m.Pods {
		fact := statefulset.Pod{
			Ordinal:       uint32(pod.Ordinal),
			Revision:      numbers[pod.Revision],
			Ready:         pod.Ready,
			ReadySince:    now.Add(-time.Duration(pod.Since) * time.Second),
			WrongIdentity: pod.Astray,
			Rank:          ranks[i],
		}
		for phase := statefulset.PhasePending; phase <= statefulset.PhaseUnknown; phase++ {
			if phase.String() == string(pod.Phase) {
				fact.Phase = phase
			}
		}
		if pod.Terminating {
			fact.TerminatingSince = now
		}
		facts = append(facts, fact)
	}
	return facts
}

// ranks are the places of the pods in the order of the priorities. Equal ones have one place.
func (m *Moment) ranks() []uint32 {
	ranks := make([]uint32, len(m.Pods))
	if !m.isUnordered() {
		return ranks
	}
	keys := make([]int, len(m.Pods))
	for i, pod := range m.Pods {
		keys[i] = m.RollingUpdate.Unordered.key(pod.Labels)
	}
	places := slices.Compact(slices.Sorted(slices.Values(keys)))
	for i, key := range keys {
		place, _ := slices.BinarySearch(places, key)
		ranks[i] = uint32(place)
	}
	return ranks
}

// key is less for a pod that is replaced earlier: one with more weight, or with a larger number. A pod without the label
// of the number comes first, although OpenKruise's documentation says last.
func (u *Unordered) key(labels map[string]string) int {
	if u.OrderKey == "" {
		return -int(u.Weights[labels["tier"]])
	}
	value, has := labels[u.OrderKey]
	if !has {
		return -1 << 30
	}
	digits := value[len(strings.TrimRight(value, "0123456789")):]
	number, _ := strconv.Atoi(digits)
	return -number
}
