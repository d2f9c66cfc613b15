//! The shape of objects: which fields there are, what they hold, and how a patch merges their lists.
//!
//! Decoding (unknown fields, wrong types) and strategic merge both read it, so a field is named once.

mod address;
mod admission_policy;
mod apps;
mod autoscaler;
mod certificate;
mod cluster;
mod container;
mod decode;
mod definition;
mod device;
mod device_claim;
mod driver;
mod environment;
mod flow;
mod ignored;
mod job;
mod meta;
mod migration;
mod network;
mod owned;
mod persistent;
mod placement;
mod pod;
mod policy;
mod probe;
mod projection;
mod role;
mod security;
mod service;
mod storage;
mod storage_driver;
mod storage_node;
mod uses;
mod volume;
mod webhook;
mod workload;
mod workload_status;
mod zero;

use super::kind::Kind;

pub(crate) use decode::decode;
pub(crate) use ignored::ignored;
pub(crate) use owned::{Owned, owned, usual_key};
pub(crate) use zero::never_absent;

/// What a field holds.
#[derive(Clone, Copy)]
pub(crate) enum Type {
    Text,
    /// A text of which Go has a type of its own, by its name.
    Named(&'static str),
    Bool,
    Int32,
    Int64,
    IntOrText,
    Quantity,
    /// A moment.
    Time,
    /// Text by name.
    Pairs,
    /// Bytes by name, in base64.
    Bytes,
    /// Amounts by name.
    Quantities,
    /// Not looked into.
    Any,
    Struct(&'static Struct),
    /// As `Struct`; a patch does not merge it but takes its place.
    Whole(&'static Struct),
    /// These fields, and others that are not looked into.
    Open(&'static Struct),
    List(&'static Self, Merge),
}

/// How a strategic merge patch treats a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Merge {
    /// The patch's list replaces it.
    Atomic,
    /// Plain values that are added once.
    Set,
    /// Items with the same value in this field are merged.
    Key(&'static str),
    /// As `Key`; whatever a changed item does not name is dropped from it, so that one member of a union replaces another.
    KeyRetaining(&'static str),
}

/// An object with fixed fields.
pub(crate) struct Struct {
    /// Kubernetes' name of the type, which its decoding errors mention.
    pub(crate) name: &'static str,
    /// Types whose fields stand among its own. Decoding errors mention them, too.
    inline: &'static [&'static Self],
    fields: &'static [(&'static str, Type)],
}

impl Struct {
    pub(crate) fn field(&self, name: &str) -> Option<&'static Type> {
        self.place(name).map(|(_, kind)| kind)
    }

    /// A field with its name, and the name of the type in which it stands: its own, or that of an inlined one.
    pub(crate) fn held_as(
        &self,
        name: &str,
    ) -> Option<(&'static str, &'static str, &'static Type)> {
        let own = self.fields.iter().find(|(field, _)| *field == name);
        let inlined = || self.inline.iter().find_map(|it| it.held_as(name));
        own.map(|(field, kind)| (self.name, *field, kind))
            .or_else(inlined)
    }

    /// Its name, and those of the types whose fields stand among its own.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.name]
            .into_iter()
            .chain(self.inline.iter().map(|it| it.name))
    }

    /// A field, and the name of the inlined type that has it.
    fn place(&self, name: &str) -> Option<(&'static str, &'static Type)> {
        let own = self.fields.iter().find(|(field, _)| *field == name);
        let inlined = || {
            let mut inline = self.inline.iter();
            inline.find_map(|it| Some((it.name, it.field(name)?)))
        };
        own.map(|(_, kind)| ("", kind)).or_else(inlined)
    }
}

impl Type {
    /// What `field` of a value of this type holds, if it has such a field.
    pub(crate) fn known_field(&self, field: &str) -> Option<&'static Self> {
        match self {
            Self::Struct(fields) | Self::Whole(fields) => fields.field(field),
            Self::Open(fields) => Some(fields.field(field).unwrap_or(&Self::Any)),
            Self::Any => Some(&Self::Any),
            _ => None,
        }
    }

