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
	"time"
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
	places, last := placesOf(ours)
	r := reconcile(c, theirs, ours)
	verdict := Verdict{Wanted: r.shown}
	if r.incomparable {
		return verdict
	}
	differ := func(format string, values ...any) {
		verdict.Unwanted = append(verdict.Unwanted, fmt.Sprintf(format, values...))
	}
	for _, contrast := range contrasts(r.theirs.Writes, r.ours.Writes) {
		if !r.isLost(contrast, places, last) {
			differ("%s", contrast.line)
		}
	}
	if len(verdict.Unwanted) == 0 {
		verdict.Unwanted = append(verdict.Unwanted, disorder(r.theirs.Writes, places)...)
	}
	onlyTheirs, onlyOurs := apart(lines(r.theirs.Events), lines(r.ours.Events))
	for _, event := range onlyTheirs {
		if !r.tellsOfTrip(event) {
			differ("only theirs: %s", event)
		}
	}
	if len(r.trips) > 0 {
		verdict.Wanted = r.shown
		return verdict
	}
	for _, event := range onlyOurs {
		differ("only ours:   %s", event)
	}
	if r.theirs.Failed != r.ours.Failed {
		differ("theirs failed: %t (%s); ours: %t", r.theirs.Failed, r.theirs.Problem, r.ours.Failed)
	}
	switch late := oversleeps(c, theirs, ours); {
	case late == "":
	case hasPlaceless(c):
		r.show(NoPlace)
	default:
		differ("%s", late)
	}
	verdict.Wanted = r.shown
	return verdict
}

// oversleeps tells whether the library wants to look again later than the real controller. It may look earlier; and where
// no pod tells since when it is ready, the real controller looks again although time alone changes nothing.
func oversleeps(c *Case, theirs, ours Outcome) string {
	if theirs.Wake == nil || *theirs.Wake >= time.Duration(c.Set.Spec.MinReadySeconds)*time.Second {
		return ""
	}
	switch {
	case ours.Wake == nil:
		return fmt.Sprintf("wake: theirs after %v, ours never", *theirs.Wake)
	case *ours.Wake > *theirs.Wake:
		return fmt.Sprintf("wake: theirs after %v, ours after %v", *theirs.Wake, *ours.Wake)
	}
	return ""
}

func (a attempt) String() string {
	return fmt.Sprintf("%s %s %s", a.Verb, a.Kind, a.Name)
}

func (e Event) String() string {
	return fmt.Sprintf("event %s %s: %s", e.Type, e.Reason, e.Message)
}

// contrast is an attempt at which two outcomes differ, and how.
type contrast struct {
	attempt
	onlyOurs bool
	line     string
}

// contrasts tell which writes only one of the two has, and how those differ that both have in some way.
func contrasts(theirs, ours []Write) []contrast {
	byObject := func(writes []Write) map[attempt][]Write {
		groups := map[attempt][]Write{}
		for _, write := range writes {
			groups[write.attempt] = append(groups[write.attempt], write)
		}
		return groups
	}
	their, our := byObject(theirs), byObject(ours)
	var found []contrast
	for _, key := range together(their, our) {
		differ := func(format string, values ...any) {
			found = append(found, contrast{attempt: key, line: strings.TrimSpace(fmt.Sprintf(format, values...))})
		}
		a, b := their[key], our[key]
		for i := range max(len(a), len(b)) {
			switch {
			case i >= len(b):
				differ("only theirs: %s %s", key, a[i].Error)
			case i >= len(a):
				differ("only ours:   %s %s", key, b[i].Error)
				found[len(found)-1].onlyOurs = true
			case a[i].Error != b[i].Error:
				differ("%s: theirs has the error %q, ours %q", key, a[i].Error, b[i].Error)
			case a[i].form != b[i].form:
				differ("%s: %s", key, strings.Join(fields(textOf(a[i].Object), textOf(b[i].Object)), "; "))
			}
		}
	}
	return found
}

// together are the keys of both, in order.
func together[T any](a, b map[attempt]T) []attempt {
	keys := slices.Collect(maps.Keys(a))
	for key := range b {
		if _, known := a[key]; !known {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b attempt) int {
		return cmp.Or(cmp.Compare(a.Verb, b.Verb), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return keys
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

// placesOf are the first and the last place of each write.
func placesOf(ours Outcome) (first, last map[attempt]place) {
	first, last = map[attempt]place{}, map[attempt]place{}
	for i, write := range ours.Writes {
		if _, known := first[write.attempt]; !known {
			first[write.attempt] = ours.places[i]
		}
		last[write.attempt] = ours.places[i]
	}
	return first, last
}

// disorder tells where the real controller's order contradicts the order that ours asks for. Where ours asks for none,
// as inside a batch, any order will do.
func disorder(theirs []Write, places map[attempt]place) []string {
	var last place
	var before attempt
	steps := map[[2]uint32]uint32{}
	for _, write := range theirs {
		here, known := places[write.attempt]
		// Upstream adopts revisions in any order.
		if !known || write.Kind == Revision {
			continue
		}
		chain := [2]uint32{here.Stage, here.Chain}
		if cmp.Compare(here.Stage, last.Stage) < 0 || here.Step < steps[chain] {
			return []string{fmt.Sprintf("order: theirs has %s after %s; ours has them the other way round", write.attempt, before)}
		}
		steps[chain] = here.Step
		last, before = here, write.attempt
	}
	return nil
}

var digits = regexp.MustCompile(`-?[0-9a-z]*[0-9][0-9a-z]*`)

// squeeze is a line without what differs from case to case.
func squeeze(line string) string {
	line, _, _ = strings.Cut(line, "{")
	return digits.ReplaceAllString(line, "#")
}
