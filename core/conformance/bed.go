package conformance

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"time"
	"unsafe" // also for the link to the controller's own method

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
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

// Theirs lets the real controller sync the set of a case once. Its listers show the case's objects for the whole sync,
// and its clock stands still.
func Theirs(c *Case) Outcome {
	return theirs(c, NewStore(c))
}

func theirs(c *Case, store *Store) Outcome {
	bed := &bed{}
	err := syncOnce(bed.controller(c, store), context.Background(), c.Set.Namespace+"/"+c.Set.Name)
	outcome := Outcome{Writes: store.Writes, Events: bed.events, Failed: err != nil, Wake: bed.wake}
	if err != nil {
		outcome.Problem = err.Error()
	}
	return outcome
}

// bed is what the real controller lies on: it keeps what the controller says otherwise than by writing.
type bed struct {
	mu     sync.Mutex
	events []Event
	wake   *time.Duration
}

// controller is a real one of its own, so that nothing is remembered from case to case. Its fields are set from outside:
// its constructor would make informers and their goroutines.
func (b *bed) controller(c *Case, store *Store) *statefulset.StatefulSetController {
	podIndex := newIndexer(controller.PodControllerIndex, controller.PodControllerIndexKey)
	claimIndex := newIndexer("", nil)
	revisionIndex := newIndexer(history.ControllerRevisionControllerIndex, history.ControllerRevisionControllerIndexKey)
	setIndex := newIndexer("", nil)
	for _, object := range c.Objects() {
		index := map[Kind]cache.Indexer{Pod: podIndex, Claim: claimIndex, Revision: revisionIndex, Set: setIndex}
		// The controller sorts and changes what it lists.
		if err := index[KindOf(object)].Add(object.DeepCopyObject()); err != nil {
			panic(err)
		}
	}
	client := client{store: store}
	setLister := appslisters.NewStatefulSetLister(setIndex)
	podLister := corelisters.NewPodLister(podIndex)
	remembers := consistency.NewNoopConsistencyStore()
	control := statefulset.NewDefaultStatefulSetControl(
		statefulset.NewStatefulPodControl(client, podLister, corelisters.NewPersistentVolumeClaimLister(claimIndex), b, remembers),
		statefulset.NewRealStatefulSetStatusUpdater(client, setLister, remembers),
		history.NewHistory(client, appslisters.NewControllerRevisionLister(revisionIndex), revisionIndex),
	)
	ssc := &statefulset.StatefulSetController{}
	for field, value := range map[string]any{
		"kubeClient":       client,
		"control":          control,
		"podControl":       controller.RealPodControl{KubeClient: client, Recorder: b},
		"podIndexer":       podIndex,
		"podLister":        podLister,
		"setLister":        setLister,
		"queue":            queue{bed: b},
		"clock":            stillClock{clock.RealClock{}, c.Now.Time},
		"consistencyStore": remembers,
	} {
		place := reflect.ValueOf(ssc).Elem().FieldByName(field)
		place = reflect.NewAt(place.Type(), unsafe.Pointer(place.UnsafeAddr())).Elem()
		place.Set(reflect.ValueOf(value))
	}
	return ssc
}

func newIndexer(name string, key func(string, *meta.OwnerReference) string) cache.Indexer {
	indexers := cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc}
	if key != nil {
		indexers[name] = func(object any) ([]string, error) {
			about := object.(meta.Object)
			return []string{key(about.GetNamespace(), meta.GetControllerOf(about))}, nil
		}
	}
	return cache.NewIndexer(cache.MetaNamespaceKeyFunc, indexers)
}

// stillClock says what time it is in the case.
type stillClock struct {
	clock.PassiveClock
	now time.Time
}

func (c stillClock) Now() time.Time                  { return c.now }
func (c stillClock) Since(t time.Time) time.Duration { return c.now.Sub(t) }

// queue keeps when the set is to be looked at again.
type queue struct {
	workqueue.TypedRateLimitingInterface[string]
	bed *bed
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
