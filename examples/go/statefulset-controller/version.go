package main

import (
	"context"
	"fmt"
	"log/slog"

	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/discovery"
	"statefulset.internal/statefulset"
)

// follow chooses the version of Kubernetes to decide as: the one that was asked for, or that of the API server.
func (o *options) follow(ctx context.Context, server discovery.ServerVersionInterface) error {
	var chosen statefulset.Kubernetes
	var because string
	var err error
	switch {
	case o.planned:
		// They have no other controller that would decide as the cluster's version does.
		return nil
	case o.kubernetes != "":
		chosen, err = statefulset.ParseKubernetes(o.kubernetes)
		because = "--kubernetes says " + o.kubernetes
	default:
		var said string
		if said, err = askVersion(ctx, server, o); err == nil {
			chosen, because, err = known(said)
		}
	}
	if err != nil {
		return err
	}
	o.planner = o.planner.Following(chosen)
	slog.Info("chose a version of Kubernetes to decide as", "version", chosen, "because", because)
	return nil
}

// askVersion asks the API server until it answers.
func askVersion(ctx context.Context, server discovery.ServerVersionInterface, o *options) (said string, err error) {
	err = wait.PollUntilContextCancel(ctx, o.retryPeriod, true, func(context.Context) (bool, error) {
		info, err := server.ServerVersion()
		if err != nil {
			slog.Warn("the API server does not say its version", "error", err)
			return false, nil
		}
		said = info.GitVersion
		return true, nil
	})
	return said, err
}

// known is the version whose decisions are known for what an API server says of itself, and why it was chosen. Newer ones
// are taken for the latest. Older ones did otherwise in ways that nobody has looked at.
func known(said string) (statefulset.Kubernetes, string, error) {
	chosen, err := statefulset.ParseKubernetes(said)
	if err == nil {
		return chosen, "the API server is " + said, nil
	}
	latest := statefulset.Upstream().Kubernetes
	if theirs, bad := version.ParseGeneric(said); bad == nil && version.MustParseGeneric(latest.String()).LessThan(theirs) {
		return latest, "the API server is " + said + ", which is newer than any version that is known", nil
	}
	return 0, "", fmt.Errorf("the API server is %s, and --kubernetes says nothing else: %w", said, err)
}
