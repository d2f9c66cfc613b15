package bed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"go.etcd.io/etcd/api/v3/mvccpb"
	etcd "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/kubernetes/scheme"
)

// What a Recorder records.
var recorded = []string{"statefulsets", "controllerrevisions", "pods", "persistentvolumeclaims", "persistentvolumes", "nodes", "endpointslices", "events"}

// Where the API server keeps its objects, and the names it has there for what is called otherwise.
const registry = "/registry/"

var folders = map[string]string{"nodes": "minions"}

// A mark is written there. It is no object.
const mark = registry + "testbed/mark"

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

// Recorder knows every change since it was started, in the order in which they happened. Order is judged from it, never by asking again
// and again: a pod is replaced in less time than that takes. It watches the store itself: an API server that is killed remembers nothing of
// what came before, and one that is busy shows it later.
type Recorder struct {
	store   *etcd.Client
	folders []string
	cancel  context.CancelFunc
	group   sync.WaitGroup
	mutex   sync.Mutex
	changed chan struct{} // closed and replaced at each change
	changes []Change
	objects map[string]*unstructured.Unstructured
	marked  uint64 // the version of the last mark that was seen
	err     error
}

// Record starts to record, all that can be or the resources that are named. What exists already comes first, as added.
func (p *Plane) Record(resources ...string) (*Recorder, error) {
	if len(resources) == 0 {
		resources = recorded
	}
	ctx, cancel := context.WithCancel(context.Background())
	store, err := etcd.New(etcd.Config{Context: ctx, Endpoints: []string{fmt.Sprintf("http://127.0.0.1:%d", p.etcdPort)}, Logger: zap.NewNop()})
	if err != nil {
		cancel()
		return nil, err
	}
	r := &Recorder{store: store, cancel: cancel, changed: make(chan struct{}), objects: map[string]*unstructured.Unstructured{}}
	for _, resource := range resources {
		folder := resource
		if name := folders[resource]; name != "" {
			folder = name
		}
		r.folders = append(r.folders, registry+folder+"/")
	}
	all, err := store.Get(ctx, registry, etcd.WithPrefix(), etcd.WithSort(etcd.SortByModRevision, etcd.SortAscend))
	if err != nil {
		r.Stop()
		return nil, fmt.Errorf("read the store: %w", err)
	}
	for _, entry := range all.Kvs {
		r.take(watch.Added, entry, entry.ModRevision)
	}
	r.group.Go(func() { r.follow(ctx, all.Header.Revision+1) })
	return r, nil
}

// Stop ends the recording.
func (r *Recorder) Stop() {
	r.cancel()
	r.group.Wait()
	_ = r.store.Close()
}

// follow watches from a version on. The client goes on by itself where etcd was away; nothing is missed, or the recording fails.
func (r *Recorder) follow(ctx context.Context, version int64) {
	for answer := range r.store.Watch(ctx, registry, etcd.WithPrefix(), etcd.WithPrevKV(), etcd.WithRev(version)) {
		if err := answer.Err(); err != nil && ctx.Err() == nil {
			r.fail(fmt.Errorf("watch the store: %w", err))
		}
		for _, event := range answer.Events {
			switch {
			case event.Type == mvccpb.DELETE:
				r.take(watch.Deleted, event.PrevKv, event.Kv.ModRevision)
			case event.IsCreate():
				r.take(watch.Added, event.Kv, event.Kv.ModRevision)
			default:
				r.take(watch.Modified, event.Kv, event.Kv.ModRevision)
			}
		}
	}
	if ctx.Err() == nil {
		r.fail(errors.New("watch the store: it has ended"))
	}
}

func (r *Recorder) fail(err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.err = errors.Join(r.err, err)
	r.notice()
}

// notice wakes those who wait for changes. The caller holds the lock.
func (r *Recorder) notice() {
	close(r.changed)
	r.changed = make(chan struct{})
}

// take takes in what happened to an entry of the store.
func (r *Recorder) take(what watch.EventType, entry *mvccpb.KeyValue, version int64) {
	key := string(entry.Key)
	if key == mark {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.marked = uint64(version)
		r.notice()
		return
	}
	if !slices.ContainsFunc(r.folders, func(folder string) bool { return strings.HasPrefix(key, folder) }) {
		return
	}
	object, err := decode(entry.Value, version)
	if err != nil {
		r.fail(fmt.Errorf("%s: %w", key, err))
		return
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.changes = append(r.changes, Change{uint64(version), what, object, time.Now()})
	name := object.GetKind() + "/" + object.GetNamespace() + "/" + object.GetName()
	if what == watch.Deleted {
		delete(r.objects, name)
	} else {
		r.objects[name] = object
	}
	r.notice()
}

// decode reads an object as the store has it: without its version.
func decode(value []byte, version int64) (*unstructured.Unstructured, error) {
	typed, kind, err := scheme.Codecs.UniversalDeserializer().Decode(value, nil, nil)
	if err != nil {
		return nil, err
	}
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(typed)
	if err != nil {
		return nil, err
	}
	object := &unstructured.Unstructured{Object: fields}
	object.SetGroupVersionKind(*kind)
	object.SetResourceVersion(strconv.FormatInt(version, 10))
	return object, nil
}

// CaughtUp waits until the record knows all that was written before, and returns the version of that moment. A record is late by some
// milliseconds: what a command did when it returned, may not have been seen yet. So it is a mark in the store that is waited for.
func (r *Recorder) CaughtUp(ctx context.Context) (uint64, error) {
	var version uint64
	for version == 0 {
		// Where etcd is away, a call would wait for its end.
		soon, cancel := context.WithTimeout(ctx, 2*time.Second)
		written, err := r.store.Put(soon, mark, "")
		cancel()
		if err == nil {
			version = uint64(written.Header.Revision)
		} else if ctx.Err() != nil {
			return 0, fmt.Errorf("mark the store: %w", err)
		}
	}
	return version, r.Until(ctx, func() bool {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		return r.marked >= version
	})
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

// Until waits until holds does, asked when something has changed; it gives up with the context, or when the recording fails. What takes
// long to find out is asked less often: looking is to take no more than a tenth of the time.
func (r *Recorder) Until(ctx context.Context, holds func() bool) error {
	for {
		r.mutex.Lock()
		changed, err := r.changed, r.err
		r.mutex.Unlock()
		if err != nil {
			return err
		}
		began := time.Now()
		if holds() {
			return nil
		}
		pause := time.After(9 * time.Since(began))
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case <-pause:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
