package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/version"
	"statefulset.internal/statefulset"
)

// says is an API server that says a version, or gives no answer before the second time.
type says struct {
	version string
	asked   int
	late    bool
}

func (s *says) ServerVersion() (*version.Info, error) {
	s.asked++
	if s.late && s.asked == 1 {
		return nil, errors.New("nobody listens")
	}
	return &version.Info{GitVersion: s.version}, nil
}

func following(t *testing.T, server *says, arguments ...string) (*options, error) {
	t.Helper()
	options, err := parse(append([]string{"--leader-elect-retry-period=1ms"}, arguments...))
	if err != nil {
		t.Fatal(err)
	}
	return options, options.follow(t.Context(), server)
}

func TestTheVersionIsThatOfTheAPIServer(t *testing.T) {
	for said, want := range map[string]statefulset.Kubernetes{
		"v1.33.4-gke.100":     statefulset.Kubernetes133,
		"v1.34.1+k3s1":        statefulset.Kubernetes1340,
		"v1.35.3":             statefulset.Kubernetes1350,
		"v1.37.0":             statefulset.Kubernetes137,
		"v1.38.0-beta.0":      statefulset.Kubernetes138,
		"v1.39.2-eks-113cf36": statefulset.Kubernetes137,
		"v2.0.0":              statefulset.Kubernetes137,
	} {
		options, err := following(t, &says{version: said})
		if err != nil {
			t.Fatal(err)
		}
		if options.planner != statefulset.UpstreamOf(want) {
			t.Errorf("%s: %+v", said, options.planner)
		}
	}
}

func TestTheVersionThatWasAskedForCounts(t *testing.T) {
	server := &says{version: "v1.37.0"}
	options, err := following(t, server, "--kubernetes=v1.33.4", "--profile=standalone", "--shutdown=background")
	if err != nil {
		t.Fatal(err)
	}
	want := statefulset.Standalone().Following(statefulset.Kubernetes133)
	want.Shutdown = statefulset.ShutdownBackground
	if options.planner != want || options.planner.MaxUnavailable || server.asked != 0 {
		t.Errorf("%+v, asked %d times", options.planner, server.asked)
	}
	// PlannedSets are nobody else's.
	options, err = following(t, &says{version: "v1.33.0"}, "--planned-sets")
	if err != nil || options.planner.Kubernetes != statefulset.Upstream().Kubernetes || !options.planner.Recreate {
		t.Errorf("%+v, %v", options.planner, err)
	}
}

func TestAVersionThatIsNotKnownNamesThoseThatAre(t *testing.T) {
	for _, said := range []string{"v1.27.16", "v0.9.0", "devel", ""} {
		_, err := following(t, &says{version: said})
		if err == nil || !strings.Contains(err.Error(), "from 1.28 to 1.38") || !strings.Contains(err.Error(), "--kubernetes") {
			t.Errorf("%q: %v", said, err)
		}
	}
}

func TestTheAPIServerIsAskedUntilItAnswers(t *testing.T) {
	server := &says{version: "v1.36.1", late: true}
	options, err := following(t, server)
	if err != nil || options.planner.Kubernetes != statefulset.Kubernetes136 || server.asked != 2 {
		t.Errorf("%v after %d times, %v", options.planner.Kubernetes, server.asked, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	options, err = parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := options.follow(ctx, &says{late: true}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}
