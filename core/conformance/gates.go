package conformance

import (
	"fmt"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
)

// Gates are the settings that change what is decided.
type Gates struct {
	// Which Kubernetes is the judge, as 1.33; empty for the one that is linked.
	Kubernetes        string `json:"kubernetes,omitempty"`
	MaxUnavailable    bool   `json:"maxUnavailable"`
	Recreate          bool   `json:"recreate"`
	SemanticRevisions bool   `json:"semanticRevisions"`
	ReadYourWrites    bool   `json:"readYourWrites"`
}

// named are the gates by their names in Kubernetes.
func (g Gates) named() map[featuregate.Feature]bool {
	return map[featuregate.Feature]bool{
		"MaxUnavailableStatefulSet":             g.MaxUnavailable,
		"StatefulSetRecreateStrategy":           g.Recreate,
		"StatefulSetSemanticRevisionComparison": g.SemanticRevisions,
		"StaleControllerConsistencyStatefulSet": g.ReadYourWrites,
	}
}

// Set sets the real controller's gates, which are the same for the whole process. A version that does not have a gate
// cannot have it on.
func (g Gates) Set() error {
	gates := utilfeature.DefaultMutableFeatureGate
	known := gates.GetAll()
	for name, on := range g.named() {
		if _, is := known[name]; !is && !on {
			continue
		}
		if err := gates.Set(fmt.Sprintf("%s=%t", name, on)); err != nil {
			return err
		}
	}
	return nil
}

// usualGates are the real controller's before anybody sets them.
func usualGates() Gates {
	on := func(name featuregate.Feature) bool {
		gate, known := utilfeature.DefaultMutableFeatureGate.GetAll()[name]
		return known && gate.Default
	}
	return Gates{
		MaxUnavailable:    on("MaxUnavailableStatefulSet"),
		Recreate:          on("StatefulSetRecreateStrategy"),
		SemanticRevisions: on("StatefulSetSemanticRevisionComparison"),
		ReadYourWrites:    on("StaleControllerConsistencyStatefulSet"),
	}
}

func (g Gates) String() string {
	text := fmt.Sprintf(
		"MaxUnavailableStatefulSet=%t,StatefulSetRecreateStrategy=%t,StatefulSetSemanticRevisionComparison=%t,StaleControllerConsistencyStatefulSet=%t",
		g.MaxUnavailable, g.Recreate, g.SemanticRevisions, g.ReadYourWrites)
	if g.Kubernetes != "" {
		text = "Kubernetes " + g.Kubernetes + "," + text
	}
	return text
}
