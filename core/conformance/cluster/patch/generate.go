package patch

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	. "statefulset.internal/conformance/draw"
)

type object = map[string]any

// deep is how far an object goes down.
const deep = 7

// value is a random value of a type, in JSON's terms.
func value(c *Choices, kind reflect.Type, depth int) any {
	kind = bare(kind)
	switch kind.Name() {
	case "Quantity":
		return Pick[any](c, "1Gi", "100m", "0", 2.0)
	case "Time":
		return Pick(c, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")
	case "MicroTime":
		return Pick(c, "2026-01-01T00:00:00.000000Z", "2026-01-02T00:00:00.000000Z")
	case "IntOrString":
		return Pick[any](c, 80.0, "http", "25%", 0.0)
	case "RawExtension":
		return object{"spec": object{"replicas": Pick(c, 1.0, 2.0)}}
	case "FieldsV1":
		return object{}
	}
	switch kind.Kind() {
	case reflect.Bool:
		return c.Once(2)
	case reflect.String:
		return Pick(c, "a", "b", "c", "", "1")
	case reflect.Map:
		made := object{}
		for range c.Some(3, 3) {
			made[Pick(c, "a", "b", "c", "example.com/d")] = value(c, kind.Elem(), depth+1)
		}
		return made
	case reflect.Slice:
		if kind.Elem().Kind() == reflect.Uint8 {
			return Pick(c, "YQ==", "Yg==", "")
		}
		return list(c, kind.Elem(), "", depth)
	case reflect.Struct:
		return structure(c, kind, depth)
	}
	return Pick(c, 1.0, 0.0, 2.0, 80.0)
}

func structure(c *Choices, kind reflect.Type, depth int) object {
	made := object{}
	if depth >= deep || !isObject(kind) {
		return made
	}
	for range c.Some(5, 5) {
		field := one(c, fields(kind), made)
		made[field.name] = member(c, field, depth)
	}
	return made
}

// member is a value of a field.
func member(c *Choices, field *field, depth int) any {
	if kind := bare(field.kind); kind.Kind() == reflect.Slice && kind.Elem().Kind() != reflect.Uint8 {
		return list(c, kind.Elem(), field.key, depth)
	}
	return value(c, field.kind, depth+1)
}

// list is a list whose items have their key, mostly a key of their own.
func list(c *Choices, item reflect.Type, key string, depth int) []any {
	made := []any{}
	for range c.Some(4, 4) {
		entry := value(c, item, depth+1)
		if isPlain(entry) && slices.Contains(made, entry) {
			continue
		}
		if fields, ok := entry.(object); ok && key != "" {
			id := keyValue(c, item, key)
			if slices.ContainsFunc(made, func(other any) bool { return other.(object)[key] == id }) && !c.Once(5) {
				continue
			}
			fields[key] = id
		}
		made = append(made, entry)
	}
	return made
}

// isPlain is whether a value has nothing inside.
func isPlain(value any) bool {
	switch value.(type) {
	case object, []any:
		return false
	}
	return true
}

// keyValue is a value of the field that tells the items of a list apart.
func keyValue(c *Choices, item reflect.Type, key string) any {
	for _, field := range fields(bare(item)) {
		if field.name == key {
			switch bare(field.kind).Kind() {
			case reflect.String:
				return Pick(c, "a", "b", "c", "d")
			default:
				return Pick(c, 80.0, 81.0, 82.0, 0.0)
			}
		}
	}
	panic(fmt.Sprintf("%v has no field %s", item, key))
}

// one is a field to look at: mostly one of those that are there, or one that is merged in a special way.
func one(c *Choices, all []field, there object) *field {
	known := func(test func(*field) bool) []int {
		var places []int
		for i := range all {
			if test(&all[i]) {
				places = append(places, i)
			}
		}
		return places
	}
	places := []int{}
	switch c.Below(4) {
	case 0:
		places = known(func(f *field) bool { _, is := there[f.name]; return is })
	case 1:
		places = known(func(f *field) bool { return len(f.strategy) > 0 })
	case 2:
		places = known(func(f *field) bool { return isObject(f.kind) })
	}
	if len(places) == 0 {
		return &all[c.Below(len(all))]
	}
	return &all[places[c.Below(len(places))]]
}

// edited is a value of a type after some changes.
func edited(c *Choices, kind reflect.Type, old any, key string, depth int) any {
	kind = bare(kind)
	switch old := old.(type) {
	case object:
		made := maps.Clone(old)
		isStruct := isObject(kind)
		for _, name := range slices.Sorted(maps.Keys(old)) {
			if name == key {
				continue
			}
			var of *field
			if isStruct {
				of = find(kind, name)
			}
			switch {
			case c.Once(10):
				delete(made, name)
			case of != nil && c.Once(2):
				made[name] = edited(c, of.kind, old[name], of.key, depth+1)
			case kind.Kind() == reflect.Map && c.Once(3):
				made[name] = value(c, kind.Elem(), depth+1)
			}
		}
		if c.Once(4) && depth < deep {
			switch {
			case isStruct:
				field := one(c, fields(kind), made)
				if field.name != key {
					made[field.name] = member(c, field, depth)
				}
			case kind.Kind() == reflect.Map:
				made[Pick(c, "a", "b", "e")] = value(c, kind.Elem(), depth+1)
			}
		}
		return made
	case []any:
		if kind.Kind() != reflect.Slice {
			return old
		}
		made := []any{}
		for _, item := range old {
			switch c.Below(5) {
			case 0, 1:
				made = append(made, item)
			case 2, 3:
				made = append(made, edited(c, kind.Elem(), item, key, depth+1))
			}
		}
		if c.Once(4) {
			made = append(list(c, kind.Elem(), key, depth), made...)
		}
		if c.Once(4) && len(made) > 1 {
			made[0], made[len(made)-1] = made[len(made)-1], made[0]
		}
		return unique(made, key, c)
	default:
		if c.Once(2) {
			return value(c, kind, depth)
		}
		return old
	}
}

// unique leaves out items whose key is there already, mostly.
func unique(items []any, key string, c *Choices) []any {
	seen := map[any]bool{}
	made := []any{}
	for _, item := range items {
		id := item
		if key != "" {
			id = item.(object)[key]
		} else if !isPlain(item) {
			return items
		}
		if !seen[id] || key != "" && c.Once(5) {
			made = append(made, item)
		}
		seen[id] = true
	}
	return made
}

func find(kind reflect.Type, name string) *field {
	all := fields(kind)
	for i := range all {
		if all[i].name == name {
			return &all[i]
		}
	}
	return nil
}
