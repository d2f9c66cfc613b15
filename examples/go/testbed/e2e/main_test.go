// Package e2e runs the controllers that use the library where their users run: on a real control plane.
//
//	STATEFULSET_CONTROLLER=… TESTBED=… go test ./e2e
//
// `make test-e2e` runs what -short leaves, `make e2e` all of it.
package e2e

import (
	"fmt"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	for _, program := range []string{"TESTBED", "STATEFULSET_CONTROLLER"} {
		if _, err := os.Stat(os.Getenv(program)); err != nil {
			fmt.Fprintf(os.Stderr, "e2e: %s must be the path of a program: %v\n`make e2e` builds what is needed\n", program, err)
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

// long skips what `make test` has no time for.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("only in `make e2e`")
	}
}
