package statefulset

/*
#include <statefulset.h>
*/
import "C"

import "time"

// Claim is one claim whose name is made of a template of the set, the set and an ordinal.
type Claim struct {
	// Ordinal is the one in its name.
	Ordinal uint32
	// Template is the index of its template, below [Desired.Templates].
	Template uint32
	Phase    ClaimPhase
	// SetOwner is the state of the owner reference that names the set.
	SetOwner OwnerRef
	// PodOwner is the state of the owner reference that names the pod.
	PodOwner OwnerRef
	// ForeignController says that some other owner reference has controller: true.
	ForeignController bool
	Binding           Binding
	// Modes are the access modes that it asks for.
	Modes      AccessModes
	VolumeMode VolumeMode
	// StorageClass is a number of your own; 0 is the empty class.
	StorageClass uint32
	// Volume refers to the volume in [Observed.Volumes] that the claim names, whether it is bound already or not.
	Volume Index
	// Node refers to the node in [Observed.Nodes] that its pod was scheduled to.
	Node Index
	// TerminatingSince is zero if it is not terminating.
	TerminatingSince time.Time
	// Request is how many bytes it asks for.
	Request uint64
}

func (c *Claim) write(to *C.sts_claim) {
	to.ordinal = C.uint32_t(c.Ordinal)
	to.template_index = C.uint32_t(c.Template)
	to.phase = C.uint32_t(c.Phase)
	to.flags = flag(c.ForeignController, C.STS_CLAIM_FOREIGN_CONTROLLER) |
		flag(!c.TerminatingSince.IsZero(), C.STS_CLAIM_TERMINATING) |
		c.Volume.flag(C.STS_CLAIM_VOLUME) |
		c.Node.flag(C.STS_CLAIM_NODE)
	to.set_owner = C.uint32_t(c.SetOwner)
	to.pod_owner = C.uint32_t(c.PodOwner)
	to.binding = C.uint32_t(c.Binding)
	to.modes = C.uint32_t(c.Modes)
	to.volume_mode = C.uint32_t(c.VolumeMode)
	to.storage_class = C.uint32_t(c.StorageClass)
	to.volume = c.Volume.place
	to.node = c.Node.place
	to.terminating_since_ms = millis(c.TerminatingSince)
	to.request = C.uint64_t(c.Request)
}

// ClaimPhase is where a claim is in its life.
type ClaimPhase uint32

const (
	// ClaimPending has no volume yet.
	ClaimPending ClaimPhase = C.STS_CLAIM_PENDING
	// ClaimBound has a volume.
	ClaimBound ClaimPhase = C.STS_CLAIM_BOUND
	// ClaimLost had a volume that is gone.
	ClaimLost ClaimPhase = C.STS_CLAIM_LOST
)

var claimPhases = []string{
	ClaimPending: "Pending",
	ClaimBound:   "Bound",
	ClaimLost:    "Lost",
}

func (p ClaimPhase) String() string { return word(claimPhases, p) }

// OwnerRef is the state of one kind of owner reference on a claim.
type OwnerRef uint32

const (
	// OwnerAbsent: none names this owner.
	OwnerAbsent OwnerRef = C.STS_OWNER_ABSENT
	// OwnerController: one does, with the right uid, as a controller.
	OwnerController OwnerRef = C.STS_OWNER_CONTROLLER
	// OwnerPlain: one does, with the right uid, not as a controller.
	OwnerPlain OwnerRef = C.STS_OWNER_PLAIN
	// OwnerOtherUID: one does, with another uid. Any reference to a pod that does not exist is of this kind.
	OwnerOtherUID OwnerRef = C.STS_OWNER_OTHER_UID
)

var ownerRefs = []string{
	OwnerAbsent:     "absent",
	OwnerController: "controller",
	OwnerPlain:      "plain",
	OwnerOtherUID:   "other-uid",
}

func (o OwnerRef) String() string { return word(ownerRefs, o) }

// Binding says when the claim's volume is chosen.
type Binding uint32

const (
	// BindingImmediate: at once.
	BindingImmediate Binding = C.STS_BINDING_IMMEDIATE
	// BindingWaitForFirstConsumer: once the claim's pod has a node.
	BindingWaitForFirstConsumer Binding = C.STS_BINDING_WAIT_FOR_FIRST_CONSUMER
)

var bindings = []string{
	BindingImmediate:            "Immediate",
	BindingWaitForFirstConsumer: "WaitForFirstConsumer",
}

func (b Binding) String() string { return word(bindings, b) }
