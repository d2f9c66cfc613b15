package statefulset

/*
#include "call.h"
*/
import "C"

import (
	"strings"
	"time"
)

// Due is which sets to look at, and when.
type Due struct {
	// Sets are due now, each "namespace/name", in order of their names.
	Sets []string
	// Next is when the next one becomes due if nothing happens before; zero if none does.
	Next time.Time
	// Retrying says that this is nothing but another try after a failure.
	Retrying bool
	// Awaited is what sets wait to see of the cluster before anything is decided for them, the first of each kind. Most of
	// it comes within a moment; see [Awaited.IsLate].
	Awaited []Awaited
}

// Awaited is what a set waits to see of the cluster.
type Awaited struct {
	// Set is the set that waits.
	Set string
	// Kind and Name are those of the object that it waits for. Name is empty for a list.
	Kind, Name string
	// Unseen is what has not been seen of it.
	Unseen Unseen
	// Version is the resource version of the write, Seen that up to which the kind has been seen.
	Version, Seen uint64
	// Since is when the write was done, or when the set was first held up.
	Since time.Time
	// Text is the same in words.
	Text string
}

// IsLate reports whether it has been awaited for 30 seconds or longer: the watch of that kind may have died. List the kind
// again.
func (a *Awaited) IsLate(now time.Time) bool {
	return now.Sub(a.Since) >= 30*time.Second
}

// Unseen is what has not been seen of the cluster.
type Unseen string

const (
	// UnseenList: no list of the kind has ever been complete. [Cluster.BeginList] and [Cluster.EndList] end the wait.
	UnseenList Unseen = "list"
	// UnseenWrite: a write of one's own.
	UnseenWrite Unseen = "write"
	// UnseenDeletion: that a pod which one has deleted or evicted is terminating, or gone.
	UnseenDeletion Unseen = "deletion"
)

// PlanID names a plan that a [Cluster] made.
type PlanID struct {
	id C.sts_plan_id
}

// Due says which sets to look at now, when to ask again, and what is awaited. A set stays due until [Cluster.Finish]. It
// takes as long as there are sets due, however many others there are.
func (c *Cluster) Due(now time.Time) (Due, error) {
	return c.due(func(out *C.char, room C.size_t, report *C.sts_report) C.sts_code {
		return C.sts_cluster_due(c.handle, millis(now), out, room, report)
	})
}

// TakeDue takes the sets that are due out of the queue, for programs with several workers. Each set is handed out once, and
// again only after its [Cluster.Finish], if something has happened to it since it was planned for, if its time has come, or
// if it failed. One that is never finished is not handed out again, but [Cluster.Due] still names it. To hand a set back,
// finish it with the zero [PlanID].
func (c *Cluster) TakeDue(now time.Time) (Due, error) {
	return c.due(func(out *C.char, room C.size_t, report *C.sts_report) C.sts_code {
		return C.sts_cluster_take_due(c.handle, millis(now), out, room, report)
	})
}

func (c *Cluster) due(call func(out *C.char, room C.size_t, report *C.sts_report) C.sts_code) (Due, error) {
	var due Due
	awaits := false
	text, err := c.ask(call, func(report *C.sts_report) {
		due.Sets = make([]string, 0, report.action_count)
		due.Next = moment(report.flags, C.STS_REPORT_NEXT_WAKE, report.next_wake_ms)
		due.Retrying = report.flags&C.STS_REPORT_RETRYING != 0
		awaits = report.flags&C.STS_REPORT_AWAITED != 0
	})
	if err != nil {
		return Due{}, err
	}
	for set := range strings.Lines(text) {
		due.Sets = append(due.Sets, strings.TrimSuffix(set, "\n"))
	}
	if awaits {
		// What was taken is told of in any case.
		due.Awaited, err = c.awaited()
	}
	return due, err
}

func (c *Cluster) awaited() ([]Awaited, error) {
	text, err := c.ask(func(out *C.char, room C.size_t, report *C.sts_report) C.sts_code {
		return C.sts_cluster_awaited(c.handle, out, room, report)
	})
	if err != nil {
		return nil, err
	}
	return readAwaited(text)
}

// Plan is what to do for a set now. It changes nothing; asking twice gives the same. [ErrNoSuchSet] for a set that does
// not exist or cannot be read; such a set is never due.
func (c *Cluster) Plan(set string, now time.Time) (Requests, error) {
	var id PlanID
	text, err := c.ask(func(out *C.char, room C.size_t, report *C.sts_report) C.sts_code {
		return C.call_cluster_plan(c.handle, set, millis(now), out, room, report)
	}, func(report *C.sts_report) { id.id = report.plan })
	if err != nil {
		return Requests{}, err
	}
	requests, err := readRequests(text)
	requests.ID = id
	return requests, err
}

// Explain is the plan for a set in sentences, one line each.
func (c *Cluster) Explain(set string, now time.Time) (string, error) {
	return c.ask(func(out *C.char, room C.size_t, report *C.sts_report) C.sts_code {
		return C.call_cluster_explain(c.handle, set, millis(now), out, room, report)
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
	err = c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_may_try(c.handle, set, plan.id, C.uint64_t(index), outcomes, report)
	}, func(report *C.sts_report) { may = report.flags&C.STS_REPORT_MAY_TRY != 0 })
	return may, err
}

// Finish takes in the responses to the requests of a plan, one for each, and gives what is left to do. If the plan is not
// the last one made for the set, nothing follows but another look.
func (c *Cluster) Finish(set string, plan PlanID, responses []Response, now time.Time) (Tail, error) {
	outcomes, err := writeResponses(responses)
	if err != nil {
		return Tail{}, err
	}
	text, err := c.ask(func(out *C.char, room C.size_t, report *C.sts_report) C.sts_code {
		return C.call_finish(c.handle, set, plan.id, outcomes, millis(now), out, room, report)
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
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_settle(c.handle, set, plan.id, outcomes, millis(now), report)
	})
}
