package statefulset

import (
	"fmt"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Action is one action, or one wait. Kind says which fields below it mean something. The others are zero.
//
// The order is in the data. Stages run one after the other. Inside a stage each ordinal is a chain of its own, and
// chains may run at the same time. A chain goes by Step. Actions of one step may run together, except
// [ActionSetClaimOwner]: it waits for everything that stands before it in its chain. When an action fails, its chain
// stops at the end of its step, the rest of its stage still runs, and later stages are skipped. The failure of
// [ActionBindClaim], [ActionEvictPod], [ActionForceDeletePod], [ActionDeleteClaim] or [ActionCancelPrepare] only stops its own chain.
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
	// ForGood says of an [ActionPrepare] that the pod will not come back.
	ForGood bool
	// MustExist says that an [ActionDeletePod] fails if the pod is not found. Only Kubernetes before 1.36 decides so.
	MustExist bool
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
	// Revision is the one that [ActionCreatePod] creates the pod from, or that [ActionUpdateInPlace] changes it to.
	Revision Revision
	// Wait describes an [ActionWait].
	Wait Wait
}

func (a *Action) read(from *abi.Action) {
	*a = Action{
		Kind:      ActionKind(from.Kind),
		Reason:    Reason(from.Reason),
		Stage:     from.Stage,
		Ordinal:   from.Ordinal,
		Step:      from.Step,
		ForGood:   from.Flags&abi.ActionForGood != 0,
		MustExist: from.Flags&abi.ActionMustExist != 0,
		Pod:       index(from.Flags, abi.ActionHasPod, from.Pod),
		Claim:     index(from.Flags, abi.ActionHasClaim, from.Claim),
		Volume:    index(from.Flags, abi.ActionHasVolume, from.Volume),
		Node:      index(from.Flags, abi.ActionHasNode, from.Node),
		Template:  from.TemplateIndex,
		Owner:     ClaimOwner(from.Owner),
		Revision:  Revision(from.Revision),
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
	ActionCreateClaim ActionKind = abi.ActionCreateClaim
	// ActionBindClaim reserves Volume for Claim, then writes the volume's name into the claim. Make the writes conditional
	// on the volume's version.
	ActionBindClaim ActionKind = abi.ActionBindClaim
	// ActionCreatePod creates the ordinal's pod from Revision. It is a failure if the pod exists.
	ActionCreatePod ActionKind = abi.ActionCreatePod
	// ActionUpdatePod corrects the name labels and the volumes of Pod in place.
	ActionUpdatePod ActionKind = abi.ActionUpdatePod
	// ActionSetClaimOwner removes every owner reference of Claim that names the set or the pod. Then it adds the one that
	// Owner says, unless another controller owns the claim.
	ActionSetClaimOwner ActionKind = abi.ActionSetClaimOwner
	// ActionDeletePod deletes Pod gracefully, with its uid as a precondition. It counts as done if the pod is not found.
	ActionDeletePod ActionKind = abi.ActionDeletePod
	// ActionEvictPod asks for the eviction of Pod under its disruption budget.
	ActionEvictPod ActionKind = abi.ActionEvictPod
	// ActionForceDeletePod deletes Pod with a grace period of 0, with its uid as a precondition. If the node is known,
	// check that it is still the same node in the same state.
	ActionForceDeletePod ActionKind = abi.ActionForceDeletePod
	// ActionDeleteClaim deletes Claim, with its uid as a precondition. It counts as done if the claim is not found.
	ActionDeleteClaim ActionKind = abi.ActionDeleteClaim
	// ActionHoldFinalizer adds the library's finalizer to the set.
	ActionHoldFinalizer ActionKind = abi.ActionHoldFinalizer
	// ActionReleaseFinalizer removes the library's finalizer from the set.
	ActionReleaseFinalizer ActionKind = abi.ActionReleaseFinalizer
	// ActionWait does nothing. Show the user why it waits.
	ActionWait ActionKind = abi.ActionWait
	// ActionPrepare asks Pod to prepare for its end, with its uid as a precondition. See to it that nobody else asks it at the
	// same time. Say so in [Pod.Prepared] from then on: [PreparedAskedToLeave] if ForGood is true, or else
	// [PreparedAskedToRestart].
	ActionPrepare ActionKind = abi.ActionPrepare
	// ActionCancelPrepare tells Pod that it stays. It is [PreparedReturning] from then on, until it is back in service.
	ActionCancelPrepare ActionKind = abi.ActionCancelPrepare
	// ActionUpdateInPlace changes Pod where it runs, so that it is one of Revision, with its uid as a precondition. Say so in
	// [Pod.Revision] from then on, and in [Pod.Changing] until its containers run as they were told to.
	ActionUpdateInPlace ActionKind = abi.ActionUpdateInPlace
)

// String is the name that is the same in all languages, such as "create-pod".
func (k ActionKind) String() string { return link.ActionName(uint32(k)) }

// MarshalText writes the name.
func (k ActionKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the name.
func (k *ActionKind) UnmarshalText(name []byte) error { return number(readAction(), name, k) }

// ClaimOwner says who owns a claim.
type ClaimOwner uint32

const (
	// ClaimOwnerNobody: neither the set nor the pod.
	ClaimOwnerNobody ClaimOwner = abi.ClaimOwnerNobody
	// ClaimOwnerSet: the set.
	ClaimOwnerSet ClaimOwner = abi.ClaimOwnerSet
	// ClaimOwnerPod: the pod that [Action.Pod] refers to.
	ClaimOwnerPod ClaimOwner = abi.ClaimOwnerPod
)

var claimOwners = []string{
	ClaimOwnerNobody: "nobody",
	ClaimOwnerSet:    "set",
	ClaimOwnerPod:    "pod",
}

func (o ClaimOwner) String() string { return word(claimOwners, o) }
