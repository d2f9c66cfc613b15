package statefulset

/*
#include <statefulset.h>
*/
import "C"

import "fmt"

// Action is one thing to do, or one wait. Kind says which fields below it mean something; the others are zero.
//
// Order is in the data. Stages run one after the other. Inside a stage each ordinal is a chain of its own, so different
// ordinals may run at the same time; a chain goes by Step, and actions of one step may run together, but
// [ActionSetClaimOwner], which waits for what stands before it in its chain. When an action fails, its chain stops at the
// end of its step, the rest of its stage still runs, and later stages are skipped; but the failure of [ActionBindClaim],
// [ActionEvictPod], [ActionForceDeletePod] or [ActionDeleteClaim] ends its own chain only. [CarryOut] keeps these rules.
type Action struct {
	Kind   ActionKind
	Reason Reason
	// Stage: stages are finished in this order.
	Stage uint32
	// Ordinal is the one that it is done for.
	Ordinal uint32
	// Step is the place within the ordinal's chain.
	Step uint32
	// Pod refers to [Observed.Pods].
	Pod Index
	// Claim refers to [Observed.Claims].
	Claim Index
	// Volume refers to [Observed.Volumes].
	Volume Index
	// Node refers to [Observed.Nodes].
	Node Index
	// Template is the index of the template of [ActionCreateClaim].
	Template uint32
	// Owner is who is to own the claim of [ActionSetClaimOwner].
	Owner ClaimOwner
	// Revision is what [ActionCreatePod] makes the pod from.
	Revision Revision
	// Wait is that of [ActionWait].
	Wait Wait
}

func (a *Action) read(from *C.sts_action) {
	*a = Action{
		Kind:     ActionKind(from.kind),
		Reason:   Reason(from.reason),
		Stage:    uint32(from.stage),
		Ordinal:  uint32(from.ordinal),
		Step:     uint32(from.step),
		Pod:      index(from.flags, C.STS_ACTION_HAS_POD, from.pod),
		Claim:    index(from.flags, C.STS_ACTION_HAS_CLAIM, from.claim),
		Volume:   index(from.flags, C.STS_ACTION_HAS_VOLUME, from.volume),
		Node:     index(from.flags, C.STS_ACTION_HAS_NODE, from.node),
		Template: uint32(from.template_index),
		Owner:    ClaimOwner(from.owner),
		Revision: Revision(from.revision),
	}
	if a.Kind == ActionWait {
		a.Wait = wait(from)
	}
}

// String names the action, its ordinals and why, such as "create-pod 2 (scale-out)" or
// "wait 1-2 (scale-out): order". Names of pods are yours to add.
func (a Action) String() string {
	if a.Kind != ActionWait {
		return fmt.Sprintf("%s %d (%s)", a.Kind, a.Ordinal, a.Reason)
	}
	if a.Wait.Through == a.Ordinal {
		return fmt.Sprintf("wait %d (%s): %s", a.Ordinal, a.Reason, a.Wait.Gates)
	}
	return fmt.Sprintf("wait %d-%d (%s): %s", a.Ordinal, a.Wait.Through, a.Reason, a.Wait.Gates)
}

// ActionKind is what an action does.
type ActionKind uint32

const (
	// ActionCreateClaim makes the ordinal's claim from Template. Already-exists is a failure.
	ActionCreateClaim ActionKind = C.STS_ACTION_CREATE_CLAIM
	// ActionBindClaim reserves Volume for Claim, then lets the claim name it. Conditional on the volume's version.
	ActionBindClaim ActionKind = C.STS_ACTION_BIND_CLAIM
	// ActionCreatePod makes the ordinal's pod from Revision. Already-exists is a failure.
	ActionCreatePod ActionKind = C.STS_ACTION_CREATE_POD
	// ActionUpdatePod puts the name labels and the volumes of Pod right in place.
	ActionUpdatePod ActionKind = C.STS_ACTION_UPDATE_POD
	// ActionSetClaimOwner drops every owner reference of Claim that names the set or the pod; then, unless a foreign
	// controller is in the way, adds the one that Owner says.
	ActionSetClaimOwner ActionKind = C.STS_ACTION_SET_CLAIM_OWNER
	// ActionDeletePod deletes Pod gracefully, on condition of its uid. Not-found counts as done.
	ActionDeletePod ActionKind = C.STS_ACTION_DELETE_POD
	// ActionEvictPod asks for the eviction of Pod under its disruption budget.
	ActionEvictPod ActionKind = C.STS_ACTION_EVICT_POD
	// ActionForceDeletePod removes Pod at once, on condition of its uid and, where it is still known, of the identity and
	// state of Node.
	ActionForceDeletePod ActionKind = C.STS_ACTION_FORCE_DELETE_POD
	// ActionDeleteClaim deletes Claim, on condition of its uid. Not-found counts as done.
	ActionDeleteClaim ActionKind = C.STS_ACTION_DELETE_CLAIM
	// ActionHoldFinalizer adds the library's finalizer to the set.
	ActionHoldFinalizer ActionKind = C.STS_ACTION_HOLD_FINALIZER
	// ActionReleaseFinalizer takes the library's finalizer off the set.
	ActionReleaseFinalizer ActionKind = C.STS_ACTION_RELEASE_FINALIZER
	// ActionWait does nothing: show why.
	ActionWait ActionKind = C.STS_ACTION_WAIT
)

// String is the name that is the same in all languages, such as "create-pod".
func (k ActionKind) String() string { return C.GoString(C.sts_action_name(C.uint32_t(k))) }

// MarshalText writes the name.
func (k ActionKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the name.
func (k *ActionKind) UnmarshalText(name []byte) error { return number(readAction(), name, k) }

// ClaimOwner is who is to own a claim.
type ClaimOwner uint32

const (
	// ClaimOwnerNobody: neither the set nor the pod.
	ClaimOwnerNobody ClaimOwner = C.STS_CLAIM_OWNER_NOBODY
	// ClaimOwnerSet: the set.
	ClaimOwnerSet ClaimOwner = C.STS_CLAIM_OWNER_SET
	// ClaimOwnerPod: the pod that [Action.Pod] refers to.
	ClaimOwnerPod ClaimOwner = C.STS_CLAIM_OWNER_POD
)

var claimOwners = []string{
	ClaimOwnerNobody: "nobody",
	ClaimOwnerSet:    "set",
	ClaimOwnerPod:    "pod",
}

func (o ClaimOwner) String() string { return word(claimOwners, o) }
