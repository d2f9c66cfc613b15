//go:build ignore

package conformance

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"runtime/debug"
	"testing"
	"testing/synctest"
	"time"
)

var judgedGates = flag.String("gates", "", "the gates, as JSON; without, as in a release")

// kubernetesVersion is set when the program is linked.
var kubernetesVersion string

// TestJudge is the program that judges: it is a test because only in one does time stand still.
func TestJudge(t *testing.T) {
	usual := usualGates()
	if *judgedGates != "" {
		var gates Gates
		if err := json.Unmarshal([]byte(*judgedGates), &gates); err != nil {
			t.Fatal(err)
		}
		if err := gates.Set(); err != nil {
			t.Fatal(err)
		}
	}
	hush()
	debug.SetGCPercent(800)
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), json.NewEncoder(os.Stdout)
	if err := out.Encode(presented{Kubernetes: kubernetesVersion, Usual: usual}); err != nil {
		t.Fatal(err)
	}
	for {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		var c Case
		// A field that this version does not know would be dropped by its API server; a judge must not be asked about it.
		strict := json.NewDecoder(bytes.NewReader(line))
		strict.DisallowUnknownFields()
		if err := strict.Decode(&c); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		var outcome Outcome
		synctest.Test(t, func(*testing.T) {
			time.Sleep(c.Now.Sub(time.Now()))
			outcome = Linked(&c)
		})
		it, err := tell(outcome)
		if err == nil {
			err = out.Encode(it)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
