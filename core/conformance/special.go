package conformance

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
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

// cannotAdoptRevision tells whether the adoption of a revision failed. What fails later is another write to it.
func cannotAdoptRevision(c *Case, theirs Outcome) bool {
	orphans := map[string]bool{}
	for _, revision := range c.Revisions {
		orphans[revision.Name] = meta.GetControllerOf(revision) == nil
	}
	for _, write := range theirs.Writes {
		if write.Kind == Revision && write.Verb == Update && orphans[write.Name] {
			if write.Error != "" {
				return true
			}
			orphans[write.Name] = false
		}
	}
	return false
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

// settleTwins finds the pods that lose their ordinal to one whose name and label are right. Where there is none such, it
// is not clear who does.
func (c *Case) settleTwins() {
	c.losers, c.unclear = nil, false
	if c.Set.DeletionTimestamp != nil {
		// All pods count alike while a set is being deleted.
		return
	}
	start := 0
	if c.Set.Spec.Ordinals != nil {
		start = int(c.Set.Spec.Ordinals.Start)
	}
	byOrdinal := map[int][]*core.Pod{}
	for _, pod := range c.Pods {
		if !c.isMember(pod) && !c.isOrphan(pod) {
			continue
		}
		if ordinal, err := strconv.Atoi(podName.FindStringSubmatch(pod.Name)[2]); err == nil {
			byOrdinal[ordinal] = append(byOrdinal[ordinal], pod)
		}
	}
	for ordinal, pods := range byOrdinal {
		name := fmt.Sprintf("%s-%d", c.Set.Name, ordinal)
		isRightful := func(pod *core.Pod) bool { return pod.Name == name && pod.Labels[apps.StatefulSetPodNameLabel] == name }
		squats := func(pod *core.Pod) bool { return pod.Name == name && !slices.Contains(pods, pod) }
		switch {
		case slices.ContainsFunc(c.Pods, squats):
			// The real controller puts right the one whose name is odd, and may hit the one who has its name.
			c.unclear = true
		case len(pods) < 2:
		case ordinal < start || ordinal >= start+int(*c.Set.Spec.Replicas):
			// All have to go; the real controller begins with any.
			c.unclear = true
		case slices.ContainsFunc(pods, isRightful):
			c.losers = append(c.losers, slices.DeleteFunc(pods, isRightful)...)
		default:
			c.unclear = true
		}
	}
	// The real controller cannot fail to adopt what it was not shown.
	c.unclear = c.unclear || slices.ContainsFunc(c.losers, c.cannotBeAdopted)
}

// cannotBeAdopted tells whether an injected failure keeps an orphan from being adopted.
func (c *Case) cannotBeAdopted(pod *core.Pod) bool {
	return c.isOrphan(pod) && slices.ContainsFunc(c.Faults, func(fault Fault) bool {
		return fault.Verb == Guard || fault.Verb == Update && fault.Kind == Pod && fault.Name == pod.Name
	})
}

// isMember tells whether a pod is the set's, and is not let go.
func (c *Case) isMember(pod *core.Pod) bool {
	owner := meta.GetControllerOf(pod)
	return owner != nil && owner.UID == c.Set.UID && c.fits(pod)
}

// isOrphan tells whether a pod is nobody's, and the set may adopt it.
func (c *Case) isOrphan(pod *core.Pod) bool {
	return meta.GetControllerOf(pod) == nil && pod.DeletionTimestamp == nil && c.fits(pod)
}

// fits tells whether a pod has a name and labels as the set's have.
func (c *Case) fits(pod *core.Pod) bool {
	selector, err := meta.LabelSelectorAsSelector(c.Set.Spec.Selector)
	name := podName.FindStringSubmatch(pod.Name)
	return err == nil && name != nil && name[1] == c.Set.Name && selector.Matches(labels.Set(pod.Labels)) && c.takesName(pod.Name, name[2])
}

// takesName tells whether the judge's version takes a pod with these digits for one of the set's: since 1.38, only one
// that has the name which it would give.
func (c *Case) takesName(name, digits string) bool {
	if c.Gates.isBefore("1.38") {
		return true
	}
	ordinal, err := strconv.ParseInt(digits, 10, 32)
	return err == nil && name == fmt.Sprintf("%s-%d", c.Set.Name, ordinal)
}

// withoutLosers is the case without the pods that lost their ordinal.
func (c *Case) withoutLosers() *Case {
	if len(c.losers) == 0 {
		return c
	}
	alone := *c
	alone.Pods = slices.DeleteFunc(slices.Clone(c.Pods), func(pod *core.Pod) bool { return slices.Contains(c.losers, pod) })
	return &alone
}
