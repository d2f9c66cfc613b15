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

// CarryOut carries out a whole plan. It plans as [Plan] does, calls act for each action that may be tried and never for
// a wait, and returns what [Conclude] returns. The first arguments are those of Plan.
//
// Each action runs in a goroutine. As many run at the same time as their order and limit allow. A limit of 0 is no
// limit, and with 1 they run one after the other. When ctx is cancelled, CarryOut starts nothing more, waits for what
// runs, and counts the rest as not tried. If act returns [OutcomeNotTried], everything that depends on the action is
// kept back.
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

// CarryOut calls send for each request that may be sent. It returns a response for each request, and the zero Response
// for those that were not sent.
//
// Each request runs in a goroutine. As many run at the same time as their order and limit allow. A limit of 0 is no
// limit, and with 1 they are sent one after the other. When ctx is cancelled, CarryOut sends nothing more and waits for
// what runs. If send returns the zero [Response], everything that depends on the request is kept back.
func (r Requests) CarryOut(
	ctx context.Context, limit int, send func(context.Context, Request) Response,
) ([]Response, error) {
	return sendAll(ctx, r.List, limit, send)
}

// CarryOut sends the requests of the tail one by one, as [Requests.CarryOut] does with a limit of 1.
func (t Tail) CarryOut(ctx context.Context, send func(context.Context, Request) Response) ([]Response, error) {
	return sendAll(ctx, t.Requests, 1, send)
}

// CarryOut does one round for a set: it makes the plan ([Cluster.Plan]), sends its requests ([Requests.CarryOut]),
// tells the cluster how they went ([Cluster.Finish]), sends what is left to do, such as the status, and tells the
// cluster how that went ([Cluster.Settle]). The requests of the tail that it returns have been sent. Its events are
// yours to record. If something was not sent, the set stays due.
//
// The cluster is free while send runs: send and other goroutines may feed it. Only one goroutine at a time should work
// on one set; [Cluster.TakeDue] sees to that.
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
