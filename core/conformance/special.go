package conformance

import (
	"regexp"
	"slices"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var podName = regexp.MustCompile(`^(.*)-0*([0-9]+)$`)

// cannotAdoptPod tells whether a pod was gone when it was to be adopted.
func cannotAdoptPod(c *Case, theirs Outcome) bool {
	return slices.ContainsFunc(theirs.Writes, func(write Write) bool {
		return write.Kind == Pod && write.Verb == Update && write.Error == "NotFound" &&
			slices.ContainsFunc(c.Pods, func(pod *core.Pod) bool {
				return pod.Name == write.Name && meta.GetControllerOf(pod) == nil
			})
	})
}

// cannotAdoptRevision tells whether the adoption of a revision failed.
func cannotAdoptRevision(c *Case, theirs Outcome) bool {
	return slices.ContainsFunc(theirs.Writes, func(write Write) bool {
		return write.Kind == Revision && write.Verb == Update && write.Error != "" &&
			slices.ContainsFunc(c.Revisions, func(revision *apps.ControllerRevision) bool {
				return revision.Name == write.Name && meta.GetControllerOf(revision) == nil
			})
	})
}

// hasPlaceless tells whether there is a pod with more digits than an ordinal has.
func hasPlaceless(c *Case) bool {
	return slices.ContainsFunc(c.Pods, func(pod *core.Pod) bool {
		parts := podName.FindStringSubmatch(pod.Name)
		return parts != nil && len(parts[2]) > 10
	})
}

// hasOddProgress tells whether the condition of an update says what the real controller never says.
func hasOddProgress(c *Case) bool {
	recreates := c.Set.Spec.UpdateStrategy.Type == apps.RecreateStatefulSetStrategyType
	return recreates && slices.ContainsFunc(c.Set.Status.Conditions, func(condition apps.StatefulSetCondition) bool {
		return condition.Type == apps.StatefulSetProgressing && condition.Status == core.ConditionUnknown
	})
}

// hasOddSpelling tells whether a claim names the set, but not as the real controller does.
func hasOddSpelling(c *Case) bool {
	return slices.ContainsFunc(c.Claims, func(claim *core.PersistentVolumeClaim) bool {
		return slices.ContainsFunc(claim.OwnerReferences, func(owner meta.OwnerReference) bool {
			return owner.UID == c.Set.UID && owner.APIVersion != Set.Version().String()
		})
	})
}

// hasTwins tells whether two pods have one ordinal.
func hasTwins(c *Case) bool {
	seen := map[string]bool{}
	for _, pod := range c.Pods {
		parts := podName.FindStringSubmatch(pod.Name)
		if parts == nil || parts[1] != c.Set.Name {
			continue
		}
		if seen[parts[2]] {
			return true
		}
		seen[parts[2]] = true
	}
	return false
}
