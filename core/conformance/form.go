package conformance

import (
	"cmp"
	"encoding/json"
	"slices"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
)

// plain is an object without what every write changes.
func plain(object Object) Object {
	object = outline(object)
	object.SetResourceVersion("")
	object.GetObjectKind().SetGroupVersionKind(KindOf(object).Version().WithKind(string(KindOf(object))))
	if pod, ok := object.(*core.Pod); ok {
		// Whoever lists volumes names them; their order means nothing.
		byName := func(a, b core.Volume) int { return cmp.Compare(a.Name, b.Name) }
		if !slices.IsSortedFunc(pod.Spec.Volumes, byName) {
			pod.Spec.Volumes = slices.Clone(pod.Spec.Volumes)
			slices.SortStableFunc(pod.Spec.Volumes, byName)
		}
	}
	return object
}

// formOf is a plain object as bytes: protobuf's, which have the fields and the keys of maps in order, and cost a tenth of
// JSON's. Times have no fractions of seconds there, as in JSON.
func formOf(object Object) string {
	var bytes []byte
	var err error
	switch object := plain(object).(type) {
	case *core.Pod:
		bytes, err = object.Marshal()
	case *core.PersistentVolumeClaim:
		bytes, err = object.Marshal()
	case *apps.ControllerRevision:
		bytes, err = object.Marshal()
	case *apps.StatefulSet:
		bytes, err = object.Marshal()
	}
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

// textOf is a plain object for people.
func textOf(object Object) string {
	if object == nil {
		return ""
	}
	text, err := json.Marshal(plain(object))
	if err != nil {
		panic(err)
	}
	return string(text)
}
