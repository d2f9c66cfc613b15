package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const stories = "../../stories"

// tool is the command-line tool; the environment says where it is.
func tool(t *testing.T) string {
	t.Helper()
	path := os.Getenv("STS")
	if path == "" {
		t.Fatal("the environment variable STS has to name the tool, which cargo build -p kubectl-sts builds")
	}
	return path
}

// build is the controller as a program.
func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "controller")
	if output, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return program
}

// Every story is told as its golden text has it, with this program as its controller.
func TestStories(t *testing.T) {
	sts, controller := tool(t), build(t)
	paths, err := filepath.Glob(filepath.Join(stories, "*.story"))
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d stories, %v", len(paths), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".story")
		t.Run(name, func(t *testing.T) {
			want, err := os.ReadFile(filepath.Join(stories, "golden", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			var out, errs bytes.Buffer
			told := exec.Command(sts, "simulate", "--controller", controller, path)
			told.Stdout, told.Stderr = &out, &errs
			if err := told.Run(); err != nil || errs.Len() > 0 {
				t.Fatalf("%v\n%s", err, errs.String())
			}
			if !bytes.Equal(out.Bytes(), want) {
				t.Errorf("it is told otherwise:\n%s", out.String())
			}
		})
	}
}

// Lines that make no sense get an error, and it goes on.
func TestBadLines(t *testing.T) {
	lines := `{"type":"TIME","now":1}
hello
{"type":"ADDED","object":{"kind":"Pod","apiVersion":"v2","metadata":{}}}
{"type":"TIME","now":"soon"}
{"type":"TIME","now":2}
`
	var out, errs bytes.Buffer
	program := exec.Command(build(t))
	program.Stdin, program.Stdout, program.Stderr = strings.NewReader(lines), &out, &errs
	if err := program.Run(); err != nil {
		t.Fatal(err)
	}
	if out.String() != "{\"idle\":{}}\n{\"idle\":{}}\n" {
		t.Errorf("said %s", out.String())
	}
	if told := strings.Count(errs.String(), "\n"); told != 3 {
		t.Errorf("%d errors:\n%s", told, errs.String())
	}
}
