package conformance

import (
	"slices"
	"strings"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
)

// Versions are those of which there is a judge, oldest first.
var Versions = []string{"1.28.4", "1.28", "1.30", "1.33", "1.34", "1.35", "1.36", "1.37", "1.38"}

// versionChange is something that a version does otherwise than the one before it.
type versionChange struct {
	since, name string
	// Whether the two outcomes of a case show it.
	shows func(*step) bool
}

// step is what the library does with a case as the decisions of two neighbouring versions.
type step struct {
	*Case
	before, after Outcome
	contrasts     []contrast
}

// versionChanges are all that cases can meet. What only lives meet is not among them: read-your-writes, and when a set is looked
// at again.
var versionChanges = []versionChange{
	{"1.28", "the owners of a claim are controllers", func(s *step) bool { return s.differs(Update, Claim) }},
	{"1.34", "an update waits for available pods, not for ready ones", func(s *step) bool {
		return !s.differs(Create, Revision) && s.deletesOthers(s.isWanted)
	}},
	{"1.34", "a scale-in waits for available pods, not for ready ones", func(s *step) bool {
		return !s.differs(Create, Revision) && s.deletesOthers(func(pod string) bool { return !s.isWanted(pod) })
	}},
	{"1.34", "a pod is available at the last moment of its time", func(s *step) bool {
		return s.statusDiffers(func(status apps.StatefulSetStatus) any { return status.AvailableReplicas })
	}},
	{"1.34", "a revision does not say when its template was created", func(s *step) bool {
		return s.wroteBoth(Create, Revision) && s.differs(Create, Revision)
	}},
	{"1.34", "revisions that mean the same are one", func(s *step) bool {
		return !s.wrote(s.after, Create, Revision) && s.wrote(s.before, Create, Revision) && !s.hasText("1.33") && !s.hasText("1.34")
	}},
	{"1.35", "events begin with a capital", func(s *step) bool {
		capital := func(event Event) bool { return strings.HasPrefix(event.Message, "Create Pod ") }
		return slices.ContainsFunc(s.after.Events, capital) && !slices.ContainsFunc(s.before.Events, capital)
	}},
	{"1.36", "a condemned pod that is gone already is no failure", func(s *step) bool {
		return s.before.Failed && !s.after.Failed && s.wroteBoth(Delete, Pod)
	}},
	{"1.37", "maxUnavailable counts", func(s *step) bool { return s.differs(Delete, Pod) && s.rolls() }},
	{"1.37", "an update is completed with every strategy", func(s *step) bool {
		return !s.rolls() && s.statusDiffers(func(status apps.StatefulSetStatus) any { return status.CurrentRevision })
	}},
	{"1.37", "other conditions are kept", func(s *step) bool {
		return s.statusDiffers(func(status apps.StatefulSetStatus) any { return len(status.Conditions) })
	}},
	{"1.38", "in parallel, condemned pods go before slots are filled", func(s *step) bool {
		return s.Set.Spec.PodManagementPolicy == apps.ParallelPodManagement && s.after.Failed && s.differs(Delete, Pod)
	}},
	{"1.38", "maxUnavailable looks at what is not below the partition", func(s *step) bool {
		return s.rolls() && *s.Set.Spec.UpdateStrategy.RollingUpdate.Partition > 0 && !s.after.Failed && s.differs(Delete, Pod)
	}},
	{"1.38", "a pod with leading zeros is no member", func(s *step) bool {
		return s.hasPod(func(pod *core.Pod) bool {
			return strings.HasPrefix(pod.Name, s.Set.Name+"-0") && pod.Name != s.Set.Name+"-0" && s.differs(Update, Pod)
		})
	}},
}

// changesOf are the changes between a version and its neighbours.
func changesOf(version string) (names []string) {
	place := slices.Index(Versions, version)
	if place < 0 {
		return nil
	}
	for _, change := range versionChanges {
		if since := slices.Index(Versions, change.since); since == place || since == place+1 {
			names = append(names, change.title())
		}
	}
	return names
}

