package main

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"statefulset.internal/statefulset"
)

// shadow runs beside the built-in controller, writes nothing, and counts where it would have done otherwise:
//
//   - theirs: the built-in controller did what was in no plan made on the cluster as it was just before, nor in any made
//     for a while before that, for it may have acted on an older view;
//   - ours: something was planned without pause for longer than that while, and the built-in controller, which told of no
//     failure in the meantime, did not do it. The status is compared so, too.
//
// What happened reaches it in the order in which it happened; order.go sees to that.
type shadow struct {
	view     *view
	resource statefulset.SetResource
	progress *progress
	// while is how long either side may be behind the other.
	while         time.Duration
	disagreements *prometheus.CounterVec
	agreements    *prometheus.CounterVec

	lock sync.Mutex
	sets map[string]*shadowed
	pods map[string]podSeen
	// past is what was planned, and when it last was.
	past map[deed]time.Time
	// unclear is what somebody did; whether that was the built-in controller only its events tell.
	unclear map[deed]time.Time
}

// shadowed is a set that is looked after by the built-in controller.
type shadowed struct {
	// planned is what would be done now, and since when that is so.
	planned map[deed]time.Time
	told    map[deed]bool
	// failed is when the built-in controller last told of a failure.
	failed time.Time
}

type podSeen struct {
	set         string
	terminating bool
}

func newShadow(o *options, view *view, metrics *metrics) *shadow {
	s := &shadow{
		view: view, resource: o.resource, while: o.shadowGrace, progress: newProgress(view),
		disagreements: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Name: "shadow_disagreements_total",
			Help: "What one controller did, or would have done, and the other not: theirs is the built-in one's, ours this one's.",
		}, []string{"side", "what"}),
		agreements: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: namespace, Name: "shadow_agreements_total", Help: "What the built-in controller did as planned.",
		}, []string{"what"}),
		sets: map[string]*shadowed{}, pods: map[string]podSeen{},
		past: map[deed]time.Time{}, unclear: map[deed]time.Time{},
	}
	metrics.registry.MustRegister(s.disagreements, s.agreements, s.progress)
	for _, what := range []string{createPods, deletePods, createClaims, createRevisions} {
		// What never happened is 0, not absent.
		s.agreements.WithLabelValues(what)
		s.disagreements.WithLabelValues("theirs", what)
		s.disagreements.WithLabelValues("ours", what)
	}
	return s
}

// happened takes in an event in its turn.
func (s *shadow) happened(kind statefulset.Kind, what string, line []byte, now time.Time) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	about := readObject(objectOf(line))
	if done, certain := s.deedIn(kind, what, &about); done.what != "" {
		s.judge(done, certain, now)
	}
	s.remember(kind, what, &about)
	err := s.view.of(kind, nil).event(what, line, false)
	s.look(now)
	return err
}

// deedIn is what somebody has done; certain if it is known to be the controller of sets.
func (s *shadow) deedIn(kind statefulset.Kind, what string, about *object) (done deed, certain bool) {
	set, _ := about.setOf(s.resource)
	switch {
	case kind == statefulset.KindPersistentVolumeClaim && what == "ADDED":
		return deed{what: createClaims, name: about.key()}, false
	case s.sets[set] == nil:
		return deed{}, false
	case kind == statefulset.KindControllerRevision && what == "ADDED":
		return deed{what: createRevisions, name: about.key()}, true
	case kind == statefulset.KindPod && what == "ADDED":
		return deed{what: createPods, name: about.key(), detail: about.Metadata.Labels[revisionLabel]}, true
	case kind == statefulset.KindPod && (what == "DELETED" || about.Metadata.DeletionTimestamp != nil):
		if before, known := s.pods[about.key()]; known && !before.terminating {
			return deed{what: deletePods, name: about.key(), detail: about.Metadata.UID}, false
		}
	}
	return deed{}, false
}

// remember keeps what tells the next event's meaning.
func (s *shadow) remember(kind statefulset.Kind, what string, about *object) {
	key := about.key()
	switch {
	case what == "BOOKMARK":
	case kind == statefulset.KindPod && what == "DELETED":
		delete(s.pods, key)
	case kind == statefulset.KindPod:
		set, _ := about.setOf(s.resource)
		s.pods[key] = podSeen{set, about.Metadata.DeletionTimestamp != nil}
	case kind == statefulset.KindStatefulSet && what == "DELETED":
		delete(s.sets, key)
		s.progress.forget(key)
	case kind == statefulset.KindStatefulSet && s.sets[key] == nil:
		s.sets[key] = &shadowed{planned: map[deed]time.Time{}, told: map[deed]bool{}}
	}
}

