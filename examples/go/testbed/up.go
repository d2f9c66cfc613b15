package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/pflag"

	"statefulset.internal/testbed/bed"
)

const usage = `testbed boots a Kubernetes control plane on this machine, on loopback, in a folder of its own.

  testbed [flags]                     until it is interrupted
  testbed [flags] -- COMMAND ARG…     while COMMAND runs; its exit code is the exit code

COMMAND finds the cluster by KUBECONFIG, kubectl of the same version in PATH, and the folder in TESTBED_DIR.

`

// up boots a control plane and keeps it.
func up(args []string) error {
	flags := pflag.NewFlagSet("testbed", pflag.ContinueOnError)
	flags.SetInterspersed(false)
	nodes := flags.Int("nodes", 3, "how many nodes there are: node-1, node-2 …")
	names := flags.StringSlice("node-names", nil, "their names, instead")
	builtin := flags.Bool("builtin", false, "start the StatefulSet controller of Kubernetes, too")
	class := flags.String("default-class", "standard", "the default StorageClass; empty: there is none")
	grace := flags.Duration("node-grace", 0, "after this time a silent node is unreachable (12s)")
	toleration := flags.Duration("toleration", 0, "after this time pods on an unreachable node are deleted (10s)")
	flags.Usage = func() { fmt.Fprint(os.Stderr, usage, flags.FlagUsages()) }
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, pflag.ErrHelp) {
			return nil
		}
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	defer stop()
	executable, err := os.Executable()
	if err != nil {
		return err
	}
	options := bed.Options{Executable: executable, Nodes: *names, NodeGrace: *grace, Toleration: *toleration}
	if len(options.Nodes) == 0 {
		for i := range *nodes {
			options.Nodes = append(options.Nodes, fmt.Sprintf("node-%d", i+1))
		}
	}
	plane, err := bed.Start(options)
	if err != nil {
		return err
	}
	defer plane.Stop()
	if *class != "" {
		if err := plane.Class(*class, true); err != nil {
			return err
		}
	}
	if *builtin {
		if _, err := plane.StartBuiltin(); err != nil {
			return err
		}
	}
	environment, err := environment(plane, executable)
	if err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return run(ctx, plane, flags.Args(), environment)
	}
	for _, variable := range environment {
		name, value, _ := strings.Cut(variable, "=")
		fmt.Printf("export %s='%s'\n", name, value)
	}
	<-ctx.Done()
	return nil
}

func environment(plane *bed.Plane, executable string) ([]string, error) {
	kubeconfig, err := plane.Kubeconfig(bed.Admin)
	if err != nil {
		return nil, err
	}
	bin := filepath.Join(plane.Dir, "bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		return nil, err
	}
	if err := os.Symlink(executable, filepath.Join(bin, bed.Kubectl)); err != nil {
		return nil, err
	}
	return []string{"KUBECONFIG=" + kubeconfig, "PATH=" + bin + ":" + os.Getenv("PATH"), "TESTBED_DIR=" + plane.Dir}, nil
}

func run(ctx context.Context, plane *bed.Plane, words, environment []string) error {
	for _, variable := range environment {
		name, value, _ := strings.Cut(variable, "=")
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	command := exec.CommandContext(ctx, words[0], words[1:]...)
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := command.Run()
	var code *exec.ExitError
	if errors.As(err, &code) {
		plane.Stop()
		os.Exit(code.ExitCode())
	}
	return err
}
