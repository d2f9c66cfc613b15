package patch

import (
	"encoding/json"
	"sort"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/client-go/applyconfigurations"
	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"

	"statefulset.internal/conformance/cluster"
)

// moment is when everything is written.
const moment = "2026-01-01T00:00:00Z"

// writer is the API server's own keeper of managed fields, for one kind.
type writer struct {
	kind     schema.GroupVersionKind
	whole    *managedfields.FieldManager
	ofStatus *managedfields.FieldManager
}

// asIs fills in no defaults.
type asIs struct{}

func (asIs) Default(runtime.Object) {}

var types = applyconfigurations.NewTypeConverter(scheme.Scheme)

func newWriter(kind cluster.Kind) *writer {
	version, err := schema.ParseGroupVersion(kind.APIVersion)
	if err != nil {
		panic(err)
	}
	of := version.WithKind(kind.Name)
	manager := func(subresource, leftAlone string) *managedfields.FieldManager {
		filter := fieldpath.NewExcludeSetFilter(fieldpath.NewSet(fieldpath.MakePathOrDie(leftAlone)))
		reset := map[fieldpath.APIVersion]fieldpath.Filter{fieldpath.APIVersion(kind.APIVersion): filter}
		made, err := managedfields.NewDefaultFieldManager(types, scheme.Scheme, asIs{}, scheme.Scheme, of, version, subresource, reset)
		if err != nil {
			panic(err)
		}
		return made
	}
	return &writer{of, manager("", "status"), manager("status", "spec")}
}

// typed is an object as the API server holds it.
func (w *writer) typed(from object) (runtime.Object, error) {
	made, err := scheme.Scheme.New(w.kind)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(written(from)), made); err != nil {
		return nil, err
	}
	made.GetObjectKind().SetGroupVersionKind(w.kind)
	return made, nil
}

// full is an object with all that the API server writes of it, even if nothing is in it.
func (w *writer) full(from object) (object, error) {
	made, err := w.typed(from)
	if err != nil {
		return nil, err
	}
	return plainOf(made), nil
}

func plainOf(from any) object {
	var made object
	if err := json.Unmarshal([]byte(written(from)), &made); err != nil {
		panic(err)
	}
	return made
}

// live is what is there, or nothing of this kind.
func (w *writer) live(from object) (runtime.Object, error) {
	if from == nil {
		from = object{}
	}
	return w.typed(from)
}

func (w *writer) apply(live, config object, manager string, force bool) answer {
	before, err := w.live(live)
	if err != nil {
		return answer{Error: err.Error()}
	}
	made := map[string]any{}
	if err := utiljson.Unmarshal([]byte(written(config)), &made); err != nil {
		return answer{Error: err.Error()}
	}
	after, err := w.whole.Apply(before, &unstructured.Unstructured{Object: made}, manager, force)
	return w.answer(after, err)
}

func (w *writer) update(live, to object, manager, subresource string) answer {
	before, err := w.live(live)
	if err != nil {
		return answer{Error: err.Error()}
	}
	after, err := w.typed(to)
	if err != nil {
		return answer{Error: err.Error()}
	}
	keeper := w.whole
	if subresource != "" {
		keeper = w.ofStatus
	}
	after, err = keeper.Update(before, after, manager)
	return w.answer(after, err)
}

func (w *writer) answer(after runtime.Object, err error) answer {
	if err != nil {
		return answer{Error: err.Error()}
	}
	if raw, is := after.(*unstructured.Unstructured); is {
		after, err = w.typed(raw.Object)
		if err != nil {
			return answer{Error: err.Error()}
		}
	}
	after.GetObjectKind().SetGroupVersionKind(w.kind)
	made := plainOf(after)
	for _, entry := range entries(made) {
		if _, is := entry["time"]; is {
			entry["time"] = moment
		}
	}
	return answer{Result: made}
}

// entries are who manages what of an object.
func entries(of object) []object {
	metadata, _ := of["metadata"].(object)
	list, _ := metadata["managedFields"].([]any)
	var all []object
	for _, entry := range list {
		all = append(all, entry.(object))
	}
	return all
}

// apart are an object without its managers, and those in an order that does not depend on times.
func apart(of object) (object, []string) {
	var managers []string
	for _, entry := range entries(of) {
		managers = append(managers, written(entry))
	}
	sort.Strings(managers)
	bare := plainOf(of)
	if metadata, is := bare["metadata"].(object); is {
		delete(metadata, "managedFields")
	}
	return bare, managers
}
