// Package link calls the C library. It does so in two ways that have the same functions: as a WebAssembly module that is
// a part of this package, and, with the build tag statefulset_cgo, as a library of this platform. All the rest of the Go
// package is the same in both.
//
// Records are those of package abi. Nothing is kept of an argument after a call.
package link

import "statefulset.internal/statefulset/internal/abi"

// Snapshot is what a plan is made of: the records of a set, and the lists of what was seen.
type Snapshot struct {
	// Desired lacks its exclusions, which are a list of their own here.
	Desired    abi.Desired
	Exclusions []abi.Exclusion
	// Flags are STS_OBSERVED_*.
	Flags   uint32
	Pods    []abi.Pod
	Claims  []abi.Claim
	Volumes []abi.Volume
	Nodes   []abi.Node
	Budgets []abi.Budget
	Reach   []abi.Reach
}

// Names are those that sentences use, one a line.
type Names struct {
	Set, ClaimTemplates, Nodes, Volumes, Budgets string
}
