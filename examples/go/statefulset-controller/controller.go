package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"k8s.io/client-go/util/workqueue"
	"statefulset.internal/statefulset"
)

// controller works on the sets that are due, several at a time, each by one worker.
type controller struct {
	view     *view
	watchers watchers
	sender   *sender
	events   *events
	progress *progress
	metrics  *metrics
	workers  int
	queue    workqueue.TypedRateLimitingInterface[string]
}

func newController(
	o *options, view *view, watchers watchers, clients *clients, events *events, metrics *metrics,
) *controller {
	c := &controller{
		view:     view,
		watchers: watchers,
		sender:   &sender{client: clients.requests, metrics: metrics},
		events:   events,
		progress: newProgress(view),
		metrics:  metrics,
		workers:  o.workers,
		queue:    workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[string]()),
	}
	metrics.watch(c.queue.Len, c.progress)
	return c
}

// run works until soft ends, then finishes what is under way. When hard ends, nothing more may be sent.
func (c *controller) run(soft, hard context.Context) {
	if !c.watchers.wait(soft) {
		return
	}
	var group sync.WaitGroup
	for range c.workers {
		group.Go(func() {
			for c.work(soft, hard) {
			}
		})
	}
	group.Go(func() { c.progress.run(soft) })
	c.dispatch(soft)
	c.queue.ShutDown()
	group.Wait()
}

// dispatch hands what is due to the workers: when something has changed, and when time alone makes it due. A set that a
// worker is at is not handed out again before it is finished.
func (c *controller) dispatch(ctx context.Context) {
	for {
		now := time.Now()
		due, err := c.view.takeDue(now)
		if err != nil {
			slog.Error("what is due cannot be told", "error", err)
		}
		for _, set := range due.Sets {
			c.queue.Add(set)
		}
		var wake <-chan time.Time
		if !due.Next.IsZero() {
			wake = time.After(due.Next.Sub(now))
		}
		select {
		case <-ctx.Done():
			return
		case <-c.view.changed:
		case <-wake:
		}
	}
}

// work does one set of the queue; false at its end.
func (c *controller) work(soft, hard context.Context) bool {
	set, over := c.queue.Get()
	if over {
		return false
	}
	defer c.queue.Done(set)
	if soft.Err() != nil {
		return true
	}
	began := time.Now()
	result := "done"
	switch err := c.sync(hard, set); {
	case err == nil:
		c.queue.Forget(set)
	case errors.Is(err, statefulset.ErrNoSuchSet):
		result = "gone"
		c.queue.Forget(set)
		c.progress.forget(set)
	default:
		// The library itself failed; what the API server refuses it takes in, and makes the set due again.
		result = "failed"
		slog.Error("a set cannot be worked on", "set", set, "error", err)
		c.queue.AddRateLimited(set)
	}
	c.metrics.syncs.WithLabelValues(result).Inc()
	c.metrics.syncTime.Observe(time.Since(began).Seconds())
	c.view.notice()
	return true
}

// sync looks at a set once: plan, requests, and what follows from how they went.
func (c *controller) sync(ctx context.Context, set string) error {
	began := time.Now()
	plan, err := c.view.plan(set, began)
	c.metrics.planTime.Observe(time.Since(began).Seconds())
	if err != nil {
		return err
	}
	c.progress.note(set, plan.Waits)
	send := c.sender.to(set)
	responses, err := plan.CarryOut(ctx, 0, send)
	if err != nil {
		return err
	}
	tail, err := c.view.finish(set, plan.ID, responses, time.Now())
	if err != nil {
		return err
	}
	c.events.record(set, tail.Events)
	if len(tail.Requests) == 0 {
		return nil
	}
	if responses, err = tail.CarryOut(ctx, send); err != nil {
		return err
	}
	return c.view.settle(set, plan.ID, responses, time.Now())
}
