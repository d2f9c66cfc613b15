package statefulset

import (
	"strings"
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

// Due says which sets to look at, and when.
type Due struct {
	// Sets are due now, each "namespace/name", in order of their names.
	Sets []string
	// Next is the moment at which the next set becomes due if nothing happens before. It is zero if time alone makes none
	// due.
	Next time.Time
	// Retrying says that Next is only another attempt after a failure.
	Retrying bool
	// Awaited is what sets wait to see before anything is decided for them. Many sets may wait for the same, so this is
	// short: for each kind of object the list that is missing, or the oldest write, each with one set that waits for it;
	// and one deletion. Most of it comes within a moment; see [Awaited.IsLate].
	Awaited []Awaited
}

// Awaited is what a set waits to see of the cluster.
type Awaited struct {
	// Set is the set that waits.
	Set string
	// Kind and Name are those of the object that it waits for. Name is empty for a list.
	Kind, Name string
	// Unseen says what of it the cluster has not been shown.
	Unseen Unseen
	// Version is the resource version of the write. Seen is the one up to which the kind has been seen.
	Version, Seen uint64
	// Since is when the write was made, or when the set first had to wait.
	Since time.Time
	// Text is the same in words.
	Text string
}

// IsLate reports whether it has been missing for 30 seconds or more. The watch of that kind may then have ended without
// notice. List the kind again.
func (a *Awaited) IsLate(now time.Time) bool {
	return now.Sub(a.Since) >= 30*time.Second
}

// Unseen says what the cluster has not been shown.
type Unseen string

const (
	// UnseenList: the kind was never listed completely. Call [Cluster.BeginList], apply its objects, and call
	// [Cluster.EndList].
	UnseenList Unseen = "list"
	// UnseenWrite: a write of your own that no watch has shown yet.
	UnseenWrite Unseen = "write"
	// UnseenDeletion: a pod that you have deleted or evicted, and that no watch has shown as terminating or gone yet.
	UnseenDeletion Unseen = "deletion"
)

// PlanID is the name of a plan that a [Cluster] made.
type PlanID struct {
	id abi.PlanID
}

// Due says which sets to look at now, when to ask again, and what sets wait to see. A set stays due until
// [Cluster.Finish]. The call takes time for each set that is due, and none for the others.
func (c *Cluster) Due(now time.Time) (Due, error) {
	return c.due(func(out []byte, report *abi.Report) abi.Code {
		return c.library.Due(millis(now), out, report)
	})
}

// TakeDue is like [Cluster.Due], and takes the sets out of the queue. It is for programs with several workers. Each set
// is given out once. After its [Cluster.Finish] it is given out again if something has happened to it since its plan,
// if its time has come, or if it failed. A set that is never finished is not given out again, but [Cluster.Due] still
// names it. To give a set back, finish it with the zero [PlanID].
func (c *Cluster) TakeDue(now time.Time) (Due, error) {
	return c.due(func(out []byte, report *abi.Report) abi.Code {
		return c.library.TakeDue(millis(now), out, report)
	})
}

func (c *Cluster) due(call func(out []byte, report *abi.Report) abi.Code) (Due, error) {
	var due Due
	awaits := false
	text, err := c.ask(call, func(report *abi.Report) {
		due.Sets = make([]string, 0, report.ActionCount)
		due.Next = moment(report.Flags, abi.ReportNextWake, report.NextWakeMs)
		due.Retrying = report.Flags&abi.ReportRetrying != 0
		awaits = report.Flags&abi.ReportAwaited != 0
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
	text, err := c.ask(func(out []byte, report *abi.Report) abi.Code {
		return c.library.Awaited(out, report)
	})
	if err != nil {
		return nil, err
	}
	return readAwaited(text)
}

// Plan says what to do for a set now. It changes nothing, and asking twice gives the same. It gives [ErrNoSuchSet] for
// a set that does not exist or cannot be read. Such a set is never due.
func (c *Cluster) Plan(set string, now time.Time) (Requests, error) {
	var id PlanID
	text, err := c.ask(func(out []byte, report *abi.Report) abi.Code {
		return c.library.Plan(set, millis(now), out, report)
	}, func(report *abi.Report) { id.id = report.Plan })
	if err != nil {
		return Requests{}, err
	}
	requests, err := readRequests(text)
	requests.ID = id
	return requests, err
}

// Explain is the plan for a set in sentences, one line for each action and each wait.
func (c *Cluster) Explain(set string, now time.Time) (string, error) {
	return c.ask(func(out []byte, report *abi.Report) abi.Code {
		return c.library.Explain(set, millis(now), out, report)
	})
}

// MayTry reports whether request number index of a plan may be sent, given the responses to the requests before it. A
// request that may not be sent has the zero [Response]. After [Cluster.Finish] it says the same of the requests that
// this gave. The answer is no if the index is out of range, if a response before it is missing, and if the plan is not
// the last one made for the set.
func (c *Cluster) MayTry(set string, plan PlanID, index int, responses []Response) (bool, error) {
	outcomes, err := writeSuccesses(responses)
	if err != nil {
		return false, err
	}
	may := false
	err = c.tell(func(report *abi.Report) abi.Code {
		return c.library.MayTry(set, plan.id, uint64(index), outcomes, report)
	}, func(report *abi.Report) { may = report.Flags&abi.ReportMayTry != 0 })
	return may, err
}

// Finish tells the cluster the responses to the requests of a plan, one for each, and gives what is left to do. If the
// plan is not the last one made for the set, the answer is empty and the set is looked at again.
func (c *Cluster) Finish(set string, plan PlanID, responses []Response, now time.Time) (Tail, error) {
	outcomes, err := writeResponses(responses)
	if err != nil {
		return Tail{}, err
	}
	text, err := c.ask(func(out []byte, report *abi.Report) abi.Code {
		return c.library.Finish(set, plan.id, outcomes, millis(now), out, report)
	})
	if err != nil {
		return Tail{}, err
	}
	return readTail(text)
}

// Settle tells the cluster the responses to the requests of a [Tail]. The next plan then waits until the watch has
// shown the new status, and a failed request is tried again. You may leave this call out and rely on the watch of the
// set.
func (c *Cluster) Settle(set string, plan PlanID, responses []Response, now time.Time) error {
	outcomes, err := writeResponses(responses)
	if err != nil {
		return err
	}
	return c.tell(func(report *abi.Report) abi.Code {
		return c.library.Settle(set, plan.id, outcomes, millis(now), report)
	})
}
