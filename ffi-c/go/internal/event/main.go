//go:build unix

// What one event costs beside other sets in Go: a pod's status changes, what is due is asked for, planned for and
// finished. The argument is the folder with the objects of one set. Each line is a round: over how many of the sets the
// events are spread, and the nanoseconds of processor time for one event among 10, 1,000 and 10,000 sets.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"statefulset.internal/statefulset"
)

const (
	rounds = 21
	events = 250
	// How many sets have events where they are not spread over all.
	few = 10
)

var now = time.UnixMilli(1_800_000_000_000)

// A cluster of settled sets with one pod each. Each set lives in a namespace of its own.
type many struct {
	cluster *statefulset.Cluster
	objects map[string][]byte
	sets    int
	// The newest resource version of a pod.
	version int
	// Counts the sets that have had their events.
	next int
}

func main() {
	log.SetFlags(log.Lshortfile)
	if len(os.Args) != 2 {
		log.Fatal("expected one argument: the folder with the objects")
	}
	objects := map[string][]byte{}
	for _, name := range []string{"set", "claim", "revision", "ready", "failing"} {
		text, err := os.ReadFile(filepath.Join(os.Args[1], name+".json"))
		check(err)
		objects[name] = text
	}
	clusters := []*many{newMany(objects, 10), newMany(objects, 1_000), newMany(objects, 10_000)}
	for _, spread := range []string{"ten", "all"} {
		// The first one warms up.
		for round := range rounds + 1 {
			line := spread
			for _, many := range clusters {
				over := few
				if spread == "all" {
					over = many.sets
				}
				line += fmt.Sprintf(" %.1f", many.nanoseconds(over))
			}
			if round > 0 {
				fmt.Println(line)
			}
		}
	}
}

func newMany(objects map[string][]byte, sets int) *many {
	cluster, err := statefulset.NewCluster(statefulset.Upstream())
	check(err)
	many := &many{cluster: cluster, objects: objects, sets: sets, version: 1}
	names := map[statefulset.Kind]string{
		statefulset.KindStatefulSet: "set", statefulset.KindPod: "ready",
		statefulset.KindPersistentVolumeClaim: "claim", statefulset.KindControllerRevision: "revision",
	}
	for kind := statefulset.KindStatefulSet; kind <= statefulset.KindService; kind++ {
		check(cluster.BeginList(kind))
		for i := range sets {
			if name, ok := names[kind]; ok {
				check(cluster.Apply(kind, many.object(name, i)))
			}
		}
		check(cluster.EndList(kind, "1"))
	}
	many.turns(sets)
	return many
}

// The object of the set with this number.
func (m *many) object(name string, set int) []byte {
	text := bytes.ReplaceAll(m.objects[name], []byte{1}, fmt.Appendf(nil, "team-%d", set))
	return bytes.ReplaceAll(text, []byte{2}, strconv.AppendInt(nil, int64(m.version), 10))
}

// Plans for all that are due, and finishes.
func (m *many) turns(expected int) {
	due, err := m.cluster.TakeDue(now)
	check(err)
	if len(due.Sets) != expected {
		log.Fatal(due)
	}
	for _, set := range due.Sets {
		requests, err := m.cluster.Plan(set, now)
		check(err)
		_, err = m.cluster.Finish(set, requests.ID, nil, now)
		check(err)
	}
}

// What one event costs, spread over so many sets.
func (m *many) nanoseconds(spread int) float64 {
	texts := make([][]byte, events)
	for event := range texts {
		// A prime step: neighbours in order are not neighbours in time. Each pod fails and comes back.
		name := [...]string{"failing", "ready"}[event%2]
		m.version++
		texts[event] = m.object(name, m.next*7_919%spread)
		m.next += event % 2
	}
	start := processorTime()
	for _, text := range texts {
		check(m.cluster.Apply(statefulset.KindPod, text))
		m.turns(1)
	}
	return float64((processorTime() - start).Nanoseconds()) / events
}

// What the program has used so far, the garbage collector included.
func processorTime() time.Duration {
	var used syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
