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
// [Cluster.CarryOut] is the last three in one call.
//
// A set is named "namespace/name". Any number of goroutines may use a cluster. Calls that only look at it (Due, Plan,
// Explain, Diagnose, MayTry) run side by side; one that changes it waits until it is alone.
type Cluster struct {
	handle  C.sts_cluster
	cleanup runtime.Cleanup
}

// scratch is what one call writes to.
type scratch struct {
	buffer buffer
	report C.sts_report
}

// scratches keeps the buffers of calls that are over, for later ones.
var scratches = sync.Pool{New: func() any { return new(scratch) }}

// NewCluster is an empty cluster, in which is decided as the profile says. Close it when it is no longer used.
func NewCluster(profile Profile) (*Cluster, error) {
	return NewClusterOf(profile, StatefulSets)
}

// NewClusterOf is [NewCluster] for sets that are objects of a resource of one's own. [KindStatefulSet] is their kind then.
func NewClusterOf(profile Profile, resource SetResource) (*Cluster, error) {
	c := new(Cluster)
	var record C.sts_profile
	var report C.sts_report
	profile.write(&record)
	code := C.call_cluster_new_of(&record, resource.APIVersion, resource.Kind, resource.Plural, &c.handle, &report)
	if code != C.STS_CODE_OK {
		return nil, failure(&report)
	}
	// For those who forget to close it.
	c.cleanup = runtime.AddCleanup(c, func(handle C.sts_cluster) { C.sts_cluster_free(handle) }, c.handle)
	return c, nil
}

// Close frees the cluster's memory. From then on its calls give [ErrClosed], Close included.
func (c *Cluster) Close() error {
	c.cleanup.Stop()
	defer runtime.KeepAlive(c)
	if C.sts_cluster_free(c.handle) != C.STS_CODE_OK {
		return ErrClosed
	}
	return nil
}

// tell makes a call that says nothing but whether it succeeded, and hands its report to look, if there is one.
func (c *Cluster) tell(call func(report *C.sts_report) C.sts_code, look ...func(report *C.sts_report)) error {
	scratch := scratches.Get().(*scratch)
	defer scratches.Put(scratch)
	// Until then it may not be cleaned up.
	defer runtime.KeepAlive(c)
	if call(&scratch.report) != C.STS_CODE_OK {
		return failure(&scratch.report)
	}
	for _, look := range look {
		look(&scratch.report)
	}
	return nil
}

// ask makes a call that writes text, and hands its report to look, if there is one.
func (c *Cluster) ask(
	call func(out *C.char, room C.size_t, report *C.sts_report) C.sts_code, look ...func(report *C.sts_report),
) (string, error) {
	scratch := scratches.Get().(*scratch)
	defer scratches.Put(scratch)
	defer runtime.KeepAlive(c)
	text, err := scratch.buffer.text(&scratch.report, func(out *C.char, room C.size_t) C.sts_code {
		return call(out, room, &scratch.report)
	})
	if err != nil {
		return "", err
	}
	for _, look := range look {
		look(&scratch.report)
	}
	return text, nil
}

// Apply takes in an object as a watch or a list shows it, as JSON, which need not repeat its kind. One that is older than
// what is known is ignored. One that cannot be read gives an [*ObjectError] and is set aside: what depends on it waits,
// everything else goes on.
func (c *Cluster) Apply(kind Kind, object []byte) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_apply(c.handle, C.uint32_t(kind), view(object), report)
	})
}

// Remove takes out an object that was deleted, named "namespace/name", or by its name for kinds without a namespace. One
// of the same name with another uid stays; an empty one is any.
func (c *Cluster) Remove(kind Kind, object, uid string) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_remove(c.handle, C.uint32_t(kind), object, uid, report)
	})
}

// BeginList begins a complete list of a kind: apply each of its objects, then call [Cluster.EndList]. A kind of which no
// list has ever been complete is unknown, and gives waits.
func (c *Cluster) BeginList(kind Kind) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.sts_cluster_begin_list(c.handle, C.uint32_t(kind), report)
	})
}

// EndList says that the list is complete, at its resourceVersion: what it did not show is gone.
func (c *Cluster) EndList(kind Kind, resourceVersion string) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_end_list(c.handle, C.uint32_t(kind), resourceVersion, report)
	})
}

// Bookmark says that everything of a kind up to a resourceVersion has been seen.
func (c *Cluster) Bookmark(kind Kind, resourceVersion string) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_bookmark(c.handle, C.uint32_t(kind), resourceVersion, report)
	})
}

// Watch takes in an event of a watch as an API server sends it: {"type":"ADDED","object":{…}}, the object with its kind
// and apiVersion. ADDED and MODIFIED are [Cluster.Apply], DELETED is [Cluster.Remove], BOOKMARK is [Cluster.Bookmark]; one
// that says that the initial events are over is [Cluster.EndList], if [Cluster.BeginList] was called. ERROR is an error
// with the server's words: begin that watch anew.
func (c *Cluster) Watch(event []byte) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_watch(c.handle, view(event), report)
	})
}
