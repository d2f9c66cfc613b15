package statefulset

/*
#include <statefulset.h>
*/
import "C"

import (
	"errors"
	"fmt"
)

// InputError says that an argument breaks its contract. Trying again cannot help. A cluster in a bad state is not an
// error: the plan then has a wait.
type InputError struct {
	// Code is what is wrong.
	Code Code
	// List is the argument that is wrong.
	List List
	// Index is the place of the wrong entry in its list.
	Index int
	// Field is the wrong field, by the name that it has in the C header. It is empty if the whole entry is wrong.
	Field string
	// Message says where and what, for people.
	Message string
}

func (e *InputError) Error() string { return e.Message }

// ObjectError says that an object cannot be read. The object was set aside, what depends on it waits, and everything
// else goes on.
type ObjectError struct {
	Kind Kind
	// Message names the object, the place in it, and what was expected there: "Pod default/web-1: spec: …".
	Message string
}

func (e *ObjectError) Error() string { return e.Message }

var (
	// ErrInternal says that the library has a bug. Please report it with the message. If the call was on a [Cluster],
	// every later call on it gives the same error. Nothing else is left in a bad state.
	ErrInternal = errors.New("statefulset: the library has a bug")
	// ErrClosed says that the [Cluster] has been closed.
	ErrClosed = errors.New("statefulset: the cluster is closed")
	// ErrNoSuchSet says that there is no set of this name, or that it cannot be read; the message says which.
	ErrNoSuchSet = errors.New("statefulset: no such set")
)

// failure is the error that a report tells.
func failure(report *C.sts_report) error {
	message := C.GoString(&report.message[0])
	switch report.code {
	case C.STS_CODE_INTERNAL:
		return fmt.Errorf("%w: %s", ErrInternal, message)
	case C.STS_CODE_NO_SUCH_CLUSTER:
		return ErrClosed
	case C.STS_CODE_NO_SUCH_SET:
		return fmt.Errorf("%w: %s", ErrNoSuchSet, message)
	case C.STS_CODE_BAD_OBJECT:
		return &ObjectError{Kind: Kind(report.kind), Message: message}
	}
	return &InputError{
		Code:    Code(report.code),
		List:    List(report.list),
		Index:   int(report.index),
		Field:   C.GoString(&report.field[0]),
		Message: message,
	}
}

// Code says what is wrong with an argument. Numbers and names are never renamed or reused.
type Code uint32

const (
	// CodeOK: nothing is wrong.
	CodeOK Code = C.STS_CODE_OK
	// CodeCapacity: a buffer is too small. This package makes it larger.
	CodeCapacity Code = C.STS_CODE_CAPACITY
	// CodeInternal is [ErrInternal].
	CodeInternal Code = C.STS_CODE_INTERNAL
	// CodeBadPointer: a pointer is bad, which is a bug of this package's.
	CodeBadPointer Code = C.STS_CODE_BAD_POINTER
	// CodeUnknownNumber: a number or a flag has no meaning.
	CodeUnknownNumber Code = C.STS_CODE_UNKNOWN_NUMBER
	// CodeReserved: a field that must be 0 is not 0, because the field that it belongs to is not set.
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
	// CodeBusy: no call gives this code any more. Calls on one cluster wait for each other.
	CodeBusy Code = C.STS_CODE_BUSY
	// CodeNoSuchCluster is [ErrClosed].
	CodeNoSuchCluster Code = C.STS_CODE_NO_SUCH_CLUSTER
	// CodeBadText: a text is not UTF-8.
	CodeBadText Code = C.STS_CODE_BAD_TEXT
	// CodeBadJSON: JSON is not what it should be. The message begins with the path of the mistake.
	CodeBadJSON Code = C.STS_CODE_BAD_JSON
	// CodeBadObject is an [ObjectError].
	CodeBadObject Code = C.STS_CODE_BAD_OBJECT
	// CodeNoSuchSet is [ErrNoSuchSet].
	CodeNoSuchSet Code = C.STS_CODE_NO_SUCH_SET
	// CodeNotAName: a name does not end as names of pods or claims of a set do, or a text is no name at all.
	CodeNotAName Code = C.STS_CODE_NOT_A_NAME
	// CodeBadSize: the records have other sizes than the library knows. Either this package has a bug, or the library is
	// older than it.
	CodeBadSize Code = C.STS_CODE_BAD_SIZE
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
	// ListArgument: the argument that [InputError.Field] names.
	ListArgument List = C.STS_LIST_ARGUMENT
	// ListReach: [Observed.Reach].
	ListReach List = C.STS_LIST_REACH
)

// String is the name that is the same in all languages, such as "pods".
func (l List) String() string { return C.GoString(C.sts_list_name(C.uint32_t(l))) }
