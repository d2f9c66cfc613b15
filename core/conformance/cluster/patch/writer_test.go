package patch

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"statefulset.internal/conformance/cluster"
	"statefulset.internal/conformance/draw"
)

// What several writers make of an object, one after the other, and who manages its fields then.
func TestWriters(t *testing.T) {
	judge := &writers{cluster.Ask(t), cluster.Counts{}, map[string]*writer{}}
	cluster.Run(t, "sequences of writes", judge)
	fmt.Print(judge.counts)
	writes := 0
	for _, count := range judge.counts {
		writes += count
	}
	fmt.Printf("%9d  writes in all\n", writes)
}

type writers struct {
	ours   *cluster.Ours
	counts cluster.Counts
	known  map[string]*writer
}

// The data of a ControllerRevision have no type. The API server takes them apart as a map of anything, and the simulator as an
// object with fields: it lists one entry less.
func isTyped(kind cluster.Kind) bool { return kind.Name != "ControllerRevision" }

var typedKinds = slices.DeleteFunc(slices.Clone(cluster.Kinds), func(kind cluster.Kind) bool { return !isTyped(kind) })

func (j *writers) of(kind cluster.Kind) *writer {
	if j.known[kind.Name] == nil {
		j.known[kind.Name] = newWriter(kind)
	}
	return j.known[kind.Name]
}

func (j *writers) Differ(c *draw.Choices) (differences []string, text string) {
	kind := typedKinds[c.Below(len(typedKinds))]
	shape := reflect.TypeOf(kind.New()).Elem()
	base := structure(c, shape, 0)
	var live object
	configs := map[string]object{}
	// Now and then so many update it that the oldest are taken together.
	most, applies := 7, 2
	if c.Once(60) {
		most, applies = 40, 8
	}
	for range c.Some(most, 2*most) {
		question, theirs := j.write(c, kind, shape, base, live, configs, c.Below(applies) == 0)
		if theirs == nil {
			continue
		}
		after, differences, text := j.compare(kind, question, caught(theirs))
		if len(differences) > 0 {
			return differences, text
		}
		if after != nil {
			live = after
			live["metadata"].(object)["uid"] = "u"
		}
	}
	return nil, ""
}

