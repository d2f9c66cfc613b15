package conformance

import (
	"slices"
	"strconv"
	"strings"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// owners looks at the references to set and pod that the retention policy wants on claims.
func (l *look) owners() {
	policy := l.Set.Spec.PersistentVolumeClaimRetentionPolicy
	if policy == nil {
		policy = &apps.StatefulSetPersistentVolumeClaimRetentionPolicy{WhenScaled: "Retain", WhenDeleted: "Retain"}
	}
	retains := policy.WhenScaled == "Retain" && policy.WhenDeleted == "Retain"
	before := map[string]*core.PersistentVolumeClaim{}
	for _, claim := range l.Claims {
		before[claim.Name] = claim
	}
	for _, write := range l.theirs.Writes {
		claim := before[write.Name]
		if write.Kind != Claim || write.Verb != Update || write.Object == nil || claim == nil {
			continue
		}
		wanted := "condemned pod"
		if l.isWanted(podOfClaim(write.Name)) {
			wanted = "wanted pod"
		}
		l.see("owners "+string(policy.WhenScaled)+"/"+string(policy.WhenDeleted)+", "+wanted, true)
		after := write.Object.GetOwnerReferences()
		other := slices.ContainsFunc(claim.OwnerReferences, l.isAnother)
		l.see("owners: another controller, only let go of", !retains && other && len(after) < len(claim.OwnerReferences))
		l.see("owners: made a controller", slices.ContainsFunc(claim.OwnerReferences, func(owner meta.OwnerReference) bool {
			return owner.UID == setUID && !controls(owner) && slices.ContainsFunc(after, func(now meta.OwnerReference) bool { return now.UID == setUID && controls(now) })
		}))
		delete(before, write.Name)
	}
	if l.theirs.Failed || l.Set.DeletionTimestamp != nil {
		return
	}
	for _, claim := range before {
		pod := podOfClaim(claim.Name)
		if !slices.ContainsFunc(l.Pods, func(it *core.Pod) bool { return it.Name == pod && meta.IsControlledBy(it, l.Set) }) {
			continue
		}
		earlier := slices.ContainsFunc(claim.OwnerReferences, func(owner meta.OwnerReference) bool {
			return owner.Kind == string(Set) && owner.Name == l.Set.Name && owner.UID != setUID
		})
		another := slices.ContainsFunc(claim.OwnerReferences, l.isAnother)
		l.see("owners: an earlier namesake, left alone", earlier)
		l.see("owners: another controller, left alone", !retains && another && !earlier)
		l.see("owners: none to be put right", len(claim.OwnerReferences) == 0 && retains)
	}
}

func controls(owner meta.OwnerReference) bool {
	return owner.Controller != nil && *owner.Controller
}

// isAnother tells whether an owner is a controller, and neither a set nor a pod.
func (l *look) isAnother(owner meta.OwnerReference) bool {
	return owner.Kind == "Keeper" && controls(owner)
}

func (l *look) isWanted(pod string) bool {
	digits, _ := strings.CutPrefix(pod, l.Set.Name+"-")
	ordinal, err := strconv.Atoi(digits)
	return err == nil && ordinal >= l.start() && ordinal < l.start()+l.replicas()
}
