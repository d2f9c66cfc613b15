package statefulset_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"statefulset.internal/statefulset"
)

const header = "../include/statefulset.h"

// letters are those of a name, however it is written: the header's STS_STRATEGY_ON_DELETE is Go's abi.StrategyOnDelete,
// and on-delete in words.
func letters(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}

// constants are the header's, by the letters of their names.
func constants(t *testing.T) map[string]uint32 {
	t.Helper()
	text, err := os.ReadFile(header)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]uint32{}
	for _, match := range regexp.MustCompile(`(?m)^#define (STS_\w+) (\d+)$`).FindAllSubmatch(text, -1) {
		value, err := strconv.ParseUint(string(match[2]), 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		found[letters(string(match[1]))] = uint32(value)
	}
	return found
}

// sources are the package's files, tests left out.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	links, err := filepath.Glob("internal/link/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range append(names, links...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// constant gives the letters that the header's name has, where the expression is a name of package abi.
func constant(node ast.Node) (string, bool) {
	selector, ok := node.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	from, ok := selector.X.(*ast.Ident)
	return letters("STS_" + selector.Sel.Name), ok && from.Name == "abi"
}

// Every number of the header is used under its own name, so that none can be forgotten and none can differ.
func TestEveryConstantOfTheHeader(t *testing.T) {
	used := map[string]bool{}
	for _, file := range sources(t) {
		ast.Inspect(file, func(node ast.Node) bool {
			if name, ok := constant(node); ok {
				used[name] = true
			}
			return true
		})
	}
	all := constants(t)
	if len(all) < 100 {
		t.Fatalf("%s has only %d constants", header, len(all))
	}
	for name := range all {
		if used[name] == slices.ContainsFunc(unusedConstants, func(unused string) bool { return letters(unused) == name }) {
			t.Errorf("%s: used is %v", name, used[name])
		}
	}
}

// unusedConstants are those of the header that Go can do without.
var unusedConstants = []string{
	"STS_EVENT_NORMAL", "STS_EVENT_WARNING", // Go reads events as JSON
	"STS_PLACE_NOTHING", // sts_action_place says it and sts_may_start reads it
	"STS_REPORT_OVER",   // nothing under way and nothing to start says the same
}

// unused are functions of the header that Go can do without.
var unused = []string{
	"sts_carry_out", "sts_cluster_carry_out", // they do one after the other, and sts_may_start serves goroutines
	"sts_requests", "sts_events", "sts_tail", "sts_plain_text", // Go reads JSON
	"sts_cluster_diagnose_text", "sts_cluster_upgrade_text", // the JSON has the text
	"sts_action_bound", // the buffer grows to what a plan needs
	"sts_cluster_new",  // sts_cluster_new_of does it, too, where no resource is named
	"sts_text_of",      // Go's strings know how long they are
}

// Every function of the header is called, in both ways to call it.
func TestEveryFunctionOfTheHeader(t *testing.T) {
	text, err := os.ReadFile(header)
	if err != nil {
		t.Fatal(err)
	}
	functions := regexp.MustCompile(`(?m)^[a-z].*\b(sts_\w+)\(`).FindAllSubmatch(text, -1)
	if len(functions) < 30 {
		t.Fatalf("%s has only %d functions", header, len(functions))
	}
	for way, call := range map[string]string{"c*": "%s(", "module*": "%q"} {
		code := linked(t, way)
		for _, function := range functions {
			name := string(function[1])
			called := strings.Contains(code, fmt.Sprintf(call, name))
			if called == slices.Contains(unused, name) {
				t.Errorf("%s: called is %v in internal/link/%s", name, called, way)
			}
		}
	}
}

// linked is the source of one of the ways to call the library.
func linked(t *testing.T, way string) string {
	t.Helper()
	names, err := filepath.Glob("internal/link/" + way + ".[gh]*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	var code strings.Builder
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(source)
	}
	return code.String()
}

