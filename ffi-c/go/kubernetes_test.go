package statefulset_test

import (
	"strings"
	"testing"
	"time"

	"statefulset.internal/statefulset"
)

func TestVersionsOfKubernetes(t *testing.T) {
	version, err := statefulset.ParseKubernetes("v1.33.5-gke.100")
	if err != nil || version != statefulset.Kubernetes133 || version.String() != "1.33" {
		t.Errorf("%v, %v", version, err)
	}
	if statefulset.UpstreamOf(version).MaxUnavailable || !statefulset.UpstreamOf(statefulset.Kubernetes137).MaxUnavailable {
		t.Error("the gate is off in 1.33 and on in 1.37")
	}
	if _, err := statefulset.ParseKubernetes("1.27"); err == nil || !strings.Contains(err.Error(), "from 1.28 to 1.38") {
		t.Error(err)
	}
	var read statefulset.Kubernetes
	if err := read.UnmarshalText([]byte("1.34.0")); err != nil || read != statefulset.Kubernetes1340 {
		t.Errorf("%v, %v", read, err)
	}
	// A gate that a version does not have is refused, by name.
	profile := statefulset.UpstreamOf(statefulset.Kubernetes133)
	profile.SemanticRevisions = true
	_, err = statefulset.Plan(statefulset.Desired{Profile: &profile}, statefulset.Observed{}, time.UnixMilli(0))
	if err == nil || !strings.Contains(err.Error(), "does not have this feature gate") {
		t.Error(err)
	}
}
