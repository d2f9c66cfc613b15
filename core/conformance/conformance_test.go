package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	apps "k8s.io/api/apps/v1"
)

// Without the defaults of the API server everything would differ, and nobody would know why.
func TestSelf(t *testing.T) {
	c := Generate(GivenChoices(nil), gates)
	if policy := c.Set.Spec.Template.Spec.RestartPolicy; policy != "Always" {
		t.Errorf("templates are not defaulted: restartPolicy is %q", policy)
	}
	again := Generate(GivenChoices(nil), gates)
	if c.YAML() != again.YAML() {
		t.Error("the same choices make another case")
	}
	read, err := ReadCase([]byte(c.YAML()))
	if err != nil || read.YAML() != c.YAML() {
		t.Errorf("a case is not read as it was written: %v", err)
	}
}

// Both are shown the same objects, so nobody may change one.
func TestNothingIsChanged(t *testing.T) {
	for number := range uint64(200) {
		Stand(t, func() {
			c := Generate(RandomChoices(7, number), gates)
			before := c.YAML()
			Judge(c)
			if after := c.YAML(); after != before {
				t.Errorf("case %d is changed by being judged:\n%s\nis now\n%s", number, before, after)
			}
		})
	}
}

// What was found once is tried first, under all gates.
func TestPast(t *testing.T) {
	files, err := filepath.Glob("past/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no past cases: %v", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) { replay(t, name) })
	}
}

// A case that somebody wants to see again. Nobody does in an ordinary run, which replays the folder of past ones.
func TestFile(t *testing.T) {
	if *file != "" {
		replay(t, *file)
	}
}

func read(name string) *Case {
	text, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	c, err := ReadCase(text)
	if err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return c
}

func replay(t *testing.T, name string) {
	c := read(name)
	c.Gates = gates
	if c.Set != nil && c.Set.Spec.UpdateStrategy.Type == apps.RecreateStatefulSetStrategyType && !gates.hasRecreate() {
		t.Skip("an API server of this version refuses the strategy")
	}
	Stand(t, func() {
		theirs, verdict := Judge(c)
		if len(verdict.Unwanted) > 0 {
			t.Errorf("%s\ntheirs says: %s", strings.Join(verdict.Unwanted, "\n"), theirs.Problem)
		}
	})
}

func TestRandom(t *testing.T) {
	work := &work{kind: "cases", count: *count}
	work.run(t, func(number uint64, seen Coverage) bool {
		c := Generate(RandomChoices(*seed, number), gates)
		theirs, verdict := Judge(c)
		seen.Add(c, theirs, verdict)
		// The neighbours cost more than the judge, and what they are asked is met often.
		if remote != nil && number%4 == 0 {
			verdict.Unwanted = append(verdict.Unwanted, seen.meet(c, *flips)...)
		}
		return len(verdict.Unwanted) == 0
	}, reportCase)
	work.requires(t, 200000, Reachable(gates))
}

// reportCase is the simplest case that differs in the same way.
func reportCase(t *testing.T, number uint64) string {
	judge := func(choices *Choices) (c *Case, theirs Outcome, verdict Verdict) {
		Stand(t, func() {
			c = Generate(choices, gates)
			theirs, verdict = Judge(c)
			if remote != nil {
				verdict.Unwanted = append(verdict.Unwanted, Coverage{}.meet(c, *flips)...)
			}
		})
		return c, theirs, verdict
	}
	choices := RandomChoices(*seed, number)
	_, _, verdict := judge(choices)
	if len(verdict.Unwanted) == 0 {
		return "it does not differ the second time"
	}
	first := squeeze(verdict.Unwanted[0])
	stop := time.Now().Add(time.Minute)
	simplest := Shrink(choices.Made, func(simpler []uint32) bool {
		if time.Now().After(stop) {
			return false
		}
		_, _, found := judge(GivenChoices(simpler))
		return len(found.Unwanted) > 0 && squeeze(found.Unwanted[0]) == first
	})
	c, theirs, simple := judge(GivenChoices(simplest))
	return fmt.Sprintf("%s\nat its simplest: %s\ntheirs says: %s\n%s",
		strings.Join(verdict.Unwanted, "\n"), strings.Join(simple.Unwanted, "\n"), theirs.Problem, c.YAML())
}

func TestLives(t *testing.T) {
	work := &work{kind: "lives", count: *lives}
	work.run(t, func(number uint64, seen Coverage) bool {
		return len(Live(RandomChoices(*seed, number), gates, seen)) == 0
	}, func(t *testing.T, number uint64) string {
		return reportTold(t, number, func(choices *Choices) []string { return Live(choices, gates, Coverage{}) })
	})
	work.requires(t, 200, inLives)
	rests, circles, parted := ran.Covered["lives: at rest"], ran.Covered["lives: in circles"], ran.Covered[partings]
	if *lives >= 200 && (rests < 10*circles || rests < 1000*parted) {
		t.Errorf("%d times in circles, %d times parted, only %d times at rest", circles, parted, rests)
	}
}

