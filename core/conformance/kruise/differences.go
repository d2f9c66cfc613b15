package kruise

import (
	"slices"

	"statefulset.internal/statefulset"
)

// Difference is a way in which the library differs from OpenKruise on purpose. Each has a name, and is counted where it
// shows; nothing else may differ.
type Difference string

// The wanted differences, with the rules of ours.
const (
	// OpenKruise then takes none of the ordinals for reserved, makes the pods of all of them, and deletes those that stood
	// in. Exclusions that are malformed are an error here (I-1): who reads them from an object has to refuse it.
	InvalidRange Difference = "a range that is none does not empty the list of reserved ordinals (I-1)"
	// Until 1.8 OpenKruise's pass ends there, so that nothing above it is created, scaled or updated.
	EndedPod Difference = "in Parallel a pod that has ended does not end the pass (R-1, O-3)"
	// OpenKruise's limit of scaling ends all that is done for slots.
	CorrectsBeyond Difference = "pods beyond the limit of scaling are corrected (M-1)"
	// OpenKruise counts such a pod once for each of the two.
	CountsOnce Difference = "a pod that is terminating, and not available, uses up one of the limit of scaling (M-1)"
	// OpenKruise deletes what it has created just now, and what it will not create.
	DeletesNothing Difference = "a pod that is not there is not deleted (U-5)"
	// For OpenKruise a condemned pod holds up others while it is not ready, whatever minReadySeconds says.
	LeaverHealth Difference = "in OrderedReady a condemned pod that is ready, but not available, is unhealthy (D-3, A-3); the scale-in is not compared"
	// OpenKruise counts what its status counts only where the deleted pod was at the current revision.
	CountsEach Difference = "each deletion for an update lowers the number of current pods, whatever the pod's revision (S-3)"
	// OpenKruise asks whether all pods that there are have been updated.
	CompletesDesired Difference = "an update is complete once the desired number of pods is updated, not the number that there is (S-4)"
	// OpenKruise completes none then.
	CompletesOnDelete Difference = "an update is completed under OnDelete, too (S-4)"
	// The first currentReplicas ordinals come back at the current revision, reserved ones too.
	WithoutBlock Difference = "without a block, currentReplicas counts desired ordinals (X-2); what is created is not compared"
)

// Differences are all of them.
var Differences = []Difference{InvalidRange, EndedPod, CorrectsBeyond, CountsOnce, DeletesNothing, LeaverHealth, CountsEach, CompletesDesired, CompletesOnDelete, WithoutBlock}

// reconciled are both outcomes without the wanted differences.
type reconciled struct {
	*Moment
	theirs, ours Outcome
	// The wanted differences that showed.
	shown []Difference
	// What OpenKruise's walk deletes although it is not there.
	nothing []Write
	// Whether there is nothing left to compare.
	incomparable bool
}

func (r *reconciled) show(difference Difference) {
	if !slices.Contains(r.shown, difference) {
		r.shown = append(r.shown, difference)
	}
}

// keepOurs keeps those of our writes of which something is true.
func (r *reconciled) keepOurs(keep func(Write) bool) {
	r.ours.Writes = slices.DeleteFunc(slices.Clone(r.ours.Writes), func(write Write) bool { return !keep(write) })
}

func reconcile(m *Moment, theirs, ours Outcome) *reconciled {
	r := &reconciled{Moment: m, theirs: theirs, ours: ours}
	r.missingPods()
	if r.countsOnce() {
		return r
	}
	r.endedPod()
	r.corrections()
	r.leavers()
	r.withoutBlock()
	return r
}

// missingPods leaves out deletions of pods that are not there.
func (r *reconciled) missingPods() {
	r.theirs.Writes = slices.DeleteFunc(slices.Clone(r.theirs.Writes), func(write Write) bool {
		if write.Verb != "delete" || r.pod(write.Ordinal) != nil {
			return false
		}
		r.show(DeletesNothing)
		r.nothing = append(r.nothing, write)
		return true
	})
}

const never = 1<<31 - 1

