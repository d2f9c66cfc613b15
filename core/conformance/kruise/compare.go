package kruise

import (
	"fmt"
	"slices"

	"statefulset.internal/statefulset"
)

// Verdict is what a comparison came to.
type Verdict struct {
	// Wanted are the differences that are meant to be.
	Wanted []Difference
	// Unwanted are the others.
	Unwanted []string
}

// Judge lets both act on a moment and says where they differ. It has to be called where time stands still.
func Judge(m *Moment) (theirs Outcome, verdict Verdict) {
	theirs = Theirs(m)
	if _, valid := m.reserved(); valid {
		return theirs, Compare(m, theirs, Ours(m))
	}
	// What OpenKruise takes it for.
	none := *m
	none.ReserveOrdinals = nil
	verdict = Compare(&none, theirs, Ours(&none))
	verdict.Wanted = append(verdict.Wanted, InvalidRange)
	return theirs, verdict
}

// Compare says where two outcomes of a moment differ.
func Compare(m *Moment, theirs, ours Outcome) Verdict {
	r := reconcile(m, theirs, ours)
	verdict := Verdict{Wanted: r.shown}
	if r.incomparable {
		return verdict
	}
	differ := func(format string, values ...any) {
		verdict.Unwanted = append(verdict.Unwanted, fmt.Sprintf(format, values...))
	}
	if theirs.Problem != ours.Problem {
		differ("theirs says %q, ours %q", theirs.Problem, ours.Problem)
	}
	left := slices.Clone(r.ours.Writes)
	stage := uint32(0)
	for _, write := range r.theirs.Writes {
		place := slices.IndexFunc(left, write.same)
		if place < 0 {
			differ("only theirs: %s", write)
			continue
		}
		if left[place].stage < stage {
			differ("order: theirs has %s later than ours", write)
		}
		stage = left[place].stage
		left = slices.Delete(left, place, place+1)
	}
	for _, write := range left {
		differ("only ours: %s (%s)", write, write.reason)
	}
	// Of other deeds the counters tell nothing new.
	if len(verdict.Unwanted) == 0 {
		r.statuses(ours, differ)
	}
	verdict.Wanted = r.shown
	return verdict
}

// statuses compares both statuses with each other, and each with its own rules where they may differ.
func (r *reconciled) statuses(ours Outcome, differ func(string, ...any)) {
	counted := count(r.Moment, r.current())
	expected, our := counted, counted
	isRollout := func(write Write) bool { return write.reason == statefulset.ReasonRollout }
	for _, write := range ours.Writes {
		if isRollout(write) {
			our.Current--
		}
	}
	for _, write := range r.theirs.Writes {
		rolled := slices.ContainsFunc(r.ours.Writes, func(other Write) bool { return isRollout(other) && other.same(write) })
		if rolled && r.pod(write.Ordinal).Revision == r.current() {
			expected.Current--
		}
	}
	// What is not there would be at the current revision: the new one is not deleted.
	expected.Current -= int32(len(r.nothing))
	our.Current = max(0, our.Current)
	// A rollout counts a pod that has ended, or is not there, without deleting it (U-5), so that the plan does not tell.
	hasEnded := func(slot int32) bool { pod := r.pod(slot); return pod != nil && pod.hasEnded() }
	if r.Parallel && slices.ContainsFunc(r.slots(), hasEnded) || slices.Contains(r.shown, WithoutBlock) || len(r.nothing) > 0 {
		our.Current = statusAfter(r.Moment, ours).Current
	}
	if expected.Current != our.Current {
		r.show(CountsEach)
	}
	allUpdated := counted.Updated == counted.Replicas && counted.Ready == counted.Replicas
	theirsCompletes, oursCompletes := allUpdated && !r.OnDelete, allUpdated && counted.Replicas == r.Replicas
	if theirsCompletes {
		expected.Current, expected.CurrentRevision = counted.Updated, "new"
	}
	if oursCompletes {
		our.Current, our.CurrentRevision = counted.Updated, "new"
	}
	switch {
	case theirsCompletes && !oursCompletes:
		r.show(CompletesDesired)
	case oursCompletes && !theirsCompletes:
		r.show(CompletesOnDelete)
	}
	for _, each := range []struct {
		who       string
		published *Status
		expected  Status
	}{{"theirs", r.theirs.Status, expected}, {"ours", ours.Status, our}} {
		switch isNews := r.Status == nil || *r.Status != each.expected; {
		case isNews && each.published == nil:
			differ("status: %s publishes none, but should %+v", each.who, each.expected)
		case !isNews && each.published != nil:
			differ("status: %s publishes %+v, which is no news", each.who, *each.published)
		case isNews && *each.published != each.expected:
			differ("status: %s publishes %+v, but should %+v", each.who, *each.published, each.expected)
		}
	}
}

// statusAfter is the status that is published afterwards.
func statusAfter(m *Moment, outcome Outcome) Status {
	switch {
	case outcome.Status != nil:
		return *outcome.Status
	case m.Status != nil:
		return *m.Status
	}
	return Status{}
}

// count are the counters of all pods that count.
func count(m *Moment, current string) Status {
	status := Status{CurrentRevision: current}
	for i := range m.Pods {
		pod := &m.Pods[i]
		status.Replicas++
		if pod.Ready {
			status.Ready++
		}
		if m.isAvailable(pod) {
			status.Available++
		}
		if !pod.Terminating && pod.Revision == current {
			status.Current++
		}
		if !pod.Terminating && pod.Revision == "new" {
			status.Updated++
		}
	}
	return status
}
