package conformance

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// attempt is what is asked of the store: there is one of each in a sync.
type attempt struct {
	Verb Verb
	Ref
}

// Write is something that was asked of the store, and what came of it.
type Write struct {
	attempt
	// What the object is after it, or would have been had it not failed; nil for what has no object.
	Object Object
	// The object as bytes by which it is compared, or [Unchanged].
	form string
	// The reason why it failed.
	Error string
	// How that was said.
	problem string
}

// Same tells whether two writes are one and the same.
func (w Write) Same(other Write) bool {
	return w.attempt == other.attempt && w.form == other.form && w.Error == other.Error
}

// Store does with writes what an API server does. An object that is in it, or that it has given away, is never changed:
// another one takes its place.
type Store struct {
	mu      sync.Mutex
	now     time.Time
	objects map[Ref]Object
	faults  map[Ref]map[Verb]string
	// How often an object of this name was made, which is a part of its uid.
	made    map[Ref]int
	version int
	// What was asked, in order.
	Writes []Write
	// What has happened since somebody looked, in order; only kept where somebody will.
	news    []News
	watched bool
}

// News is something that happened to an object: it is there, it is another, or it is gone.
type News struct {
	Kind        Kind
	Before, Now Object
	version     int
}

// put stores an object in the place of the one with its name.
func (s *Store) put(object Object) {
	ref := RefOf(object)
	s.version++
	object.SetResourceVersion(strconv.Itoa(s.version))
	s.report(News{ref.Kind, s.objects[ref], object, s.version})
	s.objects[ref] = object
}

// remove takes an object away, if it is there.
func (s *Store) remove(ref Ref) {
	if before, there := s.objects[ref]; there {
		s.version++
		s.report(News{ref.Kind, before, nil, s.version})
		delete(s.objects, ref)
	}
}

func (s *Store) report(news News) {
	if s.watched {
		s.news = append(s.news, news)
	}
}

// NewStore holds the objects of a case.
func NewStore(c *Case) *Store {
	s := &Store{now: c.Now.Time, objects: map[Ref]Object{}, made: map[Ref]int{}, version: 1000}
	for _, object := range c.Objects() {
		s.objects[RefOf(object)] = object
	}
	for _, fault := range c.Faults {
		ref := Ref{fault.Kind, fault.Name}
		if s.faults == nil {
			s.faults = map[Ref]map[Verb]string{}
		}
		if s.faults[ref] == nil {
			s.faults[ref] = map[Verb]string{}
		}
		s.faults[ref][fault.Verb] = fault.Error
	}
	return s
}

// Get is an object.
func (s *Store) Get(ref Ref) (Object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(ref)
}

func (s *Store) get(ref Ref) (Object, error) {
	object, ok := s.objects[ref]
	if !ok {
		return nil, apierrors.NewNotFound(ref.Kind.Resource(), ref.Name)
	}
	return object, nil
}

// Objects are all objects, by kind and name.
func (s *Store) Objects() []Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	order := func(a, b Ref) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	}
	objects := make([]Object, 0, len(s.objects))
	for _, ref := range slices.SortedFunc(maps.Keys(s.objects), order) {
		objects = append(objects, s.objects[ref])
	}
	return objects
}

// change lets something else happen to an object.
func (s *Store) change(ref Ref, how func(Object)) {
	object := outline(s.objects[ref])
	how(object)
	s.put(object)
}

// Guard is a look at the set that may fail.
func (s *Store) Guard(ref Ref) (Object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fault(Guard, ref, ""); err != nil {
		return nil, err
	}
	return s.get(ref)
}

// Create stores a new object.
func (s *Store) Create(object Object) (Object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	object = outline(object)
	ref := RefOf(object)
	object.SetUID(types.UID("made-" + string(ref.Kind) + "-" + ref.Name + "-" + strconv.Itoa(s.made[ref]+1)))
	object.SetCreationTimestamp(meta.NewTime(s.now))
	if object.GetNamespace() == "" {
		object.SetNamespace(namespace)
	}
	switch object := object.(type) {
	case *core.Pod:
		object.Status = core.PodStatus{Phase: core.PodPending}
	case *core.PersistentVolumeClaim:
		object.Status = core.PersistentVolumeClaimStatus{Phase: core.ClaimPending}
	}
	err := s.fault(Create, ref, object.GetNamespace())
	if _, taken := s.objects[ref]; taken {
		err = apierrors.NewAlreadyExists(ref.Kind.Resource(), ref.Name)
	}
	if err == nil {
		s.made[ref]++
	}
	return s.conclude(Create, object, err)
}

