// Command testbed is a Kubernetes control plane in one executable: each of its parts, and kubectl, under the name by which it is
// called. Under its own name it boots them all, for use by hand or by the tests of another language.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	manager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"

	"statefulset.internal/testbed/bed"
)

func main() {
	name := filepath.Base(os.Args[0])
	// The control plane of an earlier Kubernetes is a program of its own: see the folder plane.
	if plane := os.Getenv("TESTBED_PLANE"); plane != "" && slices.Contains([]string{bed.APIServer, bed.ControllerManager, bed.Scheduler}, name) {
		exit(syscall.Exec(plane, os.Args, os.Environ()))
	}
	switch name {
	case bed.Etcd:
		exit(etcd(os.Args[1:]))
	case bed.APIServer:
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case bed.ControllerManager:
		os.Exit(cli.Run(manager.NewControllerManagerCommand()))
	case bed.Scheduler:
		os.Exit(cli.Run(scheduler.NewSchedulerCommand()))
	case bed.Kubelets:
		exit(kubelets())
	case bed.Kubectl:
		os.Exit(cli.Run(kubectl.NewDefaultKubectlCommand()))
	case bed.Janitor:
		exit(sweep(os.Args[1]))
	default:
		exit(up(os.Args[1:]))
	}
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "testbed:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// sweep deletes a bed's folder when the process that made it has ended, and its parts with it.
func sweep(dir string) error {
	_, _ = io.Copy(io.Discard, os.Stdin)
	return os.RemoveAll(dir)
}
