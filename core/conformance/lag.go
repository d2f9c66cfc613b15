package conformance

import (
	"cmp"
	"slices"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/cache"
	podutil "k8s.io/kubernetes/pkg/api/v1/pod"
)

// Lag lets both act again and again on views that lag behind, of some kinds more than of others: behind what they wrote
// themselves, and behind what happened. Who waits for a fresher view must be the same, and what they do who do not. Gives
// what differs, or nothing.
func Lag(choices *Choices, gates Gates, seen Coverage) []string {
	g := &generator{Choices: choices, Case: Generate(choices, gates)}
	if !g.Once(4) {
		g.Faults = nil
	}
	l := &lag{newLife(g, seen)}
	defer l.leave()
	for range 6 {
		found, over := l.round()
		if len(found) > 0 {
			return append(found, l.told...)
		}
		if over {
			break
		}
	}
	return nil
}

type lag struct {
	*life
}

// round is one look of both. Gives what differs, and whether the two have parted for a reason that has a name.
func (l *lag) round() (found []string, over bool) {
	l.something()
	var late []Kind
	for _, kind := range Kinds {
		if l.Once(2) {
			late = append(late, kind)
		}
	}
	inTime := func(kind Kind) bool { return !slices.Contains(late, kind) }
	l.deliver(0, inTime)
	l.deliver(1, inTime)
	l.tell("not seen yet: %v", late)
	theirs := l.bed.isBehind(l.Set)
	ours, err := l.seat.isBehind(l.Set, l.Now.Time)
	switch {
	case err != nil:
		return []string{"ours refuses: " + err.Error()}, true
	case theirs && ours:
		l.counts["E1 both wait"]++
		for _, kind := range late {
			l.counts["E1 both wait, not seen: "+string(kind)]++
		}
		l.tell("both wait")
		return nil, false
	case theirs:
		return []string{"theirs waits for a fresher view, ours does not"}, true
	case ours && l.waitsLonger():
		l.counts["wanted: "+string(WaitsLonger)]++
		l.deliver(0, everyKind)
		l.deliver(1, everyKind)
		return nil, false
	case ours:
		return []string{"ours waits for a fresher view, theirs does not"}, true
	}
	return l.act()
}

func everyKind(Kind) bool { return true }

// act lets both act on their views, and compares.
func (l *lag) act() (found []string, over bool) {
	l.counts["stale: both act"]++
	c := l.viewed()
	unseenRevision := slices.ContainsFunc(l.clusters[1-l.theirs].news, func(news News) bool { return news.Kind == Revision })
	if c.settleTwins(); len(c.losers) > 0 || c.unclear {
		return nil, true
	}
	theirs, ours := l.bed.sync(c.Set, l.Now.Time), l.seat.sync(c.Set, l.Now.Time)
	verdict := Compare(c, theirs, ours)
	for _, difference := range verdict.Wanted {
		l.counts["wanted: "+string(difference)]++
	}
	if len(verdict.Unwanted) == 0 {
		l.tell("both act")
		// What differs and has a name may have parted the two.
		return nil, len(l.compare()) > 0
	}
	switch {
	case unseenRevision && !l.Gates.ReadYourWrites:
		l.counts["wanted: "+string(UnseenRevision)]++
		return nil, true
	case slices.ContainsFunc(theirs.Writes, func(write Write) bool {
		return write.Verb == Create && write.Error != "AlreadyExists" && slices.ContainsFunc(c.Pods, func(pod *core.Pod) bool { return RefOf(pod) == write.Ref })
	}):
		// The one who had the name is gone, and nobody has seen that yet.
		l.counts["wanted: "+string(NameTaken)]++
		return nil, true
	case slices.ContainsFunc(theirs.Writes, func(write Write) bool { return write.Error == "Conflict" && passes(ours, write.attempt) }):
		l.counts["wanted: "+string(WholeObject)]++
		return nil, true
	case slices.ContainsFunc(ours.Writes, func(write Write) bool { return write.Verb == Delete && write.Error == "Conflict" }):
		l.counts["wanted: "+string(WrongPod)]++
		return nil, true
	}
	return append(verdict.Unwanted, "theirs says: "+theirs.Problem, c.YAML()), true
}

// passes tells whether what conflicted is tried as well, and does not conflict.
func passes(outcome Outcome, attempt attempt) bool {
	return slices.ContainsFunc(outcome.Writes, func(write Write) bool {
		return write.attempt == attempt && write.Error != "Conflict"
	})
}

// viewed is what both see, as a case.
func (l *lag) viewed() *Case {
	var objects []Object
	for _, kind := range Kinds {
		objects = append(objects, listed(l.bed.caches[kind])...)
	}
	c := caseOf(l.Gates, l.Now, objects)
	c.Faults = l.Faults
	return c
}

func listed(view cache.Indexer) []Object {
	var objects []Object
	for _, object := range view.List() {
		objects = append(objects, object.(Object))
	}
	slices.SortFunc(objects, func(a, b Object) int { return cmp.Compare(a.GetName(), b.GetName()) })
	return objects
}

// waitsLonger tells whether there is something that the library waits for and the real controller does not: revisions, and
// pods that it asked to go.
func (l *lag) waitsLonger() bool {
	return slices.ContainsFunc(l.clusters[1-l.theirs].news, func(news News) bool {
		going := news.Kind == Pod && (news.Now == nil || news.Now.GetDeletionTimestamp() != nil)
		return going || news.Kind == Revision
	})
}

// something happens to some pods.
func (l *lag) something() {
	l.pass(time.Second)
	for _, pod := range l.seen(l.clusters[0]).Pods {
		ref := RefOf(pod)
		if _, both := l.clusters[1].objects[ref]; !both || !l.Once(3) {
			continue
		}
		switch {
		case pod.DeletionTimestamp != nil:
			l.remove(ref)
		case !podutil.IsPodReady(pod):
			l.become(ref, core.PodRunning, true)
		case l.Once(4):
			l.become(ref, Pick(l.Choices, core.PodRunning, core.PodFailed), false)
		case l.Once(4):
			l.tell("%s is deleted", pod.Name)
			l.both(func(store *Store) {
				store.change(ref, func(object Object) { object.SetDeletionTimestamp(&meta.Time{Time: l.Now.Time}) })
			})
		}
	}
}
