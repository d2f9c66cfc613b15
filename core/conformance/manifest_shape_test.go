package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	tableStart = regexp.MustCompile(`const (\w+): &\[Field\] =\s*&\[([^;]*)\];`)
	tableField = regexp.MustCompile(`(kept|omitted|pointer|nullable)\(\s*"(\w+)",\s*((?:List|Map)\(&\w+(?:\(\w+\))?\)|\w+(?:\(\w+\))?),?\s*\)`)
)

// The library's tables of fields, beside the Go types that an API server reads an object into.
func TestShapes(t *testing.T) {
	files, err := filepath.Glob("../src/kubernetes/schema/*.rs")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v: no tables", err)
	}
	tables := map[string][]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tableStart.FindAllStringSubmatch(string(text), -1) {
			name := flat(table[1])
			if tables[name] != nil {
				t.Errorf("%s: there are two tables of this name", name)
			}
			tables[name] = []string{}
			if strings.Count(table[2], "\"") != 2*len(tableField.FindAllString(table[2], -1)) {
				t.Errorf("%s: not every line of the table is understood", table[1])
			}
			for _, field := range tableField.FindAllStringSubmatch(table[2], -1) {
				tables[name] = append(tables[name], fmt.Sprintf("%s %s: %s", field[1], field[2], flat(field[3])))
			}
		}
	}
	fields := 0
	known := shapes()
	for name, kind := range known {
		var expected []string
		for _, field := range shapeOf(kind) {
			expected = append(expected, fmt.Sprintf("%s %s: %s", field.rule, field.name, flat(holds(field.kind))))
		}
		table := tables[flat(name)]
		delete(tables, flat(name))
		for _, field := range expected {
			if !slices.Contains(table, field) {
				t.Errorf("%s: the table lacks %s", name, field)
			}
		}
		for _, field := range table {
			if !slices.Contains(expected, field) {
				t.Errorf("%s: the table has %s", name, field)
			}
		}
		fields += len(expected)
	}
	for name := range tables {
		t.Errorf("%s: no type has this table", name)
	}
	fmt.Printf("%d fields of %d types, each with its rule\n", fields, len(known))
}

// flat is a name without what Go and Rust spell differently.
func flat(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// holds is what the tables say of a type.
func holds(kind reflect.Type) string {
	switch {
	case kind.Kind() == reflect.Pointer:
		return holds(kind.Elem())
	case kind.Name() == "IntOrString":
		return "IntOrText"
	case kind.Name() == "FieldsV1":
		return "Any"
	case kind.Name() == "Quantity", kind.Name() == "Time":
		return kind.Name()
	case kind.Kind() == reflect.Slice:
		return "List(&" + holds(kind.Elem()) + ")"
	case kind.Kind() == reflect.Map:
		return "Map(&" + holds(kind.Elem()) + ")"
	case kind.Kind() == reflect.String:
		return "Text"
	case kind.Kind() == reflect.Bool:
		return "Flag"
	case kind.Kind() == reflect.Int32, kind.Kind() == reflect.Int64:
		return "Whole"
	default:
		return "Fields(" + kind.Name() + ")"
	}
}
