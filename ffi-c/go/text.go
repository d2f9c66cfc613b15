package statefulset

/*
#include "call.h"
*/
import "C"

import "unsafe"

// buffer receives text.
type buffer []byte

// text is what a call says. The call is made again if the buffer was too small, which has changed nothing.
func (b *buffer) text(report *C.sts_report, call func(out *C.char, room C.size_t) C.sts_code) (string, error) {
	code := call(b.out())
	// Somebody else may change the cluster in between.
	for code == C.STS_CODE_CAPACITY {
		// One byte more, for a NUL.
		*b = make(buffer, report.size+1)
		code = call(b.out())
	}
	if code != C.STS_CODE_OK {
		return "", failure(report)
	}
	return string((*b)[:report.size]), nil
}

func (b *buffer) out() (*C.char, C.size_t) {
	return (*C.char)(unsafe.Pointer(unsafe.SliceData(*b))), C.size_t(len(*b))
}

// view is bytes as a string, for as long as a call lasts.
func view(bytes []byte) string {
	return unsafe.String(unsafe.SliceData(bytes), len(bytes))
}
