package kruise

import (
	"fmt"
	"maps"
	"slices"
	"time"

	appspub "github.com/openkruise/kruise/apis/apps/pub"
	"github.com/openkruise/kruise/apis/apps/v1beta1"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	setName    = "db"
	namespace  = "default"
	generation = 2
)

var app = map[string]string{"app": "db"}

// template is a pod template; what it runs is in its name.
func template(name string) core.PodTemplateSpec {
	return core.PodTemplateSpec{
		ObjectMeta: meta.ObjectMeta{Labels: app},
		Spec:       core.PodSpec{Containers: []core.Container{{Name: "db", Image: "db:" + name}}},
	}
}

// kruise is the set as OpenKruise has it, with what its API server fills in.
func (m *Moment) kruise() *v1beta1.StatefulSet {
	set := &v1beta1.StatefulSet{
		TypeMeta:   meta.TypeMeta{APIVersion: "apps.kruise.io/v1beta1", Kind: "StatefulSet"},
		ObjectMeta: meta.ObjectMeta{Name: setName, Namespace: namespace, UID: "1", Generation: generation},
		Spec: v1beta1.StatefulSetSpec{
			Replicas:             &m.Replicas,
			Selector:             &meta.LabelSelector{MatchLabels: app},
			Template:             template("new"),
			PodManagementPolicy:  apps.OrderedReadyPodManagement,
			UpdateStrategy:       v1beta1.StatefulSetUpdateStrategy{Type: apps.RollingUpdateStatefulSetStrategyType},
			RevisionHistoryLimit: new(int32(10)),
			ReserveOrdinals:      m.ReserveOrdinals,
			Ordinals:             &v1beta1.StatefulSetOrdinals{Start: m.Start},
		},
	}
	if m.Deleted {
		set.DeletionTimestamp = &meta.Time{Time: time.Now()}
	}
	if m.Parallel {
		set.Spec.PodManagementPolicy = apps.ParallelPodManagement
	}
	if m.OnDelete {
		set.Spec.UpdateStrategy.Type = apps.OnDeleteStatefulSetStrategyType
	}
	if m.ScaleMaxUnavailable != nil {
		set.Spec.ScaleStrategy = &v1beta1.StatefulSetScaleStrategy{MaxUnavailable: m.ScaleMaxUnavailable}
	}
	if rolling := m.RollingUpdate; rolling != nil {
		set.Spec.UpdateStrategy.RollingUpdate = &v1beta1.RollingUpdateStatefulSetStrategy{
			Partition:       &rolling.Partition,
			MaxUnavailable:  rolling.MaxUnavailable,
			PodUpdatePolicy: v1beta1.RecreatePodUpdateStrategyType,
			Paused:          rolling.Paused,
			UnorderedUpdate: rolling.Unordered.kruise(),
			MinReadySeconds: &rolling.MinReadySeconds,
		}
	}
	if status := m.Status; status != nil {
		set.Status = v1beta1.StatefulSetStatus{
			ObservedGeneration: generation,
			Replicas:           status.Replicas,
			ReadyReplicas:      status.Ready,
			AvailableReplicas:  status.Available,
			CurrentReplicas:    status.Current,
			UpdatedReplicas:    status.Updated,
			CurrentRevision:    setName + "-" + status.CurrentRevision,
			UpdateRevision:     setName + "-new",
			LabelSelector:      "app=db",
		}
	}
	return set
}

func (u *Unordered) kruise() *v1beta1.UnorderedUpdateStrategy {
	if u == nil {
		return nil
	}
	strategy := &v1beta1.UnorderedUpdateStrategy{}
	if u.Weights != nil || u.OrderKey != "" {
		strategy.PriorityStrategy = &appspub.UpdatePriorityStrategy{}
	}
	for _, tier := range slices.Sorted(maps.Keys(u.Weights)) {
		strategy.PriorityStrategy.WeightPriority = append(strategy.PriorityStrategy.WeightPriority, appspub.UpdatePriorityWeightTerm{
			Weight:        u.Weights[tier],
			MatchSelector: meta.LabelSelector{MatchLabels: map[string]string{"tier": tier}},
		})
	}
	if u.OrderKey != "" {
		strategy.PriorityStrategy.OrderPriority = []appspub.UpdatePriorityOrderTerm{{OrderedKey: u.OrderKey}}
	}
	return strategy
}

// corePods are the pods as an API server has them.
func (m *Moment) corePods(now time.Time) (pods []*core.Pod) {
	for _, pod := range m.Pods {
		name := fmt.Sprintf("%s-%d", setName, pod.Ordinal)
		labels := maps.Clone(app)
		maps.Copy(labels, pod.Labels)
		labels[apps.ControllerRevisionHashLabelKey] = setName + "-" + pod.Revision
		labels[apps.StatefulSetPodNameLabel] = name
		if pod.Astray {
			labels[apps.StatefulSetPodNameLabel] = "somebody"
		}
		ready := core.PodCondition{
			Type:               core.PodReady,
			Status:             core.ConditionFalse,
			LastTransitionTime: meta.Time{Time: now.Add(-time.Duration(pod.Since) * time.Second)},
		}
		if pod.Ready {
			ready.Status = core.ConditionTrue
		}
		object := &core.Pod{
			ObjectMeta: meta.ObjectMeta{Name: name, Namespace: namespace, Labels: labels},
			Spec:       template(pod.Revision).Spec,
			Status:     core.PodStatus{Phase: pod.Phase, Conditions: []core.PodCondition{ready}},
		}
		if pod.Terminating {
			object.DeletionTimestamp = &meta.Time{Time: now}
		}
		pods = append(pods, object)
	}
	return pods
}
