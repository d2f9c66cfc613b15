package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

// Policies are what a set asks for beyond Kubernetes. Each is off in the zero value, and with all of them off the decisions
// are Kubernetes' own. The rules X, Z, M, Q, F, J and U of the library's rules say what each does.
type Policies struct {
	// Excluded are ordinals that get no pod, in ascending order and without overlaps.
	Excluded []Exclusion
	// PartitionBy says what the partition counts where ordinals are excluded.
	PartitionBy PartitionBy
	// StandInFirst says that the pod of an excluded ordinal stays until every desired pod is available.
	StandInFirst bool
	// Paused is what is not done for now.
	Paused Paused
	// Ranked says whether [Pod.Rank] decides the order of a rollout.
	Ranked Ranked
	// LowestFirst says that of two pods of one rank the one with the lowest ordinal is replaced first.
	LowestFirst bool
	// ScaleOutLimit is how many slots may be on their way to a new pod at a time, with [Parallel]: at least 1, and at most 100
	// percent. Its zero value sets no limit.
	ScaleOutLimit Limit
	// ScaleInLimit is how many pods that are not desired may be leaving at a time, with [Parallel]: at least 1, and at most 100
	// percent. Its zero value sets no limit.
	ScaleInLimit Limit
	// Allowance is how many available pods may be taken away now, as a group of sets allows it. Nil sets no limit.
	// [Allot] gives it.
	Allowance *uint32
	// Repair says whether, and when, broken pods of old revisions are replaced out of turn. Nil is never.
	Repair *Repair
	// Pace is the shortest time between two disruptions: so long after an available pod was taken away, no other one is.
	// 0 or more; 0 sets none.
	Pace time.Duration
	// Deadline says how long the set may take for its next step. Nil sets none.
	Deadline *Deadline
	// InPlace says whether a rollout changes pods where they run.
	InPlace InPlace
	// Ask is for what a pod is asked before it goes.
	Ask Purposes
}

// Exclusion is a range of ordinals that get no pod.
type Exclusion struct {
	// First is the first one.
	First uint32
	// Last is the last one, at most [MaxOrdinal].
	Last uint32
	// KeepClaims says that their claims stay, whatever [Desired.WhenScaled] says.
	KeepClaims bool
}

// Repair is how broken pods of old revisions are replaced. Pods of the update revision are never touched.
type Repair struct {
	// After is how long a pod must have been not ready; 0 or more. With 0 a pod that is not available is broken at once.
	After time.Duration
	// BeyondBudget is by how many pods MaxUnavailable may be exceeded. [math.MaxUint32] sets no limit.
	BeyondBudget uint32
	// Ordered says that [OrderedReady] does so, too.
	Ordered bool
	// Pending says that a pod that has not started is broken at once.
	Pending bool
}

// Deadline is how long a set may be without an available pod in one of its places and without progress. Progress is a desired
// pod that becomes available and that no rollout would replace.
type Deadline struct {
	// After is how long; 0 or more.
	After time.Duration
	// Then is what follows beside the condition Progressing.
	Then Overdue
}

// Overdue is what follows when a set has gone too long without progress.
type Overdue uint32

const (
	// OverdueReport: nothing else.
	OverdueReport Overdue = abi.OverdueReport
	// OverdueHalt: the rollout is held as if it were paused.
	OverdueHalt Overdue = abi.OverdueHalt
	// OverdueSuggest: the rollout is held, and [Decision.Suggests] names the revision to go back to.
	OverdueSuggest Overdue = abi.OverdueSuggest
)

var overdues = []string{
	OverdueReport:  "report",
	OverdueHalt:    "halt",
	OverdueSuggest: "suggest",
}

func (o Overdue) String() string { return word(overdues, o) }

func (e *Exclusion) write(to *abi.Exclusion) {
	*to = abi.Exclusion{First: e.First, Last: e.Last, Flags: flag(e.KeepClaims, abi.ExclusionKeepClaims)}
}

