//go:build unix

// What a plan for a settled set of as many pods as the argument says costs in Go: nanoseconds of processor time for one
// call, the mean of one run; and for the first call.
package main

import (
	"fmt"
	"log"
	"os"
	"strconv"
	"syscall"
	"time"

	"statefulset.internal/statefulset"
)

const run = 30 * time.Millisecond

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("expected one argument: the number of pods")
	}
	count, err := strconv.ParseUint(os.Args[1], 10, 32)
	if err != nil {
		log.Fatal(err)
	}
	mean, first := nanoseconds(uint32(count))
	fmt.Printf("%.1f %.1f\n", mean, first)
}

func nanoseconds(count uint32) (mean, first float64) {
	desired := statefulset.Desired{
		Generation: 1, Replicas: count, Templates: 1, CurrentRevision: 1, UpdateRevision: 1,
	}
	observed := statefulset.Observed{Fresh: true}
	for ordinal := range count {
		observed.Pods = append(observed.Pods, statefulset.Pod{
			Ordinal: ordinal, Phase: statefulset.PhaseRunning, Ready: true, Revision: 1,
		})
		observed.Claims = append(observed.Claims, statefulset.Claim{
			Ordinal: ordinal, Phase: statefulset.ClaimBound, Modes: statefulset.ReadWriteOnce,
		})
	}
	now := time.UnixMilli(1_000_000)
	var planner statefulset.Planner
	plan := func(calls int) {
		for range calls {
			decision, err := planner.Plan(&desired, &observed, now)
			if err != nil || len(decision.Actions) > 0 {
				log.Fatal(decision, err)
			}
		}
	}
	start := processorTime()
	plan(1)
	first = float64((processorTime() - start).Nanoseconds())
	start, calls := processorTime(), 0
	for processorTime()-start < run {
		plan(16)
		calls += 16
	}
	return float64((processorTime() - start).Nanoseconds()) / float64(calls), first
}

// What the program has used so far, the garbage collector included.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		log.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
