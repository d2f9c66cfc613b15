//go:build ignore

package conformance

import (
	"time"

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

func addIndexers(Kind, cache.Indexers) {}

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

// giveNews sets the fields that earlier versions do not have: none.
func (b *bed) giveNews() {}

// queue keeps which sets are to be looked at, and when.
type queue struct {
	workqueue.RateLimitingInterface
	bed *bed
}

func (q queue) Add(key any)                         { q.bed.queueNow(key.(string)) }
func (q queue) AddAfter(_ any, after time.Duration) { q.bed.queueAfter(after) }
