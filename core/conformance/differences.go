package conformance

import (
	"regexp"
	"slices"
	"strings"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Difference is a way in which the library differs from the real controller on purpose. Each has a name, and is
// counted where it shows; nothing else may differ.
type Difference string

// The wanted differences.
const (
	// What the real controller writes to the same object a second time in one sync is left out: a deletion of what was
	// deleted or created already, an attempt after a conflict.
	WriteTwice Difference = "a second write to the same object in one sync is left out"
	// A deletion of a pod that is not there, or is somebody else's, is left out. The real controller deletes by name.
	DeleteNothing Difference = "a deletion of a pod that is not the set's is left out"
	// A claim's reference to the set that spells its apiVersion in another way is never put right: the real controller
	// writes the claim as it is, in each sync.
	OddSpelling Difference = "an owner whose apiVersion is spelled oddly is left alone; the case is not compared"
	// The real controller complains of a claim with another controller in every sync in which its pod is pending.
	NotNagging Difference = "that a claim has another controller is told when something is written, not in every sync"
	// After a conflict the real controller tries again, and tells of each failure.
	TriesAgain Difference = "what conflicts is planned again instead of tried again"
	// A pod that vanishes while it is being adopted: the real controller goes on without it.
	AdoptsNothing Difference = "a pod that vanishes while it is being adopted is planned without in a new plan; the case is not compared"
	// Revisions without a controller are adopted in the order of their numbers; the real controller's order is random,
	// and the first failure ends it.
	AdoptionOrder Difference = "revisions are adopted in order, not at random; where one cannot be, it is not compared which are"
	// Where a revision cannot be adopted, the real controller does not even look at its pods.
	LetsGo Difference = "letting go of a pod does not depend on the adoption of revisions"
	// Nobody but the real controller writes the condition.
	OddProgress Difference = "a Progressing condition in other words than upstream's is not understood; the case is not compared"
	// If the update revision cannot be written, the real controller cuts the history as if there were neither an update
	// revision nor a current one, and may delete both.
	CutsBlindly Difference = "where the update revision cannot be written, the history is cut without the set's two revisions"
	// When a pod without a place becomes available nothing changes. The real controller looks again all the same.
	NoPlace Difference = "nobody is woken by a pod whose ordinal is beyond all limits"
	// A second write that failed, though the first did not, makes the real controller's whole sync fail.
	TripOverItself Difference = "the real controller trips over its own earlier write; what comes after is not compared"
	// A creation under a name that is known to be taken is not tried.
	NameTaken Difference = "a creation under a name that is known to be taken is a wait"
	// A claim that is going is waited for. The real controller calls it an error, in an event too.
	ClaimGoing Difference = "a terminating claim is a wait, not an error with an event"
	// Counters stop at 0. The real controller's can fall below, which an API server refuses.
	BelowZero Difference = "counters stop at 0"
	// The library waits until it sees its own revisions, and that a pod goes which it has asked to go.
	WaitsLonger Difference = "one's own revisions and deletions are waited for, too"
	// On an old view, the real controller reads the revision that it cannot create because it is there already.
	UnseenRevision Difference = "a revision that is there and has not been seen is planned with in a new plan"
	// On an old view, the real controller writes whole objects, which are in conflict with any change.
	WholeObject Difference = "a patch of what has changed meanwhile passes; a whole object would be in conflict"
	// On an old view, the real controller deletes by name whatever pod has the name now.
	WrongPod Difference = "only the pod that was seen is deleted, not another one of its name"
	// Of several pods with one ordinal the rightful one wins. The real controller takes any: it is shown the winner alone.
	Twins Difference = "of several pods with one ordinal the rightful one wins"
	// If none is, the least of them wins; and those that have to go do so in one order. The real controller begins with any.
	TwinsInTheWrong Difference = "of several pods with one ordinal none is the rightful one, or all have to go in order; the case is not compared"
)

// reconciled are both outcomes without the wanted differences.
type reconciled struct {
	theirs, ours Outcome
	// The wanted differences that showed.
	shown []Difference
	// Whether there is anything left to compare.
	incomparable bool
	// What the real controller tried again, and failed.
	trips []attempt
}

// trip notes that the real controller has failed where ours has not tried again. Only what came before is compared.
func (r *reconciled) trip(over attempt) {
	r.show(TripOverItself)
	r.trips = append(r.trips, over)
}

// isLost tells whether the real controller did not come to something, or has another status, because it tripped.
func (r *reconciled) isLost(contrast contrast, first, last map[attempt]place) bool {
	if len(r.trips) == 0 {
		return false
	}
	after := func(trip attempt) bool {
		over, known := first[trip]
		return !known || last[contrast.attempt].Stage >= over.Stage
	}
	return contrast.Verb == UpdateStatus || contrast.onlyOurs && slices.ContainsFunc(r.trips, after)
}

// tellsOfTrip tells whether an event is about what the real controller tripped over.
func (r *reconciled) tellsOfTrip(event string) bool {
	return slices.ContainsFunc(r.trips, func(trip attempt) bool {
		return strings.Contains(event, trip.Name) || trip.Kind == Claim && strings.Contains(event, podOfClaim(trip.Name))
	})
}

func (r *reconciled) show(difference Difference) {
	if !slices.Contains(r.shown, difference) {
		r.shown = append(r.shown, difference)
	}
}

func reconcile(c *Case, theirs, ours Outcome) *reconciled {
	r := &reconciled{theirs: theirs, ours: ours}
	for _, reason := range []struct {
		name  Difference
		shows bool
	}{
		{TwinsInTheWrong, c.unclear},
		{OddSpelling, hasOddSpelling(c)},
		{OddProgress, hasOddProgress(c)},
		{AdoptsNothing, cannotAdoptPod(c, theirs)},
	} {
		if reason.shows {
			r.show(reason.name)
			r.incomparable = true
			return r
		}
	}
	r.twins(c)
	r.adoptions(c)
	r.onceEach()
	r.deletions(c)
	r.takenNames(c)
	r.goingClaims(c)
	r.conflicts()
	r.nagging(c)
	r.negative(c)
	r.cutBlindly(theirs)
	return r
}

// twins leaves out what is done about the pods that lost their ordinal to another: the real controller was not shown
// them, and does not know that they still need their revisions. To it each of those that nobody else needs is one more in
// the history, of which it cuts as many more.
func (r *reconciled) twins(c *Case) {
	if len(c.losers) == 0 {
		return
	}
	r.show(Twins)
	lost, needed := map[Ref]bool{}, map[string]bool{}
	for _, pod := range c.losers {
		lost[RefOf(pod)] = true
		name := pod.Labels[apps.StatefulSetRevisionLabel]
		needed[name] = slices.ContainsFunc(c.Revisions, func(revision *apps.ControllerRevision) bool { return revision.Name == name })
	}
	for _, pod := range c.Pods {
		if !lost[RefOf(pod)] && c.isMember(pod) {
			delete(needed, pod.Labels[apps.StatefulSetRevisionLabel])
		}
	}
	more := 0
	for _, is := range needed {
		if is {
			more++
		}
	}
	r.theirs.Writes = slices.DeleteFunc(slices.Clone(r.theirs.Writes), func(write Write) bool {
		isMore := more > 0 && write.Verb == Delete && write.Kind == Revision && !slices.ContainsFunc(r.ours.Writes, func(other Write) bool { return other.attempt == write.attempt })
		if isMore {
			more--
		}
		return isMore
	})
	r.ours.Writes = slices.DeleteFunc(slices.Clone(r.ours.Writes), func(write Write) bool { return lost[write.Ref] })
}

// adoptions leaves out which revisions were adopted, where one could not be.
func (r *reconciled) adoptions(c *Case) {
	if !cannotAdoptRevision(c, r.theirs) {
		return
	}
	r.show(AdoptionOrder)
	isAdoption := func(write Write) bool { return write.Kind == Revision && write.Verb == Update }
	r.theirs.Writes = slices.DeleteFunc(slices.Clone(r.theirs.Writes), isAdoption)
	r.ours.Writes = slices.DeleteFunc(slices.Clone(r.ours.Writes), func(write Write) bool {
		if write.Kind == Pod && write.Verb == Update && write.Object != nil && meta.GetControllerOf(write.Object) == nil {
			r.show(LetsGo)
			return true
		}
		return isAdoption(write)
	})
}

// onceEach keeps the first write of each kind to each object.
func (r *reconciled) onceEach() {
	first := map[attempt]Write{}
	r.theirs.Writes = slices.DeleteFunc(slices.Clone(r.theirs.Writes), func(write Write) bool {
		// A revision's name is tried until a free one is found; ours knows which are free.
		if write.Kind == Revision && write.Verb == Create && write.Error == "AlreadyExists" {
			return true
		}
		before, again := first[write.attempt]
		if !again {
			first[write.attempt] = write
			return false
		}
		r.show(WriteTwice)
		if before.Error == "" && write.Error != "" {
			r.trip(write.attempt)
		}
		return true
	})
}

var deleted = regexp.MustCompile(`^[Dd]elete Pod (\S+) in`)

func (r *reconciled) deletions(c *Case) {
	made := map[Ref]bool{}
	known := map[Ref]bool{}
	for _, pod := range c.Pods {
		known[Ref{Pod, pod.Name}] = c.isMember(pod) || c.isOrphan(pod)
	}
	r.theirs.Writes = slices.DeleteFunc(r.theirs.Writes, func(write Write) bool {
		switch {
		case write.Kind != Pod:
			return false
		case write.Verb == Create:
			made[write.Ref] = true
			return false
		case write.Verb == Delete && (made[write.Ref] || !known[write.Ref]):
			r.show(map[bool]Difference{true: WriteTwice, false: DeleteNothing}[made[write.Ref]])
			if write.Error != "" && write.Error != "NotFound" {
				r.trip(write.attempt)
			}
			return true
		}
		return false
	})
	told := map[string]bool{}
	r.theirs.Events = slices.DeleteFunc(slices.Clone(r.theirs.Events), func(event Event) bool {
		pod := deleted.FindStringSubmatch(event.Message)
		if pod == nil {
			return false
		}
		again := told[event.Message]
		told[event.Message] = true
		return again || !known[Ref{Pod, pod[1]}] || made[Ref{Pod, pod[1]}]
	})
}

func (r *reconciled) takenNames(c *Case) {
	taken := map[Ref]bool{}
	for _, pod := range c.Pods {
		taken[Ref{Pod, pod.Name}] = true
	}
	isTaken := func(wait Wait) bool { return wait.NameTaken }
	if !slices.ContainsFunc(r.ours.Waits, isTaken) {
		return
	}
	r.theirs.Writes = slices.DeleteFunc(r.theirs.Writes, func(write Write) bool {
		if write.Verb == Create && write.Error != "" && taken[write.Ref] {
			r.show(NameTaken)
			return true
		}
		return false
	})
	r.ours.Failed = true
}

var going = regexp.MustCompile(`pvc \S+ is being deleted`)

// goingClaims takes terminating claims out of events. Upstream's claims come in any order.
func (r *reconciled) goingClaims(c *Case) {
	var events []Event
	for _, event := range r.theirs.Events {
		text, errors, found := strings.Cut(event.Message, " failed error: ")
		if !found {
			events = append(events, event)
			continue
		}
		all := []string{errors}
		if list, is := strings.CutPrefix(errors, "["); is {
			all = strings.Split(strings.TrimSuffix(list, "]"), ", ")
		}
		before := len(all)
		all = slices.DeleteFunc(all, func(error string) bool { return going.FindString(error) == error })
		if len(all) < before {
			r.show(ClaimGoing)
		}
		if len(all) == 0 {
			continue
		}
		event.Message = text + " failed error: " + inOne(all)
		events = append(events, event)
	}
	r.theirs.Events = events
	for i, event := range r.ours.Events {
		text, errors, found := strings.Cut(event.Message, " failed error: [")
		if found {
			r.ours.Events[i].Message = text + " failed error: " + inOne(strings.Split(strings.TrimSuffix(errors, "]"), ", "))
		}
	}
}

func inOne(errors []string) string {
	slices.Sort(errors)
	if len(errors) == 1 {
		return errors[0]
	}
	return "[" + strings.Join(errors, ", ") + "]"
}

// podOfClaim is the name of the pod whose claim has a name; all templates of all cases have names of one word.
func podOfClaim(claim string) string {
	_, pod, _ := strings.Cut(claim, "-")
	return pod
}

// conflicts keeps the first event of each failure.
func (r *reconciled) conflicts() {
	told := map[Event]bool{}
	r.theirs.Events = slices.DeleteFunc(r.theirs.Events, func(event Event) bool {
		again := told[event]
		told[event] = true
		nags := event.Reason == "ConflictingController"
		if again && (nags || strings.Contains(event.Message, "Operation cannot be fulfilled")) {
			r.show(TriesAgain)
			return true
		}
		return false
	})
}

// nagging drops complaints about the claims of pending pods.
func (r *reconciled) nagging(c *Case) {
	pending := map[string]bool{}
	for _, pod := range c.Pods {
		// Its claims have the name without leading zeros.
		if name := podName.FindStringSubmatch(pod.Name); name != nil && pod.Status.Phase == core.PodPending {
			pending[name[1]+"-"+name[2]] = true
		}
	}
	r.theirs.Events = slices.DeleteFunc(r.theirs.Events, func(event Event) bool {
		if event.Reason != "ConflictingController" || slices.Contains(r.ours.Events, event) {
			return false
		}
		if pending[podOfClaim(strings.Fields(event.Message)[1])] {
			r.show(NotNagging)
			return true
		}
		return false
	})
}

// negative compares a status with a counter below 0 as if it were 0, and as if it had not been refused for that. What is
// then as it was would not have been written.
func (r *reconciled) negative(c *Case) {
	r.theirs.Writes = slices.Clone(r.theirs.Writes)
	for i, write := range r.theirs.Writes {
		set, ok := write.Object.(*apps.StatefulSet)
		if write.Verb != UpdateStatus || !ok || set.Status.CurrentReplicas >= 0 {
			continue
		}
		r.show(BelowZero)
		set = outline(set).(*apps.StatefulSet)
		set.Status.CurrentReplicas = 0
		write.Object, write.form = set, formOf(set)
		injected := slices.ContainsFunc(c.Faults, func(fault Fault) bool { return fault.Verb == UpdateStatus })
		forgive := func() { r.theirs.Failed = r.theirs.Failed && r.theirs.Problem != write.problem }
		if write.Error == "Invalid" && !injected {
			forgive()
			write.Error = ""
		}
		r.theirs.Writes[i] = write
		// How often names collided is no reason to write, nor is a generation that was seen before.
		stored := outline(c.Set).(*apps.StatefulSet)
		stored.Status.CollisionCount = set.Status.CollisionCount
		stored.Status.ObservedGeneration = min(stored.Status.ObservedGeneration, set.Status.ObservedGeneration)
		if c.Gates.isBefore("1.37") {
			// Nor are conditions, which are dropped whenever something is written.
			stored.Status.Conditions = nil
		}
		if write.form == formOf(stored) {
			r.theirs.Writes = slices.Delete(r.theirs.Writes, i, i+1)
			// The library has nothing to write that could fail.
			forgive()
		}
		return
	}
}

func (r *reconciled) cutBlindly(theirs Outcome) {
	refused := func(write Write) bool {
		return write.Kind == Revision && (write.Verb == Create || write.Verb == Update) && write.Error != ""
	}
	if !slices.ContainsFunc(theirs.Writes, refused) {
		return
	}
	isCut := func(write Write) bool { return write.Kind == Revision && write.Verb == Delete }
	ended := false
	r.theirs.Writes = slices.DeleteFunc(r.theirs.Writes, func(write Write) bool {
		if !isCut(write) || slices.ContainsFunc(r.ours.Writes, write.Same) {
			return false
		}
		r.show(CutsBlindly)
		ended = ended || write.Error != ""
		return true
	})
	if ended {
		// The first failure ends the cut, here of a revision that should not have been cut.
		r.ours.Writes = slices.DeleteFunc(slices.Clone(r.ours.Writes), func(write Write) bool {
			return isCut(write) && !slices.ContainsFunc(r.theirs.Writes, write.Same)
		})
	}
}
