package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"statefulset.internal/testbed/bed"
)

// What `sts explain` ($STS) says of a set that the built-in controller does not bring to its goal, and whether the cure that it prints,
// carried out word for word, helps. examples/sts/tests/causes does the same on the simulated cluster.
//
// With CAPTURE=folder what kubectl printed is kept there, without what does not matter; examples/sts/tests/captured is made so.
func TestExplain(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, builtin, bed.Options{APIServer: []string{"--feature-gates=StatefulSetRecreateStrategy=true"}})
	w.must(w.plane.Class("disks", false))
	t.Run("up to date", func(t *testing.T) {
		w := w.in(t, "goal")
		w.stand("")
		screen, code := w.explain(w.everything(), time.Now())
		if first, _, _ := strings.Cut(screen, "\n"); first != "goal/web: up to date: 3 of 3 ready" || code != 0 {
			t.Errorf("exit code %d:\n%s", code, screen)
		}
	})
	w.play(t, ownRules)
}

// The same for what the API server refuses, or nobody does. A shadow of the controller would tell of all that as of disagreements, so
// there is none here.
func TestExplainRefusals(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, nobody, bed.Options{})
	w.take(builtin)
	w.must(w.plane.Class("disks", false))
	w.play(t, refusals)
}

// A scenario is a set that is kept from its goal, and the way out.
type scenario struct {
	cause   string       // its name
	place   string       // the namespace; it has the name of the cause where empty
	verdict string       // stuck where empty
	alone   bool         // it disturbs others
	lay     func(*world) // brings the set web into that state
	cure    int          // which of the printed cures is carried out
	times   int          // how often, because each time it helps one pod; 1 where zero
	person  func(*world) // does what the cure asks of a person, before its commands
	gone    bool         // the set is gone in the end; else it is up to date
}

// play goes through scenarios side by side, and then through those that disturb others.
func (w *world) play(t *testing.T, scenarios []scenario) {
	run := func(t *testing.T, s scenario, parallel bool) {
		if s.place == "" {
			s.place = s.cause
		}
		t.Run(s.place, func(t *testing.T) {
			if parallel {
				t.Parallel()
			}
			w := w.in(t, s.place)
			w.patience = 2 * time.Minute
			w.escape(s)
		})
	}
	t.Run("side by side", func(t *testing.T) {
		for _, s := range scenarios {
			if !s.alone {
				run(t, s, true)
			}
		}
	})
	for _, s := range scenarios {
		if s.alone {
			run(t, s, false)
		}
	}
}

// escape leads the set into a state, and out again by what the tool says.
func (w *world) escape(s scenario) {
	w.Helper()
	if s.verdict == "" {
		s.verdict = "stuck"
	}
	s.lay(w)
	var last string
	for range max(s.times, 1) {
		found := w.diagnosis("cause "+s.cause, func(found *diagnosis) bool {
			cause := found.cause(s.cause)
			return cause != nil && cause.Text != last && found.Verdict == s.verdict
		})
		if last == "" && s.place == s.cause {
			w.capture(s.cause, found.dump)
		}
		cause := found.cause(s.cause)
		last = cause.Text
		if len(cause.Cures) <= s.cure {
			w.Fatalf("there is no such cure:\n%s", found.screen)
		}
		cure := cause.Cures[s.cure]
		for _, look := range cure.Look {
			w.carryOut(look)
		}
		if s.person != nil {
			s.person(w)
		} else if len(cure.Commands) == 0 {
			w.Fatalf("the cure has no commands:\n%s", found.screen)
		}
		for _, command := range cure.Commands {
			w.carryOut(command)
		}
	}
	if s.gone {
		w.until("the set to be gone", func() bool { return w.set("web") == nil })
		return
	}
	w.diagnosis("the end of "+s.cause, func(found *diagnosis) bool {
		return found.Verdict == "up-to-date" && found.cause(s.cause) == nil
	})
}

// A diagnosis is what the tool says of the set web.
type diagnosis struct {
	Verdict string
	Causes  []cause

	dump, screen string
}

type cause struct {
	Name, Text string
	Cures      []struct {
		Text           string
		Look, Commands []string
	}
}

func (d *diagnosis) cause(name string) *cause {
	i := slices.IndexFunc(d.Causes, func(c cause) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &d.Causes[i]
}

// diagnosis asks until the tool says what is expected.
func (w *world) diagnosis(what string, holds func(*diagnosis) bool) *diagnosis {
	w.Helper()
	for deadline := time.Now().Add(w.patience); ; time.Sleep(time.Second / 2) {
		w.now()
		found := w.diagnose()
		if holds(found) {
			w.Log(found.screen)
			return found
		}
		if time.Now().After(deadline) {
			w.Fatalf("waited for %s:\n%s\n%s", what, found.screen, strings.Join(w.tell(0), "\n"))
		}
	}
}

// diagnose asks once, in words and for scripts.
func (w *world) diagnose() *diagnosis {
	w.Helper()
	dump, now := w.everything(), time.Now()
	screen, code := w.explain(dump, now)
	text, again := w.explain(dump, now, "--output=json")
	var report struct{ Sets []diagnosis }
	w.must(json.Unmarshal([]byte(text), &report))
	if len(report.Sets) != 1 {
		w.Fatalf("expected one set:\n%s", text)
	}
	found := &report.Sets[0]
	found.dump, found.screen = dump, screen
	want := 0
	if found.Verdict == "stuck" {
		want = 1
	}
	if code != want || again != want {
		w.Errorf("expected the exit code %d of what is %s, found %d and %d", want, found.Verdict, code, again)
	}
	for _, cause := range found.Causes {
		if !strings.Contains(screen, " "+cause.Name+": "+cause.Text) {
			w.Errorf("%s, %q, is not in the text:\n%s", cause.Name, cause.Text, screen)
		}
	}
	return found
}

// everything is what the tool asks its users for.
func (w *world) everything() string {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), w.patience)
	defer cancel()
	kinds := "sts,po,pvc,pv,sc,no,pdb,controllerrevisions,svc,volumeattachments,ns,events,quota"
	screen, err := w.kubectl.Type(ctx, "get", kinds, "-A", "-o", "json")
	w.must(err)
	return screen
}

// explain gives the dump to the tool, which does not wait until what is young has grown old.
func (w *world) explain(dump string, now time.Time, flags ...string) (screen string, code int) {
	w.Helper()
	flags = append([]string{"explain", "--namespace", w.namespace, "--patience=0", "--now", now.UTC().Format(time.RFC3339Nano)}, flags...)
	command := exec.CommandContext(w.Context(), os.Getenv("STS"), flags...)
	command.Stdin = strings.NewReader(dump)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	output, err := command.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.Fatal(err)
	}
	if complaints.Len() > 0 {
		w.Errorf("sts explain complains: %s", complaints.String())
	}
	return string(output), command.ProcessState.ExitCode()
}

// carryOut gives a command to a shell, as a reader would paste it.
func (w *world) carryOut(command string) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), w.patience)
	defer cancel()
	kubeconfig, err := w.plane.Kubeconfig(bed.Admin)
	w.must(err)
	bin := w.TempDir()
	w.must(os.Symlink(os.Getenv("TESTBED"), filepath.Join(bin, bed.Kubectl)))
	shell := exec.CommandContext(ctx, "sh", "-c", command)
	shell.Env = append(os.Environ(), "KUBECONFIG="+kubeconfig, "PATH="+bin+":"+os.Getenv("PATH"), "HOME="+w.TempDir())
	screen, err := shell.CombinedOutput()
	w.Logf("$ %s\n%s", command, screen)
	w.must(err)
}
