package conformance

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"statefulset.internal/statefulset"
)

// Ours lets the library plan for the set of a case once, and carries out what it says. Its view is the case's objects,
// for the whole time.
func Ours(c *Case) Outcome {
	store := NewStore(c)
	outcome, err := ours(c, store)
	if err != nil {
		outcome.Refused = err.Error()
	}
	outcome.Writes = store.Writes
	return outcome
}

func ours(c *Case, store *Store) (outcome Outcome, err error) {
	profile := statefulset.Upstream()
	profile.MaxUnavailable = c.Gates.MaxUnavailable
	profile.Recreate = c.Gates.Recreate
	cluster, err := statefulset.NewCluster(profile)
	if err != nil {
		return outcome, err
	}
	defer cluster.Close()
	if err := show(cluster, c); err != nil {
		return outcome, err
	}
	set := c.Set.Namespace + "/" + c.Set.Name
	plan, err := cluster.Plan(set, c.Now.Time)
	if err != nil {
		return outcome, err
	}
	run := run{cluster: cluster, store: store, set: set, plan: plan.ID}
	responses, err := run.carryOut(plan.List, func(r statefulset.Request) place { return place{r.Stage, r.Chain, r.Step} })
	if err != nil {
		return outcome, err
	}
	tail, err := cluster.Finish(set, plan.ID, responses, c.Now.Time)
	if err != nil {
		return outcome, err
	}
	step := uint32(0)
	done, err := run.carryOut(tail.Requests, func(statefulset.Request) place {
		step++
		return place{math.MaxUint32, 0, step}
	})
	outcome.places = run.places
	outcome.Failed = tail.Next == statefulset.NextRetry
	for i, response := range done {
		outcome.Failed = outcome.Failed || !succeeded(tail.Requests[i], response)
	}
	for _, event := range tail.Events {
		outcome.Events = append(outcome.Events, Event(event))
	}
	for _, wait := range plan.Waits {
		outcome.Waits = append(outcome.Waits, Wait{wait.Gates, fmt.Sprintf("%d-%d %s: %s %s", wait.Ordinal, wait.Through, wait.Reason, wait.Gates, wait.OnName)})
	}
	if !plan.NextWake.IsZero() {
		after := plan.NextWake.Sub(c.Now.Time)
		outcome.Wake = &after
	}
	return outcome, err
}

// show lists all objects of a case.
func show(cluster *statefulset.Cluster, c *Case) error {
	kinds := map[Kind]statefulset.Kind{
		Pod:      statefulset.KindPod,
		Claim:    statefulset.KindPersistentVolumeClaim,
		Revision: statefulset.KindControllerRevision,
		Set:      statefulset.KindStatefulSet,
	}
	for _, kind := range Kinds {
		if err := cluster.BeginList(kinds[kind]); err != nil {
			return err
		}
		for _, object := range c.Objects() {
			if KindOf(object) != kind {
				continue
			}
			text, err := json.Marshal(object)
			if err != nil {
				return err
			}
			if err := cluster.Apply(kinds[kind], text); err != nil {
				return err
			}
		}
		if err := cluster.EndList(kinds[kind], "1000"); err != nil {
			return err
		}
	}
	return nil
}

// place is where in the order of a plan a write stands.
type place struct {
	Stage, Chain, Step uint32
}

// run is one plan being carried out.
type run struct {
	cluster *statefulset.Cluster
	store   *Store
	set     string
	plan    statefulset.PlanID
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
