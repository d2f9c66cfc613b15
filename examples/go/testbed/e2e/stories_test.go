package e2e

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"statefulset.internal/testbed/bed"
)

// The stories of examples/stories/twins are told twice: by the simulator ($STS), and by kubectl on a control plane with the built-in
// controller. What both print is the same, but for ages, uids, addresses and the like, and but for what differs.txt lists.
func TestStories(t *testing.T) {
	long(t)
	if os.Getenv("STS") == "" {
		t.Fatal("STS must be the path of the tool: `make twins` builds it")
	}
	folder, err := filepath.Abs("../../../stories/twins")
	if err != nil {
		t.Fatal(err)
	}
	stories, err := filepath.Glob(filepath.Join(folder, "*.story"))
	if err != nil || len(stories) == 0 {
		t.Fatalf("no stories in %s: %v", folder, err)
	}
	known := readDifferences(t, filepath.Join(folder, "differs.txt"))
	for _, story := range stories {
		name := strings.TrimSuffix(filepath.Base(story), ".story")
		listed := known[name]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			judgeTwins(t, story, listed)
		})
		delete(known, name)
	}
	for name := range known {
		t.Errorf("differs.txt lists the story %s, which there is not", name)
	}
}

// A said is a command and what was printed.
type said struct {
	command, text string
}

func judgeTwins(t *testing.T, story string, known map[string]string) {
	simulated := simulate(t, story)
	text, err := os.ReadFile(story)
	if err != nil {
		t.Fatal(err)
	}
	teller := newTeller(t, filepath.Dir(story))
	at, differences := 0, 0
	for _, command := range commands(string(text)) {
		first, _, _ := strings.Cut(command.text, "\n")
		real := teller.tell(command)
		if at >= len(simulated) || simulated[at].command != first {
			t.Fatalf("the simulator did not get to: %s", first)
		}
		ours := simulated[at].text
		// What the simulator prints first is the text that it was given.
		if _, document, is := strings.Cut(command.text, "\n"); is {
			ours = strings.TrimPrefix(ours, document+"\n")
		}
		at++
		if first == "settle" {
			continue
		}
		is := difference(plain(first, ours), plain(first, real))
		why, listed := known[first]
		switch {
		case is == "" && listed:
			t.Errorf("differs.txt lists this, and there is no difference: %s", first)
		case is != "" && !listed:
			differences++
			t.Errorf("$ %s\n%s\nsimulated:\n%s\nreal:\n%s", first, is, ours, real)
		case is != "":
			t.Logf("$ %s differs, as is known: %s", first, why)
		}
	}
	t.Logf("%d commands, %d differences that nobody lists", at, differences)
}

// readDifferences reads lines of the story, the command, and the reason, with tabs between.
func readDifferences(t *testing.T, path string) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]map[string]string{}
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 || fields[2] == "" {
			t.Fatalf("%s:%d: expected a story, a command and a reason, with tabs between", path, i+1)
		}
		if known[fields[0]] == nil {
			known[fields[0]] = map[string]string{}
		}
		known[fields[0]][fields[1]] = fields[2]
	}
	return known
}

func simulate(t *testing.T, story string) []said {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Getenv("STS"), "simulate", story)
	output, err := command.Output()
	var code *exec.ExitError
	if errors.As(err, &code) {
		t.Fatalf("%s\n%s", lastLines(string(output)), code.Stderr)
	}
	if err != nil {
		t.Fatal(err)
	}
	var all []said
	for _, line := range strings.SplitAfter(string(output), "\n") {
		if command, is := strings.CutPrefix(line, "$ "); is {
			all = append(all, said{command: strings.TrimSpace(command)})
		} else if len(all) > 0 {
			all[len(all)-1].text += line
		}
	}
	return all
}

func lastLines(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-15):], "\n")
}

// A typed is a command of a story, with the lines that it is given.
type typed struct {
	text  string
	fails bool
}

var hereDocument = regexp.MustCompile(`<<-?'?(\w+)'?`)

func commands(story string) []typed {
	var all []typed
	lines := strings.Split(story, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "option ") {
			continue
		}
		text, fails := strings.CutPrefix(line, "!")
		command := typed{text: strings.TrimSpace(text), fails: fails}
		if end := hereDocument.FindStringSubmatch(line); end != nil {
			for i++; i < len(lines); i++ {
				command.text += "\n" + lines[i]
				if strings.TrimSpace(lines[i]) == end[1] {
					break
				}
			}
		}
		all = append(all, command)
	}
	return all
}

