//! The kinds of Kubernetes 1.37 on which nothing in the simulated cluster acts: a line for each.

use super::resource::Resource;
use super::resource::Scope::{Cluster, Namespaced};

const ADMISSION: &str = "admissionregistration.k8s.io";
const AUTHORIZATION: &str = "rbac.authorization.k8s.io";
const CERTIFICATES: &str = "certificates.k8s.io";
const DEVICES: &str = "resource.k8s.io";
const FLOW: &str = "flowcontrol.apiserver.k8s.io";
const NETWORK: &str = "networking.k8s.io";
const SNAPSHOT: &str = "snapshot.storage.k8s.io";
const STORAGE: &str = "storage.k8s.io";

#[rustfmt::skip]
pub(super) static AT_REST: &[Resource] = &[
    Resource::new("", "v1", "Endpoints", "endpoints", &["ep"], Namespaced),
    Resource::new("", "v1", "PodTemplate", "podtemplates", &[], Namespaced),
    Resource::new("", "v1", "ReplicationController", "replicationcontrollers", &["rc"], Namespaced),
    Resource::new("apiregistration.k8s.io", "v1", "APIService", "apiservices", &[], Cluster),
    Resource::new("apps", "v1", "DaemonSet", "daemonsets", &["ds"], Namespaced),
    Resource::new("apps", "v1", "Deployment", "deployments", &["deploy"], Namespaced),
    Resource::new("apps", "v1", "ReplicaSet", "replicasets", &["rs"], Namespaced),
    Resource::new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", &["hpa"], Namespaced)
        .also(&["v1"]),
    Resource::new("batch", "v1", "CronJob", "cronjobs", &["cj"], Namespaced),
    Resource::new("batch", "v1", "Job", "jobs", &[], Namespaced),
    Resource::new(CERTIFICATES, "v1", "CertificateSigningRequest", "certificatesigningrequests", &["csr"], Cluster),
    Resource::new(CERTIFICATES, "v1", "ClusterTrustBundle", "clustertrustbundles", &[], Cluster),
    Resource::new(CERTIFICATES, "v1", "PodCertificateRequest", "podcertificaterequests", &[], Namespaced),
    Resource::new(NETWORK, "v1", "IngressClass", "ingressclasses", &[], Cluster),
    Resource::new(NETWORK, "v1", "Ingress", "ingresses", &["ing"], Namespaced),
    Resource::new(NETWORK, "v1", "IPAddress", "ipaddresses", &["ip"], Cluster),
    Resource::new(NETWORK, "v1", "NetworkPolicy", "networkpolicies", &["netpol"], Namespaced),
    Resource::new(NETWORK, "v1", "ServiceCIDR", "servicecidrs", &[], Cluster),
    Resource::new(AUTHORIZATION, "v1", "ClusterRoleBinding", "clusterrolebindings", &[], Cluster),
    Resource::new(AUTHORIZATION, "v1", "ClusterRole", "clusterroles", &[], Cluster),
    Resource::new(AUTHORIZATION, "v1", "RoleBinding", "rolebindings", &[], Namespaced),
    Resource::new(AUTHORIZATION, "v1", "Role", "roles", &[], Namespaced),
    Resource::new(STORAGE, "v1", "CSIDriver", "csidrivers", &[], Cluster),
    Resource::new(STORAGE, "v1", "CSINode", "csinodes", &[], Cluster),
    Resource::new(STORAGE, "v1", "CSIStorageCapacity", "csistoragecapacities", &[], Namespaced),
    Resource::new(STORAGE, "v1", "VolumeAttributesClass", "volumeattributesclasses", &["vac"], Cluster),
    Resource::new(ADMISSION, "v1", "MutatingAdmissionPolicy", "mutatingadmissionpolicies", &[], Cluster),
    Resource::new(ADMISSION, "v1", "MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings", &[], Cluster),
    Resource::new(ADMISSION, "v1", "ValidatingAdmissionPolicy", "validatingadmissionpolicies", &[], Cluster),
    Resource::new(ADMISSION, "v1", "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", &[], Cluster),
    Resource::new("coordination.k8s.io", "v1", "Lease", "leases", &[], Namespaced),
    Resource::new(DEVICES, "v1", "DeviceClass", "deviceclasses", &[], Cluster),
    Resource::new(DEVICES, "v1", "DeviceTaintRule", "devicetaintrules", &[], Cluster),
    Resource::new(DEVICES, "v1", "ResourceClaim", "resourceclaims", &[], Namespaced),
    Resource::new(DEVICES, "v1", "ResourceClaimTemplate", "resourceclaimtemplates", &[], Namespaced),
    Resource::new(DEVICES, "v1", "ResourceSlice", "resourceslices", &[], Cluster),
    Resource::new(FLOW, "v1", "FlowSchema", "flowschemas", &[], Cluster),
    Resource::new(FLOW, "v1", "PriorityLevelConfiguration", "prioritylevelconfigurations", &[], Cluster),
    Resource::new("storagemigration.k8s.io", "v1", "StorageVersionMigration", "storageversionmigrations", &[], Cluster),
    // Clusters have them as soon as they have a driver that takes snapshots.
    Resource::new(SNAPSHOT, "v1", "VolumeSnapshot", "volumesnapshots", &["vs"], Namespaced),
    Resource::new(SNAPSHOT, "v1", "VolumeSnapshotClass", "volumesnapshotclasses", &["vsclass"], Cluster),
    Resource::new(SNAPSHOT, "v1", "VolumeSnapshotContent", "volumesnapshotcontents", &["vsc"], Cluster),
];
