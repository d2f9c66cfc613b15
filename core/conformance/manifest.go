package conformance

import (
	"encoding/json"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

// Manifest is a StatefulSet as somebody writes it: JSON, with values of the right types, and odd ones among them. One that
// is to replace another has that one beside it.
type Manifest struct {
	Gates Gates          `json:"gates"`
	Old   map[string]any `json:"old,omitempty"`
	Set   map[string]any `json:"set"`
}

// YAML is the manifest as a file that can be replayed.
func (m *Manifest) YAML() string {
	text, err := yaml.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// ReadManifest reads such a file.
func ReadManifest(text []byte) (*Manifest, error) {
	var m Manifest
	return &m, yaml.UnmarshalStrict(text, &m)
}

// GenerateManifest makes one: a good set with some fields changed, as the table of fields says.
func GenerateManifest(c *Choices, gates Gates) *Manifest {
	m := &Manifest{Gates: gates, Set: goodSet(c)}
	if c.Once(2) {
		// What is there already is mostly good; what was stored long ago may not be.
		m.Old = m.Set
		for range Mostly(c, 3, 0, 1, 2) {
			change(c, m.Old)
		}
		m.Set = copyOf(m.Old)
	}
	for range c.Below(6) {
		change(c, m.Set)
	}
	return m
}

func goodSet(c *Choices) map[string]any {
	container := map[string]any{"name": "main", "image": "nginx"}
	template := map[string]any{
		"metadata": map[string]any{"labels": map[string]any{"app": "web"}},
		"spec":     map[string]any{"containers": []any{container}},
	}
	spec := map[string]any{
		"selector":    map[string]any{"matchLabels": map[string]any{"app": "web"}},
		"serviceName": "web",
		"template":    template,
	}
	set := map[string]any{
		"apiVersion": "apps/v1",
		"kind":       "StatefulSet",
		"metadata":   map[string]any{"name": "web", "namespace": "default", "uid": "u", "resourceVersion": "1"},
		"spec":       spec,
	}
	if c.Once(2) {
		claim := map[string]any{"accessModes": []any{"ReadWriteOnce"}, "resources": map[string]any{"requests": map[string]any{"storage": "1Gi"}}}
		spec["volumeClaimTemplates"] = []any{map[string]any{"metadata": map[string]any{"name": "data"}, "spec": claim}}
		container["volumeMounts"] = []any{map[string]any{"name": "data", "mountPath": "/data"}}
	}
	return set
}

func copyOf(set map[string]any) map[string]any {
	text, err := json.Marshal(set)
	if err != nil {
		panic(err)
	}
	var copied map[string]any
	if err := json.Unmarshal(text, &copied); err != nil {
		panic(err)
	}
	return copied
}

func change(c *Choices, set map[string]any) {
	field := manifestFields[c.Below(len(manifestFields))]
	path := strings.Split(field.path, "/")
	for i, name := range path {
		// A slash of a name's own.
		path[i] = strings.ReplaceAll(name, "~", "/")
	}
	put(set, path, field.value(c))
}

// put sets the value at a path, whose numbers are places in lists. What is missing on the way is made; a place after the
// end of a list is its next one.
func put(into any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	if place, err := strconv.Atoi(path[0]); err == nil {
		list, _ := into.([]any)
		place = min(place, len(list))
		if place == len(list) {
			list = append(list, nil)
		}
		list[place] = put(list[place], path[1:], value)
		return list
	}
	fields, ok := into.(map[string]any)
	if !ok || fields == nil {
		fields = map[string]any{}
	}
	fields[path[0]] = put(fields[path[0]], path[1:], value)
	return fields
}
