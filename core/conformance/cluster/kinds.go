package cluster

import (
	admission "k8s.io/api/admissionregistration/v1"
	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	batch "k8s.io/api/batch/v1"
	certificates "k8s.io/api/certificates/v1"
	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	flow "k8s.io/api/flowcontrol/v1"
	networking "k8s.io/api/networking/v1"
	node "k8s.io/api/node/v1"
	policy "k8s.io/api/policy/v1"
	rbac "k8s.io/api/rbac/v1"
	resource "k8s.io/api/resource/v1"
	scheduling "k8s.io/api/scheduling/v1"
	storage "k8s.io/api/storage/v1"
	migration "k8s.io/api/storagemigration/v1"
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
	{"LimitRange", "v1", func() any { return &core.LimitRange{} }},
	{"Endpoints", "v1", func() any { return &core.Endpoints{} }},
	{"PodTemplate", "v1", func() any { return &core.PodTemplate{} }},
	{"ReplicationController", "v1", func() any { return &core.ReplicationController{} }},
	{"RuntimeClass", "node.k8s.io/v1", func() any { return &node.RuntimeClass{} }},
	{"Deployment", "apps/v1", func() any { return &apps.Deployment{} }},
	{"DaemonSet", "apps/v1", func() any { return &apps.DaemonSet{} }},
	{"ReplicaSet", "apps/v1", func() any { return &apps.ReplicaSet{} }},
	{"Job", "batch/v1", func() any { return &batch.Job{} }},
	{"CronJob", "batch/v1", func() any { return &batch.CronJob{} }},
	{"HorizontalPodAutoscaler", "autoscaling/v2", func() any { return &autoscaling.HorizontalPodAutoscaler{} }},
	{"Ingress", "networking.k8s.io/v1", func() any { return &networking.Ingress{} }},
	{"IngressClass", "networking.k8s.io/v1", func() any { return &networking.IngressClass{} }},
	{"NetworkPolicy", "networking.k8s.io/v1", func() any { return &networking.NetworkPolicy{} }},
	{"IPAddress", "networking.k8s.io/v1", func() any { return &networking.IPAddress{} }},
	{"ServiceCIDR", "networking.k8s.io/v1", func() any { return &networking.ServiceCIDR{} }},
	{"Role", "rbac.authorization.k8s.io/v1", func() any { return &rbac.Role{} }},
	{"ClusterRole", "rbac.authorization.k8s.io/v1", func() any { return &rbac.ClusterRole{} }},
	{"RoleBinding", "rbac.authorization.k8s.io/v1", func() any { return &rbac.RoleBinding{} }},
	{"ClusterRoleBinding", "rbac.authorization.k8s.io/v1", func() any { return &rbac.ClusterRoleBinding{} }},
	{"CSIDriver", "storage.k8s.io/v1", func() any { return &storage.CSIDriver{} }},
	{"CSINode", "storage.k8s.io/v1", func() any { return &storage.CSINode{} }},
	{"CSIStorageCapacity", "storage.k8s.io/v1", func() any { return &storage.CSIStorageCapacity{} }},
	{"VolumeAttributesClass", "storage.k8s.io/v1", func() any { return &storage.VolumeAttributesClass{} }},
	{"Lease", "coordination.k8s.io/v1", func() any { return &coordination.Lease{} }},
	{"CertificateSigningRequest", "certificates.k8s.io/v1", func() any { return &certificates.CertificateSigningRequest{} }},
	{"ClusterTrustBundle", "certificates.k8s.io/v1", func() any { return &certificates.ClusterTrustBundle{} }},
	{"PodCertificateRequest", "certificates.k8s.io/v1", func() any { return &certificates.PodCertificateRequest{} }},
	{"MutatingAdmissionPolicy", "admissionregistration.k8s.io/v1", func() any { return &admission.MutatingAdmissionPolicy{} }},
	{"MutatingAdmissionPolicyBinding", "admissionregistration.k8s.io/v1", func() any { return &admission.MutatingAdmissionPolicyBinding{} }},
	{"ValidatingAdmissionPolicy", "admissionregistration.k8s.io/v1", func() any { return &admission.ValidatingAdmissionPolicy{} }},
	{"ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io/v1", func() any { return &admission.ValidatingAdmissionPolicyBinding{} }},
	{"DeviceClass", "resource.k8s.io/v1", func() any { return &resource.DeviceClass{} }},
	{"DeviceTaintRule", "resource.k8s.io/v1", func() any { return &resource.DeviceTaintRule{} }},
	{"ResourceClaim", "resource.k8s.io/v1", func() any { return &resource.ResourceClaim{} }},
	{"ResourceClaimTemplate", "resource.k8s.io/v1", func() any { return &resource.ResourceClaimTemplate{} }},
	{"ResourceSlice", "resource.k8s.io/v1", func() any { return &resource.ResourceSlice{} }},
	{"FlowSchema", "flowcontrol.apiserver.k8s.io/v1", func() any { return &flow.FlowSchema{} }},
	{"PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io/v1", func() any { return &flow.PriorityLevelConfiguration{} }},
	{"StorageVersionMigration", "storagemigration.k8s.io/v1", func() any { return &migration.StorageVersionMigration{} }},
}
