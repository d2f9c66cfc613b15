// Package objects makes objects at random, as an API server would have stored them.
package objects

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	. "statefulset.internal/conformance/draw"
)

// Object is one as JSON has it.
type Object = map[string]any

// lasted are seconds. Each lies beside a border at which ages are told in another way.
var lasted = []int{0, 1, 59, 119, 120, 121, 180, 599, 600, 3600, 3 * 3600, 3*3600 + 60, 8*3600 - 1, 8 * 3600, 47 * 3600, 48 * 3600, 49 * 3600,
	8 * 86400, 700 * 86400, 729 * 86400, 731 * 86400, 800 * 86400, 8 * 365 * 86400, 9 * 365 * 86400, -1, -5}

// Maker makes objects at a moment.
type Maker struct {
	*Choices
	Now   time.Time
	Words *Words
}

func (m Maker) structure(kind reflect.Type) Object {
	made := Object{}
	wanted, chosen := m.Words.Read[kind.Name()]
	if one[kind.Name()] {
		all := wanted
		if !chosen {
			all = names(kind)
		}
		wanted, chosen = []string{all[m.Below(len(all))]}, true
	}
	for i := range kind.NumField() {
		field := kind.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "" && (field.Anonymous || strings.Contains(options, "inline")):
			if field.Type.Name() != "TypeMeta" {
				for name, value := range m.structure(field.Type) {
					made[name] = value
				}
			}
		case name == "" || name == "-" || chosen && !slices.Contains(wanted, name):
		case name == "metadata" || name == "spec" || name == "status" && kind.Kind() == reflect.Struct && field.Type.Kind() == reflect.Struct:
			made[name] = m.Value(field.Type, kind.Name(), name)
		case one[kind.Name()] || m.Words.Always[kind.Name()+"."+name] || m.Below(3) > 0:
			made[name] = m.Value(field.Type, kind.Name(), name)
		}
	}
	if m.Words.Shape != nil {
		m.Words.Shape(m, kind, made)
	}
	return made
}

// names are those of all fields of a type.
func names(kind reflect.Type) (all []string) {
	for i := range kind.NumField() {
		name, _, _ := strings.Cut(kind.Field(i).Tag.Get("json"), ",")
		all = append(all, name)
	}
	return all
}

// Value makes one of a type: a field of this name, of a holder with that type.
func (m Maker) Value(kind reflect.Type, holder, name string) any {
	for kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	switch kind.Name() {
	case "Quantity":
		return m.Words.Quantities[m.Below(len(m.Words.Quantities))]
	case "Time":
		return m.Now.Add(-time.Duration(lasted[m.Below(len(lasted))]) * time.Second).UTC().Format(time.RFC3339)
	case "MicroTime":
		return m.Now.Add(-time.Duration(lasted[m.Below(len(lasted))]) * time.Second).UTC().Format("2006-01-02T15:04:05.000000Z07:00")
	case "IntOrString":
		return Pick[any](m.Choices, 1.0, "25%", 0.0)
	case "RawExtension", "FieldsV1":
		return Object{}
	}
	switch kind.Kind() {
	case reflect.Bool:
		return m.Once(2)
	case reflect.String:
		for _, key := range []string{holder + "." + name, name} {
			for _, texts := range []map[string][]string{m.Words.Texts, texts} {
				if known, ok := texts[key]; ok {
					return known[m.Below(len(known))]
				}
			}
		}
		return Pick(m.Choices, "a", "b", "c", "")
	case reflect.Map:
		made := Object{}
		known, ok := m.Words.Keys[name]
		if !ok {
			known, ok = keys[name]
		}
		if !ok {
			known = []string{"a", "b", "c"}
		}
		for range m.Some(4, 3) {
			text := m.Value(kind.Elem(), name, "value")
			made[known[m.Below(len(known))]] = text
		}
		return made
	case reflect.Slice:
		if kind.Elem().Kind() == reflect.Uint8 {
			return "YQ=="
		}
		made := []any{}
		for range m.Some(5, 3) {
			made = append(made, m.Value(kind.Elem(), holder, name))
		}
		return made
	case reflect.Struct:
		return m.structure(kind)
	}
	return Pick(m.Choices, 0.0, 1.0, 2.0, 80.0, 137.0)
}

// Object makes one of a kind.
func (m Maker) Object(kind reflect.Type) Object {
	made := m.structure(kind)
	metadata := made["metadata"].(Object)
	metadata["name"] = "it"
	// At most one of the owners is the controller.
	controller := false
	owners, _ := metadata["ownerReferences"].([]any)
	for _, owner := range owners {
		if owner := owner.(Object); owner["controller"] == true {
			owner["controller"] = !controller
			controller = true
		}
	}
	if spec, ok := made["spec"].(Object); ok && kind.Name() == "Service" {
		if address, ok := spec["clusterIP"]; ok {
			spec["clusterIPs"] = []any{address}
		}
		if _, ok := spec["type"]; !ok {
			spec["type"] = "ClusterIP"
		}
		ports, _ := spec["ports"].([]any)
		for _, port := range ports {
			if port := port.(Object); port["protocol"] == nil {
				port["protocol"] = "TCP"
			}
		}
	}
	if status, ok := made["status"].(Object); ok && kind.Name() == "Pod" && status["podIP"] != nil {
		status["podIPs"] = []any{Object{"ip": status["podIP"]}}
	}
	if kind.Name() == "PriorityClass" && made["preemptionPolicy"] == nil {
		made["preemptionPolicy"] = "PreemptLowerPriority"
	}
	return made
}

// Typed reads the object into its Go type.
func Typed(made Object, into any) error {
	text, err := json.Marshal(made)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	return nil
}
