//go:build statefulset_cgo

package abi

// The library is code of this platform.
type (
	// Pointer is an address.
	Pointer = uintptr
	// Size is a count.
	Size = uintptr
)