// Update changes an object: `change` gives what it is to be from what it is.
func (s *Store) Update(verb Verb, ref Ref, change func(Object) (Object, error)) (Object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, err := s.get(ref)
	if err != nil {
		s.Writes = append(s.Writes, Write{attempt: attempt{verb, ref}, Error: string(apierrors.ReasonForError(err))})
		return nil, err
	}
	object, err := change(old)
	if err != nil {
		return nil, err
	}
	uid, version := object.GetUID(), object.GetResourceVersion()
	object.SetUID(old.GetUID())
	object.SetResourceVersion(old.GetResourceVersion())
	keepOtherHalf(verb, old, object)
	err = s.fault(verb, ref, object.GetNamespace())
	switch {
	case err != nil:
	case uid != "" && uid != old.GetUID(), version != "" && version != old.GetResourceVersion():
		err = apierrors.NewConflict(ref.Kind.Resource(), ref.Name, errModified)
	default:
		err = refuse(old, object)
	}
	if err == nil && formOf(old) == formOf(object) {
		// Nothing is stored, and no new version is made.
		s.Writes = append(s.Writes, Write{attempt: attempt{verb, ref}, Object: old, form: Unchanged})
		return old, nil
	}
	return s.conclude(verb, object, err)
}

// Unchanged stands for the object that a write left as it was.
const Unchanged = "(unchanged)"

// Delete takes an object away. A pod is only asked to go.
func (s *Store) Delete(ref Ref, preconditions *meta.Preconditions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	object, err := s.get(ref)
	if fault := s.fault(Delete, ref, ""); fault != nil {
		err = fault
	}
	if err == nil && preconditions != nil && preconditions.UID != nil && *preconditions.UID != object.GetUID() {
		err = apierrors.NewConflict(ref.Kind.Resource(), ref.Name, errModified)
	}
	if err != nil {
		s.Writes = append(s.Writes, Write{attempt: attempt{Delete, ref}, Error: string(apierrors.ReasonForError(err))})
		return err
	}
	if _, ok := object.(*core.Pod); ok {
		pod := outline(object).(*core.Pod)
		if pod.DeletionTimestamp == nil {
			now := meta.NewTime(s.now)
			pod.DeletionTimestamp = &now
		}
		_, err = s.conclude(Delete, pod, nil)
		return err
	}
	s.remove(ref)
	s.Writes = append(s.Writes, Write{attempt: attempt{Delete, ref}})
	return nil
}

func (s *Store) fault(verb Verb, ref Ref, namespace string) error {
	name, ok := s.faults[ref][verb]
	if !ok {
		return nil
	}
	return newError(name, verb, ref.Kind, ref.Name, namespace)
}

func (s *Store) conclude(verb Verb, object Object, err error) (Object, error) {
	write := Write{attempt: attempt{verb, RefOf(object)}, Object: object, form: formOf(object)}
	if err != nil {
		write.Error, write.problem = string(apierrors.ReasonForError(err)), err.Error()
		s.Writes = append(s.Writes, write)
		return nil, err
	}
	s.put(object)
	s.Writes = append(s.Writes, write)
	return object, nil
}

// keepOtherHalf keeps the status in a write of the rest, and the rest in a write of the status.
func keepOtherHalf(verb Verb, old, object Object) {
	switch object := object.(type) {
	case *core.Pod:
		object.Status = old.(*core.Pod).Status
	case *core.PersistentVolumeClaim:
		object.Status = old.(*core.PersistentVolumeClaim).Status
	case *apps.StatefulSet:
		old := old.(*apps.StatefulSet)
		if verb == UpdateStatus {
			status := object.Status
			*object = *old
			object.Status = status
		} else {
			object.Status = old.Status
		}
	}
}

const notNegative = "must be greater than or equal to 0"

// refuse is what validation says of the changes that a controller might try and must not make.
func refuse(old, object Object) error {
	var problems field.ErrorList
	switch object := object.(type) {
	case *core.Pod:
		if !equality.Semantic.DeepEqual(old.(*core.Pod).Spec, object.Spec) {
			problems = append(problems, field.Forbidden(field.NewPath("spec"), "pod updates may not change this"))
		}
	case *apps.ControllerRevision:
		if string(old.(*apps.ControllerRevision).Data.Raw) != string(object.Data.Raw) {
			problems = append(problems, field.Invalid(field.NewPath("data"), "", "field is immutable"))
		}
	case *apps.StatefulSet:
		status := object.Status
		counters := []int32{status.Replicas, status.ReadyReplicas, status.AvailableReplicas, status.CurrentReplicas, status.UpdatedReplicas}
		if slices.Min(counters) < 0 {
			problems = append(problems, field.Invalid(field.NewPath("status"), "", notNegative))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	kind := KindOf(object)
	return apierrors.NewInvalid(kind.Version().WithKind(string(kind)).GroupKind(), object.GetName(), problems)
}
