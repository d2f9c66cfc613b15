package conformance

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	core "k8s.io/api/core/v1"
)

var upstream = flag.String("upstream", "", "measures both controllers; the program that measures the library alone")

// budgets are the ratios that are asked for, by the number of pods: design, section 9.
var budgets = map[int]float64{3: 10, 1000: 100, 10000: 300}

const (
	memoryBudget = 400
	cachedPods   = 100000
)

// Both controllers in turn on the same objects. It prints a table and fails for no time.
func TestUpstream(t *testing.T) {
	if *upstream == "" {
		return
	}
	fmt.Println("The real controller, the library through Go, and the library alone; each time, on the same objects.")
	fmt.Printf("%-22s %6s | %10s %9s %10s | %10s %8s %9s | %10s %7s %9s | %8s %8s\n",
		"", "pods", "upstream", "allocs", "bytes", "Go", "allocs", "bytes", "Rust", "allocs", "bytes", "÷ Go", "÷ Rust")
	for _, pods := range []int{3, 100, 1000, 10000} {
		times := max(20, min(2000, 200000/pods))
		scenes := Scenes(gates, pods)
		for _, scene := range scenes {
			row(t, scene.Name, pods, TheirSync(scene, max(5, times/10)), OurSync(scene, times), alone(t, scene, times, nil), 0)
		}
		settled := scenes[0]
		events := eventPods(settled, times)
		ours, rust := OurEvent(settled, times), alone(t, settled, times, events)
		for _, format := range Formats {
			row(t, "pod event, "+format.Name, pods, TheirEvent(settled, max(6, times/10), format), ours, rust, budgets[pods])
		}
		if pods == 3 {
			fmt.Printf("The event's pod has %d bytes of JSON.\n", len(wireText(events[0])))
		}
	}
	scene := Scenes(gates, 1)[0]
	pod, claim := scene.Pods[0], scene.Claims[0]
	theirs, both := TheirMemory(pod, claim, cachedPods)
	scene.Pods = []*core.Pod{pod.DeepCopy()}
	scene.Pods[0].UID, claim.UID = "5c1f4b7e-9a4e-4d2c-8b0a-000000000000", "6e2a4c8d-8b3f-4a2b-8c4d-000000000000"
	claim.Spec.VolumeName = "pvc-" + string(claim.UID)
	scene.Set.Spec.Replicas = new(int32(cachedPods))
	var ours float64
	ask(t, scene, fmt.Sprintf("memory %d", cachedPods), nil, &ours)
	fmt.Printf("A cached pod, of %d: upstream %.0f bytes, with its claim %.0f; the library %.0f with its claim, budget %d: %s\n", cachedPods, theirs, both, ours, memoryBudget, verdict(ours <= memoryBudget))
}

func verdict(holds bool) string {
	if holds {
		return "holds"
	}
	return "MISSED"
}

func row(t *testing.T, name string, pods int, theirs, ours, rust Cost, budget float64) {
	t.Helper()
	ratio, native := float64(theirs.Time)/float64(ours.Time), float64(theirs.Time)/float64(rust.Time)
	end := ""
	if budget > 0 {
		end = fmt.Sprintf("  budget %.0f: %s in Go, %s in Rust", budget, verdict(ratio >= budget), verdict(native >= budget))
	}
	fmt.Printf("%-22s %6d | %10s %9.0f %10.0f | %10s %8.1f %9.0f | %10s %7.1f %9.0f | %8.1f %8.1f%s\n", name, pods,
		short(theirs.Time), theirs.Allocations, theirs.Bytes, short(ours.Time), ours.Allocations, ours.Bytes, short(rust.Time), rust.Allocations, rust.Bytes, ratio, native, end)
}

func short(d time.Duration) string {
	return fmt.Sprintf("%.1f µs", float64(d)/1000)
}

// alone is what a turn costs in Rust; after an event, if there are any.
func alone(t *testing.T, scene Scene, times int, events []*core.Pod) Cost {
	var nanos, allocations, bytes float64
	ask(t, scene, fmt.Sprintf("turns %d %s", times, scene.Victim), events, &nanos, &allocations, &bytes)
	return Cost{time.Duration(nanos), allocations, bytes}
}

func ask(t *testing.T, scene Scene, what string, events []*core.Pod, answer ...*float64) {
	var text bytes.Buffer
	for _, object := range scene.Objects() {
		kind := map[Kind]string{Pod: "Pod", Claim: "PersistentVolumeClaim", Revision: "ControllerRevision", Set: "StatefulSet"}[KindOf(object)]
		fmt.Fprintf(&text, "%s %s\n", kind, wireText(object))
	}
	for _, event := range events {
		fmt.Fprintf(&text, "Event %s\n", wireText(event))
	}
	fmt.Fprintf(&text, "%s\nnow %d\n", strings.TrimRight(what, " "), scene.Now.UnixMilli())
	program := exec.Command(*upstream)
	program.Stdin, program.Stderr = &text, os.Stderr
	said, err := program.Output()
	if err != nil {
		t.Fatal(err)
	}
	var numbers []any
	for _, number := range answer {
		numbers = append(numbers, number)
	}
	if _, err := fmt.Sscan(string(said), numbers...); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
}
