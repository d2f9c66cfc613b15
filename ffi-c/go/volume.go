package statefulset

import (
	"statefulset.internal/statefulset/internal/abi"
)

// Volume is one volume that claims may be bound to. When you carry out a binding, make the write conditional on the
// volume's version.
type Volume struct {
	// Capacity is in bytes.
	Capacity uint64
	// Matches has bit i set if the claim selector of template i matches this volume. A template without a selector matches
	// every volume.
	Matches uint64
	Phase   VolumePhase
	// Terminating says that somebody has deleted it, and it still exists.
	Terminating bool
	// Claim refers to the claim in [Observed.Claims] that it is reserved for, by name and, where the volume has one, by
	// uid.
	Claim Index
	// Taken says that it is reserved for a claim that is not in [Observed.Claims], or for an earlier one of the same name.
	Taken bool
	// StorageClass is as in [Claim].
	StorageClass uint32
	// Modes are the access modes that it offers.
	Modes      AccessModes
	VolumeMode VolumeMode
	// Local says that only the nodes of the group Reach reach it. Otherwise every node does.
	Local bool
	// Reach is the group of nodes that reach it, a number of your own. [Observed.Reach] lists the nodes of each group. It
	// is 0 unless Local.
	Reach uint32
}

func (v *Volume) write(to *abi.Volume) {
	to.Capacity = v.Capacity
	to.Matches = v.Matches
	to.Phase = uint32(v.Phase)
	to.Flags = flag(v.Terminating, abi.VolumeTerminating) |
		flag(v.Local, abi.VolumeReach) |
		v.Claim.flag(abi.VolumeClaim) |
		flag(v.Taken, abi.VolumeTaken)
	to.Claim = v.Claim.place
	to.StorageClass = v.StorageClass
	to.Modes = uint32(v.Modes)
	to.VolumeMode = uint32(v.VolumeMode)
	to.Reach = v.Reach
}

// Reach is one node of a group of nodes that reach a volume. A zone with three nodes has three of these.
type Reach struct {
	// Group is as in [Volume.Reach].
	Group uint32
	// Node is the node's place in [Observed.Nodes].
	Node uint32
}

func (r *Reach) write(to *abi.Reach) {
	to.Group = r.Group
	to.Node = r.Node
}

// VolumePhase is where a volume is in its life.
type VolumePhase uint32

const (
	// VolumePending is not usable yet.
	VolumePending VolumePhase = abi.VolumePending
	// VolumeAvailable is free.
	VolumeAvailable VolumePhase = abi.VolumeAvailable
	// VolumeBound is in use.
	VolumeBound VolumePhase = abi.VolumeBound
	// VolumeReleased had a claim that is gone.
	VolumeReleased VolumePhase = abi.VolumeReleased
	// VolumeFailed could not be reclaimed.
	VolumeFailed VolumePhase = abi.VolumeFailed
)

var volumePhases = []string{
	VolumePending:   "Pending",
	VolumeAvailable: "Available",
	VolumeBound:     "Bound",
	VolumeReleased:  "Released",
	VolumeFailed:    "Failed",
}

func (p VolumePhase) String() string { return word(volumePhases, p) }

// AccessModes is a set of access modes.
type AccessModes uint32

const (
	// ReadWriteOnce: one node reads and writes.
	ReadWriteOnce AccessModes = abi.AccessReadWriteOnce
	// ReadOnlyMany: many nodes read.
	ReadOnlyMany AccessModes = abi.AccessReadOnlyMany
	// ReadWriteMany: many nodes read and write.
	ReadWriteMany AccessModes = abi.AccessReadWriteMany
	// ReadWriteOncePod: one pod reads and writes.
	ReadWriteOncePod AccessModes = abi.AccessReadWriteOncePod
)

var accessModes = []bit[AccessModes]{
	{ReadWriteOnce, "ReadWriteOnce"},
	{ReadOnlyMany, "ReadOnlyMany"},
	{ReadWriteMany, "ReadWriteMany"},
	{ReadWriteOncePod, "ReadWriteOncePod"},
}

// String is the modes' names, separated by commas.
func (m AccessModes) String() string { return words(accessModes, m) }

// VolumeMode is what a claim's user sees.
type VolumeMode uint32

const (
	// VolumeModeFilesystem is a directory.
	VolumeModeFilesystem VolumeMode = abi.VolumeModeFilesystem
	// VolumeModeBlock is a block device.
	VolumeModeBlock VolumeMode = abi.VolumeModeBlock
)

var volumeModes = []string{
	VolumeModeFilesystem: "Filesystem",
	VolumeModeBlock:      "Block",
}

func (m VolumeMode) String() string { return word(volumeModes, m) }
