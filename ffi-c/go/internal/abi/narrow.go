//go:build !statefulset_cgo

package abi

// The library is a WebAssembly module, in which a pointer has 4 bytes.
type (
	// Pointer is an address.
	Pointer = uint32
	// Size is a count.
	Size = uint32
)
