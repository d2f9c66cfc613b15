package statefulset

import (
	"bytes"
	"unsafe"

	"statefulset.internal/statefulset/internal/abi"
)

// buffer receives text.
type buffer []byte

// text is what a call says. The call is made again if the buffer was too small, which has changed nothing.
func (b *buffer) text(report *abi.Report, call func(out []byte) abi.Code) (string, error) {
	code := call(*b)
	// Somebody else may change the cluster in between.
	for code == abi.CodeCapacity {
		// One byte more, for a NUL.
		*b = make(buffer, report.Size+1)
		code = call(*b)
	}
	if code != abi.CodeOK {
		return "", failure(report)
	}
	return string((*b)[:report.Size]), nil
}

// text is what stands in a field of a record, up to its NUL.
func text(field []byte) string {
	text, _, _ := bytes.Cut(field, []byte{0})
	return string(text)
}

// view is bytes as a string, for as long as a call lasts.
func view(bytes []byte) string {
	return unsafe.String(unsafe.SliceData(bytes), len(bytes))
}
