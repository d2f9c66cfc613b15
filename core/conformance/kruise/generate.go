package kruise

import (
	"fmt"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"statefulset.internal/conformance/draw"
)

// Generate makes a moment of choices.
func Generate(c *draw.Choices) *Moment {
	m := &Moment{
		Replicas: int32(c.Below(4) + c.Below(5)),
		Start:    draw.Mostly(c, 4, int32(0), 1, 3),
		Parallel: c.Once(2) || c.Once(2),
		OnDelete: c.Once(12),
		Deleted:  c.Once(30),
	}
	if !m.OnDelete && !c.Once(15) {
		m.RollingUpdate = rollingUpdate(c, m)
	}
	if c.Once(2) {
		m.ReserveOrdinals = reserveOrdinals(c, m)
	}
	if c.Once(3) {
		m.ScaleMaxUnavailable = limit(c)
	}
	pods(c, m)
	if !c.Once(8) {
		m.Status = status(c, m)
	}
	return m
}

func rollingUpdate(c *draw.Choices, m *Moment) *RollingUpdate {
	rolling := &RollingUpdate{
		Partition:       draw.Mostly(c, 2, int32(0), 1, 2, 3, 4, 5, 6, 9),
		MinReadySeconds: draw.Mostly(c, 3, int32(0), 10, 30),
		Paused:          c.Once(8),
	}
	if c.Once(2) {
		rolling.MaxUnavailable = limit(c)
	}
	// Only there OpenKruise's API server takes it.
	if m.Parallel && c.Once(3) {
		rolling.Unordered = &Unordered{}
		switch c.Below(3) {
		case 1:
			rolling.Unordered.Weights = map[string]int32{"a": int32(c.Below(4)), "b": int32(c.Below(4))}
		case 2:
			rolling.Unordered.OrderKey = "order"
		}
	}
	return rolling
}

func limit(c *draw.Choices) *intstr.IntOrString {
	one, two, three, ten := intstr.FromInt32(1), intstr.FromInt32(2), intstr.FromInt32(3), intstr.FromInt32(10)
	percent := intstr.FromString
	limit := draw.Pick(c, one, two, three, ten, percent("1%"), percent("34%"), percent("50%"), percent("67%"), percent("100%"))
	return &limit
}

// reserveOrdinals are numbers and ranges in no order, rarely one that is none.
func reserveOrdinals(c *draw.Choices, m *Moment) (all []intstr.IntOrString) {
	for range c.Some(4, 3) {
		ordinal := int(m.Start) - 1 + c.Below(int(m.Replicas)+4)
		ordinal = max(0, ordinal)
		switch {
		case !c.Once(3):
			all = append(all, intstr.FromInt32(int32(ordinal)))
		case c.Once(20):
			all = append(all, intstr.FromString(draw.Pick(c, fmt.Sprintf("%d-%d", ordinal+1, ordinal), "x", fmt.Sprintf("%d-", ordinal), "1-2-3")))
		default:
			all = append(all, intstr.FromString(fmt.Sprintf("%d-%d", ordinal, ordinal+c.Below(4))))
		}
	}
	return all
}

// pods are those of the desired ordinals and others.
func pods(c *draw.Choices, m *Moment) {
	slots := m.slots()
	end := m.Start
	if len(slots) > 0 {
		end = slots[len(slots)-1] + 1
	}
	end += draw.Mostly(c, 3, int32(0), 1, 2, 3)
	// How often a pod is not as it should be.
	trouble := draw.Pick(c, 40, 10, 4, 2)
	for ordinal := max(0, m.Start-draw.Mostly(c, 4, int32(0), 1, 2)); ordinal < end; ordinal++ {
		if c.Once(trouble) && c.Once(2) {
			continue
		}
		m.Pods = append(m.Pods, pod(c, m, ordinal, trouble))
	}
}

func pod(c *draw.Choices, m *Moment, ordinal int32, trouble int) Pod {
	pod := Pod{
		Ordinal:  ordinal,
		Revision: draw.Pick(c, "new", "old", "old"),
		Phase:    core.PodRunning,
		Ready:    true,
		Since:    100,
	}
	if c.Once(4 * trouble) {
		pod.Revision = "older"
	}
	if c.Once(trouble) {
		pod.Phase = draw.Pick(c, core.PodRunning, core.PodRunning, core.PodPending, core.PodPending, core.PodFailed, core.PodSucceeded, core.PodUnknown)
		pod.Ready = false
	}
	if c.Once(trouble) {
		pod.Since = draw.Pick[int32](c, 30, 31, 29, 10, 9, 0)
	}
	pod.Terminating = c.Once(2 * trouble)
	pod.Astray = c.Once(4 * trouble)
	if m.isUnordered() {
		pod.Labels = map[string]string{}
		for key, value := range map[string]string{
			"tier":  draw.Pick(c, "", "a", "b", "c"),
			"order": draw.Pick(c, "", "1", "p-2", "10", "x"),
		} {
			if value != "" {
				pod.Labels[key] = value
			}
		}
	}
	return pod
}

// status is what is published: as the pods are, or otherwise.
func status(c *draw.Choices, m *Moment) *Status {
	status := count(m, draw.Mostly(c, 4, "old", "new"))
	if c.Once(3) {
		status.Replicas = int32(c.Below(7))
		status.Current = int32(c.Below(7))
		status.Ready = int32(c.Below(7))
	}
	return &status
}
