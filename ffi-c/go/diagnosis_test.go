package statefulset_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"statefulset.internal/statefulset"
)

// OnDelete is what somebody wants.
func TestDiagnose(t *testing.T) {
	s := withSet(t)
	s.rest()
	diagnosis, err := s.cluster.Diagnose(web, noon, statefulset.DiagnoseOptions{})
	s.must(err)
	if !diagnosis.AtGoal || diagnosis.Verdict != statefulset.VerdictUpToDate || diagnosis.Namespace != "default" ||
		diagnosis.Name != "web" || diagnosis.Wanted != 2 || diagnosis.Ready != 2 || diagnosis.Updated != 2 ||
		diagnosis.CurrentRevision != diagnosis.UpdateRevision || diagnosis.CurrentRevision == "" ||
		!diagnosis.Since.IsZero() || !diagnosis.Now.Equal(noon) || diagnosis.More {
		t.Errorf("%+v", diagnosis)
	}
	if diagnosis.String() != "default/web: up to date: 2 of 2 ready" {
		t.Error(diagnosis)
	}

	at := "/apis/apps/v1/namespaces/default/statefulsets/web"
	set := s.objects[at]
	spec := set["spec"].(map[string]any)
	spec["minReadySeconds"] = 120
	spec["replicas"] = 3
	spec["updateStrategy"] = map[string]any{"type": "OnDelete"}
	pod := spec["template"].(map[string]any)["spec"].(map[string]any)
	pod["containers"].([]any)[0].(map[string]any)["image"] = "nginx:2"
	set["metadata"].(map[string]any)["generation"] = 2
	s.keep(at, set)
	s.rest()
	diagnosis, err = s.cluster.Diagnose(web, noon, statefulset.DiagnoseOptions{})
	s.must(err)
	if diagnosis.AtGoal || diagnosis.Verdict != statefulset.VerdictInProgress || len(diagnosis.Waits) == 0 {
		t.Fatalf("%+v", diagnosis)
	}
	// The pods have been ready for a minute of two.
	wait := diagnosis.Waits[0]
	if wait.Action != statefulset.ActionWait || !wait.Gates.Has(statefulset.GatePodNotAvailable) ||
		!wait.Until.Equal(noon.Add(time.Minute)) || wait.Text == "" || wait.Fate != statefulset.FateOpen {
		t.Errorf("%+v", wait)
	}
	cause := causeNamed(t, diagnosis, "on-delete")
	if cause.Weight != statefulset.WeightChoice || cause.First != 0 || cause.Last != 1 || cause.Text == "" ||
		!cause.Since.IsZero() || len(cause.Cures) == 0 || cause.Cures[0].Text == "" {
		t.Errorf("%+v", cause)
	}
}

// refused are a missing Service, and an API server that refuses the first pod.
const refused = `[{"kind":"ServiceList","items":[]},{"kind":"Event","type":"Warning","reason":"FailedCreate",
  "involvedObject":{"kind":"StatefulSet","namespace":"default","name":"web","uid":"u-1"},
  "message":"create Pod web-0 in StatefulSet web failed error: pods \"web-0\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2",
  "count":7,"firstTimestamp":"TIME","lastTimestamp":"TIME"}]`

// Evidence says what decisions do not depend on.
func TestDiagnoseWithEvidence(t *testing.T) {
	s := withSet(t)
	begun := noon.Add(-time.Hour)
	options := statefulset.DiagnoseOptions{
		Evidence: []byte(strings.ReplaceAll(refused, "TIME", begun.Format(time.RFC3339))),
	}
	diagnosis, err := s.cluster.Diagnose(web, noon, options)
	s.must(err)
	if diagnosis.Verdict != statefulset.VerdictStuck || !diagnosis.Since.Equal(begun) || len(diagnosis.Actions) == 0 ||
		diagnosis.Actions[0].Fate != statefulset.FateRefused {
		t.Fatalf("%+v", diagnosis)
	}
	cause := causeNamed(t, diagnosis, "quota-exceeded")
	if cause.Weight != statefulset.WeightHindrance || cause.First != 0 || !cause.Since.Equal(begun) ||
		cause.Object.String() != "Pod web-0" || len(cause.Cures) == 0 || len(cause.Evidence) == 0 {
		t.Errorf("%+v", cause)
	}
	if cure := cause.Cures[0]; len(cure.Commands) == 0 || cure.Warning != "" {
		t.Errorf("%+v", cure)
	}
	proof := cause.Evidence[0]
	if proof.Object.Kind != "StatefulSet" || proof.Field != "event FailedCreate" || !strings.Contains(proof.Text, "exceeded quota") {
		t.Errorf("%+v", proof)
	}
	missing := causeNamed(t, diagnosis, "service-missing")
	if missing.Weight != statefulset.WeightRemark || missing.Cures[0].Text == "" || missing.First != statefulset.NoOrdinal || missing.Last != statefulset.NoOrdinal {
		t.Errorf("%+v", missing)
	}
	if text := diagnosis.String(); !strings.HasPrefix(text, "default/web: stuck for 60 min") || !strings.Contains(text, cause.Text) {
		t.Error(text)
	}

	options.Patience = math.MaxInt64
	diagnosis, err = s.cluster.Diagnose(web, noon, options)
	s.must(err)
	if diagnosis.Verdict != statefulset.VerdictInProgress {
		t.Errorf("%+v", diagnosis)
	}
	var wrong *statefulset.InputError
	_, err = s.cluster.Diagnose(web, noon, statefulset.DiagnoseOptions{Patience: -1})
	if !errors.As(err, &wrong) || wrong.Code != statefulset.CodeNegative || wrong.Field != "patience_ms" {
		t.Error(err)
	}
	_, err = s.cluster.Diagnose(web, noon, statefulset.DiagnoseOptions{Evidence: []byte(`[{},{"kind":7}]`)})
	if !errors.As(err, &wrong) || wrong.Code != statefulset.CodeBadJSON || !strings.Contains(err.Error(), "[1].kind: ") {
		t.Error(err)
	}
	if _, err := s.cluster.Diagnose("default/other", noon, options); !errors.Is(err, statefulset.ErrNoSuchSet) {
		t.Error(err)
	}
}

// causeNamed is the cause of this name.
func causeNamed(t *testing.T, diagnosis statefulset.Diagnosis, name string) statefulset.Cause {
	t.Helper()
	for _, cause := range diagnosis.Causes {
		if cause.Name == name {
			return cause
		}
	}
	t.Fatalf("no %s: %+v", name, diagnosis.Causes)
	return statefulset.Cause{}
}

func TestCauses(t *testing.T) {
	causes, err := statefulset.Causes()
	if err != nil {
		t.Fatal(err)
	}
	weights := map[string]statefulset.Weight{}
	for _, cause := range causes {
		weights[cause.Name] = cause.Weight
		if !strings.HasSuffix(cause.Meaning, ".") {
			t.Errorf("%+v", cause)
		}
	}
	for name, weight := range map[string]statefulset.Weight{
		"quota-exceeded":  statefulset.WeightHindrance,
		"on-delete":       statefulset.WeightChoice,
		"service-missing": statefulset.WeightRemark,
	} {
		if weights[name] != weight {
			t.Errorf("%s: %q", name, weights[name])
		}
	}
}
