package statefulset

/*
#include "call.h"
*/
import "C"

import "time"

// Diagnosis describes the state of a set, for people.
type Diagnosis struct {
	Namespace, Name string
	// AtGoal says that the set is up to date: there is nothing to do and nothing to wait for.
	AtGoal bool
	// Wanted is the desired number of pods. Ready is how many of them are ready. Updated is how many pods have the update
	// revision.
	Wanted, Ready, Updated uint32
	// CurrentRevision is the one that was last rolled out in full.
	CurrentRevision string
	// UpdateRevision is the one of the set's template as it is now.
	UpdateRevision string
	// Actions are what would be done now, in order. Neighbouring ordinals with the same answer share one entry.
	Actions []Finding
	// Waits are what is waited for.
	Waits []Finding
	// Traps are known problems of StatefulSets that the set has run into. Those on purpose (a partition, OnDelete) are
	// included.
	Traps []Trap
	// More says that there is more to do than one plan may hold.
	More bool
}

// Finding is one statement about some ordinals of a set.
type Finding struct {
	// First is the first ordinal that it is about, Last the last. Both are [NoOrdinal] if it is about the set itself, or
	// about pods that have no ordinal.
	First, Last uint32
	Action      ActionKind
	Reason      Reason
	// Gates are all conditions that are not met.
	Gates Gates
	// Since is zero if that is not known.
	Since time.Time
	// Until is when it ends by itself, if nothing else happens; or zero.
	Until time.Time
	// Text is the same in words.
	Text string
}

// Trap is a known problem that a set has run into.
type Trap struct {
	// Name is its name, such as "broken-revision". It is never changed or used again.
	Name string `json:"name"`
	// First is the first ordinal that it is about, Last the last.
	First uint32 `json:"first"`
	Last  uint32 `json:"last"`
	// OnPurpose says that somebody has set it up like this.
	OnPurpose bool `json:"onPurpose"`
	// Since is when it began, if it may end by itself. If that was only a moment ago, it is probably no problem.
	Since time.Time `json:"-"`
	// Text says what is wrong.
	Text string `json:"text"`
	// Cure says how to end it.
	Cure string `json:"cure"`
}

// Diagnose says how a set stands: what is done now, what is waited for, and which known problems it has run into.
func (c *Cluster) Diagnose(set string, now time.Time) (Diagnosis, error) {
	text, err := c.ask(func(out *C.char, room C.size_t, report *C.sts_report) C.sts_code {
		return C.call_diagnose(c.handle, set, millis(now), out, room, report)
	})
	if err != nil {
		return Diagnosis{}, err
	}
	// Times are numbers.
	var read struct {
		Diagnosis
		Actions, Waits []findingText
		Traps          []trapText
	}
	if err := readText(text, &read); err != nil {
		return Diagnosis{}, err
	}
	read.Diagnosis.Actions = findings(read.Actions)
	read.Diagnosis.Waits = findings(read.Waits)
	for _, each := range read.Traps {
		each.Trap.Since = momentOf(each.Since)
		read.Diagnosis.Traps = append(read.Diagnosis.Traps, each.Trap)
	}
	return read.Diagnosis, nil
}

type trapText struct {
	Trap
	Since *int64
}

type findingText struct {
	Finding
	First, Last  *uint32
	Gates        []Gate
	Since, Until *int64
}

// ordinalOf is an ordinal, if there is one.
func ordinalOf(ordinal *uint32) uint32 {
	if ordinal == nil {
		return NoOrdinal
	}
	return *ordinal
}

func findings(read []findingText) []Finding {
	var found []Finding
	for _, each := range read {
		each.Finding.First, each.Finding.Last = ordinalOf(each.First), ordinalOf(each.Last)
		each.Finding.Gates = gatesOf(each.Gates)
		each.Finding.Since = momentOf(each.Since)
		each.Finding.Until = momentOf(each.Until)
		found = append(found, each.Finding)
	}
	return found
}
