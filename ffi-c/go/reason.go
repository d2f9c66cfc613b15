package statefulset

import (
	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Reason says why an action is taken, or would be taken if the wait were over. Numbers and names are never renamed or
// reused.
type Reason uint32

const (
	// ReasonScaleOut: the set should have a pod with this ordinal, and there is none.
	ReasonScaleOut Reason = abi.ReasonScaleOut
	// ReasonScaleIn: the pod's ordinal is outside the desired range.
	ReasonScaleIn Reason = abi.ReasonScaleIn
	// ReasonRollout: the pod does not have the revision that it should have.
	ReasonRollout Reason = abi.ReasonRollout
	// ReasonTerminalPod: the pod's containers have ended. It is replaced.
	ReasonTerminalPod Reason = abi.ReasonTerminalPod
	// ReasonHealth: the pod exists and is not available yet.
	ReasonHealth Reason = abi.ReasonHealth
	// ReasonLostClaim: a pod that has not started lacks a claim.
	ReasonLostClaim Reason = abi.ReasonLostClaim
	// ReasonRetention: the claim's owners are not what the retention policy asks for.
	ReasonRetention Reason = abi.ReasonRetention
	// ReasonRepair: the pod's identity or storage is not as it should be.
	ReasonRepair Reason = abi.ReasonRepair
	// ReasonBinding: the claim needs a volume.
	ReasonBinding Reason = abi.ReasonBinding
	// ReasonShutdown: the set is being deleted.
	ReasonShutdown Reason = abi.ReasonShutdown
	// ReasonGiveUp: the retention policy says that the claim is deleted.
	ReasonGiveUp Reason = abi.ReasonGiveUp
	// ReasonDrain: the pod's node is being drained.
	ReasonDrain Reason = abi.ReasonDrain
	// ReasonNodeGone: the pod's node is lost.
	ReasonNodeGone Reason = abi.ReasonNodeGone
	// ReasonStaleView: the lists are older than your own writes, so that nothing is decided.
	ReasonStaleView Reason = abi.ReasonStaleView
	// ReasonBrokenRevision: the pod is broken and at an old revision, and is replaced out of turn.
	ReasonBrokenRevision Reason = abi.ReasonBrokenRevision
	// ReasonRequested: somebody asks for the pod to be replaced.
	ReasonRequested Reason = abi.ReasonRequested
	// ReasonWanted: the pod was asked to prepare for its end, and stays after all.
	ReasonWanted Reason = abi.ReasonWanted
)

// String is the name that is the same in all languages, such as "scale-out".
func (r Reason) String() string { return link.ReasonName(uint32(r)) }

// MarshalText writes the name.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the name.
func (r *Reason) UnmarshalText(name []byte) error { return number(readReason(), name, r) }
