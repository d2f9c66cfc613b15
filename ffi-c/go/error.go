package statefulset

import (
	"errors"
	"fmt"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
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
func failure(report *abi.Report) error {
	message := text(report.Message[:])
	switch report.Code {
	case abi.CodeInternal:
		return fmt.Errorf("%w: %s", ErrInternal, message)
	case abi.CodeNoSuchCluster:
		return ErrClosed
	case abi.CodeNoSuchSet:
		return fmt.Errorf("%w: %s", ErrNoSuchSet, message)
	case abi.CodeBadObject:
		return &ObjectError{Kind: Kind(report.Kind), Message: message}
	}
	return &InputError{
		Code:    Code(report.Code),
		List:    List(report.List),
		Index:   int(report.Index),
		Field:   text(report.Field[:]),
		Message: message,
	}
}

// Code says what is wrong with an argument. Numbers and names are never renamed or reused.
type Code uint32

const (
	// CodeOK: nothing is wrong.
	CodeOK Code = abi.CodeOK
	// CodeCapacity: a buffer is too small. This package makes it larger.
	CodeCapacity Code = abi.CodeCapacity
	// CodeInternal is [ErrInternal].
	CodeInternal Code = abi.CodeInternal
	// CodeBadPointer: a pointer is bad, which is a bug of this package's.
	CodeBadPointer Code = abi.CodeBadPointer
	// CodeUnknownNumber: a number or a flag has no meaning.
	CodeUnknownNumber Code = abi.CodeUnknownNumber
	// CodeReserved: a field that must be 0 is not 0, because the field that it belongs to is not set.
	CodeReserved Code = abi.CodeReserved
	// CodeTooLarge: a number is too large.
	CodeTooLarge Code = abi.CodeTooLarge
	// CodeOverflow: the last desired ordinal is above [MaxOrdinal].
	CodeOverflow Code = abi.CodeOverflow
	// CodeNegative: a number is below 0.
	CodeNegative Code = abi.CodeNegative
	// CodeNoSuchEntry: an index points at an entry that is not there, or into a list that is not known.
	CodeNoSuchEntry Code = abi.CodeNoSuchEntry
	// CodeDuplicate: two entries stand for the same thing.
	CodeDuplicate Code = abi.CodeDuplicate
	// CodeTooMany: a list has too many entries.
	CodeTooMany Code = abi.CodeTooMany
	// CodeBusy: no call gives this code any more. Calls on one cluster wait for each other.
	CodeBusy Code = abi.CodeBusy
	// CodeNoSuchCluster is [ErrClosed].
	CodeNoSuchCluster Code = abi.CodeNoSuchCluster
	// CodeBadText: a text is not UTF-8.
	CodeBadText Code = abi.CodeBadText
	// CodeBadJSON: JSON is not what it should be. The message begins with the path of the mistake.
	CodeBadJSON Code = abi.CodeBadJSON
	// CodeBadObject is an [ObjectError].
	CodeBadObject Code = abi.CodeBadObject
	// CodeNoSuchSet is [ErrNoSuchSet].
	CodeNoSuchSet Code = abi.CodeNoSuchSet
	// CodeNotAName: a name does not end as names of pods or claims of a set do, or a text is no name at all.
	CodeNotAName Code = abi.CodeNotAName
	// CodeBadSize: the records have other sizes than the library knows. Either this package has a bug, or the library is
	// older than it.
	CodeBadSize Code = abi.CodeBadSize
	// CodeNoSuchGate: the profile switches a feature gate on that its version of Kubernetes does not have.
	CodeNoSuchGate Code = abi.CodeNoSuchGate
	// CodeEmptyRange: a range ends before it begins.
	CodeEmptyRange Code = abi.CodeEmptyRange
	// CodeDisorder: a range does not begin after the end of the one before it in the list.
	CodeDisorder Code = abi.CodeDisorder
	// CodeNoLimit: a limit is 0, or more than 100 percent.
	CodeNoLimit Code = abi.CodeNoLimit
)

// String is the name that is the same in all languages, such as "no-such-entry".
func (c Code) String() string { return link.CodeName(uint32(c)) }

// List is the argument that an [InputError] is about.
type List uint32

const (
	// ListNone: not about an argument.
	ListNone List = abi.ListNone
	// ListDesired: [Desired].
	ListDesired List = abi.ListDesired
	// ListObserved: [Observed].
	ListObserved List = abi.ListObserved
	// ListPods: [Observed.Pods].
	ListPods List = abi.ListPods
	// ListClaims: [Observed.Claims].
	ListClaims List = abi.ListClaims
	// ListVolumes: [Observed.Volumes].
	ListVolumes List = abi.ListVolumes
	// ListNodes: [Observed.Nodes].
	ListNodes List = abi.ListNodes
	// ListBudgets: [Observed.Budgets].
	ListBudgets List = abi.ListBudgets
	// ListOut: a buffer of this package's.
	ListOut List = abi.ListOut
	// ListArgument: the argument that [InputError.Field] names.
	ListArgument List = abi.ListArgument
	// ListReach: [Observed.Reach].
	ListReach List = abi.ListReach
	// ListExclusions: [Policies.Excluded].
	ListExclusions List = abi.ListExclusions
)

// String is the name that is the same in all languages, such as "pods".
func (l List) String() string { return link.ListName(uint32(l)) }