// forget is for what will be shown anew.
func (s *shadow) forget(kind statefulset.Kind) {
	s.lock.Lock()
	defer s.lock.Unlock()
	switch kind {
	case statefulset.KindStatefulSet:
		clear(s.sets)
	case statefulset.KindPod:
		clear(s.pods)
	}
}

// judge compares what was done with what was planned.
func (s *shadow) judge(done deed, certain bool, now time.Time) {
	if s.isPlanned(done, now) {
		s.agreements.WithLabelValues(done.what).Inc()
	} else if certain {
		s.differ("theirs", "", done, "the built-in controller did what was not planned")
	} else {
		done.detail = ""
		s.unclear[done] = now
	}
}

func (s *shadow) isPlanned(done deed, now time.Time) bool {
	if last, known := s.past[done]; known && now.Sub(last) < s.while {
		return true
	}
	for _, set := range s.sets {
		if _, planned := set.planned[done]; planned {
			return true
		}
	}
	return false
}

func (s *shadow) differ(side, set string, over deed, how string) {
	s.disagreements.WithLabelValues(side, over.what).Inc()
	var planned []string
	for name, known := range s.sets {
		for each := range known.planned {
			if name == set || each.name == over.name {
				planned = append(planned, each.what+" "+each.name)
			}
		}
	}
	slog.Warn("disagreement", "how", how, "what", over.what, "name", over.name, "detail", over.detail, "planned", planned)
}

// said takes in an event that the built-in controller recorded about a set.
func (s *shadow) said(set, namespace, kind, message string, now time.Time) {
	s.lock.Lock()
	defer s.lock.Unlock()
	known := s.sets[set]
	if known == nil {
		return
	}
	if kind == "Warning" {
		known.failed = now
		return
	}
	if done, tells := toldOf(namespace, message); tells {
		if _, unclear := s.unclear[done]; unclear {
			delete(s.unclear, done)
			s.differ("theirs", set, done, "the built-in controller did what was not planned")
		}
	}
}

// look plans for what is due. Nothing of it is done.
func (s *shadow) look(now time.Time) {
	due, err := s.view.due(now)
	if err != nil {
		slog.Error("what is due cannot be told", "error", err)
	}
	for _, set := range due.Sets {
		if err := s.plan(set, now); err != nil && !errors.Is(err, statefulset.ErrNoSuchSet) {
			slog.Error("a set cannot be planned for", "set", set, "error", err)
		}
	}
}

func (s *shadow) plan(set string, now time.Time) error {
	plan, err := s.view.plan(set, now)
	if err != nil {
		return err
	}
	s.progress.note(set, plan.Waits)
	tail, err := s.view.finish(set, plan.ID, make([]statefulset.Response, len(plan.List)), now)
	if err != nil {
		return err
	}
	known := s.sets[set]
	if known == nil {
		return nil
	}
	before := known.planned
	known.planned = make(map[deed]time.Time, len(plan.List))
	note := func(one deed) {
		since, kept := before[one]
		if !kept {
			since = now
		}
		known.planned[one] = since
	}
	for _, request := range plan.List {
		note(deedOf(set, request))
	}
	if len(plan.List) == 0 {
		// Otherwise the status would tell of what was done.
		for _, request := range tail.Requests {
			one := deedOf(set, request)
			one.detail = string(request.Body)
			note(one)
		}
	}
	for one := range before {
		if _, kept := known.planned[one]; !kept {
			s.past[one] = now
			delete(known.told, one)
		}
	}
	return nil
}

// check tells of what has been planned for too long, and forgets what is too old.
func (s *shadow) check(now time.Time) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.look(now)
	for name, set := range s.sets {
		for one, since := range set.planned {
			if set.failed.After(since) {
				since = set.failed
			}
			if now.Sub(since) > s.while && !set.told[one] {
				set.told[one] = true
				s.differ("ours", name, one, "what was planned the built-in controller did not do")
			}
		}
	}
	old := func(_ deed, at time.Time) bool { return now.Sub(at) > s.while }
	maps.DeleteFunc(s.past, old)
	maps.DeleteFunc(s.unclear, old)
}

// run checks until ctx ends.
func (s *shadow) run(ctx context.Context) error {
	go s.progress.run(ctx)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-tick.C:
			s.check(now)
		}
	}
}
