package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

// Status is the set's status.
type Status struct {
	// ObservedGeneration is the generation of the set that it was computed from.
	ObservedGeneration int64
	// Replicas counts the pods that exist, terminating and failed ones included.
	Replicas uint32
	// Ready counts the pods that are running and ready.
	Ready uint32
	// Available counts the pods that are running, and ready for at least [Desired.MinReady].
	Available uint32
	// Current counts the pods at the current revision that are not terminating, less one for each deletion that the
	// rollout makes now.
	Current uint32
	// Updated counts the pods at the update revision that are not terminating.
	Updated uint32
	// CurrentRevision is the one that was last rolled out in full. Hand it in with the next plan
	// ([Desired.CurrentRevision]).
	CurrentRevision Revision
	// UpdateRevision is the one of the template.
	UpdateRevision Revision
	// Progressing is the condition that [StrategyRecreate] sets, and a [Deadline].
	Progressing Progress
	// ProgressedAt is when the set last came closer to having all its pods; the zero time while it has, and without a deadline.
	ProgressedAt time.Time
	// DisruptedAt is when an available pod was last taken away; the zero time if none was, and without a pace.
	DisruptedAt time.Time
}

func (s *Status) write(to *abi.Status) {
	*to = abi.Status{
		ObservedGeneration: s.ObservedGeneration,
		Replicas:           s.Replicas,
		Ready:              s.Ready,
		Available:          s.Available,
		Current:            s.Current,
		Updated:            s.Updated,
		Progressing:        uint32(s.Progressing),
		CurrentRevision:    uint64(s.CurrentRevision),
		UpdateRevision:     uint64(s.UpdateRevision),
		ProgressedAtMs:     millis(s.ProgressedAt),
		DisruptedAtMs:      millis(s.DisruptedAt),
	}
}

func status(from *abi.Status) Status {
	return Status{
		ObservedGeneration: from.ObservedGeneration,
		Replicas:           from.Replicas,
		Ready:              from.Ready,
		Available:          from.Available,
		Current:            from.Current,
		Updated:            from.Updated,
		CurrentRevision:    Revision(from.CurrentRevision),
		UpdateRevision:     Revision(from.UpdateRevision),
		Progressing:        Progress(from.Progressing),
		ProgressedAt:       momentUnlessZero(from.ProgressedAtMs),
		DisruptedAt:        momentUnlessZero(from.DisruptedAtMs),
	}
}

// Progress says how far a rollout is.
type Progress uint32

const (
	// ProgressNone: there is no such condition.
	ProgressNone Progress = abi.ProgressNone
	// ProgressDeleting: pods of old revisions still exist. The condition is True, with reason RecreateInProgress.
	ProgressDeleting Progress = abi.ProgressDeleting
	// ProgressCreating: the old pods are gone, and not all of the new ones exist yet. The condition is True, with reason
	// RecreateInProgress.
	ProgressCreating Progress = abi.ProgressCreating
	// ProgressCompleted: all pods have the new revision. The condition is False, with reason RecreateCompleted.
	ProgressCompleted Progress = abi.ProgressCompleted
	// ProgressAdvancing: with a deadline, pods are missing or are still to be replaced. The condition is True, with reason
	// RolloutInProgress.
	ProgressAdvancing Progress = abi.ProgressAdvancing
	// ProgressOverdue: with a deadline, the set has gone too long without progress. The condition is False, with reason
	// ProgressDeadlineExceeded.
	ProgressOverdue Progress = abi.ProgressOverdue
	// ProgressArrived: with a deadline, every pod is available and up to date. The condition is False, with reason
	// RolloutCompleted.
	ProgressArrived Progress = abi.ProgressArrived
)

var progresses = []string{
	ProgressNone:      "none",
	ProgressDeleting:  "deleting",
	ProgressCreating:  "creating",
	ProgressCompleted: "completed",
	ProgressAdvancing: "advancing",
	ProgressOverdue:   "overdue",
	ProgressArrived:   "arrived",
}

func (p Progress) String() string { return word(progresses, p) }
