package e2e

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"statefulset.internal/testbed/bed"
)

// The table of kubectl's words in examples/README.md leaves out no command and no flag of the real one.
func TestWords(t *testing.T) {
	long(t)
	text, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "| line | |\n|---|---|\n")
	if !found {
		t.Fatal("examples/README.md has no table of kubectl's words")
	}
	var rows []row
	for _, line := range strings.Split(table, "\n") {
		if command, said, is := strings.Cut(strings.TrimPrefix(line, "| `"), "` | "); is {
			rows = append(rows, row{words: strings.Fields(command), done: said == "done |"})
		}
	}
	commands := 0
	visit(t, nil, func(path []string, help string) {
		commands++
		name := strings.Join(path, " ")
		of := func(r row) bool { return len(r.words) >= len(path) && slices.Equal(r.words[:len(path)], path) }
		if !slices.ContainsFunc(rows, of) {
			t.Errorf("no row for the command %s", name)
			return
		}
		if !slices.ContainsFunc(rows, func(r row) bool { return of(r) && r.done }) {
			return // refused as a whole
		}
		for _, flag := range flags(help) {
			has := func(r row) bool { return r.has(flag) && (of(r) || slices.Contains(everywhere, flag.long)) }
			if !slices.ContainsFunc(rows, has) {
				t.Errorf("no row for %s --%s", name, flag.long)
			}
		}
	})
	t.Logf("%d commands, %d rows", commands, len(rows))
}

// Flags that are refused in the same words wherever they are.
var everywhere = []string{"allow-missing-template-keys", "kustomize", "local", "pod-running-timeout", "raw", "recursive", "template", "validate"}

// Commands whose subcommands are refused with them.
var refusedWhole = []string{"auth", "certificate", "cluster-info", "completion", "config", "kuberc", "plugin", "top"}

type row struct {
	words []string
	done  bool
}

type offered struct{ long, short string }

func (r row) has(f offered) bool {
	return slices.ContainsFunc(r.words, func(word string) bool {
		name, _, _ := strings.Cut(word, "=")
		if name == "--"+f.long {
			return true
		}
		// Letters may stand together: -it.
		return f.short != "" && strings.HasPrefix(name, "-") && !strings.HasPrefix(name, "--") && strings.Contains(name, f.short)
	})
}

// visit calls judge for each command that does something, with what its help says.
func visit(t *testing.T, path []string, judge func(path []string, help string)) {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Getenv("TESTBED"), append(slices.Clone(path), "--help")...)
	command.Args[0] = bed.Kubectl
	output, err := command.Output()
	if err != nil {
		t.Fatalf("kubectl %s --help: %v", strings.Join(path, " "), err)
	}
	help := string(output)
	var inner []string
	if len(path) == 0 || strings.Contains(help, "Available Commands:") {
		for _, line := range subcommand.FindAllStringSubmatch(help, -1) {
			inner = append(inner, line[1])
		}
	}
	whole := len(path) > 0 && slices.Contains(refusedWhole, path[0])
	if len(inner) == 0 || whole || flags(help) != nil {
		judge(path, help)
	}
	if whole {
		return
	}
	for _, name := range inner {
		if name != "kubectl" && name != "explain" {
			visit(t, append(slices.Clone(path), name), judge)
		}
	}
}

var (
	subcommand = regexp.MustCompile(`(?m)^  ([a-z][a-z-]*)  +[A-Z]`)
	option     = regexp.MustCompile(`(?m)^ +(?:-(\w), )?--([a-z-]+)=`)
)

func flags(help string) []offered {
	var all []offered
	for _, found := range option.FindAllStringSubmatch(help, -1) {
		all = append(all, offered{long: found[2], short: found[1]})
	}
	return all
}
