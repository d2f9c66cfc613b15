package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"statefulset.internal/statefulset"
)

// waiting is a view of a set of three whose first pod does not start.
func waiting(t *testing.T) *view {
	t.Helper()
	view, err := newView(statefulset.Upstream(), statefulset.StatefulSets)
	if err != nil {
		t.Fatal(err)
	}
	set := webSet("web")
	meta := set["metadata"].(map[string]any)
	meta["uid"], meta["resourceVersion"] = "u", "2"
	set["apiVersion"], set["kind"] = "apps/v1", "StatefulSet"
	for _, each := range collections(statefulset.StatefulSets, statefulset.Upstream()) {
		sink := view.of(each.kind, nil)
		steps := []func() error{sink.begin, func() error { return sink.end("1") }}
		for _, step := range steps {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := view.of(statefulset.KindStatefulSet, nil).event("ADDED", []byte(line("ADDED", set)), false); err != nil {
		t.Fatal(err)
	}
	return view
}

// The log says why a set is not up to date, and nothing more until that changes.
func TestProgressIsToldWhenItChanges(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	p := newProgress(waiting(t))
	note := func() {
		plan, err := p.view.plan("default/web", time.Now())
		if err != nil {
			t.Fatal(err)
		}
		p.note("default/web", plan.Waits)
		p.tell()
	}
	for range 3 {
		note()
	}
	said := log.String()
	if strings.Count(said, "\n") != 1 || !strings.Contains(said, "web-1: not created yet: web-0 comes first") {
		t.Errorf("said\n%s", said)
	}
	// Nothing to wait for any more.
	p.note("default/web", nil)
	p.tell()
	if strings.Count(log.String(), "\n") != 2 || len(p.sets) != 0 {
		t.Errorf("said\n%s", log.String())
	}
}

func TestWaitsAreCountedByGateAndAge(t *testing.T) {
	p := newProgress(nil)
	p.note("default/web", []statefulset.SetWait{
		{Ordinal: 1, Through: 2, Gates: 1 << statefulset.GateOrder, Since: time.Now().Add(-5 * time.Minute)},
		{Ordinal: 0, Gates: 1<<statefulset.GateOrder | 1<<statefulset.GatePodNotReady},
	})
	registry := prometheus.NewRegistry()
	registry.MustRegister(p)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			var labels []string
			for _, label := range metric.GetLabel() {
				labels = append(labels, label.GetValue())
			}
			found[fmt.Sprint(strings.TrimPrefix(family.GetName(), namespace+"_"), labels)] = metric.GetGauge().GetValue()
		}
	}
	for key, want := range map[string]float64{
		"sets_waiting[]": 1, "waits[<10m order]": 2, "waits[<10s order]": 1, "waits[<10s pod-not-ready]": 1,
	} {
		if found[key] != want {
			t.Errorf("%s is %v, want %v; all are %v", key, found[key], want, found)
		}
	}
	if age := found["oldest_wait_seconds[order]"]; age < 299 || age > 600 {
		t.Errorf("the oldest wait is %v seconds old", age)
	}
}
