package conformance

import (
	"encoding/json"
	"reflect"
	"strings"

	apps "k8s.io/api/apps/v1"
)

// shapeField is a field of one of the Go types that an API server reads a StatefulSet into.
type shapeField struct {
	name string
	// rule is the word that the library's tables have for when it is written.
	rule string
	kind reflect.Type
}

// shapeOf are the fields of a type with fields, those of embedded ones among them.
func shapeOf(kind reflect.Type) []shapeField {
	var all []shapeField
	for i := range kind.NumField() {
		field := kind.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous && name == "" {
			all = append(all, shapeOf(field.Type)...)
			continue
		}
		all = append(all, shapeField{name, ruleOf(field.Type, options), field.Type})
	}
	return all
}

func ruleOf(kind reflect.Type, options string) string {
	empty, zero := strings.Contains(options, "omitempty"), strings.Contains(options, "omitzero")
	switch {
	case kind.Kind() == reflect.Pointer && empty:
		return "pointer"
	case kind.Kind() == reflect.Pointer:
		return "nullable"
	// A value with fields is never empty for Go.
	case zero, empty && kind.Kind() != reflect.Struct:
		return "omitted"
	default:
		return "kept"
	}
}

// hasShape says whether values of a type are objects with fields of their own, and are not read in a way of their own.
func hasShape(kind reflect.Type) bool {
	_, own := reflect.New(kind).Interface().(json.Unmarshaler)
	return kind.Kind() == reflect.Struct && !own
}

// shapes are all types with fields that a StatefulSet is made of, by name.
func shapes() map[string]reflect.Type {
	found := map[string]reflect.Type{}
	var visit func(reflect.Type)
	visit = func(kind reflect.Type) {
		switch {
		case kind.Kind() == reflect.Pointer, kind.Kind() == reflect.Slice, kind.Kind() == reflect.Map:
			visit(kind.Elem())
		case hasShape(kind) && found[kind.Name()] == nil:
			found[kind.Name()] = kind
			for _, field := range shapeOf(kind) {
				visit(field.kind)
			}
		}
	}
	visit(reflect.TypeFor[apps.StatefulSet]())
	return found
}
