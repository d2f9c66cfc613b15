package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unsafe" // also for the link to the controller's own function

	apps "k8s.io/api/apps/v1"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	internal "k8s.io/kubernetes/pkg/apis/apps"
	"k8s.io/kubernetes/pkg/controller/statefulset"
	ours "statefulset.internal/statefulset"
)

var _ unsafe.Pointer

//go:linkname newRevision k8s.io/kubernetes/pkg/controller/statefulset.newRevision
func newRevision(set *apps.StatefulSet, revision int64, collisionCount *int32) (*apps.ControllerRevision, error)

var _ statefulset.StatefulSetController

// Stored is what is kept of a set: the object's own bytes, with the fields of each object in the order of their names, and
// the revision that its template makes.
type Stored struct {
	Whole    []byte
	Revision Revised
}

// Revised is a revision: its name, and the bytes that its hash is made of.
type Revised struct {
	Name string
	Data []byte
}

// stored takes a set through what an API server does between a request and an answer: it becomes one of the API's
// version, is written down as a store keeps it, is read again, and is shown.
func stored(set *internal.StatefulSet) (*apps.StatefulSet, error) {
	var written, read, answer apps.StatefulSet
	var again internal.StatefulSet
	if err := legacyscheme.Scheme.Convert(set, &written, nil); err != nil {
		return nil, err
	}
	kept, err := written.Marshal()
	if err != nil {
		return nil, err
	}
	if err := read.Unmarshal(kept); err != nil {
		return nil, err
	}
	legacyscheme.Scheme.Default(&read)
	if err := legacyscheme.Scheme.Convert(&read, &again, nil); err != nil {
		return nil, err
	}
	if err := legacyscheme.Scheme.Convert(&again, &answer, nil); err != nil {
		return nil, err
	}
	answer.SetGroupVersionKind(apps.SchemeGroupVersion.WithKind("StatefulSet"))
	return &answer, nil
}

// keep makes a judgement of what is stored of a set.
func keep(set *internal.StatefulSet) (judgement Judgement, err error) {
	read, err := stored(set)
	if err != nil {
		return judgement, err
	}
	if judgement.Whole, err = spelled(read); err != nil {
		return judgement, err
	}
	judgement.Revision, err = theirRevision(read)
	return judgement, err
}

// close looks at the set again after the strategy of the registry, which takes fields away.
func (j *Judgement) close(set *internal.StatefulSet) error {
	read, err := stored(set)
	if err != nil {
		return err
	}
	closed, err := spelled(read.Spec)
	if err != nil {
		return err
	}
	var whole struct{ Spec json.RawMessage }
	if err := json.Unmarshal(j.Whole, &whole); err != nil {
		return err
	}
	if !bytes.Equal(whole.Spec, closed) {
		j.Closed = closed
	}
	return nil
}

// closedFields are the fields that the strategy of the registry takes away as long as their feature gates are closed. The
// library has no such gates: it keeps them, and leaves it to an API server to take them away.
var closedFields = []string{"bindMountOptions", "defaultUser", "evictionResponders", "lifecycle", "maxUnavailable", "mode", "protocol", "schedulingGroup", "stopSignal", "user"}

// closedField is a field that the strategy took away, and whether it is one that is known to be behind a gate.
func (j *Judgement) closedField() (string, bool) {
	var whole struct{ Spec json.RawMessage }
	if err := json.Unmarshal(j.Whole, &whole); err != nil {
		return err.Error(), false
	}
	found := firstDifference(j.Closed, whole.Spec)
	path, _, _ := strings.Cut(found, ": ")
	name := path[strings.LastIndex(path, "/")+1:]
	return found, slices.Contains(closedFields, name)
}

// ourStored asks the library.
func ourStored(gates Gates, set []byte) (kept Stored, err error) {
	if set, err = ours.Normalize(gates.profile(), set); err != nil {
		return kept, err
	}
	if kept.Whole, err = ordered(set); err != nil {
		return kept, err
	}
	kept.Revision, err = ourRevision(gates, set)
	return kept, err
}

func spelled(value any) ([]byte, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return ordered(text)
}

// ordered is a JSON object in the one spelling in which two of them are compared byte by byte.
func ordered(text []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	// A number is compared as it is written.
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

// theirRevision is the one that the real controller makes of a set's template, for a set with the name web.
func theirRevision(set *apps.StatefulSet) (Revised, error) {
	set = set.DeepCopy()
	set.Name = "web"
	revision, err := newRevision(set, 1, new(int32))
	if err != nil {
		return Revised{}, err
	}
	return Revised{revision.Name, revision.Data.Raw}, nil
}

// ourRevision is the one that the library makes of it.
func ourRevision(gates Gates, set []byte) (revised Revised, err error) {
	var fields map[string]any
	if err := json.Unmarshal(set, &fields); err != nil {
		return Revised{}, err
	}
	// Of the set itself only the template counts; the rest may be odd.
	spec, _ := fields["spec"].(map[string]any)
	good := goodSet(GivenChoices(nil))
	goodSpec := good["spec"].(map[string]any)
	goodSpec["template"], goodSpec["replicas"], goodSpec["revisionHistoryLimit"] = spec["template"], 1, 10
	text, err := json.Marshal(good)
	if err != nil {
		return Revised{}, err
	}
	cluster, err := ours.NewCluster(gates.profile())
	if err != nil {
		return Revised{}, err
	}
	defer func() {
		if closed := cluster.Close(); err == nil {
			err = closed
		}
	}()
	for _, kind := range Kinds {
		if err := cluster.BeginList(kinds[kind]); err != nil {
			return Revised{}, err
		}
		if kind == Set {
			if err := cluster.Apply(kinds[kind], text); err != nil {
				return Revised{}, err
			}
		}
		if err := cluster.EndList(kinds[kind], "1"); err != nil {
			return Revised{}, err
		}
	}
	plan, err := cluster.Plan("default/web", time.Unix(1, 0))
	if err != nil {
		return Revised{}, err
	}
	for _, request := range plan.List {
		var revision apps.ControllerRevision
		if err := json.Unmarshal(request.Body, &revision); err == nil && revision.Kind == "ControllerRevision" {
			return Revised{revision.Name, revision.Data.Raw}, nil
		}
	}
	return Revised{}, fmt.Errorf("no revision in %d requests", len(plan.List))
}
