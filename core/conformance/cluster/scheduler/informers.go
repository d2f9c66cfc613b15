package scheduler

import (
	"k8s.io/client-go/informers"
	coregroup "k8s.io/client-go/informers/core"
	coreinformers "k8s.io/client-go/informers/core/v1"
	"k8s.io/client-go/tools/cache"
)

// informersByHand show what they are given, at once and without any process of their own. Listers read indexers, which
// are filled. Those who keep a cache of their own, of claims and volumes, are told of each object.
type informersByHand struct {
	informers.SharedInformerFactory
	claims, volumes *told
}

func newInformersByHand(factory informers.SharedInformerFactory) *informersByHand {
	v1 := factory.Core().V1()
	return &informersByHand{
		SharedInformerFactory: factory,
		claims:                &told{SharedIndexInformer: v1.PersistentVolumeClaims().Informer()},
		volumes:               &told{SharedIndexInformer: v1.PersistentVolumes().Informer()},
	}
}

// told is an informer whose handlers are told by hand.
type told struct {
	cache.SharedIndexInformer
	handlers []cache.ResourceEventHandler
}

func (t *told) AddEventHandler(handler cache.ResourceEventHandler) (cache.ResourceEventHandlerRegistration, error) {
	t.handlers = append(t.handlers, handler)
	return t.SharedIndexInformer.AddEventHandler(cache.ResourceEventHandlerFuncs{})
}

func (i *informersByHand) Core() coregroup.Interface {
	return coreGroup{i.SharedInformerFactory.Core(), i}
}

type coreGroup struct {
	coregroup.Interface
	byHand *informersByHand
}

func (g coreGroup) V1() coreinformers.Interface {
	return coreV1{g.Interface.V1(), g.byHand}
}

type coreV1 struct {
	coreinformers.Interface
	byHand *informersByHand
}

func (v coreV1) PersistentVolumeClaims() coreinformers.TypedPersistentVolumeClaimInformer {
	return claimInformer{v.Interface.PersistentVolumeClaims(), v.byHand.claims}
}

func (v coreV1) PersistentVolumes() coreinformers.TypedPersistentVolumeInformer {
	return volumeInformer{v.Interface.PersistentVolumes(), v.byHand.volumes}
}

type claimInformer struct {
	coreinformers.TypedPersistentVolumeClaimInformer
	told *told
}

func (i claimInformer) Informer() cache.SharedIndexInformer { return i.told }

type volumeInformer struct {
	coreinformers.TypedPersistentVolumeInformer
	told *told
}

func (i volumeInformer) Informer() cache.SharedIndexInformer { return i.told }

// fill shows the objects of a case.
func (i *informersByHand) fill(c *Case) {
	i.show(c)
	for _, claim := range c.Claims {
		for _, handler := range i.claims.handlers {
			handler.OnAdd(claim, false)
		}
	}
	for _, volume := range c.Volumes {
		for _, handler := range i.volumes.handlers {
			handler.OnAdd(volume, false)
		}
	}
}

// empty takes them away again.
func (i *informersByHand) empty(c *Case) {
	i.show(&Case{})
	for _, claim := range c.Claims {
		for _, handler := range i.claims.handlers {
			handler.OnDelete(claim)
		}
	}
	for _, volume := range c.Volumes {
		for _, handler := range i.volumes.handlers {
			handler.OnDelete(volume)
		}
	}
}

func (i *informersByHand) show(c *Case) {
	v1 := i.SharedInformerFactory.Core().V1()
	replace(v1.Pods().Informer().GetIndexer(), c.Pods)
	replace(v1.Nodes().Informer().GetIndexer(), c.Nodes)
	replace(v1.Namespaces().Informer().GetIndexer(), c.Namespaces)
	replace(i.SharedInformerFactory.Policy().V1().PodDisruptionBudgets().Informer().GetIndexer(), c.Budgets)
	replace(v1.PersistentVolumeClaims().Informer().GetIndexer(), c.Claims)
	replace(v1.PersistentVolumes().Informer().GetIndexer(), c.Volumes)
	storage := i.SharedInformerFactory.Storage().V1()
	replace(storage.StorageClasses().Informer().GetIndexer(), c.Classes)
	replace(storage.CSINodes().Informer().GetIndexer(), csiNodes(c.Nodes))
}
