package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"statefulset.internal/statefulset"
)

// The wanted differences between the two judgements of a manifest.
const (
	// Values that are no scalars stand in the API server's messages as its own Go types would be written.
	OwnTypes Difference = "a value with fields is printed by the API's names, not by those of the server's own types"
	// The API server makes a name of a bad prefix, and blames both.
	GeneratedName Difference = "a bad prefix of a name that is still to be made is told of once, not for the made name, too"
	// The API server lists the volumes of claim templates in any order.
	ClaimOrder Difference = "volumes of claim templates are counted by name, not in random order"
)

// ClosedGate is a wanted difference in what is stored.
const ClosedGate Difference = "fields whose feature gates are closed are kept"

// notJudged are the rules of pod templates that the library does not have, by the fields that they are about.
var notJudged = []struct {
	Difference
	field *regexp.Regexp
}{
	{"not judged: annotations for seccomp and AppArmor", regexp.MustCompile(`annotations.*(seccomp|apparmor)|annotations\.(seccomp|container\.seccomp)`)},
	{"not judged: what is inside of ephemeral containers, which templates may not have", regexp.MustCompile(`\.ephemeralContainers\[`)},
	{"not judged: resources of whole pods", regexp.MustCompile(`spec\.template\.spec\.resources`)},
	{"not judged: fields that Windows pods may not have", regexp.MustCompile(`spec\.template\.spec\..*(windowsOptions)`)},
}

// NotJudged is the rule that the library does not have and that these mistakes break, if there is one.
func NotJudged(mistakes []statefulset.FieldError) (Difference, bool) {
	for _, mistake := range mistakes {
		for _, rule := range notJudged {
			if rule.field.MatchString(mistake.Field) {
				return rule.Difference, true
			}
		}
	}
	return "", false
}

// CompareManifests says where the judgements differ in an unwanted way, and which wanted differences showed.
func CompareManifests(m *Manifest, theirs, ours Judgement) (unwanted []string, shown []Difference) {
	unwanted, shown = compareStored(theirs, ours.Stored)
	show := func(difference Difference) {
		if !slices.Contains(shown, difference) {
			shown = append(shown, difference)
		}
	}
	mistakes := func(of Judgement) []statefulset.FieldError {
		var kept []statefulset.FieldError
	next:
		for _, mistake := range of.Mistakes {
			for _, rule := range notJudged {
				if rule.field.MatchString(mistake.Field) {
					show(rule.Difference)
					continue next
				}
			}
			kept = append(kept, mistake)
		}
		return kept
	}
	left, right := mistakes(theirs), mistakes(ours)
	if metadata, _ := m.Set["metadata"].(map[string]any); m.Old == nil && (metadata["name"] == nil || metadata["name"] == "") {
		generated := func(mistake statefulset.FieldError) bool {
			return mistake.Field == "metadata.name" && mistake.Reason == "FieldValueInvalid"
		}
		if metadata["generateName"] != nil && slices.ContainsFunc(left, generated) {
			show(GeneratedName)
			left = slices.DeleteFunc(left, generated)
		}
	}
	order := func(all []statefulset.FieldError) {
		claims := claimNames(m.Set)
		for i, mistake := range all {
			if match := claimVolume.FindStringSubmatch(mistake.Field); match != nil && len(claims) > 1 && len(match[1]) == 1 && int(match[1][0]-'0') < len(claims) {
				all[i].Field = claimVolume.ReplaceAllString(mistake.Field, ".volumes[of a claim]")
				show(ClaimOrder)
			}
		}
	}
	order(left)
	order(right)
	missing, extra := without(left, right), without(right, left)
	for _, mistake := range missing {
		same := func(other statefulset.FieldError) bool {
			return other.Field == mistake.Field && other.Reason == mistake.Reason && structured(mistake.Message) && structured(other.Message) && detail(other.Message) == detail(mistake.Message)
		}
		if i := slices.IndexFunc(extra, same); i >= 0 {
			show(OwnTypes)
			extra = slices.Delete(extra, i, i+1)
			continue
		}
		unwanted = append(unwanted, fmt.Sprintf("theirs alone: %s: %s", mistake.Reason, mistake))
	}
	for _, mistake := range extra {
		unwanted = append(unwanted, fmt.Sprintf("ours alone: %s: %s", mistake.Reason, mistake))
	}
	return unwanted, shown
}

