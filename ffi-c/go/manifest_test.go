package statefulset_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"statefulset.internal/statefulset"
)

const manifest = `{"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "web", "namespace": "default"},
	"spec": {"selector": {"matchLabels": {"app": "web"}}, "template": {"metadata": {"labels": {"app": "web"}},
	"spec": {"containers": [{"name": "web", "image": "nginx"}]}}}}`

func ExampleValidate() {
	set := []byte(`{"metadata": {"name": "web", "namespace": "default"}, "spec": {"replicas": -1,
		"selector": {"matchLabels": {"app": "web"}}, "template": {"metadata": {"labels": {"app": "web"}},
		"spec": {"containers": [{"name": "web"}]}}}}`)
	mistakes, err := statefulset.Validate(statefulset.Upstream(), set)
	if err != nil {
		panic(err)
	}
	for _, mistake := range mistakes {
		fmt.Println(mistake)
	}
	// Output:
	// spec.replicas: Invalid value: -1: must be greater than or equal to 0
	// spec.template.spec.containers[0].image: Required value
}

func TestManifestsAreFilledIn(t *testing.T) {
	text, err := statefulset.Normalize(statefulset.Upstream(), []byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Spec struct{ Replicas int } }
	if err := json.Unmarshal(text, &set); err != nil || set.Spec.Replicas != 1 {
		t.Errorf("%v: %s", err, text)
	}
	again, err := statefulset.Normalize(statefulset.Upstream(), text)
	if err != nil || !slices.Equal(again, text) {
		t.Errorf("a second time changes it: %v: %s", err, again)
	}
}

// Rule K-10.
func TestManifestsAreFilledInAsTheyAreStored(t *testing.T) {
	wordy := strings.Replace(manifest, `"image": "nginx"`, `"image": "nginx", "tty": false, "args": [], "env": [{"name": "CPUS",
		"value": "", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}}]`, 1)
	text, err := statefulset.Normalize(statefulset.Upstream(), []byte(wordy))
	if err != nil {
		t.Fatal(err)
	}
	var set struct {
		Spec struct {
			Template struct {
				Spec struct{ Containers []map[string]any }
			}
		}
	}
	if err := json.Unmarshal(text, &set); err != nil {
		t.Fatal(err)
	}
	container := set.Spec.Template.Spec.Containers[0]
	reference := map[string]any{"resourceFieldRef": map[string]any{"resource": "limits.cpu", "divisor": "0"}}
	env := []any{map[string]any{"name": "CPUS", "valueFrom": reference}}
	if !reflect.DeepEqual(container["env"], env) || container["tty"] != nil || container["args"] != nil {
		t.Errorf("%v", container)
	}
}

func TestManifestsAreCompared(t *testing.T) {
	profile := statefulset.Upstream()
	if mistakes, err := statefulset.ValidateUpdate(profile, []byte(manifest), []byte(manifest)); err != nil || len(mistakes) > 0 {
		t.Error(mistakes, err)
	}
	mistakes, err := statefulset.ValidateUpdate(profile, []byte(manifest), []byte(`{"metadata": {"name": "web"}}`))
	if err != nil {
		t.Fatal(err)
	}
	found := func(it statefulset.FieldError) bool {
		return it.Field == "spec.selector" && it.Reason == "FieldValueRequired"
	}
	if !slices.ContainsFunc(mistakes, found) {
		t.Error(mistakes)
	}
	var input *statefulset.InputError
	if _, err := statefulset.ValidateUpdate(profile, []byte("[]"), []byte(manifest)); !errors.As(err, &input) || input.Field != "old" {
		t.Error(err)
	}
}
