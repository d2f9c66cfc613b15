package statefulset

/*
#include <statefulset.h>
*/
import "C"

// Gate is a condition that must hold before something is done. Numbers and names are never renamed or reused.
type Gate uint32

const (
	// GateStaleView: your own writes have not been seen yet.
	GateStaleView Gate = C.STS_GATE_STALE_VIEW
	// GateClaimsUnknown: the claims are not known.
	GateClaimsUnknown Gate = C.STS_GATE_CLAIMS_UNKNOWN
	// GatePodTerminating: the pod is terminating; its successor may not start before it is gone.
	GatePodTerminating Gate = C.STS_GATE_POD_TERMINATING
	// GatePodPending: the pod has not started.
	GatePodPending Gate = C.STS_GATE_POD_PENDING
	// GatePodNotRunning: the pod does not run.
	GatePodNotRunning Gate = C.STS_GATE_POD_NOT_RUNNING
	// GatePodNotReady: the pod is not ready.
	GatePodNotReady Gate = C.STS_GATE_POD_NOT_READY
	// GatePodNotAvailable: the pod has not been ready for long enough.
	GatePodNotAvailable Gate = C.STS_GATE_POD_NOT_AVAILABLE
	// GateReadySinceMissing: the pod does not say since when it is ready, so that a [Desired.MinReady] above 0 never ends.
	GateReadySinceMissing Gate = C.STS_GATE_READY_SINCE_MISSING
	// GateOrder: another ordinal comes first.
	GateOrder Gate = C.STS_GATE_ORDER
	// GateClaimTerminating: a claim is terminating. It must be gone before it can be created again.
	GateClaimTerminating Gate = C.STS_GATE_CLAIM_TERMINATING
	// GateClaimUnbound: a claim has no volume.
	GateClaimUnbound Gate = C.STS_GATE_CLAIM_UNBOUND
	// GateClaimStale: a claim still belongs to an earlier pod of the same name.
	GateClaimStale Gate = C.STS_GATE_CLAIM_STALE
	// GateMaxUnavailable: as many pods are unavailable as maxUnavailable allows.
	GateMaxUnavailable Gate = C.STS_GATE_MAX_UNAVAILABLE
	// GateReplicasNotAvailable: scale-in waits until all desired pods are available.
	GateReplicasNotAvailable Gate = C.STS_GATE_REPLICAS_NOT_AVAILABLE
	// GateUnhealthyLeaver: the pod to delete is unavailable, and an unavailable pod with a lower ordinal must recover
	// first.
	GateUnhealthyLeaver Gate = C.STS_GATE_UNHEALTHY_LEAVER
	// GateBrokenRevision: the pod is broken and does not have the update revision. OrderedReady never replaces it
	// (kubernetes#67250).
	GateBrokenRevision Gate = C.STS_GATE_BROKEN_REVISION
	// GateSetDeleting: the set is being deleted. Something else deletes its pods.
	GateSetDeleting Gate = C.STS_GATE_SET_DELETING
	// GateUnknownStrategy: the strategy is not known under this profile.
	GateUnknownStrategy Gate = C.STS_GATE_UNKNOWN_STRATEGY
	// GateOldPodsExist: pods of old revisions must all be gone first.
	GateOldPodsExist Gate = C.STS_GATE_OLD_PODS_EXIST
	// GateNoVolume: no volume fits the claim.
	GateNoVolume Gate = C.STS_GATE_NO_VOLUME
	// GatePodUnscheduled: the claim's volume is chosen once its pod has a node.
	GatePodUnscheduled Gate = C.STS_GATE_POD_UNSCHEDULED
	// GateVolumesUnknown: the volumes are not known.
	GateVolumesUnknown Gate = C.STS_GATE_VOLUMES_UNKNOWN
	// GateNodesUnknown: the nodes are not known.
	GateNodesUnknown Gate = C.STS_GATE_NODES_UNKNOWN
	// GateNodeUnreachable: the pod's node does not report.
	GateNodeUnreachable Gate = C.STS_GATE_NODE_UNREACHABLE
	// GateNodeNotFenced: the pod's node must be fenced first.
	GateNodeNotFenced Gate = C.STS_GATE_NODE_NOT_FENCED
	// GateBudget: the disruption budget allows nothing now.
	GateBudget Gate = C.STS_GATE_BUDGET
	// GateClaimRemains: somebody has deleted the claim, and it still exists.
	GateClaimRemains Gate = C.STS_GATE_CLAIM_REMAINS
	// GateBadObject: an object could not be read and was set aside.
	GateBadObject Gate = C.STS_GATE_BAD_OBJECT
	// GateNameTaken: another object has a name that the set needs.
	GateNameTaken Gate = C.STS_GATE_NAME_TAKEN
	// GateNoNodeReady: no node at all is ready. The observer itself may be cut off.
	GateNoNodeReady Gate = C.STS_GATE_NO_NODE_READY
	// GateBudgetsUnknown: the disruption budgets are not known.
	GateBudgetsUnknown Gate = C.STS_GATE_BUDGETS_UNKNOWN
)

// String is the name that is the same in all languages, such as "pod-not-ready".
func (g Gate) String() string { return C.GoString(C.sts_gate_name(C.uint32_t(g))) }

// MarshalText writes the name.
func (g Gate) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads the name.
func (g *Gate) UnmarshalText(name []byte) error { return number(readGate(), name, g) }
