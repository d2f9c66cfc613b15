package conformance

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// Verdict is what a comparison found.
type Verdict struct {
	// Wanted are the wanted differences that showed.
	Wanted []Difference
	// Unwanted says what else differs, one line each.
	Unwanted []string
}

// Compare says where two outcomes of a case differ.
func Compare(c *Case, theirs, ours Outcome) Verdict {
	if ours.Refused != "" {
		return Verdict{Unwanted: []string{"ours refuses: " + ours.Refused}}
	}
	places := placesOf(ours)
	r := reconcile(c, theirs, ours)
	verdict := Verdict{Wanted: r.shown}
	if r.incomparable {
		return verdict
	}
	differ := func(format string, values ...any) {
		verdict.Unwanted = append(verdict.Unwanted, fmt.Sprintf(format, values...))
	}
	for _, line := range contrasts(r.theirs.Writes, r.ours.Writes) {
		differ("%s", line)
	}
	if len(verdict.Unwanted) == 0 {
		verdict.Unwanted = append(verdict.Unwanted, disorder(r.theirs.Writes, places)...)
	}
	onlyTheirs, onlyOurs := apart(lines(r.theirs.Events), lines(r.ours.Events))
	for _, event := range onlyTheirs {
		differ("only theirs: %s", event)
	}
	for _, event := range onlyOurs {
		differ("only ours:   %s", event)
	}
	if r.theirs.Failed != r.ours.Failed {
		differ("theirs failed: %t (%s); ours: %t", r.theirs.Failed, r.theirs.Problem, r.ours.Failed)
	}
	return verdict
}

func (w Write) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", w.Verb, w.Kind, w.Name, w.Error, w.Object))
}

func (e Event) String() string {
	return fmt.Sprintf("event %s %s: %s", e.Type, e.Reason, e.Message)
}

// contrasts tell which writes only one of the two has, and how those differ that both have in some way.
func contrasts(theirs, ours []Write) []string {
	byObject := func(writes []Write) map[string][]Write {
		groups := map[string][]Write{}
		for _, write := range writes {
			key := fmt.Sprintf("%s %s %s", write.Verb, write.Kind, write.Name)
			groups[key] = append(groups[key], write)
		}
		return groups
	}
	their, our := byObject(theirs), byObject(ours)
	keys := slices.Collect(maps.Keys(their))
	for key := range our {
		if their[key] == nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var found []string
	for _, key := range keys {
		a, b := their[key], our[key]
		for i := range max(len(a), len(b)) {
			switch {
			case i >= len(b):
				found = append(found, strings.TrimSpace(fmt.Sprintf("only theirs: %s %s", key, a[i].Error)))
			case i >= len(a):
				found = append(found, strings.TrimSpace(fmt.Sprintf("only ours:   %s %s", key, b[i].Error)))
			case a[i].Error != b[i].Error:
				found = append(found, fmt.Sprintf("%s: theirs has the error %q, ours %q", key, a[i].Error, b[i].Error))
			case a[i].Object != b[i].Object:
				found = append(found, key+": "+strings.Join(fields(a[i].Object, b[i].Object), "; "))
			}
		}
	}
	return found
}

// fields are the places where two objects differ.
func fields(theirs, ours string) []string {
	var a, b any
	if json.Unmarshal([]byte(theirs), &a) != nil || json.Unmarshal([]byte(ours), &b) != nil {
		return []string{fmt.Sprintf("theirs %s, ours %s", theirs, ours)}
	}
	var found []string
	var walk func(path string, a, b any)
	walk = func(path string, a, b any) {
		left, isMap := a.(map[string]any)
		right, both := b.(map[string]any)
		if isMap && both {
			for _, key := range slices.Sorted(maps.Keys(left)) {
				walk(path+"."+key, left[key], right[key])
			}
			for _, key := range slices.Sorted(maps.Keys(right)) {
				if _, known := left[key]; !known {
					walk(path+"."+key, nil, right[key])
				}
			}
			return
		}
		leftList, isList := a.([]any)
		rightList, both := b.([]any)
		if isList && both && len(leftList) == len(rightList) {
			for i := range leftList {
				walk(fmt.Sprintf("%s[%d]", path, i), leftList[i], rightList[i])
			}
			return
		}
		if !reflect.DeepEqual(a, b) {
			theirs, _ := json.Marshal(a)
			ours, _ := json.Marshal(b)
			found = append(found, fmt.Sprintf("%s: theirs %s, ours %s", path, theirs, ours))
		}
	}
	walk("", a, b)
	if len(found) == 0 {
		found = append(found, fmt.Sprintf("the bytes differ: theirs %s, ours %s", theirs, ours))
	}
	return found
}

func lines(events []Event) []string {
	var all []string
	for _, event := range events {
		all = append(all, event.String())
	}
	return all
}

// apart are the lines that only one of two has, however they are ordered.
func apart(a, b []string) (onlyA, onlyB []string) {
	b = slices.Clone(b)
	for _, line := range a {
		if place := slices.Index(b, line); place >= 0 {
			b = slices.Delete(b, place, place+1)
		} else {
			onlyA = append(onlyA, line)
		}
	}
	return onlyA, b
}

func placesOf(ours Outcome) map[string][]place {
	places := map[string][]place{}
	for i, write := range ours.Writes {
		places[write.String()] = append(places[write.String()], ours.places[i])
	}
	return places
}

// disorder tells where the real controller's order contradicts the order that ours asks for. Where ours asks for none,
// as inside a batch, any order will do.
func disorder(theirs []Write, places map[string][]place) []string {
	var last place
	var before string
	steps := map[[2]uint32]uint32{}
	for _, write := range theirs {
		all := places[write.String()]
		// Upstream adopts revisions in any order.
		if len(all) == 0 || write.Kind == Revision {
			continue
		}
		here := all[0]
		chain := [2]uint32{here.Stage, here.Chain}
		if cmp.Compare(here.Stage, last.Stage) < 0 || here.Step < steps[chain] {
			return []string{fmt.Sprintf("order: theirs has %s %s %s after %s; ours has them the other way round", write.Verb, write.Kind, write.Name, before)}
		}
		steps[chain] = here.Step
		last, before = here, fmt.Sprintf("%s %s %s", write.Verb, write.Kind, write.Name)
	}
	return nil
}

var digits = regexp.MustCompile(`-?[0-9a-z]*[0-9][0-9a-z]*`)

// squeeze is a line without what differs from case to case.
func squeeze(line string) string {
	line, _, _ = strings.Cut(line, "{")
	return digits.ReplaceAllString(line, "#")
}
