package statefulset

import (
	"sync"
	"time"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Profile says which behaviour the planner has. Start from [Upstream] or [Standalone]. Each field can then be set
// alone.
type Profile struct {
	// Kubernetes is whose decisions these are. The gates below are those of this version: one that it does not have must
	// be off.
	Kubernetes Kubernetes
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
	// Walk lets a rolling update be one walk over the pods, as in OpenKruise's Advanced StatefulSet, whatever this version
	// of Kubernetes does.
	Walk bool
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
	// Policies says where sets say what they ask for beyond Kubernetes. Only a [Cluster] uses it. For [Plan] set
	// [Desired.Policies] instead.
	Policies PolicySource
}

// Upstream is the decisions of Kubernetes 1.37 with its default feature gates.
func Upstream() Profile {
	return profile(link.ProfileUpstream())
}

// UpstreamOf is the decisions of a version of Kubernetes with its default feature gates.
func UpstreamOf(version Kubernetes) Profile {
	return profile(link.ProfileOf(uint32(version)))
}

// Following is the same profile, decided as a version of Kubernetes does with its default feature gates.
func (p Profile) Following(version Kubernetes) Profile {
	of := UpstreamOf(version)
	p.Kubernetes, p.MaxUnavailable, p.Recreate = of.Kubernetes, of.MaxUnavailable, of.Recreate
	p.SemanticRevisions, p.ReadYourWrites = of.SemanticRevisions, of.ReadYourWrites
	return p
}

// Standalone is the same decisions for a host on which no other controller runs. The plan then also does what other
// controllers do on a cluster: it deletes the pods of a deleted set in order, deletes claims, binds claims to volumes,
// and replaces the pods of draining and of lost nodes.
func Standalone() Profile {
	return profile(link.ProfileStandalone())
}

// Kruise is the decisions of Kubernetes 1.37, and those of OpenKruise's Advanced StatefulSet as far as the policies go:
// reserveOrdinals, scaleStrategy, paused and unorderedUpdate. Rollouts are one walk ([Profile.Walk]).
func Kruise() Profile {
	return profile(link.ProfileKruise())
}

// PingCAP is the decisions of Kubernetes without maxUnavailable, and the annotations of PingCAP's advanced StatefulSet.
func PingCAP() Profile {
	return profile(link.ProfilePingCAP())
}

// Zones is the decisions of Kubernetes 1.37 for sets that stand for the zones of one program, of which one is disturbed at
// a time.
func Zones() Profile {
	return profile(link.ProfileZones())
}

// upstream is what a nil [Desired.Profile] stands for.
var upstream = sync.OnceValue(link.ProfileUpstream)

func (p *Profile) write(to *abi.Profile) {
	*to = abi.Profile{
		Flags: flag(p.MaxUnavailable, abi.ProfileMaxUnavailable) |
			flag(p.Recreate, abi.ProfileRecreate) |
			flag(p.SemanticRevisions, abi.ProfileSemanticRevisions) |
			flag(p.ReadYourWrites, abi.ProfileReadYourWrites) |
			flag(p.Walk, abi.ProfileWalk) |
			flag(p.BindClaims, abi.ProfileBindClaims) |
			flag(p.DrainNodes, abi.ProfileDrainNodes) |
			flag(p.LostNodes, abi.ProfileLostNodes) |
			flag(p.RequireFence, abi.ProfileRequireFence),
		MaxActions:         p.MaxActions,
		Shutdown:           uint32(p.Shutdown),
		GiveUp:             uint32(p.GiveUp),
		UnreachableAfterMs: span(p.UnreachableAfter),
		Kubernetes:         uint32(p.Kubernetes),
		Policies:           uint32(p.Policies),
	}
}

func profile(from abi.Profile) Profile {
	has := func(bit uint32) bool { return from.Flags&bit != 0 }
	return Profile{
		Kubernetes:        Kubernetes(from.Kubernetes),
		MaxUnavailable:    has(abi.ProfileMaxUnavailable),
		Recreate:          has(abi.ProfileRecreate),
		SemanticRevisions: has(abi.ProfileSemanticRevisions),
		ReadYourWrites:    has(abi.ProfileReadYourWrites),
		Walk:              has(abi.ProfileWalk),
		MaxActions:        from.MaxActions,
		Shutdown:          Shutdown(from.Shutdown),
		GiveUp:            GiveUp(from.GiveUp),
		BindClaims:        has(abi.ProfileBindClaims),
		DrainNodes:        has(abi.ProfileDrainNodes),
		LostNodes:         has(abi.ProfileLostNodes),
		UnreachableAfter:  time.Duration(from.UnreachableAfterMs) * time.Millisecond,
		RequireFence:      has(abi.ProfileRequireFence),
		Policies:          PolicySource(from.Policies),
	}
}

// Shutdown says who deletes the pods of a deleted set.
type Shutdown uint32

const (
	// ShutdownBackground: something else, in any order. On a cluster that is Kubernetes' garbage collector.
	ShutdownBackground Shutdown = abi.ShutdownBackground
	// ShutdownOrdered: the plan, the highest ordinal first. A finalizer keeps the set until the last pod is gone.
	ShutdownOrdered Shutdown = abi.ShutdownOrdered
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
	GiveUpOwnerReferences GiveUp = abi.GiveUpOwnerReferences
	// GiveUpDelete: the plan deletes it by [ActionDeleteClaim].
	GiveUpDelete GiveUp = abi.GiveUpDelete
)

var giveUps = []string{
	GiveUpOwnerReferences: "owner-references",
	GiveUpDelete:          "delete",
}

func (g GiveUp) String() string { return word(giveUps, g) }

// PolicySource says where sets say what they ask for beyond Kubernetes.
type PolicySource uint32

const (
	// PoliciesResource: only sets of a resource of one's own ask for anything, in their field spec.policies.
	PoliciesResource PolicySource = abi.PoliciesResource
	// PoliciesAnnotations: StatefulSets do so, too, as JSON in their annotation statefulset.dev/policies.
	PoliciesAnnotations PolicySource = abi.PoliciesAnnotations
	// PoliciesZones: the same, and sets of one namespace with one value of the label rollout-group are a group.
	PoliciesZones PolicySource = abi.PoliciesZones
	// PoliciesKruise: sets have the fields of OpenKruise's Advanced StatefulSet.
	PoliciesKruise PolicySource = abi.PoliciesKruise
	// PoliciesPingCAP: sets have the annotations of PingCAP's advanced StatefulSet.
	PoliciesPingCAP PolicySource = abi.PoliciesPingcap
)

var policySources = []string{
	PoliciesResource:    "resource",
	PoliciesAnnotations: "annotations",
	PoliciesZones:       "zones",
	PoliciesKruise:      "kruise",
	PoliciesPingCAP:     "pingcap",
}

func (p PolicySource) String() string { return word(policySources, p) }
