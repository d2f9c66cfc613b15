package conformance

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	manifests    = flag.Int64("manifests", 2000, "how many random manifests")
	manifestFile = flag.String("manifest", "", "a manifest to judge, as YAML")
)

// fieldPlace is a place in a list or a key in a map.
var fieldPlace = regexp.MustCompile(`\[[^]]*\]`)

// A manifest that somebody wants to see again.
func TestManifestFile(t *testing.T) {
	if *manifestFile == "" {
		return
	}
	text, err := os.ReadFile(*manifestFile)
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(text)
	if err != nil {
		t.Fatal(err)
	}
	if unwanted, _ := judgeManifest(m); len(unwanted) > 0 {
		t.Error(strings.Join(unwanted, "\n"))
	}
}

// What an API server fills into a manifest and refuses in it, beside what the library does.
func TestManifests(t *testing.T) {
	began := time.Now()
	counts := map[Difference]int{}
	kinds := map[string]int{}
	good, bad := 0, 0
	for number := range *manifests {
		choices := RandomChoices(*seed, *from+uint64(number))
		m := GenerateManifest(choices, gates)
		unwanted, seen := judgeManifest(m)
		for _, difference := range seen.shown {
			counts[difference]++
		}
		for _, mistake := range seen.theirs.Mistakes {
			kinds[fieldPlace.ReplaceAllString(mistake.Field, "[]")+" "+mistake.Reason]++
		}
		if len(seen.theirs.Mistakes) == 0 {
			good++
		}
		if len(unwanted) == 0 {
			continue
		}
		stop := time.Now().Add(20 * time.Second)
		first := squeeze(unwanted[0])
		shrunk := Shrink(choices.Made, func(simpler []uint32) bool {
			if time.Now().After(stop) {
				return false
			}
			found, _ := judgeManifest(GenerateManifest(GivenChoices(simpler), gates))
			return len(found) > 0 && squeeze(found[0]) == first
		})
		simplest := GenerateManifest(GivenChoices(shrunk), gates)
		found, _ := judgeManifest(simplest)
		t.Errorf("seed %d, manifest %d: %s\nat its simplest: %s\n%s", *seed, *from+uint64(number), strings.Join(unwanted, "\n"), strings.Join(found, "\n"), simplest.YAML())
		if bad++; bad == 5 {
			break
		}
	}
	for _, rule := range notJudged {
		fmt.Printf("%8d  %s\n", counts[rule.Difference], rule.Difference)
		delete(counts, rule.Difference)
	}
	for difference, count := range counts {
		fmt.Printf("%8d  %s\n", count, difference)
	}
	fmt.Printf("%d manifests, %d of them good, %d kinds of mistakes, %d differences, seed %d, gates %+v, %.0f s\n", *manifests, good, len(kinds), bad, *seed, gates, time.Since(began).Seconds())
	if *manifests >= 2000 && bad == 0 && (good == 0 || len(kinds) < 300) {
		t.Errorf("%d good ones, %d kinds of mistakes: too few", good, len(kinds))
	}
}

// What an API server stores of a set whose fields are drawn from its own types, beside what the library does, and the
// revision that the real controller makes of it. Every field has to occur.
func TestDrawnManifests(t *testing.T) {
	began := time.Now()
	met := map[string]int{}
	closed, bad := 0, 0
	judge := func(choices *Choices) ([]string, *Manifest, []string) {
		m, fields := DrawManifest(choices, gates)
		theirs, err := TheirStored(m)
		if err != nil {
			return []string{"theirs: " + err.Error()}, m, fields
		}
		text, err := json.Marshal(m.Set)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := ourStored(gates, text)
		if err != nil {
			return []string{"ours: " + err.Error()}, m, fields
		}
		unwanted, shown := compareStored(theirs, kept)
		closed += len(shown)
		return unwanted, m, fields
	}
	for number := range *manifests {
		choices := RandomChoices(*seed, *from+uint64(number))
		unwanted, _, fields := judge(choices)
		for _, field := range fields {
			met[field]++
		}
		if len(unwanted) == 0 {
			continue
		}
		stop := time.Now().Add(20 * time.Second)
		first := squeeze(unwanted[0])
		shrunk := Shrink(choices.Made, func(simpler []uint32) bool {
			if time.Now().After(stop) {
				return false
			}
			found, _, _ := judge(GivenChoices(simpler))
			return len(found) > 0 && squeeze(found[0]) == first
		})
		found, simplest, _ := judge(GivenChoices(shrunk))
		t.Errorf("seed %d, drawn manifest %d: %s\nat its simplest: %s\n%s", *seed, *from+uint64(number), strings.Join(unwanted, "\n"), strings.Join(found, "\n"), simplest.YAML())
		if bad++; bad == 5 {
			break
		}
	}
	everyForm, everyField := 0, 0
	for _, field := range drawnFields {
		forms := 0
		for _, form := range drawnForms {
			if met[field.name+" "+form] > 0 {
				forms++
			}
		}
		if forms > 0 {
			everyField++
		} else if *manifests >= 2000 && bad == 0 {
			t.Errorf("%s: never met", field.name)
		}
		if forms == len(drawnForms) {
			everyForm++
		} else if *manifests >= 10000 && bad == 0 {
			t.Errorf("%s: not met in each form", field.name)
		}
	}
	fmt.Printf("%8d  %s\n", closed, ClosedGate)
	fmt.Printf("%d drawn manifests, %d of %d fields met, %d of them as a value, as zero and as null, %d differences, seed %d, gates %+v, %.0f s\n",
		*manifests, everyField, len(drawnFields), everyForm, bad, *seed, gates, time.Since(began).Seconds())
}

type seenOfManifest struct {
	theirs Judgement
	shown  []Difference
}

func judgeManifest(m *Manifest) ([]string, seenOfManifest) {
	theirs, err := TheirJudgement(m)
	if err != nil {
		return []string{"theirs: " + err.Error()}, seenOfManifest{}
	}
	ours, err := OurJudgement(m)
	if err != nil {
		return []string{"ours: " + err.Error()}, seenOfManifest{}
	}
	if m.Old != nil {
		// What is wrong with the old set decides which rules count for the new one.
		old, err := TheirJudgement(&Manifest{Gates: m.Gates, Set: m.Old})
		if rule, breaks := NotJudged(old.Mistakes); err == nil && breaks {
			return nil, seenOfManifest{theirs, []Difference{rule}}
		}
	}
	unwanted, shown := CompareManifests(m, theirs, ours)
	slices.Sort(unwanted)
	return unwanted, seenOfManifest{theirs, shown}
}
