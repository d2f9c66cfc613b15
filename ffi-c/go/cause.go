package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Cause is why a set is not as it is wanted, or something that is worth knowing of it.
type Cause struct {
	// Name is its name, such as "image-not-pulled". It is never changed or used again. [Causes] lists all names.
	Name string
	// Weight is what it means for the set.
	Weight Weight
	// Object is the one to look at.
	Object ObjectName
	// First is the first ordinal that it concerns, Last the last. Both are [NoOrdinal] if it concerns the set itself.
	First, Last uint32
	// Since is when it began, if it may end by itself. A recent one of these is the ordinary course of things. It is zero
	// if the cause does not end by itself, or if that moment is not known.
	Since time.Time
	// Text says what is wrong.
	Text string
	// Evidence says where that stands.
	Evidence []Proof
	// Cures are the ways to end it. If there are several, a person has to decide between them.
	Cures []Cure
}

// Proof is a field or an event that shows a cause.
type Proof struct {
	// Object is the one that the field is of, or that the event is about.
	Object ObjectName
	// Field is the field, such as "status.conditions[0].message", or "event" and the event's reason.
	Field string
	// Text is what stands there.
	Text string
}

// Cure is one way to end a cause.
type Cure struct {
	// Text says what to do.
	Text string
	// Warning is to be read before: it says what may be lost, or what must be certain. It is empty if there is nothing of
	// this kind.
	Warning string
	// Commands are to be run in order, as they are.
	Commands []string
}

// ObjectName is an object by kind and name. It is in the namespace of the set, if its kind has namespaces.
type ObjectName struct {
	Kind, Name string
}

// String is kind and name, such as "Pod web-0".
func (o ObjectName) String() string { return o.Kind + " " + o.Name }

// Weight is what a cause means for a set.
type Weight string

const (
	// WeightHindrance: it keeps the set from what is wanted. If it lasts, the set is stuck.
	WeightHindrance Weight = "hindrance"
	// WeightChoice: somebody wants it so, such as a partition.
	WeightChoice Weight = "choice"
	// WeightRemark: it is worth knowing, and holds nothing back.
	WeightRemark Weight = "remark"
)

// CauseMeaning is what a name of a cause stands for.
type CauseMeaning struct {
	Name string
	// Weight is the usual one. A diagnosis may give the cause another weight.
	Weight Weight
	// Meaning is one sentence.
	Meaning string
}

// Causes are all causes that a diagnosis may name. A later version may have more of them.
func Causes() ([]CauseMeaning, error) {
	var report abi.Report
	var buffer buffer
	text, err := buffer.text(&report, func(out []byte) abi.Code {
		return link.Causes(out, &report)
	})
	if err != nil {
		return nil, err
	}
	var causes []CauseMeaning
	err = readText(text, &causes)
	return causes, err
}

// causeText is a cause as the library writes it: times are numbers, and what there is not is left out.
type causeText struct {
	Cause
	First, Last *uint32
	Since       *int64
}

func causes(read []causeText) []Cause {
	var found []Cause
	for _, each := range read {
		each.Cause.First, each.Cause.Last = ordinalOf(each.First), ordinalOf(each.Last)
		each.Cause.Since = momentOf(each.Since)
		found = append(found, each.Cause)
	}
	return found
}
