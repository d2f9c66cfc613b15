package conformance

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var (
	count    = flag.Int64("cases", 2000, "how many random cases")
	lives    = flag.Int64("lives", 20, "how many whole lives")
	lags     = flag.Int64("lags", 200, "how many stories of views that lag behind")
	wakes    = flag.Int64("wakes", 200, "how many stories of what wakes which set")
	seed     = flag.Uint64("seed", 1, "seed of all that is random")
	from     = flag.Uint64("from", 0, "number of the first case, life and so on")
	flips    = flag.String("flip", "", "gates that are not as usual: m for MaxUnavailableStatefulSet, r for StatefulSetRecreateStrategy, s for StatefulSetSemanticRevisionComparison, c for StaleControllerConsistencyStatefulSet")
	file     = flag.String("file", "", "a case to judge, as YAML, under its own gates")
	version  = flag.String("kubernetes", "", "the version that judges, as 1.33, with -judge; without, the one that is linked")
	program  = flag.String("judge", "", "the program that is the judge of that version")
	settings = flag.Bool("settings", false, "one process for each of the settings of the gates: the counts are then for each setting of each gate")
	summary  = flag.String("summary", "", "file for the counts, as JSON")
)

// gates are the settings of this process: the real controller's gates cannot differ from case to case.
var gates Gates

// ran is what this process, or all of its children, did.
var ran = Ran{Covered: Coverage{}, Counts: map[string]int64{}}

// Ran is what was done, and what came of it.
type Ran struct {
	// How many of each kind of thing were compared, and how many differed.
	Counts      map[string]int64
	Differences int64
	Covered     Coverage
}

func (r *Ran) join(other Ran) {
	for kind, n := range other.Counts {
		r.Counts[kind] += n
	}
	r.Differences += other.Differences
	r.Covered.Join(other.Covered)
}

func (r *Ran) String() string {
	var counts []string
	for _, kind := range slices.Sorted(maps.Keys(r.Counts)) {
		counts = append(counts, fmt.Sprintf("%d %s", r.Counts[kind], kind))
	}
	return fmt.Sprintf("%s: %d differences, seed %d", strings.Join(counts, ", "), r.Differences, *seed)
}

func TestMain(m *testing.M) {
	flag.Parse()
	if *settings {
		os.Exit(runSettings())
	}
	gates = GatesOf(*version, *flips)
	if *file != "" {
		gates = read(*file).Gates
	}
	// What an API server fills in depends on them, too.
	if err := gates.Set(); err != nil {
		panic(err)
	}
	if gates.Kubernetes != "" {
		var err error
		if remote, err = NewRemote(*program, gates); err != nil {
			panic(err)
		}
		if err := remote.presented().isOf(gates); err != nil {
			panic(err)
		}
		// Only cases and hand-overs are for other versions.
		*lives, *lags, *wakes, *manifests, *bindings = 0, 0, 0, 0, 0
	}
	// What the real controller logs is in its outcome, too.
	hush()
	// Almost nothing lives longer than one case.
	debug.SetGCPercent(800)
	code := m.Run()
	if remote != nil {
		if err := remote.Close(); err != nil {
			panic(err)
		}
	}
	if *summary != "" {
		text, err := json.Marshal(ran)
		if err == nil {
			err = os.WriteFile(*summary, text, 0o600)
		}
		if err != nil {
			panic(err)
		}
	}
	os.Exit(code)
}

// runSettings runs a process for each setting, one after the other, and adds up what they did. Each gate is on in half
// of the settings and off in the other half.
func runSettings() (code int) {
	began := time.Now()
	folder, err := os.MkdirTemp("", "conformance")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	all := SettingsOf(*version)
	half := int64(max(1, len(all)/2))
	share := func(count int64) string {
		return strconv.FormatInt((count+half-1)/half, 10)
	}
	// No two settings are given the same.
	first := func(setting int) string {
		most := uint64(max(*count, *lives, *lags, *wakes, *handOvers) / half)
		return strconv.FormatUint(*from+uint64(setting)*(most+1), 10)
	}
	for i, flips := range all {
		fmt.Fprintf(os.Stderr, "setting %d of %d: %s\n", i+1, len(all), GatesOf(*version, flips))
		counts := filepath.Join(folder, "counts-"+flips)
		child := exec.Command(os.Args[0], "-test.timeout=0", "-test.run="+flag.Lookup("test.run").Value.String(), "-flip="+flips, "-summary="+counts,
			"-cases="+share(*count), "-lives="+share(*lives), "-lags="+share(*lags), "-wakes="+share(*wakes),
			"-manifests="+share(*manifests), "-bindings="+share(*bindings), "-hand-overs="+share(*handOvers), "-kubernetes="+*version, "-judge="+*program, "-seed="+strconv.FormatUint(*seed, 10), "-from="+first(i))
		child.Stdout, child.Stderr = os.Stdout, os.Stderr
		if err := child.Run(); err != nil {
			fmt.Fprintf(os.Stderr, "with %s: %v\n", GatesOf(*version, flips), err)
			code = 1
		}
		var one Ran
		if text, err := os.ReadFile(counts); err != nil || json.Unmarshal(text, &one) != nil {
			fmt.Fprintf(os.Stderr, "with %s: no counts: %v\n", GatesOf(*version, flips), err)
			code = 1
		}
		ran.join(one)
	}
	fmt.Print(ran.Covered.Table())
	for _, kind := range []struct {
		count, enough int64
		reachable     []string
	}{{*count, 40000, ReachableInAll(*version)}, {*count, 20000, changesOf(*version)}, {*lives, 200, inLives}, {*lags, 2000, inLags}, {*wakes, 2000, inWakes}, {*handOvers, 800, inHandOvers}} {
		if missed := ran.Covered.Missed(kind.reachable); kind.count >= kind.enough && len(missed) > 0 {
			fmt.Printf("never reached: %s\n", strings.Join(missed, "; "))
			code = 1
		}
	}
	fmt.Printf("%s settings of the gates in %.0f s; in all, half of it for each setting of each gate\n", strconv.Itoa(len(all)), time.Since(began).Seconds())
	fmt.Println(&ran)
	return code
}
