//go:build ignore

package conformance

import (
	"reflect"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	appslisters "k8s.io/client-go/listers/apps/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/kubernetes/pkg/controller"
	"k8s.io/kubernetes/pkg/controller/history"
	"k8s.io/kubernetes/pkg/controller/statefulset"
)

// memory is what the controller remembers of its own writes: nothing.
type memory struct{}

func newMemory(*bed, Gates) memory { return memory{} }

func addIndexers(kind Kind, indexers cache.Indexers) {
	if kind == Pod {
		indexers[controller.PodControllerIndex] = func(object any) ([]string, error) {
			about := object.(meta.Object)
			return []string{controller.PodControllerIndexKey(about.GetNamespace(), meta.GetControllerOf(about))}, nil
		}
	}
}

func newControl(b *bed, client client, pods corelisters.PodLister, sets appslisters.StatefulSetLister) statefulset.StatefulSetControlInterface {
	claims, revisions := corelisters.NewPersistentVolumeClaimLister(b.caches[Claim]), appslisters.NewControllerRevisionLister(b.caches[Revision])
	return statefulset.NewDefaultStatefulSetControl(
		statefulset.NewStatefulPodControl(client, pods, claims, b),
		statefulset.NewRealStatefulSetStatusUpdater(client, sets),
		history.NewHistory(client, revisions),
	)
}

func newPodControl(b *bed, client client) controller.PodControlInterface {
	return controller.RealPodControl{KubeClient: client, Recorder: b}
}

// giveNews sets the fields that some of these versions have: 1.34 the first one, 1.35 both.
func (b *bed) giveNews() {
	if b.has("podIndexer") {
		b.give("podIndexer", b.caches[Pod])
	}
	if b.has("clock") {
		b.give("clock", &b.clock)
	}
}

func (b *bed) has(field string) bool {
	return reflect.ValueOf(&b.StatefulSetController).Elem().FieldByName(field).IsValid()
}

// queue keeps which sets are to be looked at, and when.
type queue struct {
	workqueue.TypedRateLimitingInterface[string]
	bed *bed
}

func (q queue) Add(key string)                         { q.bed.queueNow(key) }
func (q queue) AddAfter(_ string, after time.Duration) { q.bed.queueAfter(after) }
