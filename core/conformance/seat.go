package conformance

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"statefulset.internal/statefulset"
)

// Ours lets the library plan for the set of a case once, and carries out what it says. Its view is the case's objects,
// for the whole time.
func Ours(c *Case) Outcome {
	seat, err := newSeat(c.Gates, NewStore(c))
	if err != nil {
		return Outcome{Refused: err.Error()}
	}
	defer seat.close()
	return seat.sync(c.Set, c.Now.Time)
}

// seat is where the library sits: its view of a cluster, and the store that it acts on.
type seat struct {
	cluster *statefulset.Cluster
	store   *Store
}

var kinds = map[Kind]statefulset.Kind{
	Pod:      statefulset.KindPod,
	Claim:    statefulset.KindPersistentVolumeClaim,
	Revision: statefulset.KindControllerRevision,
	Set:      statefulset.KindStatefulSet,
}

// newSeat has seen all that is in a store.
func newSeat(gates Gates, store *Store) (*seat, error) {
	cluster, err := statefulset.NewCluster(gates.profile())
	if err != nil {
		return nil, err
	}
	s := &seat{cluster, store}
	for _, kind := range Kinds {
		if err := s.list(kind); err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

func (s *seat) close() {
	if err := s.cluster.Close(); err != nil {
		panic(err)
	}
}

func (s *seat) list(kind Kind) error {
	if err := s.cluster.BeginList(kinds[kind]); err != nil {
		return err
	}
	for ref, object := range s.store.objects {
		if ref.Kind != kind {
			continue
		}
		if err := s.apply(object); err != nil {
			return err
		}
	}
	return s.cluster.EndList(kinds[kind], strconv.Itoa(s.store.version))
}

func (s *seat) apply(object Object) error {
	text, err := json.Marshal(object)
	if err != nil {
		return err
	}
	return s.cluster.Apply(kinds[KindOf(object)], text)
}

// see shows the library what happened to an object.
func (s *seat) see(news News) error {
	if news.Now != nil {
		return s.apply(news.Now)
	}
	name := news.Before.GetNamespace() + "/" + news.Before.GetName()
	if err := s.cluster.Remove(kinds[news.Kind], name, string(news.Before.GetUID())); err != nil {
		return err
	}
	return s.bookmark(news.Kind, news.version)
}

func (s *seat) bookmark(kind Kind, version int) error {
	return s.cluster.Bookmark(kinds[kind], strconv.Itoa(version))
}

// isBehind tells whether the library would do nothing, because it has not seen its own writes yet.
func (s *seat) isBehind(set Object, now time.Time) (bool, error) {
	plan, err := s.cluster.Plan(set.GetNamespace()+"/"+set.GetName(), now)
	if err != nil {
		return false, err
	}
	for _, wait := range plan.Waits {
		if wait.Gates.Has(statefulset.GateStaleView) {
			return true, nil
		}
	}
	return false, nil
}

// sync lets the library plan for a set once, and carries that out.
func (s *seat) sync(set Object, now time.Time) Outcome {
	s.store.Writes = nil
	outcome, err := s.act(set.GetNamespace()+"/"+set.GetName(), now)
	outcome.Writes = s.store.Writes
	if err != nil {
		outcome.Refused = err.Error()
	}
	return outcome
}

func (s *seat) act(set string, now time.Time) (outcome Outcome, err error) {
	plan, err := s.cluster.Plan(set, now)
	if err != nil {
		return outcome, err
	}
	run := run{seat: s, set: set, plan: plan.ID}
	responses, err := run.carryOut(plan.List, func(r statefulset.Request) place { return place{r.Stage, r.Chain, r.Step} })
	if err != nil {
		return outcome, err
	}
	tail, err := s.cluster.Finish(set, plan.ID, responses, now)
	if err != nil {
		return outcome, err
	}
	step := uint32(0)
	done, err := run.carryOut(tail.Requests, func(statefulset.Request) place {
		step++
		return place{math.MaxUint32, 0, step}
	})
	if err != nil {
		return outcome, err
	}
	if len(done) > 0 {
		err = s.cluster.Settle(set, plan.ID, done, now)
	}
	outcome.places = run.places
	outcome.Failed = tail.Next == statefulset.NextRetry
	for i, response := range done {
		outcome.Failed = outcome.Failed || !succeeded(tail.Requests[i], response)
	}
	for _, event := range tail.Events {
		outcome.Events = append(outcome.Events, Event(event))
	}
	for _, wait := range plan.Waits {
		outcome.Waits = append(outcome.Waits, Wait{
			NameTaken: wait.Gates.Has(statefulset.GateNameTaken),
			Text:      fmt.Sprintf("%d-%d %s: %s %s", wait.Ordinal, wait.Through, wait.Reason, wait.Gates, wait.OnName),
		})
	}
	if !plan.NextWake.IsZero() {
		after := plan.NextWake.Sub(now)
		outcome.Wake = &after
	}
	return outcome, err
}
