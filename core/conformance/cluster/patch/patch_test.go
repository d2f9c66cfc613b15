package patch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	"k8s.io/apimachinery/pkg/util/strategicpatch"

	"statefulset.internal/conformance/cluster"
	"statefulset.internal/conformance/draw"
)

// What patches and kubectl's apply make of objects.
func TestPatches(t *testing.T) {
	judge := &judge{cluster.Ask(t), cluster.Counts{}}
	cluster.Run(t, "patches", judge)
	fmt.Print(judge.counts)
}

type judge struct {
	ours   *cluster.Ours
	counts cluster.Counts
}

// rawField is how Kubernetes' library refuses to merge what lies deep in a ControllerRevision's data: it has no fields for
// that. The simulator merges it.
var rawField = regexp.MustCompile(`^unable to find api field in struct RawExtension`)

// listInMap is how Kubernetes' library refuses to merge a list that is an entry of a map. The simulator merges it.
var listInMap = regexp.MustCompile(`^merging an object in json but data type is not struct, instead is: map`)

// answer is an object, or why there is none.
type answer struct {
	Result any    `json:"result"`
	Error  string `json:"error"`
}

func (j *judge) Differ(c *draw.Choices) ([]string, string) {
	kind := cluster.Kinds[c.Below(len(cluster.Kinds))]
	shape := reflect.TypeOf(kind.New()).Elem()
	live := structure(c, shape, 0)
	how := draw.Pick(c, "strategic", "apply", "merge", "json")
	question := map[string]any{"about": "patch", "how": how, "kind": kind.Name, "apiVersion": kind.APIVersion, "object": live}
	var theirs func() answer
	switch how {
	case "apply":
		last := edited(c, shape, live, "", 0).(object)
		wanted := edited(c, shape, last, "", 0).(object)
		question["last"], question["wanted"] = last, wanted
		theirs = func() answer { return applied(kind, last, wanted, live) }
	case "json":
		patch := operations(c, live)
		question["patch"] = patch
		theirs = func() answer { return operated(patch, live) }
	default:
		patch := laid(c, shape, live, how == "strategic", 0)
		question["patch"] = patch
		theirs = func() answer { return laidOver(kind, patch, live, how) }
	}
	return j.compare(kind, how, question, caught(theirs))
}

// panicked is the error of a library that did not say what is wrong. An API server makes an internal error of it.
const panicked = "panic: "

func caught(ask func() answer) (result answer) {
	defer func() {
		if why := recover(); why != nil {
			result = answer{Error: fmt.Sprint(panicked, why)}
		}
	}()
	return ask()
}

func (j *judge) compare(kind cluster.Kind, how string, question map[string]any, theirs answer) (differences []string, text string) {
	var ours answer
	asked, _ := json.Marshal(question)
	if err := j.ours.Ask(question, &ours); err != nil {
		return []string{"ours: " + err.Error()}, string(asked)
	}
	switch {
	case theirs.Error != "" && ours.Error != "":
		j.counts[how+", refused by both"]++
	case strings.HasPrefix(theirs.Error, panicked):
		j.counts[how+", where Kubernetes' library panics"]++
	case rawField.MatchString(theirs.Error):
		j.counts[how+", refused because of a field in raw JSON"]++
	case listInMap.MatchString(theirs.Error):
		j.counts[how+", refused because of a list in a map"]++
	case theirs.Error != "" || ours.Error != "":
		differences = append(differences, fmt.Sprintf("%s of %s: theirs refuses %q, ours %q", how, kind.Name, theirs.Error, ours.Error))
	case !reflect.DeepEqual(theirs.Result, ours.Result):
		differences = append(differences, fmt.Sprintf("%s of %s: the results differ:\ntheirs %s\nours   %s", how, kind.Name, written(theirs.Result), written(ours.Result)))
	case reflect.DeepEqual(ours.Result, question["object"]):
		j.counts[how+", nothing changed"]++
	default:
		j.counts[how]++
	}
	return differences, string(asked)
}

