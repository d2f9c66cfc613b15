package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"statefulset.internal/statefulset"
)

// progress knows of each set what it waits for, and tells when that changes.
type progress struct {
	view *view
	lock sync.Mutex
	sets map[string]*standing
}

// standing is how a set stands.
type standing struct {
	waits []statefulset.SetWait
	// since is when each wait was first seen, for those that do not know since when they are.
	since map[lot]time.Time
	// told is what the log said last.
	told []lot
}

// lot is all of a wait but its times.
type lot struct {
	ordinal, through uint32
	reason           statefulset.Reason
	gates            statefulset.Gates
	kind, name       string
}

func lotOf(wait statefulset.SetWait) lot {
	return lot{wait.Ordinal, wait.Through, wait.Reason, wait.Gates, wait.OnKind, wait.OnName}
}

func newProgress(view *view) *progress {
	return &progress{view: view, sets: map[string]*standing{}}
}

// note takes in what a set waits for now.
func (p *progress) note(set string, waits []statefulset.SetWait) {
	now := time.Now()
	p.lock.Lock()
	defer p.lock.Unlock()
	known := p.sets[set]
	if known == nil {
		if len(waits) == 0 {
			return
		}
		known = new(standing)
		p.sets[set] = known
	}
	since := make(map[lot]time.Time, len(waits))
	for _, wait := range waits {
		lot := lotOf(wait)
		since[lot] = now
		if before, ok := known.since[lot]; ok {
			since[lot] = before
		}
	}
	known.waits, known.since = waits, since
}

func (p *progress) forget(set string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	delete(p.sets, set)
}

// run tells, at most once a second for each set: what lasts for an instant is of no interest.
func (p *progress) run(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			p.tell()
		}
	}
}

func (p *progress) tell() {
	p.lock.Lock()
	var changed []string
	for set, known := range p.sets {
		same := slices.EqualFunc(known.waits, known.told, func(wait statefulset.SetWait, told lot) bool { return lotOf(wait) == told })
		if !same {
			changed = append(changed, set)
			known.told = known.told[:0]
			for _, wait := range known.waits {
				known.told = append(known.told, lotOf(wait))
			}
		}
		if len(known.waits) == 0 {
			delete(p.sets, set)
		}
	}
	p.lock.Unlock()
	slices.Sort(changed)
	for _, set := range changed {
		p.explain(set)
	}
}

// most is how many reasons a line of the log holds.
const most = 10

func (p *progress) explain(set string) {
	found, err := p.view.diagnose(set, time.Now())
	if err != nil {
		return
	}
	if found.AtGoal {
		slog.Info("up to date", "set", set, "ready", found.Ready, "revision", found.UpdateRevision)
		return
	}
	var why []string
	for i, wait := range found.Waits {
		if i == most {
			why = append(why, fmt.Sprintf("and %d more", len(found.Waits)-most))
			break
		}
		why = append(why, fmt.Sprintf("%s-%d: %s", found.Name, wait.First, wait.Text))
	}
	slog.Info("not up to date", "set", set, "ready", found.Ready, "wanted", found.Wanted, "why", why)
	for _, cause := range found.Causes {
		// What may pass by itself is told among the waits.
		if cause.Weight == statefulset.WeightHindrance && cause.Since.IsZero() {
			slog.Warn("stuck", "set", set, "cause", cause.Name, "text", cause.Text, "cures", cause.Cures)
		}
	}
}

// Describe and Collect are for Prometheus.
func (p *progress) Describe(to chan<- *prometheus.Desc) {
	to <- setsWaiting
	to <- podsWaiting
	to <- oldestWait
}

// Collect counts ordinals by gate and age.
func (p *progress) Collect(to chan<- prometheus.Metric) {
	now := time.Now()
	type place struct{ gate, age string }
	counts, oldest := map[place]float64{}, map[string]float64{}
	waiting := 0.0
	p.lock.Lock()
	for _, known := range p.sets {
		if len(known.waits) > 0 {
			waiting++
		}
		for _, wait := range known.waits {
			since := wait.Since
			if since.IsZero() {
				since = known.since[lotOf(wait)]
			}
			span := max(0, now.Sub(since))
			for _, gate := range wait.Gates.List() {
				counts[place{gate.String(), ageOf(span)}] += float64(wait.Through-wait.Ordinal) + 1
				oldest[gate.String()] = max(oldest[gate.String()], span.Seconds())
			}
		}
	}
	p.lock.Unlock()
	to <- prometheus.MustNewConstMetric(setsWaiting, prometheus.GaugeValue, waiting)
	for place, count := range counts {
		to <- prometheus.MustNewConstMetric(podsWaiting, prometheus.GaugeValue, count, place.gate, place.age)
	}
	for gate, span := range oldest {
		to <- prometheus.MustNewConstMetric(oldestWait, prometheus.GaugeValue, span, gate)
	}
}
