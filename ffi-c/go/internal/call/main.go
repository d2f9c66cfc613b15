// What a plan for a settled set costs in Go: for each number of pods in the arguments, nanoseconds for one call, the
// median of some runs.
package main

import (
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
	"time"

	"statefulset.internal/statefulset"
)

const (
	runs = 9
	run  = 30 * time.Millisecond
)

func main() {
	log.SetFlags(0)
	for _, argument := range os.Args[1:] {
		count, err := strconv.ParseUint(argument, 10, 32)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%.1f\n", nanoseconds(uint32(count)))
	}
}

func nanoseconds(count uint32) float64 {
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
	var medians []float64
	for range runs {
		start, calls := time.Now(), 0
		for time.Since(start) < run {
			for range 16 {
				decision, err := planner.Plan(&desired, &observed, now)
				if err != nil || len(decision.Actions) > 0 {
					log.Fatal(decision, err)
				}
			}
			calls += 16
		}
		medians = append(medians, float64(time.Since(start).Nanoseconds())/float64(calls))
	}
	slices.Sort(medians)
	return medians[runs/2]
}
