package statefulset_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"statefulset.internal/statefulset"
)

// replay is a case as far as it has been read.
type replay struct {
	desired  statefulset.Desired
	observed statefulset.Observed
	now      time.Time
	planner  statefulset.Planner
}

// line takes in one line of a case and gives the answer to it, if it asks for one.
func (r *replay) line(text string) (string, error) {
	head, rest, _ := strings.Cut(text, " ")
	if head == "" || head == "case" {
		return "", nil
	}
	if head == "conclude" {
		return r.conclude(rest)
	}
	f := split(rest)
	answer := ""
	switch head {
	case "desired":
		r.desired, r.observed = f.desired(), statefulset.Observed{}
	case "profile":
		profile := f.profile()
		r.desired.Profile = &profile
	case "published":
		published := f.status()
		r.desired.Published = &published
	case "policies":
		r.desired.Policies = f.policies()
	case "exclusion":
		r.desired.Policies.Excluded = append(r.desired.Policies.Excluded, f.exclusion())
	case "observed":
		r.observed = f.observed()
	case "pod":
		r.observed.Pods = append(r.observed.Pods, f.pod())
	case "claim":
		r.observed.Claims = append(r.observed.Claims, f.claim())
	case "volume":
		r.observed.Volumes = append(r.observed.Volumes, f.volume())
	case "node":
		r.observed.Nodes = append(r.observed.Nodes, f.node())
	case "reach":
		r.observed.Reach = append(r.observed.Reach, f.reach())
	case "budget":
		r.observed.Budgets = append(r.observed.Budgets, f.budget())
	case "plan":
		r.now = f.moment("now_ms")
		decision, err := r.planner.Plan(&r.desired, &r.observed, r.now)
		answer = answerTo(decision, err)
	default:
		return "", fmt.Errorf("a line of a kind that is not known: %s", text)
	}
	if err := f.done(); err != nil {
		return "", fmt.Errorf("%w: %s", err, text)
	}
	return answer, nil
}

// conclude asks what follows from outcomes.
func (r *replay) conclude(words string) (string, error) {
	var outcomes []statefulset.Outcome
	for word := range strings.FieldsSeq(words) {
		f := fields{values: map[string]string{"outcome": word}}
		outcomes = append(outcomes, named[statefulset.Outcome](&f, "outcome"))
		if err := f.done(); err != nil {
			return "", err
		}
	}
	conclusion, err := r.planner.Conclude(&r.desired, &r.observed, r.now, outcomes)
	return answerToOutcomes(conclusion, err), nil
}

// fields are those of a line. What is read is taken out, so that nothing is overlooked.
type fields struct {
	values map[string]string
	wrong  []error
}

func split(text string) *fields {
	f := &fields{values: map[string]string{}}
	for field := range strings.FieldsSeq(text) {
		key, value, _ := strings.Cut(field, "=")
		f.values[key] = value
	}
	return f
}

// done says what was wrong with the line, or left over.
func (f *fields) done() error {
	for _, key := range slices.Sorted(maps.Keys(f.values)) {
		f.wrong = append(f.wrong, fmt.Errorf("%s is not known", key))
	}
	return errors.Join(f.wrong...)
}

func (f *fields) take(key string) (string, bool) {
	value, there := f.values[key]
	delete(f.values, key)
	return value, there
}

func (f *fields) flag(key string) bool {
	_, there := f.take(key)
	return there
}

// number is the field's, or 0 if it is missing.
func number[N ~uint32 | ~uint64 | ~int64](f *fields, key string) N {
	text, there := f.take(key)
	if !there {
		return 0
	}
	if signed, err := strconv.ParseInt(text, 10, 64); err == nil {
		return N(signed)
	}
	unsigned, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		f.wrong = append(f.wrong, fmt.Errorf("%s: %w", key, err))
	}
	return N(unsigned)
}

func (f *fields) index(key string) statefulset.Index {
	if _, there := f.values[key]; !there {
		return statefulset.Index{}
	}
	if place := number[int64](f, key); place != math.MaxUint32 {
		return statefulset.At(int(place))
	}
	return statefulset.Unlisted()
}

func (f *fields) moment(key string) time.Time {
	if _, there := f.values[key]; !there {
		return time.Time{}
	}
	return time.UnixMilli(number[int64](f, key))
}

func (f *fields) span(key string) time.Duration {
	return time.Duration(number[int64](f, key)) * time.Millisecond
}

// named is the value of the package whose name the field has.
func named[T interface {
	~uint32
	fmt.Stringer
}](f *fields, key string) T {
	text, there := f.take(key)
	for value := range T(64) {
		if there && slug(value.String()) == text {
			return value
		}
	}
	if there {
		f.wrong = append(f.wrong, fmt.Errorf("%s: %q is not known", key, text))
	}
	return 0
}

