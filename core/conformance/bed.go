package conformance

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"time"
	"unsafe" // also for the links to the controller's own methods

	"github.com/go-logr/logr"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	appslisters "k8s.io/client-go/listers/apps/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/workqueue"
	// Without it nothing is defaulted, silently, and equal templates seem to differ.
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/controller"
	"k8s.io/kubernetes/pkg/controller/history"
	"k8s.io/kubernetes/pkg/controller/statefulset"
	"k8s.io/kubernetes/pkg/controller/util/consistency"
	"k8s.io/utils/clock"
)

//go:linkname syncOnce k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).sync
func syncOnce(c *statefulset.StatefulSetController, ctx context.Context, key string) error

//go:linkname addPod k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).addPod
func addPod(c *statefulset.StatefulSetController, logger logr.Logger, pod any)

//go:linkname updatePod k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).updatePod
func updatePod(c *statefulset.StatefulSetController, logger logr.Logger, before, after any)

//go:linkname deletePod k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).deletePod
func deletePod(c *statefulset.StatefulSetController, logger logr.Logger, pod any)

//go:linkname enqueueSet k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).enqueueStatefulSet
func enqueueSet(c *statefulset.StatefulSetController, logger logr.Logger, set any)

// Theirs lets the real controller sync the set of a case once. Its listers show the case's objects for the whole sync,
// and its clock stands still.
func Theirs(c *Case) Outcome {
	return newBed(c.Gates, NewStore(c)).sync(c.Set, c.Now.Time)
}

// bed is what a real controller lies on: its caches, which are filled by hand, and what it says otherwise than by
// writing. The controller's fields are set from outside: its constructor would make informers and their goroutines.
type bed struct {
	statefulset.StatefulSetController
	store    *Store
	caches   map[Kind]cache.Indexer
	remember consistency.ConsistencyStore
	clock    stillClock

	mu     sync.Mutex
	events []Event
	wake   *time.Duration
	// The sets that are to be looked at.
	woken map[string]bool
}

// newBed is a controller that has seen all that is in a store.
func newBed(gates Gates, store *Store) *bed {
	b := &bed{store: store, woken: map[string]bool{}, caches: map[Kind]cache.Indexer{
		Pod:      newCache(controller.PodControllerIndex, controller.PodControllerIndexKey),
		Claim:    newCache("", nil),
		Revision: newCache(history.ControllerRevisionControllerIndex, history.ControllerRevisionControllerIndexKey),
		Set:      newCache("", nil),
	}}
	for _, object := range store.objects {
		if err := b.caches[KindOf(object)].Add(object); err != nil {
			panic(err)
		}
	}
	for kind := range b.caches {
		b.bookmark(kind, store.version)
	}
	b.remember = consistency.NewNoopConsistencyStore()
	if gates.ReadYourWrites {
		b.remember = consistency.NewConsistencyStore(map[schema.GroupResource]consistency.LastSyncRVGetter{
			Pod.Resource(): b.caches[Pod], Claim.Resource(): b.caches[Claim], Set.Resource(): b.caches[Set],
		})
	}
	client := client{store: store}
	sets := appslisters.NewStatefulSetLister(b.caches[Set])
	podLister := corelisters.NewPodLister(b.caches[Pod])
	for field, value := range map[string]any{
		"kubeClient": client,
		"control": statefulset.NewDefaultStatefulSetControl(
			statefulset.NewStatefulPodControl(client, podLister, corelisters.NewPersistentVolumeClaimLister(b.caches[Claim]), b, b.remember),
			statefulset.NewRealStatefulSetStatusUpdater(client, sets, b.remember),
			history.NewHistory(client, appslisters.NewControllerRevisionLister(b.caches[Revision]), b.caches[Revision]),
		),
		"podControl":       controller.RealPodControl{KubeClient: client, Recorder: b, OnWrite: b.wrotePod},
		"podIndexer":       b.caches[Pod],
		"podLister":        podLister,
		"setLister":        sets,
		"queue":            queue{bed: b},
		"clock":            &b.clock,
		"consistencyStore": b.remember,
	} {
		place := reflect.ValueOf(&b.StatefulSetController).Elem().FieldByName(field)
		place = reflect.NewAt(place.Type(), unsafe.Pointer(place.UnsafeAddr())).Elem()
		place.Set(reflect.ValueOf(value))
	}
	return b
}

