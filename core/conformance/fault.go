package conformance

import (
	"errors"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Verb is what a write does. Patches and replacements are both updates.
type Verb string

// The verbs. Guard is the look at the live set before something is adopted.
const (
	Create       Verb = "create"
	Update       Verb = "update"
	UpdateStatus Verb = "status"
	Delete       Verb = "delete"
	Guard        Verb = "guard"
)

// Fault makes every write of a verb to a name fail. It is keyed by name and not by count, because the real controller
// writes from many goroutines.
type Fault struct {
	Verb  Verb   `json:"verb"`
	Kind  Kind   `json:"kind"`
	Name  string `json:"name"`
	Error string `json:"error"`
}

// The errors that a fault can give.
const (
	Conflict = "conflict"
	Exists   = "already-exists"
	Missing  = "not-found"
	Invalid  = "invalid"
	Broken   = "server-error"
)

var errModified = errors.New("the object has been modified; please apply your changes to the latest version and try again")

func newError(name string, verb Verb, kind Kind, object, namespace string) error {
	resource := kind.Resource()
	switch name {
	case Conflict:
		return apierrors.NewConflict(resource, object, errModified)
	case Exists:
		return apierrors.NewAlreadyExists(resource, object)
	case Missing:
		if verb == Create {
			// What is missing then is the namespace.
			return apierrors.NewNotFound(schema.GroupResource{Resource: "namespaces"}, namespace)
		}
		return apierrors.NewNotFound(resource, object)
	case Invalid:
		kind := kind.Version().WithKind(string(kind)).GroupKind()
		path := field.NewPath("spec", "injected")
		return apierrors.NewInvalid(kind, object, field.ErrorList{field.Invalid(path, "value", "is refused")})
	default:
		return apierrors.NewInternalError(errors.New("the storage is on fire"))
	}
}