func (c versionChange) title() string { return "since " + c.since + ": " + c.name }

// meet counts which changes a case shows between its judge's version and the neighbours of that. It returns what differs
// where no change is known of.
func (v Coverage) meet(c *Case, flips string) []string {
	place := slices.Index(Versions, c.Gates.Kubernetes)
	outcomes := map[int]Outcome{}
	for version := max(place-1, 0); version <= min(place+1, len(Versions)-1); version++ {
		outcomes[version] = oursAs(c, Versions[version], flips)
	}
	var unknown []string
	for _, after := range []int{place, place + 1} {
		if after == 0 || after == len(Versions) {
			continue
		}
		step := stepOf(c, outcomes[after-1], outcomes[after])
		known := false
		for _, change := range versionChanges {
			if change.since != Versions[after] {
				continue
			}
			known = true
			if change.shows(step) {
				v[change.title()]++
			}
		}
		if !known && step.isOne() {
			unknown = append(unknown, "nothing is known to change in "+Versions[after]+", but the library's outcomes differ")
		}
	}
	return unknown
}

// oursAs is what the library does with a case as another version.
func oursAs(c *Case, version, flips string) Outcome {
	other := *c
	other.Gates = GatesOf(version, flips)
	return Ours(&other)
}

func stepOf(c *Case, before, after Outcome) *step {
	return &step{Case: c, before: before, after: after, contrasts: contrasts(before.Writes, after.Writes)}
}

// isOne tells whether anything differs.
func (s *step) isOne() bool {
	return len(s.contrasts) > 0 || s.before.Failed != s.after.Failed || !slices.Equal(s.before.Events, s.after.Events)
}

func (s *step) differs(verb Verb, kind Kind) bool {
	return slices.ContainsFunc(s.contrasts, func(c contrast) bool { return c.Verb == verb && c.Kind == kind })
}

func (s *step) wrote(outcome Outcome, verb Verb, kind Kind) bool {
	return slices.ContainsFunc(outcome.Writes, func(write Write) bool { return write.Verb == verb && write.Kind == kind })
}

func (s *step) wroteBoth(verb Verb, kind Kind) bool {
	return s.wrote(s.before, verb, kind) && s.wrote(s.after, verb, kind)
}

// deletesOthers tells whether they delete different ones of some pods.
func (s *step) deletesOthers(of func(pod string) bool) bool {
	return slices.ContainsFunc(s.contrasts, func(c contrast) bool { return c.Verb == Delete && c.Kind == Pod && of(c.Name) })
}

// hasText tells whether a revision is what a version would write for the set's template.
func (s *step) hasText(version string) bool {
	text := string(patchOf(s.Set.Spec.Template, Gates{Kubernetes: version}))
	return slices.ContainsFunc(s.Revisions, func(revision *apps.ControllerRevision) bool { return string(revision.Data.Raw) == text })
}

func (s *step) isWanted(pod string) bool {
	look := look{Case: s.Case}
	return look.isWanted(pod)
}

// statusDiffers tells whether both write a status, and something in it differs.
func (s *step) statusDiffers(part func(apps.StatefulSetStatus) any) bool {
	written := func(outcome Outcome) (apps.StatefulSetStatus, bool) {
		for _, write := range outcome.Writes {
			if set, is := write.Object.(*apps.StatefulSet); is && write.Verb == UpdateStatus {
				return set.Status, true
			}
		}
		return s.Set.Status, false
	}
	before, wrote := written(s.before)
	after, also := written(s.after)
	return (wrote || also) && !s.differs(Create, Revision) && !equality.Semantic.DeepEqual(part(before), part(after))
}

func (s *step) hasPod(is func(*core.Pod) bool) bool { return slices.ContainsFunc(s.Pods, is) }

func (s *step) rolls() bool { return s.Set.Spec.UpdateStrategy.RollingUpdate != nil }
