//go:build !statefulset_cgo

package link

import (
	"encoding/binary"
	"unsafe"
)

// littleEndian says that a record lies in the memory of this platform as it does in that of the module. A record has no
// hidden padding (tools/abi), so that nothing else can differ.
var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// size is how many bytes records have.
func size[R any](records []R) uint64 {
	return uint64(len(records)) * uint64(unsafe.Sizeof(*new(R)))
}

// put copies records into the memory of the module. No records have no place.
func put[R any](i *instance, records []R) uint32 {
	if len(records) == 0 || i.broken != nil {
		return 0
	}
	at := i.room(size(records))
	if i.broken != nil {
		return 0
	}
	to, _ := i.memory.Read(at, uint32(size(records)))
	if littleEndian {
		copy(to, raw(records))
	} else if _, err := binary.Encode(to, binary.LittleEndian, records); err != nil {
		i.broken = err
	}
	return at
}

// get copies records out of it.
func get[R any](i *instance, at uint32, records []R) {
	if len(records) == 0 {
		return
	}
	from, _ := i.memory.Read(at, uint32(size(records)))
	if littleEndian {
		copy(raw(records), from)
	} else if _, err := binary.Decode(from, binary.LittleEndian, records); err != nil {
		i.broken = err
	}
}

// raw is the memory of records.
func raw[R any](records []R) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(records))), size(records))
}
