package printers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
	cli "k8s.io/cli-runtime/pkg/printers"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/certificates/install"
	_ "k8s.io/kubernetes/pkg/apis/coordination/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	_ "k8s.io/kubernetes/pkg/apis/flowcontrol/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/node/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/resource/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	"k8s.io/kubernetes/pkg/apis/storage"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
	_ "k8s.io/kubernetes/pkg/apis/storagemigration/install"
	"k8s.io/kubernetes/pkg/printers"
	"k8s.io/kubernetes/pkg/printers/internalversion"

	"statefulset.internal/conformance/cluster"
	"statefulset.internal/conformance/cluster/objects"
	"statefulset.internal/conformance/draw"
)

// What `kubectl get` prints of an object.
func TestPrinters(t *testing.T) {
	judge := &judge{cluster.Ask(t), printers.NewTableGenerator().With(internalversion.AddHandlers), cluster.Counts{}}
	cluster.Run(t, "printed columns", judge)
	fmt.Print(judge.counts)
}

// plain are the kinds of which an API server shows the name and the time alone.
var plain = map[string]bool{"LimitRange": true, "Role": true, "ClusterRole": true}

type judge struct {
	ours      *cluster.Ours
	generator *printers.HumanReadableGenerator
	counts    cluster.Counts
}

func (j *judge) Differ(c *draw.Choices) (differences []string, text string) {
	kind := cluster.Kinds[c.Below(len(cluster.Kinds))]
	wide := c.Once(2)
	now := time.Now()
	made := objects.Maker{Choices: c, Now: now, Words: &words}.Object(reflect.TypeOf(kind.New()).Elem())
	made["kind"], made["apiVersion"] = kind.Name, kind.APIVersion
	if metadata := made["metadata"].(objects.Object); plain[kind.Name] && metadata["creationTimestamp"] == nil {
		metadata["creationTimestamp"] = now.UTC().Format(time.RFC3339)
	}
	written, _ := json.Marshal(made)
	object := kind.New()
	if err := objects.Typed(made, object); err != nil {
		return []string{err.Error()}, string(written)
	}
	theirs, at, err := j.print(kind.Name, object.(runtime.Object), wide)
	if err != nil {
		return []string{"theirs: " + err.Error()}, string(written)
	}
	var ours struct{ Text string }
	question := map[string]any{"about": "get", "kind": kind.Name, "apiVersion": kind.APIVersion, "object": made, "now": at.UnixMilli(), "wide": wide}
	if err := j.ours.Ask(question, &ours); err != nil {
		return []string{"ours: " + err.Error()}, string(written)
	}
	if theirs != ours.Text {
		differences = append(differences, fmt.Sprintf("%s:\ntheirs\n%sours\n%s", kind.Name, theirs, ours.Text))
	}
	j.counts[kind.Name]++
	return differences, string(written)
}

// print is what an API server makes of the object, printed as kubectl does. Ages count from the second of the result.
func (j *judge) print(kind string, object runtime.Object, wide bool) (string, time.Time, error) {
	internal, err := legacyscheme.Scheme.ConvertToVersion(object, runtime.InternalGroupVersioner)
	if err != nil {
		return "", time.Time{}, err
	}
	// Which class is the default one is told in lists only.
	if class, ok := internal.(*storage.StorageClass); ok {
		internal = &storage.StorageClassList{Items: []storage.StorageClass{*class}}
	}
	for {
		before := time.Now()
		table, err := j.generator.GenerateTable(internal, printers.GenerateOptions{Wide: true})
		if plain[kind] {
			table, err = rest.NewDefaultTableConvertor(schema.GroupResource{}).ConvertToTable(context.Background(), internal, nil)
		}
		if time.Now().Unix() != before.Unix() {
			// Another second has begun meanwhile.
			continue
		}
		if err != nil {
			return "", before, err
		}
		var text bytes.Buffer
		tabs := cli.GetNewTabWriter(&text)
		if err := cli.NewTablePrinter(cli.PrintOptions{Wide: wide}).PrintObj(table, tabs); err != nil {
			return "", before, err
		}
		err = tabs.Flush()
		return text.String(), before, err
	}
}
