package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

const (
	// MaxOrdinal is the largest ordinal.
	MaxOrdinal = abi.MaxOrdinal
	// NoOrdinal is the ordinal of a pod whose name ends in digits that exceed [MaxOrdinal].
	NoOrdinal = abi.NoOrdinal
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
	// Rank is its place in a rollout, lowest first, if [Policies.Ranked] says so.
	Rank uint32
	// Hold is what it must not go for now.
	Hold Purposes
	// Replace says that it is to be replaced although nothing else asks for it.
	Replace bool
	// Prepared is what was said to it about its end, where [Policies.Ask] asks.
	Prepared Prepared
	// Change is how it gets to the update revision, where [Policies.InPlace] allows more than one way.
	Change PodChange
	// Changing says that it was changed where it runs, and that its containers do not run yet as they were told to.
	Changing bool
}

func (p *Pod) write(to *abi.Pod) {
	to.Ordinal = p.Ordinal
	to.Phase = uint32(p.Phase)
	to.Flags = flag(p.Ready, abi.PodReady) |
		flag(!p.WrongIdentity, abi.PodIdentity) |
		flag(!p.WrongStorage, abi.PodStorage) |
		flag(!p.ReadySince.IsZero(), abi.PodReadySince) |
		flag(!p.TerminatingSince.IsZero(), abi.PodTerminating) |
		p.Node.flag(abi.PodNode) |
		p.Budget.flag(abi.PodBudget) |
		flag(p.Changing, abi.PodChanging) |
		flag(p.Replace, abi.PodReplace)
	to.Node = p.Node.place
	to.Budget = p.Budget.place
	to.Revision = uint64(p.Revision)
	to.ReadySinceMs = millis(p.ReadySince)
	to.TerminatingSinceMs = millis(p.TerminatingSince)
	to.Rank = p.Rank
	to.Hold = octet(uint32(p.Hold))
	to.Prepared = octet(uint32(p.Prepared))
	to.Change = octet(uint32(p.Change))
}

// Phase is the pod's phase.
type Phase uint32

const (
	// PhasePending: it is accepted and not started.
	PhasePending Phase = abi.PhasePending
	// PhaseRunning: at least one container runs.
	PhaseRunning Phase = abi.PhaseRunning
	// PhaseSucceeded: all containers ended well.
	PhaseSucceeded Phase = abi.PhaseSucceeded
	// PhaseFailed: all containers ended, one of them badly.
	PhaseFailed Phase = abi.PhaseFailed
	// PhaseUnknown: its node does not report the phase.
	PhaseUnknown Phase = abi.PhaseUnknown
)

var phases = []string{
	PhasePending:   "Pending",
	PhaseRunning:   "Running",
	PhaseSucceeded: "Succeeded",
	PhaseFailed:    "Failed",
	PhaseUnknown:   "Unknown",
}

func (p Phase) String() string { return word(phases, p) }

// PodChange is how a pod gets from its revision to the update revision.
type PodChange uint32

const (
	// ChangeRecreate: it is deleted and created again.
	ChangeRecreate PodChange = abi.ChangeRecreate
	// ChangeInPlace: it can be changed where it runs; its containers may restart for that.
	ChangeInPlace PodChange = abi.ChangeInPlace
	// ChangeNothing: nothing that runs differs: it only gets other labels and annotations.
	ChangeNothing PodChange = abi.ChangeNothing
)

var changes = []string{
	ChangeRecreate: "recreate",
	ChangeInPlace:  "in-place",
	ChangeNothing:  "nothing",
}

func (c PodChange) String() string { return word(changes, c) }
