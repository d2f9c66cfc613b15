package statefulset

/*
#include <statefulset.h>
*/
import "C"

// Reason says why an action is taken, or would be taken if the wait were over. Numbers and names are never renamed or
// reused.
type Reason uint32

const (
	// ReasonScaleOut: the set should have a pod with this ordinal, and there is none.
	ReasonScaleOut Reason = C.STS_REASON_SCALE_OUT
	// ReasonScaleIn: the pod's ordinal is outside the desired range.
	ReasonScaleIn Reason = C.STS_REASON_SCALE_IN
	// ReasonRollout: the pod does not have the revision that it should have.
	ReasonRollout Reason = C.STS_REASON_ROLLOUT
	// ReasonTerminalPod: the pod's containers have ended. It is replaced.
	ReasonTerminalPod Reason = C.STS_REASON_TERMINAL_POD
	// ReasonHealth: the pod exists and is not available yet.
	ReasonHealth Reason = C.STS_REASON_HEALTH
	// ReasonLostClaim: a pod that has not started lacks a claim.
	ReasonLostClaim Reason = C.STS_REASON_LOST_CLAIM
	// ReasonRetention: the claim's owners are not what the retention policy asks for.
	ReasonRetention Reason = C.STS_REASON_RETENTION
	// ReasonRepair: the pod's identity or storage is not as it should be.
	ReasonRepair Reason = C.STS_REASON_REPAIR
	// ReasonBinding: the claim needs a volume.
	ReasonBinding Reason = C.STS_REASON_BINDING
	// ReasonShutdown: the set is being deleted.
	ReasonShutdown Reason = C.STS_REASON_SHUTDOWN
	// ReasonGiveUp: the retention policy says that the claim is deleted.
	ReasonGiveUp Reason = C.STS_REASON_GIVE_UP
	// ReasonDrain: the pod's node is being drained.
	ReasonDrain Reason = C.STS_REASON_DRAIN
	// ReasonNodeGone: the pod's node is lost.
	ReasonNodeGone Reason = C.STS_REASON_NODE_GONE
	// ReasonStaleView: the lists are older than your own writes, so that nothing is decided.
	ReasonStaleView Reason = C.STS_REASON_STALE_VIEW
)

// String is the name that is the same in all languages, such as "scale-out".
func (r Reason) String() string { return C.GoString(C.sts_reason_name(C.uint32_t(r))) }

// MarshalText writes the name.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the name.
func (r *Reason) UnmarshalText(name []byte) error { return number(readReason(), name, r) }
