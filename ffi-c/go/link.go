package statefulset

/*
#cgo pkg-config: statefulset
#include <statefulset.h>
*/
import "C"

import "fmt"

// A library of another binary interface would read other fields than this package writes, so the program must not get
// as far as the first call.
func init() {
	if library := C.sts_abi_version(); library != C.STS_ABI_VERSION {
		panic(fmt.Sprintf("statefulset: built for binary interface %d, linked with %d (version %s)",
			C.STS_ABI_VERSION, library, Version()))
	}
	upstream = C.sts_profile_upstream()
}

// upstream is what a nil [Desired.Profile] stands for.
var upstream C.sts_profile

// Version is the version of the linked library, such as "0.2.0".
func Version() string {
	return C.GoString(C.sts_version())
}
