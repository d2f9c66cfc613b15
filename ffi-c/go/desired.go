package statefulset

/*
#include <statefulset.h>
*/
import "C"

import "time"

// Desired is what someone wants: one StatefulSet, reduced to what decisions need. What is left out is as the
// Kubernetes API defaults it.
type Desired struct {
	// Generation is the version of the specification; the status repeats it.
	Generation int64
	// Replicas is the number of pods wanted, at most 2147483647.
	Replicas uint32
	// Start is the first ordinal. Start + Replicas - 1 is at most [MaxOrdinal].
	Start uint32
	// Management says whether order matters.
	Management Management
	// Strategy says how a new revision reaches existing pods.
	Strategy Strategy
	// Rolling is asked with [StrategyRollingUpdate] only, and must be zero otherwise.
	Rolling Rolling
	// MinReady is how long a pod must have been ready to count as available; 0 or more.
	MinReady time.Duration
	// Templates is how many claims every pod gets, at most 65535.
	Templates uint32
	// WhenDeleted is what becomes of claims when the set is deleted.
	WhenDeleted Keep
	// WhenScaled is what becomes of claims when the set is scaled in.
	WhenScaled Keep
	// Deletion says whether the set is being deleted, and how.
	Deletion Deletion
	// FinalizerHeld says that the set carries the library's finalizer, which ordered shutdown needs.
	FinalizerHeld bool
	// CurrentRevision was last rolled out in full.
	CurrentRevision Revision
	// UpdateRevision is that of the set's template now.
	UpdateRevision Revision
	// Published is the status as it stands published; nil if none is.
	Published *Status
	// Profile is which behaviour is wanted; nil is [Upstream].
	Profile *Profile
}

// Rolling is the rollingUpdate block.
type Rolling struct {
	// Absent says that there is no such block; the rest is then 0. The Kubernetes API always gives one to
	// [StrategyRollingUpdate]; without it, pods re-created in mid-rollout get another revision.
	Absent bool
	// Partition: pods whose index (ordinal - start) is below this keep their revision. May exceed the replicas.
	Partition uint32
	// MaxUnavailable is how many pods may be unavailable during a rollout.
	MaxUnavailable Limit
}

// Limit is a number of pods, or a share of the replicas. Its zero value is "not given", which is 1.
type Limit struct {
	Kind LimitKind
	// Value is a number of pods or per cent; 0 with [LimitNone].
	Value uint32
}

func (d *Desired) write(to *C.sts_desired) {
	rolling := d.Strategy == StrategyRollingUpdate && !d.Rolling.Absent
	*to = C.sts_desired{
		generation:       C.int64_t(d.Generation),
		min_ready_ms:     span(d.MinReady),
		current_revision: C.uint64_t(d.CurrentRevision),
		update_revision:  C.uint64_t(d.UpdateRevision),
		replicas:         C.uint32_t(d.Replicas),
		start:            C.uint32_t(d.Start),
		template_count:   C.uint32_t(d.Templates),
		flags: flag(rolling, C.STS_DESIRED_ROLLING) |
			flag(d.FinalizerHeld, C.STS_DESIRED_FINALIZER_HELD) |
			flag(d.Published != nil, C.STS_DESIRED_PUBLISHED),
		management:           C.uint32_t(d.Management),
		strategy:             C.uint32_t(d.Strategy),
		partition:            C.uint32_t(d.Rolling.Partition),
		max_unavailable_kind: C.uint32_t(d.Rolling.MaxUnavailable.Kind),
		max_unavailable:      C.uint32_t(d.Rolling.MaxUnavailable.Value),
		when_deleted:         C.uint32_t(d.WhenDeleted),
		when_scaled:          C.uint32_t(d.WhenScaled),
		deletion:             C.uint32_t(d.Deletion),
	}
	if d.Published != nil {
		d.Published.write(&to.published)
	}
	if d.Profile != nil {
		d.Profile.write(&to.profile)
	} else {
		to.profile = upstream
	}
}

// Management says whether pods start and stop one after the other.
type Management uint32

const (
	// OrderedReady: one at a time, each only when all before it are available.
	OrderedReady Management = C.STS_MANAGEMENT_ORDERED_READY
	// Parallel: all at once.
	Parallel Management = C.STS_MANAGEMENT_PARALLEL
)

var managements = []string{
	OrderedReady: "OrderedReady",
	Parallel:     "Parallel",
}

func (m Management) String() string { return word(managements, m) }

// Strategy is how a new revision reaches existing pods.
type Strategy uint32

const (
	// StrategyRollingUpdate: the planner replaces pods, highest ordinal first.
	StrategyRollingUpdate Strategy = C.STS_STRATEGY_ROLLING_UPDATE
	// StrategyOnDelete: pods are replaced when somebody deletes them.
	StrategyOnDelete Strategy = C.STS_STRATEGY_ON_DELETE
	// StrategyRecreate: all pods of old revisions go before the first new one comes.
	StrategyRecreate Strategy = C.STS_STRATEGY_RECREATE
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
	// LimitNone: not given, and is 1.
	LimitNone LimitKind = C.STS_LIMIT_NONE
	// LimitCount: a number of pods.
	LimitCount LimitKind = C.STS_LIMIT_COUNT
	// LimitPercent: per cent of the replicas, rounded down.
	LimitPercent LimitKind = C.STS_LIMIT_PERCENT
)

var limitKinds = []string{
	LimitNone:    "none",
	LimitCount:   "count",
	LimitPercent: "percent",
}

func (k LimitKind) String() string { return word(limitKinds, k) }

// Keep is what becomes of a claim.
type Keep uint32

const (
	// KeepRetain: it stays.
	KeepRetain Keep = C.STS_KEEP_RETAIN
	// KeepDelete: it goes.
	KeepDelete Keep = C.STS_KEEP_DELETE
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
	DeletionNo Deletion = C.STS_DELETION_NO
	// DeletionWithPods: it is, and its pods go with it.
	DeletionWithPods Deletion = C.STS_DELETION_WITH_PODS
	// DeletionOrphan: it is, and its pods are to stay (--cascade=orphan).
	DeletionOrphan Deletion = C.STS_DELETION_ORPHAN
)

var deletions = []string{
	DeletionNo:       "no",
	DeletionWithPods: "with-pods",
	DeletionOrphan:   "orphan",
}

func (d Deletion) String() string { return word(deletions, d) }
