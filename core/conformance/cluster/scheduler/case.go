package scheduler

import (
	"encoding/json"
	"strings"

	core "k8s.io/api/core/v1"
	policy "k8s.io/api/policy/v1"
	storage "k8s.io/api/storage/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// driver makes and attaches all volumes of a case.
const driver = "disk.example.com"

// Case is a cluster at one moment.
type Case struct {
	Namespaces []*core.Namespace
	Nodes      []*core.Node
	Classes    []*storage.StorageClass
	Volumes    []*core.PersistentVolume
	Claims     []*core.PersistentVolumeClaim
	Pods       []*core.Pod
	Budgets    []*policy.PodDisruptionBudget
}

// pending are the pods that have no node.
func (c *Case) pending() (pods []*core.Pod) {
	for _, pod := range c.Pods {
		if pod.Spec.NodeName == "" {
			pods = append(pods, pod)
		}
	}
	return pods
}

// objects are all of them, each with its kind.
func (c *Case) objects() (all []any) {
	for _, it := range c.Namespaces {
		it.TypeMeta = meta.TypeMeta{APIVersion: "v1", Kind: "Namespace"}
		all = append(all, it)
	}
	for _, it := range c.Nodes {
		it.TypeMeta = meta.TypeMeta{APIVersion: "v1", Kind: "Node"}
		all = append(all, it)
	}
	for _, it := range c.Classes {
		it.TypeMeta = meta.TypeMeta{APIVersion: "storage.k8s.io/v1", Kind: "StorageClass"}
		all = append(all, it)
	}
	for _, it := range c.Volumes {
		it.TypeMeta = meta.TypeMeta{APIVersion: "v1", Kind: "PersistentVolume"}
		all = append(all, it)
	}
	for _, it := range c.Claims {
		it.TypeMeta = meta.TypeMeta{APIVersion: "v1", Kind: "PersistentVolumeClaim"}
		all = append(all, it)
	}
	for _, it := range c.Pods {
		it.TypeMeta = meta.TypeMeta{APIVersion: "v1", Kind: "Pod"}
		all = append(all, it)
	}
	for _, it := range c.Budgets {
		it.TypeMeta = meta.TypeMeta{APIVersion: "policy/v1", Kind: "PodDisruptionBudget"}
		all = append(all, it)
	}
	return all
}

// String is the case for people: an object in each line.
func (c *Case) String() string {
	var text strings.Builder
	for _, object := range c.objects() {
		line, err := json.Marshal(object)
		if err != nil {
			return err.Error()
		}
		text.Write(append(line, '\n'))
	}
	return text.String()
}
