package e2e

import (
	"maps"
	"slices"
	"sync"
	"testing"

	"statefulset.internal/testbed/bed"
)

// The same manifests and commands on two control planes, one under each controller: what happened to pods, claims, revisions and
// statuses is compared. They have the machine for themselves.
func TestTwins(t *testing.T) {
	long(t)
	var worlds [2]*world
	var group sync.WaitGroup
	for i, who := range []side{ours, builtin} {
		group.Go(func() { worlds[i] = boot(t, who, bed.Options{}) })
	}
	group.Wait()
	us, them := worlds[0], worlds[1]
	if us == nil || them == nil {
		t.FailNow()
	}
	for _, w := range worlds {
		w.must(w.plane.Class("disks", false))
	}
	for _, script := range scripts {
		t.Run(script.name, func(t *testing.T) {
			var sequences [2]map[string]*sequence
			// A test with parallel ones inside ends when they have.
			t.Run("play", func(t *testing.T) {
				for i, w := range worlds {
					t.Run([]string{"ours", "builtin"}[i], func(t *testing.T) {
						t.Parallel()
						inner := w.in(t, script.name)
						script.play(inner)
						sequences[i] = inner.sequences(0)
					})
				}
			})
			if !t.Failed() {
				compare(t, sequences[0], sequences[1])
			}
		})
	}
}

// compare says where the sequences of two worlds differ.
func compare(t *testing.T, us, them map[string]*sequence) {
	t.Helper()
	names := slices.Sorted(maps.Keys(us))
	if others := slices.Sorted(maps.Keys(them)); !slices.Equal(names, others) {
		t.Fatalf("sets here %v, there %v", names, others)
	}
	differences := 0
	for _, name := range names {
		for _, aspect := range []struct {
			name     string
			us, them []string
		}{
			{"pods and claims", byPod(us[name].pods), byPod(them[name].pods)},
			{"revisions", us[name].revisions, them[name].revisions},
			{"last status", last(us[name].statuses), last(them[name].statuses)},
		} {
			if text := difference(aspect.us, aspect.them); text != "" {
				differences++
				if differences <= 10 {
					t.Errorf("%s: %s differ\n%s", name, aspect.name, text)
				}
			}
		}
	}
	if differences > 10 {
		t.Errorf("and %d more", differences-10)
	}
}

func last(lines []string) []string { return lines[max(0, len(lines)-1):] }
