package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"

	"statefulset.internal/testbed/bed"
)

// A sequence is what happened to one set, without what no two runs have in common: uids, times, resource versions. It has one line for
// each change of its pods, claims and revisions, and one for each of its statuses.
type sequence struct {
	pods      []string // and claims
	revisions []string
	statuses  []string
	deleted   bool // the set, so far
}

// sequences are those of all sets of the world's namespace since version.
func (w *world) sequences(since uint64) map[string]*sequence {
	w.now()
	all := map[string]*sequence{}
	of := func(set string) *sequence {
		if all[set] == nil {
			all[set] = new(sequence)
		}
		return all[set]
	}
	pods := map[string]podState{}
	for _, change := range w.record.Changes(bed.In(w.namespace)) {
		switch change.Kind() {
		case "Pod":
			line := podLine(pods, change)
			if line != "" && change.Version > since {
				if change.Type == watch.Added {
					pod := as[corev1.Pod](change.Object)
					line += fmt.Sprintf(" %v owners %s, %s.%s", pod.Labels, owners(pod.OwnerReferences), pod.Spec.Hostname, pod.Spec.Subdomain)
				}
				s := of(setOf(change.Name()))
				s.pods = append(s.pods, line)
			}
		case "PersistentVolumeClaim":
			if change.Version <= since || change.Type == watch.Modified {
				continue
			}
			claim := as[corev1.PersistentVolumeClaim](change.Object)
			s := of(setOf(strings.TrimPrefix(claim.Name, "data-")))
			s.pods = append(s.pods, fmt.Sprintf("%s claim %s labels %v owners %s", change.Type, claim.Name, claim.Labels, owners(claim.OwnerReferences)))
		case "ControllerRevision":
			if change.Version <= since {
				continue
			}
			revision := as[appsv1.ControllerRevision](change.Object)
			s := of(setOf(revision.Name))
			if s.deleted {
				continue // by the garbage collector, in no order
			}
			s.revisions = append(s.revisions, fmt.Sprintf("%s %s %d %s %v %v", change.Type, revision.Name, revision.Revision, revision.Data.Raw, revision.Labels, owners(revision.OwnerReferences)))
		case "StatefulSet":
			if change.Type == watch.Deleted {
				of(change.Name()).deleted = true
			}
			if change.Version <= since || change.Type == watch.Deleted {
				continue
			}
			set := as[appsv1.StatefulSet](change.Object)
			status := set.Status
			for i := range status.Conditions {
				status.Conditions[i].LastTransitionTime = metav1.Time{}
			}
			text, _ := json.Marshal(status)
			s := of(set.Name)
			s.deleted = false
			if line := string(text); len(s.statuses) == 0 || s.statuses[len(s.statuses)-1] != line {
				s.statuses = append(s.statuses, line)
			}
		}
	}
	return all
}

func owners(references []metav1.OwnerReference) string {
	var words []string
	for _, r := range references {
		words = append(words, fmt.Sprintf("%s/%s controller=%v block=%v", r.Kind, r.Name, r.Controller != nil && *r.Controller, r.BlockOwnerDeletion != nil && *r.BlockOwnerDeletion))
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// setOf is a name without its last part: the set of a pod, or of a revision.
func setOf(name string) string { return name[:max(0, strings.LastIndexByte(name, '-'))] }

// byPod orders the lines of a set whose pods come and go without order by the pods they are about.
func byPod(lines []string) []string {
	lines = slices.Clone(lines)
	key := func(line string) string {
		for word := range strings.FieldsSeq(line) {
			if word = strings.TrimLeft(word, "+-"); strings.Contains(word, "-") {
				return word[strings.LastIndexByte(word, '-')+1:]
			}
		}
		return line
	}
	slices.SortStableFunc(lines, func(a, b string) int { return strings.Compare(key(a), key(b)) })
	return lines
}
