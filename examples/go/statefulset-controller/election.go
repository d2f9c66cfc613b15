package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"k8s.io/apimachinery/pkg/util/uuid"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

// lead lets work run while the lease is held. work is told by soft to come to an end, and by hard that nothing more may
// be sent. The lease is released once work has ended; losing it is an error, for what is under way may no longer be.
func lead(soft, background context.Context, o *options, clients *clients, work func(soft, hard context.Context)) error {
	if !o.elect {
		work(soft, background)
		return nil
	}
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	identity := fmt.Sprintf("%s_%s", host, uuid.NewUUID())
	lock, err := resourcelock.New(resourcelock.LeasesResourceLock, o.leaseNamespace, o.leaseName,
		clients.lease.CoreV1(), clients.lease.CoordinationV1(), resourcelock.ResourceLockConfig{Identity: identity})
	if err != nil {
		return err
	}
	lease, release := context.WithCancel(background)
	defer release()
	started := make(chan struct{})
	elector, err := leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
		Name:            o.leaseName,
		Lock:            lock,
		LeaseDuration:   o.leaseDuration,
		RenewDeadline:   o.renewDeadline,
		RetryPeriod:     o.retryPeriod,
		ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(hard context.Context) {
				close(started)
				slog.Info("leading", "lease", o.leaseName, "identity", identity)
				work(soft, hard)
				release()
			},
			OnStoppedLeading: func() {},
			OnNewLeader: func(leader string) {
				if leader != identity {
					slog.Info("standing by", "lease", o.leaseName, "leader", leader)
				}
			},
		},
	})
	if err != nil {
		return err
	}
	context.AfterFunc(soft, func() {
		select {
		case <-started:
		default:
			release()
		}
	})
	elector.Run(lease)
	if soft.Err() == nil && background.Err() == nil {
		return errors.New("the lease is lost")
	}
	return nil
}
