package statefulset

/*
#include "call.h"

// The library keeps no pointer and calls nobody back.
#cgo noescape call_plan
#cgo nocallback call_plan
#cgo noescape call_conclude
#cgo nocallback call_conclude
*/
import "C"

import (
	"slices"
	"sync"
	"time"
	"unsafe"
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
	desired C.sts_desired
	known   C.uint32_t
	pods    []C.sts_pod
	claims  []C.sts_claim
	volumes []C.sts_volume
	nodes   []C.sts_node
	budgets []C.sts_budget
	reach   []C.sts_reach
	out     []C.sts_action
	report  C.sts_report
	actions []Action
}

// Plan does what the function [Plan] does. The actions are valid until the next call.
func (p *Planner) Plan(desired *Desired, observed *Observed, now time.Time) (Decision, error) {
	p.write(desired, observed)
	code := p.call(now)
	if code == C.STS_CODE_CAPACITY {
		// Planning changes nothing, so the second call finds what the first one counted.
		p.out = make([]C.sts_action, p.report.action_count)
		code = p.call(now)
	}
	if code != C.STS_CODE_OK {
		return Decision{}, failure(&p.report)
	}
	return p.decision(), nil
}

// write puts the arguments into the library's form.
func (p *Planner) write(desired *Desired, observed *Observed) {
	desired.write(&p.desired)
	p.pods = records(p.pods, observed.Pods, (*Pod).write)
	p.claims = records(p.claims, observed.Claims, (*Claim).write)
	p.volumes = records(p.volumes, observed.Volumes, (*Volume).write)
	p.nodes = records(p.nodes, observed.Nodes, (*Node).write)
	p.budgets = records(p.budgets, observed.Budgets, (*Budget).write)
	p.reach = records(p.reach, observed.Reach, (*Reach).write)
	p.known = flag(observed.Fresh, C.STS_OBSERVED_FRESH) |
		flag(observed.Claims != nil, C.STS_OBSERVED_CLAIMS) |
		flag(observed.Volumes != nil, C.STS_OBSERVED_VOLUMES) |
		flag(observed.Nodes != nil, C.STS_OBSERVED_NODES) |
		flag(observed.Budgets != nil, C.STS_OBSERVED_BUDGETS)
}

func (p *Planner) call(now time.Time) C.sts_code {
	return C.call_plan(&p.desired, p.known,
		unsafe.SliceData(p.pods), C.size_t(len(p.pods)),
		unsafe.SliceData(p.claims), C.size_t(len(p.claims)),
		unsafe.SliceData(p.volumes), C.size_t(len(p.volumes)),
		unsafe.SliceData(p.nodes), C.size_t(len(p.nodes)),
		unsafe.SliceData(p.budgets), C.size_t(len(p.budgets)),
		unsafe.SliceData(p.reach), C.size_t(len(p.reach)),
		millis(now), unsafe.SliceData(p.out), C.size_t(len(p.out)), &p.report)
}

// decision is what the call answered.
func (p *Planner) decision() Decision {
	report := &p.report
	out := p.out[:report.action_count]
	p.actions = slices.Grow(p.actions[:0], len(out))[:len(out)]
	for i := range out {
		p.actions[i].read(&out[i])
	}
	return Decision{
		Actions:  p.actions,
		Publish:  report.flags&C.STS_REPORT_STATUS != 0,
		Status:   status(&report.status),
		NextWake: moment(report.flags, C.STS_REPORT_NEXT_WAKE, report.next_wake_ms),
		More:     report.flags&C.STS_REPORT_MORE != 0,
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
