package statefulset

import (
	"slices"
	"sync"
	"time"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Decision says what to do now, and why not more.
type Decision struct {
	// Actions are in order, waits last.
	Actions []Action
	// Publish says that Status is to be published if every action succeeds.
	Publish bool
	Status  Status
	// NextWake is the earliest moment at which the same arguments give another plan. It is zero if time alone changes
	// nothing.
	NextWake time.Time
	// Suggests is the revision to go back to, where a set that is overdue asks for one ([OverdueSuggest]). Nil is none.
	Suggests *Revision
	// More says that the plan was cut at [Profile.MaxActions].
	More bool
}

// Plan decides what to do now, given the set and what you see of the cluster. It does no I/O, reads no clock and keeps
// nothing. Any number of goroutines may call it. Its error is an [*InputError] or [ErrInternal].
func Plan(desired Desired, observed Observed, now time.Time) (Decision, error) {
	planner := planners.Get().(*Planner)
	defer planners.Put(planner)
	decision, err := planner.Plan(&desired, &observed, now)
	decision.Actions = slices.Clone(decision.Actions)
	return decision, err
}

var planners = sync.Pool{New: func() any { return new(Planner) }}

// Planner plans as [Plan] does, in buffers that it keeps. It allocates nothing once these have grown. Its zero value is
// ready to use. Only one goroutine may use it at a time.
type Planner struct {
	snapshot link.Snapshot
	out      []abi.Action
	report   abi.Report
	actions  []Action
}

// Plan does what the function [Plan] does. The actions are valid until the next call.
func (p *Planner) Plan(desired *Desired, observed *Observed, now time.Time) (Decision, error) {
	p.write(desired, observed)
	code := p.call(now)
	if code == abi.CodeCapacity {
		// Planning changes nothing, so the second call finds what the first one counted.
		p.out = make([]abi.Action, p.report.ActionCount)
		code = p.call(now)
	}
	if code != abi.CodeOK {
		return Decision{}, failure(&p.report)
	}
	return p.decision(), nil
}

// write puts the arguments into the library's form.
func (p *Planner) write(desired *Desired, observed *Observed) {
	to := &p.snapshot
	desired.write(&to.Desired)
	to.Exclusions = records(to.Exclusions, desired.Policies.Excluded, (*Exclusion).write)
	to.Pods = records(to.Pods, observed.Pods, (*Pod).write)
	to.Claims = records(to.Claims, observed.Claims, (*Claim).write)
	to.Volumes = records(to.Volumes, observed.Volumes, (*Volume).write)
	to.Nodes = records(to.Nodes, observed.Nodes, (*Node).write)
	to.Budgets = records(to.Budgets, observed.Budgets, (*Budget).write)
	to.Reach = records(to.Reach, observed.Reach, (*Reach).write)
	to.Flags = flag(observed.Fresh, abi.ObservedFresh) |
		flag(observed.Claims != nil, abi.ObservedClaims) |
		flag(observed.Volumes != nil, abi.ObservedVolumes) |
		flag(observed.Nodes != nil, abi.ObservedNodes) |
		flag(observed.Budgets != nil, abi.ObservedBudgets)
}

func (p *Planner) call(now time.Time) abi.Code {
	return link.Plan(&p.snapshot, millis(now), p.out, &p.report)
}

// decision is what the call answered.
func (p *Planner) decision() Decision {
	report := &p.report
	out := p.out[:report.ActionCount]
	p.actions = slices.Grow(p.actions[:0], len(out))[:len(out)]
	for i := range out {
		p.actions[i].read(&out[i])
	}
	var suggests *Revision
	if report.Flags&abi.ReportSuggests != 0 {
		revision := Revision(report.SuggestedRevision)
		suggests = &revision
	}
	return Decision{
		Actions:  p.actions,
		Publish:  report.Flags&abi.ReportStatus != 0,
		Status:   status(&report.Status),
		NextWake: moment(report.Flags, abi.ReportNextWake, report.NextWakeMs),
		Suggests: suggests,
		More:     report.Flags&abi.ReportMore != 0,
	}
}

// records writes a list into a buffer. Fields without a meaning yet are never written, so they stay 0; clearing each
// record first would double the time.
func records[T, R any](buffer []R, list []T, write func(*T, *R)) []R {
	buffer = slices.Grow(buffer[:0], len(list))[:len(list)]
	for i := range list {
		write(&list[i], &buffer[i])
	}
	return buffer
}
