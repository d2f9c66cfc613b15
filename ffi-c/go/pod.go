package statefulset

/*
#include <statefulset.h>
*/
import "C"

import "time"

const (
	// MaxOrdinal is the largest ordinal.
	MaxOrdinal = C.STS_MAX_ORDINAL
	// NoOrdinal is the ordinal of a pod whose name ends in digits that exceed [MaxOrdinal].
	NoOrdinal = C.STS_NO_ORDINAL
)

// Revision names a version of the pod template: a number of your own, compared for equality only.
type Revision uint64

// Pod is one pod of the set, as last seen. Actions name it by its index in [Observed.Pods]; keep its name and uid
// beside it.
type Pod struct {
	// Ordinal is at most [MaxOrdinal], or [NoOrdinal].
	Ordinal uint32
	Phase   Phase
	// Revision is the one that it was made from.
	Revision Revision
	// Ready says that the pod says so.
	Ready bool
	// ReadySince is when its readiness last changed. May be zero (not known), or in the future; then a
	// [Desired.MinReady] above 0 is never, or not yet, over.
	ReadySince time.Time
	// TerminatingSince is zero if it is not terminating.
	TerminatingSince time.Time
	// WrongIdentity says that its name or identity labels are not as they should be.
	WrongIdentity bool
	// WrongStorage says that its volumes do not refer to the claims that they should refer to.
	WrongStorage bool
	// Node refers to [Observed.Nodes], or is [Unlisted].
	Node Index
	// Budget refers to the disruption budget in [Observed.Budgets] that covers it.
	Budget Index
}

func (p *Pod) write(to *C.sts_pod) {
	to.ordinal = C.uint32_t(p.Ordinal)
	to.phase = C.uint32_t(p.Phase)
	to.flags = flag(p.Ready, C.STS_POD_READY) |
		flag(!p.WrongIdentity, C.STS_POD_IDENTITY) |
		flag(!p.WrongStorage, C.STS_POD_STORAGE) |
		flag(!p.ReadySince.IsZero(), C.STS_POD_READY_SINCE) |
		flag(!p.TerminatingSince.IsZero(), C.STS_POD_TERMINATING) |
		p.Node.flag(C.STS_POD_NODE) |
		p.Budget.flag(C.STS_POD_BUDGET)
	to.node = p.Node.place
	to.budget = p.Budget.place
	to.revision = C.uint64_t(p.Revision)
	to.ready_since_ms = millis(p.ReadySince)
	to.terminating_since_ms = millis(p.TerminatingSince)
}

// Phase is where a pod is in its life.
type Phase uint32

const (
	// PhasePending is accepted, not started.
	PhasePending Phase = C.STS_PHASE_PENDING
	// PhaseRunning has at least one container that runs.
	PhaseRunning Phase = C.STS_PHASE_RUNNING
	// PhaseSucceeded has containers that all ended well.
	PhaseSucceeded Phase = C.STS_PHASE_SUCCEEDED
	// PhaseFailed has containers that all ended, one of them badly.
	PhaseFailed Phase = C.STS_PHASE_FAILED
	// PhaseUnknown is on a node that does not say.
	PhaseUnknown Phase = C.STS_PHASE_UNKNOWN
)

var phases = []string{
	PhasePending:   "Pending",
	PhaseRunning:   "Running",
	PhaseSucceeded: "Succeeded",
	PhaseFailed:    "Failed",
	PhaseUnknown:   "Unknown",
}

func (p Phase) String() string { return word(phases, p) }
