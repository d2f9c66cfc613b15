package statefulset

/*
#include "call.h"
*/
import "C"

import (
	"time"
	"unsafe"
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
	code := C.call_conclude(&p.desired, p.known,
		unsafe.SliceData(p.pods), C.size_t(len(p.pods)),
		unsafe.SliceData(p.claims), C.size_t(len(p.claims)),
		unsafe.SliceData(p.volumes), C.size_t(len(p.volumes)),
		unsafe.SliceData(p.nodes), C.size_t(len(p.nodes)),
		unsafe.SliceData(p.budgets), C.size_t(len(p.budgets)),
		unsafe.SliceData(p.reach), C.size_t(len(p.reach)),
		millis(now), (*C.uint32_t)(unsafe.SliceData(outcomes)), C.size_t(len(outcomes)), &p.report)
	if code != C.STS_CODE_OK {
		return Conclusion{}, failure(&p.report)
	}
	return Conclusion{
		Publish: p.report.flags&C.STS_REPORT_STATUS != 0,
		Status:  status(&p.report.status),
		Next:    Next(p.report.next),
	}, nil
}

// Outcome is how one action went.
type Outcome uint32

const (
	// OutcomeNotTried: it was not tried, because something before it failed or because it is a wait.
	OutcomeNotTried Outcome = C.STS_OUTCOME_NOT_TRIED
	// OutcomeDone: it was done.
	OutcomeDone Outcome = C.STS_OUTCOME_DONE
	// OutcomeNotFound: the object was not found. This is a success for a deletion.
	OutcomeNotFound Outcome = C.STS_OUTCOME_NOT_FOUND
	// OutcomeAlreadyExists: the object was there already. A failure for creates.
	OutcomeAlreadyExists Outcome = C.STS_OUTCOME_ALREADY_EXISTS
	// OutcomeFailed: it failed in another way, a refused precondition included.
	OutcomeFailed Outcome = C.STS_OUTCOME_FAILED
)

// String is the name that is the same in all languages, such as "not-found".
func (o Outcome) String() string { return C.GoString(C.sts_outcome_name(C.uint32_t(o))) }

// Next is when to plan again.
type Next uint32

const (
	// NextRest: when something changes, or at [Decision.NextWake].
	NextRest Next = C.STS_NEXT_REST
	// NextAgain: at once. The plan was cut at [Profile.MaxActions].
	NextAgain Next = C.STS_NEXT_AGAIN
	// NextRetry: after a back-off. Something failed, or Kubernetes' own controller would have failed here.
	NextRetry Next = C.STS_NEXT_RETRY
)

// String is the name that is the same in all languages, such as "retry".
func (n Next) String() string { return C.GoString(C.sts_next_name(C.uint32_t(n))) }

// MarshalText writes the name.
func (n Next) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads the name.
func (n *Next) UnmarshalText(name []byte) error { return number(readNext(), name, n) }