// write sets all but the exclusions, which are a list of their own.
func (p *Policies) write(to *abi.Desired) {
	to.Flags |= flag(p.PartitionBy == PartitionByOrdinal, abi.DesiredPartitionByOrdinal) |
		flag(p.StandInFirst, abi.DesiredStandInFirst) |
		flag(p.LowestFirst, abi.DesiredLowestFirst) |
		flag(p.Allowance != nil, abi.DesiredAllowance)
	to.Paused = uint32(p.Paused)
	to.Ranked = uint32(p.Ranked)
	to.Ask = uint32(p.Ask)
	to.ScaleOutLimitKind, to.ScaleOutLimit = uint32(p.ScaleOutLimit.Kind), p.ScaleOutLimit.Value
	to.ScaleInLimitKind, to.ScaleInLimit = uint32(p.ScaleInLimit.Kind), p.ScaleInLimit.Value
	if p.Allowance != nil {
		to.Allowance = *p.Allowance
	}
	if repair := p.Repair; repair != nil {
		to.Flags |= abi.DesiredRepair |
			flag(repair.Ordered, abi.DesiredRepairOrdered) |
			flag(repair.Pending, abi.DesiredRepairPending)
		to.RepairAfterMs = span(repair.After)
		to.RepairBeyondBudget = repair.BeyondBudget
	}
	if p.Pace != 0 {
		to.Flags |= abi.DesiredPace
		to.PaceMs = span(p.Pace)
	}
	if deadline := p.Deadline; deadline != nil {
		to.Flags |= abi.DesiredDeadline
		to.DeadlineAfterMs = span(deadline.After)
		to.DeadlineThen = uint32(deadline.Then)
	}
	to.InPlace = uint32(p.InPlace)
}

// PartitionBy is what the partition counts. Without excluded ordinals both are the same.
type PartitionBy uint32

const (
	// PartitionByRank: desired ordinals, from the lowest.
	PartitionByRank PartitionBy = iota
	// PartitionByOrdinal: all ordinals from the set's first, excluded ones too.
	PartitionByOrdinal
)

var partitionBys = []string{
	PartitionByRank:    "rank",
	PartitionByOrdinal: "ordinal",
}

func (p PartitionBy) String() string { return word(partitionBys, p) }

// Ranked says whether ranks decide the order of a rollout.
type Ranked uint32

const (
	// RankedOff: they do not; the highest ordinal is replaced first.
	RankedOff Ranked = abi.RankedOff
	// RankedOrder: the lowest rank is replaced first.
	RankedOrder Ranked = abi.RankedOrder
	// RankedTiers: the same, and a rank waits until all ranks before it are updated and available.
	RankedTiers Ranked = abi.RankedTiers
)

var rankeds = []string{
	RankedOff:   "off",
	RankedOrder: "order",
	RankedTiers: "tiers",
}

func (r Ranked) String() string { return word(rankeds, r) }

// Paused are kinds of actions that are not taken for now, one bit each.
type Paused uint32

const (
	// PausedCreation: pods and claims of empty slots are not created.
	PausedCreation Paused = abi.PausedCreation
	// PausedScaleIn: pods that are not desired are not deleted.
	PausedScaleIn Paused = abi.PausedScaleIn
	// PausedRollout: no pod is replaced for a new revision.
	PausedRollout Paused = abi.PausedRollout
	// PausedRepair: no broken pod is replaced out of turn.
	PausedRepair Paused = abi.PausedRepair
	// PausedReplacement: pods whose containers have ended are not replaced.
	PausedReplacement Paused = abi.PausedReplacement
	// PausedAll: nothing at all is done. The status is still published.
	PausedAll Paused = abi.PausedAll
)

var pausedKinds = []bit[Paused]{
	{PausedCreation, "creation"},
	{PausedScaleIn, "scale-in"},
	{PausedRollout, "rollout"},
	{PausedRepair, "repair"},
	{PausedReplacement, "replacement"},
}

// String is the kinds, separated by commas, or "all".
func (p Paused) String() string {
	if p == PausedAll {
		return "all"
	}
	return words(pausedKinds, p)
}

// InPlace says whether a rollout changes pods where they run, instead of making them again.
type InPlace uint32

const (
	// InPlaceOff: it makes each of them again.
	InPlaceOff InPlace = abi.InPlaceOff
	// InPlaceIfPossible: it changes those where [Pod.Change] says that this is possible, and makes the others again.
	InPlaceIfPossible InPlace = abi.InPlaceIfPossible
	// InPlaceOnly: it changes those where that is possible, and leaves the others as they are.
	InPlaceOnly InPlace = abi.InPlaceOnly
)

var inPlaces = []string{
	InPlaceOff:        "off",
	InPlaceIfPossible: "if-possible",
	InPlaceOnly:       "only",
}

func (i InPlace) String() string { return word(inPlaces, i) }
