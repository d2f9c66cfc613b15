package conformance

import (
	"flag"
	"fmt"
	"testing"
	"time"
)

var bindings = flag.Int64("bindings", 2000, "how many random claims with volumes")

// Which volume a claim gets, beside FindMatchingVolume.
func TestVolumes(t *testing.T) {
	began := time.Now()
	counts := map[Difference]int{}
	bound, bad := 0, 0
	judge := func(c *VolumeCase) (string, Difference, string) {
		theirs, err := TheirVolume(c)
		if err != nil {
			return "theirs: " + err.Error(), "", ""
		}
		ours, err := OurVolume(c)
		if err != nil {
			return "ours: " + err.Error(), "", ""
		}
		problem, wanted := CompareVolumes(c, theirs, ours)
		return problem, wanted, theirs
	}
	for number := range *bindings {
		choices := RandomChoices(*seed, *from+uint64(number))
		problem, wanted, theirs := judge(GenerateVolumes(choices))
		if theirs != "" {
			bound++
		}
		if wanted != "" {
			counts[wanted]++
		}
		if problem == "" {
			continue
		}
		shrunk := Shrink(choices.Made, func(simpler []uint32) bool {
			found, _, _ := judge(GenerateVolumes(GivenChoices(simpler)))
			return found != ""
		})
		simplest := GenerateVolumes(GivenChoices(shrunk))
		found, _, _ := judge(simplest)
		t.Errorf("seed %d, claim %d: %s\nat its simplest: %s\n%s", *seed, *from+uint64(number), problem, found, simplest.YAML())
		if bad++; bad == 5 {
			break
		}
	}
	for difference, count := range counts {
		fmt.Printf("%8d  %s\n", count, difference)
	}
	fmt.Printf("%d claims, %d of them get a volume, %d differences, seed %d, %.0f s\n", *bindings, bound, bad, *seed, time.Since(began).Seconds())
	if *bindings >= 1000 && bad == 0 && int64(bound) < *bindings/10 {
		t.Errorf("only %d of %d claims get a volume", bound, *bindings)
	}
}
