package statefulset

import (
	"context"
	"slices"
	"time"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
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
	places := make([]abi.Place, len(plan.Actions))
	for i := range plan.Actions {
		places[i] = plan.Actions[i].place()
	}
	outcomes := make([]Outcome, len(places))
	err = carryOut(ctx, places, limit, func(i int) uint32 {
		outcomes[i] = act(ctx, plan.Actions[i])
		return heldBack(uint32(outcomes[i]))
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
	places := make([]abi.Place, len(requests))
	for i := range requests {
		places[i] = requests[i].place()
	}
	responses := make([]Response, len(requests))
	err := carryOut(ctx, places, limit, func(i int) uint32 {
		responses[i] = send(ctx, requests[i])
		return responses[i].outcome(places[i].Flags)
	})
	return responses, err
}

// carryOut calls do, in goroutines, for what the library says may start.
func carryOut(ctx context.Context, places []abi.Place, limit int, do func(index int) uint32) error {
	type end struct {
		index   int
		outcome uint32
	}
	ends := make(chan end)
	outcomes := make([]uint32, len(places))
	running := 0
	var err error
	for {
		for err == nil && ctx.Err() == nil && (limit <= 0 || running < limit) {
			var report abi.Report
			code := link.MayStart(places, outcomes, &report)
			if code != abi.CodeOK {
				err = failure(&report)
			}
			if code != abi.CodeOK || report.Flags&abi.ReportMayStart == 0 {
				break
			}
			index := int(report.Index)
			outcomes[index] = abi.OutcomeRunning
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
func heldBack(outcome uint32) uint32 {
	switch outcome {
	case abi.OutcomeNotTried:
		return abi.OutcomeHeldBack
	case abi.OutcomeDone, abi.OutcomeNotFound, abi.OutcomeAlreadyExists:
		return outcome
	}
	return abi.OutcomeFailed
}

func (a *Action) place() abi.Place {
	action := abi.Action{
		Kind: uint32(a.Kind), Reason: uint32(a.Reason),
		Stage: a.Stage, Ordinal: a.Ordinal, Step: a.Step,
	}
	return link.ActionPlace(&action)
}

func (r *Request) place() abi.Place {
	tolerates := func(status string, flag uint32) uint32 {
		return flag * truth(slices.Contains(r.Tolerates, status))
	}
	return abi.Place{
		Stage: r.Stage, Chain: r.Chain, Step: r.Step,
		Flags: abi.PlaceDuty*truth(r.Duty) | abi.PlaceInTurn*truth(r.InTurn) |
			tolerates(StatusNotFound, abi.PlaceMayBeGone) | tolerates(StatusInvalid, abi.PlaceMayBeInvalid),
	}
}

func truth(is bool) uint32 {
	if is {
		return 1
	}
	return 0
}

// outcome is what became of a request at this place. What is said in a word stands for the answer that says the same.
func (r *Response) outcome(flags uint32) uint32 {
	http, body := r.HTTP, string(r.Body)
	if http == 0 {
		switch r.Status {
		case "", StatusNotTried:
			return abi.OutcomeHeldBack
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
	return link.OutcomeOfResponse(flags, uint32(http), body)
}
