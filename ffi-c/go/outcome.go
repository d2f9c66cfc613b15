package statefulset

import (
	"time"
	"unsafe"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Conclusion says what follows from how the actions of a plan went.
type Conclusion struct {
	// Publish says that Status is to be published.
	Publish bool
	Status  Status
	// Next is when to plan again.
	Next Next
}

// Conclude says what follows from how the actions of a plan went. The first three arguments are those of [Plan]. The
// outcomes have one entry for each of [Decision.Actions], in their order. Outcomes that are missing at the end count as
// not tried. Outcomes of waits are ignored.
func Conclude(desired Desired, observed Observed, now time.Time, outcomes []Outcome) (Conclusion, error) {
	planner := planners.Get().(*Planner)
	defer planners.Put(planner)
	return planner.Conclude(&desired, &observed, now, outcomes)
}

// Conclude is as the function [Conclude].
func (p *Planner) Conclude(desired *Desired, observed *Observed, now time.Time, outcomes []Outcome) (Conclusion, error) {
	p.write(desired, observed)
	code := link.Conclude(&p.snapshot, millis(now), unsafe.Slice((*uint32)(unsafe.SliceData(outcomes)), len(outcomes)), &p.report)
	if code != abi.CodeOK {
		return Conclusion{}, failure(&p.report)
	}
	return Conclusion{
		Publish: p.report.Flags&abi.ReportStatus != 0,
		Status:  status(&p.report.Status),
		Next:    Next(p.report.Next),
	}, nil
}

// Outcome is how one action went.
type Outcome uint32

const (
	// OutcomeNotTried: it was not tried, because something before it failed or because it is a wait.
	OutcomeNotTried Outcome = abi.OutcomeNotTried
	// OutcomeDone: it was done.
	OutcomeDone Outcome = abi.OutcomeDone
	// OutcomeNotFound: the object was not found. This is a success for a deletion.
	OutcomeNotFound Outcome = abi.OutcomeNotFound
	// OutcomeAlreadyExists: the object was there already. A failure for creates.
	OutcomeAlreadyExists Outcome = abi.OutcomeAlreadyExists
	// OutcomeFailed: it failed in another way, a refused precondition included.
	OutcomeFailed Outcome = abi.OutcomeFailed
)

// String is the name that is the same in all languages, such as "not-found".
func (o Outcome) String() string { return link.OutcomeName(uint32(o)) }

// Next is when to plan again.
type Next uint32

const (
	// NextRest: when something changes, or at [Decision.NextWake].
	NextRest Next = abi.NextRest
	// NextAgain: at once. The plan was cut at [Profile.MaxActions].
	NextAgain Next = abi.NextAgain
	// NextRetry: after a back-off. Something failed, or Kubernetes' own controller would have failed here.
	NextRetry Next = abi.NextRetry
)

// String is the name that is the same in all languages, such as "retry".
func (n Next) String() string { return link.NextName(uint32(n)) }

// MarshalText writes the name.
func (n Next) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads the name.
func (n *Next) UnmarshalText(name []byte) error { return number(readNext(), name, n) }
