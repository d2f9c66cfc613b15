package cluster

import (
	admission "k8s.io/api/admissionregistration/v1"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	policy "k8s.io/api/policy/v1"
	scheduling "k8s.io/api/scheduling/v1"
	storage "k8s.io/api/storage/v1"
)

// Kind is a kind that the simulator stores.
type Kind struct {
	Name       string
	APIVersion string
	// New is an empty object of it.
	New func() any
}

// Kinds are all of them.
var Kinds = []Kind{
	{"Pod", "v1", func() any { return &core.Pod{} }},
	{"StatefulSet", "apps/v1", func() any { return &apps.StatefulSet{} }},
	{"Service", "v1", func() any { return &core.Service{} }},
	{"Node", "v1", func() any { return &core.Node{} }},
	{"PersistentVolumeClaim", "v1", func() any { return &core.PersistentVolumeClaim{} }},
	{"PersistentVolume", "v1", func() any { return &core.PersistentVolume{} }},
	{"StorageClass", "storage.k8s.io/v1", func() any { return &storage.StorageClass{} }},
	{"ControllerRevision", "apps/v1", func() any { return &apps.ControllerRevision{} }},
	{"EndpointSlice", "discovery.k8s.io/v1", func() any { return &discovery.EndpointSlice{} }},
	{"PodDisruptionBudget", "policy/v1", func() any { return &policy.PodDisruptionBudget{} }},
	{"Secret", "v1", func() any { return &core.Secret{} }},
	{"ConfigMap", "v1", func() any { return &core.ConfigMap{} }},
	{"ServiceAccount", "v1", func() any { return &core.ServiceAccount{} }},
	{"VolumeAttachment", "storage.k8s.io/v1", func() any { return &storage.VolumeAttachment{} }},
	{"PriorityClass", "scheduling.k8s.io/v1", func() any { return &scheduling.PriorityClass{} }},
	{"ResourceQuota", "v1", func() any { return &core.ResourceQuota{} }},
	{"ValidatingWebhookConfiguration", "admissionregistration.k8s.io/v1", func() any { return &admission.ValidatingWebhookConfiguration{} }},
	{"MutatingWebhookConfiguration", "admissionregistration.k8s.io/v1", func() any { return &admission.MutatingWebhookConfiguration{} }},
	{"Namespace", "v1", func() any { return &core.Namespace{} }},
	{"Event", "v1", func() any { return &core.Event{} }},
}
