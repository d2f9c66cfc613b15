package scheduler

import (
	"context"
	"errors"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/events"
	"k8s.io/klog/v2"
	configv1 "k8s.io/kube-scheduler/config/v1"
	fwk "k8s.io/kube-scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler"
	"k8s.io/kubernetes/pkg/scheduler/apis/config"
	"k8s.io/kubernetes/pkg/scheduler/apis/config/scheme"
	snapshots "k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/defaultpreemption"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/feature"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/names"
)

// Verdict is what a scheduler says of a pod.
type Verdict struct {
	// Waits: it does not look at the pod yet.
	Waits bool `json:"waits"`
	// Fit are the nodes that can take the pod, in the order of their names.
	Fit []string `json:"fit"`
	// Best are those among them of which it would take any.
	Best []string `json:"best"`
	// Message says why no node can take it.
	Message string `json:"message"`
	// Choices are the nodes that could if others left them, in the order of their names.
	Choices []Choice `json:"choices"`
	// Rooms are those among them of which it would take any.
	Rooms []string `json:"rooms"`
}

// Choice is a node, and who has to leave it.
type Choice struct {
	Node string `json:"node"`
	// Victims are in the order of their importance, with their namespaces.
	Victims []string `json:"victims"`
	// Violations is how many of them a budget would keep.
	Violations int64 `json:"violations"`
}

// Theirs is kube-scheduler with its default profile. It never starts to work by itself: its cache is filled by hand, and
// it is asked of one pod after the other.
type Theirs struct {
	ctx       context.Context
	logger    klog.Logger
	scheduler *scheduler.Scheduler
	framework framework.Framework
	snapshot  *snapshots.Snapshot
	informers *informersByHand
	// What makes room for a pod.
	preemption *defaultpreemption.DefaultPreemption
	// What PreScore was told last.
	fit []string
}

const witness = "Witness"

// NewTheirs makes the scheduler.
func NewTheirs(ctx context.Context) (*Theirs, error) {
	theirs := &Theirs{ctx: ctx, logger: klog.FromContext(ctx), snapshot: snapshots.NewEmptySnapshot()}
	client := fake.NewClientset()
	theirs.informers = newInformersByHand(scheduler.NewInformerFactory(client, 0, nil))
	profiles, err := defaultProfiles()
	if err != nil {
		return nil, err
	}
	for i := range profiles {
		enabled := &profiles[i].Plugins.PreScore.Enabled
		*enabled = append(*enabled, config.Plugin{Name: witness})
	}
	theirs.scheduler, err = scheduler.New(ctx, client, theirs.informers, nil, func(string) events.EventRecorderLogger { return silent{} },
		scheduler.WithProfiles(profiles...),
		scheduler.WithParallelism(1),
		scheduler.WithNodeInfoSnapshot(theirs.snapshot),
		scheduler.WithFrameworkOutOfTreeRegistry(map[string]func(context.Context, runtime.Object, fwk.Handle) (fwk.Plugin, error){
			witness: func(ctx context.Context, _ runtime.Object, handle fwk.Handle) (_ fwk.Plugin, err error) {
				// One of its own, to be asked what the other does not tell.
				args := &config.DefaultPreemptionArgs{MinCandidateNodesPercentage: 10, MinCandidateNodesAbsolute: 100}
				gates := feature.NewSchedulerFeaturesFromGates(utilfeature.DefaultFeatureGate)
				theirs.preemption, err = defaultpreemption.New(ctx, args, handle, gates)
				return &listener{theirs}, err
			},
		}))
	if err != nil {
		return nil, err
	}
	theirs.framework = theirs.scheduler.Profiles[core.DefaultSchedulerName]
	return theirs, nil
}

func defaultProfiles() ([]config.KubeSchedulerProfile, error) {
	var versioned configv1.KubeSchedulerConfiguration
	scheme.Scheme.Default(&versioned)
	var internal config.KubeSchedulerConfiguration
	if err := scheme.Scheme.Convert(&versioned, &internal, nil); err != nil {
		return nil, err
	}
	return internal.Profiles, nil
}

// listener is told which nodes have passed all filters.
type listener struct{ theirs *Theirs }

func (*listener) Name() string { return witness }

func (l *listener) PreScore(_ context.Context, _ fwk.CycleState, _ *core.Pod, nodes []fwk.NodeInfo) *fwk.Status {
	for _, node := range nodes {
		l.theirs.fit = append(l.theirs.fit, node.Node().Name)
	}
	return fwk.NewStatus(fwk.Skip)
}

// Judge says where each pod of the case that has no node would go, if it were alone among those.
func (t *Theirs) Judge(c *Case) (verdicts []Verdict, err error) {
	if err := t.fill(c); err != nil {
		return nil, err
	}
	for _, pod := range c.pending() {
		verdicts = append(verdicts, t.judge(pod))
	}
	return verdicts, t.empty(c)
}

func (t *Theirs) judge(pod *core.Pod) Verdict {
	for _, plugin := range t.framework.PreEnqueuePlugins() {
		// That others are still being removed for a pod of this name is left from an earlier case.
		if plugin.Name() == names.DefaultPreemption {
			continue
		}
		if status := plugin.PreEnqueue(t.ctx, pod); !status.IsSuccess() {
			return Verdict{Waits: true}
		}
	}
	info, err := framework.NewPodInfo(pod)
	if err != nil {
		return Verdict{Message: err.Error()}
	}
	t.fit = nil
	state := framework.NewCycleState()
	result, err := t.scheduler.SchedulePod(t.ctx, t.framework, state, &framework.QueuedPodInfo{PodInfo: info})
	if err == nil {
		if result.FeasibleNodes == 1 {
			return Verdict{Fit: []string{result.SuggestedHost}, Best: []string{result.SuggestedHost}}
		}
		slices.Sort(t.fit)
		return Verdict{Fit: t.fit, Best: t.best(state, pod, t.fit)}
	}
	var unfit *framework.FitError
	if errors.As(err, &unfit) {
		_, status := t.framework.RunPostFilterPlugins(t.ctx, state, pod, unfit.Diagnosis.NodeToStatus)
		unfit.Diagnosis.PostFilterMsg = status.Message()
		if status.IsSuccess() {
			verdict, failure := t.room(state, pod, unfit)
			if failure != nil {
				return Verdict{Message: failure.Error()}
			}
			verdict.Message = err.Error()
			return verdict
		}
	}
	return Verdict{Message: err.Error()}
}

