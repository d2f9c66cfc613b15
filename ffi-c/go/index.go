package statefulset

import (
	"fmt"

	"statefulset.internal/statefulset/internal/abi"
)

// Index refers to an entry of one of your lists. Its zero value refers to none.
type Index struct {
	place uint32
	known bool
}

// At refers to the entry with index i. An index that no list can have gives an [InputError] when it is used.
func At(i int) Index {
	if i < 0 || uint64(i) >= unlisted {
		return Index{place: unlisted - 1, known: true}
	}
	return Index{place: uint32(i), known: true}
}

// Unlisted is the node of a pod whose node is not in [Observed.Nodes]. That node may be gone, or the list may be too
// old.
func Unlisted() Index {
	return Index{place: unlisted, known: true}
}

// No list is so long that it has this index.
const unlisted = abi.Unlisted

// Known reports whether it refers to an entry.
func (x Index) Known() bool {
	return x.known
}

// Int is the entry's index, or -1 if it refers to none.
func (x Index) Int() int {
	if !x.known {
		return -1
	}
	return int(x.place)
}

func (x Index) String() string {
	if !x.known {
		return "none"
	}
	return fmt.Sprint(x.place)
}

// flag is bit if there is an entry.
func (x Index) flag(bit uint32) uint32 {
	return flag(x.known, bit)
}

// flag is bit if the condition holds.
func flag(holds bool, bit uint32) uint32 {
	if holds {
		return bit
	}
	return 0
}

// octet is the number as one byte of a record. One that does not fit has no meaning, as 255 has none.
func octet(number uint32) uint8 {
	return uint8(min(number, 255))
}

// index is the entry that a field refers to where its flag is set.
func index(flags, bit, place uint32) Index {
	return Index{place: place, known: flags&bit != 0}
}
