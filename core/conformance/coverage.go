package conformance

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Coverage counts how often each thing was met.
type Coverage map[string]int

// Join adds another's counts.
func (v Coverage) Join(other Coverage) {
	for name, n := range other {
		v[name] += n
	}
}

// Table is all counts, one a line.
func (v Coverage) Table() string {
	var lines strings.Builder
	for _, name := range slices.Sorted(maps.Keys(v)) {
		fmt.Fprintf(&lines, "%9d  %s\n", v[name], name)
	}
	return lines.String()
}

// Missed are those of some things that were not met.
func (v Coverage) Missed(reachable []string) (missed []string) {
	for _, name := range reachable {
		if v[name] == 0 {
			missed = append(missed, name)
		}
	}
	return missed
}

// Add counts what a case and its outcome show.
func (v Coverage) Add(c *Case, theirs Outcome, verdict Verdict) {
	for _, difference := range verdict.Wanted {
		v["wanted: "+string(difference)]++
	}
	for _, event := range theirs.Events {
		v["event "+event.Reason]++
	}
	look := look{Coverage: v, Case: c, theirs: theirs, seen: map[string]bool{}}
	look.history()
	look.claims()
	look.owners()
	look.pods()
	look.status()
	look.stops()
	look.gotchas()
	for name := range look.seen {
		v[name]++
	}
}

// look is a look at one case.
type look struct {
	Coverage
	*Case
	theirs Outcome
	seen   map[string]bool
	// The set's pods by index, and those that are not wanted.
	wanted    map[int]*core.Pod
	condemned []*core.Pod
}

func (l *look) see(name string, really bool) {
	if really {
		l.seen[name] = true
	}
}

func (l *look) wrote(verb Verb, kind Kind, really func(Write) bool) bool {
	return slices.ContainsFunc(l.theirs.Writes, func(write Write) bool {
		return write.Verb == verb && write.Kind == kind && really(write)
	})
}

// published tells whether a status was asked for that is so.
func (l *look) published(really func(apps.StatefulSetStatus) bool) bool {
	return l.wrote(UpdateStatus, Set, func(write Write) bool {
		set, ok := write.Object.(*apps.StatefulSet)
		return ok && really(set.Status)
	})
}

// progress tells whether the condition of an update was asked for, with a reason or a message.
func (l *look) progress(reason, message string) bool {
	return l.published(func(status apps.StatefulSetStatus) bool {
		return slices.ContainsFunc(status.Conditions, func(condition apps.StatefulSetCondition) bool {
			return reason != "" && condition.Reason == reason || message != "" && condition.Message == message
		})
	})
}

func done(write Write) bool   { return write.Error == "" }
func failed(write Write) bool { return write.Error != "" }

func (l *look) history() {
	orphan := map[string]bool{}
	for _, revision := range l.Revisions {
		orphan[revision.Name] = meta.GetControllerOf(revision) == nil
	}
	adopts := func(write Write) bool { return orphan[write.Name] }
	created := l.wrote(Create, Revision, done)
	renumbered := l.wrote(Update, Revision, func(write Write) bool { return done(write) && !adopts(write) })
	l.see("history: created", created)
	l.see("history: renumbered", renumbered)
	l.see("history: adopted", l.wrote(Update, Revision, func(write Write) bool { return done(write) && adopts(write) }))
	l.see("history: cut", l.wrote(Delete, Revision, done))
	l.see("history: a name is taken", l.wrote(Create, Revision, func(write Write) bool { return write.Error == "AlreadyExists" }))
	guarded := l.wrote(Guard, Set, failed)
	l.see("E4 the set refuses to adopt a revision", strings.Contains(l.theirs.Problem, "adopt ControllerRevision"))
	l.see("E4 a revision cannot be adopted", !guarded && l.wrote(Update, Revision, func(write Write) bool { return failed(write) && adopts(write) }))
	l.see("E6 the update revision cannot be made", l.wrote(Create, Revision, func(write Write) bool { return failed(write) && write.Error != "AlreadyExists" }))
	l.see("E6 the update revision cannot be renumbered", l.wrote(Update, Revision, func(write Write) bool { return failed(write) && !adopts(write) }))
	if len(l.Revisions) == 0 || created || renumbered || l.theirs.Failed {
		return
	}
	ours := patchOf(l.Set.Spec.Template, l.Gates)
	exact := slices.ContainsFunc(l.Revisions, func(revision *apps.ControllerRevision) bool { return string(revision.Data.Raw) == string(ours) })
	l.see("history: as it is", exact)
	l.see("history: the same in other words", !exact)
}

func (l *look) claims() {
	for _, write := range l.theirs.Writes {
		if write.Kind != Claim || write.Verb != Update {
			continue
		}
		var owners []meta.OwnerReference
		if write.Object != nil {
			owners = write.Object.GetOwnerReferences()
		}
		l.see("claims: owned by nobody", len(owners) == 0)
		for _, owner := range owners {
			l.see("claims: owned by the set", owner.UID == setUID)
			l.see("claims: owned by the pod", owner.Kind == string(Pod) && owner.Name == podOfClaim(write.Name))
		}
	}
	for _, claim := range l.Claims {
		for _, owner := range claim.OwnerReferences {
			controls := owner.Controller != nil && *owner.Controller
			l.see("claims: another controller", owner.Kind == "Keeper" && controls)
			l.see("claims: an earlier owner", owner.Kind == string(Set) && owner.UID != setUID)
			l.see("claims: an owner that is no controller", owner.UID == setUID && !controls)
		}
	}
}

func (l *look) pods() {
	orphans := map[string]bool{}
	for _, pod := range l.Pods {
		orphan := meta.GetControllerOf(pod) == nil
		orphans[pod.Name] = orphan
		updated := l.wrote(Update, Pod, func(write Write) bool { return done(write) && write.Name == pod.Name })
		l.see("pods: adopted", orphan && updated)
		l.see("pods: released", pod.Labels["app"] != "web" && updated)
		l.see("pods: an odd name", podName.MatchString(pod.Name) && strings.HasPrefix(pod.Name, l.Set.Name+"-0") && pod.Name != l.Set.Name+"-0")
	}
	l.see("E5 the set refuses to adopt a pod", strings.Contains(l.theirs.Problem, "adopt Pod"))
	l.see("E5 a pod cannot be claimed", l.wrote(Update, Pod, func(write Write) bool { return failed(write) && orphans[write.Name] }))
}

func (l *look) status() {
	l.see("status: written", l.wrote(UpdateStatus, Set, done))
	l.see("status: refused", l.wrote(UpdateStatus, Set, failed))
	l.see("status: as it is", !l.theirs.Failed && !l.wrote(UpdateStatus, Set, func(Write) bool { return true }))
	current := l.Set.Status.CurrentRevision
	l.see("status: completed", l.published(func(status apps.StatefulSetStatus) bool {
		return current != "" && status.CurrentRevision != current
	}))
	l.see("recreate: completed", l.progress("RecreateCompleted", ""))
}
