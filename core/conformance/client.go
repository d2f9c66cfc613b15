package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"k8s.io/client-go/kubernetes"
	appsclient "k8s.io/client-go/kubernetes/typed/apps/v1"
	coreclient "k8s.io/client-go/kubernetes/typed/core/v1"
)

// client is the API as the real controller sees it, with the store behind it. What the controller does not call is
// left nil, so that a new call shows.
type client struct {
	kubernetes.Interface
	store *Store
}

func (c client) CoreV1() coreclient.CoreV1Interface { return coreAPI{store: c.store} }
func (c client) AppsV1() appsclient.AppsV1Interface { return appsAPI{store: c.store} }

type coreAPI struct {
	coreclient.CoreV1Interface
	store *Store
}

type appsAPI struct {
	appsclient.AppsV1Interface
	store *Store
}

func (a coreAPI) Pods(string) coreclient.PodInterface { return pods{store: a.store} }

func (a coreAPI) PersistentVolumeClaims(string) coreclient.PersistentVolumeClaimInterface {
	return claims{store: a.store}
}

func (a appsAPI) StatefulSets(string) appsclient.StatefulSetInterface { return sets{store: a.store} }

func (a appsAPI) ControllerRevisions(string) appsclient.ControllerRevisionInterface {
	return revisions{store: a.store}
}

type pods struct {
	coreclient.PodInterface
	store *Store
}

func (p pods) Create(_ context.Context, pod *core.Pod, _ meta.CreateOptions) (*core.Pod, error) {
	return typed[*core.Pod](p.store.Create(pod))
}

func (p pods) Update(_ context.Context, pod *core.Pod, _ meta.UpdateOptions) (*core.Pod, error) {
	return typed[*core.Pod](replace(p.store, Update, pod))
}

func (p pods) Patch(_ context.Context, name string, kind types.PatchType, data []byte, _ meta.PatchOptions, _ ...string) (*core.Pod, error) {
	return typed[*core.Pod](patch(p.store, Update, Ref{Pod, name}, kind, data))
}

func (p pods) Delete(_ context.Context, name string, options meta.DeleteOptions) error {
	return p.store.Delete(Ref{Pod, name}, options.Preconditions)
}

type claims struct {
	coreclient.PersistentVolumeClaimInterface
	store *Store
}

func (c claims) Create(_ context.Context, claim *core.PersistentVolumeClaim, _ meta.CreateOptions) (*core.PersistentVolumeClaim, error) {
	return typed[*core.PersistentVolumeClaim](c.store.Create(claim))
}

func (c claims) Update(_ context.Context, claim *core.PersistentVolumeClaim, _ meta.UpdateOptions) (*core.PersistentVolumeClaim, error) {
	return typed[*core.PersistentVolumeClaim](replace(c.store, Update, claim))
}

type sets struct {
	appsclient.StatefulSetInterface
	store *Store
}

func (s sets) Get(_ context.Context, name string, _ meta.GetOptions) (*apps.StatefulSet, error) {
	return typed[*apps.StatefulSet](s.store.Guard(Ref{Set, name}))
}

func (s sets) UpdateStatus(_ context.Context, set *apps.StatefulSet, _ meta.UpdateOptions) (*apps.StatefulSet, error) {
	return typed[*apps.StatefulSet](replace(s.store, UpdateStatus, set))
}

type revisions struct {
	appsclient.ControllerRevisionInterface
	store *Store
}

func (r revisions) Get(_ context.Context, name string, _ meta.GetOptions) (*apps.ControllerRevision, error) {
	return typed[*apps.ControllerRevision](r.store.Get(Ref{Revision, name}))
}

func (r revisions) Create(_ context.Context, revision *apps.ControllerRevision, _ meta.CreateOptions) (*apps.ControllerRevision, error) {
	return typed[*apps.ControllerRevision](r.store.Create(revision))
}

func (r revisions) Update(_ context.Context, revision *apps.ControllerRevision, _ meta.UpdateOptions) (*apps.ControllerRevision, error) {
	return typed[*apps.ControllerRevision](replace(r.store, Update, revision))
}

func (r revisions) Patch(_ context.Context, name string, kind types.PatchType, data []byte, _ meta.PatchOptions, _ ...string) (*apps.ControllerRevision, error) {
	return typed[*apps.ControllerRevision](patch(r.store, Update, Ref{Revision, name}, kind, data))
}

func (r revisions) Delete(_ context.Context, name string, options meta.DeleteOptions) error {
	return r.store.Delete(Ref{Revision, name}, options.Preconditions)
}

func typed[T Object](object Object, err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return object.(T), nil
}

// replace puts an object in the place of the one with its name.
func replace(store *Store, verb Verb, object Object) (Object, error) {
	ref := Ref{KindOf(object), object.GetName()}
	return store.Update(verb, ref, func(Object) (Object, error) { return outline(object), nil })
}

// isFlat tells whether a patch takes nothing away and changes no list, so that to read it onto the object is to merge it,
// at a fraction of the cost.
func isFlat(patch []byte) bool {
	return !bytes.ContainsAny(patch, "[$") && !bytes.Contains(patch, []byte("null"))
}

// patch changes an object by a patch.
func patch(store *Store, verb Verb, ref Ref, kind types.PatchType, data []byte) (Object, error) {
	return store.Update(verb, ref, func(old Object) (Object, error) {
		if set, ok := old.(*apps.StatefulSet); ok && verb == UpdateStatus {
			// Nothing of the rest takes part.
			old = &apps.StatefulSet{ObjectMeta: set.ObjectMeta, Status: set.Status}
		}
		if kind == types.StrategicMergePatchType && isFlat(data) {
			object := old.DeepCopyObject().(Object)
			return object, json.Unmarshal(data, object)
		}
		original, err := json.Marshal(old)
		if err != nil {
			return nil, err
		}
		var text []byte
		switch kind {
		case types.StrategicMergePatchType:
			text, err = strategicpatch.StrategicMergePatch(original, data, ref.Kind.New())
		case types.MergePatchType:
			text, err = jsonpatch.MergePatch(original, data)
		default:
			err = fmt.Errorf("no patch of type %s is expected", kind)
		}
		if err != nil {
			return nil, err
		}
		object := ref.Kind.New()
		if revision, ok := old.(*apps.ControllerRevision); ok {
			// Its data must come through byte by byte, as in the API server.
			err = json.Unmarshal(text, object)
			object.(*apps.ControllerRevision).Data = revision.Data
			return object, err
		}
		return object, json.Unmarshal(text, object)
	})
}
