package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

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

func (c *Claim) write(to *abi.Claim) {
	to.Ordinal = c.Ordinal
	to.TemplateIndex = c.Template
	to.Phase = uint32(c.Phase)
	to.Flags = flag(c.ForeignController, abi.ClaimForeignController) |
		flag(!c.TerminatingSince.IsZero(), abi.ClaimTerminating) |
		c.Volume.flag(abi.ClaimVolume) |
		c.Node.flag(abi.ClaimNode)
	to.SetOwner = uint32(c.SetOwner)
	to.PodOwner = uint32(c.PodOwner)
	to.Binding = uint32(c.Binding)
	to.Modes = uint32(c.Modes)
	to.VolumeMode = uint32(c.VolumeMode)
	to.StorageClass = c.StorageClass
	to.Volume = c.Volume.place
	to.Node = c.Node.place
	to.TerminatingSinceMs = millis(c.TerminatingSince)
	to.Request = c.Request
}

// ClaimPhase is where a claim is in its life.
type ClaimPhase uint32

const (
	// ClaimPending has no volume yet.
	ClaimPending ClaimPhase = abi.ClaimPending
	// ClaimBound has a volume.
	ClaimBound ClaimPhase = abi.ClaimBound
	// ClaimLost had a volume that is gone.
	ClaimLost ClaimPhase = abi.ClaimLost
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
	OwnerAbsent OwnerRef = abi.OwnerAbsent
	// OwnerController: one does, with the right uid, as a controller.
	OwnerController OwnerRef = abi.OwnerController
	// OwnerPlain: one does, with the right uid, not as a controller.
	OwnerPlain OwnerRef = abi.OwnerPlain
	// OwnerOtherUID: one does, with another uid. Any reference to a pod that does not exist is of this kind.
	OwnerOtherUID OwnerRef = abi.OwnerOtherUID
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
	BindingImmediate Binding = abi.BindingImmediate
	// BindingWaitForFirstConsumer: once the claim's pod has a node.
	BindingWaitForFirstConsumer Binding = abi.BindingWaitForFirstConsumer
)

var bindings = []string{
	BindingImmediate:            "Immediate",
	BindingWaitForFirstConsumer: "WaitForFirstConsumer",
}

func (b Binding) String() string { return word(bindings, b) }
