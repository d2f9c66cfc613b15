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

// Revision is a number of your own for a version of the pod template. The planner only compares it.
type Revision uint64

// Pod is one pod of the set, as you last saw it. Actions refer to it by its index in [Observed.Pods]. Keep its name and
// uid beside it.
type Pod struct {
	// Ordinal is at most [MaxOrdinal], or [NoOrdinal].
	Ordinal uint32
	Phase   Phase
	// Revision is the one that it was created from.
	Revision Revision
	// Ready says that the pod is ready.
	Ready bool
	// ReadySince is when its readiness last changed. It may be zero, which means that it is not known. Then a
	// [Desired.MinReady] above 0 never ends. It may also be in the future.
	ReadySince time.Time
	// TerminatingSince is zero if it is not terminating.
	TerminatingSince time.Time
	// WrongIdentity says that its name or its identity labels are wrong.
	WrongIdentity bool
	// WrongStorage says that its volumes do not refer to the right claims.
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

// Phase is the pod's phase.
type Phase uint32

const (
	// PhasePending: it is accepted and not started.
	PhasePending Phase = C.STS_PHASE_PENDING
	// PhaseRunning: at least one container runs.
	PhaseRunning Phase = C.STS_PHASE_RUNNING
	// PhaseSucceeded: all containers ended well.
	PhaseSucceeded Phase = C.STS_PHASE_SUCCEEDED
	// PhaseFailed: all containers ended, one of them badly.
	PhaseFailed Phase = C.STS_PHASE_FAILED
	// PhaseUnknown: its node does not report the phase.
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
