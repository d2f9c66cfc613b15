package kruise

import (
	"fmt"
	"strconv"
	"strings"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/yaml"
)

// Moment is one set with its pods, at one moment.
type Moment struct {
	Replicas int32 `json:"replicas"`
	Start    int32 `json:"start,omitempty"`
	Parallel bool  `json:"parallel,omitempty"`
	OnDelete bool  `json:"onDelete,omitempty"`
	Deleted  bool  `json:"deleted,omitempty"`
	// The block of that name. It is absent with OnDelete.
	RollingUpdate   *RollingUpdate       `json:"rollingUpdate,omitempty"`
	ReserveOrdinals []intstr.IntOrString `json:"reserveOrdinals,omitempty"`
	// The scaling strategy's maxUnavailable.
	ScaleMaxUnavailable *intstr.IntOrString `json:"scaleMaxUnavailable,omitempty"`
	// Without a status the current revision is the new one.
	Status *Status `json:"status,omitempty"`
	Pods   []Pod   `json:"pods,omitempty"`
}

// RollingUpdate is what the strategy says beyond its type.
type RollingUpdate struct {
	Partition       int32               `json:"partition,omitempty"`
	MaxUnavailable  *intstr.IntOrString `json:"maxUnavailable,omitempty"`
	MinReadySeconds int32               `json:"minReadySeconds,omitempty"`
	Paused          bool                `json:"paused,omitempty"`
	Unordered       *Unordered          `json:"unordered,omitempty"`
}

// Unordered asks for another order than that of the ordinals.
type Unordered struct {
	// Weight is what a pod has of each of these labels' values; without weights, and without a key, ordinals decide.
	Weights map[string]int32 `json:"weights,omitempty"`
	// OrderKey is the label whose number decides.
	OrderKey string `json:"orderKey,omitempty"`
}

// Pod is one pod. Its revision is "new", that of the template, "old" or "older".
type Pod struct {
	Ordinal  int32         `json:"ordinal"`
	Revision string        `json:"revision"`
	Phase    core.PodPhase `json:"phase"`
	Ready    bool          `json:"ready,omitempty"`
	// For how many seconds it has been as ready as it is.
	Since       int32 `json:"since,omitempty"`
	Terminating bool  `json:"terminating,omitempty"`
	// Whether the label with its name is wrong.
	Astray bool              `json:"astray,omitempty"`
	Labels map[string]string `json:"labels,omitempty"`
}

// Status is the status that is published, or is to be.
type Status struct {
	Replicas  int32 `json:"replicas"`
	Ready     int32 `json:"ready"`
	Available int32 `json:"available"`
	Current   int32 `json:"current"`
	Updated   int32 `json:"updated"`
	// "new" or "old".
	CurrentRevision string `json:"currentRevision"`
}

// current is the revision that was last rolled out in full.
func (m *Moment) current() string {
	if m.Status == nil {
		return "new"
	}
	return m.Status.CurrentRevision
}

func (m *Moment) minReady() int32 {
	if m.RollingUpdate == nil {
		return 0
	}
	return m.RollingUpdate.MinReadySeconds
}

// isUnordered tells whether ranks decide.
func (m *Moment) isUnordered() bool {
	return m.RollingUpdate != nil && m.RollingUpdate.Unordered != nil
}

// isAvailable tells whether a pod is. No pod of a moment is ready that does not run.
func (m *Moment) isAvailable(pod *Pod) bool {
	return pod.Ready && pod.Since >= m.minReady()
}

func (p *Pod) hasEnded() bool {
	return p.Phase == core.PodFailed || p.Phase == core.PodSucceeded
}

// reserved are the reserved ordinals as ranges, and whether all of them are well formed.
func (m *Moment) reserved() (ranges [][2]int32, valid bool) {
	for _, each := range m.ReserveOrdinals {
		first, last, isRange := strings.Cut(each.String(), "-")
		if !isRange {
			last = first
		}
		from, err := strconv.ParseInt(first, 10, 32)
		to, err2 := strconv.ParseInt(last, 10, 32)
		if err != nil || err2 != nil || from > to {
			return nil, false
		}
		ranges = append(ranges, [2]int32{int32(from), int32(to)})
	}
	return ranges, true
}

// slots are the desired ordinals, lowest first.
func (m *Moment) slots() (slots []int32) {
	ranges, _ := m.reserved()
	isReserved := func(ordinal int32) bool {
		for _, each := range ranges {
			if each[0] <= ordinal && ordinal <= each[1] {
				return true
			}
		}
		return false
	}
	for ordinal := m.Start; int32(len(slots)) < m.Replicas; ordinal++ {
		if !isReserved(ordinal) {
			slots = append(slots, ordinal)
		}
	}
	return slots
}

// pod is the pod with this ordinal, if there is one.
func (m *Moment) pod(ordinal int32) *Pod {
	for i := range m.Pods {
		if m.Pods[i].Ordinal == ordinal {
			return &m.Pods[i]
		}
	}
	return nil
}

// limit is a number of pods of all that are desired.
func (m *Moment) limit(limit *intstr.IntOrString) int32 {
	if limit == nil {
		return 1
	}
	pods := limit.IntVal
	if percent, is := strings.CutSuffix(limit.StrVal, "%"); is {
		share, err := strconv.Atoi(percent)
		if err != nil {
			panic(fmt.Errorf("%q is no percentage", limit.StrVal))
		}
		pods = int32(share) * m.Replicas / 100
	}
	return max(1, pods)
}

// YAML is the moment as a file that can be judged again.
func (m *Moment) YAML() string {
	text, err := yaml.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// ReadMoment reads such a file, which may also say what OpenKruise does then.
func ReadMoment(text []byte) (*Moment, []string, error) {
	var file struct {
		Moment `json:",inline"`
		Does   []string `json:"does"`
	}
	err := yaml.UnmarshalStrict(text, &file)
	return &file.Moment, file.Does, err
}