// words are the types whose values have words.
var words = map[string]func(uint32) string{
	"ActionKind":   func(n uint32) string { return statefulset.ActionKind(n).String() },
	"AccessModes":  func(n uint32) string { return statefulset.AccessModes(n).String() },
	"Binding":      func(n uint32) string { return statefulset.Binding(n).String() },
	"ClaimOwner":   func(n uint32) string { return statefulset.ClaimOwner(n).String() },
	"ClaimPhase":   func(n uint32) string { return statefulset.ClaimPhase(n).String() },
	"Code":         func(n uint32) string { return statefulset.Code(n).String() },
	"Deletion":     func(n uint32) string { return statefulset.Deletion(n).String() },
	"Gate":         func(n uint32) string { return statefulset.Gate(n).String() },
	"GiveUp":       func(n uint32) string { return statefulset.GiveUp(n).String() },
	"PolicySource": func(n uint32) string { return statefulset.PolicySource(n).String() },
	"Keep":         func(n uint32) string { return statefulset.Keep(n).String() },
	"Kind":         func(n uint32) string { return statefulset.Kind(n).String() },
	"Kubernetes":   version,
	"LimitKind":    func(n uint32) string { return statefulset.LimitKind(n).String() },
	"List":         func(n uint32) string { return statefulset.List(n).String() },
	"Management":   func(n uint32) string { return statefulset.Management(n).String() },
	"NodeState":    func(n uint32) string { return statefulset.NodeState(n).String() },
	"Next":         func(n uint32) string { return statefulset.Next(n).String() },
	"On":           func(n uint32) string { return statefulset.On(n).String() },
	"Outcome":      func(n uint32) string { return statefulset.Outcome(n).String() },
	"OwnerRef":     func(n uint32) string { return statefulset.OwnerRef(n).String() },
	"Paused":       func(n uint32) string { return statefulset.Paused(n).String() },
	"Phase":        func(n uint32) string { return statefulset.Phase(n).String() },
	"Prepared":     func(n uint32) string { return statefulset.Prepared(n).String() },
	"Purposes":     func(n uint32) string { return statefulset.Purposes(n).String() },
	"Progress":     func(n uint32) string { return statefulset.Progress(n).String() },
	"Overdue":      func(n uint32) string { return statefulset.Overdue(n).String() },
	"InPlace":      func(n uint32) string { return statefulset.InPlace(n).String() },
	"PodChange":    func(n uint32) string { return statefulset.PodChange(n).String() },
	"Ranked":       func(n uint32) string { return statefulset.Ranked(n).String() },
	"Reason":       func(n uint32) string { return statefulset.Reason(n).String() },
	"Shutdown":     func(n uint32) string { return statefulset.Shutdown(n).String() },
	"Strategy":     func(n uint32) string { return statefulset.Strategy(n).String() },
	"VolumeMode":   func(n uint32) string { return statefulset.VolumeMode(n).String() },
	"VolumePhase":  func(n uint32) string { return statefulset.VolumePhase(n).String() },
}

// Every constant of the package has a word of its own, which is that of the header, whatever the case of its letters.
// version is the name of a version without its dots. The latest one has the name of the version that it stands for.
func version(n uint32) string {
	if n == uint32(statefulset.KubernetesLatest) {
		return "latest"
	}
	return strings.ReplaceAll(statefulset.Kubernetes(n).String(), ".", "")
}

func TestEveryConstantHasItsWord(t *testing.T) {
	numbers := constants(t)
	seen := map[string]int{}
	for _, file := range sources(t) {
		ast.Inspect(file, func(node ast.Node) bool {
			spec, ok := node.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			name, ok := constant(spec.Values[0])
			kind, typed := spec.Type.(*ast.Ident)
			if !ok || !typed {
				return true
			}
			say, known := words[kind.Name]
			if !known {
				t.Errorf("%s has no entry in this test", kind.Name)
				return true
			}
			seen[kind.Name]++
			if word := say(numbers[name]); word == "" || !strings.HasSuffix(name, letters(word)) {
				t.Errorf("%s is called %q", name, word)
			}
			return true
		})
	}
	for kind, say := range words {
		if seen[kind] == 0 {
			t.Errorf("%s has no constants", kind)
		}
		if word := say(1 << 20); word != "unknown" && word != strconv.Itoa(1<<20) {
			t.Errorf("%s(1<<20) is called %q", kind, word)
		}
	}
}

func TestSetsOfWords(t *testing.T) {
	modes := statefulset.ReadWriteOnce | statefulset.ReadOnlyMany
	if modes.String() != "ReadWriteOnce,ReadOnlyMany" {
		t.Error(modes)
	}
	paused := statefulset.PausedCreation | statefulset.PausedRollout
	if paused.String() != "creation,rollout" || statefulset.Paused(0).String() != "" {
		t.Error(paused)
	}
	gates := statefulset.Gates(1<<statefulset.GateOrder | 1<<statefulset.GateBudgetsUnknown)
	if gates.String() != "order,budgets-unknown" || gates.Has(statefulset.GateBudget) || gates.Has(64) {
		t.Error(gates)
	}
	// A later library may have more gates than this package knows.
	last := statefulset.Gates(1 << 63)
	if !last.Has(63) || !slices.Equal(last.List(), []statefulset.Gate{63}) {
		t.Error(last.List())
	}
	if statefulset.Gates(0).String() != "" {
		t.Error("no gates have a name")
	}
}

func TestIndex(t *testing.T) {
	var none statefulset.Index
	if none.Known() || none.Int() != -1 || none.String() != "none" {
		t.Error(none)
	}
	if first := statefulset.At(0); !first.Known() || first.Int() != 0 || first.String() != "0" {
		t.Error(first)
	}
	if statefulset.At(-1) == statefulset.Unlisted() || statefulset.At(math.MaxUint32) == statefulset.Unlisted() {
		t.Error("a bad index stands for an unlisted node")
	}
	if none == statefulset.At(0) {
		t.Error("none is the first")
	}
}

// An action on the set itself has no ordinal to show.
func TestActionsWithoutAnOrdinal(t *testing.T) {
	hold := statefulset.Action{Kind: statefulset.ActionHoldFinalizer, Ordinal: statefulset.NoOrdinal, Reason: statefulset.ReasonShutdown}
	if text := hold.String(); text != "hold-finalizer (shutdown)" {
		t.Error(text)
	}
}
