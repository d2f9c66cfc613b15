package conformance

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"time"
	"unsafe" // also for the link to the controller's own method

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	appslisters "k8s.io/client-go/listers/apps/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/klog/v2"
	// Without it nothing is defaulted, silently, and equal templates seem to differ.
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/controller/statefulset"
	"k8s.io/utils/clock"
)

//go:linkname syncOnce k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).sync
func syncOnce(c *statefulset.StatefulSetController, ctx context.Context, key string) error

// Linked lets the real controller that is linked sync the set of a case once. Its listers show the case's objects for the whole sync,
// and its clock stands still.
func Linked(c *Case) Outcome {
	return newBed(c.Gates, NewStore(c)).sync(c.Set, c.Now.Time)
}

// hush keeps the real controller's log out of the output, and its errors from taking time: after an error that it reports,
// client-go sleeps for a millisecond, in which a pod can become available.
func hush() {
	klog.SetLogger(logr.Discard())
	utilruntime.ErrorHandlers = nil
}

// bed is what a real controller lies on: its caches, which are filled by hand, and what it says otherwise than by
// writing. The controller's fields are set from outside: its constructor would make informers and their goroutines.
// What is another way in another version of Kubernetes is in a file of its own: bed_1_36.go and its neighbours.
type bed struct {
	statefulset.StatefulSetController
	store  *Store
	caches map[Kind]cache.Indexer
	memory memory
	clock  stillClock

	mu     sync.Mutex
	events []Event
	wake   *time.Duration
	// The sets that are to be looked at.
	woken map[string]bool
}

// newBed is a controller that has seen all that is in a store.
func newBed(gates Gates, store *Store) *bed {
	b := &bed{store: store, woken: map[string]bool{}, caches: map[Kind]cache.Indexer{}}
	for _, kind := range Kinds {
		b.caches[kind] = newCache(kind)
	}
	for _, object := range store.objects {
		if err := b.caches[KindOf(object)].Add(object); err != nil {
			panic(err)
		}
	}
	b.memory = newMemory(b, gates)
	client := client{store: store}
	sets := appslisters.NewStatefulSetLister(b.caches[Set])
	pods := corelisters.NewPodLister(b.caches[Pod])
	b.give("kubeClient", client)
	b.give("control", newControl(b, client, pods, sets))
	b.give("podControl", newPodControl(b, client))
	b.give("podLister", pods)
	b.give("setLister", sets)
	b.give("queue", queue{bed: b})
	b.giveNews()
	return b
}

func newCache(kind Kind) cache.Indexer {
	indexers := cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc}
	addIndexers(kind, indexers)
	return cache.NewIndexer(cache.MetaNamespaceKeyFunc, indexers)
}

// give sets a field of the controller.
func (b *bed) give(field string, value any) {
	place := reflect.ValueOf(&b.StatefulSetController).Elem().FieldByName(field)
	place = reflect.NewAt(place.Type(), unsafe.Pointer(place.UnsafeAddr())).Elem()
	place.Set(reflect.ValueOf(value))
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

// queueNow keeps that a set is to be looked at.
func (b *bed) queueNow(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.woken[key] = true
}

// queueAfter keeps when a set is to be looked at.
func (b *bed) queueAfter(after time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wake = &after
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