func TestLags(t *testing.T) {
	work := &work{kind: "lags", count: *lags}
	work.run(t, func(number uint64, seen Coverage) bool {
		return len(Lag(RandomChoices(*seed, number), gates, seen)) == 0
	}, func(t *testing.T, number uint64) string {
		return reportTold(t, number, func(choices *Choices) []string { return Lag(choices, gates, Coverage{}) })
	})
	if gates.ReadYourWrites {
		work.requires(t, 2000, inLags)
	}
}

func TestWakes(t *testing.T) {
	work := &work{kind: "wakes", count: *wakes}
	work.run(t, func(number uint64, seen Coverage) bool {
		return len(Wake(RandomChoices(*seed, number), gates, seen)) == 0
	}, func(t *testing.T, number uint64) string {
		return reportTold(t, number, func(choices *Choices) []string { return Wake(choices, gates, Coverage{}) })
	})
	work.requires(t, 2000, inWakes)
}

// reportTold is the simplest story that ends with a difference.
func reportTold(t *testing.T, number uint64, live func(*Choices) []string) string {
	tell := func(choices *Choices) (found []string) {
		Stand(t, func() { found = live(choices) })
		return found
	}
	choices := RandomChoices(*seed, number)
	if tell(choices); len(choices.Made) == 0 {
		return "nothing was chosen"
	}
	stop := time.Now().Add(time.Minute)
	simplest := Shrink(choices.Made, func(simpler []uint32) bool {
		return time.Now().Before(stop) && len(tell(GivenChoices(simpler))) > 0
	})
	return strings.Join(tell(GivenChoices(simplest)), "\n")
}

// work is a number of things of one kind that are to be compared.
type work struct {
	kind      string
	count     int64
	next, bad atomic.Int64
}

// run lets all cores compare one after the other, until five differ. `compare` is called where time stands still and
// tells whether all is well; `report` is not.
func (w *work) run(t *testing.T, compare func(number uint64, seen Coverage) bool, report func(t *testing.T, number uint64) string) {
	if w.count == 0 {
		return
	}
	began := time.Now()
	stopped := make(chan struct{})
	go w.progress(began, stopped)
	var mu sync.Mutex
	t.Run("workers", func(t *testing.T) {
		for range runtime.GOMAXPROCS(0) {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				seen := Coverage{}
				for w.next.Load() < w.count && w.bad.Load() < 5 {
					if number, differs := w.untilTimeMoves(t, seen, compare); differs {
						w.bad.Add(1)
						t.Errorf("%s %d of seed %d with -flip=%s: %s", w.kind, number, *seed, *flips, report(t, number))
					}
				}
				mu.Lock()
				defer mu.Unlock()
				ran.Covered.Join(seen)
			})
		}
	})
	close(stopped)
	done := min(w.next.Load(), w.count)
	ran.Counts[w.kind] += done
	ran.Differences += w.bad.Load()
	fmt.Printf("%d %s, %d differences, seed %d, %s, %.0f s\n", done, w.kind, w.bad.Load(), *seed, gates, time.Since(began).Seconds())
}

// untilTimeMoves compares until something has slept, so that each case begins at the epoch, or until something differs.
func (w *work) untilTimeMoves(t *testing.T, seen Coverage, compare func(uint64, Coverage) bool) (number uint64, differs bool) {
	Stand(t, func() {
		for time.Now().Equal(epoch) {
			next := w.next.Add(1) - 1
			if next >= w.count {
				return
			}
			number = *from + uint64(next)
			if differs = !compare(number, seen); differs {
				return
			}
		}
	})
	return number, differs
}

// requires tells of what so many ought to have reached, and did not.
func (w *work) requires(t *testing.T, enough int64, reachable []string) {
	if missed := ran.Covered.Missed(reachable); w.count >= enough && w.bad.Load() == 0 && len(missed) > 0 {
		t.Errorf("never reached: %s", strings.Join(missed, "; "))
	}
}

func (w *work) progress(began time.Time, stopped <-chan struct{}) {
	for {
		select {
		case <-stopped:
			return
		case <-time.After(20 * time.Second):
			done := min(w.next.Load(), w.count)
			rate := float64(done) / time.Since(began).Seconds()
			fmt.Fprintf(os.Stderr, "%d of %d %s, %.0f a second, %d differ\n", done, w.count, w.kind, rate, w.bad.Load())
		}
	}
}
