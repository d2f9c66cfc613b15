package conformance

import (
	"flag"
	"fmt"
	"os"
	"testing"
	"testing/synctest"
	"time"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
)

var (
	count    = flag.Int("cases", 2000, "how many random cases")
	seed     = flag.Uint64("seed", 1, "seed of the random cases")
	gateFlag = flag.String("gates", "", "m, r or mr: which gates are switched the other way")
	first    = flag.Uint64("first", 0, "number of the first case")
)

func TestRandom(t *testing.T) {
	gates := Gates{MaxUnavailable: true}
	for _, r := range *gateFlag {
		switch r {
		case 'm':
			gates.MaxUnavailable = false
		case 'r':
			gates.Recreate = true
		}
	}
	if err := utilfeature.DefaultMutableFeatureGate.Set(fmt.Sprintf("MaxUnavailableStatefulSet=%t,StatefulSetRecreateStrategy=%t", gates.MaxUnavailable, gates.Recreate)); err != nil {
		t.Fatal(err)
	}
	helper := NewHelper()
	began := time.Now()
	wanted := map[Difference]int{}
	kinds := map[string]int{}
	bad := 0
	for i := range *count {
		var c *Case
		var theirs Outcome
		choices := RandomChoices(*seed, *first+uint64(i))
		synctest.Test(t, func(*testing.T) {
			c = Generate(choices, gates)
			theirs = Theirs(c)
		})
		ours := helper.Ours(c)
		verdict := Compare(c, theirs, ours)
		for _, d := range verdict.Wanted {
			wanted[d]++
		}
		if len(verdict.Unwanted) > 0 {
			bad++
			key := squeeze(verdict.Unwanted[0])
			kinds[key]++
			if kinds[key] == 1 {
				if os.Getenv("SHRINK") != "" {
					shrunk := Shrink(choices.Made, func(given []uint32) bool {
						c := GivenChoices(given)
						var cc *Case
						var theirs Outcome
						synctest.Test(t, func(*testing.T) { cc = Generate(c, gates); theirs = Theirs(cc) })
						v := Compare(cc, theirs, helper.Ours(cc))
						return len(v.Unwanted) > 0 && squeeze(v.Unwanted[0]) == key
					})
					synctest.Test(t, func(*testing.T) { c = Generate(GivenChoices(shrunk), gates); theirs = Theirs(c) })
					ours = helper.Ours(c)
					verdict = Compare(c, theirs, ours)
					os.WriteFile(fmt.Sprintf("/tmp/w/judge-out/%d.yaml", i), []byte(c.YAML()), 0o644)
				}
				fmt.Printf("case %d:\n", *first+uint64(i))
				for _, line := range verdict.Unwanted {
					fmt.Println("   ", line)
				}
				for _, line := range ours.Waits {
					fmt.Println("    wait:", line)
				}
				fmt.Println("    problems:", theirs.Problem, "|", ours.Problem)
			}
		}
	}
	for key, n := range kinds {
		fmt.Println(n, key)
	}
	fmt.Println(wanted)
	fmt.Printf("%d cases, %d differ, %v\n", *count, bad, time.Since(began))
}
