package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"statefulset.internal/statefulset"
)

// run is one plan being carried out.
type run struct {
	*seat
	set  string
	plan statefulset.PlanID
	// Where each write of the store stands.
	places []place
}

func (r *run) carryOut(requests []statefulset.Request, where func(statefulset.Request) place) ([]statefulset.Response, error) {
	var responses []statefulset.Response
	for i, request := range requests {
		may, err := r.cluster.MayTry(r.set, r.plan, i, responses)
		if err != nil {
			return nil, err
		}
		var response statefulset.Response
		if may {
			response = responseTo(send(r.store, request))
		}
		here := where(request)
		for len(r.places) < len(r.store.Writes) {
			r.places = append(r.places, here)
		}
		responses = append(responses, response)
	}
	return responses, nil
}

func succeeded(request statefulset.Request, response statefulset.Response) bool {
	return response.Status == statefulset.StatusDone || slices.Contains(request.Tolerates, response.Status)
}

// send carries a request out.
func send(store *Store, r statefulset.Request) (Object, error) {
	kind, name, status, err := target(r.Path)
	if err != nil {
		return nil, err
	}
	ref := Ref{kind, name}
	switch r.Method {
	case "POST":
		object := kind.New()
		if err := json.Unmarshal(r.Body, object); err != nil {
			return nil, err
		}
		return store.Create(object)
	case "PATCH":
		verb := Update
		if status {
			verb = UpdateStatus
		}
		if kind == Set && !status {
			return store.Guard(ref)
		}
		return patch(store, verb, ref, types.PatchType(r.ContentType), r.Body)
	case "DELETE":
		var options meta.DeleteOptions
		if err := json.Unmarshal(r.Body, &options); err != nil {
			return nil, err
		}
		return nil, store.Delete(ref, options.Preconditions)
	default:
		return nil, fmt.Errorf("no request is expected to have the method %s", r.Method)
	}
}

// target reads a path: the kind, the object's name if there is one, and whether its status is meant.
func target(path string) (kind Kind, name string, status bool, err error) {
	path, status = strings.CutSuffix(path, "/status")
	_, rest, _ := strings.Cut(path, "/namespaces/")
	parts := strings.Split(rest, "/")
	if len(parts) < 2 {
		return "", "", false, fmt.Errorf("the path %s names no kind", path)
	}
	kind, known := kindOfResource(parts[1])
	if !known {
		return "", "", false, fmt.Errorf("the path %s names no kind that is expected", path)
	}
	if len(parts) > 2 {
		name = parts[2]
	}
	return kind, name, status, nil
}

// responseTo is the outcome of a request in the library's words.
func responseTo(object Object, err error) statefulset.Response {
	switch {
	case err == nil && object == nil:
		return statefulset.Response{Status: statefulset.StatusDone}
	case err == nil:
		return statefulset.Response{Status: statefulset.StatusDone, ResourceVersion: object.GetResourceVersion()}
	case apierrors.IsNotFound(err):
		return statefulset.Response{Status: statefulset.StatusNotFound}
	case apierrors.IsAlreadyExists(err):
		return statefulset.Response{Status: statefulset.StatusAlreadyExists}
	case apierrors.IsConflict(err):
		return statefulset.Response{Status: statefulset.StatusConflict}
	case apierrors.IsInvalid(err):
		return statefulset.Response{Status: statefulset.StatusInvalid, Message: err.Error()}
	default:
		return statefulset.Response{Status: statefulset.StatusFailed, Message: err.Error()}
	}
}
