package statefulset

/*
#include "call.h"
*/
import "C"

import (
	"runtime"
	"sync"
)

// Cluster is a Kubernetes cluster as a watch shows it: fed with objects, it gives requests that are ready to be sent.
//
// Feed it, for each kind, with [Cluster.BeginList], [Cluster.Apply] for every object, [Cluster.EndList]; then with Apply,
// [Cluster.Remove] and [Cluster.Bookmark] as things happen. [Cluster.Watch] takes the events of a watch as they come
// instead. Then, again and again:
//
//  1. [Cluster.Due] says which sets to look at, and when to ask again.
//  2. [Cluster.Plan] gives a set's requests. Send them in their order; [Cluster.MayTry] says which are still to be sent.
//  3. [Cluster.Finish] takes in what the server answered and gives what is left to do.
//  4. [Cluster.Settle] takes in how that went.
//
// A set is named "namespace/name". One goroutine may use a cluster at a time; another one is answered [ErrBusy].
type Cluster struct {
	using   sync.Mutex
	handle  C.sts_cluster
	cleanup runtime.Cleanup
	buffer  buffer
	report  C.sts_report
}

// NewCluster is an empty cluster, in which is decided as the profile says. Close it when it is no longer used.
func NewCluster(profile Profile) (*Cluster, error) {
	return NewClusterOf(profile, StatefulSets)
}

// NewClusterOf is [NewCluster] for sets that are objects of a resource of one's own. [KindStatefulSet] is their kind then.
func NewClusterOf(profile Profile, resource SetResource) (*Cluster, error) {
	c := new(Cluster)
	var record C.sts_profile
	profile.write(&record)
	code := C.call_cluster_new_of(&record, resource.APIVersion, resource.Kind, resource.Plural, &c.handle, &c.report)
	if code != C.STS_CODE_OK {
		return nil, failure(&c.report)
	}
	// For those who forget to close it.
	c.cleanup = runtime.AddCleanup(c, func(handle C.sts_cluster) { C.sts_cluster_free(handle) }, c.handle)
	return c, nil
}

// Close frees the cluster's memory. From then on its calls give [ErrClosed], Close included.
func (c *Cluster) Close() error {
	if !c.using.TryLock() {
		return ErrBusy
	}
	defer c.using.Unlock()
	c.cleanup.Stop()
	if C.sts_cluster_free(c.handle) != C.STS_CODE_OK {
		return ErrClosed
	}
	return nil
}

// tell makes a call that says nothing but whether it succeeded. The lock keeps the cluster from being cleaned up, too.
func (c *Cluster) tell(call func() C.sts_code) error {
	if !c.using.TryLock() {
		return ErrBusy
	}
	defer c.using.Unlock()
	if call() != C.STS_CODE_OK {
		return failure(&c.report)
	}
	return nil
}

// Apply takes in an object as a watch or a list shows it, as JSON, which need not repeat its kind. One that is older than
// what is known is ignored. One that cannot be read gives an [*ObjectError] and is set aside: what depends on it waits,
// everything else goes on.
func (c *Cluster) Apply(kind Kind, object []byte) error {
	return c.tell(func() C.sts_code {
		return C.call_apply(c.handle, C.uint32_t(kind), view(object), &c.report)
	})
}

// Remove takes out an object that was deleted, named "namespace/name", or by its name for kinds without a namespace. One
// of the same name with another uid stays; an empty one is any.
func (c *Cluster) Remove(kind Kind, object, uid string) error {
	return c.tell(func() C.sts_code {
		return C.call_remove(c.handle, C.uint32_t(kind), object, uid, &c.report)
	})
}

// BeginList begins a complete list of a kind: apply each of its objects, then call [Cluster.EndList]. A kind of which no
// list has ever been complete is unknown, and gives waits.
func (c *Cluster) BeginList(kind Kind) error {
	return c.tell(func() C.sts_code {
		return C.sts_cluster_begin_list(c.handle, C.uint32_t(kind), &c.report)
	})
}

// EndList says that the list is complete, at its resourceVersion: what it did not show is gone.
func (c *Cluster) EndList(kind Kind, resourceVersion string) error {
	return c.tell(func() C.sts_code {
		return C.call_end_list(c.handle, C.uint32_t(kind), resourceVersion, &c.report)
	})
}

// Bookmark says that everything of a kind up to a resourceVersion has been seen.
func (c *Cluster) Bookmark(kind Kind, resourceVersion string) error {
	return c.tell(func() C.sts_code {
		return C.call_bookmark(c.handle, C.uint32_t(kind), resourceVersion, &c.report)
	})
}

// Watch takes in an event of a watch as an API server sends it: {"type":"ADDED","object":{…}}, the object with its kind
// and apiVersion. ADDED and MODIFIED are [Cluster.Apply], DELETED is [Cluster.Remove], BOOKMARK is [Cluster.Bookmark]; one
// that says that the initial events are over is [Cluster.EndList], if [Cluster.BeginList] was called. ERROR is an error
// with the server's words: begin that watch anew.
func (c *Cluster) Watch(event []byte) error {
	return c.tell(func() C.sts_code {
		return C.call_watch(c.handle, view(event), &c.report)
	})
}