// write is one write, as a question and as what the API server's code answers to it.
func (j *writers) write(c *draw.Choices, kind cluster.Kind, shape reflect.Type, base, live object, configs map[string]object, applies bool) (object, func() answer) {
	writer := j.of(kind)
	question := object{"about": "write", "kind": kind.Name, "apiVersion": kind.APIVersion, "live": live, "time": moment}
	if live == nil {
		question["live"] = nil
	}
	if !applies {
		to := base
		if live != nil {
			to = live
		}
		to = edited(c, shape, to, "", 0).(object)
		identify(kind, to)
		delete(to["metadata"].(object), "managedFields")
		if live != nil {
			to["metadata"].(object)["uid"] = "u"
			switch c.Below(30) {
			case 28:
				to["metadata"].(object)["managedFields"] = []any{}
			case 29:
				to["metadata"].(object)["managedFields"] = []any{object{}}
			}
		}
		manager := draw.Pick(c, "u", "v", "kubectl-client-side-apply", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9")
		subresource := ""
		if live != nil {
			subresource = draw.Mostly(c, 4, "", "status")
		}
		forget := to["metadata"].(object)["managedFields"]
		to, err := writer.full(to)
		if err != nil {
			return nil, nil
		}
		if forget != nil {
			// Go's types would leave the empty list out.
			to["metadata"].(object)["managedFields"] = forget
		}
		question["how"], question["object"], question["manager"], question["subresource"] = "update", to, manager, subresource
		return question, func() answer { return writer.update(live, to, manager, subresource) }
	}
	manager := draw.Pick(c, "a", "b", "kubectl")
	from := base
	switch {
	case configs[manager] != nil && !c.Once(4):
		from = configs[manager]
	case live != nil && c.Once(2):
		from = live
	}
	config := edited(c, shape, from, "", 0).(object)
	identify(kind, config)
	delete(config["metadata"].(object), "managedFields")
	delete(config["metadata"].(object), "uid")
	configs[manager] = plainOf(config)
	if c.Once(15) {
		spoil(c, config)
	}
	force := c.Once(3)
	question["how"], question["object"], question["manager"], question["force"] = "apply", config, manager, force
	return question, func() answer { return writer.apply(live, config, manager, force) }
}

// identify gives an object its name.
func identify(kind cluster.Kind, it object) {
	it["kind"], it["apiVersion"] = kind.Name, kind.APIVersion
	metadata, is := it["metadata"].(object)
	if !is {
		metadata = object{}
	} else {
		metadata = plainOf(metadata)
	}
	metadata["name"], metadata["namespace"] = "n", "ns"
	it["metadata"] = metadata
}

// lastApplied is where kubectl keeps what it has applied.
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

// spoil makes something of a configuration that its type does not know, or nothing, or what was applied by the client.
func spoil(c *draw.Choices, config object) {
	metadata := config["metadata"].(object)
	switch c.Below(6) {
	case 0:
		metadata["annotations"] = object{lastApplied: written(config) + "\n"}
	case 1:
		metadata["unknown"] = "x"
	case 2:
		metadata["labels"] = draw.Pick[any](c, "x", []any{"a", 1.0}, object{"a": 1.0}, nil)
	case 3:
		config["spec"] = draw.Pick[any](c, nil, "x", object{"b": true})
	case 4:
		metadata["finalizers"] = draw.Pick[any](c, []any{"a", "a"}, []any{object{}}, []any{nil}, nil, object{"a": 1.0})
	case 5:
		metadata["ownerReferences"] = draw.Pick[any](c, []any{object{"name": "x"}, object{"name": "y"}}, []any{"x"}, []any{nil})
	}
}

func (j *writers) compare(kind cluster.Kind, question object, theirs answer) (after object, differences []string, text string) {
	how := question["how"].(string)
	var ours answer
	asked := written(question)
	if err := j.ours.Ask(question, &ours); err != nil {
		return nil, []string{"ours: " + err.Error()}, asked
	}
	differ := func(what string, theirs, ours any) (object, []string, string) {
		return nil, []string{fmt.Sprintf("%s of %s: %s:\ntheirs %s\nours   %s", how, kind.Name, what, theirs, ours)}, asked
	}
	switch {
	case strings.HasPrefix(theirs.Error, panicked):
		j.counts[how+", where Kubernetes' library panics"]++
		return nil, nil, ""
	case strings.Contains(theirs.Error, "ontainerStatuses"):
		// The simulator does not look into the statuses of containers.
		j.counts[how+", refused because of what is deep in a container's status"]++
		return nil, nil, ""
	case strings.Contains(theirs.Error, "errors:") && ours.Error != "":
		j.counts[how+", refused by both for several reasons"]++
		return nil, nil, ""
	case strings.Contains(ours.Error, "errors:") && strings.Contains(ours.Error, reason(theirs.Error)):
		// Go goes through fields in no order, and stops at the first that there is not.
		j.counts[how+", refused by both for one of several reasons"]++
		return nil, nil, ""
	case theirs.Error != ours.Error:
		return differ("the errors differ", theirs.Error, ours.Error)
	case strings.HasPrefix(theirs.Error, "Apply failed"):
		j.counts[how+", conflicts"]++
		return nil, nil, ""
	case theirs.Error != "":
		j.counts[how+", refused by both"]++
		return nil, nil, ""
	}
	made, err := j.of(kind).full(ours.Result.(object))
	if err != nil {
		return differ("ours cannot be read", "", err.Error())
	}
	// Written as ours, so that an entry that only Go's types would lose is not lost.
	theirObject, theirManagers := apart(theirs.Result.(object))
	ourObject, ourManagers := apart(made)
	if !reflect.DeepEqual(theirObject, ourObject) {
		return differ("the objects differ", written(theirObject), written(ourObject))
	}
	if !slices.Equal(theirManagers, ourManagers) {
		return differ("the managers differ", strings.Join(theirManagers, "\n       "), strings.Join(ourManagers, "\n       "))
	}
	switch {
	case slices.ContainsFunc(theirManagers, func(it string) bool { return strings.Contains(it, "ancient-changes") }):
		how += ", of many managers"
	case how == "apply" && question["force"].(bool):
		how += " by force"
	}
	j.counts[how]++
	return theirs.Result.(object), nil, ""
}

// reason is what is wrong with an object, without which object it is.
func reason(refusal string) string {
	_, why, _ := strings.Cut(refusal, "): ")
	if why == "" {
		return refusal
	}
	return why
}

// Each field of each kind has the owners that it has for the API server.
func TestEveryOwner(t *testing.T) {
	judge := &writers{cluster.Ask(t), cluster.Counts{}, map[string]*writer{}}
	asked, refused := 0, 0
	for _, kind := range typedKinds {
		var visit func(reflect.Type, []string)
		visit = func(at reflect.Type, path []string) {
			if len(path) > 10 {
				return
			}
			for _, field := range fields(at) {
				below := append(slices.Clone(path), field.name)
				if below[0] == "apiVersion" || below[0] == "kind" || field.name == "managedFields" {
					continue
				}
				of := bare(field.kind)
				for of.Kind() == reflect.Slice && of.Elem().Kind() != reflect.Uint8 {
					below, of = append(below, "0"), bare(of.Elem())
				}
				config := nestedAll(below, sample(of))
				identify(kind, config)
				question := object{"about": "write", "how": "apply", "kind": kind.Name, "apiVersion": kind.APIVersion, "live": nil, "object": config, "manager": "a", "force": false, "time": moment}
				theirs := caught(func() answer { return judge.of(kind).apply(nil, config, "a", false) })
				if theirs.Error != "" {
					refused++
				}
				_, differences, _ := judge.compare(kind, question, theirs)
				for _, difference := range differences {
					t.Errorf("%v: %s", below, difference)
				}
				asked++
				if isObject(of) && !slices.Contains(path, field.name) {
					visit(of, below)
				}
			}
		}
		visit(reflect.TypeOf(kind.New()).Elem(), nil)
	}
	fmt.Printf("%d fields of %d kinds, %d refused by both\n", asked, len(typedKinds), refused)
}

// sample is a value of a type with something inside, if anything can be.
func sample(kind reflect.Type) any {
	switch kind.Name() {
	case "Quantity":
		return "1"
	case "Time":
		return moment
	case "MicroTime":
		return "2026-01-01T00:00:00.000000Z"
	case "IntOrString":
		return "a"
	case "RawExtension", "FieldsV1":
		return object{}
	}
	switch kind.Kind() {
	case reflect.Bool:
		return true
	case reflect.String:
		return "a"
	case reflect.Slice:
		if kind.Elem().Kind() != reflect.Uint8 {
			return []any{sample(bare(kind.Elem()))}
		}
		return "YQ=="
	case reflect.Map:
		return object{"k": sample(bare(kind.Elem()))}
	case reflect.Struct:
		return object{}
	}
	return 1.0
}

// nestedAll is an object with a value at a path. A step 0 is the only item of a list.
func nestedAll(path []string, value any) object {
	for _, part := range slices.Backward(path[1:]) {
		if part == "0" {
			value = []any{value}
		} else {
			value = object{part: value}
		}
	}
	var made object
	if err := json.Unmarshal([]byte(written(object{path[0]: value})), &made); err != nil {
		panic(err)
	}
	return made
}
