package statefulset

import (
	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Gate is a condition that must hold before something is done. Numbers and names are never renamed or reused.
type Gate uint32

const (
	// GateStaleView: your own writes have not been seen yet.
	GateStaleView Gate = abi.GateStaleView
	// GateClaimsUnknown: the claims are not known.
	GateClaimsUnknown Gate = abi.GateClaimsUnknown
	// GatePodTerminating: the pod is terminating; its successor may not start before it is gone.
	GatePodTerminating Gate = abi.GatePodTerminating
	// GatePodPending: the pod has not started.
	GatePodPending Gate = abi.GatePodPending
	// GatePodNotRunning: the pod does not run.
	GatePodNotRunning Gate = abi.GatePodNotRunning
	// GatePodNotReady: the pod is not ready.
	GatePodNotReady Gate = abi.GatePodNotReady
	// GatePodNotAvailable: the pod has not been ready for long enough.
	GatePodNotAvailable Gate = abi.GatePodNotAvailable
	// GateReadySinceMissing: the pod does not say since when it is ready, so that a [Desired.MinReady] above 0 never ends.
	GateReadySinceMissing Gate = abi.GateReadySinceMissing
	// GateOrder: another ordinal comes first.
	GateOrder Gate = abi.GateOrder
	// GateClaimTerminating: a claim is terminating. It must be gone before it can be created again.
	GateClaimTerminating Gate = abi.GateClaimTerminating
	// GateClaimUnbound: a claim has no volume.
	GateClaimUnbound Gate = abi.GateClaimUnbound
	// GateClaimStale: a claim still belongs to an earlier pod of the same name.
	GateClaimStale Gate = abi.GateClaimStale
	// GateMaxUnavailable: as many pods are unavailable as maxUnavailable allows.
	GateMaxUnavailable Gate = abi.GateMaxUnavailable
	// GateReplicasNotAvailable: scale-in waits until all desired pods are available.
	GateReplicasNotAvailable Gate = abi.GateReplicasNotAvailable
	// GateUnhealthyLeaver: the pod to delete is unavailable, and an unavailable pod with a lower ordinal must recover
	// first.
	GateUnhealthyLeaver Gate = abi.GateUnhealthyLeaver
	// GateBrokenRevision: the pod is broken and does not have the update revision. OrderedReady never replaces it
	// (kubernetes#67250).
	GateBrokenRevision Gate = abi.GateBrokenRevision
	// GateSetDeleting: the set is being deleted. Something else deletes its pods.
	GateSetDeleting Gate = abi.GateSetDeleting
	// GateUnknownStrategy: the strategy is not known under this profile.
	GateUnknownStrategy Gate = abi.GateUnknownStrategy
	// GateOldPodsExist: pods of old revisions must all be gone first.
	GateOldPodsExist Gate = abi.GateOldPodsExist
	// GateNoVolume: no volume fits the claim.
	GateNoVolume Gate = abi.GateNoVolume
	// GatePodUnscheduled: the claim's volume is chosen once its pod has a node.
	GatePodUnscheduled Gate = abi.GatePodUnscheduled
	// GateVolumesUnknown: the volumes are not known.
	GateVolumesUnknown Gate = abi.GateVolumesUnknown
	// GateNodesUnknown: the nodes are not known.
	GateNodesUnknown Gate = abi.GateNodesUnknown
	// GateNodeUnreachable: the pod's node does not report.
	GateNodeUnreachable Gate = abi.GateNodeUnreachable
	// GateNodeNotFenced: the pod's node must be fenced first.
	GateNodeNotFenced Gate = abi.GateNodeNotFenced
	// GateBudget: the disruption budget allows nothing now.
	GateBudget Gate = abi.GateBudget
	// GateClaimRemains: somebody has deleted the claim, and it still exists.
	GateClaimRemains Gate = abi.GateClaimRemains
	// GateBadObject: an object could not be read and was set aside.
	GateBadObject Gate = abi.GateBadObject
	// GateNameTaken: another object has a name that the set needs.
	GateNameTaken Gate = abi.GateNameTaken
	// GateNoNodeReady: no node at all is ready. The observer itself may be cut off.
	GateNoNodeReady Gate = abi.GateNoNodeReady
	// GateBudgetsUnknown: the disruption budgets are not known.
	GateBudgetsUnknown Gate = abi.GateBudgetsUnknown
	// GateExcluded: the pod's ordinal is excluded, and every desired pod must be available before it goes.
	GateExcluded Gate = abi.GateExcluded
	// GateEarlierRank: pods of an earlier rank must be updated and available first.
	GateEarlierRank Gate = abi.GateEarlierRank
	// GatePaused: actions of this kind are paused.
	GatePaused Gate = abi.GatePaused
	// GateScaleLimit: as many pods are coming or leaving as the set's limits allow.
	GateScaleLimit Gate = abi.GateScaleLimit
	// GateGroup: the group that the set belongs to allows no more disruptions now.
	GateGroup Gate = abi.GateGroup
	// GateHeld: you do not let the pod go for this purpose now.
	GateHeld Gate = abi.GateHeld
	// GatePreparing: the pod was asked to prepare for its end, or is coming back into service after it was.
	GatePreparing Gate = abi.GatePreparing
	// GatePace: an available pod was taken away a short time ago, and the set's pace lets no other one go yet.
	GatePace Gate = abi.GatePace
	// GateDeadline: the set has gone too long without progress, and its rollout is held for that.
	GateDeadline Gate = abi.GateDeadline
	// GateNotInPlace: the pod would have to be made again, and the set's policy lets a rollout change pods only where they run.
	GateNotInPlace Gate = abi.GateNotInPlace
	// GatePodChanging: the pod was changed where it runs, and its containers do not run yet as they were told to.
	GatePodChanging Gate = abi.GatePodChanging
)

// String is the name that is the same in all languages, such as "pod-not-ready".
func (g Gate) String() string { return link.GateName(uint32(g)) }

// MarshalText writes the name.
func (g Gate) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads the name.
func (g *Gate) UnmarshalText(name []byte) error { return number(readGate(), name, g) }
