package statefulset

/*
#include "call.h"
*/
import "C"

import (
	"runtime"
	"sync"
)

// Cluster is a Kubernetes cluster as a watch shows it. You feed it objects, and it gives requests that are ready to be
// sent.
//
// For each kind call [Cluster.BeginList], [Cluster.Apply] for every object, and [Cluster.EndList]. Then call Apply,
// [Cluster.Remove] and [Cluster.Bookmark] as things happen. Instead of these, [Cluster.Watch] takes the events of a
// watch as they come. Then, again and again:
//
//  1. [Cluster.Due] says which sets to look at, when to ask again, and what sets wait to see ([Due.Awaited]). A program with several workers calls [Cluster.TakeDue], which gives each set out once.
//  2. [Cluster.CarryOut] does one round for a set with a function of yours that sends a request.
//
// The parts of CarryOut can be called alone:
//
//  1. [Cluster.Plan] gives a set's requests. [Requests.CarryOut] sends them in their order. [Cluster.MayTry] says which may be sent, for programs with a loop of their own.
//  2. [Cluster.Finish] takes the responses and gives what is left to do.
//  3. [Cluster.Settle] takes the responses to that.
//
// A set is named "namespace/name". Any number of goroutines may use a cluster. Calls that only read it run together:
// Due, Plan, Explain, Diagnose and MayTry. A call that changes it waits until no other call uses it.
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

// NewCluster makes an empty cluster that decides as the profile says. Close it when you no longer use it.
func NewCluster(profile Profile) (*Cluster, error) {
	return NewClusterOf(profile, StatefulSets)
}

// NewClusterOf makes a cluster, like [NewCluster], for a custom resource that has the fields of a StatefulSet.
// [KindStatefulSet] then stands for its objects.
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

// Close frees the cluster's memory. Every later call on it gives [ErrClosed], also a second Close.
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

// Apply tells the cluster of an object as a watch or a list shows it. The object is JSON and need not repeat its kind.
// An object that is older than the one known is ignored. An object that cannot be read gives an [*ObjectError]. It is
// set aside, what depends on it waits, and everything else goes on.
func (c *Cluster) Apply(kind Kind, object []byte) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_apply(c.handle, C.uint32_t(kind), view(object), report)
	})
}

// Remove tells the cluster that an object was deleted. The object is "namespace/name", or the name for a kind without a
// namespace. An object of the same name with another uid stays. An empty uid stands for any.
func (c *Cluster) Remove(kind Kind, object, uid string) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_remove(c.handle, C.uint32_t(kind), object, uid, report)
	})
}

// BeginList begins a complete list of a kind: apply each of its objects, then call [Cluster.EndList]. A kind that was
// never listed completely is unknown, and what depends on it waits.
func (c *Cluster) BeginList(kind Kind) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.sts_cluster_begin_list(c.handle, C.uint32_t(kind), report)
	})
}

// EndList ends a list, at its resourceVersion. Objects that the list did not show are gone.
func (c *Cluster) EndList(kind Kind, resourceVersion string) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_end_list(c.handle, C.uint32_t(kind), resourceVersion, report)
	})
}

// Bookmark tells the cluster that everything of a kind up to a resourceVersion has been seen.
func (c *Cluster) Bookmark(kind Kind, resourceVersion string) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_bookmark(c.handle, C.uint32_t(kind), resourceVersion, report)
	})
}

// Watch tells the cluster of an event of a watch as an API server sends it: {"type":"ADDED","object":{…}}, the object
// with its kind and apiVersion. ADDED and MODIFIED are [Cluster.Apply], DELETED is [Cluster.Remove], and BOOKMARK is
// [Cluster.Bookmark]. A bookmark that ends the initial events is [Cluster.EndList], if [Cluster.BeginList] was called.
// ERROR is an error with the server's message: begin that watch anew.
func (c *Cluster) Watch(event []byte) error {
	return c.tell(func(report *C.sts_report) C.sts_code {
		return C.call_watch(c.handle, view(event), report)
	})
}
