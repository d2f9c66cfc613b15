package bed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/watch"
)

// The kinds that a Recorder watches.
var kinds = []schema.GroupVersionResource{
	{Group: "apps", Version: "v1", Resource: "statefulsets"},
	{Group: "apps", Version: "v1", Resource: "controllerrevisions"},
	{Version: "v1", Resource: "pods"},
	{Version: "v1", Resource: "persistentvolumeclaims"},
	{Version: "v1", Resource: "persistentvolumes"},
	{Version: "v1", Resource: "nodes"},
	{Group: "discovery.k8s.io", Version: "v1", Resource: "endpointslices"},
	{Version: "v1", Resource: "events"},
}

// Change is one write to the store. Versions order the changes of all kinds: one etcd counts them.
type Change struct {
	Version uint64
	Type    watch.EventType
	Object  *unstructured.Unstructured // as it is now, or last was
	Seen    time.Time
}

func (c Change) Kind() string      { return c.Object.GetKind() }
func (c Change) Name() string      { return c.Object.GetName() }
func (c Change) Namespace() string { return c.Object.GetNamespace() }
func (c Change) UID() string       { return string(c.Object.GetUID()) }

func (c Change) String() string {
	return fmt.Sprintf("%d %s %s %s/%s", c.Version, c.Type, c.Kind(), c.Namespace(), c.Name())
}

// Recorder knows every change of the kinds concerned since it was started. Order is judged from it, never by asking again and again: a
// pod is replaced in less time than that takes.
type Recorder struct {
	plane   *Plane
	cancel  context.CancelFunc
	group   sync.WaitGroup
	mutex   sync.Mutex
	changed chan struct{} // closed and replaced at each change
	changes []Change
	objects map[string]*unstructured.Unstructured
	err     error
}

// Record starts to record, all kinds or those whose resources are named. What exists already comes first, as added.
func (p *Plane) Record(resources ...string) (*Recorder, error) {
	ctx, cancel := context.WithCancel(context.Background())
	r := &Recorder{plane: p, cancel: cancel, changed: make(chan struct{}), objects: map[string]*unstructured.Unstructured{}}
	for _, kind := range kinds {
		if len(resources) > 0 && !slices.Contains(resources, kind.Resource) {
			continue
		}
		list, err := p.Dynamic.Resource(kind).List(ctx, metav1.ListOptions{})
		if err != nil {
			cancel()
			return nil, fmt.Errorf("list %s: %w", kind.Resource, err)
		}
		for i := range list.Items {
			r.add(watch.Added, &list.Items[i])
		}
		r.group.Go(func() { r.follow(ctx, kind, list.GetResourceVersion()) })
	}
	return r, nil
}

// Stop ends the recording.
func (r *Recorder) Stop() {
	r.cancel()
	r.group.Wait()
}

// follow watches one kind from version on, again where the watch breaks. Nothing is missed, or the recording fails.
func (r *Recorder) follow(ctx context.Context, kind schema.GroupVersionResource, version string) {
	for ctx.Err() == nil {
		w, err := r.plane.Dynamic.Resource(kind).Watch(ctx, metav1.ListOptions{ResourceVersion: version, AllowWatchBookmarks: true})
		if err != nil {
			if apierrors.IsResourceExpired(err) || apierrors.IsGone(err) {
				r.fail(fmt.Errorf("watch %s: %w", kind.Resource, err))
				return
			}
			time.Sleep(100 * time.Millisecond)
			continue
		}
		for event := range w.ResultChan() {
			object, ok := event.Object.(*unstructured.Unstructured)
			if !ok || event.Type == watch.Error {
				if err := apierrors.FromObject(event.Object); apierrors.IsResourceExpired(err) || apierrors.IsGone(err) {
					r.fail(fmt.Errorf("watch %s: %w", kind.Resource, err))
					return
				}
				break
			}
			version = object.GetResourceVersion()
			if event.Type != watch.Bookmark {
				r.add(event.Type, object)
			}
		}
		w.Stop()
	}
}

func (r *Recorder) fail(err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.err = errors.Join(r.err, err)
}

func (r *Recorder) add(what watch.EventType, object *unstructured.Unstructured) {
	version, err := strconv.ParseUint(object.GetResourceVersion(), 10, 64)
	if err != nil {
		r.fail(err)
		return
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.changes = append(r.changes, Change{version, what, object, time.Now()})
	key := object.GetKind() + "/" + object.GetNamespace() + "/" + object.GetName()
	if what == watch.Deleted {
		delete(r.objects, key)
	} else {
		r.objects[key] = object
	}
	close(r.changed)
	r.changed = make(chan struct{})
}

// Err says whether changes were missed.
func (r *Recorder) Err() error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.err
}

// Changes are all so far for which keep holds, in the order in which they happened.
func (r *Recorder) Changes(keep ...func(Change) bool) []Change {
	r.mutex.Lock()
	all := slices.Clone(r.changes)
	r.mutex.Unlock()
	slices.SortStableFunc(all, func(a, b Change) int { return cmp.Compare(a.Version, b.Version) })
	return slices.DeleteFunc(all, func(c Change) bool {
		return slices.ContainsFunc(keep, func(keep func(Change) bool) bool { return !keep(c) })
	})
}

// In keeps what is in a namespace.
func In(namespace string) func(Change) bool {
	return func(c Change) bool { return c.Namespace() == namespace }
}

// Of keeps objects of a kind ("Pod").
func Of(kind string) func(Change) bool {
	return func(c Change) bool { return c.Kind() == kind }
}

// After keeps what came after version.
func After(version uint64) func(Change) bool {
	return func(c Change) bool { return c.Version > version }
}

// Object is an object as it was last seen, nil where there is none.
func (r *Recorder) Object(kind, namespace, name string) *unstructured.Unstructured {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.objects[kind+"/"+namespace+"/"+name]
}

// Objects are those of a kind in a namespace, sorted by name.
func (r *Recorder) Objects(kind, namespace string) []*unstructured.Unstructured {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var found []*unstructured.Unstructured
	for key, object := range r.objects {
		if strings.HasPrefix(key, kind+"/"+namespace+"/") {
			found = append(found, object)
		}
	}
	slices.SortFunc(found, func(a, b *unstructured.Unstructured) int { return strings.Compare(a.GetName(), b.GetName()) })
	return found
}

// Until waits until holds does, asked after each change; it gives up with the context.
func (r *Recorder) Until(ctx context.Context, holds func() bool) error {
	for {
		r.mutex.Lock()
		changed := r.changed
		r.mutex.Unlock()
		if holds() {
			return r.Err()
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return errors.Join(ctx.Err(), r.Err())
		}
	}
}
