package statefulset

/*
#include <statefulset.h>
*/
import "C"

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
	// Progressing is the condition that only [StrategyRecreate] sets.
	Progressing Progress
}

func (s *Status) write(to *C.sts_status) {
	*to = C.sts_status{
		observed_generation: C.int64_t(s.ObservedGeneration),
		replicas:            C.uint32_t(s.Replicas),
		ready:               C.uint32_t(s.Ready),
		available:           C.uint32_t(s.Available),
		current:             C.uint32_t(s.Current),
		updated:             C.uint32_t(s.Updated),
		progressing:         C.uint32_t(s.Progressing),
		current_revision:    C.uint64_t(s.CurrentRevision),
		update_revision:     C.uint64_t(s.UpdateRevision),
	}
}

func status(from *C.sts_status) Status {
	return Status{
		ObservedGeneration: int64(from.observed_generation),
		Replicas:           uint32(from.replicas),
		Ready:              uint32(from.ready),
		Available:          uint32(from.available),
		Current:            uint32(from.current),
		Updated:            uint32(from.updated),
		CurrentRevision:    Revision(from.current_revision),
		UpdateRevision:     Revision(from.update_revision),
		Progressing:        Progress(from.progressing),
	}
}

// Progress says how far a [StrategyRecreate] rollout is.
type Progress uint32

const (
	// ProgressNone: there is no such condition.
	ProgressNone Progress = C.STS_PROGRESS_NONE
	// ProgressDeleting: pods of old revisions still exist. The condition is True, with reason RecreateInProgress.
	ProgressDeleting Progress = C.STS_PROGRESS_DELETING
	// ProgressCreating: the old pods are gone, and not all of the new ones exist yet. The condition is True, with reason
	// RecreateInProgress.
	ProgressCreating Progress = C.STS_PROGRESS_CREATING
	// ProgressCompleted: all pods have the new revision. The condition is False, with reason RecreateCompleted.
	ProgressCompleted Progress = C.STS_PROGRESS_COMPLETED
)

var progresses = []string{
	ProgressNone:      "none",
	ProgressDeleting:  "deleting",
	ProgressCreating:  "creating",
	ProgressCompleted: "completed",
}

func (p Progress) String() string { return word(progresses, p) }
