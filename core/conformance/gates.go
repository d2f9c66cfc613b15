package conformance

import (
	"fmt"
	"strings"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"statefulset.internal/statefulset"
)

// Gates are the settings that change what is decided.
type Gates struct {
	MaxUnavailable    bool `json:"maxUnavailable"`
	Recreate          bool `json:"recreate"`
	SemanticRevisions bool `json:"semanticRevisions"`
	ReadYourWrites    bool `json:"readYourWrites"`
}

// Settings are those in which everything is compared, as the gates that are not as usual: of each gate both settings, in
// half of them each, and of any two gates all four.
var Settings = []string{"", "mr", "ms", "mc", "rs", "rc", "sc", "mrsc"}

// GatesOf are the gates of a release but for those that are not as usual: m for MaxUnavailableStatefulSet, r for
// StatefulSetRecreateStrategy, s for StatefulSetSemanticRevisionComparison, c for StaleControllerConsistencyStatefulSet.
func GatesOf(flips string) Gates {
	usual := gatesOf(statefulset.Upstream())
	flipped := func(gate string, usual bool) bool { return strings.Contains(flips, gate) != usual }
	return Gates{
		MaxUnavailable:    flipped("m", usual.MaxUnavailable),
		Recreate:          flipped("r", usual.Recreate),
		SemanticRevisions: flipped("s", usual.SemanticRevisions),
		ReadYourWrites:    flipped("c", usual.ReadYourWrites),
	}
}

func gatesOf(profile statefulset.Profile) Gates {
	return Gates{profile.MaxUnavailable, profile.Recreate, profile.SemanticRevisions, profile.ReadYourWrites}
}

// profile is the library's profile with these gates.
func (g Gates) profile() statefulset.Profile {
	profile := statefulset.Upstream()
	profile.MaxUnavailable = g.MaxUnavailable
	profile.Recreate = g.Recreate
	profile.SemanticRevisions = g.SemanticRevisions
	profile.ReadYourWrites = g.ReadYourWrites
	return profile
}

// Set sets the real controller's gates, which are the same for the whole process.
func (g Gates) Set() error {
	return utilfeature.DefaultMutableFeatureGate.Set(g.String())
}

func (g Gates) String() string {
	return fmt.Sprintf(
		"MaxUnavailableStatefulSet=%t,StatefulSetRecreateStrategy=%t,StatefulSetSemanticRevisionComparison=%t,StaleControllerConsistencyStatefulSet=%t",
		g.MaxUnavailable, g.Recreate, g.SemanticRevisions, g.ReadYourWrites)
}
