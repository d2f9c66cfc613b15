package conformance

import (
	_ "unsafe" // for the links to the controller's own methods

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/kubernetes/pkg/controller/statefulset"
)

//go:linkname addPod k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).addPod
func addPod(c *statefulset.StatefulSetController, logger logr.Logger, pod any)

//go:linkname updatePod k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).updatePod
func updatePod(c *statefulset.StatefulSetController, logger logr.Logger, before, after any)

//go:linkname deletePod k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).deletePod
func deletePod(c *statefulset.StatefulSetController, logger logr.Logger, pod any)

//go:linkname enqueueSet k8s.io/kubernetes/pkg/controller/statefulset.(*StatefulSetController).enqueueStatefulSet
func enqueueSet(c *statefulset.StatefulSetController, logger logr.Logger, set any)

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

// isBehind tells whether the controller would do nothing, because it has not seen its own writes yet.
func (b *bed) isBehind(set Object) bool {
	return b.memory.EnsureReady(types.NamespacedName{Namespace: set.GetNamespace(), Name: set.GetName()}) != nil
}
