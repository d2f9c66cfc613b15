package kruise

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"statefulset.internal/conformance/draw"
)

var (
	cases = flag.Int64("cases", 2000, "how many random moments")
	seed  = flag.Uint64("seed", 1, "seed of all that is random")
	from  = flag.Uint64("from", 0, "number of the first moment")
	file  = flag.String("file", "", "a moment to judge, as YAML")
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := setUp(); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// stand lets time stand still while something is done.
func stand(t *testing.T, do func()) {
	synctest.Test(t, func(*testing.T) { do() })
}

// The same choices make the same moment, and a moment is read as it was written.
func TestSelf(t *testing.T) {
	for number := range uint64(200) {
		m := Generate(draw.Random(7, number))
		if again := Generate(draw.Random(7, number)); again.YAML() != m.YAML() {
			t.Fatalf("the same choices make another moment:\n%s\n%s", m.YAML(), again.YAML())
		}
		read, _, err := ReadMoment([]byte(m.YAML()))
		if err != nil || read.YAML() != m.YAML() {
			t.Fatalf("a moment is not read as it was written: %v\n%s", err, m.YAML())
		}
	}
}

// What was found once, and what is told of OpenKruise, is tried first.
func TestPast(t *testing.T) {
	files, err := filepath.Glob("past/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no past moments: %v", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) { replay(t, name) })
	}
}

// A moment that somebody wants to see again. Nobody does in an ordinary run, which replays the folder of past ones.
func TestFile(t *testing.T) {
	if *file != "" {
		replay(t, *file)
	}
}

func replay(t *testing.T, name string) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m, does, err := ReadMoment(text)
	if err != nil {
		t.Fatal(err)
	}
	stand(t, func() {
		theirs, verdict := Judge(m)
		if does != nil && !slices.Equal(does, words(theirs.Writes)) {
			t.Errorf("OpenKruise does %q", words(theirs.Writes))
		}
		if len(verdict.Unwanted) > 0 {
			t.Errorf("%s\ntheirs: %s", strings.Join(verdict.Unwanted, "\n"), theirs.Writes)
		}
		if *file != "" {
			fmt.Printf("theirs: %s\nours:   %s\nwanted: %q\n", theirs.Writes, Ours(m).Writes, verdict.Wanted)
		}
	})
}

func words(writes []Write) []string {
	words := []string{}
	for _, write := range writes {
		words = append(words, write.String())
	}
	return words
}

func TestRandom(t *testing.T) {
	began := time.Now()
	var next, bad atomic.Int64
	var mu sync.Mutex
	met := map[string]int{}
	t.Run("workers", func(t *testing.T) {
		for range runtime.GOMAXPROCS(0) {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				seen := map[string]int{}
				for next.Load() < *cases && bad.Load() < 5 {
					number := *from + uint64(next.Add(1)-1)
					if number >= *from+uint64(*cases) {
						break
					}
					var differs bool
					stand(t, func() {
						m := Generate(draw.Random(*seed, number))
						theirs, verdict := Judge(m)
						look(seen, m, theirs, verdict)
						differs = len(verdict.Unwanted) > 0
					})
					if differs {
						bad.Add(1)
						t.Errorf("moment %d of seed %d: %s", number, *seed, report(t, number))
					}
				}
				mu.Lock()
				defer mu.Unlock()
				for what, times := range seen {
					met[what] += times
				}
			})
		}
	})
	done := min(next.Load(), *cases)
	for _, what := range slices.Sorted(maps.Keys(met)) {
		fmt.Printf("%9d  %s\n", met[what], what)
	}
	if *cases >= 20_000 && bad.Load() == 0 {
		for _, what := range reachable() {
			if met[what] == 0 {
				t.Errorf("never reached: %s", what)
			}
		}
	}
	fmt.Printf("%d cases: %d differences, seed %d, %.0f s\n", done, bad.Load(), *seed, time.Since(began).Seconds())
}

// report is the simplest moment that differs in the same way.
func report(t *testing.T, number uint64) string {
	judge := func(choices *draw.Choices) (m *Moment, theirs Outcome, verdict Verdict) {
		stand(t, func() {
			m = Generate(choices)
			theirs, verdict = Judge(m)
		})
		return m, theirs, verdict
	}
	kind := func(line string) string { return strings.TrimRight(line, "0123456789 ()") }
	choices := draw.Random(*seed, number)
	_, _, verdict := judge(choices)
	if len(verdict.Unwanted) == 0 {
		return "it does not differ the second time"
	}
	first, _, _ := strings.Cut(kind(verdict.Unwanted[0]), ":")
	stop := time.Now().Add(time.Minute)
	simplest := draw.Shrink(choices.Made, func(simpler []uint32) bool {
		_, _, found := judge(draw.Given(simpler))
		return time.Now().Before(stop) && len(found.Unwanted) > 0 && strings.HasPrefix(found.Unwanted[0], first)
	})
	m, theirs, simple := judge(draw.Given(simplest))
	return fmt.Sprintf("%s\nat its simplest: %s\ntheirs: %s %+v\nours: %s\nwanted: %q\n%s", strings.Join(verdict.Unwanted, "\n"),
		strings.Join(simple.Unwanted, "\n"), theirs.Writes, theirs.Status, Ours(m).Writes, simple.Wanted, m.YAML())
}
