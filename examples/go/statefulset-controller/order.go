package main

import (
	"bytes"
	"container/heap"
	"context"
	"encoding/json"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"statefulset.internal/statefulset"
)

// hold is how long an event is held back, so that one of another watch that happened before it can overtake it.
const hold = time.Second

// order puts what several watches show into the order in which it happened. Versions of objects of different kinds may be
// compared as long as they are kept in one place, as nearly all are; where not, only the hold is left.
type order struct {
	shadow *shadow
	lock   sync.Mutex
	held   heldEvents
}

// held is an event that waits for its turn.
type held struct {
	version uint64
	came    time.Time
	kind    statefulset.Kind
	what    string
	line    []byte
}

type heldEvents []held

func (h heldEvents) Len() int           { return len(h) }
func (h heldEvents) Less(i, j int) bool { return h[i].version < h[j].version }
func (h heldEvents) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *heldEvents) Push(one any)      { *h = append(*h, one.(held)) }
func (h *heldEvents) Pop() any {
	last := len(*h) - 1
	one := (*h)[last]
	*h = (*h)[:last]
	return one
}

// run lets events go in their turn until ctx ends.
func (o *order) run(ctx context.Context) error {
	tick := time.NewTicker(hold / 20)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-tick.C:
			for _, one := range o.ripe(now) {
				var err error
				if one.kind == builtinEvents {
					o.say(one.line, now)
				} else {
					err = o.shadow.happened(one.kind, one.what, one.line, now)
				}
				if err != nil {
					slog.Error("an event cannot be taken in", "kind", one.kind, "error", err)
				}
			}
		}
	}
}

// ripe are the events whose time has come, in their order.
func (o *order) ripe(now time.Time) []held {
	o.lock.Lock()
	defer o.lock.Unlock()
	var all []held
	for len(o.held) > 0 && now.Sub(o.held[0].came) >= hold {
		all = append(all, heap.Pop(&o.held).(held))
	}
	return all
}

// say passes on what the built-in controller recorded.
func (o *order) say(line []byte, now time.Time) {
	var event struct {
		Object struct {
			Type, Message  string
			InvolvedObject struct{ Namespace, Name string }
		}
	}
	if json.Unmarshal(line, &event) != nil {
		return
	}
	about := event.Object.InvolvedObject
	o.shadow.said(about.Namespace+"/"+about.Name, about.Namespace, event.Object.Type, event.Object.Message, now)
}

// builtinEvents stands for the events that the built-in controller records. They are nothing that a plan depends on.
const builtinEvents statefulset.Kind = 0

// of is where a watcher shows what it sees.
func (o *order) of(kind statefulset.Kind) sink { return orderedKind{o, kind} }

type orderedKind struct {
	order *order
	kind  statefulset.Kind
}

// begin: what is held is shown again.
func (k orderedKind) begin() error {
	o := k.order
	o.lock.Lock()
	kept := heldEvents{}
	for _, one := range o.held {
		if one.kind != k.kind {
			kept = append(kept, one)
		}
	}
	o.held = kept
	heap.Init(&o.held)
	o.lock.Unlock()
	if k.kind == builtinEvents {
		return nil
	}
	o.shadow.forget(k.kind)
	return o.shadow.view.of(k.kind, nil).begin()
}

// event: what was there at the beginning nobody did just now.
func (k orderedKind) event(what string, line []byte, initial bool) error {
	if !initial {
		version, _ := strconv.ParseUint(versionOf(line), 10, 64)
		k.order.lock.Lock()
		defer k.order.lock.Unlock()
		heap.Push(&k.order.held, held{version, time.Now(), k.kind, what, bytes.Clone(line)})
		return nil
	}
	if k.kind == builtinEvents {
		return nil
	}
	return k.there(what, objectOf(line), func(view sink) error { return view.event(what, line, true) })
}

func (k orderedKind) object(object []byte) error {
	if k.kind == builtinEvents {
		return nil
	}
	return k.there("ADDED", object, func(view sink) error { return view.object(object) })
}

// there takes in what is there.
func (k orderedKind) there(what string, object []byte, show func(view sink) error) error {
	s := k.order.shadow
	s.lock.Lock()
	defer s.lock.Unlock()
	about := readObject(object)
	s.remember(k.kind, what, &about)
	return show(s.view.of(k.kind, nil))
}

func (k orderedKind) end(version string) error {
	if k.kind == builtinEvents {
		return nil
	}
	return k.order.shadow.view.of(k.kind, nil).end(version)
}
