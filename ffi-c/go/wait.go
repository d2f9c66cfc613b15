package statefulset

/*
#include <statefulset.h>
*/
import "C"

import (
	"math/bits"
	"strings"
	"time"
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

func wait(from *C.sts_action) Wait {
	return Wait{
		Through: uint32(from.through),
		Gates:   Gates(from.gates),
		On:      On(from.on),
		Entry:   index(from.flags, C.STS_ACTION_HAS_ON_INDEX, from.on_index),
		Since:   moment(from.flags, C.STS_ACTION_HAS_SINCE, from.since_ms),
		Until:   moment(from.flags, C.STS_ACTION_HAS_UNTIL, from.until_ms),
	}
}

// On is the kind of thing that a wait waits for.
type On uint32

const (
	// OnNothing: nothing that the lists have.
	OnNothing On = C.STS_ON_NOTHING
	// OnOrdinal: an ordinal that has no pod yet.
	OnOrdinal On = C.STS_ON_ORDINAL
	// OnPod: a pod of [Observed.Pods].
	OnPod On = C.STS_ON_POD
	// OnClaim: a claim of [Observed.Claims].
	OnClaim On = C.STS_ON_CLAIM
	// OnNode: a node of [Observed.Nodes].
	OnNode On = C.STS_ON_NODE
	// OnBudget: a disruption budget of [Observed.Budgets].
	OnBudget On = C.STS_ON_BUDGET
	// OnView: newer lists, as your own writes are not in them yet ([Observed.Fresh]).
	OnView On = C.STS_ON_VIEW
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
