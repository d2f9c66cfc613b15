package statefulset

/*
#include <statefulset.h>
*/
import "C"

import (
	"errors"
	"fmt"
)

// InputError says that an argument breaks its contract: trying again cannot help. A cluster in a bad state is not an
// error; it gives a wait.
type InputError struct {
	// Code is what is wrong.
	Code Code
	// List is the argument that is wrong.
	List List
	// Index is the place of the wrong entry in its list.
	Index int
	// Field is the wrong field, by the name that it has in the C header; empty if the entry as a whole is wrong.
	Field string
	// Message says where and what, for people.
	Message string
}

func (e *InputError) Error() string { return e.Message }

// ErrInternal says that the library has a bug. Nothing is left in a bad state. Please report it with the message.
var ErrInternal = errors.New("statefulset: the library has a bug")

// failure is the error that a report tells.
func failure(report *C.sts_report) error {
	message := C.GoString(&report.message[0])
	if report.code == C.STS_CODE_INTERNAL {
		return fmt.Errorf("%w: %s", ErrInternal, message)
	}
	return &InputError{
		Code:    Code(report.code),
		List:    List(report.list),
		Index:   int(report.index),
		Field:   C.GoString(&report.field[0]),
		Message: message,
	}
}

// Code is what is wrong with an argument. Numbers and names are never renamed or reused.
type Code uint32

const (
	// CodeOK: nothing. Never in an [InputError].
	CodeOK Code = C.STS_CODE_OK
	// CodeCapacity: a buffer is too small. Never in an [InputError].
	CodeCapacity Code = C.STS_CODE_CAPACITY
	// CodeInternal: a bug, which is [ErrInternal]. Never in an [InputError].
	CodeInternal Code = C.STS_CODE_INTERNAL
	// CodeBadPointer: a pointer is bad. Never in an [InputError] unless this package has a bug.
	CodeBadPointer Code = C.STS_CODE_BAD_POINTER
	// CodeUnknownNumber: a number or a flag has no meaning.
	CodeUnknownNumber Code = C.STS_CODE_UNKNOWN_NUMBER
	// CodeReserved: a field that must be 0 is not, for what it goes with is missing.
	CodeReserved Code = C.STS_CODE_RESERVED
	// CodeTooLarge: a number is too large.
	CodeTooLarge Code = C.STS_CODE_TOO_LARGE
	// CodeOverflow: Start + Replicas - 1 is above [MaxOrdinal].
	CodeOverflow Code = C.STS_CODE_OVERFLOW
	// CodeNegative: a number is below 0.
	CodeNegative Code = C.STS_CODE_NEGATIVE
	// CodeNoSuchEntry: an index points at an entry that is not there, or into a list that is not known.
	CodeNoSuchEntry Code = C.STS_CODE_NO_SUCH_ENTRY
	// CodeDuplicate: two entries stand for the same thing.
	CodeDuplicate Code = C.STS_CODE_DUPLICATE
	// CodeTooMany: a list has too many entries.
	CodeTooMany Code = C.STS_CODE_TOO_MANY
)

// String is the name that is the same in all languages, such as "no-such-entry".
func (c Code) String() string { return C.GoString(C.sts_code_name(C.sts_code(c))) }

// List is the argument that an [InputError] is about.
type List uint32

const (
	// ListNone: not about an argument.
	ListNone List = C.STS_LIST_NONE
	// ListDesired: [Desired].
	ListDesired List = C.STS_LIST_DESIRED
	// ListObserved: [Observed].
	ListObserved List = C.STS_LIST_OBSERVED
	// ListPods: [Observed.Pods].
	ListPods List = C.STS_LIST_PODS
	// ListClaims: [Observed.Claims].
	ListClaims List = C.STS_LIST_CLAIMS
	// ListVolumes: [Observed.Volumes].
	ListVolumes List = C.STS_LIST_VOLUMES
	// ListNodes: [Observed.Nodes].
	ListNodes List = C.STS_LIST_NODES
	// ListBudgets: [Observed.Budgets].
	ListBudgets List = C.STS_LIST_BUDGETS
	// ListOut: a buffer of this package's.
	ListOut List = C.STS_LIST_OUT
)

var lists = []string{
	ListNone:     "none",
	ListDesired:  "desired",
	ListObserved: "observed",
	ListPods:     "pods",
	ListClaims:   "claims",
	ListVolumes:  "volumes",
	ListNodes:    "nodes",
	ListBudgets:  "budgets",
	ListOut:      "out",
}

func (l List) String() string { return word(lists, l) }
