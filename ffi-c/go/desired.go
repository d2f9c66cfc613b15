package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

// Desired is one StatefulSet, reduced to what decisions need. A zero field has the default of the Kubernetes API.
type Desired struct {
	// Generation is the generation of the specification. The status repeats it.
	Generation int64
	// Replicas is the desired number of pods, at most 2147483647.
	Replicas uint32
	// Start is the first ordinal. The last desired one is at most [MaxOrdinal].
	Start uint32
	// Management says whether pods are created and deleted one after the other.
	Management Management
	// Strategy says how a new revision reaches existing pods.
	Strategy Strategy
	// Rolling is only used with [StrategyRollingUpdate], and must be zero otherwise.
	Rolling Rolling
	// MinReady is how long a pod must have been ready to count as available; 0 or more.
	MinReady time.Duration
	// Templates is how many claims every pod gets, at most 65535.
	Templates uint32
	// WhenDeleted says what happens to the claims when the set is deleted.
	WhenDeleted Keep
	// WhenScaled says what happens to a pod's claims when the set is scaled in.
	WhenScaled Keep
	// Deletion says whether the set is being deleted, and how.
	Deletion Deletion
	// FinalizerHeld says that the set has the library's finalizer. Ordered shutdown needs it.
	FinalizerHeld bool
	// CurrentRevision is the one that was last rolled out in full. Keep it: it is in the status that you publish.
	CurrentRevision Revision
	// UpdateRevision is the one of the set's template as it is now.
	UpdateRevision Revision
	// Published is the status as it is published now; nil if there is none.
	Published *Status
	// Profile says which behaviour the planner has. Nil is [Upstream].
	Profile *Profile
	// Policies are what the set asks for beyond Kubernetes.
	Policies Policies
}

// Rolling is the manifest's rollingUpdate block.
type Rolling struct {
	// Absent says that the manifest has no such block. The rest is then 0. The Kubernetes API always fills in a block for
	// [StrategyRollingUpdate]. A set without the block differs from a set with an empty one: a pod that is re-created
	// during a rollout gets the old revision.
	Absent bool
	// Partition: a pod whose index (how many desired ordinals are below its own) is below this keeps its revision. It may be
	// larger than the replicas.
	Partition uint32
	// MaxUnavailable is how many pods may be unavailable during a rollout.
	MaxUnavailable Limit
}

// Limit is a number of pods, or a percentage of the replicas. Its zero value is "not given" and counts as 1.
type Limit struct {
	Kind LimitKind
	// Value is the number of pods or the percentage. It is 0 with [LimitNone].
	Value uint32
}

func (d *Desired) write(to *abi.Desired) {
	rolling := d.Strategy == StrategyRollingUpdate && !d.Rolling.Absent
	*to = abi.Desired{
		Generation:      d.Generation,
		MinReadyMs:      span(d.MinReady),
		CurrentRevision: uint64(d.CurrentRevision),
		UpdateRevision:  uint64(d.UpdateRevision),
		Replicas:        d.Replicas,
		Start:           d.Start,
		TemplateCount:   d.Templates,
		Flags: flag(rolling, abi.DesiredRolling) |
			flag(d.FinalizerHeld, abi.DesiredFinalizerHeld) |
			flag(d.Published != nil, abi.DesiredPublished),
		Management:         uint32(d.Management),
		Strategy:           uint32(d.Strategy),
		Partition:          d.Rolling.Partition,
		MaxUnavailableKind: uint32(d.Rolling.MaxUnavailable.Kind),
		MaxUnavailable:     d.Rolling.MaxUnavailable.Value,
		WhenDeleted:        uint32(d.WhenDeleted),
		WhenScaled:         uint32(d.WhenScaled),
		Deletion:           uint32(d.Deletion),
	}
	d.Policies.write(to)
	if d.Published != nil {
		d.Published.write(&to.Published)
	}
	if d.Profile != nil {
		d.Profile.write(&to.Profile)
	} else {
		to.Profile = upstream()
	}
}

// Management says whether pods are created and deleted one after the other.
type Management uint32

const (
	// OrderedReady: one at a time, each only when all pods before it are available.
	OrderedReady Management = abi.ManagementOrderedReady
	// Parallel: all at once.
	Parallel Management = abi.ManagementParallel
)

var managements = []string{
	OrderedReady: "OrderedReady",
	Parallel:     "Parallel",
}

func (m Management) String() string { return word(managements, m) }

// Strategy is how a new revision reaches existing pods.
type Strategy uint32

const (
	// StrategyRollingUpdate: the planner replaces pods, the highest ordinal first.
	StrategyRollingUpdate Strategy = abi.StrategyRollingUpdate
	// StrategyOnDelete: a pod is replaced when somebody deletes it.
	StrategyOnDelete Strategy = abi.StrategyOnDelete
	// StrategyRecreate: all pods of old revisions are deleted before the first new one is created.
	StrategyRecreate Strategy = abi.StrategyRecreate
)

var strategies = []string{
	StrategyRollingUpdate: "RollingUpdate",
	StrategyOnDelete:      "OnDelete",
	StrategyRecreate:      "Recreate",
}

func (s Strategy) String() string { return word(strategies, s) }

// LimitKind says what a [Limit] counts.
type LimitKind uint32

const (
	// LimitNone: the limit is not given. It counts as 1.
	LimitNone LimitKind = abi.LimitNone
	// LimitCount: a number of pods.
	LimitCount LimitKind = abi.LimitCount
	// LimitPercent: a percentage of the replicas, rounded down.
	LimitPercent LimitKind = abi.LimitPercent
)

var limitKinds = []string{
	LimitNone:    "none",
	LimitCount:   "count",
	LimitPercent: "percent",
}

func (k LimitKind) String() string { return word(limitKinds, k) }

// Keep says what happens to a claim.
type Keep uint32

const (
	// KeepRetain: it stays.
	KeepRetain Keep = abi.KeepRetain
	// KeepDelete: it is deleted.
	KeepDelete Keep = abi.KeepDelete
)

var keeps = []string{
	KeepRetain: "Retain",
	KeepDelete: "Delete",
}

func (k Keep) String() string { return word(keeps, k) }

// Deletion says whether the set is being deleted, and how.
type Deletion uint32

const (
	// DeletionNo: it is not.
	DeletionNo Deletion = abi.DeletionNo
	// DeletionWithPods: it is, and its pods are deleted with it.
	DeletionWithPods Deletion = abi.DeletionWithPods
	// DeletionOrphan: it is, and its pods stay (--cascade=orphan).
	DeletionOrphan Deletion = abi.DeletionOrphan
)

var deletions = []string{
	DeletionNo:       "no",
	DeletionWithPods: "with-pods",
	DeletionOrphan:   "orphan",
}

func (d Deletion) String() string { return word(deletions, d) }