var claimVolume = regexp.MustCompile(`\.volumes\[(\d+)\]`)

func claimNames(set map[string]any) map[any]bool {
	names := map[any]bool{}
	spec, _ := set["spec"].(map[string]any)
	claims, _ := spec["volumeClaimTemplates"].([]any)
	for _, claim := range claims {
		claim, _ := claim.(map[string]any)
		metadata, _ := claim["metadata"].(map[string]any)
		names[metadata["name"]] = true
	}
	return names
}

// structured says whether the value in a message is one with fields or items.
func structured(message string) bool {
	_, value, _ := strings.Cut(message, ": ")
	return strings.HasPrefix(value, "{") || strings.HasPrefix(value, "[") || strings.HasPrefix(value, "&") || strings.HasPrefix(value, "null")
}

func detail(message string) string {
	return message[strings.LastIndex(message, ": "):]
}

// without are those that do not stand in the other list. What is said twice counts once.
func without(some, others []statefulset.FieldError) []statefulset.FieldError {
	var rest []statefulset.FieldError
	for _, one := range some {
		if !slices.Contains(others, one) && !slices.Contains(rest, one) {
			rest = append(rest, one)
		}
	}
	return rest
}

// compareStored says where what is stored differs. Every byte counts.
func compareStored(theirs Judgement, ours Stored) (unwanted []string, shown []Difference) {
	if theirs.Closed != nil {
		if field, known := theirs.closedField(); known {
			shown = append(shown, ClosedGate)
		} else {
			unwanted = append(unwanted, "taken away: "+field)
		}
	}
	if !bytes.Equal(theirs.Whole, ours.Whole) {
		unwanted = append(unwanted, "stored: "+firstDifference(theirs.Whole, ours.Whole))
	}
	if !bytes.Equal(theirs.Revision.Data, ours.Revision.Data) {
		unwanted = append(unwanted, "data of the revision: "+firstDifference(theirs.Revision.Data, ours.Revision.Data))
	}
	if theirs.Revision.Name != ours.Revision.Name {
		unwanted = append(unwanted, fmt.Sprintf("the revision: theirs %s, ours %s", theirs.Revision.Name, ours.Revision.Name))
	}
	return unwanted, shown
}

// firstDifference names a field in which two objects differ.
func firstDifference(theirs, ours []byte) string {
	var left, right any
	if err := json.Unmarshal(theirs, &left); err != nil {
		return err.Error()
	}
	if err := json.Unmarshal(ours, &right); err != nil {
		return err.Error()
	}
	if found := differs("", left, right); found != "" {
		return found
	}
	return fmt.Sprintf("theirs %s, ours %s", theirs, ours)
}

func differs(path string, theirs, ours any) string {
	left, ok := theirs.(map[string]any)
	right, too := ours.(map[string]any)
	if ok && too {
		names := slices.Collect(maps.Keys(left))
		names = slices.AppendSeq(names, maps.Keys(right))
		slices.Sort(names)
		for _, name := range names {
			value, given := left[name]
			other, known := right[name]
			if given != known {
				return fmt.Sprintf("%s/%s: theirs %s, ours %s", path, name, shownOr(value, given), shownOr(other, known))
			}
			if found := differs(path+"/"+name, value, other); found != "" {
				return found
			}
		}
		return ""
	}
	items, ok := theirs.([]any)
	others, too := ours.([]any)
	if ok && too && len(items) == len(others) {
		for i := range items {
			if found := differs(fmt.Sprintf("%s/%d", path, i), items[i], others[i]); found != "" {
				return found
			}
		}
		return ""
	}
	if reflect.DeepEqual(theirs, ours) {
		return ""
	}
	return fmt.Sprintf("%s: theirs %s, ours %s", path, shownOr(theirs, true), shownOr(ours, true))
}

func shownOr(value any, given bool) string {
	if !given {
		return "nothing"
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