// limitedFrom is the slot that uses up the last of the limit of scaling, and the first slot before it whose pod has ended.
// A pod that is terminating, and not available, uses up one, or as many as OpenKruise says.
func (r *reconciled) limitedFrom(terminating int32) (limited, ended int32) {
	left := int32(never)
	if r.ScaleMaxUnavailable != nil {
		left = r.limit(r.ScaleMaxUnavailable)
	}
	ended = never
	for _, slot := range r.slots() {
		pod := r.pod(slot)
		switch {
		case pod == nil:
			left--
		case pod.hasEnded():
			ended = min(ended, slot)
			left--
		case pod.Terminating && !r.isAvailable(pod):
			left -= terminating
		case pod.Terminating || !r.isAvailable(pod):
			left--
		}
		if left <= 0 {
			return slot, ended
		}
	}
	return never, ended
}

// countsOnce leaves out what is done for slots where OpenKruise has counted pods twice. Ended pods among them could go in
// the one way or the other.
func (r *reconciled) countsOnce() bool {
	limited, ended := r.limitedFrom(1)
	theirs, theirEnded := r.limitedFrom(2)
	if !r.Parallel || r.Deleted || limited == theirs {
		return false
	}
	before := len(r.ours.Writes)
	r.keepOurs(func(write Write) bool {
		isOfSlot := write.reason == statefulset.ReasonScaleOut || write.reason == statefulset.ReasonRepair
		return !isOfSlot || write.Ordinal <= theirs
	})
	r.incomparable = ended != theirEnded
	if r.incomparable || len(r.ours.Writes) < before {
		r.show(CountsOnce)
	}
	return r.incomparable
}

// endedPod leaves out what comes after a pod that has ended.
func (r *reconciled) endedPod() {
	if !r.Parallel || r.Deleted {
		return
	}
	_, ended := r.limitedFrom(2)
	before := len(r.ours.Writes)
	r.keepOurs(func(write Write) bool {
		isOfSlot := write.reason != statefulset.ReasonScaleIn && write.reason != statefulset.ReasonRollout
		return ended == never || isOfSlot && write.Ordinal <= ended
	})
	if len(r.ours.Writes) < before {
		r.show(EndedPod)
	}
}

// corrections leaves out those of pods that OpenKruise does not come to.
func (r *reconciled) corrections() {
	if !r.Parallel {
		return
	}
	limited, _ := r.limitedFrom(2)
	r.keepOurs(func(write Write) bool {
		if write.Verb == "update" && write.Ordinal >= limited {
			r.show(CorrectsBeyond)
			return false
		}
		return true
	})
}

// leavers leaves out the scale-in, and what comes after it, where the two do not agree on what is unhealthy.
func (r *reconciled) leavers() {
	slots := r.slots()
	isOdd := func(pod Pod) bool {
		return !slices.Contains(slots, pod.Ordinal) && pod.Ready && !pod.Terminating && !r.isAvailable(&pod)
	}
	if r.Parallel || r.Deleted || !slices.ContainsFunc(r.Pods, isOdd) {
		return
	}
	isOfSlot := func(write Write) bool {
		return slices.Contains(slots, write.Ordinal) && write.reason != statefulset.ReasonRollout
	}
	theirs := slices.DeleteFunc(slices.Clone(r.theirs.Writes), func(write Write) bool { return !slices.Contains(slots, write.Ordinal) })
	if len(theirs) < len(r.theirs.Writes) || slices.ContainsFunc(r.ours.Writes, func(write Write) bool { return !isOfSlot(write) }) {
		r.show(LeaverHealth)
		r.theirs.Writes = theirs
		r.keepOurs(isOfSlot)
	}
}

// withoutBlock leaves out creations where the two count otherwise.
func (r *reconciled) withoutBlock() {
	if r.RollingUpdate != nil || r.OnDelete || len(r.excluded()) == 0 || r.current() == "new" {
		return
	}
	anyRevision := func(outcome Outcome) []Write {
		writes := slices.Clone(outcome.Writes)
		for i := range writes {
			writes[i].Revision = ""
		}
		return writes
	}
	r.show(WithoutBlock)
	r.theirs.Writes, r.ours.Writes = anyRevision(r.theirs), anyRevision(r.ours)
}