    /// Whether a patch says which fields an object of this type keeps, so that one way of doing something replaces another.
    pub(crate) fn retains(&self) -> bool {
        matches!(self, Self::Struct(fields) if fields.name == "DeploymentStrategy")
    }

    /// What `field` of a value of this type holds.
    pub(crate) fn field(&self, field: &str) -> &'static Self {
        self.known_field(field).unwrap_or(&Self::Any)
    }
}

/// What every object has.
const OBJECT: Struct = Struct {
    name: "PartialObjectMetadata",
    inline: &[&meta::TYPE_META],
    fields: &[("metadata", Type::Struct(&meta::OBJECT_META))],
};

/// The shape of a kind's objects.
pub(crate) fn of(kind: Kind) -> &'static Type {
    match kind {
        Kind::Namespace => &Type::Struct(&cluster::NAMESPACE),
        Kind::Node => &Type::Struct(&cluster::NODE),
        Kind::PersistentVolume => &Type::Struct(&persistent::PERSISTENT_VOLUME),
        Kind::StorageClass => &Type::Struct(&storage::STORAGE_CLASS),
        Kind::ControllerRevision => &Type::Struct(&apps::CONTROLLER_REVISION),
        Kind::StatefulSet => &Type::Struct(&apps::STATEFUL_SET),
        Kind::Pod => &Type::Struct(&pod::POD),
        Kind::PersistentVolumeClaim => &Type::Struct(&storage::PERSISTENT_VOLUME_CLAIM),
        Kind::Service => &Type::Struct(&service::SERVICE),
        Kind::EndpointSlice => &Type::Struct(&service::ENDPOINT_SLICE),
        Kind::PodDisruptionBudget => &Type::Struct(&policy::POD_DISRUPTION_BUDGET),
        Kind::Secret => &Type::Struct(&cluster::SECRET),
        Kind::ConfigMap => &Type::Struct(&cluster::CONFIG_MAP),
        Kind::ServiceAccount => &Type::Struct(&cluster::SERVICE_ACCOUNT),
        Kind::VolumeAttachment => &Type::Struct(&storage::VOLUME_ATTACHMENT),
        Kind::PriorityClass => &Type::Struct(&policy::PRIORITY_CLASS),
        Kind::ResourceQuota => &Type::Struct(&policy::RESOURCE_QUOTA),
        Kind::LimitRange => &Type::Struct(&policy::LIMIT_RANGE),
        Kind::RuntimeClass => &Type::Struct(&policy::RUNTIME_CLASS),
        Kind::ValidatingWebhookConfiguration => {
            &Type::Struct(&webhook::VALIDATING_WEBHOOK_CONFIGURATION)
        }
        Kind::MutatingWebhookConfiguration => {
            &Type::Struct(&webhook::MUTATING_WEBHOOK_CONFIGURATION)
        }
        Kind::Event => &Type::Struct(&cluster::EVENT),
        Kind::CustomResourceDefinition => &Type::Struct(&definition::CUSTOM_RESOURCE_DEFINITION),
        Kind::AtRest(resource) => at_rest(resource.group, resource.kind),
    }
}

