//! Shapes of nodes, namespaces, services and storage.

use super::{CONDITIONS, META, Merge, SELECTOR, Struct, Type};

const TEXTS: Type = Type::List(&Type::Text, Merge::Atomic);

pub(super) const NAMESPACE: Struct = Struct {
    name: "Namespace",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Any),
        ("status", Type::Any),
    ],
};

pub(super) const NODE: Struct = Struct {
    name: "Node",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Struct(&NODE_SPEC)),
        ("status", Type::Struct(&NODE_STATUS)),
    ],
};

const NODE_SPEC: Struct = Struct {
    name: "NodeSpec",
    fields: &[
        ("podCIDR", Type::Text),
        ("podCIDRs", Type::List(&Type::Text, Merge::Set)),
        ("providerID", Type::Text),
        ("unschedulable", Type::Bool),
        ("taints", Type::List(&Type::Any, Merge::Atomic)),
        ("configSource", Type::Any),
        ("externalID", Type::Text),
    ],
};

const NODE_STATUS: Struct = Struct {
    name: "NodeStatus",
    fields: &[
        ("capacity", Type::Quantities),
        ("allocatable", Type::Quantities),
        ("phase", Type::Text),
        ("conditions", CONDITIONS),
        ("addresses", Type::List(&Type::Any, Merge::Key("type"))),
        ("daemonEndpoints", Type::Any),
        ("nodeInfo", Type::Any),
        ("images", Type::Any),
        ("volumesInUse", TEXTS),
        ("volumesAttached", Type::Any),
        ("config", Type::Any),
        ("runtimeHandlers", Type::Any),
        ("features", Type::Any),
    ],
};

pub(super) const SERVICE: Struct = Struct {
    name: "Service",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Struct(&SERVICE_SPEC)),
        ("status", Type::Any),
    ],
};

const SERVICE_SPEC: Struct = Struct {
    name: "ServiceSpec",
    fields: &[
        (
            "ports",
            Type::List(&Type::Struct(&SERVICE_PORT), Merge::Key("port")),
        ),
        ("selector", Type::Pairs),
        ("clusterIP", Type::Text),
        ("clusterIPs", TEXTS),
        ("type", Type::Text),
        ("externalIPs", TEXTS),
        ("sessionAffinity", Type::Text),
        ("sessionAffinityConfig", Type::Any),
        ("loadBalancerIP", Type::Text),
        ("loadBalancerSourceRanges", TEXTS),
        ("externalName", Type::Text),
        ("externalTrafficPolicy", Type::Text),
        ("internalTrafficPolicy", Type::Text),
        ("healthCheckNodePort", Type::Int32),
        ("publishNotReadyAddresses", Type::Bool),
        ("ipFamilies", TEXTS),
        ("ipFamilyPolicy", Type::Text),
        ("allocateLoadBalancerNodePorts", Type::Bool),
        ("loadBalancerClass", Type::Text),
        ("trafficDistribution", Type::Text),
    ],
};

const SERVICE_PORT: Struct = Struct {
    name: "ServicePort",
    fields: &[
        ("name", Type::Text),
        ("protocol", Type::Text),
        ("appProtocol", Type::Text),
        ("port", Type::Int32),
        ("targetPort", Type::IntOrText),
        ("nodePort", Type::Int32),
    ],
};

pub(super) const CLAIM: Struct = Struct {
    name: "PersistentVolumeClaim",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Struct(&CLAIM_SPEC)),
        ("status", Type::Struct(&CLAIM_STATUS)),
    ],
};

const CLAIM_SPEC: Struct = Struct {
    name: "PersistentVolumeClaimSpec",
    fields: &[
        ("accessModes", TEXTS),
        ("selector", Type::Struct(&SELECTOR)),
        ("resources", Type::Struct(&VOLUME_RESOURCES)),
        ("volumeName", Type::Text),
        ("storageClassName", Type::Text),
        ("volumeMode", Type::Text),
        ("dataSource", Type::Any),
        ("dataSourceRef", Type::Any),
        ("volumeAttributesClassName", Type::Text),
    ],
};

const VOLUME_RESOURCES: Struct = Struct {
    name: "VolumeResourceRequirements",
    fields: &[("limits", Type::Quantities), ("requests", Type::Quantities)],
};

const CLAIM_STATUS: Struct = Struct {
    name: "PersistentVolumeClaimStatus",
    fields: &[
        ("phase", Type::Text),
        ("accessModes", TEXTS),
        ("capacity", Type::Quantities),
        ("conditions", CONDITIONS),
        ("allocatedResources", Type::Quantities),
        ("allocatedResourceStatuses", Type::Pairs),
        ("currentVolumeAttributesClassName", Type::Text),
        ("modifyVolumeStatus", Type::Any),
    ],
};

