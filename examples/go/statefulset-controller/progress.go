package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"strings"
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
	since map[string]time.Time
	// told is what the log said last.
	told string
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
	since := make(map[string]time.Time, len(waits))
	for _, wait := range waits {
		key := keyOf(wait)
		since[key] = now
		if before, ok := known.since[key]; ok {
			since[key] = before
		}
	}
	known.waits, known.since = waits, since
}

func (p *progress) forget(set string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	delete(p.sets, set)
}

// keyOf is all of a wait but its times.
func keyOf(wait statefulset.SetWait) string {
	return fmt.Sprint(wait.Ordinal, wait.Through, wait.Reason, wait.Gates, wait.OnKind, wait.OnName)
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
	changed := map[string]string{}
	for set, known := range p.sets {
		var keys strings.Builder
		for _, wait := range known.waits {
			keys.WriteString(keyOf(wait))
		}
		if keys.String() != known.told {
			known.told = keys.String()
			changed[set] = known.told
		}
		if known.told == "" {
			delete(p.sets, set)
		}
	}
	p.lock.Unlock()
	for set := range maps.Keys(changed) {
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
		slog.Info("at its goal", "set", set, "ready", found.Ready, "revision", found.UpdateRevision)
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
	for _, trap := range found.Traps {
		why = append(why, fmt.Sprintf("%s: %s; %s", trap.Name, trap.Text, trap.Cure))
	}
	slog.Info("not at its goal", "set", set, "ready", found.Ready, "wanted", found.Wanted, "why", why)
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
	type lot struct{ gate, age string }
	counts, oldest := map[lot]float64{}, map[string]float64{}
	waiting := 0.0
	p.lock.Lock()
	for _, known := range p.sets {
		if len(known.waits) > 0 {
			waiting++
		}
		for _, wait := range known.waits {
			since := wait.Since
			if since.IsZero() {
				since = known.since[keyOf(wait)]
			}
			span := max(0, now.Sub(since))
			for _, gate := range wait.Gates.List() {
				counts[lot{gate.String(), ageOf(span)}] += float64(wait.Through-wait.Ordinal) + 1
				oldest[gate.String()] = max(oldest[gate.String()], span.Seconds())
			}
		}
	}
	p.lock.Unlock()
	to <- prometheus.MustNewConstMetric(setsWaiting, prometheus.GaugeValue, waiting)
	for lot, count := range counts {
		to <- prometheus.MustNewConstMetric(podsWaiting, prometheus.GaugeValue, count, lot.gate, lot.age)
	}
	for gate, span := range oldest {
		to <- prometheus.MustNewConstMetric(oldestWait, prometheus.GaugeValue, span, gate)
	}
}
