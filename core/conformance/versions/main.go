// Command versions makes a judge of each version of Kubernetes that versions.json names: the files of the package
// conformance that are listed there, with that version's controller. One program cannot link two versions, so each
// is built with a module file of its own, in this folder, and so with the checksums beside it.
//
// From the folder core/conformance:
//
//	go run ./versions build 1.33 FILE   builds that judge
//	go run ./versions pin 1.33          writes its module file and its checksums anew
//	go run ./versions names             lists them
//	go run ./versions today             names one that is not linked, each day another
package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

//go:embed versions.json
var description []byte

// table is what versions.json says.
type table struct {
	// The files of the package that a judge consists of, but for the one about its version.
	Files    []string  `json:"files"`
	Versions []version `json:"versions"`
}

type version struct {
	Name       string `json:"name"`
	Kubernetes string `json:"kubernetes"`
	// The file bed_….go that sets up this version's controller.
	Bed string `json:"bed"`
	// The Go that it needs, if the one that is installed may be too old.
	Go string `json:"go"`
	// Modules that are to be had in other versions only.
	Instead map[string]string `json:"instead"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "versions: %v\n", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	var all table
	if err := json.Unmarshal(description, &all); err != nil {
		return fmt.Errorf("versions.json: %w", err)
	}
	switch {
	case len(arguments) == 1 && arguments[0] == "names":
		for _, version := range all.Versions {
			fmt.Println(version.Name)
		}
		return nil
	case len(arguments) == 1 && arguments[0] == "today":
		linked, err := os.ReadFile("go.mod")
		if err != nil {
			return err
		}
		fmt.Println(all.today(time.Now(), string(linked)).Name)
		return nil
	case len(arguments) == 3 && arguments[0] == "build":
		version, err := all.find(arguments[1])
		if err != nil {
			return err
		}
		return all.build(version, arguments[2])
	case len(arguments) == 2 && arguments[0] == "pin":
		version, err := all.find(arguments[1])
		if err != nil {
			return err
		}
		return all.pin(version)
	}
	return fmt.Errorf("say build VERSION FILE, pin VERSION, names or today")
}

func (t table) find(name string) (version, error) {
	var names []string
	for _, version := range t.Versions {
		if version.Name == name {
			return version, nil
		}
		names = append(names, version.Name)
	}
	return version{}, fmt.Errorf("there is no judge of Kubernetes %q, only of %s", name, strings.Join(names, ", "))
}

// today is one of the versions, in turn, but never the one that the comparison itself links.
func (t table) today(now time.Time, linked string) version {
	others := slices.DeleteFunc(slices.Clone(t.Versions), func(v version) bool {
		return strings.Contains(linked, "k8s.io/kubernetes v"+v.Kubernetes+"\n")
	})
	day := now.Unix() / int64(24*time.Hour/time.Second)
	return others[day%int64(len(others))]
}

func (t table) build(v version, file string) error {
	// What the module file says is built, so it must be what is asked for.
	pinned, err := os.ReadFile(v.moduleFile())
	if err != nil {
		return err
	}
	if !strings.Contains(string(pinned), "\nrequire k8s.io/kubernetes v"+v.Kubernetes+"\n") {
		return fmt.Errorf("%s is not of Kubernetes %s: go run ./versions pin %s", v.moduleFile(), v.Kubernetes, v.Name)
	}
	// A test does not know what it is made of.
	says := "-ldflags=-X command-line-arguments.kubernetesVersion=" + v.Kubernetes
	// Vetting looks at all of Kubernetes for the sake of these files, and almost all of them are vetted with the package.
	return v.goTool(slices.Concat([]string{"test", "-c", "-vet=off", "-o", file, "-mod=readonly", says}, t.sources(v))...)
}

// sources are the arguments that name what a judge is made of.
func (t table) sources(v version) []string {
	return slices.Concat([]string{"-modfile=" + v.moduleFile()}, t.Files, []string{"bed_" + v.Bed + ".go"})
}

func (v version) moduleFile() string { return "versions/" + v.Name + ".mod" }

func (v version) goTool(arguments ...string) error {
	command := exec.Command("go", arguments...)
	command.Stdout, command.Stderr = os.Stderr, os.Stderr
	command.Env = os.Environ()
	if v.Go != "" {
		command.Env = append(command.Env, "GOTOOLCHAIN=go"+v.Go)
	}
	if err := command.Run(); err != nil {
		return fmt.Errorf("go %s: %w", arguments[0], err)
	}
	return nil
}

var staged = regexp.MustCompile(`(?m)^\s*(k8s\.io/\S+) => \./staging/`)

// pin writes a module file that says nothing but which Kubernetes it is, and lets Go add what that needs.
func (t table) pin(v version) error {
	download := exec.Command("go", "mod", "download", "-json", "k8s.io/kubernetes@v"+v.Kubernetes)
	download.Stderr = os.Stderr
	download.Env = os.Environ()
	language := "1.26.0"
	if v.Go != "" {
		download.Env = append(download.Env, "GOTOOLCHAIN=go"+v.Go)
		language = v.Go
	}
	text, err := download.Output()
	if err != nil {
		return fmt.Errorf("go mod download: %w", err)
	}
	var module struct{ GoMod string }
	if err := json.Unmarshal(text, &module); err != nil {
		return err
	}
	theirs, err := os.ReadFile(module.GoMod)
	if err != nil {
		return err
	}
	// Kubernetes' module takes these from its own folders, under no version; others get them as modules.
	var out strings.Builder
	fmt.Fprintf(&out, "module statefulset.internal/conformance\n\ngo %s\n\nrequire k8s.io/kubernetes v%s\n\nreplace (\n", language, v.Kubernetes)
	for _, match := range staged.FindAllSubmatch(theirs, -1) {
		if v.Instead[string(match[1])] != "" {
			continue
		}
		fmt.Fprintf(&out, "\t%s => %s v0.%s\n", match[1], match[1], strings.TrimPrefix(v.Kubernetes, "1."))
	}
	for _, name := range slices.Sorted(maps.Keys(v.Instead)) {
		fmt.Fprintf(&out, "\t%s => %s %s\n", name, name, v.Instead[name])
	}
	out.WriteString(")\n")
	if err := os.WriteFile(v.moduleFile(), []byte(out.String()), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(strings.TrimSuffix(v.moduleFile(), ".mod")+".sum", nil, 0o644); err != nil {
		return err
	}
	return v.goTool(slices.Concat([]string{"list", "-mod=mod", "-deps", "-test", "-f", "{{if not .Standard}}{{with .Module}}{{end}}{{end}}"}, t.sources(v))...)
}
