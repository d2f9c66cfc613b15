package statefulset_test

import (
	"errors"
	"testing"

	"statefulset.internal/statefulset"
)

func TestNames(t *testing.T) {
	pod, err := statefulset.PodName("web", 7)
	if err != nil || pod != "web-7" {
		t.Errorf("%q, %v", pod, err)
	}
	claim, err := statefulset.ClaimName("data", "web", 7)
	if err != nil || claim != "data-web-7" {
		t.Errorf("%q, %v", claim, err)
	}
	if set, ordinal, err := statefulset.ParsePodName(pod); err != nil || set != "web" || ordinal != 7 {
		t.Errorf("%q, %d, %v", set, ordinal, err)
	}
	if _, ordinal, err := statefulset.ParsePodName("web-99999999999"); err != nil || ordinal != statefulset.NoOrdinal {
		t.Errorf("%d, %v", ordinal, err)
	}
	if template, ordinal, err := statefulset.ParseClaimName(claim, "web"); err != nil || template != "data" || ordinal != 7 {
		t.Errorf("%q, %d, %v", template, ordinal, err)
	}
	var wrong *statefulset.InputError
	for _, name := range []string{"", "web", "web-", "web-x"} {
		_, _, err := statefulset.ParsePodName(name)
		if !errors.As(err, &wrong) || wrong.Code != statefulset.CodeNotAName {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := statefulset.PodName("\xff", 1); !errors.As(err, &wrong) || wrong.Code != statefulset.CodeBadText {
		t.Errorf("%v", err)
	}
}

func TestExplain(t *testing.T) {
	desired, observed := settled(2)
	observed.Pods[0].Ready = false
	observed.Pods = observed.Pods[:1]
	names := statefulset.Names{Set: "web", ClaimTemplates: []string{"data"}}
	sentences, err := statefulset.Explain(desired, observed, noon, names)
	want := "web-0: not available yet: the pod is not ready (for 60 min)\nweb-1: not created yet: web-0 comes first"
	if err != nil || sentences != want {
		t.Errorf("got\n%s\nwant\n%s\n%v", sentences, want, err)
	}
}
