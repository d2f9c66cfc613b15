package statefulset_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A module outside of the checkout depends on it as the documentation says, without asking the network.
func TestFromOutside(t *testing.T) {
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile("../../examples/go/first/main.go")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "main.go"), program, 0o644); err != nil {
		t.Fatal(err)
	}
	run := func(arguments ...string) string {
		t.Helper()
		command := exec.Command("go", arguments...)
		command.Dir = folder
		// Nothing is fetched, and nobody is asked about what was: the network may be gone.
		command.Env = append(os.Environ(), "GOPROXY=off", "GOSUMDB=off", "GOFLAGS=")
		output, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("go %q: %v\n%s", arguments, err, output)
		}
		return string(output)
	}
	run("mod", "init", "example.com/first")
	run("mod", "edit", "-replace", "statefulset.internal/statefulset="+here)
	run("get", "statefulset.internal/statefulset")
	want := "create-claim 0 (scale-out)\ncreate-pod 0 (scale-out)\nwait 1-2 (scale-out): order\n"
	if got := run("run", "."); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