// A teller types the commands of a story at a control plane of its own.
type teller struct {
	*testing.T
	plane       *bed.Plane
	record      *bed.Recorder
	folder      string
	environment []string
}

func newTeller(t *testing.T, folder string) *teller {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	plane, err := bed.Start(bed.Options{})
	must(err)
	t.Cleanup(plane.Stop)
	must(plane.Class("standard", true))
	record, err := plane.Record()
	must(err)
	t.Cleanup(record.Stop)
	_, err = plane.StartBuiltin()
	must(err)
	kubeconfig, err := plane.Kubeconfig(bed.Admin)
	must(err)
	home := t.TempDir()
	must(os.Symlink(os.Getenv("TESTBED"), filepath.Join(home, bed.Kubectl)))
	environment := append(os.Environ(), "KUBECONFIG="+kubeconfig, "HOME="+home, "PATH="+home+":"+os.Getenv("PATH"))
	return &teller{T: t, plane: plane, record: record, folder: folder, environment: environment}
}

// tell types a command, and returns what a terminal shows.
func (t *teller) tell(command typed) string {
	t.Helper()
	if command.text == "settle" {
		t.settle()
		return ""
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	shell := exec.CommandContext(ctx, "sh", "-f", "-c", "kubectl "+command.text)
	shell.Dir, shell.Env = t.folder, t.environment
	output, err := shell.CombinedOutput()
	if (err != nil) != command.fails {
		first, _, _ := strings.Cut(command.text, "\n")
		t.Errorf("$ %s: expected it to fail: %t; found %v\n%s", first, command.fails, err, output)
	}
	return string(output)
}

// settle waits until all sets say that they have come to their end, and nothing has changed for a moment.
func (t *teller) settle() {
	t.Helper()
	const quiet = 1500 * time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	ours := func(change bed.Change) bool { return change.Namespace() == "default" }
	for since := time.Now(); time.Since(since) < quiet; {
		before, err := t.record.CaughtUp(ctx)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(100 * time.Millisecond)
		if len(t.record.Changes(bed.After(before), ours)) > 0 || !t.stand() {
			since = time.Now()
		}
	}
}

// stand says whether each set has the pods that it is to have.
func (t *teller) stand() bool {
	for _, set := range t.record.Objects("StatefulSet", "default") {
		number := func(fields ...string) int64 {
			found, _, _ := unstructured.NestedInt64(set.Object, fields...)
			return found
		}
		if number("status", "observedGeneration") < set.GetGeneration() || number("status", "replicas") != number("spec", "replicas") {
			return false
		}
		if number("status", "availableReplicas") != number("spec", "replicas") {
			return false
		}
		strategy, _, _ := unstructured.NestedString(set.Object, "spec", "updateStrategy", "type")
		held := strategy == "OnDelete" || number("spec", "updateStrategy", "rollingUpdate", "partition") > 0
		if !held && number("status", "updatedReplicas") != number("spec", "replicas") {
			return false
		}
	}
	return true
}

// What is another in each run, and what is said instead.
var passing = []struct {
	what    *regexp.Regexp
	instead string
}{
	// A note of kubectl's client library, which it writes if a watch ends while it waits.
	{regexp.MustCompile(`(?m)^[IWE]\d{4} [\d:.]+ .* reflector\.go:.*$`), ""},
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`), "UID"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| \+0000)`), "MOMENT"},
	{regexp.MustCompile(`\b\d+\.\d+\.\d+\.\d+\b`), "ADDRESS"},
	{regexp.MustCompile(`resourceVersion: "\d+"`), "resourceVersion: N"},
	{regexp.MustCompile(`generation: \d+`), "generation: N"},
	{regexp.MustCompile(`/(LIVE|MERGED)-\d+/`), "/$1/"},
	{regexp.MustCompile(`\b(\d+[smhd])+( ago)?\b`), "AGE"},
	{regexp.MustCompile(`\bwas \d{2,}\b`), "was N"},
	{regexp.MustCompile(`[ \t]{2,}`), "  "},
}

// plain is text without what is another in each run.
func plain(command, text string) []string {
	for _, it := range passing {
		text = it.what.ReplaceAllString(text, it.instead)
	}
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t")
		if line != "" {
			lines = append(lines, line)
		}
	}
	// How far a rollout was at which moment is chance; how it ended is not.
	if strings.HasPrefix(command, "rollout status") && len(lines) > 1 {
		lines = lines[len(lines)-1:]
	}
	return slices.Clone(lines)
}
