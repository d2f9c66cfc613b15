package statefulset

import "statefulset.internal/statefulset/internal/abi"

// Purposes are what pods go for: to be out of the set's way for good, or to come back changed, repaired or on another node.
// The deletion of the whole set and the loss of a node are none of these.
type Purposes uint32

const (
	// PurposeScaleIn: the pod's ordinal is not desired.
	PurposeScaleIn Purposes = abi.PurposeScaleIn
	// PurposeRollout: the pod is replaced for a new revision, or because somebody asks for it.
	PurposeRollout Purposes = abi.PurposeRollout
	// PurposeRepair: the pod is replaced because it has ended or is broken.
	PurposeRepair Purposes = abi.PurposeRepair
	// PurposeDrain: the pod's node is being drained.
	PurposeDrain Purposes = abi.PurposeDrain
	// PurposeAll is all of them.
	PurposeAll Purposes = abi.PurposeAll
)

var purposes = []bit[Purposes]{
	{PurposeScaleIn, "scale-in"},
	{PurposeRollout, "rollout"},
	{PurposeRepair, "repair"},
	{PurposeDrain, "drain"},
}

// String is the purposes, separated by commas, or "all".
func (p Purposes) String() string {
	if p == PurposeAll {
		return "all"
	}
	return words(purposes, p)
}

// Prepared is what has been said between your program and a pod about its end. You keep it: [ActionPrepare] and
// [ActionCancelPrepare] ask for the changes that the library wants, and the answers are your program's.
type Prepared uint32

const (
	// PreparedNo: nothing.
	PreparedNo Prepared = abi.PreparedNo
	// PreparedAskedToRestart: it was asked to prepare for a restart, and has not answered.
	PreparedAskedToRestart Prepared = abi.PreparedAskedToRestart
	// PreparedMayRestart: it is prepared for a restart.
	PreparedMayRestart Prepared = abi.PreparedMayRestart
	// PreparedAskedToLeave: it was asked to prepare for its end, and has not answered.
	PreparedAskedToLeave Prepared = abi.PreparedAskedToLeave
	// PreparedMayLeave: it is prepared for its end.
	PreparedMayLeave Prepared = abi.PreparedMayLeave
	// PreparedReturning: it was told that it stays, and is not back in service yet.
	PreparedReturning Prepared = abi.PreparedReturning
)

var prepareds = []string{
	PreparedNo:             "No",
	PreparedAskedToRestart: "AskedToRestart",
	PreparedMayRestart:     "MayRestart",
	PreparedAskedToLeave:   "AskedToLeave",
	PreparedMayLeave:       "MayLeave",
	PreparedReturning:      "Returning",
}

func (p Prepared) String() string { return word(prepareds, p) }