func (f *fields) modes(key string) statefulset.AccessModes {
	text, _ := f.take(key)
	var modes statefulset.AccessModes
	for word := range strings.SplitSeq(text, ",") {
		if word != "" {
			one := fields{values: map[string]string{key: word}}
			modes |= named[statefulset.AccessModes](&one, key)
			f.wrong = append(f.wrong, one.wrong...)
		}
	}
	return modes
}

// slug is a name as the cases have it: ReadWriteOnce is read-write-once.
func slug(name string) string {
	var out strings.Builder
	for i, letter := range name {
		if letter >= 'A' && letter <= 'Z' {
			if i > 0 {
				out.WriteByte('-')
			}
			letter += 'a' - 'A'
		}
		out.WriteRune(letter)
	}
	return out.String()
}

func (f *fields) desired() statefulset.Desired {
	strategy := named[statefulset.Strategy](f, "strategy")
	return statefulset.Desired{
		Generation: number[int64](f, "generation"),
		Replicas:   number[uint32](f, "replicas"),
		Start:      number[uint32](f, "start"),
		Management: named[statefulset.Management](f, "management"),
		Strategy:   strategy,
		Rolling: statefulset.Rolling{
			Absent:         !f.flag("rolling") && strategy == statefulset.StrategyRollingUpdate,
			Partition:      number[uint32](f, "partition"),
			MaxUnavailable: f.limit("max_unavailable"),
		},
		MinReady:        f.span("min_ready_ms"),
		Templates:       number[uint32](f, "template_count"),
		WhenDeleted:     named[statefulset.Keep](f, "when_deleted"),
		WhenScaled:      named[statefulset.Keep](f, "when_scaled"),
		Deletion:        named[statefulset.Deletion](f, "deletion"),
		FinalizerHeld:   f.flag("finalizer_held"),
		CurrentRevision: number[statefulset.Revision](f, "current_revision"),
		UpdateRevision:  number[statefulset.Revision](f, "update_revision"),
	}
}

func (f *fields) limit(key string) statefulset.Limit {
	return statefulset.Limit{Kind: named[statefulset.LimitKind](f, key+"_kind"), Value: number[uint32](f, key)}
}

func (f *fields) policies() statefulset.Policies {
	policies := statefulset.Policies{
		StandInFirst:  f.flag("stand_in_first"),
		LowestFirst:   f.flag("lowest_first"),
		Paused:        bits[statefulset.Paused](f, "paused"),
		Ask:           bits[statefulset.Purposes](f, "ask"),
		InPlace:       named[statefulset.InPlace](f, "in_place"),
		Ranked:        named[statefulset.Ranked](f, "ranked"),
		ScaleOutLimit: f.limit("scale_out_limit"),
		ScaleInLimit:  f.limit("scale_in_limit"),
	}
	if f.flag("partition_by_ordinal") {
		policies.PartitionBy = statefulset.PartitionByOrdinal
	}
	if _, there := f.values["allowance"]; there {
		allowance := number[uint32](f, "allowance")
		policies.Allowance = &allowance
	}
	if _, there := f.values["repair_after_ms"]; there {
		policies.Repair = &statefulset.Repair{
			After:        f.span("repair_after_ms"),
			BeyondBudget: number[uint32](f, "repair_beyond_budget"),
			Ordered:      f.flag("repair_ordered"),
			Pending:      f.flag("repair_pending"),
		}
	}
	if _, there := f.values["pace_ms"]; there {
		policies.Pace = f.span("pace_ms")
	}
	if _, there := f.values["deadline_after_ms"]; there {
		policies.Deadline = &statefulset.Deadline{
			After: f.span("deadline_after_ms"),
			Then:  named[statefulset.Overdue](f, "deadline_then"),
		}
	}
	return policies
}

// bits are those of a set of words.
func bits[T interface {
	~uint32
	fmt.Stringer
}](f *fields, key string) T {
	text, _ := f.take(key)
	var all T
	for word := range strings.SplitSeq(text, ",") {
		if word != "" {
			one := fields{values: map[string]string{key: word}}
			all |= named[T](&one, key)
			f.wrong = append(f.wrong, one.wrong...)
		}
	}
	return all
}

func (f *fields) exclusion() statefulset.Exclusion {
	return statefulset.Exclusion{
		First:      number[uint32](f, "first"),
		Last:       number[uint32](f, "last"),
		KeepClaims: f.flag("keep_claims"),
	}
}

func (f *fields) kubernetes() statefulset.Kubernetes {
	text, _ := f.take("kubernetes")
	version, err := statefulset.ParseKubernetes(text)
	if err != nil {
		f.wrong = append(f.wrong, err)
	}
	return version
}

func (f *fields) profile() statefulset.Profile {
	_, lost := f.values["unreachable_after_ms"]
	return statefulset.Profile{
		Kubernetes:       f.kubernetes(),
		MaxUnavailable:   f.flag("max_unavailable"),
		Recreate:         f.flag("recreate"),
		Walk:             f.flag("walk"),
		MaxActions:       number[uint32](f, "max_actions"),
		Shutdown:         named[statefulset.Shutdown](f, "shutdown"),
		GiveUp:           named[statefulset.GiveUp](f, "give_up"),
		BindClaims:       f.flag("bind_claims"),
		DrainNodes:       f.flag("drain_nodes"),
		LostNodes:        lost,
		UnreachableAfter: f.span("unreachable_after_ms"),
		RequireFence:     f.flag("require_fence"),
	}
}

