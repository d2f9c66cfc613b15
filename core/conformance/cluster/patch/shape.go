package patch

import (
	"reflect"
	"slices"
	"strings"
	"sync"
)

// field is a field of a type, as JSON has it.
type field struct {
	name string
	kind reflect.Type
	// What its tags say of patches.
	strategy []string
	key      string
}

// fields are those of a struct, with those of the structs that are inlined in it.
func fields(kind reflect.Type) []field {
	if known, ok := shapes.Load(kind); ok {
		return known.([]field)
	}
	var all []field
	for i := range kind.NumField() {
		it := kind.Field(i)
		name, options, _ := strings.Cut(it.Tag.Get("json"), ",")
		switch {
		case name == "" && (it.Anonymous || strings.Contains(options, "inline")):
			all = append(all, fields(it.Type)...)
		case name != "" && name != "-":
			var strategy []string
			if text := it.Tag.Get("patchStrategy"); text != "" {
				strategy = strings.Split(text, ",")
			}
			all = append(all, field{name, it.Type, strategy, it.Tag.Get("patchMergeKey")})
		}
	}
	shapes.Store(kind, all)
	return all
}

var shapes sync.Map

func (f *field) merges() bool { return slices.Contains(f.strategy, "merge") }

// bare is the type behind a pointer.
func bare(kind reflect.Type) reflect.Type {
	for kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	return kind
}

// isObject is whether JSON has fields where this type is.
func isObject(kind reflect.Type) bool {
	kind = bare(kind)
	return kind.Kind() == reflect.Struct && !isLeaf(kind) && len(fields(kind)) > 0
}

// isLeaf is whether a struct is written as one plain value.
func isLeaf(kind reflect.Type) bool {
	switch kind.Name() {
	case "Quantity", "Time", "MicroTime", "IntOrString", "RawExtension", "FieldsV1":
		return true
	}
	return false
}
