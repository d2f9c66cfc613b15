package main

import (
	"bufio"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

const set = `{"apiVersion":"apps/v1","kind":"StatefulSet",
"metadata":{"name":"web","namespace":"default","uid":"u-1","resourceVersion":"10","generation":1},
"spec":{"replicas":1,"serviceName":"web","revisionHistoryLimit":10,"podManagementPolicy":"OrderedReady",
"selector":{"matchLabels":{"app":"web"}},"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":0}},
"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}`

// Where nobody tells the time it goes by the clock: what failed is tried again without another word.
func TestWithoutTheTime(t *testing.T) {
	program := exec.Command(build(t))
	in, err := program.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer program.Wait()
	defer in.Close()

	fmt.Fprintf(in, `{"type":"ADDED","object":%s}`+"\n", strings.ReplaceAll(set, "\n", ""))
	for _, kind := range []string{
		`"kind":"StatefulSet","apiVersion":"apps/v1"`, `"kind":"ControllerRevision","apiVersion":"apps/v1"`,
		`"kind":"Pod","apiVersion":"v1"`,
	} {
		annotations := `{"k8s.io/initial-events-end":"true"}`
		fmt.Fprintf(in, `{"type":"BOOKMARK","object":{%s,"metadata":{"resourceVersion":"11","annotations":%s}}}`+"\n",
			kind, annotations)
	}
	requests := 0
	for lines := bufio.NewScanner(out); requests < 2 && lines.Scan(); {
		if strings.HasPrefix(lines.Text(), `{"method":"POST","path":"/apis/apps/v1/namespaces/default/controllerrevisions"`) {
			requests++
			fmt.Fprintln(in, `{"status":"failed","message":"no"}`)
		}
	}
	if requests < 2 {
		t.Errorf("%d requests", requests)
	}
}
