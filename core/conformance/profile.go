package conformance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"statefulset.internal/statefulset"
)

// Settings are those in which everything is compared, as the gates that are not as usual: of each gate both settings, in
// half of them each, and of any two gates all four.
var Settings = []string{"", "mr", "ms", "mc", "rs", "rc", "sc", "mrsc"}

// GatesOf are the gates of a release of Kubernetes but for those that are not as usual: m for MaxUnavailableStatefulSet,
// r for StatefulSetRecreateStrategy, s for StatefulSetSemanticRevisionComparison, c for
// StaleControllerConsistencyStatefulSet. A release that does not have a gate cannot have it on.
func GatesOf(version, flips string) Gates {
	usual := gatesOf(version, upstreamOf(version))
	flipped := func(gate string, usual bool) bool { return strings.Contains(flips, gate) != usual }
	return Gates{
		Kubernetes:        version,
		MaxUnavailable:    flipped("m", usual.MaxUnavailable),
		Recreate:          flipped("r", usual.Recreate),
		SemanticRevisions: flipped("s", usual.SemanticRevisions),
		ReadYourWrites:    flipped("c", usual.ReadYourWrites),
	}
}

// SettingsOf are the settings that a release can have.
func SettingsOf(version string) []string {
	if version == "" {
		return Settings
	}
	lacks := ""
	for gate, since := range map[string]string{"r": "1.37", "s": "1.34", "c": "1.36"} {
		if isBefore(version, since) {
			lacks += gate
		}
	}
	var all []string
	for _, setting := range Settings {
		can := strings.Map(func(gate rune) rune {
			if strings.ContainsRune(lacks, gate) {
				return -1
			}
			return gate
		}, setting)
		if !slices.Contains(all, can) {
			all = append(all, can)
		}
	}
	return all
}

// writesNullTimes tells whether a revision says that its template was never created.
func (g Gates) writesNullTimes() bool { return g.isBefore("1.34") }

// hasRecreate tells whether the strategy can be stored, be its gate on or off.
func (g Gates) hasRecreate() bool { return !g.isBefore("1.37") }

// isBefore tells whether the judge's version is before another one.
func (g Gates) isBefore(version string) bool {
	judge := g.Kubernetes
	if judge == "" {
		judge = linked
	}
	return isBefore(judge, version)
}

// linked is the version of the controller that is linked.
const linked = "1.37"

// isBefore compares minor versions, as 1.33.
func isBefore(version, other string) bool {
	minor := func(version string) int {
		_, minor, _ := strings.Cut(version, ".")
		minor, _, _ = strings.Cut(minor, ".")
		number, err := strconv.Atoi(minor)
		if err != nil {
			panic(fmt.Errorf("%q is no version of Kubernetes, as 1.33", version))
		}
		return number
	}
	return minor(version) < minor(other)
}

// upstreamOf is a release of Kubernetes with its usual gates.
func upstreamOf(version string) statefulset.Profile {
	if version == "" {
		return statefulset.Upstream()
	}
	known, err := statefulset.ParseKubernetes(version)
	if err != nil {
		panic(err)
	}
	return statefulset.UpstreamOf(known)
}

func gatesOf(version string, profile statefulset.Profile) Gates {
	return Gates{
		Kubernetes:        version,
		MaxUnavailable:    profile.MaxUnavailable,
		Recreate:          profile.Recreate,
		SemanticRevisions: profile.SemanticRevisions,
		ReadYourWrites:    profile.ReadYourWrites,
	}
}

// profile is the library's profile with these gates.
func (g Gates) profile() statefulset.Profile {
	profile := upstreamOf(g.Kubernetes)
	profile.MaxUnavailable = g.MaxUnavailable
	profile.Recreate = g.Recreate
	profile.SemanticRevisions = g.SemanticRevisions
	profile.ReadYourWrites = g.ReadYourWrites
	return profile
}
