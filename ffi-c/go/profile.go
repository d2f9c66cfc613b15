package statefulset

/*
#include <statefulset.h>
*/
import "C"

import "time"

// Profile says which behaviour the planner has. Start from [Upstream] or [Standalone]. Each field can then be set
// alone.
type Profile struct {
	// MaxUnavailable honours [Rolling.MaxUnavailable] (Kubernetes' gate MaxUnavailableStatefulSet).
	MaxUnavailable bool
	// Recreate accepts [StrategyRecreate] (Kubernetes' gate StatefulSetRecreateStrategy).
	Recreate bool
	// SemanticRevisions treats two revisions as the same if they differ only in defaults of the API (Kubernetes' gate
	// StatefulSetSemanticRevisionComparison). Only a [Cluster] uses it.
	SemanticRevisions bool
	// ReadYourWrites waits until the watch has shown every write that this controller made (Kubernetes' gate
	// StaleControllerConsistencyStatefulSet). Only a [Cluster] uses it. For [Plan] set [Observed.Fresh] instead.
	ReadYourWrites bool
	// MaxActions limits the actions of one plan, waits not counted. 0 is a dry run.
	MaxActions uint32
	// Shutdown says who deletes the pods of a deleted set.
	Shutdown Shutdown
	// GiveUp says how a claim is deleted when the retention policy says Delete.
	GiveUp GiveUp
	// BindClaims lets the plan bind claims to volumes.
	BindClaims bool
	// DrainNodes lets the plan evict pods from draining nodes.
	DrainNodes bool
	// LostNodes lets the plan replace pods of lost nodes.
	LostNodes bool
	// UnreachableAfter is how long a node must have been unreachable before the plan deletes its pods. It is 0 unless
	// LostNodes.
	UnreachableAfter time.Duration
	// RequireFence says that a node which the operator removed must have been fenced as well, before its pods are
	// replaced. It is false unless LostNodes.
	RequireFence bool
}

// Upstream is the decisions of Kubernetes 1.37.0 with its default feature gates.
func Upstream() Profile {
	return profile(C.sts_profile_upstream())
}

// Standalone is the same decisions for a host on which no other controller runs. The plan then also does what other
// controllers do on a cluster: it deletes the pods of a deleted set in order, deletes claims, binds claims to volumes,
// and replaces the pods of draining and of lost nodes.
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

// Shutdown says who deletes the pods of a deleted set.
type Shutdown uint32

const (
	// ShutdownBackground: something else, in any order. On a cluster that is Kubernetes' garbage collector.
	ShutdownBackground Shutdown = C.STS_SHUTDOWN_BACKGROUND
	// ShutdownOrdered: the plan, the highest ordinal first. A finalizer keeps the set until the last pod is gone.
	ShutdownOrdered Shutdown = C.STS_SHUTDOWN_ORDERED
)

var shutdowns = []string{
	ShutdownBackground: "background",
	ShutdownOrdered:    "ordered",
}

func (s Shutdown) String() string { return word(shutdowns, s) }

// GiveUp says how a claim is deleted when the retention policy says Delete.
type GiveUp uint32

const (
	// GiveUpOwnerReferences: the claim gets an owner reference, and a garbage collector deletes it.
	GiveUpOwnerReferences GiveUp = C.STS_GIVE_UP_OWNER_REFERENCES
	// GiveUpDelete: the plan deletes it by [ActionDeleteClaim].
	GiveUpDelete GiveUp = C.STS_GIVE_UP_DELETE
)

var giveUps = []string{
	GiveUpOwnerReferences: "owner-references",
	GiveUpDelete:          "delete",
}

func (g GiveUp) String() string { return word(giveUps, g) }
