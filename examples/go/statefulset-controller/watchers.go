package main

import (
	"context"
	"fmt"
	"sync"

	"k8s.io/client-go/rest"
	"statefulset.internal/statefulset"
)

// watchers are those of all the kinds that decisions depend on.
type watchers []*watcher

// collection is where the objects of a kind are.
type collection struct {
	kind     statefulset.Kind
	root     string
	resource string
	// everywhere says that the objects have no namespace.
	everywhere bool
}

// collections are those that decisions under a profile depend on.
func collections(sets statefulset.SetResource, profile statefulset.Profile) []collection {
	all := []collection{
		{kind: statefulset.KindStatefulSet, root: "/apis/" + sets.APIVersion, resource: sets.Plural},
		{kind: statefulset.KindPod, root: "/api/v1", resource: "pods"},
		{kind: statefulset.KindPersistentVolumeClaim, root: "/api/v1", resource: "persistentvolumeclaims"},
		{kind: statefulset.KindControllerRevision, root: "/apis/apps/v1", resource: "controllerrevisions"},
	}
	if profile.BindClaims {
		all = append(all,
			collection{statefulset.KindPersistentVolume, "/api/v1", "persistentvolumes", true},
			collection{statefulset.KindStorageClass, "/apis/storage.k8s.io/v1", "storageclasses", true})
	}
	if profile.DrainNodes || profile.LostNodes {
		all = append(all,
			collection{statefulset.KindNode, "/api/v1", "nodes", true},
			collection{statefulset.KindPodDisruptionBudget, "/apis/policy/v1", "poddisruptionbudgets", false})
	}
	return all
}

func newWatchers(o *options, client rest.Interface, metrics *metrics, sinks func(statefulset.Kind) sink) watchers {
	var all watchers
	for _, each := range collections(o.resource, o.planner) {
		w := newWatcher(each.kind.String(), client, sinks(each.kind), metrics)
		w.path = each.root + "/" + each.resource
		if o.namespace != "" && !each.everywhere {
			w.path = fmt.Sprintf("%s/namespaces/%s/%s", each.root, o.namespace, each.resource)
		}
		if each.kind == statefulset.KindStatefulSet {
			w.labels = o.selector
		}
		all = append(all, w)
	}
	return all
}

// newEventWatcher follows what the built-in controller records about sets.
func newEventWatcher(o *options, client rest.Interface, metrics *metrics, sink sink) *watcher {
	w := newWatcher("Event", client, sink, metrics)
	w.path = "/api/v1/events"
	if o.namespace != "" {
		w.path = fmt.Sprintf("/api/v1/namespaces/%s/events", o.namespace)
	}
	w.fields = "source=statefulset-controller,involvedObject.kind=StatefulSet"
	return w
}

func newWatcher(name string, client rest.Interface, sink sink, metrics *metrics) *watcher {
	synced := make(chan struct{})
	return &watcher{
		name: name, client: client, sink: sink,
		ended: metrics.watches.WithLabelValues(name), seen: metrics.seen.WithLabelValues(name),
		synced: synced, sync: sync.OnceFunc(func() { close(synced) }),
	}
}

// ready says whether everything has been seen once.
func (all watchers) ready() error {
	for _, w := range all {
		select {
		case <-w.synced:
		default:
			return fmt.Errorf("%s: not all of them have been seen yet", w.name)
		}
	}
	return nil
}

// wait waits until everything has been seen once; false if ctx ends before that.
func (all watchers) wait(ctx context.Context) bool {
	for _, w := range all {
		select {
		case <-w.synced:
		case <-ctx.Done():
			return false
		}
	}
	return true
}
