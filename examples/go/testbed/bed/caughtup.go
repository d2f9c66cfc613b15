package bed

import (
	"context"
	"strconv"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// CaughtUp waits until the record of a namespace is what the API server would answer now, and returns the version of that moment. A
// watch is late by some milliseconds: what a command did when it returned, may not have been seen yet.
func (r *Recorder) CaughtUp(ctx context.Context, namespace string) (uint64, error) {
	var version uint64
	for _, kind := range kinds[:4] {
		for {
			list, err := r.plane.Dynamic.Resource(kind).Namespace(namespace).List(ctx, metav1.ListOptions{})
			if err == nil {
				seen := map[string]string{}
				for i := range list.Items {
					seen[string(list.Items[i].GetUID())] = list.Items[i].GetResourceVersion()
				}
				if r.is(list.GetKind(), namespace, seen) {
					now, err := strconv.ParseUint(list.GetResourceVersion(), 10, 64)
					if err != nil {
						return 0, err
					}
					version = max(version, now)
					break
				}
			}
			select {
			case <-time.After(10 * time.Millisecond):
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		}
	}
	return version, r.Err()
}

// is says whether the objects of a kind, whose list is of kind list, are these uids in these versions.
func (r *Recorder) is(list, namespace string, versions map[string]string) bool {
	objects := r.Objects(list[:len(list)-len("List")], namespace)
	if len(objects) != len(versions) {
		return false
	}
	for _, object := range objects {
		if versions[string(object.GetUID())] != object.GetResourceVersion() {
			return false
		}
	}
	return true
}
