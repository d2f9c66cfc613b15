// Statefulset-controller is a drop-in for Kubernetes' own StatefulSet controller. The library decides; what is here
// watches, sends, and tells how it goes. README.md is the operator's manual.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"
	"k8s.io/klog/v2"
	"statefulset.internal/statefulset"
)

func main() {
	options, err := parse(os.Args[1:])
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return
	case err != nil:
		fmt.Fprintln(os.Stderr, "statefulset-controller:", err)
		os.Exit(2)
	}
	logger := slog.New(options.logHandler(os.Stderr))
	slog.SetDefault(logger)
	klog.SetSlogLogger(logger)
	// The second signal kills, as without this program's doing.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	if err := run(ctx, options); err != nil {
		slog.Error("stopped", "error", err)
		os.Exit(1)
	}
}

// run works until ctx ends, then stops in order.
func run(ctx context.Context, options *options) error {
	clients, err := newClients(options)
	if err != nil {
		return err
	}
	if err := options.follow(ctx, clients.events.Discovery()); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	view, err := newView(options.planner, options.resource)
	if err != nil {
		return err
	}
	metrics := newMetrics()
	slog.Info("starting", "library", statefulset.Version(), "sets", options.resource.Kind, "profile", options.profile, "kubernetes", options.planner.Kubernetes,
		"namespace", options.namespace, "selector", options.selector, "shadow", options.shadow)
	if options.shadow {
		return runShadow(ctx, options, clients, view, metrics)
	}
	events := newEvents(clients.events, options)
	defer events.broadcaster.Shutdown()
	watchers := newWatchers(options, clients.watches, metrics, func(kind statefulset.Kind) sink {
		if kind == statefulset.KindStatefulSet {
			return view.of(kind, events.see)
		}
		return view.of(kind, nil)
	})
	controller := newController(options, view, watchers, clients, events, metrics)

	// What runs until the very end, so that the lease and the metrics outlive the work.
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	group, background := errgroup.WithContext(background)
	group.Go(func() error { return serve(background, options.metricsAddress, metrics, watchers.ready) })
	for _, watcher := range watchers {
		group.Go(func() error { return watcher.run(background) })
	}
	group.Go(func() error {
		defer cancel()
		return lead(ctx, background, options, clients, controller.run)
	})
	return group.Wait()
}

// runShadow is run for one that writes nothing.
func runShadow(ctx context.Context, options *options, clients *clients, view *view, metrics *metrics) error {
	shadow := newShadow(options, view, metrics)
	order := &order{shadow: shadow}
	watchers := newWatchers(options, clients.watches, metrics, order.of)
	watchers = append(watchers, newEventWatcher(options, clients.watches, metrics, order.of(builtinEvents)))
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return serve(ctx, options.metricsAddress, metrics, watchers.ready) })
	for _, watcher := range watchers {
		group.Go(func() error { return watcher.run(ctx) })
	}
	group.Go(func() error { return order.run(ctx) })
	group.Go(func() error { return shadow.run(ctx) })
	return group.Wait()
}
