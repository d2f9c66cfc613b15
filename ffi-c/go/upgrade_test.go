package statefulset_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"statefulset.internal/statefulset"
)

const webPath = "/apis/apps/v1/namespaces/default/statefulsets/web"

// web is the set as an API server would hold it: what compares meaning fills in what an API server does.
func (s *server) web() map[string]any {
	s.t.Helper()
	text, err := statefulset.Normalize(statefulset.Upstream(), []byte(webSet))
	s.must(err)
	var object map[string]any
	s.must(json.Unmarshal(text, &object))
	return object
}

// A set that a controller of 1.33 has rolled out gets another revision from 1.34.0, and none from what compares meaning.
func TestUpgradeTellsOfTheRestartBy1340(t *testing.T) {
	s := newServerOf(t, statefulset.UpstreamOf(statefulset.Kubernetes133))
	s.keep(webPath, s.web())
	s.rest()
	told, err := s.cluster.Upgrade(web, statefulset.Kubernetes133, statefulset.Kubernetes1340, noon)
	s.must(err)
	if told.Namespace != "default" || told.Name != "web" || len(told.Changes) != 2 {
		t.Fatalf("%+v", told)
	}
	restarts, begins := told.Changes[0], told.Changes[1]
	if restarts.Effect != statefulset.EffectRestarts || !slices.Equal(restarts.Pods, []uint32{0, 1}) ||
		restarts.Version != statefulset.Kubernetes1340 || restarts.Cause == "" || restarts.Rule != "K-11" {
		t.Errorf("%+v", restarts)
	}
	if begins.Effect != statefulset.EffectBegins || !slices.Equal(begins.Pods, []uint32{1}) {
		t.Errorf("%+v", begins)
	}
	if !strings.HasPrefix(told.String(), "default/web: web-0 to web-1 would be replaced") {
		t.Error(told)
	}
	for _, to := range []statefulset.Kubernetes{statefulset.Kubernetes134, statefulset.KubernetesLatest} {
		told, err := s.cluster.Upgrade(web, statefulset.Kubernetes133, to, noon)
		s.must(err)
		if len(told.Changes) != 0 || told.String() != "" {
			t.Errorf("%v: %+v", to, told)
		}
	}
}

// All pods of a set are broken, and somebody has corrected the image: 1.35.0 replaces none of them.
func TestUpgradeTellsOfTheStuckSetsOf1350(t *testing.T) {
	s := newServerOf(t, statefulset.UpstreamOf(statefulset.Kubernetes134))
	set := s.web()
	spec := set["spec"].(map[string]any)
	spec["podManagementPolicy"] = "Parallel"
	s.keep(webPath, set)
	s.rest()
	for at, object := range s.objects {
		if strings.Contains(at, "/pods/") {
			object["status"] = map[string]any{"phase": "Running"}
			s.keep(at, object)
		}
	}
	pod := spec["template"].(map[string]any)["spec"].(map[string]any)
	pod["containers"].([]any)[0].(map[string]any)["image"] = "nginx:2"
	s.keep(webPath, set)
	told, err := s.cluster.Upgrade(web, statefulset.Kubernetes134, statefulset.Kubernetes1350, noon)
	s.must(err)
	if len(told.Changes) != 1 {
		t.Fatalf("%+v", told)
	}
	stops := told.Changes[0]
	if stops.Effect != statefulset.EffectStops || !slices.Equal(stops.Pods, []uint32{1}) ||
		stops.Version != statefulset.Kubernetes1350 || stops.Rule != "U-4" {
		t.Errorf("%+v", stops)
	}
}

func TestUpgradeRefusesWhatItCannotTell(t *testing.T) {
	s := withSet(t)
	_, err := s.cluster.Upgrade("default/other", statefulset.Kubernetes133, statefulset.Kubernetes137, noon)
	if !errors.Is(err, statefulset.ErrNoSuchSet) {
		t.Error(err)
	}
	for _, versions := range [][2]statefulset.Kubernetes{{7, statefulset.Kubernetes137}, {statefulset.Kubernetes137, 7}} {
		_, err := s.cluster.Upgrade(web, versions[0], versions[1], noon)
		var input *statefulset.InputError
		if !errors.As(err, &input) || input.Code != statefulset.CodeUnknownNumber || !slices.Contains([]string{"from", "to"}, input.Field) {
			t.Errorf("%v: %v", versions, err)
		}
	}
	cluster, err := statefulset.NewCluster(statefulset.Upstream())
	s.must(err)
	defer func() { s.must(cluster.Close()) }()
	s.must(cluster.Apply(statefulset.KindStatefulSet, []byte(webSet)))
	_, err = cluster.Upgrade(web, statefulset.Kubernetes133, statefulset.Kubernetes137, noon)
	if !errors.Is(err, statefulset.ErrNoSuchSet) || !strings.Contains(err.Error(), "pods have never been listed") {
		t.Error(err)
	}
}
