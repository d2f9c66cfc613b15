package conformance

import (
	"strconv"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	appslisters "k8s.io/client-go/listers/apps/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/kubernetes/pkg/controller"
	"k8s.io/kubernetes/pkg/controller/history"
	"k8s.io/kubernetes/pkg/controller/statefulset"
	"k8s.io/kubernetes/pkg/controller/util/consistency"
)

// memory is what the controller remembers of its own writes.
type memory struct{ consistency.ConsistencyStore }

func newMemory(b *bed, gates Gates) memory {
	for kind := range b.caches {
		b.bookmark(kind, b.store.version)
	}
	if !gates.ReadYourWrites {
		return memory{consistency.NewNoopConsistencyStore()}
	}
	return memory{consistency.NewConsistencyStore(map[schema.GroupResource]consistency.LastSyncRVGetter{
		Pod.Resource(): b.caches[Pod], Claim.Resource(): b.caches[Claim], Set.Resource(): b.caches[Set],
	})}
}

func (b *bed) bookmark(kind Kind, version int) {
	b.caches[kind].Bookmark(strconv.Itoa(version))
}

func addIndexers(kind Kind, indexers cache.Indexers) {
	add := func(name string, key func(string, *meta.OwnerReference) string) {
		indexers[name] = func(object any) ([]string, error) {
			about := object.(meta.Object)
			return []string{key(about.GetNamespace(), meta.GetControllerOf(about))}, nil
		}
	}
	switch kind {
	case Pod:
		add(controller.PodControllerIndex, controller.PodControllerIndexKey)
	case Revision:
		add(history.ControllerRevisionControllerIndex, history.ControllerRevisionControllerIndexKey)
	}
}

func newControl(b *bed, client client, pods corelisters.PodLister, sets appslisters.StatefulSetLister) statefulset.StatefulSetControlInterface {
	claims, revisions := corelisters.NewPersistentVolumeClaimLister(b.caches[Claim]), appslisters.NewControllerRevisionLister(b.caches[Revision])
	return statefulset.NewDefaultStatefulSetControl(
		statefulset.NewStatefulPodControl(client, pods, claims, b, b.memory.ConsistencyStore),
		statefulset.NewRealStatefulSetStatusUpdater(client, sets, b.memory.ConsistencyStore),
		history.NewHistory(client, revisions, b.caches[Revision]),
	)
}

func newPodControl(b *bed, client client) controller.PodControlInterface {
	return controller.RealPodControl{KubeClient: client, Recorder: b, OnWrite: b.wrotePod}
}

// wrotePod does with the adoption of a pod what the constructor would have it do.
func (b *bed) wrotePod(pod *core.Pod, owner *meta.OwnerReference) {
	if owner != nil {
		key := types.NamespacedName{Namespace: pod.Namespace, Name: owner.Name}
		b.memory.WroteAt(key, owner.UID, Pod.Resource(), pod.ResourceVersion)
	}
}

// giveNews sets the fields that earlier versions do not have.
func (b *bed) giveNews() {
	b.give("podIndexer", b.caches[Pod])
	b.give("clock", &b.clock)
	b.give("consistencyStore", b.memory.ConsistencyStore)
}

// queue keeps which sets are to be looked at, and when.
type queue struct {
	workqueue.TypedRateLimitingInterface[string]
	bed *bed
}

func (q queue) Add(key string)                         { q.bed.queueNow(key) }
func (q queue) AddAfter(_ string, after time.Duration) { q.bed.queueAfter(after) }