func (f *fields) status() statefulset.Status {
	return statefulset.Status{
		ObservedGeneration: number[int64](f, "observed_generation"),
		Replicas:           number[uint32](f, "replicas"),
		Ready:              number[uint32](f, "ready"),
		Available:          number[uint32](f, "available"),
		Current:            number[uint32](f, "current"),
		Updated:            number[uint32](f, "updated"),
		CurrentRevision:    number[statefulset.Revision](f, "current_revision"),
		UpdateRevision:     number[statefulset.Revision](f, "update_revision"),
		Progressing:        named[statefulset.Progress](f, "progressing"),
		ProgressedAt:       f.moment("progressed_at_ms"),
		DisruptedAt:        f.moment("disrupted_at_ms"),
	}
}

func (f *fields) observed() statefulset.Observed {
	return statefulset.Observed{
		Fresh:   f.flag("fresh"),
		Claims:  known[statefulset.Claim](f, "claims"),
		Volumes: known[statefulset.Volume](f, "volumes"),
		Nodes:   known[statefulset.Node](f, "nodes"),
		Budgets: known[statefulset.Budget](f, "budgets"),
	}
}

// known is an empty list if the flag is set, and nil otherwise.
func known[T any](f *fields, key string) []T {
	if f.flag(key) {
		return []T{}
	}
	return nil
}

func (f *fields) pod() statefulset.Pod {
	return statefulset.Pod{
		Ordinal:          number[uint32](f, "ordinal"),
		Phase:            named[statefulset.Phase](f, "phase"),
		Revision:         number[statefulset.Revision](f, "revision"),
		Ready:            f.flag("ready"),
		ReadySince:       f.moment("ready_since_ms"),
		TerminatingSince: f.moment("terminating_since_ms"),
		WrongIdentity:    !f.flag("identity"),
		WrongStorage:     !f.flag("storage"),
		Node:             f.index("node"),
		Budget:           f.index("budget"),
		Rank:             number[uint32](f, "rank"),
		Hold:             bits[statefulset.Purposes](f, "hold"),
		Replace:          f.flag("replace"),
		Prepared:         named[statefulset.Prepared](f, "prepared"),
		Change:           named[statefulset.PodChange](f, "change"),
		Changing:         f.flag("changing"),
	}
}

func (f *fields) claim() statefulset.Claim {
	return statefulset.Claim{
		Ordinal:           number[uint32](f, "ordinal"),
		Template:          number[uint32](f, "template_index"),
		Phase:             named[statefulset.ClaimPhase](f, "phase"),
		SetOwner:          named[statefulset.OwnerRef](f, "set_owner"),
		PodOwner:          named[statefulset.OwnerRef](f, "pod_owner"),
		ForeignController: f.flag("foreign_controller"),
		Binding:           named[statefulset.Binding](f, "binding"),
		Modes:             f.modes("modes"),
		VolumeMode:        named[statefulset.VolumeMode](f, "volume_mode"),
		StorageClass:      number[uint32](f, "storage_class"),
		Volume:            f.index("volume"),
		Node:              f.index("node"),
		TerminatingSince:  f.moment("terminating_since_ms"),
		Request:           number[uint64](f, "request"),
	}
}

func (f *fields) volume() statefulset.Volume {
	_, local := f.values["reach"]
	return statefulset.Volume{
		Capacity:     number[uint64](f, "capacity"),
		Matches:      number[uint64](f, "matches"),
		Phase:        named[statefulset.VolumePhase](f, "phase"),
		Terminating:  f.flag("terminating"),
		Claim:        f.index("claim"),
		Taken:        f.flag("taken"),
		StorageClass: number[uint32](f, "storage_class"),
		Modes:        f.modes("modes"),
		VolumeMode:   named[statefulset.VolumeMode](f, "volume_mode"),
		Local:        local,
		Reach:        number[uint32](f, "reach"),
	}
}

func (f *fields) node() statefulset.Node {
	return statefulset.Node{
		State:    named[statefulset.NodeState](f, "state"),
		Since:    f.moment("since_ms"),
		Cordoned: f.flag("cordoned"),
		Draining: f.flag("draining"),
	}
}

func (f *fields) reach() statefulset.Reach {
	return statefulset.Reach{Group: number[uint32](f, "group"), Node: number[uint32](f, "node")}
}

func (f *fields) budget() statefulset.Budget {
	return statefulset.Budget{
		Allowed:         number[uint32](f, "allowed"),
		Healthy:         number[uint32](f, "healthy"),
		DesiredHealthy:  number[uint32](f, "desired_healthy"),
		UnhealthyAlways: f.flag("unhealthy_always"),
	}
}