func written(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// read is what a text of JSON says.
func read(text []byte, err error) answer {
	if err != nil {
		return answer{Error: err.Error()}
	}
	var it any
	if err := json.Unmarshal(text, &it); err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Result: it}
}

func laidOver(kind cluster.Kind, patch, live object, how string) answer {
	if how == "merge" {
		return read(jsonpatch.MergePatch([]byte(written(live)), []byte(written(patch))))
	}
	return read(strategicpatch.StrategicMergePatch([]byte(written(live)), []byte(written(patch)), kind.New()))
}

func operated(patch []any, live object) answer {
	operations, err := jsonpatch.DecodePatch([]byte(written(patch)))
	if err != nil {
		return answer{Error: err.Error()}
	}
	text, err := operations.Apply([]byte(written(live)))
	if err == nil && !bytes.HasPrefix(text, []byte("{")) {
		return answer{Error: "not an object any more"}
	}
	return read(text, err)
}

// applied is what comes of kubectl's apply: it compares three versions, and the API server lays the difference over the
// live one.
func applied(kind cluster.Kind, last, wanted, live object) answer {
	schema, err := strategicpatch.NewPatchMetaFromStruct(kind.New())
	if err != nil {
		return answer{Error: err.Error()}
	}
	patch, err := strategicpatch.CreateThreeWayMergePatch([]byte(written(last)), []byte(written(wanted)), []byte(written(live)), schema, true)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return read(strategicpatch.StrategicMergePatch([]byte(written(live)), patch, kind.New()))
}

// Each list of each kind is merged by the same rules.
func TestEveryList(t *testing.T) {
	ours := cluster.Ask(t)
	asked := 0
	for _, kind := range cluster.Kinds {
		var visit func(reflect.Type, []string)
		visit = func(at reflect.Type, path []string) {
			if len(path) > 10 {
				return
			}
			for _, field := range fields(at) {
				below := append(slices.Clone(path), field.name)
				of := bare(field.kind)
				if of.Kind() == reflect.Slice && of.Elem().Kind() != reflect.Uint8 {
					item := bare(of.Elem())
					one, other := items(item, field.key)
					live, patch := nested(below, []any{one}), nested(below, []any{other})
					theirs := laidOver(kind, patch, live, "strategic")
					var answer answer
					question := map[string]any{"about": "patch", "how": "strategic", "kind": kind.Name, "apiVersion": kind.APIVersion, "object": live, "patch": patch}
					if err := ours.Ask(question, &answer); err != nil {
						t.Fatal(err)
					}
					if !reflect.DeepEqual(theirs, answer) {
						t.Errorf("%s %v: theirs %s %s, ours %s %s", kind.Name, below, written(theirs.Result), theirs.Error, written(answer.Result), answer.Error)
					}
					asked++
					below, of = append(below, "0"), item
				}
				if isObject(of) && !slices.Contains(path, field.name) {
					visit(of, below)
				}
			}
		}
		visit(reflect.TypeOf(kind.New()).Elem(), nil)
	}
	fmt.Printf("%d lists of %d kinds\n", asked, len(cluster.Kinds))
}

// items are two items of a list.
func items(kind reflect.Type, key string) (one, other any) {
	switch {
	case key != "":
		return object{key: "a"}, object{key: "b"}
	case isObject(kind) || kind.Kind() == reflect.Map:
		return object{"a": "a"}, object{"a": "b"}
	}
	return "a", "b"
}

// nested is an object with a value at a path. A list on the way has an item of each name that might be a key.
func nested(path []string, value any) object {
	for _, part := range slices.Backward(path[1:]) {
		if part != "0" {
			value = object{part: value}
			continue
		}
		item := value.(object)
		for _, key := range []string{"name", "uid", "type", "ip", "key", "containerPort", "port", "mountPath", "devicePath", "topologyKey", "status", "resourceClaimName"} {
			if _, is := item[key]; !is {
				item[key] = "k"
			}
		}
		value = []any{item}
	}
	return object{path[0]: value}
}
