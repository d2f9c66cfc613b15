package conformance

import "slices"

// Reachable are the things that cases under these gates can meet. Numbers are those of the early stops (E) and of the
// traps (G) in which the real controller is known to hold surprises.
//
// Not among them, because no case can meet them: E1 and E2, which stories of old views and of events meet; E3 and E7,
// which an API server's validation prevents (a selector, a revision's data that cannot be read); E11, since a cache never
// fails; what is no decision of this controller (G-02, G-27, G-48 to G-53, G-55); and what only shows after several passes
// (G-03, G-26, G-34, G-39, G-40, G-46, G-54), which lives meet.
func Reachable(gates Gates) []string {
	all := slices.Concat(everywhere,
		map[bool][]string{true: withLimit, false: withoutLimit}[gates.MaxUnavailable],
		map[bool][]string{true: withRecreate, false: withoutRecreate}[gates.Recreate],
		map[bool][]string{true: withWords}[gates.SemanticRevisions])
	return slices.DeleteFunc(all, gates.cannotMeet)
}

// ReachableInAll are the things that cases under all settings of a version together can meet.
func ReachableInAll(version string) []string {
	all := slices.Concat(everywhere, withLimit, withoutLimit, withRecreate, withoutRecreate, withWords)
	return slices.DeleteFunc(all, Gates{Kubernetes: version}.cannotMeet)
}

// cannotMeet tells whether a thing is newer than the judge's version.
func (g Gates) cannotMeet(thing string) bool {
	return slices.Contains(withRecreate, thing) && !g.hasRecreate() || slices.Contains(withoutRecreate, thing) && !g.hasRecreate() ||
		slices.Contains(withWords, thing) && g.isBefore("1.34") ||
		slices.Contains(withControllers, thing) && g.Kubernetes == "1.28.4" ||
		thing == belowZero && g.isBefore("1.30")
}

const belowZero = "G-38 a limit below zero"

var (
	everywhere = []string{
		"event ConflictingController", "event FailedCreate", "event FailedDelete", "event FailedUpdate",
		"event SuccessfulCreate", "event SuccessfulDelete", "event SuccessfulUpdate",
		"E4 the set refuses to adopt a revision", "E4 a revision cannot be adopted",
		"E5 the set refuses to adopt a pod", "E5 a pod cannot be claimed",
		"E6 the update revision cannot be made", "E6 the update revision cannot be renumbered",
		"E8 the set is being deleted",
		"E9 an ended pod is deleted", "E9 an ended pod cannot be deleted", "E9 an ended pod is going", "E9 parallel: an ended pod is deleted",
		"E10 a claim is stale", "E10 parallel: a claim is stale",
		"E12 a claim cannot be made", "E12 a pod cannot be made", "E12 the owners of a new pod's claim cannot be put right",
		"E13 a pod is made",
		"E14 a pending pod's claim cannot be made", "E14 a pending pod's claim is going",
		"E15 a pod is terminating", "E16 a pod is not ready", "E17 a pod is not available",
		"E18 a repair fails", "E18 parallel: a repair fails", "E19 the owners of a condemned pod's claim cannot be put right",
		"E20 a condemned pod is terminating", "E21 a condemned pod is broken",
		"E22 a condemned pod is deleted", "E22 a condemned pod cannot be deleted",
		"E23 on delete", "E24 all is done", "E24 a deletion fails",
		"rollout: held by a partition", "rollout: a partition beyond the replicas", "rollout: an old pod is going already",
		"owners Retain/Retain, wanted pod", "owners Retain/Retain, condemned pod", "owners Retain/Delete, wanted pod", "owners Retain/Delete, condemned pod",
		"owners Delete/Retain, wanted pod", "owners Delete/Retain, condemned pod", "owners Delete/Delete, wanted pod", "owners Delete/Delete, condemned pod",
		"owners: an earlier namesake, left alone", "owners: another controller, left alone", "owners: another controller, only let go of",
		"owners: made a controller", "owners: none to be put right",
		"history: created", "history: renumbered", "history: as it is", "history: a name is taken", "history: cut", "history: adopted",
		"pods: adopted", "pods: released", "pods: an odd name",
		"status: written", "status: as it is", "status: refused", "status: completed",
		"G-05 a deleted set with an orphaned revision", "G-06 a squatter", "G-07 the history is cut without its two revisions",
		"G-08 parallel: the first failure ends the batches", "G-09 available without running", "G-10 digits beyond all limits",
		"G-11 a succeeded pod is recycled", "G-11 a failed pod behind a broken one", "G-13 a lost claim comes back",
		"G-14 parallel: a broken pod is put right", "G-15 on delete: a pod is made at the update revision",
		"G-16 without a block: a pod is made at the current revision", "G-17 a partition counts from the first ordinal",
		"G-18 a pod is made and an update told of", "G-19 an update that changes nothing", "G-21 volumes that cannot be put right",
		"G-22 two broken condemned pods", "G-23 nothing is deleted, successfully",
		"G-28 a second write", "G-29 counters below zero", "G-31 a collision count that is not written", "G-32 completed before it is available",
		"G-33 a current revision that is gone", "G-35 a hash label of another name", "G-37 another's revision with equal data",
		belowZero, "G-41 a claim that was there", "G-43 an owner spelled oddly", "G-44 parallel: a leaving pod's claim is saved",
		"G-45 a claim that is lost already", "G-56 ready since nobody knows when", "G-57 a pod without a revision",
		"G-58 a deleted set's history", "G-59 another controller's claim", "G-60 pods that count and are of no use",
	}
	withLimit = []string{
		"rollout: as many as the limit allows", "rollout: the limit is reached", "G-01 parallel: broken old pods beyond the limit",
		"G-24 a percentage",
	}
	withoutLimit    = []string{"rollout: one at a time", "rollout: waits for one"}
	withRecreate    = []string{"recreate: old pods are deleted", "recreate: old pods are going", "recreate: completed"}
	withoutRecreate = []string{"event UnknownStrategy"}
	// Where owners of claims are their controllers.
	withControllers = []string{
		"event ConflictingController", "owners: an earlier namesake, left alone", "owners: another controller, left alone",
		"owners: another controller, only let go of", "owners: made a controller",
	}
	withWords = []string{"history: the same in other words"}
	// What lives can meet.
	inLives = []string{"lives: at rest", "swap: at rest", "swap: in mid-rollout"}
	// What stories of old views can meet, with the gate.
	inLags = []string{
		"E1 both wait", "E1 both wait, not seen: Pod", "E1 both wait, not seen: PersistentVolumeClaim",
		"E1 both wait, not seen: StatefulSet", "stale: both act", "wanted: " + string(WaitsLonger),
	}
	// What stories of events can meet.
	inWakes = []string{
		"woken: both, by StatefulSet added", "woken: both, by StatefulSet changed", "woken: both, by StatefulSet shown again",
		"woken: both, by Pod added", "woken: both, by Pod changed", "woken: both, by Pod gone",
		"woken: nobody, by Pod added", "woken: nobody, by Pod changed", "woken: nobody, by Pod gone", "woken: nobody, by Pod shown again",
		"E2 the set is gone", "wanted: " + string(WokenByClaim), "wanted: " + string(WokenByRevision), "wanted: " + string(WokenByName),
		"wanted: " + string(WokenByNamesake), "wanted: " + string(NotByName), "wanted: " + string(NotWhenGone),
	}
)
