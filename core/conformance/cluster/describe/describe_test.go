package describe

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/kubectl/pkg/describe"

	"statefulset.internal/conformance/cluster"
	"statefulset.internal/conformance/draw"
)

// What `kubectl describe` prints of an object.
func TestDescribe(t *testing.T) {
	time.Local = time.UTC
	judge := &judge{ours: cluster.Ask(t), describers: map[string]describe.ResourceDescriber{}, counts: cluster.Counts{}}
	cluster.Run(t, "descriptions", judge)
	fmt.Print(judge.counts)
}

type judge struct {
	ours       *cluster.Ours
	server     server
	describers map[string]describe.ResourceDescriber
	counts     cluster.Counts
}

func (j *judge) Differ(c *draw.Choices) (differences []string, text string) {
	world := generate(c, time.Now())
	written, _ := json.MarshalIndent(world.objects, "", " ")
	theirs, at, err := j.describe(world)
	if err != nil {
		return []string{"theirs: " + err.Error()}, string(written)
	}
	var ours struct{ Text string }
	question := map[string]any{"about": "describe", "kind": world.kind.Name, "apiVersion": world.kind.APIVersion, "namespace": namespace(world.kind), "name": "it",
		"objects": world.objects, "now": at.UnixMilli(), "heard": world.heard.UnixMilli()}
	if err := j.ours.Ask(question, &ours); err != nil {
		return []string{"ours: " + err.Error()}, string(written)
	}
	// Where kubectl cuts a character in two, a terminal shows that it cannot read the rest.
	theirs = strings.ToValidUTF8(theirs, "\uFFFD")
	if theirs != ours.Text {
		differences = append(differences, fmt.Sprintf("%s: %s", world.kind.Name, first(theirs, ours.Text)))
	}
	j.counts[world.kind.Name]++
	return differences, string(written)
}

func namespace(kind cluster.Kind) string {
	if inCluster[kind.Name] {
		return ""
	}
	return "default"
}

// describe is what kubectl makes of the object. Ages count from the second of the result.
func (j *judge) describe(world world) (string, time.Time, error) {
	j.server.objects = world.objects
	describer, err := j.describer(world.kind)
	if err != nil {
		return "", time.Time{}, err
	}
	for {
		before := time.Now()
		text, err := describer.Describe(namespace(world.kind), "it", describe.DescriberSettings{ShowEvents: true, ChunkSize: 500})
		if time.Now().Unix() == before.Unix() {
			return text, before, err
		}
		// Another second has begun meanwhile.
	}
}

// describer is the one that kubectl has for a kind.
func (j *judge) describer(kind cluster.Kind) (describe.ResourceDescriber, error) {
	if describer, ok := j.describers[kind.Name]; ok {
		return describer, nil
	}
	config := &rest.Config{Host: "http://kubernetes", QPS: -1, WrapTransport: func(http.RoundTripper) http.RoundTripper { return &j.server }}
	_, mapping := resource(kind.APIVersion, kind.Name)
	describer, ok := describe.DescriberFor(mapping.GroupVersionKind.GroupKind(), config)
	if !ok {
		describer, ok = describe.GenericDescriberFor(mapping, config)
	}
	if !ok {
		return nil, fmt.Errorf("nobody describes a %s", kind.Name)
	}
	j.describers[kind.Name] = describer
	return describer, nil
}