/// The shape of a kind that nothing acts on, as far as it is spelled out. Of others the metadata are known.
fn at_rest(group: &str, kind: &str) -> &'static Type {
    const ADMISSION: &str = "admissionregistration.k8s.io";
    const CERTIFICATES: &str = "certificates.k8s.io";
    const DEVICES: &str = "resource.k8s.io";
    const FLOW: &str = "flowcontrol.apiserver.k8s.io";
    const NETWORK: &str = "networking.k8s.io";
    const ROLES: &str = "rbac.authorization.k8s.io";
    const STORAGE: &str = "storage.k8s.io";
    match (group, kind) {
        ("apps", "Deployment") => &Type::Struct(&workload::DEPLOYMENT),
        ("apps", "DaemonSet") => &Type::Struct(&workload::DAEMON_SET),
        ("apps", "ReplicaSet") => &Type::Struct(&workload::REPLICA_SET),
        ("batch", "Job") => &Type::Struct(&workload::JOB),
        ("batch", "CronJob") => &Type::Struct(&workload::CRON_JOB),
        ("", "ReplicationController") => &Type::Struct(&workload::REPLICATION_CONTROLLER),
        ("", "PodTemplate") => &Type::Struct(&workload::POD_TEMPLATE),
        ("", "Endpoints") => &Type::Struct(&network::ENDPOINTS),
        ("coordination.k8s.io", "Lease") => &Type::Struct(&network::LEASE),
        (NETWORK, "NetworkPolicy") => &Type::Struct(&network::NETWORK_POLICY),
        (NETWORK, "Ingress") => &Type::Struct(&network::INGRESS),
        (NETWORK, "IngressClass") => &Type::Struct(&network::INGRESS_CLASS),
        (ROLES, "Role") => &Type::Struct(&role::ROLE),
        (ROLES, "ClusterRole") => &Type::Struct(&role::CLUSTER_ROLE),
        (ROLES, "RoleBinding") => &Type::Struct(&role::ROLE_BINDING),
        (ROLES, "ClusterRoleBinding") => &Type::Struct(&role::CLUSTER_ROLE_BINDING),
        (STORAGE, "CSIDriver") => &Type::Struct(&storage_driver::CSI_DRIVER),
        (STORAGE, "VolumeAttributesClass") => {
            &Type::Struct(&storage_driver::VOLUME_ATTRIBUTES_CLASS)
        }
        ("autoscaling", "HorizontalPodAutoscaler") => {
            &Type::Struct(&autoscaler::HORIZONTAL_POD_AUTOSCALER)
        }
        (CERTIFICATES, "CertificateSigningRequest") => {
            &Type::Struct(&certificate::CERTIFICATE_SIGNING_REQUEST)
        }
        (CERTIFICATES, "ClusterTrustBundle") => &Type::Struct(&certificate::CLUSTER_TRUST_BUNDLE),
        (CERTIFICATES, "PodCertificateRequest") => {
            &Type::Struct(&certificate::POD_CERTIFICATE_REQUEST)
        }
        (NETWORK, "IPAddress") => &Type::Struct(&address::IP_ADDRESS),
        (NETWORK, "ServiceCIDR") => &Type::Struct(&address::SERVICE_CIDR),
        (STORAGE, "CSINode") => &Type::Struct(&storage_node::CSI_NODE),
        (STORAGE, "CSIStorageCapacity") => &Type::Struct(&storage_node::CSI_STORAGE_CAPACITY),
        (ADMISSION, "MutatingAdmissionPolicy") => {
            &Type::Struct(&admission_policy::MUTATING_ADMISSION_POLICY)
        }
        (ADMISSION, "MutatingAdmissionPolicyBinding") => {
            &Type::Struct(&admission_policy::MUTATING_ADMISSION_POLICY_BINDING)
        }
        (ADMISSION, "ValidatingAdmissionPolicy") => {
            &Type::Struct(&admission_policy::VALIDATING_ADMISSION_POLICY)
        }
        (ADMISSION, "ValidatingAdmissionPolicyBinding") => {
            &Type::Struct(&admission_policy::VALIDATING_ADMISSION_POLICY_BINDING)
        }
        (DEVICES, "DeviceClass") => &Type::Struct(&device::DEVICE_CLASS),
        (DEVICES, "DeviceTaintRule") => &Type::Struct(&device::DEVICE_TAINT_RULE),
        (DEVICES, "ResourceSlice") => &Type::Struct(&device::RESOURCE_SLICE),
        (DEVICES, "ResourceClaim") => &Type::Struct(&device_claim::CLAIM_OF_DEVICES),
        (DEVICES, "ResourceClaimTemplate") => &Type::Struct(&device_claim::RESOURCE_CLAIM_TEMPLATE),
        (FLOW, "FlowSchema") => &Type::Struct(&flow::FLOW_SCHEMA),
        (FLOW, "PriorityLevelConfiguration") => &Type::Struct(&flow::PRIORITY_LEVEL_CONFIGURATION),
        ("storagemigration.k8s.io", "StorageVersionMigration") => {
            &Type::Struct(&migration::STORAGE_VERSION_MIGRATION)
        }
        _ => &Type::Open(&OBJECT),
    }
}
