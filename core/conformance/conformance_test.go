package conformance

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-logr/logr"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/klog/v2"
)

var (
	count = flag.Int("cases", 2000, "how many random cases")
	seed  = flag.Uint64("seed", 1, "seed of the random cases")
	from  = flag.Uint64("from", 0, "number of the first case")
	flips = flag.String("flip", "", "gates that are not as usual: m for MaxUnavailableStatefulSet, r for StatefulSetRecreateStrategy")
	lives = flag.Int("lives", 0, "how many whole lives")
	file  = flag.String("file", "", "a case to judge, as YAML")
)

// gates are the settings of this process: the real controller's gates cannot differ from case to case.
var gates Gates

func TestMain(m *testing.M) {
	flag.Parse()
	gates = Gates{MaxUnavailable: !strings.Contains(*flips, "m"), Recreate: strings.Contains(*flips, "r")}
	setting := fmt.Sprintf("MaxUnavailableStatefulSet=%t,StatefulSetRecreateStrategy=%t", gates.MaxUnavailable, gates.Recreate)
	if err := utilfeature.DefaultMutableFeatureGate.Set(setting); err != nil {
		panic(err)
	}
	// What the real controller logs is in its outcome, too.
	klog.SetLogger(logr.Discard())
	os.Exit(m.Run())
}

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

// What was found once is tried first.
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

func replay(t *testing.T, name string) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ReadCase(text)
	if err != nil {
		t.Fatal(err)
	}
	if c.Gates != gates {
		t.Skipf("for other gates: %+v", c.Gates)
	}
	_, theirs, verdict := Judge(t, func() *Case { return c })
	if len(verdict.Unwanted) > 0 {
		t.Errorf("%s\ntheirs says: %s", strings.Join(verdict.Unwanted, "\n"), theirs.Problem)
	}
}

func TestRandom(t *testing.T) {
	began := time.Now()
	var next, bad atomic.Int64
	var mu sync.Mutex
	covered := Coverage{}
	work := func(t *testing.T) {
		seen := Coverage{}
		for bad.Load() < 5 {
			number := next.Add(1) - 1
			if number >= int64(*count) {
				break
			}
			choices := RandomChoices(*seed, *from+uint64(number))
			c, theirs, verdict := JudgeChoices(t, choices, gates)
			seen.Add(c, theirs, verdict)
			if len(verdict.Unwanted) > 0 {
				bad.Add(1)
				t.Error(report(t, *from+uint64(number), choices.Made, verdict))
			}
			if done := number + 1; done%10000 == 0 {
				rate := float64(done) / time.Since(began).Seconds()
				fmt.Fprintf(os.Stderr, "%d of %d cases, %.0f a second, %d differ\n", done, *count, rate, bad.Load())
			}
		}
		mu.Lock()
		defer mu.Unlock()
		covered.Join(seen)
	}
	t.Run("workers", func(t *testing.T) {
		for i := range runtime.GOMAXPROCS(0) {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				work(t)
			})
		}
	})
	fmt.Print(covered.Table())
	if missed := covered.Missed(gates); *count >= 10000 && bad.Load() == 0 && len(missed) > 0 {
		t.Errorf("never reached: %s", strings.Join(missed, "; "))
	}
	fmt.Printf("%d cases, %d differences, seed %d, gates %+v, %.0f s\n", min(next.Load(), int64(*count)), bad.Load(), *seed, gates, time.Since(began).Seconds())
}

// report is the simplest case that differs in the same way.
func report(t *testing.T, number uint64, choices []uint32, verdict Verdict) string {
	first := squeeze(verdict.Unwanted[0])
	stop := time.Now().Add(time.Minute)
	choices = Shrink(choices, func(simpler []uint32) bool {
		if time.Now().After(stop) {
			return false
		}
		_, _, found := JudgeChoices(t, GivenChoices(simpler), gates)
		return len(found.Unwanted) > 0 && squeeze(found.Unwanted[0]) == first
	})
	c, theirs, simplest := JudgeChoices(t, GivenChoices(choices), gates)
	return fmt.Sprintf("seed %d, case %d: %s\nat its simplest: %s\ntheirs says: %s\n%s",
		*seed, number, strings.Join(verdict.Unwanted, "\n"), strings.Join(simplest.Unwanted, "\n"), theirs.Problem, c.YAML())
}

func TestLives(t *testing.T) {
	bad, rests, circles := 0, 0, 0
	for number := range *lives {
		live := func(choices *Choices) (found []string) {
			synctest.Test(t, func(*testing.T) {
				all, rest, circle := Live(choices, gates)
				found, rests, circles = all, rests+rest, circles+circle
			})
			return found
		}
		choices := RandomChoices(*seed, *from+uint64(number))
		found := live(choices)
		if len(found) == 0 {
			continue
		}
		stop := time.Now().Add(time.Minute)
		shrunk := Shrink(choices.Made, func(simpler []uint32) bool {
			return time.Now().Before(stop) && len(live(GivenChoices(simpler))) > 0
		})
		t.Errorf("seed %d, life %d:\n%s", *seed, *from+uint64(number), strings.Join(live(GivenChoices(shrunk)), "\n"))
		if bad++; bad == 5 {
			break
		}
	}
	if *lives > 0 && rests < 10*circles {
		t.Errorf("%d times in circles, only %d times at rest", circles, rests)
	}
	fmt.Printf("%d lives, %d times at rest, %d in circles, %d differences, seed %d, gates %+v\n", *lives, rests, circles, bad, *seed, gates)
}
