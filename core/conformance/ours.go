package conformance

import (
	"encoding/json"
	"fmt"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// request is what the library asks for.
type request struct {
	Method      string          `json:"method"`
	Path        string          `json:"path"`
	ContentType string          `json:"contentType"`
	Body        json.RawMessage `json:"body"`
	// Requests of one place may be sent in any order.
	place
}

// place is where in the order of a plan a request stands.
type place struct {
	Stage, Chain, Step uint32
}

// send carries a request out.
func send(store *Store, r request) (Object, error) {
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

// answer is the outcome of a request in the library's words.
type answer struct {
	Status          string `json:"status"`
	ResourceVersion string `json:"resourceVersion,omitempty"`
	Message         string `json:"message,omitempty"`
}

func answerTo(object Object, err error) answer {
	switch {
	case err == nil && object == nil:
		return answer{Status: "done"}
	case err == nil:
		return answer{Status: "done", ResourceVersion: object.GetResourceVersion()}
	case apierrors.IsNotFound(err):
		return answer{Status: "not-found"}
	case apierrors.IsAlreadyExists(err):
		return answer{Status: "already-exists"}
	case apierrors.IsConflict(err):
		return answer{Status: "conflict"}
	case apierrors.IsInvalid(err):
		return answer{Status: "invalid", Message: err.Error()}
	default:
		return answer{Status: "failed", Message: err.Error()}
	}
}
