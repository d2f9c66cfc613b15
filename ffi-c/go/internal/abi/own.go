package abi

import "unsafe"

//go:generate go -C ../../tools run ./abi ../../include/statefulset.h ../internal/abi/abi.go

// OwnSizes say how long the records of this package are.
var OwnSizes = Sizes{
	Desired:   uint16(unsafe.Sizeof(Desired{})),
	Observed:  uint16(unsafe.Sizeof(Observed{})),
	Action:    uint16(unsafe.Sizeof(Action{})),
	Pod:       uint16(unsafe.Sizeof(Pod{})),
	Claim:     uint16(unsafe.Sizeof(Claim{})),
	Volume:    uint16(unsafe.Sizeof(Volume{})),
	Node:      uint16(unsafe.Sizeof(Node{})),
	Budget:    uint16(unsafe.Sizeof(Budget{})),
	Names:     uint16(unsafe.Sizeof(Names{})),
	Exclusion: uint16(unsafe.Sizeof(Exclusion{})),
	Reach:     uint16(unsafe.Sizeof(Reach{})),
}
