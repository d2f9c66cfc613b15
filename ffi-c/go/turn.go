package statefulset

/*
#include "call.h"
*/
import "C"

import "time"

// Due is which sets to look at, and when.
type Due struct {
	// Sets are due now, each "namespace/name", in order of their names.
	Sets []string
	// Next is when the next one becomes due if nothing happens before; zero if none does.
	Next time.Time
	// Retrying says that this is nothing but another try after a failure.
	Retrying bool
}

// PlanID names a plan that a [Cluster] made.
type PlanID struct {
	id C.sts_plan_id
}

// Due says which sets to look at now, and when to ask again. A set stays due until [Cluster.Finish].
func (c *Cluster) Due(now time.Time) (Due, error) {
	if !c.using.TryLock() {
		return Due{}, ErrBusy
	}
	defer c.using.Unlock()
	var due Due
	for after := ""; ; {
		set, err := c.buffer.text(&c.report, func(out *C.char, room C.size_t) C.sts_code {
			return C.call_due(c.handle, millis(now), after, out, room, &c.report)
		})
		if err != nil {
			return Due{}, err
		}
		if set == "" {
			due.Next = moment(c.report.flags, C.STS_REPORT_NEXT_WAKE, c.report.next_wake_ms)
			due.Retrying = c.report.flags&C.STS_REPORT_RETRYING != 0
			return due, nil
		}
		due.Sets = append(due.Sets, set)
		after = set
	}
}

// Plan is what to do for a set now. It changes nothing; asking twice gives the same. [ErrNoSuchSet] for a set that does
// not exist or cannot be read; such a set is never due.
func (c *Cluster) Plan(set string, now time.Time) (Requests, error) {
	if !c.using.TryLock() {
		return Requests{}, ErrBusy
	}
	defer c.using.Unlock()
	text, err := c.buffer.text(&c.report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_cluster_plan(c.handle, set, millis(now), out, room, &c.report)
	})
	if err != nil {
		return Requests{}, err
	}
	requests, err := readRequests(text)
	requests.ID = PlanID{c.report.plan}
	return requests, err
}

// Explain is the plan for a set in sentences, one line each.
func (c *Cluster) Explain(set string, now time.Time) (string, error) {
	if !c.using.TryLock() {
		return "", ErrBusy
	}
	defer c.using.Unlock()
	return c.buffer.text(&c.report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_cluster_explain(c.handle, set, millis(now), out, room, &c.report)
	})
}

// MayTry reports whether request number index of a plan may be sent, given the responses to those before it; one that may
// not has the zero [Response]. After [Cluster.Finish] it says the same of the requests that this gave. The answer is no for
// an index that is out of range, if a response before it is missing, and if the plan is not the last one made for the set.
func (c *Cluster) MayTry(set string, plan PlanID, index int, responses []Response) (bool, error) {
	outcomes, err := writeSuccesses(responses)
	if err != nil {
		return false, err
	}
	may := false
	err = c.tell(func() C.sts_code {
		code := C.call_may_try(c.handle, set, plan.id, C.uint64_t(index), outcomes, &c.report)
		may = c.report.flags&C.STS_REPORT_MAY_TRY != 0
		return code
	})
	return may, err
}

// Finish takes in the responses to the requests of a plan, one for each, and gives what is left to do. If the plan is not
// the last one made for the set, nothing follows but another look.
func (c *Cluster) Finish(set string, plan PlanID, responses []Response, now time.Time) (Tail, error) {
	outcomes, err := writeResponses(responses)
	if err != nil {
		return Tail{}, err
	}
	if !c.using.TryLock() {
		return Tail{}, ErrBusy
	}
	defer c.using.Unlock()
	text, err := c.buffer.text(&c.report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_finish(c.handle, set, plan.id, outcomes, millis(now), out, room, &c.report)
	})
	if err != nil {
		return Tail{}, err
	}
	return readTail(text)
}

// Settle takes in the responses to the requests of a [Tail], so that the next plan waits until the new status has been
// seen, and a failed one is tried again. Optional, for those who would rather watch the set.
func (c *Cluster) Settle(set string, plan PlanID, responses []Response, now time.Time) error {
	outcomes, err := writeResponses(responses)
	if err != nil {
		return err
	}
	return c.tell(func() C.sts_code {
		return C.call_settle(c.handle, set, plan.id, outcomes, millis(now), &c.report)
	})
}
