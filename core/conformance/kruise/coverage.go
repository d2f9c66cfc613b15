package kruise

import (
	"fmt"

	"statefulset.internal/statefulset"
)

// setting is a field of OpenKruise's, and the moment without it.
type setting struct {
	name    string
	without func(*Moment)
}

// settings are those that the judge is for.
var settings = []setting{
	{"reserveOrdinals", func(m *Moment) { m.ReserveOrdinals = nil }},
	{"scaleStrategy.maxUnavailable", func(m *Moment) { m.ScaleMaxUnavailable = nil }},
	{"rollingUpdate.partition", func(m *Moment) { m.RollingUpdate.Partition = 0 }},
	{"rollingUpdate.maxUnavailable", func(m *Moment) { m.RollingUpdate.MaxUnavailable = nil }},
	{"rollingUpdate.paused", func(m *Moment) { m.RollingUpdate.Paused = false }},
	{"rollingUpdate.unorderedUpdate", func(m *Moment) { m.RollingUpdate.Unordered = nil }},
	{"rollingUpdate.unorderedUpdate.priorityStrategy", func(m *Moment) { m.RollingUpdate.Unordered = &Unordered{} }},
	{"rollingUpdate.minReadySeconds", func(m *Moment) { m.RollingUpdate.MinReadySeconds = 0 }},
	{"ordinals.start", func(m *Moment) { m.Start = 0 }},
}

func matters(name string) string { return name + " matters" }

var walkMatters = "the walk matters"

// reachable is what many moments ought to reach.
func reachable() (all []string) {
	for _, each := range settings {
		all = append(all, matters(each.name))
	}
	all = append(all, walkMatters, "create old", "create new", "delete scale-in", "delete rollout", "delete terminal-pod", "update repair", "status")
	for _, difference := range Differences {
		all = append(all, "wanted: "+string(difference))
	}
	return all
}

// look counts what a moment shows.
func look(seen map[string]int, m *Moment, theirs Outcome, verdict Verdict) {
	for _, difference := range verdict.Wanted {
		seen["wanted: "+string(difference)]++
	}
	if theirs.Status != nil {
		seen["status"]++
	}
	ours := Ours(m)
	for _, write := range ours.Writes {
		if write.Verb == "create" {
			seen["create "+write.Revision]++
		} else {
			seen[fmt.Sprintf("%s %s", write.Verb, write.reason)]++
		}
	}
	for _, each := range settings {
		// A setting of the block is none without the block.
		without := *m
		if m.RollingUpdate != nil {
			without.RollingUpdate = new(*m.RollingUpdate)
		} else {
			without.RollingUpdate = &RollingUpdate{}
		}
		each.without(&without)
		if m.RollingUpdate == nil {
			without.RollingUpdate = nil
		}
		if !alike(ours, Ours(&without)) {
			seen[matters(each.name)]++
		}
	}
	if !alike(ours, m.plan(statefulset.Upstream())) {
		seen[walkMatters]++
	}
}

// alike tells whether the same is done.
func alike(a, b Outcome) bool {
	if len(a.Writes) != len(b.Writes) {
		return false
	}
	for i := range a.Writes {
		if !a.Writes[i].same(b.Writes[i]) {
			return false
		}
	}
	return true
}
