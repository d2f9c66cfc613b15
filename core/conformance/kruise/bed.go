package kruise

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-logr/logr"
	appspub "github.com/openkruise/kruise/apis/apps/pub"
	"github.com/openkruise/kruise/apis/apps/v1beta1"
	"github.com/openkruise/kruise/pkg/controller/statefulset"
	"github.com/openkruise/kruise/pkg/features"
	utilfeature "github.com/openkruise/kruise/pkg/util/feature"
	"github.com/openkruise/kruise/pkg/util/inplaceupdate"
	"github.com/openkruise/kruise/pkg/util/lifecycle"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/record"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/controller/history"
)

// setUp prepares what all moments share.
func setUp() error {
	klog.SetLogger(logr.Discard())
	if err := v1beta1.AddToScheme(scheme.Scheme); err != nil {
		return err
	}
	// The first ordinal can be chosen only behind it.
	if err := utilfeature.DefaultMutableFeatureGate.Set(string(features.StatefulSetStartOrdinal) + "=true"); err != nil {
		return err
	}
	for number, name := range []string{"older", "old", "new"} {
		revision, err := revisionOf(name)
		if err != nil {
			return err
		}
		revision.Revision = int64(number + 1)
		revisions = append(revisions, revision)
	}
	return nil
}

// revisions are those of every set, oldest first.
var revisions []*apps.ControllerRevision

// revisionOf is the revision that OpenKruise makes of a template.
func revisionOf(name string) (*apps.ControllerRevision, error) {
	bed := newBed(nil)
	set := (&Moment{RollingUpdate: &RollingUpdate{}}).kruise()
	set.Spec.Template = template(name)
	if err := bed.control().UpdateStatefulSet(context.Background(), set, nil); err != nil {
		return nil, err
	}
	if bed.made == nil {
		return nil, fmt.Errorf("OpenKruise made no revision of the template %q", name)
	}
	bed.made.Name = setName + "-" + name
	return bed.made, nil
}

// Theirs lets OpenKruise act on a moment once.
func Theirs(m *Moment) Outcome {
	bed := newBed(revisions)
	err := bed.control().UpdateStatefulSet(context.Background(), m.kruise(), m.corePods(time.Now()))
	if err != nil {
		bed.Problem = err.Error()
	}
	return bed.Outcome
}

// bed is what OpenKruise's controller lies on: it keeps what the controller does. Nothing fails.
type bed struct {
	Outcome
	mu        sync.Mutex
	revisions []*apps.ControllerRevision
	made      *apps.ControllerRevision
}

func newBed(revisions []*apps.ControllerRevision) *bed { return &bed{revisions: revisions} }

func (b *bed) control() statefulset.StatefulSetControlInterface {
	recorder := &record.FakeRecorder{}
	pods := statefulset.NewStatefulPodControlFromManager(b, recorder)
	return statefulset.NewDefaultStatefulSetControl(pods, inPlace{}, hooks{}, b, past{b, nil}, recorder)
}

func (b *bed) write(verb string, pod *core.Pod) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, text, _ := strings.Cut(pod.Name, "-")
	ordinal, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return err
	}
	write := Write{Verb: verb, Ordinal: int32(ordinal)}
	if verb == "create" {
		write.Revision = strings.TrimPrefix(pod.Labels[apps.ControllerRevisionHashLabelKey], setName+"-")
	}
	b.Writes = append(b.Writes, write)
	return nil
}

// CreatePod keeps that a pod is to be created.
func (b *bed) CreatePod(_ context.Context, pod *core.Pod) error { return b.write("create", pod) }

// UpdatePod keeps that a pod is to be corrected.
func (b *bed) UpdatePod(pod *core.Pod) error { return b.write("update", pod) }

// DeletePod keeps that a pod is to be deleted.
func (b *bed) DeletePod(pod *core.Pod) error { return b.write("delete", pod) }

// GetPod is asked after a conflict only.
func (b *bed) GetPod(_, name string) (*core.Pod, error) { return nil, notFound("pods", name) }

// CreateClaim is never asked: no set has templates.
func (b *bed) CreateClaim(claim *core.PersistentVolumeClaim) error {
	return fmt.Errorf("nobody wants the claim %s", claim.Name)
}

// GetClaim finds none.
func (b *bed) GetClaim(_, name string) (*core.PersistentVolumeClaim, error) {
	return nil, notFound("persistentvolumeclaims", name)
}

// UpdateClaim is never asked.
func (b *bed) UpdateClaim(claim *core.PersistentVolumeClaim) error {
	return notFound("persistentvolumeclaims", claim.Name)
}

// GetStorageClass finds none.
func (b *bed) GetStorageClass(name string) (*storage.StorageClass, error) {
	return nil, notFound("storageclasses", name)
}

func notFound(resource, name string) error {
	return apierrors.NewNotFound(core.Resource(resource), name)
}

// UpdateStatefulSetStatus keeps the status that is published.
func (b *bed) UpdateStatefulSetStatus(_ context.Context, _ *v1beta1.StatefulSet, status *v1beta1.StatefulSetStatus) error {
	b.Status = &Status{
		Replicas:        status.Replicas,
		Ready:           status.ReadyReplicas,
		Available:       status.AvailableReplicas,
		Current:         status.CurrentReplicas,
		Updated:         status.UpdatedReplicas,
		CurrentRevision: strings.TrimPrefix(status.CurrentRevision, setName+"-"),
	}
	return nil
}

// past is the set's history. Only what is asked of it is there.
type past struct {
	*bed
	history.Interface
}

// ListControllerRevisions are all of them. The controller puts the list in order, so each gets its own.
func (p past) ListControllerRevisions(meta.Object, labels.Selector) ([]*apps.ControllerRevision, error) {
	return append([]*apps.ControllerRevision(nil), p.revisions...), nil
}

// CreateControllerRevision keeps the revision.
func (p past) CreateControllerRevision(_ meta.Object, revision *apps.ControllerRevision, _ *int32) (*apps.ControllerRevision, error) {
	p.made = revision.DeepCopy()
	return revision, nil
}

// inPlace updates no pod in place.
type inPlace struct{ inplaceupdate.Interface }

// Refresh finds nothing to do.
func (inPlace) Refresh(*core.Pod, *inplaceupdate.UpdateOptions) inplaceupdate.RefreshResult {
	return inplaceupdate.RefreshResult{}
}

// hooks are those of no pod.
type hooks struct{ lifecycle.Interface }

// UpdatePodLifecycle has nothing to update.
func (hooks) UpdatePodLifecycle(pod *core.Pod, _ appspub.LifecycleStateType, _ bool) (bool, *core.Pod, error) {
	return false, pod, nil
}
