package cluster

import (
	"flag"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"statefulset.internal/conformance/draw"
)

var (
	count = flag.Int64("cases", 1000, "how many random cases")
	seed  = flag.Uint64("seed", 1, "seed of all that is random")
	from  = flag.Uint64("from", 0, "number of the first case")
	path  = flag.String("ours", "", "the simulator's program")
)

// So many kinds of differences end a run.
const enough = 5

// Judge is asked of one case.
type Judge interface {
	// Differ makes a case of the choices, and says in what both differ; the text of the case is for people.
	Differ(choices *draw.Choices) (differences []string, text string)
}

// Counts is how often something was met, by name.
type Counts map[string]int

// String is a line for each name.
func (c Counts) String() string {
	var text string
	for _, name := range slices.Sorted(maps.Keys(c)) {
		text += fmt.Sprintf("%9d  %s\n", c[name], name)
	}
	return text
}

// Ask starts the simulator's program for the time of a test.
func Ask(t *testing.T) *Ours {
	ours, err := Start(*path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ours.Stop(); err != nil {
			t.Error(err)
		}
	})
	return ours
}

// Run judges as many cases as the flags say. Differences that are alike but for their numbers are told once, with the
// smallest case of theirs.
func Run(t *testing.T, what string, judge Judge) {
	began := time.Now()
	seen := Counts{}
	judged, bad := int64(0), 0
	for ; judged < *count && len(seen) < enough; judged++ {
		number := *from + uint64(judged)
		choices := draw.Random(*seed, number)
		differences, _ := judge.Differ(choices)
		if len(differences) == 0 {
			continue
		}
		bad++
		first := kind(differences[0])
		if seen[first]++; seen[first] > 1 {
			continue
		}
		stop := time.Now().Add(20 * time.Second)
		remake := func(c *draw.Choices) { judge.Differ(c) }
		simplest := draw.ShrinkSpans(choices.Made, remake, func(simpler []uint32) bool {
			if time.Now().After(stop) {
				return false
			}
			found, _ := judge.Differ(draw.Given(simpler))
			return len(found) > 0 && kind(found[0]) == first
		})
		found, text := judge.Differ(draw.Given(simplest))
		t.Errorf("seed %d, case %d: %s\nat its simplest: %s\n%s", *seed, number, differences[0], strings.Join(found, "\n"), text)
	}
	fmt.Print(seen)
	fmt.Printf("%d cases of %s: %d differ, seed %d, from %d, %.0f s\n", judged, what, bad, *seed, *from, time.Since(began).Seconds())
}

var numbers = regexp.MustCompile(`[0-9]+`)

// kind is what a difference is about, whatever its numbers.
func kind(difference string) string {
	return numbers.ReplaceAllString(difference, "0")
}