pub(super) const VOLUME: Struct = Struct {
    name: "PersistentVolume",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Struct(&VOLUME_SPEC)),
        ("status", Type::Struct(&VOLUME_STATUS)),
    ],
};

const VOLUME_SPEC: Struct = Struct {
    name: "PersistentVolumeSpec",
    fields: &[
        ("capacity", Type::Quantities),
        ("accessModes", TEXTS),
        ("claimRef", Type::Struct(&CLAIM_REFERENCE)),
        ("persistentVolumeReclaimPolicy", Type::Text),
        ("storageClassName", Type::Text),
        ("mountOptions", TEXTS),
        ("volumeMode", Type::Text),
        ("nodeAffinity", Type::Any),
        ("volumeAttributesClassName", Type::Text),
        // Where the data are: one of these.
        ("awsElasticBlockStore", Type::Any),
        ("azureDisk", Type::Any),
        ("azureFile", Type::Any),
        ("cephfs", Type::Any),
        ("cinder", Type::Any),
        ("csi", Type::Any),
        ("fc", Type::Any),
        ("flexVolume", Type::Any),
        ("flocker", Type::Any),
        ("gcePersistentDisk", Type::Any),
        ("glusterfs", Type::Any),
        ("hostPath", Type::Any),
        ("iscsi", Type::Any),
        ("local", Type::Any),
        ("nfs", Type::Any),
        ("photonPersistentDisk", Type::Any),
        ("portworxVolume", Type::Any),
        ("quobyte", Type::Any),
        ("rbd", Type::Any),
        ("scaleIO", Type::Any),
        ("storageos", Type::Any),
        ("vsphereVolume", Type::Any),
    ],
};

const CLAIM_REFERENCE: Struct = Struct {
    name: "ObjectReference",
    fields: &[
        ("kind", Type::Text),
        ("namespace", Type::Text),
        ("name", Type::Text),
        ("uid", Type::Text),
        ("apiVersion", Type::Text),
        ("resourceVersion", Type::Text),
        ("fieldPath", Type::Text),
    ],
};

const VOLUME_STATUS: Struct = Struct {
    name: "PersistentVolumeStatus",
    fields: &[
        ("phase", Type::Text),
        ("message", Type::Text),
        ("reason", Type::Text),
        ("lastPhaseTransitionTime", Type::Text),
    ],
};

pub(super) const CLASS: Struct = Struct {
    name: "StorageClass",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("provisioner", Type::Text),
        ("parameters", Type::Pairs),
        ("reclaimPolicy", Type::Text),
        ("mountOptions", TEXTS),
        ("allowVolumeExpansion", Type::Bool),
        ("volumeBindingMode", Type::Text),
        ("allowedTopologies", Type::Any),
    ],
};

pub(super) const SECRET: Struct = Struct {
    name: "Secret",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("immutable", Type::Bool),
        ("data", Type::Pairs),
        ("stringData", Type::Pairs),
        ("type", Type::Text),
    ],
};

pub(super) const CONFIG_MAP: Struct = Struct {
    name: "ConfigMap",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("immutable", Type::Bool),
        ("data", Type::Pairs),
        ("binaryData", Type::Pairs),
    ],
};

pub(super) const SERVICE_ACCOUNT: Struct = Struct {
    name: "ServiceAccount",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("secrets", Type::List(&Type::Any, Merge::Key("name"))),
        ("imagePullSecrets", Type::List(&Type::Any, Merge::Atomic)),
        ("automountServiceAccountToken", Type::Bool),
    ],
};

pub(super) const PRIORITY_CLASS: Struct = Struct {
    name: "PriorityClass",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("value", Type::Int32),
        ("globalDefault", Type::Bool),
        ("description", Type::Text),
        ("preemptionPolicy", Type::Text),
    ],
};

pub(super) const QUOTA: Struct = Struct {
    name: "ResourceQuota",
    fields: &[
        ("apiVersion", Type::Text),
        ("kind", Type::Text),
        ("metadata", Type::Struct(&META)),
        ("spec", Type::Struct(&QUOTA_SPEC)),
        ("status", Type::Any),
    ],
};

const QUOTA_SPEC: Struct = Struct {
    name: "ResourceQuotaSpec",
    fields: &[
        ("hard", Type::Quantities),
        ("scopes", TEXTS),
        ("scopeSelector", Type::Any),
    ],
};
