package conformance

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	apps "k8s.io/api/apps/v1"
)

// drawnForms are the ways in which a field is given.
var drawnForms = []string{"a value", "zero", "null"}

// drawnField is a field of a type and the places in a StatefulSet where it is found.
type drawnField struct {
	name  string
	kind  reflect.Type
	paths [][]string
}

// drawnFields are all fields of all types that a StatefulSet is made of, in a fixed order.
var drawnFields = func() []drawnField {
	found := map[string]*drawnField{}
	var visit func(reflect.Type, []string)
	visit = func(kind reflect.Type, path []string) {
		switch {
		case kind.Kind() == reflect.Pointer:
			visit(kind.Elem(), path)
		case kind.Kind() == reflect.Slice:
			visit(kind.Elem(), append(slices.Clone(path), "0"))
		case hasShape(kind):
			for _, field := range shapeOf(kind) {
				place := append(slices.Clone(path), field.name)
				name := kind.Name() + "." + field.name
				if found[name] == nil {
					found[name] = &drawnField{name: name, kind: field.kind}
				}
				found[name].paths = append(found[name].paths, place)
				visit(field.kind, place)
			}
		}
	}
	visit(reflect.TypeFor[apps.StatefulSet](), nil)
	// Without these nothing is read as a set.
	delete(found, "StatefulSet.kind")
	delete(found, "StatefulSet.apiVersion")
	var all []drawnField
	for _, name := range slices.Sorted(maps.Keys(found)) {
		all = append(all, *found[name])
	}
	return all
}()

// DrawManifest makes a set out of fields that are drawn from the Go types. It obeys no rule but theirs: an API server may
// refuse it, once it has read it. The second result says which fields were given how.
func DrawManifest(c *Choices, gates Gates) (*Manifest, []string) {
	m := &Manifest{Gates: gates, Set: goodSet(c)}
	var met []string
	for range 1 + c.Below(12) {
		field := drawnFields[c.Below(len(drawnFields))]
		path := field.paths[c.Below(len(field.paths))]
		form := drawnForms[c.Below(len(drawnForms))]
		put(m.Set, path, drawn(c, field.kind, form))
		met = append(met, field.name+" "+form)
	}
	return m, met
}

func drawn(c *Choices, kind reflect.Type, form string) any {
	if form == "null" {
		return nil
	}
	zero := form == "zero"
	switch kind.Name() {
	case "Quantity":
		if zero {
			return "0"
		}
		return Pick[any](c, "1Gi", "1024Mi", 2, "1.5", "0.0001", "1e3", "+5", "100m", "1Ki")
	case "IntOrString":
		if zero {
			return Pick[any](c, 0, "")
		}
		return Pick[any](c, 80, "http", "10%")
	case "Time":
		return Pick[any](c, "2030-01-01T00:00:00Z", "2030-01-01T02:00:00+02:00", "2030-01-01T00:00:00.75Z")
	case "FieldsV1":
		return object{"f:spec": object{}}
	}
	switch kind.Kind() {
	case reflect.Pointer:
		return drawn(c, kind.Elem(), form)
	case reflect.Struct:
		fields := object{}
		if !zero {
			for _, field := range shapeOf(kind) {
				if c.Once(4) && !hasItems(field.kind) {
					fields[field.name] = drawn(c, field.kind, drawnForms[c.Below(len(drawnForms))])
				}
			}
			if c.Once(10) {
				fields["noSuchField"] = Pick[any](c, "a", nil, object{})
			}
		}
		return fields
	case reflect.Slice:
		items := list{}
		for !zero && (len(items) == 0 || c.Once(3)) {
			items = append(items, drawn(c, kind.Elem(), drawnForms[c.Below(len(drawnForms))]))
		}
		return items
	case reflect.Map:
		values := object{}
		for _, key := range []string{"cpu", "b"} {
			if !zero && c.Once(2) {
				values[key] = drawn(c, kind.Elem(), drawnForms[c.Below(len(drawnForms))])
			}
		}
		return values
	case reflect.String:
		if zero {
			return ""
		}
		return Pick(c, "a", "b:latest", "RollingUpdate", "<&>\u2028")
	case reflect.Bool:
		return !zero
	case reflect.Int32, reflect.Int64:
		if zero {
			return 0
		}
		return Pick(c, 1, -1, 5, 1<<31-1)
	default:
		panic(fmt.Sprintf("no value of %s is known", kind))
	}
}

// hasItems says whether values of a type may hold others of any depth. These are drawn as fields of their own.
func hasItems(kind reflect.Type) bool {
	for kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	return kind.Kind() == reflect.Slice || hasShape(kind)
}
