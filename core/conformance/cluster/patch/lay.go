package patch

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	. "statefulset.internal/conformance/draw"
)

// laid is a patch that is to be laid over an object of a type: with directives where it is strategic, now and then with
// something that makes no sense.
func laid(c *Choices, kind reflect.Type, old object, strategic bool, depth int) object {
	made := object{}
	kind = bare(kind)
	for range c.Some(4, 4) {
		if kind.Kind() == reflect.Map {
			made[Pick(c, "a", "b", "c", "example.com/d")] = orNothing(c, func() any { return value(c, kind.Elem(), depth+1) })
			continue
		}
		if !isObject(kind) || depth >= deep {
			made[Pick(c, "spec", "other")] = orNothing(c, func() any { return Pick[any](c, "x", 1.0, object{}) })
			continue
		}
		field := one(c, fields(kind), old)
		if _, is := made[field.name]; is {
			continue
		}
		made[field.name] = orNothing(c, func() any { return laidField(c, made, field, old[field.name], strategic, depth) })
	}
	if c.Once(40) {
		made["unknown"] = Pick[any](c, "x", nil, object{"a": nil}, []any{})
	}
	if strategic {
		if c.Once(30) {
			made["$patch"] = Mostly[any](c, 6, "replace", "delete", "merge", "mangle", 1.0)
		}
		if c.Once(30) {
			made["$retainKeys"] = names(made, c)
		}
	}
	return made
}

// orNothing is null now and then, and the wrong thing more rarely.
func orNothing(c *Choices, make func() any) any {
	switch {
	case c.Once(8):
		return nil
	case c.Once(60):
		return Pick[any](c, "x", 1.0, true, object{}, []any{}, []any{"x"}, []any{object{"a": 1.0}})
	}
	return make()
}

func laidField(c *Choices, patch object, field *field, old any, strategic bool, depth int) any {
	kind := bare(field.kind)
	switch {
	case isObject(kind) || kind.Kind() == reflect.Map:
		below, _ := old.(object)
		made := laid(c, kind, below, strategic, depth+1)
		if strategic && slices.Contains(field.strategy, "retainKeys") && c.Once(3) {
			made["$retainKeys"] = names(made, c)
		}
		return made
	case kind.Kind() == reflect.Slice && kind.Elem().Kind() != reflect.Uint8 && strategic && field.merges():
		before, _ := old.([]any)
		return laidList(c, patch, field, before, depth)
	}
	return member(c, field, depth)
}

// laidList is a patch of a list that is merged, with what the patch of the object says of the list beside it.
func laidList(c *Choices, patch object, field *field, old []any, depth int) any {
	item := bare(field.kind).Elem()
	made := []any{}
	if field.key == "" {
		for range c.Some(3, 3) {
			made = append(made, value(c, item, depth+1))
		}
		if c.Once(3) {
			// What is added and deleted at once, kubectl's library does in the order of a Go map.
			patch["$deleteFromPrimitiveList/"+field.name] = slices.DeleteFunc(list(c, item, "", depth), func(it any) bool { return slices.Contains(made, it) })
		}
		if c.Once(4) {
			patch["$setElementOrder/"+field.name] = ordered(c, append(slices.Clone(made), some(c, old)...))
		}
		return made
	}
	var order []any
	for range c.Some(3, 3) {
		id := keyValue(c, item, field.key)
		var before object
		if len(old) > 0 && c.Once(2) {
			if it, ok := old[c.Below(len(old))].(object); ok {
				before, id = it, it[field.key]
			}
		}
		var entry object
		switch {
		case c.Once(6):
			entry = object{"$patch": "delete"}
		case c.Once(25):
			entry = object{"$patch": Pick[any](c, "replace", "merge", "mangle")}
		default:
			entry = laid(c, item, before, true, depth+1)
			if slices.Contains(field.strategy, "retainKeys") && c.Once(3) {
				entry["$retainKeys"] = append(names(entry, c), field.key)
			}
			order = append(order, object{field.key: id})
		}
		if !c.Once(30) {
			entry[field.key] = id
		}
		made = append(made, entry)
	}
	if c.Once(12) {
		made = append(made, object{"$patch": "replace"})
	}
	if c.Once(4) {
		for _, it := range some(c, old) {
			if fields, ok := it.(object); ok {
				order = append(order, object{field.key: fields[field.key]})
			}
		}
		patch["$setElementOrder/"+field.name] = ordered(c, order)
	}
	return made
}

// some are some of these.
func some(c *Choices, all []any) (some []any) {
	for _, it := range all {
		if !c.Once(4) {
			some = append(some, it)
		}
	}
	return some
}

// ordered is an order of these, each once. Now and then it makes no sense.
func ordered(c *Choices, all []any) any {
	made := []any{}
	for _, it := range all {
		if !slices.ContainsFunc(made, func(other any) bool { return reflect.DeepEqual(it, other) }) {
			made = append(made, it)
		}
	}
	for range c.Some(3, 2) {
		if len(made) > 1 {
			i, j := c.Below(len(made)), c.Below(len(made))
			made[i], made[j] = made[j], made[i]
		}
	}
	if c.Once(20) {
		return Pick[any](c, []any{}, "x", []any{"x"}, []any{object{}}, nil)
	}
	return made
}

// names are the fields that a patch sets, mostly all of them.
func names(patch object, c *Choices) []any {
	made := []any{}
	for _, name := range slices.Sorted(maps.Keys(patch)) {
		if !strings.HasPrefix(name, "$") && !c.Once(8) {
			made = append(made, name)
		}
	}
	if c.Once(2) {
		made = append(made, Pick(c, "name", "type", "a"))
	}
	return made
}

// operations are a JSON patch.
func operations(c *Choices, old object) []any {
	var paths []string
	var walk func(string, any)
	walk = func(path string, at any) {
		paths = append(paths, path)
		switch at := at.(type) {
		case object:
			for _, name := range slices.Sorted(maps.Keys(at)) {
				walk(path+"/"+strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1"), at[name])
			}
		case []any:
			for i, item := range at {
				walk(fmt.Sprintf("%s/%d", path, i), item)
			}
		}
	}
	walk("", old)
	path := func() string {
		at := paths[c.Below(len(paths))]
		switch c.Below(6) {
		case 0:
			at += "/" + Pick(c, "a", "0", "-", "1", "-1", "01", "~1", "")
		case 1:
			at += Pick(c, "x", "/9")
		}
		return at
	}
	made := []any{}
	for range c.Some(4, 4) {
		operation := object{"op": Mostly[any](c, 30, Pick(c, "add", "replace", "remove", "test", "copy", "move"), "mangle", 1.0, nil), "path": path()}
		switch operation["op"] {
		case "copy", "move":
			operation["from"] = path()
		case "remove":
		default:
			operation["value"] = Pick[any](c, "x", 1.0, nil, object{"a": "b"}, []any{1.0}, true)
		}
		// Where there is no value for the object as a whole, Kubernetes' library panics.
		if c.Once(40) && (operation["op"] != "replace" || operation["path"] != "") {
			delete(operation, Pick(c, "path", "value", "from", "op"))
		}
		made = append(made, operation)
	}
	return made
}
