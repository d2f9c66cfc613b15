package statefulset

/*
#include <statefulset.h>
*/
import "C"

import "time"

// Profile is which behaviour is wanted. Start from [Upstream] or [Standalone]; every knob can then be set alone.
type Profile struct {
	// MaxUnavailable honours [Rolling.MaxUnavailable] (Kubernetes' gate MaxUnavailableStatefulSet).
	MaxUnavailable bool
	// Recreate accepts [StrategyRecreate] (Kubernetes' gate StatefulSetRecreateStrategy).
	Recreate bool
	// SemanticRevisions takes a revision that only lacks the API's defaults for the same revision (Kubernetes' gate
	// StatefulSetSemanticRevisionComparison). It matters to a [Cluster] only.
	SemanticRevisions bool
	// ReadYourWrites decides nothing until one's own writes have been seen (Kubernetes' gate
	// StaleControllerConsistencyStatefulSet). It matters to a [Cluster] only; [Observed.Fresh] says it to [Plan].
	ReadYourWrites bool
	// MaxActions limits the actions of one plan, waits not counted. 0 is a dry run.
	MaxActions uint32
	// Shutdown says who shuts the pods down when the set is deleted.
	Shutdown Shutdown
	// GiveUp says how claims that a policy gives up are deleted.
	GiveUp GiveUp
	// BindClaims lets the plan bind claims to volumes.
	BindClaims bool
	// DrainNodes lets the plan evict pods from draining nodes.
	DrainNodes bool
	// LostNodes lets the plan replace pods of lost nodes.
	LostNodes bool
	// UnreachableAfter is how long a node must have been unreachable before its pods are asked to go. 0 unless LostNodes.
	UnreachableAfter time.Duration
	// RequireFence asks that a node that the operator removed has been fenced as well. False unless LostNodes.
	RequireFence bool
}

// Upstream is Kubernetes 1.37.0 with its default gates.
func Upstream() Profile {
	return profile(C.sts_profile_upstream())
}

// Standalone is the same decisions, for hosts that have no controllers but this library.
func Standalone() Profile {
	return profile(C.sts_profile_standalone())
}

func (p *Profile) write(to *C.sts_profile) {
	*to = C.sts_profile{
		flags: flag(p.MaxUnavailable, C.STS_PROFILE_MAX_UNAVAILABLE) |
			flag(p.Recreate, C.STS_PROFILE_RECREATE) |
			flag(p.SemanticRevisions, C.STS_PROFILE_SEMANTIC_REVISIONS) |
			flag(p.ReadYourWrites, C.STS_PROFILE_READ_YOUR_WRITES) |
			flag(p.BindClaims, C.STS_PROFILE_BIND_CLAIMS) |
			flag(p.DrainNodes, C.STS_PROFILE_DRAIN_NODES) |
			flag(p.LostNodes, C.STS_PROFILE_LOST_NODES) |
			flag(p.RequireFence, C.STS_PROFILE_REQUIRE_FENCE),
		max_actions:          C.uint32_t(p.MaxActions),
		shutdown:             C.uint32_t(p.Shutdown),
		give_up:              C.uint32_t(p.GiveUp),
		unreachable_after_ms: span(p.UnreachableAfter),
	}
}

func profile(from C.sts_profile) Profile {
	has := func(bit C.uint32_t) bool { return from.flags&bit != 0 }
	return Profile{
		MaxUnavailable:    has(C.STS_PROFILE_MAX_UNAVAILABLE),
		Recreate:          has(C.STS_PROFILE_RECREATE),
		SemanticRevisions: has(C.STS_PROFILE_SEMANTIC_REVISIONS),
		ReadYourWrites:    has(C.STS_PROFILE_READ_YOUR_WRITES),
		MaxActions:        uint32(from.max_actions),
		Shutdown:          Shutdown(from.shutdown),
		GiveUp:            GiveUp(from.give_up),
		BindClaims:        has(C.STS_PROFILE_BIND_CLAIMS),
		DrainNodes:        has(C.STS_PROFILE_DRAIN_NODES),
		LostNodes:         has(C.STS_PROFILE_LOST_NODES),
		UnreachableAfter:  time.Duration(from.unreachable_after_ms) * time.Millisecond,
		RequireFence:      has(C.STS_PROFILE_REQUIRE_FENCE),
	}
}

// Shutdown is who shuts the pods down when the set is deleted.
type Shutdown uint32

const (
	// ShutdownBackground: somebody else, in any order (Kubernetes' garbage collector).
	ShutdownBackground Shutdown = C.STS_SHUTDOWN_BACKGROUND
	// ShutdownOrdered: the plan, highest ordinal first; a finalizer keeps the set until the last pod is gone.
	ShutdownOrdered Shutdown = C.STS_SHUTDOWN_ORDERED
)

var shutdowns = []string{
	ShutdownBackground: "background",
	ShutdownOrdered:    "ordered",
}

func (s Shutdown) String() string { return word(shutdowns, s) }

// GiveUp is how claims that a retention policy gives up are deleted.
type GiveUp uint32

const (
	// GiveUpOwnerReferences: by owner references, for a garbage collector to follow.
	GiveUpOwnerReferences GiveUp = C.STS_GIVE_UP_OWNER_REFERENCES
	// GiveUpDelete: by [ActionDeleteClaim].
	GiveUpDelete GiveUp = C.STS_GIVE_UP_DELETE
)

var giveUps = []string{
	GiveUpOwnerReferences: "owner-references",
	GiveUpDelete:          "delete",
}

func (g GiveUp) String() string { return word(giveUps, g) }
