package statefulset

/*
#include <statefulset.h>
*/
import "C"

import "fmt"

// Action is one action, or one wait. Kind says which fields below it mean something. The others are zero.
//
// The order is in the data. Stages run one after the other. Inside a stage each ordinal is a chain of its own, and
// chains may run at the same time. A chain goes by Step. Actions of one step may run together, except
// [ActionSetClaimOwner]: it waits for everything that stands before it in its chain. When an action fails, its chain
// stops at the end of its step, the rest of its stage still runs, and later stages are skipped. The failure of
// [ActionBindClaim], [ActionEvictPod], [ActionForceDeletePod] or [ActionDeleteClaim] only stops its own chain.
// [CarryOut] keeps these rules.
type Action struct {
	Kind   ActionKind
	Reason Reason
	// Stage is the stage. A stage begins when the one before it has ended.
	Stage uint32
	// Ordinal is the one that the action is for. A wait covers the ordinals from this one to [Wait.Through]. It is
	// [NoOrdinal] if the action is for the set itself, or for pods that have no ordinal.
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
	// Owner says who owns the claim after [ActionSetClaimOwner].
	Owner ClaimOwner
	// Revision is the one that [ActionCreatePod] creates the pod from.
	Revision Revision
	// Wait describes an [ActionWait].
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

// String names the action, its ordinals and the reason, such as "create-pod 2 (scale-out)" or "wait 1-2 (scale-out):
// order". The names of pods are yours to add. There is no ordinal in the text if the action is
// for the set itself, or for a pod that has no ordinal: "hold-finalizer (shutdown)".
func (a Action) String() string {
	if a.Ordinal == NoOrdinal && a.Kind != ActionWait {
		return fmt.Sprintf("%s (%s)", a.Kind, a.Reason)
	}
	if a.Ordinal == NoOrdinal {
		return fmt.Sprintf("wait (%s): %s", a.Reason, a.Wait.Gates)
	}
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
	// ActionCreateClaim creates the ordinal's claim from Template. It is a failure if the claim exists.
	ActionCreateClaim ActionKind = C.STS_ACTION_CREATE_CLAIM
	// ActionBindClaim reserves Volume for Claim, then writes the volume's name into the claim. Make the writes conditional
	// on the volume's version.
	ActionBindClaim ActionKind = C.STS_ACTION_BIND_CLAIM
	// ActionCreatePod creates the ordinal's pod from Revision. It is a failure if the pod exists.
	ActionCreatePod ActionKind = C.STS_ACTION_CREATE_POD
	// ActionUpdatePod corrects the name labels and the volumes of Pod in place.
	ActionUpdatePod ActionKind = C.STS_ACTION_UPDATE_POD
	// ActionSetClaimOwner removes every owner reference of Claim that names the set or the pod. Then it adds the one that
	// Owner says, unless another controller owns the claim.
	ActionSetClaimOwner ActionKind = C.STS_ACTION_SET_CLAIM_OWNER
	// ActionDeletePod deletes Pod gracefully, with its uid as a precondition. It counts as done if the pod is not found.
	ActionDeletePod ActionKind = C.STS_ACTION_DELETE_POD
	// ActionEvictPod asks for the eviction of Pod under its disruption budget.
	ActionEvictPod ActionKind = C.STS_ACTION_EVICT_POD
	// ActionForceDeletePod deletes Pod with a grace period of 0, with its uid as a precondition. If the node is known,
	// check that it is still the same node in the same state.
	ActionForceDeletePod ActionKind = C.STS_ACTION_FORCE_DELETE_POD
	// ActionDeleteClaim deletes Claim, with its uid as a precondition. It counts as done if the claim is not found.
	ActionDeleteClaim ActionKind = C.STS_ACTION_DELETE_CLAIM
	// ActionHoldFinalizer adds the library's finalizer to the set.
	ActionHoldFinalizer ActionKind = C.STS_ACTION_HOLD_FINALIZER
	// ActionReleaseFinalizer removes the library's finalizer from the set.
	ActionReleaseFinalizer ActionKind = C.STS_ACTION_RELEASE_FINALIZER
	// ActionWait does nothing. Show the user why it waits.
	ActionWait ActionKind = C.STS_ACTION_WAIT
)

// String is the name that is the same in all languages, such as "create-pod".
func (k ActionKind) String() string { return C.GoString(C.sts_action_name(C.uint32_t(k))) }

// MarshalText writes the name.
func (k ActionKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the name.
func (k *ActionKind) UnmarshalText(name []byte) error { return number(readAction(), name, k) }

// ClaimOwner says who owns a claim.
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
