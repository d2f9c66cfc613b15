package conformance

import (
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Object is an API object of one of the four kinds that a StatefulSet controller writes.
type Object interface {
	meta.Object
	runtime.Object
}

// Kind is what an object is.
type Kind string

// The kinds.
const (
	Set      Kind = "StatefulSet"
	Pod      Kind = "Pod"
	Claim    Kind = "PersistentVolumeClaim"
	Revision Kind = "ControllerRevision"
)

// Kinds are all kinds, sets last: what comes before is what a set's plan depends on.
var Kinds = []Kind{Pod, Claim, Revision, Set}

// Version is the group and version that the kind belongs to.
func (k Kind) Version() schema.GroupVersion {
	if k == Pod || k == Claim {
		return core.SchemeGroupVersion
	}
	return apps.SchemeGroupVersion
}

// Resource is the kind's name in paths and in error texts.
func (k Kind) Resource() schema.GroupResource {
	plural := map[Kind]string{
		Pod:      "pods",
		Claim:    "persistentvolumeclaims",
		Revision: "controllerrevisions",
		Set:      "statefulsets",
	}
	return schema.GroupResource{Group: k.Version().Group, Resource: plural[k]}
}

// New is an empty object of the kind.
func (k Kind) New() Object {
	switch k {
	case Pod:
		return &core.Pod{}
	case Claim:
		return &core.PersistentVolumeClaim{}
	case Revision:
		return &apps.ControllerRevision{}
	default:
		return &apps.StatefulSet{}
	}
}

// KindOf tells what an object is.
func KindOf(object Object) Kind {
	switch object.(type) {
	case *core.Pod:
		return Pod
	case *core.PersistentVolumeClaim:
		return Claim
	case *apps.ControllerRevision:
		return Revision
	default:
		return Set
	}
}

// namespace is where all objects are.
const namespace = "default"

// Ref names an object; all objects are in one namespace.
type Ref struct {
	Kind Kind
	Name string
}

// RefOf names an object.
func RefOf(object Object) Ref {
	return Ref{KindOf(object), object.GetName()}
}

// outline is a copy of an object whose own fields can be set. What they refer to is shared, and must not be changed.
func outline(object Object) Object {
	switch object := object.(type) {
	case *core.Pod:
		return new(*object)
	case *core.PersistentVolumeClaim:
		return new(*object)
	case *apps.ControllerRevision:
		return new(*object)
	default:
		return new(*object.(*apps.StatefulSet))
	}
}

func kindOfResource(resource string) (Kind, bool) {
	for _, kind := range Kinds {
		if kind.Resource().Resource == resource {
			return kind, true
		}
	}
	return "", false
}
