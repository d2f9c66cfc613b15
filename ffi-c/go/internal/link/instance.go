//go:build !statefulset_cgo

package link

import (
	"bytes"
	"errors"
	"fmt"
	"unsafe"

	"github.com/tetratelabs/wazero/api"

	"statefulset.internal/statefulset/internal/abi"
)

// instance is the module with a memory of its own. One goroutine uses it at a time. Arguments are put into pages of its
// memory that are added here, so that the library's own allocator never gives them out.
type instance struct {
	module    api.Module
	memory    api.Memory
	functions map[string]api.Function
	// Where the pages for arguments begin and end, and where the next one goes.
	begin, end, next uint64
	// What is passed to the function, room for its result included.
	arguments []uint64
	// Here, and not where it is used, as it would be allocated there.
	observed abi.Observed
	// Why it may not be used any more.
	broken error
}

func (i *instance) close() {
	if i.module != nil {
		// An instance without open files has nothing that could fail.
		_ = i.module.Close(background)
	}
}

// forget makes room for the arguments of the next call.
func (i *instance) forget() {
	i.arguments, i.next = i.arguments[:0], i.begin
}

const (
	page = 1 << 16
	// All records begin at a multiple of this.
	alignment = 8
)

// room is a place for so many bytes.
func (i *instance) room(size uint64) uint32 {
	at := (i.next + alignment - 1) / alignment * alignment
	if at+size > i.end && i.broken == nil {
		at = i.grow(size)
	}
	i.next = at + size
	return uint32(at)
}

// grow adds pages, twice as many as there are if that is possible, and gives the first place in them. What lies in
// earlier pages stays there until the call is over.
func (i *instance) grow(size uint64) uint64 {
	for _, wanted := range []uint64{max(size, 2*(i.end-i.begin)), size} {
		count := (wanted + page - 1) / page
		if count > uint64(pages) {
			continue
		}
		if before, grown := i.memory.Grow(uint32(count)); grown {
			i.begin = uint64(before) * page
			i.end = i.begin + count*page
			return i.begin
		}
	}
	i.broken = errNoMemory
	return 0
}

// number adds an argument.
func (i *instance) number(n uint64) {
	i.arguments = append(i.arguments, n)
}

// text adds an sts_text, which is passed by its address.
func (i *instance) text(text string) {
	list(i, []abi.Text{i.view(text)})
}

// view is text in the memory of the module.
func (i *instance) view(text string) abi.Text {
	return abi.Text{Data: put(i, unsafe.Slice(unsafe.StringData(text), len(text))), Size: abi.Size(len(text))}
}

// list adds the address of a list of records.
func list[R any](i *instance, records []R) {
	i.number(uint64(put(i, records)))
}

// record adds the address of a record.
func record[R any](i *instance, of *R) {
	list(i, unsafe.Slice(of, 1))
}

// out adds the address of a list that the library writes, and gives it.
func out[R any](i *instance, to []R) uint32 {
	if len(to) == 0 {
		i.number(0)
		return 0
	}
	at := i.room(size(to))
	i.number(uint64(at))
	return at
}

// call makes a call that ends with a report.
func (i *instance) call(function string, report *abi.Report) abi.Code {
	*report = abi.Report{}
	to := unsafe.Slice(report, 1)
	at := put(i, to)
	i.number(uint64(at))
	if i.broken == nil {
		i.run(function)
		// A library that panics has written its report before it stops (ffi-c/src/last_words.rs).
		get(i, at, to)
	}
	if i.broken != nil && report.Code != abi.CodeInternal {
		*report = abi.Report{Code: abi.CodeInternal}
		copy(report.Message[:len(report.Message)-1], i.broken.Error())
	}
	return report.Code
}

// write makes a call that writes text and then a report.
func (i *instance) write(function string, to []byte, report *abi.Report) abi.Code {
	at := out(i, to)
	i.number(uint64(len(to)))
	code := i.call(function, report)
	if code == abi.CodeOK {
		get(i, at, to[:report.Size])
	}
	return code
}

// run makes a call with the arguments that were added, and gives its result. An instance whose code has stopped in the
// middle is broken: what its memory says holds no more.
func (i *instance) run(name string) uint64 {
	if i.broken != nil {
		return 0
	}
	function, known := i.functions[name]
	if !known {
		function = i.module.ExportedFunction(name)
		i.functions[name] = function
	}
	// The result takes the place of the first argument.
	i.arguments = append(i.arguments, 0)
	if err := function.CallWithStack(background, i.arguments); err != nil {
		i.broken = fmt.Errorf("%s: %w", name, err)
	}
	return i.arguments[0]
}

// static is text of the library that ends with a NUL.
func (i *instance) static(at uint64) string {
	rest, _ := i.memory.Read(uint32(at), i.memory.Size()-uint32(at))
	text, _, _ := bytes.Cut(rest, []byte{0})
	return string(text)
}

var errNoMemory = errors.New("the memory of the module is exhausted")
