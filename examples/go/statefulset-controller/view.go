package main

import (
	"errors"
	"log/slog"
	"math"
	"time"

	"statefulset.internal/statefulset"
)

// view is the cluster as it was last seen. Any goroutine may use it: the library lets those that only look run side by side.
type view struct {
	cluster *statefulset.Cluster
	// changed says that sets may have become due. It holds one notice: more would say the same.
	changed chan struct{}
}

func newView(profile statefulset.Profile, resource statefulset.SetResource) (*view, error) {
	cluster, err := statefulset.NewClusterOf(profile, resource)
	return &view{cluster: cluster, changed: make(chan struct{}, 1)}, err
}

func (v *view) notice() {
	select {
	case v.changed <- struct{}{}:
	default:
	}
}

// change lets something be taken in. An object that cannot be read is set aside by the library: it is told of, and
// everything else goes on.
func (v *view) change(call func(*statefulset.Cluster) error) error {
	err := call(v.cluster)
	v.notice()
	if unreadable := new(statefulset.ObjectError); errors.As(err, &unreadable) {
		slog.Error("an object cannot be read", "problem", unreadable.Message)
		return nil
	}
	return err
}

// of is where a watcher of a kind shows what it sees. look, if any, is shown each object, too, and told when it is gone.
func (v *view) of(kind statefulset.Kind, look func(object []byte, gone bool)) sink {
	return kindView{v, kind, look}
}

type kindView struct {
	view *view
	kind statefulset.Kind
	look func(object []byte, gone bool)
}

func (v kindView) begin() error {
	return v.view.change(func(c *statefulset.Cluster) error { return c.BeginList(v.kind) })
}

func (v kindView) event(what string, line []byte, _ bool) error {
	if v.look != nil && what != "BOOKMARK" {
		v.look(objectOf(line), what == "DELETED")
	}
	return v.view.change(func(c *statefulset.Cluster) error { return c.Watch(line) })
}

func (v kindView) object(object []byte) error {
	if v.look != nil {
		v.look(object, false)
	}
	return v.view.change(func(c *statefulset.Cluster) error { return c.Apply(v.kind, object) })
}

func (v kindView) end(version string) error {
	return v.view.change(func(c *statefulset.Cluster) error { return c.EndList(v.kind, version) })
}

func (v *view) due(now time.Time) (statefulset.Due, error) {
	return v.cluster.Due(now)
}

func (v *view) takeDue(now time.Time) (statefulset.Due, error) {
	return v.cluster.TakeDue(now)
}

func (v *view) plan(set string, now time.Time) (statefulset.Requests, error) {
	return v.cluster.Plan(set, now)
}

func (v *view) finish(
	set string, plan statefulset.PlanID, responses []statefulset.Response, now time.Time,
) (statefulset.Tail, error) {
	return v.cluster.Finish(set, plan, responses, now)
}

func (v *view) settle(set string, plan statefulset.PlanID, responses []statefulset.Response, now time.Time) error {
	return v.cluster.Settle(set, plan, responses, now)
}

// diagnose says how a set stands. It counts only what lasts for good as stuck: this program acts on the rest itself.
func (v *view) diagnose(set string, now time.Time) (statefulset.Diagnosis, error) {
	return v.cluster.Diagnose(set, now, statefulset.DiagnoseOptions{Patience: math.MaxInt64})
}
