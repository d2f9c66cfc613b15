package statefulset

import (
	"runtime"
	"sync"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
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
// A set is named "namespace/name". Any number of goroutines may use a cluster. Calls on it wait for each other.
type Cluster struct {
	library *link.Cluster
	cleanup runtime.Cleanup
}

// scratch is what one call writes to.
type scratch struct {
	buffer buffer
	report abi.Report
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
	var record abi.Profile
	var report abi.Report
	profile.write(&record)
	c.library = link.NewCluster(&record, resource.APIVersion, resource.Kind, resource.Plural, &report)
	if c.library == nil {
		return nil, failure(&report)
	}
	// For those who forget to close it.
	c.cleanup = runtime.AddCleanup(c, func(library *link.Cluster) { library.Free() }, c.library)
	return c, nil
}

// Close frees the cluster's memory. Every later call on it gives [ErrClosed], also a second Close.
func (c *Cluster) Close() error {
	c.cleanup.Stop()
	defer runtime.KeepAlive(c)
	if c.library.Free() != abi.CodeOK {
		return ErrClosed
	}
	return nil
}

// tell makes a call that says nothing but whether it succeeded, and hands its report to look, if there is one.
func (c *Cluster) tell(call func(report *abi.Report) abi.Code, look ...func(report *abi.Report)) error {
	scratch := scratches.Get().(*scratch)
	defer scratches.Put(scratch)
	// Until then it may not be cleaned up.
	defer runtime.KeepAlive(c)
	if call(&scratch.report) != abi.CodeOK {
		return failure(&scratch.report)
	}
	for _, look := range look {
		look(&scratch.report)
	}
	return nil
}

// ask makes a call that writes text, and hands its report to look, if there is one.
func (c *Cluster) ask(
	call func(out []byte, report *abi.Report) abi.Code, look ...func(report *abi.Report),
) (string, error) {
	scratch := scratches.Get().(*scratch)
	defer scratches.Put(scratch)
	defer runtime.KeepAlive(c)
	text, err := scratch.buffer.text(&scratch.report, func(out []byte) abi.Code {
		return call(out, &scratch.report)
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
	return c.tell(func(report *abi.Report) abi.Code {
		return c.library.Apply(uint32(kind), view(object), report)
	})
}

// Remove tells the cluster that an object was deleted. The object is "namespace/name", or the name for a kind without a
// namespace. An object of the same name with another uid stays. An empty uid stands for any.
func (c *Cluster) Remove(kind Kind, object, uid string) error {
	return c.tell(func(report *abi.Report) abi.Code {
		return c.library.Remove(uint32(kind), object, uid, report)
	})
}

// BeginList begins a complete list of a kind: apply each of its objects, then call [Cluster.EndList]. A kind that was
// never listed completely is unknown, and what depends on it waits.
func (c *Cluster) BeginList(kind Kind) error {
	return c.tell(func(report *abi.Report) abi.Code {
		return c.library.BeginList(uint32(kind), report)
	})
}

// EndList ends a list, at its resourceVersion. Objects that the list did not show are gone.
func (c *Cluster) EndList(kind Kind, resourceVersion string) error {
	return c.tell(func(report *abi.Report) abi.Code {
		return c.library.EndList(uint32(kind), resourceVersion, report)
	})
}

// Bookmark tells the cluster that everything of a kind up to a resourceVersion has been seen.
func (c *Cluster) Bookmark(kind Kind, resourceVersion string) error {
	return c.tell(func(report *abi.Report) abi.Code {
		return c.library.Bookmark(uint32(kind), resourceVersion, report)
	})
}

// Watch tells the cluster of an event of a watch as an API server sends it: {"type":"ADDED","object":{…}}, the object
// with its kind and apiVersion. ADDED and MODIFIED are [Cluster.Apply], DELETED is [Cluster.Remove], and BOOKMARK is
// [Cluster.Bookmark]. A bookmark that ends the initial events is [Cluster.EndList], if [Cluster.BeginList] was called.
// ERROR is an error with the server's message: begin that watch anew.
func (c *Cluster) Watch(event []byte) error {
	return c.tell(func(report *abi.Report) abi.Code {
		return c.library.Watch(view(event), report)
	})
}