func newCache(name string, key func(string, *meta.OwnerReference) string) cache.Indexer {
	indexers := cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc}
	if key != nil {
		indexers[name] = func(object any) ([]string, error) {
			about := object.(meta.Object)
			return []string{key(about.GetNamespace(), meta.GetControllerOf(about))}, nil
		}
	}
	return cache.NewIndexer(cache.MetaNamespaceKeyFunc, indexers)
}

// wrotePod does with the adoption of a pod what the constructor would have it do.
func (b *bed) wrotePod(pod *core.Pod, owner *meta.OwnerReference) {
	if owner != nil {
		key := types.NamespacedName{Namespace: pod.Namespace, Name: owner.Name}
		b.remember.WroteAt(key, owner.UID, Pod.Resource(), pod.ResourceVersion)
	}
}

// see shows the controller what happened to an object, as an informer does: first its cache, then its handler.
func (b *bed) see(news News) {
	cache, logger := b.caches[news.Kind], logr.Discard()
	var err error
	if news.Now == nil {
		err = cache.Delete(news.Before)
		b.bookmark(news.Kind, news.version)
	} else {
		err = cache.Update(news.Now)
	}
	if err != nil {
		panic(err)
	}
	switch {
	case news.Kind == Set && news.Now == nil:
		enqueueSet(&b.StatefulSetController, logger, news.Before)
	case news.Kind == Set:
		enqueueSet(&b.StatefulSetController, logger, news.Now)
	case news.Kind != Pod:
		// Nobody listens.
	case news.Before == nil:
		addPod(&b.StatefulSetController, logger, news.Now)
	case news.Now == nil:
		deletePod(&b.StatefulSetController, logger, news.Before)
	default:
		updatePod(&b.StatefulSetController, logger, news.Before, news.Now)
	}
}

func (b *bed) bookmark(kind Kind, version int) {
	b.caches[kind].Bookmark(fmt.Sprint(version))
}

// isBehind tells whether the controller would do nothing, because it has not seen its own writes yet.
func (b *bed) isBehind(set Object) bool {
	return b.remember.EnsureReady(types.NamespacedName{Namespace: set.GetNamespace(), Name: set.GetName()}) != nil
}

// sync lets the controller look at a set once.
func (b *bed) sync(set Object, now time.Time) Outcome {
	b.store.Writes, b.events, b.wake = nil, nil, nil
	b.clock.now = now
	err := syncOnce(&b.StatefulSetController, context.Background(), set.GetNamespace()+"/"+set.GetName())
	outcome := Outcome{Writes: b.store.Writes, Events: b.events, Failed: err != nil, Wake: b.wake}
	if err != nil {
		outcome.Problem = err.Error()
	}
	return outcome
}

// stillClock says what time it is in the case.
type stillClock struct {
	clock.RealClock
	now time.Time
}

func (c *stillClock) Now() time.Time                  { return c.now }
func (c *stillClock) Since(t time.Time) time.Duration { return c.now.Sub(t) }

// queue keeps which sets are to be looked at, and when.
type queue struct {
	workqueue.TypedRateLimitingInterface[string]
	bed *bed
}

func (q queue) Add(key string) {
	q.bed.mu.Lock()
	defer q.bed.mu.Unlock()
	q.bed.woken[key] = true
}

func (q queue) AddAfter(_ string, after time.Duration) {
	q.bed.mu.Lock()
	defer q.bed.mu.Unlock()
	q.bed.wake = &after
}

var _ record.EventRecorder = &bed{}

// Event takes in an event.
func (b *bed) Event(_ runtime.Object, kind, reason, message string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.events = append(b.events, Event{kind, reason, message})
}

// Eventf takes in an event.
func (b *bed) Eventf(object runtime.Object, kind, reason, format string, values ...any) {
	b.Event(object, kind, reason, fmt.Sprintf(format, values...))
}

// AnnotatedEventf takes in an event.
func (b *bed) AnnotatedEventf(object runtime.Object, _ map[string]string, kind, reason, format string, values ...any) {
	b.Eventf(object, kind, reason, format, values...)
}