// So often it is asked for its choice, which is any of several that are as good.
const attempts = 30

// room is who has to leave which node for a pod, and which nodes would be chosen.
func (t *Theirs) room(state fwk.CycleState, pod *core.Pod, unfit *framework.FitError) (verdict Verdict, err error) {
	nodes, err := unfit.Diagnosis.NodeToStatus.NodesForStatusCode(t.snapshot.NodeInfos(), fwk.Unschedulable)
	if err != nil {
		return verdict, err
	}
	budgets, err := t.preemption.Evaluator.PdbLister.List(labels.Everything())
	if err != nil {
		return verdict, err
	}
	candidates, _, err := t.preemption.Evaluator.DryRunPreemption(t.ctx, state, pod, nodes, budgets, 0, int32(len(nodes)))
	if err != nil {
		return verdict, err
	}
	for _, candidate := range candidates {
		choice := Choice{Node: candidate.Name(), Violations: candidate.Victims().NumPDBViolations}
		for _, victim := range candidate.Victims().Pods {
			choice.Victims = append(choice.Victims, victim.Namespace+"/"+victim.Name)
		}
		verdict.Choices = append(verdict.Choices, choice)
	}
	slices.SortFunc(verdict.Choices, func(a, b Choice) int { return strings.Compare(a.Node, b.Node) })
	for range attempts {
		verdict.Rooms = append(verdict.Rooms, t.preemption.Evaluator.SelectCandidate(t.ctx, candidates).Name())
	}
	slices.Sort(verdict.Rooms)
	verdict.Rooms = slices.Compact(verdict.Rooms)
	return verdict, nil
}

// best are the nodes with the highest score.
func (t *Theirs) best(state fwk.CycleState, pod *core.Pod, names []string) (best []string) {
	var nodes []fwk.NodeInfo
	for _, name := range names {
		node, err := t.snapshot.Get(name)
		if err != nil {
			return nil
		}
		nodes = append(nodes, node)
	}
	scores, status := t.framework.RunScorePlugins(t.ctx, state, pod, nodes)
	if !status.IsSuccess() {
		return nil
	}
	var highest int64
	for _, score := range scores {
		if score.TotalScore > highest {
			highest, best = score.TotalScore, nil
		}
		if score.TotalScore == highest {
			best = append(best, score.Name)
		}
	}
	return best
}

func (t *Theirs) fill(c *Case) error {
	for _, node := range c.Nodes {
		t.scheduler.Cache.AddNode(t.logger, node)
	}
	for _, pod := range c.Pods {
		if isPlaced(pod) {
			if err := t.scheduler.Cache.AddPod(t.logger, pod); err != nil {
				return err
			}
		}
	}
	t.informers.fill(c)
	return t.scheduler.Cache.UpdateSnapshot(t.logger, t.snapshot)
}

func (t *Theirs) empty(c *Case) error {
	for _, pod := range c.Pods {
		if isPlaced(pod) {
			if err := t.scheduler.Cache.RemovePod(t.logger, pod); err != nil {
				return err
			}
		}
	}
	for _, node := range c.Nodes {
		if err := t.scheduler.Cache.RemoveNode(t.logger, node); err != nil {
			return err
		}
	}
	t.informers.empty(c)
	// The next case is then looked at as a whole: what pods on nodes that do not exist use would else count or not, as the
	// changes came.
	return t.scheduler.Cache.UpdateSnapshot(t.logger, t.snapshot)
}

// isPlaced is whether the pod takes up room on a node.
func isPlaced(pod *core.Pod) bool {
	return pod.Spec.NodeName != "" && pod.Status.Phase != core.PodSucceeded && pod.Status.Phase != core.PodFailed
}

// csiNodes say how many disks a node can have: the simulator reads that from the node.
func csiNodes(nodes []*core.Node) (all []*storage.CSINode) {
	for _, node := range nodes {
		most, ok := node.Status.Allocatable["attachable-volumes-csi-"+driver]
		if !ok {
			continue
		}
		count := int32(most.Value())
		csi := &storage.CSINode{Spec: storage.CSINodeSpec{Drivers: []storage.CSINodeDriver{{
			Name: driver, NodeID: node.Name, Allocatable: &storage.VolumeNodeResources{Count: &count},
		}}}}
		csi.Name = node.Name
		all = append(all, csi)
	}
	return all
}

// silent takes no events.
type silent struct{}

var _ events.EventRecorderLogger = silent{}

func (silent) Eventf(runtime.Object, runtime.Object, string, string, string, string, ...any) {}

func (s silent) WithLogger(klog.Logger) events.EventRecorderLogger { return s }

func replace[T any](indexer cache.Indexer, objects []T) {
	var all []any
	for _, object := range objects {
		all = append(all, object)
	}
	// Fails only for objects without metadata.
	if err := indexer.Replace(all, ""); err != nil {
		panic(err)
	}
}

var _ informers.SharedInformerFactory = &informersByHand{}
