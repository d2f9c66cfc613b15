package statefulset

/*
#include "call.h"

// The library keeps no pointer and calls nobody back.
#cgo noescape call_may_start
#cgo nocallback call_may_start
#cgo noescape call_action_place
#cgo nocallback call_action_place
*/
import "C"

import (
	"context"
	"slices"
	"time"
	"unsafe"
)

// CarryOut is a whole turn: it plans as [Plan] does, calls act for each action that may be tried and never for a wait, and
// says what follows, as [Conclude] does. The first arguments are those of Plan.
//
// As many actions run at the same time, each in a goroutine, as their order allows and limit says; 0 sets no limit, 1 does
// one after the other. When ctx is cancelled nothing more is begun; what is under way is waited for, and the rest was not
// tried. [OutcomeNotTried] as an answer keeps back what depends on the action.
func CarryOut(
	ctx context.Context, desired Desired, observed Observed, now time.Time, limit int,
	act func(context.Context, Action) Outcome,
) (Conclusion, error) {
	plan, err := Plan(desired, observed, now)
	if err != nil {
		return Conclusion{}, err
	}
	places := make([]C.sts_place, len(plan.Actions))
	for i := range plan.Actions {
		places[i] = plan.Actions[i].place()
	}
	outcomes := make([]Outcome, len(places))
	err = carryOut(ctx, places, limit, func(i int) C.uint32_t {
		outcomes[i] = act(ctx, plan.Actions[i])
		return heldBack(C.uint32_t(outcomes[i]))
	})
	if err != nil {
		return Conclusion{}, err
	}
	return Conclude(desired, observed, now, outcomes)
}

// CarryOut sends what may be sent, and gives a response for each request, the zero one for those that were not sent.
//
// As many requests run at the same time, each in a goroutine, as their order allows and limit says; 0 sets no limit, 1
// sends one after the other. When ctx is cancelled nothing more is sent; what is under way is waited for. The zero
// [Response] as an answer keeps back what depends on the request.
func (r Requests) CarryOut(
	ctx context.Context, limit int, send func(context.Context, Request) Response,
) ([]Response, error) {
	return sendAll(ctx, r.List, limit, send)
}

// CarryOut is as that of [Requests]. A tail goes one by one.
func (t Tail) CarryOut(ctx context.Context, send func(context.Context, Request) Response) ([]Response, error) {
	return sendAll(ctx, t.Requests, 1, send)
}

// CarryOut gives a set its turn: [Cluster.Plan], the requests sent as [Requests.CarryOut] does, [Cluster.Finish], what is
// left to do sent then, the status among it, and [Cluster.Settle]. The events of the tail that it gives are to be recorded;
// its requests have been sent. A set for which something was not sent is looked at again.
//
// The cluster is not in use while send runs: it, and other goroutines, may feed it meanwhile.
func (c *Cluster) CarryOut(
	ctx context.Context, set string, now time.Time, limit int, send func(context.Context, Request) Response,
) (Tail, error) {
	plan, err := c.Plan(set, now)
	if err != nil {
		return Tail{}, err
	}
	responses, err := plan.CarryOut(ctx, limit, send)
	if err != nil {
		return Tail{}, err
	}
	tail, err := c.Finish(set, plan.ID, responses, now)
	if err != nil {
		return Tail{}, err
	}
	responses, err = tail.CarryOut(ctx, send)
	if err != nil {
		return tail, err
	}
	return tail, c.Settle(set, plan.ID, responses, now)
}

func sendAll(
	ctx context.Context, requests []Request, limit int, send func(context.Context, Request) Response,
) ([]Response, error) {
	places := make([]C.sts_place, len(requests))
	for i := range requests {
		places[i] = requests[i].place()
	}
	responses := make([]Response, len(requests))
	err := carryOut(ctx, places, limit, func(i int) C.uint32_t {
		responses[i] = send(ctx, requests[i])
		return responses[i].outcome(places[i].flags)
	})
	return responses, err
}

// carryOut calls do, in goroutines, for what the library says may start.
func carryOut(ctx context.Context, places []C.sts_place, limit int, do func(index int) C.uint32_t) error {
	type end struct {
		index   int
		outcome C.uint32_t
	}
	ends := make(chan end)
	outcomes := make([]C.uint32_t, len(places))
	running := 0
	var err error
	for {
		for err == nil && ctx.Err() == nil && (limit <= 0 || running < limit) {
			var report C.sts_report
			code := C.call_may_start(unsafe.SliceData(places), unsafe.SliceData(outcomes), C.size_t(len(places)), &report)
			if code != C.STS_CODE_OK {
				err = failure(&report)
			}
			if code != C.STS_CODE_OK || report.flags&C.STS_REPORT_MAY_START == 0 {
				break
			}
			index := int(report.index)
			outcomes[index] = C.STS_OUTCOME_RUNNING
			running++
			go func() { ends <- end{index, do(index)} }()
		}
		if running == 0 {
			return err
		}
		ended := <-ends
		outcomes[ended.index] = ended.outcome
		running--
	}
}

// heldBack is an outcome as carryOut takes it, which would begin again what was not tried.
func heldBack(outcome C.uint32_t) C.uint32_t {
	switch outcome {
	case C.STS_OUTCOME_NOT_TRIED:
		return C.STS_OUTCOME_HELD_BACK
	case C.STS_OUTCOME_DONE, C.STS_OUTCOME_NOT_FOUND, C.STS_OUTCOME_ALREADY_EXISTS:
		return outcome
	}
	return C.STS_OUTCOME_FAILED
}

func (a *Action) place() C.sts_place {
	action := C.sts_action{
		kind: C.uint32_t(a.Kind), reason: C.uint32_t(a.Reason),
		stage: C.uint32_t(a.Stage), ordinal: C.uint32_t(a.Ordinal), step: C.uint32_t(a.Step),
	}
	return C.call_action_place(&action)
}

func (r *Request) place() C.sts_place {
	tolerates := func(status string, flag C.uint32_t) C.uint32_t {
		return flag * truth(slices.Contains(r.Tolerates, status))
	}
	return C.sts_place{
		stage: C.uint32_t(r.Stage), chain: C.uint32_t(r.Chain), step: C.uint32_t(r.Step),
		flags: C.STS_PLACE_DUTY*truth(r.Duty) | C.STS_PLACE_IN_TURN*truth(r.InTurn) |
			tolerates(StatusNotFound, C.STS_PLACE_MAY_BE_GONE) | tolerates(StatusInvalid, C.STS_PLACE_MAY_BE_INVALID),
	}
}

func truth(is bool) C.uint32_t {
	if is {
		return 1
	}
	return 0
}

// outcome is what became of a request at this place. What is said in a word stands for the answer that says the same.
func (r *Response) outcome(flags C.uint32_t) C.uint32_t {
	http, body := r.HTTP, string(r.Body)
	if http == 0 {
		switch r.Status {
		case "", StatusNotTried:
			return C.STS_OUTCOME_HELD_BACK
		case StatusDone:
			http = 200
		case StatusNotFound:
			http = 404
		case StatusAlreadyExists:
			http, body = 409, `{"reason":"AlreadyExists"}`
		case StatusConflict:
			http = 409
		case StatusInvalid:
			http = 422
		default:
			http = 500
		}
	}
	return C.call_outcome(flags, C.uint32_t(http), body)
}
