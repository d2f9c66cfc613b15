package main

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics are what Prometheus is told.
type metrics struct {
	registry *prometheus.Registry
	syncs    *prometheus.CounterVec
	syncTime prometheus.Histogram
	planTime prometheus.Histogram
	actions  *prometheus.CounterVec
	seen     *prometheus.CounterVec
	watches  *prometheus.CounterVec
}

const namespace = "statefulset_controller"

func newMetrics() *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
	}
	histogram := func(name, help string, from float64) prometheus.Histogram {
		return prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: namespace, Name: name, Help: help, Buckets: prometheus.ExponentialBuckets(from, 4, 10),
		})
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		syncs:    counter("syncs_total", "Looks at a set, by how they ended: done, gone, failed.", "result"),
		syncTime: histogram("sync_duration_seconds", "Time of a look at a set, requests included.", 0.0001),
		planTime: histogram("plan_duration_seconds", "Time of a plan, the wait for the view included.", 0.000001),
		actions: counter("actions_total",
			"Requests sent, by what they do, why, and how they went: done, refused, unanswered.", "action", "reason", "outcome"),
		seen:    counter("watch_events_total", "Events of watches.", "kind"),
		watches: counter("watches_ended_total", "Watches that ended and were begun again.", "kind"),
	}
	m.registry.MustRegister(m.syncs, m.syncTime, m.planTime, m.actions, m.seen, m.watches,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watch adds what is looked up when somebody asks.
func (m *metrics) watch(depth func() int, progress *progress) {
	m.registry.MustRegister(progress, prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Namespace: namespace, Name: "queue_depth", Help: "Sets that are due and have no worker yet.",
	}, func() float64 { return float64(depth()) }))
}

var (
	setsWaiting = prometheus.NewDesc(namespace+"_sets_waiting", "Sets that wait for something.", nil, nil)
	podsWaiting = prometheus.NewDesc(namespace+"_waits",
		"Ordinals that wait, by what is in their way and for how long; one counts at each of its gates.", []string{"gate", "age"}, nil)
	oldestWait = prometheus.NewDesc(namespace+"_oldest_wait_seconds", "Age of the oldest wait.", []string{"gate"}, nil)
)

// ages are how waits are told apart; what is older than the last is "older".
var ages = []struct {
	name  string
	under time.Duration
}{{"<10s", 10 * time.Second}, {"<1m", time.Minute}, {"<10m", 10 * time.Minute}, {"<1h", time.Hour}}

func ageOf(span time.Duration) string {
	for _, age := range ages {
		if span < age.under {
			return age.name
		}
	}
	return "older"
}
