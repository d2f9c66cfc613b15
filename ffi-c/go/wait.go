package statefulset

import (
	"math/bits"
	"strings"
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

// Wait says why nothing is done now for the ordinals from [Action.Ordinal] to Through, which are not up to date.
type Wait struct {
	// Through is the last ordinal that it covers.
	Through uint32
	// Gates are all conditions that are not met, not only the first.
	Gates Gates
	// On is the kind of thing that it waits for.
	On On
	// Entry refers to that thing in its list. With [OnOrdinal] it is the ordinal.
	Entry Index
	// Since is zero if that is not known.
	Since time.Time
	// Until is when it ends by itself, if nothing else happens; or zero.
	Until time.Time
}

func wait(from *abi.Action) Wait {
	return Wait{
		Through: from.Through,
		Gates:   Gates(from.Gates),
		On:      On(from.On),
		Entry:   index(from.Flags, abi.ActionHasOnIndex, from.OnIndex),
		Since:   moment(from.Flags, abi.ActionHasSince, from.SinceMs),
		Until:   moment(from.Flags, abi.ActionHasUntil, from.UntilMs),
	}
}

// On is the kind of thing that a wait waits for.
type On uint32

const (
	// OnNothing: nothing that the lists have.
	OnNothing On = abi.OnNothing
	// OnOrdinal: an ordinal that has no pod yet.
	OnOrdinal On = abi.OnOrdinal
	// OnPod: a pod of [Observed.Pods].
	OnPod On = abi.OnPod
	// OnClaim: a claim of [Observed.Claims].
	OnClaim On = abi.OnClaim
	// OnNode: a node of [Observed.Nodes].
	OnNode On = abi.OnNode
	// OnBudget: a disruption budget of [Observed.Budgets].
	OnBudget On = abi.OnBudget
	// OnView: newer lists, as your own writes are not in them yet ([Observed.Fresh]).
	OnView On = abi.OnView
)

var ons = []string{
	OnNothing: "nothing",
	OnOrdinal: "ordinal",
	OnPod:     "pod",
	OnClaim:   "claim",
	OnNode:    "node",
	OnBudget:  "budget",
	OnView:    "view",
}

func (o On) String() string { return word(ons, o) }

// Gates is a set of conditions: bit g stands for [Gate] g.
type Gates uint64

// gatesOf is a list of gates as a set.
func gatesOf(list []Gate) Gates {
	var gates Gates
	for _, gate := range list {
		gates |= 1 << gate
	}
	return gates
}

// Has reports whether a gate is in the set.
func (g Gates) Has(gate Gate) bool {
	return gate < 64 && g>>gate&1 != 0
}

// List is the gates in the set, in order of their numbers.
func (g Gates) List() []Gate {
	gates := make([]Gate, 0, bits.OnesCount64(uint64(g)))
	for rest := uint64(g); rest != 0; rest &= rest - 1 {
		gates = append(gates, Gate(bits.TrailingZeros64(rest)))
	}
	return gates
}

// String is the gates' names, separated by commas.
func (g Gates) String() string {
	var names []string
	for _, gate := range g.List() {
		names = append(names, gate.String())
	}
	return strings.Join(names, ",")
}
